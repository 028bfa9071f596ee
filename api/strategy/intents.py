"""Intents in the schema where they arrive: what an objective inherits, what is said back, and how faithfully."""

from datetime import datetime
from decimal import Decimal
from enum import StrEnum

import strawberry

from api.people.types import Person, Unit
from api.planned import Node, maybe, planned
from api.strategy.types import Intent
from domain.kernel.permits import Action
from domain.objectives.terms import IntentState, TeachBackState

strawberry.enum(TeachBackState, description="What became of an intent that was said back.")


@strawberry.enum(description="What can be done about an intent that an objective inherits.")
class IntentAction(StrEnum):
    SAY_BACK = Action.SAY_BACK
    CONFIRM_SAY_BACK = Action.CONFIRM_SAY_BACK
    RETURN_SAY_BACK = Action.RETURN_SAY_BACK


@strawberry.type(description="An intent in the own words of who promised an objective, and what the line says to that.")
class TeachBack(Node):
    state: TeachBackState = strawberry.field(description="What became of it.")
    words: str | None = strawberry.field(description="What the owner said; null for partner clients.")
    said_at: datetime = strawberry.field(description="When it was said.")
    said_by: Person | None = strawberry.field(description="Who said it.")
    answer: str | None = strawberry.field(
        description="Why it was returned; for those who take part in the promise, else null."
    )
    answered_at: datetime | None = strawberry.field(description="When it was confirmed or returned.")
    answered_by: Person | None = strawberry.field(description="Who confirmed or returned it.")
    intent: Intent | None = strawberry.field(description="The version of the intent that was said back.")
    objective: maybe("Objective", "api.objectives.types") = strawberry.field(  # type: ignore[valid-type]
        description="The objective for which it was said back."
    )


@strawberry.type(
    description="An intent that an objective inherits from a strategic objective, directly or through others."
)
class InheritedIntent:
    state: IntentState = strawberry.field(description="Whether its owner said it back and was understood.")
    level: int | None = strawberry.field(
        description="How far below the strategic objective it stands: 1 serves it directly, 2 serves such a one. "
        "By the shortest way of agreed edges."
    )
    viewer_can: list[IntentAction] = strawberry.field(description="What you can do about it now.")
    objective: maybe("Objective", "api.objectives.types") = strawberry.field(  # type: ignore[valid-type]
        description="The objective that inherits it."
    )
    strategic_objective: maybe("StrategicObjective", "api.strategy.types") = strawberry.field(  # type: ignore[valid-type]
        description="The strategic objective whose intent it is."
    )
    intent: Intent | None = strawberry.field(description="The intent as it holds now.")
    teach_back: TeachBack | None = strawberry.field(description="What was said back last, of this version or an older.")


@strawberry.type(description="How far an intent has arrived on one level below its strategic objective.")
class IntentLevel:
    level: int = strawberry.field(description="How far below, from 1.")
    objectives: int = strawberry.field(description="How many promised objectives inherit the intent there.")
    unsaid: int = strawberry.field(description="How many of them have never said it back.")
    said: int = strawberry.field(description="How many wait for their line to confirm.")
    returned: int = strawberry.field(description="How many are to say it once more.")
    current: int = strawberry.field(description="How many are confirmed as the intent holds now.")
    stale: int = strawberry.field(description="How many said back an older version.")


@strawberry.type(
    description="How faithfully the intents of the strategy arrive in a unit and all units below it. "
    "It counts promised objectives that run."
)
class IntentFidelity:
    unit: Unit | None = strawberry.field(description="The unit.")
    objectives: int = strawberry.field(description="How many promised objectives there are.")
    reached: int = strawberry.field(description="How many of them an intent reaches over agreed edges.")
    confirmed: int = strawberry.field(description="How many have said back all their intents and were confirmed.")
    faithful: int = strawberry.field(
        description="How many of those hang on chains on which every promised objective above is confirmed as well."
    )
    percent: Decimal | None = strawberry.field(
        description="The faithful in percent of all objectives, to two decimals; null where there is none."
    )


@strawberry.type
class IntentQueries:
    @strawberry.field(
        description="How faithfully intents arrive in a unit: for those who work there or above, its HR partners, the "
        "strategy office, and partner clients that read strategies; null for others."
    )
    def intent_fidelity(self, unit: strawberry.ID) -> IntentFidelity | None:
        planned()
