"""What follows from scores, tried without keeping anything: a pool and who gets what, seats, weights as they act."""

from decimal import Decimal
from typing import Annotated, cast

import strawberry
from strawberry import Info

from api import problem
from api.problem import InvalidInput
from api.reading import resolving
from api.scorecards.scoring.card_inputs import CouplingInput
from api.scorecards.scoring.inputs import written
from domain.kernel import errors
from domain.scorecards.scoring import codec, coupling, effective, quotas
from domain.scorecards.scoring.arithmetic import refuse
from domain.scorecards.scoring.coupling import Couples, Coupling, Member
from domain.scorecards.scoring.kinds import RuleKind
from domain.scorecards.scoring.quotas import Quota
from domain.scorecards.scoring.reasons import REASONS

PEOPLE_MAX = 500
CELLS_MAX = 2_000


@strawberry.type(description="A kind of scoring rule, with its reasons.")
class ScoringRuleReason:
    kind: RuleKind = strawberry.field(description="The kind.")
    formula: str = strawberry.field(description="Its formula, with x actual, t target, b baseline.")
    rationale: str = strawberry.field(description="When to use it, and what to mind.")
    reference: str = strawberry.field(description="Where it is known from.")


@strawberry.input(description="Who shares in a department's money.")
class PoolMemberInput:
    key: str = strawberry.field(description="Their name in the answer.")
    base: Decimal = strawberry.field(description="The base, a whole number of the currency's smallest unit.")
    coefficient: Decimal = strawberry.field(description="The person's own coefficient, around 1.")


@strawberry.type(description="What one gets.")
class Payout:
    key: str = strawberry.field(description="The key that was told.")
    coefficient: Decimal = strawberry.field(description="What the base is multiplied by; in a pool, the claim on it.")
    amount: Decimal = strawberry.field(description="In the currency's smallest unit.")


@strawberry.type(description="A department's money and how it is divided.")
class PoolPreview:
    pool: Decimal = strawberry.field(description="The department's money: its coefficient times all bases.")
    paid: Decimal = strawberry.field(description="What is paid in all: exactly the pool, unless product or sum differ.")
    payouts: list[Payout] = strawberry.field(description="One for each member, in their order; at most 500.")


@strawberry.input(description="How many of a group a grade is meant for.")
class QuotaInput:
    grade: str = strawberry.field(description="The grade.")
    share: int = strawberry.field(description="Its share, a whole number from 0, relative to the others.")


@strawberry.type(description="The seats of a grade: a guide, whose departures are explained.")
class GradeSeats:
    grade: str = strawberry.field(description="The grade.")
    seats: int = strawberry.field(description="For how many people it is meant.")
    taken: int = strawberry.field(description="How many people have it.")
    deviation: int = strawberry.field(description="Taken less seats: what differs from 0 wants a reason.")


@strawberry.type(description="The seats of all grades in a group.")
class SeatsPreview:
    is_exempt: bool = strawberry.field(description="Whether the group is too small for quotas, below ten people.")
    seats: list[GradeSeats] = strawberry.field(description="One for each grade, at most 20; none for a small group.")


@strawberry.type(description="What weights really do.")
class EffectiveWeights:
    weights: list[Decimal] | None = strawberry.field(
        description="In parts of 1, in the order of the weights; null for fewer than three cards or equal scores."
    )


PreviewPoolResult = Annotated[
    PoolPreview | InvalidInput,
    strawberry.union("PreviewPoolResult", description="The money, or which value of the input makes no sense."),
]
PreviewSeatsResult = Annotated[
    SeatsPreview | InvalidInput,
    strawberry.union("PreviewSeatsResult", description="The seats, or which value of the input makes no sense."),
]
EffectiveWeightsResult = Annotated[
    EffectiveWeights | InvalidInput,
    strawberry.union("EffectiveWeightsResult", description="The weights, or which value of the input makes no sense."),
]
Organisation = Annotated[Decimal, strawberry.argument(description="The department's coefficient, from 0, around 1.")]
Members = Annotated[list[PoolMemberInput], strawberry.argument(description="Who shares in it; at most 500.")]
Coupled = Annotated[CouplingInput | None, strawberry.argument(description="How organisation and person count.")]
Quotas = Annotated[list[QuotaInput], strawberry.argument(description="1 to 20 grades, from best to worst.")]
Group = Annotated[list[str], strawberry.argument(description="The grade of each person; at most 500.")]
Nominal = Annotated[list[int], strawberry.argument(description="The weights that were given, whole numbers from 0.")]
Scores = Annotated[
    list[list[Decimal]],
    strawberry.argument(description="For each card the score of each item; at most 2,000 scores in all."),
]


@strawberry.type
class SharingQueries:
    @strawberry.field(description="All kinds of scoring rules, with formula, reason and source.")
    def scoring_rules(self, info: Info) -> list[ScoringRuleReason]:
        resolving.actor_of(resolving.raw(info))
        return [
            ScoringRuleReason(kind=kind, formula=one.formula, rationale=one.rationale, reference=one.reference)
            for kind, one in REASONS.items()
        ]

    @strawberry.field(
        description="Try how a department's money is divided, to the last cent, without keeping anything."
    )
    def preview_pool(
        self, info: Info, organisation: Organisation, members: Members, coupling: Coupled = strawberry.UNSET
    ) -> PreviewPoolResult:
        resolving.actor_of(resolving.raw(info))
        try:
            return _pool(organisation, members, coupling)
        except errors.InvalidInput as refusal:
            return cast("InvalidInput", problem.of(refusal))

    @strawberry.field(description="Try for how many people of a group each grade is meant, without keeping anything.")
    def preview_seats(self, info: Info, group: Group, quotas: Quotas) -> PreviewSeatsResult:
        resolving.actor_of(resolving.raw(info))
        try:
            return _seats(group, quotas)
        except errors.InvalidInput as refusal:
            return cast("InvalidInput", problem.of(refusal))

    @strawberry.field(description="How much of the differences between cards each item makes, beside its given weight.")
    def effective_weights(self, info: Info, nominal: Nominal, scores: Scores) -> EffectiveWeightsResult:
        resolving.actor_of(resolving.raw(info))
        try:
            return _weights(nominal, scores)
        except errors.InvalidInput as refusal:
            return cast("InvalidInput", problem.of(refusal))


def _pool(organisation: Decimal, given: list[PoolMemberInput], coupled: CouplingInput | None) -> PoolPreview:
    refuse(len(given) > PEOPLE_MAX, f"At most {PEOPLE_MAX} share in it.", "members")
    department = codec.number(organisation, "organisation")
    couples = codec.record_of(Couples, written(coupled) if coupled else {}, "coupling")
    members = [_member(one, f"members.{at}") for at, one in enumerate(given)]
    whole = coupling.pool(couples, department, members)
    factors = [coupling.coefficient(couples, department, one.coefficient) for one in members]
    amounts = _amounts(couples, whole, members, factors)
    return PoolPreview(
        pool=Decimal(whole),
        paid=Decimal(sum(amounts)),
        payouts=[
            Payout(key=one.key, coefficient=factor, amount=Decimal(amount))
            for one, factor, amount in zip(members, factors, amounts, strict=True)
        ],
    )


def _amounts(couples: Couples, whole: int, members: list[Member], factors: list[Decimal]) -> list[int]:
    if couples.how != Coupling.POOL:
        return [coupling.pay(one.base, factor) for one, factor in zip(members, factors, strict=True)]
    paid = coupling.payouts(whole, members)
    return [paid[one.key] for one in members]


def _member(given: PoolMemberInput, path: str) -> Member:
    told = written(given)
    base = codec.number(told["base"], f"{path}.base")
    refuse(base != base.to_integral_value(), "Money is a whole number of the smallest unit.", f"{path}.base")
    return codec.record_of(Member, told | {"base": int(base)}, path)


def _seats(group: list[str], given: list[QuotaInput]) -> SeatsPreview:
    refuse(len(group) > PEOPLE_MAX, f"A group has at most {PEOPLE_MAX} people.", "group")
    told = [codec.record_of(Quota, written(one), f"quotas.{at}") for at, one in enumerate(given)]
    unknown = set(group) - {one.grade for one in told}
    refuse(bool(unknown), "Somebody has a grade without a quota.", "group")
    found = quotas.seats(group, told)
    rows = found or []
    return SeatsPreview(
        is_exempt=found is None,
        seats=[GradeSeats(grade=one.grade, seats=one.seats, taken=one.taken, deviation=one.deviation) for one in rows],
    )


def _weights(nominal: list[int], scores: list[list[Decimal]]) -> EffectiveWeights:
    refuse(len(nominal) * len(scores) > CELLS_MAX, f"At most {CELLS_MAX:,} scores are looked at.", "scores")
    refuse(any(weight < 0 for weight in nominal), "A weight is a whole number from 0.", "nominal")
    refuse(any(len(row) != len(nominal) for row in scores), "Each card has a score for each weight.", "scores")
    rows = [[codec.number(score, f"scores.{at}") for score in row] for at, row in enumerate(scores)]
    return EffectiveWeights(weights=effective.weights(nominal, rows))
