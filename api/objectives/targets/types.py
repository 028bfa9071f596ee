"""Targets in the schema: the rule of exceeding, its tests and exemptions, and who contributed what."""

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated

import strawberry

from api.people.types import Person, Unit
from api.planned import AfterCursor, BeforeCursor, Connection, FirstCount, LastCount, Node, planned
from domain.objectives.targets.terms import (
    AdjustmentKind,
    ContributionMethod,
    ContributionState,
    ExemptionKind,
    ExemptionState,
    Ground,
    Outcome,
)

if TYPE_CHECKING:
    from api.objectives.types import KeyResult, Objective

strawberry.enum(
    AdjustmentKind, name="TargetAdjustmentKind", description="Why a past figure cannot be compared as it is."
)
strawberry.enum(Outcome, name="ExceedOutcome", description="What the exceed test says of a target.")
strawberry.enum(Ground, name="ExceedGround", description="Why the exceed test says so.")
strawberry.enum(ExemptionKind, description="For what reason a target may stay below the last one.")
strawberry.enum(ExemptionState, description="How far an exemption is; it needs two people besides who asks.")
strawberry.enum(ContributionMethod, description="How the shares of a joint result are found.")
strawberry.enum(ContributionState, description="Whether the shares of a joint result are agreed.")

_Objective = Annotated["Objective", strawberry.lazy("api.objectives.types")]
_KeyResult = Annotated["KeyResult", strawberry.lazy("api.objectives.types")]


@strawberry.type(
    description="How far new targets must exceed the last ones, in a unit and in those below it that have no rule of "
    "their own. Without one nothing is tested."
)
class RatchetPolicy(Node):
    unit: Unit | None = strawberry.field(description="Whose rule it is.")
    version: int = strawberry.field(description="Counts the rules of the unit, from 1.")
    on: bool = strawberry.field(description="Whether targets are tested; false also ends a rule from above.")
    growth_percent: Decimal = strawberry.field(description="By how much the reference is to be exceeded, in percent.")
    cap_percent: Decimal = strawberry.field(
        description="How far above the last target what was reached counts, in percent: to excel does not raise the "
        "next bar any further."
    )
    target_weight: int = strawberry.field(description="What the last target weighs in the reference.")
    actual_weight: int = strawberry.field(description="What was reached weighs so much beside it.")
    saturation_percent: Decimal = strawberry.field(
        description="How near to its limit a figure may stay where it is, in percent of the way from worst to best."
    )
    reason: str = strawberry.field(description="Why it was written.")
    written_by: Person | None = strawberry.field(description="Who wrote it.")
    written_at: datetime = strawberry.field(description="When it was written.")
    valid_from: date = strawberry.field(description="The first day.")
    valid_to: date | None = strawberry.field(description="The day on which it is over; null while it goes on.")


@strawberry.type(
    description="What makes the figures of a key result comparable with those of later cycles. Amounts are added "
    "before factors multiply; what happened once is taken out of the actual alone."
)
class TargetAdjustment(Node):
    key_result: _KeyResult | None = strawberry.field(description="Whose figures are meant.")
    kind: AdjustmentKind = strawberry.field(description="Why they cannot be compared as they are.")
    amount: Decimal | None = strawberry.field(description="What is added, or taken off below zero; or null.")
    factor: Decimal | None = strawberry.field(description="By what they are multiplied; null where there is an amount.")
    reason: str = strawberry.field(description="What happened.")
    evidence: str = strawberry.field(description="How one knows.")
    declared_by: Person | None = strawberry.field(description="Who declared it.")
    declared_at: datetime = strawberry.field(description="When it was declared.")


@strawberry.type(
    description="A target that may stay below the last one: asked by its owner, granted by a manager above, confirmed "
    "by an HR partner or the strategy office, and over after its last day."
)
class TargetExemption(Node):
    objective: _Objective | None = strawberry.field(
        description="The objective with the new target; null while it is a draft that is not shared with you."
    )
    previous: _KeyResult | None = strawberry.field(description="The key result that is continued.")
    title: str = strawberry.field(description="What that key result was called.")
    unit_of_measure: str = strawberry.field(description="In what its values are counted.")
    previous_target: Decimal | None = strawberry.field(
        description="Its target on today's terms; null where it had none, as a range."
    )
    lowest_target: Decimal = strawberry.field(description="The least ambitious target that is allowed.")
    kind: ExemptionKind = strawberry.field(description="For what reason.")
    reason: str = strawberry.field(description="The reason in the owner's words.")
    evidence: str = strawberry.field(description="How one knows.")
    expires_on: date = strawberry.field(description="The last day on which it counts.")
    state: ExemptionState = strawberry.field(description="How far it is.")
    in_force: bool = strawberry.field(description="Whether it counts today.")
    version: int = strawberry.field(description="Counts its changes: to be given back as `expectedVersion`.")
    asked_by: Person | None = strawberry.field(description="Who asked.")
    asked_at: datetime = strawberry.field(description="When it was asked.")
    granted_by: Person | None = strawberry.field(description="The manager who agreed first; null until then.")
    granted_at: datetime | None = strawberry.field(description="When the manager agreed.")
    confirmed_by: Person | None = strawberry.field(description="The second person who agreed; null until then.")
    confirmed_at: datetime | None = strawberry.field(description="When the second person agreed.")
    declined_by: Person | None = strawberry.field(description="Who declined; null unless somebody did.")
    declined_at: datetime | None = strawberry.field(description="When it was declined.")
    decision_note: str | None = strawberry.field(description="Why it was declined.")


@strawberry.type(
    description="What the exceed test said of a key result as it was last submitted. Figures are on today's terms: "
    "adjusted to be comparable. For those who take part in the promise."
)
class ExceedTest(Node):
    key_result: _KeyResult | None = strawberry.field(description="The key result with the new target.")
    previous: _KeyResult | None = strawberry.field(description="The key result of an earlier cycle that it continues.")
    outcome: Outcome = strawberry.field(description="What the test said; who was blocked is not submitted.")
    ground: Ground = strawberry.field(description="Why.")
    target: Decimal | None = strawberry.field(description="The new target; null for a range.")
    previous_target: Decimal | None = strawberry.field(
        description="The last target; null where it is measured otherwise now."
    )
    minimum: Decimal | None = strawberry.field(description="What the new target had to reach.")
    strict: bool | None = strawberry.field(description="Whether it had to lie beyond the minimum, not only on it.")
    reference: Decimal | None = strawberry.field(
        description="The blend of the last target and of what was reached, by the weights of the rule."
    )
    baseline: Decimal | None = strawberry.field(
        description="The less ambitious of the last actual and the mean of the last three; null without any."
    )
    counted: Decimal | None = strawberry.field(description="As much of the baseline as counts, below the cap.")
    guidance: Decimal | None = strawberry.field(description="The baseline grown by the rule: where to begin to talk.")
    new_level: bool | None = strawberry.field(
        description="Whether the last actual is more than the noise of the months before; null with too few of them."
    )
    bonus_cap: int | None = strawberry.field(
        description="How many points beyond full score this target can earn, 3 to 6: ambition buys upside."
    )
    policy: RatchetPolicy | None = strawberry.field(description="The rule it was tested by.")
    exemption: TargetExemption | None = strawberry.field(description="The exemption it rests on, if any.")
    tested_at: datetime = strawberry.field(description="When it was tested.")


@strawberry.type(description="The share of a person or of a unit in a joint result.")
class Contribution(Node):
    statement: Annotated["ContributionStatement", strawberry.lazy(".types")] | None = strawberry.field(
        description="With whom it is shared; null if the objective is not shared with you."
    )
    objective: _Objective | None = strawberry.field(description="The result; null if it is not shared with you.")
    person: Person | None = strawberry.field(description="Who contributed; null for a unit.")
    unit: Unit | None = strawberry.field(description="Which unit contributed; null for a person.")
    share: Decimal = strawberry.field(description="The share in percent, to the hundredth.")
    amount: Decimal | None = strawberry.field(description="How much of the driver, where one was shared by it.")
    evidence: str = strawberry.field(description="What was contributed, and how one knows.")
    points: Decimal | None = strawberry.field(
        description="So many points of the objective's progress are this one's doing, to two decimals; null without "
        "data, or where the objective is not shared with you."
    )


@strawberry.type(description="Who contributed what to an objective. Once agreed the shares add up to exactly 100.")
class ContributionStatement(Node):
    objective: _Objective | None = strawberry.field(description="The joint result.")
    method: ContributionMethod = strawberry.field(description="How the shares were found.")
    state: ContributionState = strawberry.field(description="Whether they are agreed.")
    version: int = strawberry.field(description="Counts its changes: to be given back as `expectedVersion`.")
    driver: str | None = strawberry.field(description="The figure by which it is shared, such as `hours`; or null.")
    lines: list[Contribution] = strawberry.field(description="One for each person and unit; at most 50.")
    proposed_by: Person | None = strawberry.field(description="Who proposed the shares.")
    proposed_at: datetime = strawberry.field(description="When they were proposed.")
    agreed_by: Person | None = strawberry.field(description="Who agreed to them; null until then.")
    agreed_at: datetime | None = strawberry.field(description="When they were agreed.")


@strawberry.type
class RatchetQueries:
    @strawberry.field(description="The exemptions that you asked for or take part in deciding, newest first.")
    def exemptions(
        self,
        first: FirstCount = 20,
        after: AfterCursor = strawberry.UNSET,
        last: LastCount = strawberry.UNSET,
        before: BeforeCursor = strawberry.UNSET,
        state: ExemptionState | None = strawberry.UNSET,
    ) -> Connection[TargetExemption]:
        planned()
