"""How long a push waits before it is tried again: a pure function of what went wrong."""

from datetime import timedelta

from notifications.channels.webpush.outcomes import Retry

WAIT_SECONDS_MAX = 3600
FIRST_SECONDS = {"status_429": 60, "timeout": 10}
FIRST_SECONDS_OF_STATUS = 10
FIRST_SECONDS_OF_NETWORK = 2
SPREAD = 0.4


def wait(failure: Retry, *, attempts: int, chance: float) -> timedelta:
    """The pause after the `attempts`-th try, spread by `chance` in [0, 1].

    A service that names a time is never asked earlier, and at most 40 % later. Else the first
    pause fits the class of the failure, doubles with each try up to an hour, and varies by ±20 %.
    """
    if failure.after_seconds is not None:
        return timedelta(seconds=failure.after_seconds * (1 + SPREAD * chance))
    seconds = min(_first_seconds(failure.reason) * 2.0 ** (attempts - 1), WAIT_SECONDS_MAX)
    return timedelta(seconds=seconds * (1 - SPREAD / 2 + SPREAD * chance))


def _first_seconds(reason: str) -> int:
    if reason in FIRST_SECONDS:
        return FIRST_SECONDS[reason]
    return FIRST_SECONDS_OF_STATUS if reason.startswith("status_") else FIRST_SECONDS_OF_NETWORK
