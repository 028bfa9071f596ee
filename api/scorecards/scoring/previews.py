"""Scores in the schema that are computed without keeping anything: how an analyst tries a rule before publishing it."""

from datetime import date
from decimal import Decimal
from typing import Annotated, cast

import strawberry
from strawberry import Info

from api import problem
from api.problem import InvalidInput
from api.reading import resolving
from api.scorecards.scoring.card_inputs import PreviewCardInput, ScoringPolicyInput, card_of, policy_of
from api.scorecards.scoring.inputs import ObservationInput, ScoringRuleInput, observation_of, rule_of
from domain.kernel import errors
from domain.scorecards.scoring import cards, grades, items, lights, replays
from domain.scorecards.scoring.facts import DataState, Observation
from domain.scorecards.scoring.grades import OkrZone
from domain.scorecards.scoring.kinds import Rule
from domain.scorecards.scoring.lights import Light, Travel
from domain.scorecards.scoring.lines import Okr
from domain.scorecards.scoring.outcome import CardScore, ItemLine, PerspectiveLine, Step
from domain.scorecards.scoring.policy import Policy
from domain.scorecards.scoring.tables import Ordinal
from domain.scorecards.scoring.terms import Aggregation, CardItem, LeftOut, ScoreStatus, StepKind, Treatment

OBSERVATIONS_MAX = 100
strawberry.enum(OkrZone, description="How an OKR grade reads.")
strawberry.enum(Travel, name="ScoreTravel", description="Where a score went since the month before.")
strawberry.enum(
    Light, name="ScoreLight", description="How a score looks at a glance; its word is shown with the colour."
)
strawberry.enum(LeftOut, name="ScoreLeftOut", description="Why an item has no score.")
strawberry.enum(Treatment, name="MissingTreatment", description="What was made of an item that has no data.")
strawberry.enum(ScoreStatus, description="Whether there is a number.")
strawberry.enum(StepKind, name="ScoreStepKind", description="What moved a score beside its items.")


@strawberry.type(description="What a rule makes of one observation. Nothing is kept.")
class PreviewedScore:
    state: DataState = strawberry.field(description="In which way the item is known, or not.")
    points: Decimal | None = strawberry.field(description="What the rule says; null if it says nothing.")
    score: Decimal | None = strawberry.field(description="The same within cap and floor; null if it was left out.")
    left_out: LeftOut | None = strawberry.field(description="Why there is no score; null if there is one.")
    treatment: Treatment | None = strawberry.field(
        description="What was made of missing data; null if none are missing."
    )
    ceiling: str | None = strawberry.field(description="The best grade that the rule allows; null if it says nothing.")
    light: Light = strawberry.field(description="How it looks at a glance.")
    okr_grade: Decimal | None = strawberry.field(
        description="From 0.0 to 1.0, half up to one decimal; null for rules of other kinds."
    )
    okr_zone: OkrZone | None = strawberry.field(description="How that grade reads; null for rules of other kinds.")


@strawberry.type(description="What a rule makes of observations.")
class PreviewedScores:
    scores: list[PreviewedScore] = strawberry.field(
        description="One for each observation, in their order; at most 100."
    )


@strawberry.type(description="What one item adds to a card that is tried.")
class PreviewedItem:
    key: str = strawberry.field(description="The key of the item.")
    state: DataState = strawberry.field(description="In which way it is known, or not.")
    points: Decimal | None = strawberry.field(description="What its rule says; null if it says nothing.")
    score: Decimal | None = strawberry.field(description="The same within cap and floor; null if it was left out.")
    share_before: Decimal = strawberry.field(
        description="Its weight in the card in percent, before what is left out was spread over the rest."
    )
    share: Decimal = strawberry.field(description="Its weight in percent after that; all of them read 100.")
    contribution: Decimal | None = strawberry.field(description="What it adds, in points; null if it was left out.")
    left_out: LeftOut | None = strawberry.field(description="Why it has no score; null if it has one.")
    treatment: Treatment | None = strawberry.field(
        description="What was made of missing data; null if none are missing."
    )


@strawberry.type(description="A perspective of a card that is tried.")
class PreviewedPerspective:
    key: str = strawberry.field(description="The key of the perspective.")
    aggregation: Aggregation = strawberry.field(description="How its items became one.")
    share: Decimal = strawberry.field(description="Its weight in percent, of those that have a score.")
    score: Decimal | None = strawberry.field(description="Its score before gates; null without any.")
    gated: Decimal | None = strawberry.field(description="Its score behind gates; null without any.")


@strawberry.type(description="What else moved the score of a card, in the order in which it happens.")
class PreviewedStep:
    kind: StepKind = strawberry.field(description="What it is.")
    key: str | None = strawberry.field(description="The item or extra that did it; null if none did alone.")
    amount: Decimal = strawberry.field(description="By how many points.")


@strawberry.type(description="The score of a card that is tried. All contributions and all steps add up to it.")
class CardPreview:
    value: Decimal | None = strawberry.field(description="The score, where 100 is target met; null if there is none.")
    status: ScoreStatus = strawberry.field(description="Whether there is a number.")
    covered: Decimal = strawberry.field(description="The share of the applicable weight with a score, from 0 to 1.")
    grade: str | None = strawberry.field(description="The grade by the policy; null without a score.")
    pay_multiple: Decimal | None = strawberry.field(description="What the grade pays; null without a score.")
    light: Light = strawberry.field(description="How it looks at a glance.")
    items: list[PreviewedItem] = strawberry.field(description="What each item adds; at most 100.")
    perspectives: list[PreviewedPerspective] = strawberry.field(description="Each perspective; at most 20.")
    steps: list[PreviewedStep] = strawberry.field(description="What else moved it; at most 160.")
    extras_left_out: list[str] = strawberry.field(description="The keys of extras not in force; at most 50.")
    gates_not_judged: list[str] = strawberry.field(
        description="The keys of items whose gate is undecided for want of data; at most 100."
    )
    inputs_hash: str = strawberry.field(description="The hash of all inputs: equal ones come to equal scores.")


PreviewScoreResult = Annotated[
    PreviewedScores | InvalidInput,
    strawberry.union("PreviewScoreResult", description="The scores, or which value of the input makes no sense."),
]
PreviewCardResult = Annotated[
    CardPreview | InvalidInput,
    strawberry.union("PreviewCardResult", description="The score, or which value of the input makes no sense."),
]
TriedRule = Annotated[ScoringRuleInput, strawberry.argument(description="The rule to be tried.")]
TriedObservations = Annotated[
    list[ObservationInput], strawberry.argument(description="What to score by it, one by one; at most 100.")
]
TriedOn = Annotated[date, strawberry.argument(description="The day: what happened later does not count yet.")]
TriedPolicy = Annotated[
    ScoringPolicyInput | None, strawberry.argument(description="Limits, missing data, grades and lights.")
]
TriedCard = Annotated[PreviewCardInput, strawberry.argument(description="The card to be tried.")]


@strawberry.type
class ScoringQueries:
    @strawberry.field(description="Try a scoring rule on observations without keeping anything.")
    def preview_score(
        self,
        info: Info,
        rule: TriedRule,
        observations: TriedObservations,
        as_of: TriedOn,
        policy: TriedPolicy = strawberry.UNSET,
    ) -> PreviewScoreResult:
        resolving.actor_of(resolving.raw(info))
        try:
            return _scores(rule, observations, as_of, policy)
        except errors.InvalidInput as refusal:
            return cast("InvalidInput", problem.of(refusal))

    @strawberry.field(description="Try a whole scorecard, with gates, extras and grades, without keeping anything.")
    def preview_card(self, info: Info, card: TriedCard, policy: TriedPolicy = strawberry.UNSET) -> PreviewCardResult:
        resolving.actor_of(resolving.raw(info))
        try:
            return _card(card, policy)
        except errors.InvalidInput as refusal:
            return cast("InvalidInput", problem.of(refusal))


def _scores(
    given: ScoringRuleInput, seen: list[ObservationInput], as_of: date, policy: ScoringPolicyInput | None
) -> PreviewedScores:
    if len(seen) > OBSERVATIONS_MAX:
        raise errors.InvalidInput(f"At most {OBSERVATIONS_MAX} observations are scored at once.", field="observations")
    rule, by = rule_of(given), policy_of(policy)
    observations = [observation_of(one, f"observations.{at}") for at, one in enumerate(seen)]
    _check_zones(rule, observations)
    return PreviewedScores(scores=[_score(rule, one, as_of, by) for one in observations])


def _check_zones(rule: Rule, observations: list[Observation]) -> None:
    """Kept facts with a zone that a rule no longer knows are missing data; who tries a rule has mistyped it."""
    for at, one in enumerate(observations):
        if isinstance(rule, Ordinal) and one.zone is not None and one.zone not in rule.zones:
            raise errors.InvalidInput("The rule knows no such zone.", field=f"observations.{at}.zone")


def _score(rule: Rule, seen: Observation, as_of: date, policy: Policy) -> PreviewedScore:
    item = CardItem(key="item", title="item", perspective="all", weight=1, rule=rule, observation=seen)
    found = items.score(item, policy, as_of)
    grade = grades.okr_grade(found.raw) if isinstance(rule, Okr) and found.raw is not None else None
    return PreviewedScore(
        state=found.state,
        points=found.raw,
        score=found.score,
        left_out=found.left_out,
        treatment=found.treatment,
        ceiling=found.ceiling,
        light=lights.light(found.score, policy.bands, age_days=seen.age_days),
        okr_grade=grade,
        okr_zone=None if grade is None else grades.okr_zone(grade),
    )


def _card(given: PreviewCardInput, policy: ScoringPolicyInput | None) -> CardPreview:
    card, by = card_of(given), policy_of(policy)
    try:
        cards.check(card, by)
    except errors.InvalidInput as mistake:
        raise errors.InvalidInput(mistake.message, field=f"card.{mistake.field}") from None
    found = cards.score(card, by)
    return _shown(found, by, replays.inputs_hash(replays.inputs_bytes(card, by)))


def _shown(found: CardScore, policy: Policy, inputs_hash: str) -> CardPreview:
    return CardPreview(
        value=found.value,
        status=found.status,
        covered=found.covered,
        grade=found.grade,
        pay_multiple=found.pay_multiple,
        light=lights.light(found.value, policy.bands),
        items=[_item(line) for line in found.trace.items],
        perspectives=[_perspective(line) for line in found.trace.perspectives],
        steps=[_step(step) for step in found.trace.steps],
        extras_left_out=list(found.trace.extras_left_out),
        gates_not_judged=list(found.trace.gates_not_judged),
        inputs_hash=inputs_hash,
    )


def _item(line: ItemLine) -> PreviewedItem:
    return PreviewedItem(
        key=line.key,
        state=line.state,
        points=line.raw,
        score=line.score,
        share_before=line.share_before,
        share=line.share,
        contribution=line.contribution,
        left_out=line.left_out,
        treatment=line.treatment,
    )


def _perspective(line: PerspectiveLine) -> PreviewedPerspective:
    return PreviewedPerspective(
        key=line.key, aggregation=line.aggregation, share=line.share, score=line.score, gated=line.gated
    )


def _step(step: Step) -> PreviewedStep:
    return PreviewedStep(kind=step.kind, key=step.key, amount=step.amount)
