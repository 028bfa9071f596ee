"""Refusals as data: every problem of the schema, made from the domain's errors."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, cast
from uuid import UUID

import strawberry
from strawberry import Info

from api.reading import resolving
from domain.kernel import errors
from domain.kernel.errors import DomainError

if TYPE_CHECKING:
    from api.objectives.types import Objective


@strawberry.interface(description="Why something was refused. Nothing was changed.")
class Problem:
    code: str = strawberry.field(description="A stable word for programs, such as `stale_version`.")
    message: str = strawberry.field(description="A sentence for people.")
    help: str | None = strawberry.field(description="What would help, if anything is known to.")


@strawberry.type(description="It does not exist, or it is not shared with you.")
class NotFound(Problem):
    pass


@strawberry.type(description="You may see it, but not do this with it.")
class NotPermitted(Problem):
    pass


@strawberry.type(description="A value is not what it should be.")
class InvalidInput(Problem):
    field: str | None = strawberry.field(
        description="The path of the value in the input, such as `keyResults.0.title`."
    )


@strawberry.type(description="It was changed since you read it.")
class StaleVersion(Problem):
    row_id: strawberry.Private[UUID]

    @strawberry.field(description="How it stands now, if it is an objective; read anything else by its id.")
    async def current(self, info: Info) -> Annotated["Objective", strawberry.lazy("api.objectives.types")] | None:
        found = await resolving.select(resolving.raw(info), "Objective", self.row_id)
        return cast("Objective | None", found)


@strawberry.type(description="The idempotency key came before with another request.")
class KeyReused(Problem):
    pass


Maker = Callable[[DomainError], Problem]


def _plain(problem: type[Problem]) -> Maker:
    return lambda found: problem(code=found.code, message=found.message, help=found.help)


def _invalid(found: DomainError) -> Problem:
    field = found.field if isinstance(found, errors.InvalidInput) else None
    return InvalidInput(code=found.code, message=found.message, help=found.help, field=field)


def _stale(found: DomainError) -> Problem:
    if not isinstance(found, errors.StaleVersion):
        raise found
    return StaleVersion(code=found.code, message=found.message, help=found.help, row_id=found.current)


_makers: dict[type[DomainError], Maker] = {
    errors.NotFound: _plain(NotFound),
    errors.NotPermitted: _plain(NotPermitted),
    errors.InvalidInput: _invalid,
    errors.StaleVersion: _stale,
    errors.KeyReused: _plain(KeyReused),
}


def register(error: type[DomainError], problem: type[Problem]) -> None:
    """Answer this error as this type of the schema."""
    _makers[error] = _plain(problem)


def register_maker(error: type[DomainError], maker: Maker) -> None:
    """Answer this error as what the maker makes of it, for a problem that says more than its sentence."""
    _makers[error] = maker


def of(error: DomainError) -> Problem:
    """The error as the schema shows it; the error itself if the schema does not know it."""
    for kind in type(error).__mro__:
        if issubclass(kind, DomainError) and kind in _makers:
            return _makers[kind](error)
    raise error
