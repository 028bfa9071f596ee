"""What can be done with targets in the schema: keep the rule, adjust, ask for and decide exemptions, share results."""

from datetime import date
from decimal import Decimal
from typing import Annotated, cast

import strawberry
from strawberry import Info

from api import problem
from api.mutating import actor, answer, number, optional_id, row_id, text, whole
from api.objectives.mutations import KEY, VERSION
from api.objectives.problems import ObjectiveNotEditable
from api.objectives.targets.types import ContributionStatement, RatchetPolicy, TargetAdjustment, TargetExemption
from api.problem import InvalidInput, KeyReused, NotFound, NotPermitted, Problem, StaleVersion
from domain.objectives.targets import errors, service_contributions, service_exemptions, service_policies
from domain.objectives.targets.ratchet import Policy
from domain.objectives.targets.rules import Claim, Group, Line, Plea
from domain.objectives.targets.service_policies import NewAdjustment, NewPolicy
from domain.objectives.targets.terms import Adjustment, AdjustmentKind, ContributionMethod, ExemptionKind


@strawberry.type(description="The exemption was decided already, or waits for another step.")
class ExemptionNotOpen(Problem):
    pass


@strawberry.type(description="It takes another person than those who had a part in it before.")
class SecondPersonNeeded(Problem):
    pass


@strawberry.type(description="The shares are agreed already.")
class AlreadyAgreed(Problem):
    pass


problem.register(errors.ExemptionNotOpen, ExemptionNotOpen)
problem.register(errors.SecondPersonNeeded, SecondPersonNeeded)
problem.register(errors.AlreadyAgreed, AlreadyAgreed)

_USUAL = Policy()


@strawberry.input(description="How far new targets of a unit must exceed the last ones, from a day on.")
class KeepRatchetPolicyInput:
    unit: strawberry.ID = strawberry.field(description="The unit; those below it follow unless they have their own.")
    on: bool = strawberry.field(description="Whether targets are tested.")
    valid_from: date = strawberry.field(description="The first day: today or later, and after the rule before it.")
    reason: str = strawberry.field(description="Why; at most 2,000 characters.")
    idempotency_key: str = strawberry.field(description=KEY)
    growth_percent: Decimal = strawberry.field(
        default=_USUAL.growth_percent, description="By how much the reference is to be exceeded, 0 to 1,000 %."
    )
    cap_percent: Decimal = strawberry.field(
        default=_USUAL.cap_percent,
        description="How far above the last target what was reached counts, 0 to 1,000 %.",
    )
    target_weight: int = strawberry.field(
        default=_USUAL.target_weight, description="What the last target weighs, 0 to 1,000."
    )
    actual_weight: int = strawberry.field(
        default=_USUAL.actual_weight, description="What was reached weighs so much beside it, 0 to 1,000."
    )
    saturation_percent: Decimal = strawberry.field(
        default=_USUAL.saturation_percent,
        description="How near to its limit a figure may stay, 0 to 100 % of the way from worst to best.",
    )


@strawberry.input(description="What makes the figures of a key result comparable: an amount or a factor.")
class DeclareTargetAdjustmentInput:
    key_result: strawberry.ID = strawberry.field(description="The key result of an earlier cycle.")
    kind: AdjustmentKind = strawberry.field(description="Why its figures cannot be compared as they are.")
    reason: str = strawberry.field(description="What happened; at most 2,000 characters.")
    evidence: str = strawberry.field(description="How one knows; at most 2,000 characters.")
    idempotency_key: str = strawberry.field(description=KEY)
    amount: Decimal | None = strawberry.field(
        default=strawberry.UNSET, description="What to add; below zero to take off."
    )
    factor: Decimal | None = strawberry.field(default=strawberry.UNSET, description="By what to multiply, 0.01 to 100.")


@strawberry.input(description="A plea to stay below the last target.")
class AskExemptionInput:
    objective: strawberry.ID = strawberry.field(description="Your objective, while it is not under review.")
    previous: strawberry.ID = strawberry.field(
        description="The key result that it continues: `previous` of the refusal."
    )
    kind: ExemptionKind = strawberry.field(description="For what reason.")
    reason: str = strawberry.field(description="The reason in your words; at most 2,000 characters.")
    evidence: str = strawberry.field(description="How one knows; at most 2,000 characters.")
    lowest_target: Decimal = strawberry.field(description="The least ambitious target that you ask for.")
    expires_on: date = strawberry.field(description="The last day on which it shall count; within two years.")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="The exemption to decide.")
class DecideExemptionInput:
    id: strawberry.ID = strawberry.field(description="The exemption.")
    expected_version: int = strawberry.field(description=VERSION)
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="The exemption to decline, and why.")
class DeclineExemptionInput:
    id: strawberry.ID = strawberry.field(description="The exemption.")
    reason: str = strawberry.field(description="What the owner shall know.")
    expected_version: int = strawberry.field(description=VERSION)
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="What a person or a unit contributed.")
class ContributionInput:
    evidence: str = strawberry.field(description="What it was, and how one knows; at most 2,000 characters.")
    person: strawberry.ID | None = strawberry.field(default=strawberry.UNSET, description="The person, or else a unit.")
    unit: strawberry.ID | None = strawberry.field(default=strawberry.UNSET, description="The unit, or else a person.")
    share: Decimal | None = strawberry.field(
        default=strawberry.UNSET, description="The agreed share in percent, to the hundredth; all add up to 100."
    )
    amount: Decimal | None = strawberry.field(
        default=strawberry.UNSET, description="How much of the driver, where the method is DRIVER."
    )


@strawberry.input(description="What some of those who contributed are worth together, without the others.")
class GroupWorthInput:
    members: list[int] = strawberry.field(description="Their places among the lines, from 0.")
    worth: Decimal = strawberry.field(description="What they would have reached together.")


@strawberry.input(description="Who contributed what to a joint result of yours.")
class ProposeContributionsInput:
    objective: strawberry.ID = strawberry.field(description="Your promised objective.")
    method: ContributionMethod = strawberry.field(description="How the shares are found.")
    lines: list[ContributionInput] = strawberry.field(description="2 to 50 persons and units.")
    idempotency_key: str = strawberry.field(description=KEY)
    expected_version: int | None = strawberry.field(
        default=strawberry.UNSET, description="The `version` of the statement that you change; null for the first one."
    )
    driver: str | None = strawberry.field(
        default=strawberry.UNSET, description="The figure by which it is shared, such as `hours`, for DRIVER."
    )
    groups: list[GroupWorthInput] = strawberry.field(
        default_factory=list[GroupWorthInput],
        description="For SHAPLEY, of at most 12 lines. A group that is not named is worth what its best part is worth.",
    )


@strawberry.input(description="The shares to agree to.")
class AgreeContributionsInput:
    id: strawberry.ID = strawberry.field(description="The statement.")
    expected_version: int = strawberry.field(description=VERSION)
    idempotency_key: str = strawberry.field(description=KEY)


KeepRatchetPolicyResult = Annotated[
    RatchetPolicy | NotFound | NotPermitted | InvalidInput | KeyReused,
    strawberry.union("KeepRatchetPolicyResult", description="The new rule, or why there is none."),
]
DeclareTargetAdjustmentResult = Annotated[
    TargetAdjustment | NotFound | NotPermitted | InvalidInput | KeyReused,
    strawberry.union("DeclareTargetAdjustmentResult", description="The adjustment, or why there is none."),
]
AskExemptionResult = Annotated[
    TargetExemption | NotFound | NotPermitted | ObjectiveNotEditable | InvalidInput | KeyReused,
    strawberry.union("AskExemptionResult", description="The exemption that waits, or why there is none."),
]
DecideExemptionResult = Annotated[
    TargetExemption
    | NotFound
    | NotPermitted
    | StaleVersion
    | ExemptionNotOpen
    | SecondPersonNeeded
    | InvalidInput
    | KeyReused,
    strawberry.union("DecideExemptionResult", description="The exemption as it stands now, or why nothing changed."),
]
ProposeContributionsResult = Annotated[
    ContributionStatement | NotFound | NotPermitted | StaleVersion | InvalidInput | KeyReused,
    strawberry.union("ProposeContributionsResult", description="The statement, or why there is none."),
]
AgreeContributionsResult = Annotated[
    ContributionStatement
    | NotFound
    | NotPermitted
    | StaleVersion
    | AlreadyAgreed
    | SecondPersonNeeded
    | InvalidInput
    | KeyReused,
    strawberry.union("AgreeContributionsResult", description="The agreed statement, or why it is not agreed."),
]


def _policy(given: KeepRatchetPolicyInput) -> NewPolicy:
    return NewPolicy(
        unit_id=row_id("unt", given.unit),
        valid_from=given.valid_from,
        reason=given.reason,
        is_on=given.on,
        policy=Policy(
            growth_percent=given.growth_percent,
            cap_percent=given.cap_percent,
            target_weight=given.target_weight,
            actual_weight=given.actual_weight,
            saturation_percent=given.saturation_percent,
        ),
    )


def _adjustment(given: DeclareTargetAdjustmentInput) -> NewAdjustment:
    return NewAdjustment(
        key_result_id=row_id("kr", given.key_result),
        adjustment=Adjustment(kind=given.kind, amount=number(given.amount), factor=number(given.factor)),
        reason=given.reason,
        evidence=given.evidence,
    )


def _plea(given: AskExemptionInput) -> Plea:
    return Plea(
        previous_id=row_id("kr", given.previous),
        kind=given.kind,
        reason=given.reason,
        evidence=given.evidence,
        lowest_target=given.lowest_target,
        expires_on=given.expires_on,
    )


def _claim(given: ProposeContributionsInput) -> Claim:
    return Claim(
        method=given.method,
        driver=text(given.driver),
        lines=[_line(one, f"lines.{at}") for at, one in enumerate(given.lines)],
        groups=groups_of(given.groups),
    )


def _line(given: ContributionInput, path: str) -> Line:
    return Line(
        evidence=given.evidence,
        person_id=optional_id("per", given.person, f"{path}.person"),
        unit_id=optional_id("unt", given.unit, f"{path}.unit"),
        share=number(given.share),
        amount=number(given.amount),
    )


def groups_of(given: list[GroupWorthInput]) -> list[Group]:
    """What groups are worth, as the domain takes it."""
    return [Group(members=tuple(one.members), worth=one.worth) for one in given]


@strawberry.type
class RatchetMutations:
    @strawberry.mutation(description="Say how far new targets must exceed the last ones; for the strategy office.")
    async def keep_ratchet_policy(self, info: Info, input: KeepRatchetPolicyInput) -> KeepRatchetPolicyResult:
        found = await answer(
            info,
            "RatchetPolicy",
            lambda: service_policies.keep_policy(actor(info), _policy(input), key=input.idempotency_key),
        )
        return cast("KeepRatchetPolicyResult", found)

    @strawberry.mutation(description="Say what makes past figures comparable; for the strategy office.")
    async def declare_target_adjustment(
        self, info: Info, input: DeclareTargetAdjustmentInput
    ) -> DeclareTargetAdjustmentResult:
        found = await answer(
            info,
            "TargetAdjustment",
            lambda: service_policies.adjust(actor(info), _adjustment(input), key=input.idempotency_key),
        )
        return cast("DeclareTargetAdjustmentResult", found)

    @strawberry.mutation(description="Ask to stay below the last target; a manager and a second person must agree.")
    async def ask_exemption(self, info: Info, input: AskExemptionInput) -> AskExemptionResult:
        found = await answer(
            info,
            "TargetExemption",
            lambda: service_exemptions.ask(
                actor(info), row_id("obj", input.objective), _plea(input), key=input.idempotency_key
            ),
        )
        return cast("AskExemptionResult", found)

    @strawberry.mutation(description="Agree to an exemption as a manager above its owner.")
    async def grant_exemption(self, info: Info, input: DecideExemptionInput) -> DecideExemptionResult:
        found = await answer(
            info,
            "TargetExemption",
            lambda: service_exemptions.grant(
                actor(info), row_id("exm", input.id), version=input.expected_version, key=input.idempotency_key
            ),
        )
        return cast("DecideExemptionResult", found)

    @strawberry.mutation(
        description="Agree to a granted exemption as the second person, of HR or the strategy office: it counts from "
        "now on until its last day."
    )
    async def confirm_exemption(self, info: Info, input: DecideExemptionInput) -> DecideExemptionResult:
        found = await answer(
            info,
            "TargetExemption",
            lambda: service_exemptions.confirm(
                actor(info), row_id("exm", input.id), version=input.expected_version, key=input.idempotency_key
            ),
        )
        return cast("DecideExemptionResult", found)

    @strawberry.mutation(description="Decline an exemption with a reason; its owner may ask again.")
    async def decline_exemption(self, info: Info, input: DeclineExemptionInput) -> DecideExemptionResult:
        found = await answer(
            info,
            "TargetExemption",
            lambda: service_exemptions.decline(
                actor(info),
                row_id("exm", input.id),
                version=input.expected_version,
                key=input.idempotency_key,
                reason=input.reason,
            ),
        )
        return cast("DecideExemptionResult", found)

    @strawberry.mutation(description="Take an exemption of yours back before it is confirmed.")
    async def withdraw_exemption(self, info: Info, input: DecideExemptionInput) -> DecideExemptionResult:
        found = await answer(
            info,
            "TargetExemption",
            lambda: service_exemptions.withdraw(
                actor(info), row_id("exm", input.id), version=input.expected_version, key=input.idempotency_key
            ),
        )
        return cast("DecideExemptionResult", found)

    @strawberry.mutation(
        description="Say who contributed what to a joint result of yours; shares that were agreed are open again."
    )
    async def propose_contributions(self, info: Info, input: ProposeContributionsInput) -> ProposeContributionsResult:
        found = await answer(
            info,
            "ContributionStatement",
            lambda: service_contributions.propose(
                actor(info),
                row_id("obj", input.objective),
                _claim(input),
                version=whole(input.expected_version),
                key=input.idempotency_key,
            ),
        )
        return cast("ProposeContributionsResult", found)

    @strawberry.mutation(description="Agree to the shares that an owner below you proposed.")
    async def agree_contributions(self, info: Info, input: AgreeContributionsInput) -> AgreeContributionsResult:
        found = await answer(
            info,
            "ContributionStatement",
            lambda: service_contributions.agree(
                actor(info), row_id("cst", input.id), version=input.expected_version, key=input.idempotency_key
            ),
        )
        return cast("AgreeContributionsResult", found)
