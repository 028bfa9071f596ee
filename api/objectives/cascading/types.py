"""The cascade in the schema: everything below an objective, and the line of sight above it."""

from decimal import Decimal
from typing import Annotated

import strawberry

from api.planned import maybe, planned
from api.strategy.types import StrategicObjective
from domain.objectives.cascading.terms import AlignmentMethod, AlignmentState
from domain.objectives.cascading.views_cascade import DEPTH_MAX, DEPTH_USUAL
from domain.objectives.terms import ObjectiveState


@strawberry.type(description="An objective of a cascade, as far as you may see it.")
class CascadeNode:
    objective: strawberry.ID = strawberry.field(description="The id of the objective.")
    depth: int = strawberry.field(description="How far below the root, by the shortest way; the root is 0.")
    title: str = strawberry.field(description="What is to be reached.")
    state: ObjectiveState = strawberry.field(description="Where it stands in its life.")
    owner: strawberry.ID = strawberry.field(description="The id of who promises it.")
    owner_name: str = strawberry.field(description="The owner's name.")
    owner_name_zh: str | None = strawberry.field(description="The owner's name in Chinese.")
    progress: Decimal | None = strawberry.field(description="How far it is by itself, in percent to two decimals.")
    rolled_up_progress: Decimal | None = strawberry.field(
        description="How far it is with all that serves it, in percent to two decimals."
    )
    share: Decimal = strawberry.field(
        description="With which part of itself it counts below the root, over all ways together, in percent: 100 is "
        "once, which is the most; 0 is shown and does not count."
    )
    assigned: Decimal | None = strawberry.field(
        description="How much of the targets that it threw down is assigned, in percent, by the weights of its key "
        "results; null where none was thrown down."
    )
    carried: Decimal | None = strawberry.field(
        description="How much of them accountable persons accepted, down to the last level, in percent."
    )


@strawberry.type(description="That one objective of a cascade serves another, or a slice that nobody took yet.")
class CascadeEdge:
    alignment: strawberry.ID | None = strawberry.field(
        description="The id of the alignment; null where the lower objective just names the upper one."
    )
    parent: strawberry.ID = strawberry.field(description="The id of the upper objective.")
    child: strawberry.ID | None = strawberry.field(
        description="The id of the lower objective; null for a slice without one."
    )
    method: AlignmentMethod = strawberry.field(description="How it serves.")
    state: AlignmentState = strawberry.field(description="How far both sides agree.")
    amount: Decimal | None = strawberry.field(description="Of a slice, the part of the target.")
    counted: bool = strawberry.field(description="Whether the lower objective counts in the upper one.")
    share: Decimal | None = strawberry.field(
        description="With which part of itself the lower one counts here, in percent; null until both sides agree."
    )


@strawberry.type(description="The objectives below a root and the edges between them.")
class CascadeGraph:
    nodes: list[CascadeNode] = strawberry.field(
        description="The root and what serves it, the nearest first; at most 500."
    )
    edges: list[CascadeEdge] = strawberry.field(description="The edges between these nodes; at most 500.")
    complete: bool = strawberry.field(description="Whether everything that you may see to this depth is there.")


@strawberry.type(
    description="Everything below an objective. Every number counts what lies deeper and what you may not see, as well."
)
class Cascade:
    depth: int = strawberry.field(description="How many levels below the root are shown.")
    root: maybe("Objective", "api.objectives.types") = strawberry.field(  # type: ignore[valid-type]
        description="The objective at the top."
    )
    graph: CascadeGraph = strawberry.field(description="What is below it.")


@strawberry.type(description="One objective on a line of sight.")
class SightStep:
    level: int = strawberry.field(description="How far above the objective that one looks from, which is 0.")
    objective: strawberry.ID | None = strawberry.field(description="Its id; null if it is not shared with you.")
    title: str | None = strawberry.field(description="What is to be reached; null if it is not shared with you.")
    state: ObjectiveState | None = strawberry.field(description="Where it stands in its life.")
    owner_name: str | None = strawberry.field(description="Who promises it.")
    owner_name_zh: str | None = strawberry.field(description="The owner's name in Chinese.")
    progress: Decimal | None = strawberry.field(description="How far it is by itself, in percent to two decimals.")


@strawberry.type(
    description="From an objective up to the strategy: the shortest way over edges that both sides agreed to. The "
    "strategic objective leads on to its theme, its long-term goal and, by its strategy, to the mission."
)
class LineOfSight:
    steps: list[SightStep] = strawberry.field(
        description="The objectives on the way, from the one that you asked about; at most 32. The line is whole, also "
        "where a step is not shared with you."
    )
    strategic_objective: StrategicObjective | None = strawberry.field(
        description="Where the line ends; null when it reaches no strategic objective."
    )


@strawberry.type
class CascadeQueries:
    @strawberry.field(description="What is below an objective; null if you may not see it.")
    def cascade(
        self,
        top: Annotated[strawberry.ID, strawberry.argument(name="root", description="The objective at the top.")],
        depth: Annotated[
            int | None,
            strawberry.argument(
                description=f"How many levels, 1 to {DEPTH_MAX}; what is beyond that is taken as that."
            ),
        ] = DEPTH_USUAL,
    ) -> Cascade | None:
        planned()

    @strawberry.field(
        description="The way from an objective up to the strategy; null if you may not see the objective."
    )
    def line_of_sight(
        self, objective: Annotated[strawberry.ID, strawberry.argument(description="The objective to look from.")]
    ) -> LineOfSight | None:
        planned()
