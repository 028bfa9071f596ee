"""Scorecards as inputs of the schema: what somebody writes who keeps one."""

from datetime import date
from decimal import Decimal
from typing import Any

import strawberry

from api.mutating import number, optional_id, text
from api.scorecards.cards.types import InitiativeState, ItemKind, Months, Timing
from api.scorecards.scoring.card_inputs import Aggregation, ExtraKind, GateInput
from api.scorecards.scoring.inputs import ScoringRuleInput, optional, rule_of, written
from domain.objectives.terms import Audience
from domain.scorecards.cards.terms import (
    AS_IT_IS,
    CardDraft,
    ExtraDraft,
    InitiativeDraft,
    ItemDraft,
    KpiDraft,
    PerspectiveDraft,
)
from domain.scorecards.scoring import codec
from domain.scorecards.scoring.terms import Gate


@strawberry.input(description="A perspective of a scorecard.")
class CardPerspectiveInput:
    perspective: str = strawberry.field(description="The code of the perspective.")
    weight: int = strawberry.field(description="Its weight, a whole number from 0, relative to the others.")
    aggregation: Aggregation | None = optional("How its items become one score; the policy's way if not told.")


@strawberry.input(description="An item of a scorecard. Score flows into it from what its kind says, and nothing else.")
class ScorecardItemInput:
    title: str = strawberry.field(description="What it is called in English; at most 200 characters.")
    perspective: str = strawberry.field(description="The code of one of the card's perspectives.")
    kind: ItemKind = strawberry.field(description="From where its score flows.")
    weight: int = strawberry.field(description="Its weight, a whole number from 0, relative to its perspective.")
    rule: ScoringRuleInput | None = optional(
        "How its figure is scored; if not told, 100 is target met, as for objectives and scorecards."
    )
    id: strawberry.ID | None = optional("The item to keep, or a new id made by the client.")
    title_zh: str | None = optional("What it is called in Chinese.")
    timing: Timing | None = optional("Whether it leads or lags; LAG if not told.")
    months: Months | None = optional("How the months of the cycle make its figure; LATEST if not told.")
    cap: Decimal | None = optional("The most that it scores; the policy's if not told.")
    floor: Decimal | None = optional("The least that it scores; the policy's if not told.")
    gate: GateInput | None = optional("Whether others depend on it.")
    baseline: Decimal | None = optional("Where it starts, if the rule does not say so.")
    threshold: Decimal | None = optional("The least that counts, if the rule does not say so.")
    target: Decimal | None = optional("What is to be reached, if the rule does not say so.")
    stretch: Decimal | None = optional("What is more than promised, if the rule does not say so.")
    measure: strawberry.ID | None = optional("The measure, for the kind MEASURE.")
    objective: strawberry.ID | None = optional("The objective, for the kind OBJECTIVE.")
    of_scorecard: strawberry.ID | None = optional("The scorecard of a unit below, for the kind SCORECARD.")
    strategic_objective: strawberry.ID | None = optional("The strategic objective that it serves.")
    serves: strawberry.ID | None = optional("The item of another scorecard that it serves.")
    operational: str | None = optional("Why it serves no strategic objective.")
    confidential: bool | None = optional("Whether it counts without being shown; no if not told.")


@strawberry.input(description="What is undertaken so that an item is reached.")
class InitiativeInput:
    title: str = strawberry.field(description="What is done, in English; at most 200 characters.")
    id: strawberry.ID | None = optional("The initiative to keep, or a new id made by the client.")
    title_zh: str | None = optional("What is done, in Chinese.")
    item: strawberry.ID | None = optional("The item that it is undertaken for.")
    owner: strawberry.ID | None = optional("Who answers for it.")
    starts_on: date | None = optional("When it begins.")
    due_on: date | None = optional("When it is to be done.")
    state: InitiativeState | None = optional("How far it is; PLANNED if not told.")


@strawberry.input(description="The whole content of a scorecard as it shall be.")
class ScorecardContentInput:
    perspectives: list[CardPerspectiveInput] = strawberry.field(description="At most ten, in their order.")
    items: list[ScorecardItemInput] = strawberry.field(description="At most 40, in their order.")
    initiatives: list[InitiativeInput] | None = optional("At most 40, in their order.")
    audience: Audience | None = optional("Who sees a unit's card once it is published; CHAIN if not told.")
    difficulty: Decimal | None = optional("The coefficient of the unit's task, from 0.5 to 2; 1 if not told.")


@strawberry.input(description="Points beside the items, or a veto.")
class ScorecardExtraInput:
    kind: ExtraKind = strawberry.field(description="Which of them.")
    period: date = strawberry.field(description="From which month on it counts, by its first day.")
    title: str = strawberry.field(description="What happened; at most 200 characters.")
    evidence: str = strawberry.field(description="What proves it; at most 2,000 characters.")
    id: strawberry.ID | None = optional("The id to give it, made by the client.")
    points: Decimal | None = optional("How many points, above 0; a veto has none.")
    ceiling: str | None = optional("The best grade that a veto leaves; without it, a veto leaves no score.")


@strawberry.input(description="A key figure of a position.")
class PositionKpiInput:
    title: str = strawberry.field(description="What it is called in English; at most 200 characters.")
    perspective: str = strawberry.field(description="The code of its perspective.")
    weight: int = strawberry.field(description="Its weight, a whole number from 1, relative to the others.")
    rule: ScoringRuleInput = strawberry.field(description="How its figure is scored.")
    title_zh: str | None = optional("What it is called in Chinese.")
    timing: Timing | None = optional("Whether it leads or lags; LAG if not told.")
    months: Months | None = optional("How the months of the cycle make its figure; LATEST if not told.")
    measure: strawberry.ID | None = optional("The measure; each incumbent names an own one if not told.")
    strategic_objective: strawberry.ID | None = optional("The strategic objective that it serves.")
    operational: str | None = optional("Why it serves no strategic objective.")


def content_of(given: ScorecardContentInput) -> CardDraft:
    """The content that is told; InvalidInput names the path of the mistake."""
    initiatives = given.initiatives or []
    return CardDraft(
        perspectives=tuple(
            PerspectiveDraft(perspective=one.perspective, weight=one.weight, aggregation=one.aggregation or None)
            for one in given.perspectives
        ),
        items=tuple(_item(one, f"items.{at}") for at, one in enumerate(given.items)),
        initiatives=tuple(_initiative(one, f"initiatives.{at}") for at, one in enumerate(initiatives)),
        audience=given.audience or Audience.CHAIN,
        difficulty=_or(given.difficulty, Decimal(1)),
    )


def _or(value: object, usual: Decimal) -> Decimal:
    told = number(value)
    return usual if told is None else told


def _item(given: ScorecardItemInput, path: str) -> ItemDraft:
    def reference(prefix: str, name: str, value: object) -> Any:
        return optional_id(prefix, value, f"{path}.{name}")

    return ItemDraft(
        id=reference("sci", "id", given.id),
        title=given.title,
        title_zh=text(given.title_zh),
        perspective=given.perspective,
        kind=given.kind,
        timing=given.timing or Timing.LAG,
        weight=given.weight,
        rule=rule_of(given.rule, f"{path}.rule") if given.rule else AS_IT_IS,
        gate=codec.record_of(Gate, written(given.gate), f"{path}.gate") if given.gate else None,
        months=given.months or Months.LATEST,
        cap=number(given.cap),
        floor=number(given.floor),
        baseline=number(given.baseline),
        threshold=number(given.threshold),
        target=number(given.target),
        stretch=number(given.stretch),
        measure_id=reference("msr", "measure", given.measure),
        objective_id=reference("obj", "objective", given.objective),
        of_scorecard_id=reference("scd", "ofScorecard", given.of_scorecard),
        strategic_objective_id=reference("sob", "strategicObjective", given.strategic_objective),
        serves_item_id=reference("sci", "serves", given.serves),
        operational=text(given.operational),
        is_confidential=bool(given.confidential),
    )


def _initiative(given: InitiativeInput, path: str) -> InitiativeDraft:
    return InitiativeDraft(
        id=optional_id("ini", given.id, f"{path}.id"),
        title=given.title,
        title_zh=text(given.title_zh),
        item_id=optional_id("sci", given.item, f"{path}.item"),
        owner_id=optional_id("per", given.owner, f"{path}.owner"),
        starts_on=given.starts_on or None,
        due_on=given.due_on or None,
        state=given.state or InitiativeState.PLANNED,
    )


def extra_of(given: ScorecardExtraInput) -> ExtraDraft:
    """The extra that is told."""
    return ExtraDraft(
        id=optional_id("scb", given.id, "extra.id"),
        kind=given.kind,
        period=given.period,
        title=given.title,
        evidence=given.evidence,
        points=number(given.points),
        ceiling=text(given.ceiling),
    )


def kpi_of(given: PositionKpiInput, path: str) -> KpiDraft:
    """The key figure that is told; InvalidInput names the path of the mistake."""
    return KpiDraft(
        title=given.title,
        title_zh=text(given.title_zh),
        perspective=given.perspective,
        timing=given.timing or Timing.LAG,
        weight=given.weight,
        rule=rule_of(given.rule, f"{path}.rule"),
        months=given.months or Months.LATEST,
        measure_id=optional_id("msr", given.measure, f"{path}.measure"),
        strategic_objective_id=optional_id("sob", given.strategic_objective, f"{path}.strategicObjective"),
        operational=text(given.operational),
    )
