"""What every mutation does: act, then answer the changed thing as it is now, or the refusal as data."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from decimal import Decimal
from uuid import UUID

from strawberry import Info

from api import problem
from api.reading import resolving
from domain.kernel import ids
from domain.kernel.actor import Actor
from domain.kernel.errors import DomainError, InvalidInput, NotFound
from domain.kernel.work import again_if_undone

UseCase = Callable[[], Awaitable[UUID]]


def actor(info: Info) -> Actor:
    """Who acts, by which request; an error with the code UNAUTHENTICATED when nobody is signed in."""
    asked = resolving.raw(info)
    return replace(resolving.actor_of(asked), request_id=asked.context.request_id)


async def answer(info: Info, view: str, use_case: UseCase) -> object:
    """The row that the use case changed, read by one statement, or the problem that it met.

    What may not be asked of the row is an error before anything is changed.
    The use case takes a key: it may be called again. A repeat of what succeeded finds nothing if the row is no longer
    shared with who asks, such as a declined objective that its owner edits.
    """
    question = resolving.question(resolving.raw(info), view)
    return await _answer(use_case, question.of)


async def answer_own(info: Info, view: str, use_case: UseCase) -> object:
    """The same of a row that who changed it always sees, as an author does: its id needs no statement."""
    question = resolving.question(resolving.raw(info), view)
    return await _answer(use_case, question.of_own)


async def _answer(use_case: UseCase, read: Callable[[UUID], Awaitable[resolving.Row | None]]) -> object:
    try:
        row_id = await again_if_undone(use_case)
        found = await read(row_id)
        return problem.of(NotFound()) if found is None else found
    except DomainError as refusal:
        return problem.of(refusal)


def row_id(prefix: str, public_id: str | None) -> UUID:
    """The row id of a required reference; NotFound for a foreign one."""
    return ids.row_id(prefix, public_id or "")


def optional_id(prefix: str, public_id: object, field: str) -> UUID | None:
    """The row id of an optional reference; InvalidInput for a foreign one."""
    if not isinstance(public_id, str):
        return None
    if ids.prefix_of(public_id) != prefix:
        raise InvalidInput("This id names something else.", field=field)
    return ids.row_id(prefix, public_id)


def number(value: object) -> Decimal | None:
    """An optional decimal of an input."""
    return value if isinstance(value, Decimal) else None


def text(value: object) -> str | None:
    """An optional text of an input; absent and null are the same."""
    return value if isinstance(value, str) else None


def whole(value: object) -> int | None:
    """An optional whole number of an input."""
    return value if isinstance(value, int) else None
