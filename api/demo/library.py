"""The library of key figures by position, and the cards of persons, which begin with it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial
from uuid import UUID

from api.demo import key_figures
from api.demo.cards import Cards
from api.demo.dates import Period, morning
from api.demo.key_figures import KeyFigure
from api.demo.promises import Fate, Promise
from api.demo.roster import CAST, Level, Person
from api.demo.settling import Settled
from api.demo.story import Step
from api.demo.strategy import Strategy
from domain.kernel.actor import Actor
from domain.kernel.ids import new_id
from domain.kernel.work import begin
from domain.scorecards.cards import service, service_content, service_position_kpis
from domain.scorecards.cards.model import Scorecard
from domain.scorecards.cards.terms import (
    CardDraft,
    ItemDraft,
    ItemKind,
    KpiDraft,
    NewCard,
    PerspectiveDraft,
    Timing,
)

TEAMS = ("RET-ONL-1", "AIR-NET-1")
"""Of which everybody has a card, besides those whom a visitor meets."""
OWN = "PROCESS"
OWN_WEIGHT = 40
"""Of the own objective beside the key figures of the position, which weigh 100 together."""


class Library:
    """Tells what is measured of whom; `ids` are those of the cards of persons, by their places."""

    def __init__(self, settled: Settled, strategy: Strategy, cards: Cards, period: Period, cycle_id: UUID) -> None:
        self._settled = settled
        self._strategy = strategy
        self._cards = cards
        self._period = period
        self._cycle_id = cycle_id
        known = (key_figures.of_cards(), key_figures.beside_cards())
        self._figures = {one.code: one for listed in known for figures in listed.values() for one in figures}
        self._positions = key_figures.library()
        self.ids = {person.slot: new_id() for person in settled.roster.persons if self._has_card(person)}

    @property
    def _office(self) -> Actor:
        return self._settled.actor(self._settled.roster["GRP-STR.head"])

    def _has_card(self, person: Person) -> bool:
        return person.level > Level.CHAIR and (person.slot in CAST or person.unit in TEAMS)

    def of_team(self, unit: str) -> list[UUID]:
        """The cards of its people."""
        return [row_id for slot, row_id in self.ids.items() if self._settled.roster[slot].unit == unit]

    def steps(self, promises: Sequence[Promise]) -> Iterator[Step]:
        """The library before the cycle begins, the cards when people have promised."""
        written_at = morning(self._period.starts_on, days=-20)
        for at, ((unit, title), weights) in enumerate(self._positions.items()):
            yield Step(written_at + timedelta(minutes=at), partial(self._write, unit, title, weights))
        begun_at = morning(self._period.starts_on, days=12)
        for at, slot in enumerate(self.ids):
            person = self._settled.roster[slot]
            own = next((one for one in promises if _counts(one, person, self._period)), None)
            yield Step(begun_at + timedelta(minutes=at), partial(self._begin, person, own))

    async def _write(self, unit: str, title: str, weights: Mapping[str, int]) -> None:
        [position_id] = [
            row_id for (of, post), row_id in self._settled.positions.items() if (of, post.title) == (unit, title)
        ]
        kpis = [self._kpi(self._figures[code], weight) for code, weight in weights.items()]
        await service_position_kpis.write(self._office, position_id, kpis, key=f"library {unit} {title}")

    def _kpi(self, one: KeyFigure, weight: int) -> KpiDraft:
        return KpiDraft(
            title=one.title[0],
            title_zh=one.title[1],
            perspective=one.perspective,
            weight=weight,
            rule=one.rule,
            timing=one.timing,
            measure_id=self._cards.measures[one.code],
            strategic_objective_id=self._strategy.objectives[one.served],
        )

    async def _begin(self, person: Person, own: Promise | None) -> None:
        """By the line manager: as the position says, and with what the person has promised."""
        assert person.manager is not None, "the chair has no card"
        manager, card_id = self._settled.actor(person.manager), self.ids[person.slot]
        new = NewCard(id=card_id, person_id=person.id, cycle_id=self._cycle_id)
        await service.create(manager, new, key=f"card of {person.slot}")
        if own is not None:
            async with begin(manager) as work:
                inherited = await service_content.read(work, await Scorecard.get(id=card_id))
            content = _with_objective(inherited, own)
            await service.write(manager, card_id, content, version=1, key=f"promise on the card of {person.slot}")
        version = 1 if own is None else 2
        await service.publish(manager, card_id, version=version, key=f"publish the card of {person.slot}")


def _counts(promise: Promise, person: Person, period: Period) -> bool:
    return promise.owner is person and promise.period == period and promise.fate is Fate.PROMISED


def _with_objective(inherited: CardDraft, own: Promise) -> CardDraft:
    weights = {one.perspective: one.weight for one in inherited.perspectives}
    weights[OWN] = weights.get(OWN, 0) + OWN_WEIGHT
    item = ItemDraft(
        title=own.written.title,
        perspective=OWN,
        kind=ItemKind.OBJECTIVE,
        weight=OWN_WEIGHT,
        timing=Timing.LEAD,
        objective_id=own.id,
    )
    perspectives = tuple(PerspectiveDraft(perspective=code, weight=weight) for code, weight in weights.items())
    return replace(inherited, perspectives=perspectives, items=(*inherited.items, item))
