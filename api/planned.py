"""Fields that the read planner answers: their declaration is all there is to them in Python."""

from datetime import date
from typing import Annotated, Generic, NoReturn, TypeVar, cast

import strawberry
from strawberry.types.field import StrawberryField

Item = TypeVar("Item")


def planned() -> NoReturn:
    """The body of a field with arguments; `api.reading` puts its own resolver in its place."""
    raise AssertionError("this field is answered by the read planner")


@strawberry.interface(description="A thing with an id of its own, that `node` finds again.")
class Node:
    id: strawberry.ID = strawberry.field(description="The opaque id; it says nothing to a client and never changes.")


@strawberry.type(description="Where a page stands in its list.")
class PageInfo:
    has_next_page: bool = strawberry.field(description="Whether there is more behind this page.")
    has_previous_page: bool = strawberry.field(description="Whether there is more before this page.")
    start_cursor: str | None = strawberry.field(description="The cursor of the first item of the page.")
    end_cursor: str | None = strawberry.field(description="The cursor of the last item: `after` of the next page.")


@strawberry.type(description="An item of a page with its cursor.")
class Edge(Generic[Item]):
    cursor: str = strawberry.field(description="Where the item stands: to be given as `after` or `before`.")
    node: Item = strawberry.field(description="The item.")


@strawberry.type(description="A page of a list. Take `nodes`; `edges` are there for clients that need cursors.")
class Connection(Generic[Item]):
    nodes: list[Item] = strawberry.field(description="The items of the page.")
    edges: list[Edge[Item]] = strawberry.field(description="The items of the page with their cursors.")
    page_info: PageInfo = strawberry.field(description="Where the page stands in its list.")
    total_count: int = strawberry.field(description="How many there are in all, exact up to 10,000, then 10,001.")


FirstCount = Annotated[int | None, strawberry.argument(description="How many items from the start, 1 to 100.")]
LastCount = Annotated[int | None, strawberry.argument(description="How many items from the end, 1 to 100.")]
AfterCursor = Annotated[str | None, strawberry.argument(description="Only items behind this cursor.")]
BeforeCursor = Annotated[str | None, strawberry.argument(description="Only items before this cursor.")]
AsOf = Annotated[
    date | None, strawberry.argument(description="The organisation as it was on this date; today unless named.")
]


def page(connection: object, description: str, *, first: int = 20) -> StrawberryField:
    """A field that answers one page of a list."""

    def resolver(
        first: FirstCount = first,
        after: AfterCursor = strawberry.UNSET,
        last: LastCount = strawberry.UNSET,
        before: BeforeCursor = strawberry.UNSET,
    ) -> None:
        planned()

    resolver.__annotations__["return"] = connection
    return cast("StrawberryField", strawberry.field(resolver=resolver, description=description))


def page_as_of(connection: object, description: str, *, first: int = 20) -> StrawberryField:
    """A field that answers one page of a list as it was on a date."""

    def resolver(
        first: FirstCount = first,
        after: AfterCursor = strawberry.UNSET,
        last: LastCount = strawberry.UNSET,
        before: BeforeCursor = strawberry.UNSET,
        as_of: AsOf = strawberry.UNSET,
    ) -> None:
        planned()

    resolver.__annotations__["return"] = connection
    return cast("StrawberryField", strawberry.field(resolver=resolver, description=description))


def maybe(name: str, module: str) -> object:
    """A type declared further below or in another module, or null."""
    return Annotated[name, strawberry.lazy(module)] | None  # type: ignore[valid-type,operator]


def one_as_of(target: object, description: str) -> StrawberryField:
    """A field that answers one thing or null, as it was on a date."""

    def resolver(as_of: AsOf = strawberry.UNSET) -> None:
        planned()

    resolver.__annotations__["return"] = target
    return cast("StrawberryField", strawberry.field(resolver=resolver, description=description))


def by_id(target: object, description: str) -> StrawberryField:
    """A root field that finds one thing by its id, or null."""

    def resolver(id: strawberry.ID) -> None:
        planned()

    resolver.__annotations__["return"] = target
    return cast("StrawberryField", strawberry.field(resolver=resolver, description=description))


def by_cycle(target: object, description: str) -> StrawberryField:
    """A field that finds one thing for a cycle, or null."""

    def resolver(
        cycle: Annotated[strawberry.ID, strawberry.argument(description="The id of the cycle.")],
    ) -> None:
        planned()

    resolver.__annotations__["return"] = target
    return cast("StrawberryField", strawberry.field(resolver=resolver, description=description))
