"""Targets tried out in the schema: nothing is kept."""

from collections.abc import Generator
from contextlib import contextmanager
from decimal import Decimal
from typing import Annotated

import strawberry
from graphql import GraphQLError
from strawberry import Info

from api.mutating import number
from api.objectives.targets.mutations import GroupWorthInput, groups_of
from api.objectives.targets.types import AdjustmentKind, Ground, Outcome
from api.objectives.types import KeyResultKind
from api.reading import resolving
from domain.kernel.errors import DomainError, InvalidInput
from domain.objectives.rules import check_number
from domain.objectives.targets import ambition, comparable, contributions, ratchet, rules, truthful
from domain.objectives.targets.ratchet import Past, Policy
from domain.objectives.targets.terms import Adjustment, ContributionMethod
from domain.objectives.targets.truthful import JointBase, Scheme, Weitzman

NUMBERS_MAX = 200
_USUAL = Policy()


@contextmanager
def told() -> Generator[None]:
    """What cannot be computed is an error of its field."""
    try:
        yield
    except DomainError as refusal:
        where = f" ({refusal.field})" if isinstance(refusal, InvalidInput) and refusal.field else ""
        raise GraphQLError(refusal.message + where, extensions={"code": "BAD_USER_INPUT"}) from refusal


@strawberry.input(description="What makes past figures comparable: an amount that is added, or a factor.")
class TryAdjustmentInput:
    kind: AdjustmentKind = strawberry.field(description="Why they cannot be compared as they are.")
    amount: Decimal | None = strawberry.field(default=strawberry.UNSET, description="What to add; or null.")
    factor: Decimal | None = strawberry.field(default=strawberry.UNSET, description="By what to multiply; or null.")


@strawberry.input(description="What came before a target, and the rule of exceeding to try.")
class PreviewTargetInput:
    kind: KeyResultKind = strawberry.field(description="INCREASE or DECREASE: where better is.")
    target: Decimal = strawberry.field(description="The new target.")
    previous_target: Decimal = strawberry.field(description="The last one.")
    actuals: list[Decimal] = strawberry.field(
        default_factory=list[Decimal],
        description="What was reached in the cycles before, the latest first; three count.",
    )
    adjustments: list[TryAdjustmentInput] = strawberry.field(
        default_factory=list[TryAdjustmentInput], description="Of the last cycle; at most ten."
    )
    history: list[Decimal] = strawberry.field(
        default_factory=list[Decimal],
        description="The months before the last actual, the oldest first, at most 200: from eight on they tell noise "
        "from a new level.",
    )
    stretch: Decimal | None = strawberry.field(
        default=strawberry.UNSET, description="Up to where what was reached counts, instead of the cap."
    )
    peer: Decimal | None = strawberry.field(default=strawberry.UNSET, description="What a peer reaches.")
    best: Decimal | None = strawberry.field(default=strawberry.UNSET, description="The physical limit of the figure.")
    worst: Decimal | None = strawberry.field(default=strawberry.UNSET, description="The limit on its other side.")
    lowest_exempt: Decimal | None = strawberry.field(
        default=strawberry.UNSET, description="The least ambitious target that an exemption allows."
    )
    growth_percent: Decimal = strawberry.field(
        default=_USUAL.growth_percent, description="By how much the reference is to be exceeded, 0 to 1,000 %."
    )
    cap_percent: Decimal = strawberry.field(
        default=_USUAL.cap_percent, description="How far above the last target what was reached counts, 0 to 1,000 %."
    )
    target_weight: int = strawberry.field(
        default=_USUAL.target_weight, description="What the last target weighs, 0 to 1,000."
    )
    actual_weight: int = strawberry.field(
        default=_USUAL.actual_weight, description="What was reached weighs so much, 0 to 1,000."
    )
    peer_weight: int = strawberry.field(
        default=_USUAL.peer_weight, description="What the peer weighs so much, 0 to 1,000."
    )
    saturation_percent: Decimal = strawberry.field(
        default=_USUAL.saturation_percent, description="How near to its limit a figure may stay, 0 to 100 %."
    )


@strawberry.type(description="What the exceed test would say of a target; figures are on today's terms.")
class TargetPreview:
    outcome: Outcome = strawberry.field(description="What it would say.")
    ground: Ground = strawberry.field(description="Why.")
    minimum: Decimal = strawberry.field(description="What the target must reach.")
    strict: bool = strawberry.field(description="Whether it must lie beyond the minimum, not only on it.")
    previous_target: Decimal = strawberry.field(description="The last target as adjusted.")
    reference: Decimal = strawberry.field(description="The blend that the minimum grows from.")
    baseline: Decimal | None = strawberry.field(
        description="The less ambitious of the last actual and the mean of the last three; null without any."
    )
    counted: Decimal | None = strawberry.field(description="As much of the baseline as counts.")
    guidance: Decimal | None = strawberry.field(description="The baseline grown: where to begin to talk.")
    saturated: bool = strawberry.field(description="Whether the last target is as near to its limit as makes no odds.")
    new_level: bool | None = strawberry.field(
        description="Whether the last actual is more than noise; null with fewer than eight months before it."
    )
    bonus_cap: int | None = strawberry.field(
        description="How many points beyond full score the target can earn, 3 to 6; null without a baseline."
    )


@strawberry.input(
    description="Pays `beta` for each unit promised, `alpha` for each beyond the promise; `gamma` is lost for each "
    "short of it. The truth pays best if 0 < alpha < beta < gamma."
)
class WeitzmanInput:
    alpha: Decimal = strawberry.field(description="For each unit beyond the promise.")
    beta: Decimal = strawberry.field(description="For each unit promised.")
    gamma: Decimal = strawberry.field(description="Lost for each unit short of the promise.")
    base: Decimal = strawberry.field(default=Decimal(0), description="What is paid in any case.")


@strawberry.input(
    description="The base is agreed between report and demand (联合确定基数法). The truth pays best if "
    "reward > penalty > reportWeight × reward."
)
class JointBaseInput:
    demanded: Decimal = strawberry.field(description="What is demanded of the unit.")
    report_weight: Decimal = strawberry.field(description="How much of its report is in the base, between 0 and 1.")
    reward: Decimal = strawberry.field(description="For each unit above the base.")
    penalty: Decimal = strawberry.field(description="Lost for each unit above the own report.")


@strawberry.input(description="A scheme: exactly one of the two.")
class TruthfulSchemeInput:
    weitzman: WeitzmanInput | None = strawberry.field(default=strawberry.UNSET, description="Weitzman's scheme.")
    joint_base: JointBaseInput | None = strawberry.field(default=strawberry.UNSET, description="The joint base method.")


@strawberry.type(description="What a report earns when the result is known.")
class ReportPayoff:
    report: Decimal = strawberry.field(description="What is reported.")
    pay: Decimal = strawberry.field(description="What it earns.")


@strawberry.type(description="Whether a scheme pays best for the truth, and what each report would earn.")
class TruthfulSchemePreview:
    truthful: bool = strawberry.field(description="Whether the truth pays best, whatever the result.")
    faults: list[str] = strawberry.field(description="Which inequalities fail, in sentences; at most four.")
    advice: list[str] = strawberry.field(description="Which margins are narrower than customary; at most two.")
    payoffs: list[ReportPayoff] = strawberry.field(description="One for each report, in their order; at most 200.")
    best_report: Decimal | None = strawberry.field(description="The report that earns most; null without any report.")


@strawberry.type(description="Shares of a joint result, as they would be.")
class ContributionsPreview:
    shares: list[Decimal] = strawberry.field(
        description="In percent to the hundredth, in the order of the lines, at most 50; together exactly 100."
    )


PreviewTargetArgument = Annotated[PreviewTargetInput, strawberry.argument(description="The target and its past.")]
SchemeArgument = Annotated[TruthfulSchemeInput, strawberry.argument(description="The scheme.")]
ResultArgument = Annotated[Decimal, strawberry.argument(description="What is really reached.")]
ReportsArgument = Annotated[list[Decimal], strawberry.argument(description="The reports to try, at most 200.")]
MethodArgument = Annotated[ContributionMethod, strawberry.argument(description="How the shares are found.")]
PlayersArgument = Annotated[int | None, strawberry.argument(description="For SHAPLEY, how many share, 1 to 12.")]
AmountsArgument = Annotated[
    list[Decimal] | None, strawberry.argument(description="The agreed shares, or how much of the driver each has.")
]
GroupsArgument = Annotated[
    list[GroupWorthInput] | None,
    strawberry.argument(description="For SHAPLEY. A group that is not named is worth what its best part is worth."),
]


@strawberry.type
class RatchetPreviews:
    @strawberry.field(description="Try the exceed test on a target and figures of your own, without keeping anything.")
    def preview_target(self, info: Info, input: PreviewTargetArgument) -> TargetPreview:
        resolving.actor_of(resolving.raw(info))
        with told():
            return _preview(input)

    @strawberry.field(
        description="Try a scheme that shall make people report their targets truthfully, without keeping anything."
    )
    def preview_truthful_scheme(
        self, info: Info, scheme: SchemeArgument, result: ResultArgument, reports: ReportsArgument
    ) -> TruthfulSchemePreview:
        resolving.actor_of(resolving.raw(info))
        with told():
            check_number(result, "result")
            _check_numbers(reports, "reports")
            return _tried(_scheme(scheme), result, reports)

    @strawberry.field(description="Try how a joint result would be shared, without keeping anything.")
    def preview_contributions(
        self,
        info: Info,
        method: MethodArgument,
        amounts: AmountsArgument = None,
        players: PlayersArgument = None,
        groups: GroupsArgument = None,
    ) -> ContributionsPreview:
        resolving.actor_of(resolving.raw(info))
        with told():
            return ContributionsPreview(shares=_shares(method, amounts or [], players or 0, groups or []))


def _check_numbers(values: list[Decimal], field: str, *, count_max: int = NUMBERS_MAX) -> None:
    if len(values) > count_max:
        raise InvalidInput(f"There are at most {count_max} of these.", field=field)
    for at, value in enumerate(values):
        check_number(value, f"{field}.{at}")


def _preview(given: PreviewTargetInput) -> TargetPreview:
    if given.kind not in ratchet.DIRECTED:
        raise InvalidInput("Only what is to rise or to fall can exceed.", field="kind")
    past, policy = _past(given), _policy(given)
    lowest = number(given.lowest_exempt)
    exemption = None if lowest is None else ratchet.Exemption(lowest=lowest)
    verdict = ratchet.judge(given.kind, given.target, past, policy, exemption=exemption)
    bar = verdict.bar
    assert bar is not None, "what has a direction has a bar"
    return TargetPreview(
        outcome=verdict.outcome,
        ground=verdict.ground,
        minimum=bar.minimum,
        strict=bar.is_strict,
        previous_target=past.target,
        reference=bar.reference,
        baseline=bar.baseline,
        counted=bar.counted,
        guidance=bar.guidance,
        saturated=bar.is_saturated,
        new_level=bar.is_new_level,
        bonus_cap=None if bar.baseline is None else ambition.bonus_cap(given.kind, given.target, bar.baseline),
    )


def _past(given: PreviewTargetInput) -> Past:
    adjustments = [Adjustment(kind=a.kind, amount=number(a.amount), factor=number(a.factor)) for a in given.adjustments]
    if len(adjustments) > rules.ADJUSTMENTS_MAX:
        raise InvalidInput(f"There are at most {rules.ADJUSTMENTS_MAX} of these.", field="adjustments")
    for at, one in enumerate(adjustments):
        comparable.check(one, f"adjustments.{at}")
    limits = {name: number(getattr(given, name)) for name in ("stretch", "peer", "best", "worst")}
    single = {"target": given.target, "previousTarget": given.previous_target, **limits}
    single["lowestExempt"] = number(given.lowest_exempt)
    for name, value in single.items():
        if value is not None:
            check_number(value, name)
    _check_numbers(given.actuals, "actuals", count_max=comparable.YEARS)
    _check_numbers(given.history, "history")
    latest = [comparable.actual(value, adjustments) for value in given.actuals[:1]]
    return Past(
        target=comparable.target(given.previous_target, adjustments),
        actuals=[*latest, *given.actuals[1:]],
        history=given.history,
        **limits,
    )


def _policy(given: PreviewTargetInput) -> Policy:
    policy = Policy(
        growth_percent=given.growth_percent,
        cap_percent=given.cap_percent,
        target_weight=given.target_weight,
        actual_weight=given.actual_weight,
        peer_weight=given.peer_weight,
        saturation_percent=given.saturation_percent,
    )
    rules.check_policy(policy)
    return policy


def _scheme(given: TruthfulSchemeInput) -> Scheme:
    weitzman, joint = given.weitzman or None, given.joint_base or None
    if (weitzman is None) == (joint is None):
        raise InvalidInput("Give exactly one scheme.", field="scheme")
    found = Weitzman(**vars(weitzman)) if weitzman is not None else JointBase(**vars(joint))
    for name, value in vars(weitzman or joint).items():
        check_number(value, f"scheme.{name}")
    return found


def _tried(scheme: Scheme, result: Decimal, reports: list[Decimal]) -> TruthfulSchemePreview:
    faults, payoffs = truthful.faults(scheme), truthful.payoffs(scheme, reports, result=result)
    return TruthfulSchemePreview(
        truthful=not faults,
        faults=faults,
        advice=truthful.margins(scheme),
        payoffs=[ReportPayoff(report=one.report, pay=one.pay) for one in payoffs],
        best_report=truthful.best(payoffs).report if payoffs else None,
    )


def _shares(
    method: ContributionMethod, amounts: list[Decimal], players: int, groups: list[GroupWorthInput]
) -> list[Decimal]:
    if method is ContributionMethod.SHAPLEY:
        return contributions.by_shapley(players, rules.worth(groups_of(groups), players))
    _check_numbers(amounts, "amounts", count_max=contributions.LINES_MAX)
    if method is ContributionMethod.DRIVER:
        return contributions.by_driver(amounts)
    contributions.check_agreed(amounts)
    return amounts
