"""The scorecards of the running cycle: key figures of group, companies and departments, month by month."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path
from random import Random
from typing import cast
from uuid import UUID

from api.demo.dates import Period, morning, shifted
from api.demo.goals import Words, told
from api.demo.promises import Promise
from api.demo.settling import Settled
from api.demo.story import Step
from api.demo.strategy import Strategy
from domain.kernel.actor import Actor
from domain.kernel.ids import new_id
from domain.kernel.work import begin
from domain.objectives.terms import Audience
from domain.scorecards import service as scorecards
from domain.scorecards.cards import service, service_extras
from domain.scorecards.cards.terms import (
    CardDraft,
    ExtraDraft,
    ItemDraft,
    ItemKind,
    NewCard,
    PerspectiveDraft,
    Timing,
)
from domain.scorecards.scoring.lines import LargerBetter, SmallerBetter
from domain.scorecards.scoring.terms import ExtraKind
from domain.scorecards.terms import Figure, NewMeasure

SOURCE = Path(__file__).parent / "data" / "measures.toml"
WEIGHTS = {"FINANCIAL": 30, "CUSTOMER": 30, "PROCESS": 25, "LEARNING": 15}
"""Of the perspectives of every card; where one has no items its part goes to the others."""
MONTHS_BEFORE = 12
"""How many months before the running cycle the figures begin."""
BELOW = {"GROUP": ("AIR", "MFG", "RET", "TEC"), "RET": ("RET-ONL", "RET-STO"), "MFG": ("MFG-PRD", "MFG-QUA")}
"""Whose cards count in whose."""
EXTRAS = (
    # unit, kind, month of the cycle from 0, points, title, evidence
    ("RET-ONL", ExtraKind.BONUS, 1, 3, "Parcels rescued in the flood week", "Report of the regional depot, page 2"),
    ("MFG-QUA", ExtraKind.PENALTY, 1, 4, "A recall that was told late", "Minutes of the quality board, item 5"),
    ("TEC", ExtraKind.PENALTY, 0, 2, "Outage without a notice to customers", "Review of the incident of the 9th"),
)


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A measure, how it counts, and how it goes."""

    code: str
    title: Words
    unit: str
    is_larger_better: bool
    perspective: str
    served: str
    weight: int
    baseline: Decimal
    target: Decimal
    first: float
    last: float
    chance: float
    decimals: int

    def value(self, part: float, chance: Random) -> Decimal:
        """When this part of its way is over, a little different from the straight line; a share stays one."""
        value = self.first + (self.last - self.first) * part + chance.gauss(0, self.chance)
        highest = 100.0 if self.unit == "%" and self.target <= 100 else value
        return told(Decimal(str(min(max(value, 0.0), highest))), self.decimals)


def read() -> Mapping[str, Sequence[KeyFigure]]:
    """The key figures by the unit whose card they are on."""
    with SOURCE.open("rb") as opened:
        rows = cast("dict[str, list[list[object]]]", tomllib.load(opened)["measures"])
    return {unit: [_key_figure(row) for row in listed] for unit, listed in rows.items()}


def _key_figure(row: Sequence[object]) -> KeyFigure:
    code, title, unit, better, perspective, served, weight, *numbers = row
    baseline, target, first, last, chance, decimals = cast("list[float]", numbers)
    english, chinese = cast("list[str]", title)
    return KeyFigure(
        code=str(code),
        title=(english, chinese),
        unit=str(unit),
        is_larger_better=better == "LARGER",
        perspective=str(perspective),
        served=str(served),
        weight=cast("int", weight),
        baseline=Decimal(str(baseline)),
        target=Decimal(str(target)),
        first=first,
        last=last,
        chance=chance,
        decimals=int(decimals),
    )


class Cards:
    """Tells how the cards of the running cycle came to be; `ids` are known before they are there."""

    def __init__(self, settled: Settled, strategy: Strategy, period: Period, cycle_id: UUID) -> None:
        self._settled = settled
        self._strategy = strategy
        self._period = period
        self._cycle_id = cycle_id
        self._chance = Random(settled.roster.seed + 13)
        self._figures = read()
        self._measures: dict[str, UUID] = {}
        self.ids = {unit: new_id() for unit in self._figures}

    @property
    def _office(self) -> Actor:
        return self._settled.actor(self._settled.roster["GRP-STR.head"])

    def steps(self, promises: Sequence[Promise]) -> Iterator[Step]:
        """Measures, their figures each month, the cards, and what is given or taken beside their items."""
        first = shifted(self._period.starts_on, -MONTHS_BEFORE)
        yield Step(morning(first, days=-40), self._define)
        count = MONTHS_BEFORE + 3
        for at in range(count):
            month = shifted(first, at)
            yield Step(morning(shifted(month, 1), days=4), partial(self._record, month, (at + 1) / count))
        for at, unit in enumerate(sorted(self.ids, key=_depth, reverse=True)):
            goal = next((one for one in promises if _leads(one, unit, self._period)), None)
            begun_at = morning(self._period.starts_on, days=-8) + timedelta(minutes=at)
            yield Step(begun_at, partial(self._publish, unit, goal))
        for unit, kind, month_at, points, title, evidence in EXTRAS:
            month = shifted(self._period.starts_on, month_at)
            extra = ExtraDraft(kind=kind, period=month, title=title, evidence=evidence, points=Decimal(points))
            yield Step(morning(shifted(month, 1), days=9), partial(self._add, unit, extra))

    async def _define(self) -> None:
        measures = [
            NewMeasure(
                code=one.code,
                name=one.title[0],
                name_zh=one.title[1],
                unit_of_measure=one.unit,
                unit_id=self._settled.units[unit],
                low=Decimal(0),
                owner_id=self._settled.roster[f"{unit}.head"].id,
            )
            for unit, listed in self._figures.items()
            for one in listed
        ]
        async with begin(self._office) as work:
            await scorecards.define_within(work, measures)
        self._measures = {measure.code: measure.id for measure in measures}

    async def _record(self, month: date, part: float) -> None:
        figures = [
            Figure(measure=one.code, period=month, value=one.value(part, self._chance), unit_of_measure=one.unit)
            for listed in self._figures.values()
            for one in listed
        ]
        outcomes = await scorecards.record_actuals(self._office, figures, key=f"figures {month:%Y-%m}")
        refused = [outcome.refusal for outcome in outcomes if outcome.refusal]
        if refused:
            raise refused[0]

    async def _publish(self, unit: str, goal: Promise | None) -> None:
        items = [self._item(one) for one in self._figures[unit]]
        items += [self._below(below) for below in BELOW.get(unit, ())]
        items += [_of_goal(goal)] if goal else []
        new = NewCard(
            id=self.ids[unit],
            unit_id=self._settled.units[unit],
            cycle_id=self._cycle_id,
            content=content(items, WEIGHTS),
        )
        await service.create(self._office, new, key=f"card of {unit}")
        await service.publish(self._office, self.ids[unit], version=1, key=f"publish card of {unit}")

    def _item(self, one: KeyFigure) -> ItemDraft:
        rule = LargerBetter if one.is_larger_better else SmallerBetter
        return ItemDraft(
            title=one.title[0],
            title_zh=one.title[1],
            perspective=one.perspective,
            kind=ItemKind.MEASURE,
            weight=one.weight,
            rule=rule(baseline=one.baseline, target=one.target),
            timing=Timing.LAG if one.perspective == "FINANCIAL" else Timing.LEAD,
            measure_id=self._measures[one.code],
            strategic_objective_id=self._strategy.objectives[one.served],
        )

    def _below(self, unit: str) -> ItemDraft:
        return of_card(self._settled, unit, self.ids[unit], weight=25)

    async def _add(self, unit: str, extra: ExtraDraft) -> None:
        card_id = self.ids[unit]
        await service_extras.add(self._office, card_id, extra, version=2, key=f"extra of {unit}")


def content(items: Sequence[ItemDraft], weights: Mapping[str, int]) -> CardDraft:
    """A card that the whole group reads, with the perspectives that have items."""
    used = {item.perspective for item in items}
    return CardDraft(
        perspectives=tuple(
            PerspectiveDraft(perspective=code, weight=weight) for code, weight in weights.items() if code in used
        ),
        items=tuple(items),
        audience=Audience.GROUP,
    )


def of_card(settled: Settled, unit: str, card_id: UUID, *, weight: int) -> ItemDraft:
    """The card of a unit below, as it counts."""
    place = settled.places[unit]
    return ItemDraft(
        title=place.name,
        title_zh=place.name_zh,
        perspective="PROCESS",
        kind=ItemKind.SCORECARD,
        weight=weight,
        of_scorecard_id=card_id,
    )


def _of_goal(goal: Promise) -> ItemDraft:
    return ItemDraft(
        title=goal.written.title,
        perspective="CUSTOMER",
        kind=ItemKind.OBJECTIVE,
        weight=30,
        timing=Timing.LEAD,
        objective_id=goal.id,
    )


def _leads(promise: Promise, unit: str, period: Period) -> bool:
    """Whether it is the first promise of who leads this company; those of the group are scored by the companies'."""
    is_company = "-" not in unit and unit != "GROUP"
    return is_company and promise.owner.slot == f"{unit}.head" and promise.period == period


def _depth(unit: str) -> int:
    """Cards below are there before those in which they count."""
    return 0 if unit == "GROUP" else 1 + unit.count("-")
