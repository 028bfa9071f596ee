"""Says what went wrong without the values of rows: PostgreSQL puts whole rows into the details of an error."""

import traceback

CHARACTERS_MAX = 500


def cause(error: BaseException) -> str:
    """Type, SQLSTATE if there is one, and the first line of what it says; at most 500 characters."""
    said = str(error).splitlines()[:1]
    state = _state(error)
    name = type(error).__name__ if state is None else f"{type(error).__name__} {state}"
    return ": ".join((name, *said))[:CHARACTERS_MAX]


def where(error: BaseException) -> str:
    """The lines of the program that led to the error, without what the error says."""
    return "".join(traceback.format_tb(error.__traceback__))


def _state(error: BaseException) -> str | None:
    """Tortoise wraps what PostgreSQL said."""
    for one in (error, error.__cause__):
        state = getattr(one, "sqlstate", None)
        if isinstance(state, str):
            return state
    return None
