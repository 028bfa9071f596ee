"""The page of objectives that persons, units and the root all offer, with its filter and orders."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, cast

import strawberry
from strawberry.types.field import StrawberryField

from api.planned import AfterCursor, BeforeCursor, Connection, FirstCount, LastCount, planned
from domain.objectives.terms import ObjectiveState

if TYPE_CHECKING:
    from api.objectives.types import Objective

strawberry.enum(ObjectiveState, description="Where an objective stands in its life.")


@strawberry.enum(description="In which order objectives are listed.")
class ObjectiveOrder(StrEnum):
    NEWEST = "NEWEST"
    UPDATED = "UPDATED"
    TITLE = "TITLE"


@strawberry.input(description="Which objectives are listed; what is left out does not narrow the list.")
class ObjectiveFilter:
    state: list[ObjectiveState] | None = strawberry.field(
        default=strawberry.UNSET, description="In one of these states."
    )
    owner: strawberry.ID | None = strawberry.field(default=strawberry.UNSET, description="Of this person.")
    unit: strawberry.ID | None = strawberry.field(default=strawberry.UNSET, description="Of this very unit.")
    cycle: strawberry.ID | None = strawberry.field(default=strawberry.UNSET, description="Of this cycle.")
    mine: bool | None = strawberry.field(default=strawberry.UNSET, description="Only mine, or only those of others.")


def objective_page(description: str) -> StrawberryField:
    """A field that answers one page of objectives."""

    def resolver(
        first: FirstCount = 20,
        after: AfterCursor = strawberry.UNSET,
        last: LastCount = strawberry.UNSET,
        before: BeforeCursor = strawberry.UNSET,
        filter: ObjectiveFilter | None = strawberry.UNSET,
        order_by: ObjectiveOrder = ObjectiveOrder.NEWEST,
    ) -> Connection[Annotated["Objective", strawberry.lazy("api.objectives.types")]]:
        planned()

    return cast("StrawberryField", strawberry.field(resolver=resolver, description=description))
