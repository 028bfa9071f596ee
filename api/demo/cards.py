"""The scorecards of the running cycle: key figures of group, companies and departments, month by month."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from random import Random
from uuid import UUID

from api.demo import key_figures
from api.demo.dates import Period, morning, shifted
from api.demo.key_figures import KeyFigure
from api.demo.promises import Promise
from api.demo.roster import Person
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
from domain.scorecards.scoring.terms import ExtraKind
from domain.scorecards.terms import Figure, NewMeasure

WEIGHTS = {"FINANCIAL": 30, "CUSTOMER": 30, "PROCESS": 25, "LEARNING": 15}
"""Of the perspectives of every card; where one has no items its part goes to the others."""
MONTHS_BEFORE = 12
"""How many months before the running cycle the figures begin."""
EXTRAS = (
    # unit, kind, month of the cycle from 0, points, title, evidence
    ("RET-ONL", ExtraKind.BONUS, 1, 3, "Parcels rescued in the flood week", "Report of the regional depot, page 2"),
    ("MFG-QUA", ExtraKind.PENALTY, 1, 4, "A recall that was told late", "Minutes of the quality board, item 5"),
    ("TEC", ExtraKind.PENALTY, 0, 2, "Outage without a notice to customers", "Review of the incident of the 9th"),
)


class Cards:
    """Tells how the cards of the running cycle came to be; `ids` are known before they are there."""

    def __init__(self, settled: Settled, strategy: Strategy, period: Period, cycle_id: UUID) -> None:
        self._settled = settled
        self._strategy = strategy
        self._period = period
        self._cycle_id = cycle_id
        self._chance = Random(settled.roster.seed + 13)
        self._figures = key_figures.of_cards()
        self._beside = key_figures.beside_cards()
        self.measures: dict[str, UUID] = {}
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

    def _all(self) -> Iterator[tuple[str, KeyFigure]]:
        for known in (self._figures, self._beside):
            yield from ((unit, one) for unit, listed in known.items() for one in listed)

    async def _define(self) -> None:
        measures = [self._measure(unit, one) for unit, one in self._all()]
        async with begin(self._office) as work:
            await scorecards.define_within(work, measures)
        self.measures |= {measure.code: measure.id for measure in measures}

    def _measure(self, unit: str, one: KeyFigure) -> NewMeasure:
        """Those of teams are named with the team, because each has its own."""
        place, is_of_team = self._settled.places[unit], unit.count("-") > 1
        return NewMeasure(
            code=one.code,
            name=f"{one.title[0]}: {place.name}" if is_of_team else one.title[0],
            name_zh=f"{one.title[1]}：{place.name_zh}" if is_of_team else one.title[1],
            unit_of_measure=one.unit,
            unit_id=self._settled.units[unit],
            low=Decimal(0),
            owner_id=self._head(unit).id,
        )

    def _head(self, unit: str) -> Person:
        return self._settled.roster[f"{unit}.lead" if unit.count("-") > 1 else f"{unit}.head"]

    async def _record(self, month: date, part: float) -> None:
        figures = [
            Figure(measure=one.code, period=month, value=one.value(part, self._chance), unit_of_measure=one.unit)
            for _, one in self._all()
        ]
        outcomes = await scorecards.record_actuals(self._office, figures, key=f"figures {month:%Y-%m}")
        refused = [outcome.refusal for outcome in outcomes if outcome.refusal]
        if refused:
            raise refused[0]

    async def _publish(self, unit: str, goal: Promise | None) -> None:
        items = [self._item(one) for one in self._figures[unit]]
        items += [self._below(below) for below in self.ids if self._settled.places[below].parent == unit]
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
        return ItemDraft(
            title=one.title[0],
            title_zh=one.title[1],
            perspective=one.perspective,
            kind=ItemKind.MEASURE,
            weight=one.weight,
            rule=one.rule,
            timing=one.timing,
            measure_id=self.measures[one.code],
            strategic_objective_id=self._strategy.objectives[one.served],
        )

    def _below(self, unit: str) -> ItemDraft:
        return of_card(self._settled, unit, self.ids[unit], weight=25)

    async def _add(self, unit: str, extra: ExtraDraft) -> None:
        card_id = self.ids[unit]
        version = await self.version(card_id)
        await service_extras.add(self._office, card_id, extra, version=version, key=f"extra of {unit}")

    async def version(self, card_id: UUID) -> int:
        """As it stands: points and closed months move it on."""
        async with begin(self._office) as work:
            return await work.connection.fetchval(
                "select version from scorecard where tenant_id = $1 and id = $2", work.actor.tenant_id, card_id
            )


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
