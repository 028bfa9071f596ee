"""The airline company in 2013: promises moved by the real figures of New York's airports, month after month."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from random import Random
from uuid import UUID

from api.demo import airline_cards
from api.demo.airline_year import Year
from api.demo.dates import FOUNDED_AT, RECORD, working_time
from api.demo.figures import AIRPORTS, CHINESE, Record
from api.demo.goals import said
from api.demo.promises import Fate, Promise
from api.demo.roster import Person, Roster
from api.demo.settling import Settled
from api.demo.story import Step
from api.demo.strategy import Strategy
from domain.kernel import clock
from domain.kernel.actor import Actor
from domain.kernel.ids import new_id
from domain.kernel.work import begin
from domain.objectives import service_cycles
from domain.objectives.service_cycles import NewCycle
from domain.objectives.terms import Audience, KeyResultDraft, KeyResultKind, ObjectiveDraft
from domain.scorecards import rules, service, service_calculating

CARRIERS = ("B6", "UA", "EV", "DL", "AA", "MQ")
LEFT_TO_PARTNERS = "B6"
"""What JetBlue tells of its months is not recorded by the demo, so that a visitor can push it as a partner system. What
the airports tell of JetBlue's year is."""
WEIGHT = 40
"""Of each of these promises: what is left is for the year's targets."""
NAME = ("2013 · public record", "2013年 · 公开航班记录")


class Airline:
    """What must be known of 2013: the cycle, and the measures by their codes."""

    def __init__(self, settled: Settled, record: Record, strategy: Strategy) -> None:
        self._settled = settled
        self._record = record
        self._chance = Random(settled.roster.seed + 5)
        self.cycle_id = new_id()
        self.year = Year(settled, record, strategy, self.cycle_id)
        self.names = record.names
        self.measures: Mapping[str, UUID] = {}

    @property
    def _office(self) -> Actor:
        return self._settled.actor(self._settled.roster["GRP-STR.head"])

    async def lay(self) -> None:
        """Open the cycle and define the measures, before the year begins."""
        units = self._settled.units
        of_subject = dict.fromkeys(AIRPORTS, units["AIR-GND-1"])
        measures = [*self._record.measures(of_subject, units["AIR-NET-1"]), *airline_cards.company(units["AIR"])]
        measures += self.year.measures()
        with clock.frozen(FOUNDED_AT + timedelta(days=1)):
            cycle = NewCycle(
                id=self.cycle_id,
                name=NAME[0],
                name_zh=NAME[1],
                starts_on=RECORD.starts_on,
                ends_on=RECORD.ends_on,
            )
            await service_cycles.open_cycle(self._office, cycle)
            async with begin(self._office) as work:
                await service.define_within(work, measures)
        self.measures = {measure.code: measure.id for measure in measures}

    def recordings(self) -> Iterator[Step]:
        """Each month's figures, told on one of the first days of the next month."""
        for month in range(1, 13):
            after = rules.month_after(date(RECORD.starts_on.year, month, 1))
            yield Step(working_time(after + timedelta(days=4), self._chance), partial(self._tell, month))

    async def _tell(self, month: int) -> None:
        figures = [*self._record.figures(month, without=LEFT_TO_PARTNERS), *self.year.figures(month)]
        outcomes = await service.record_actuals(self._office, figures, key=f"record 2013-{month:02}")
        refused = [outcome.refusal for outcome in outcomes if outcome.refusal]
        if refused:
            raise refused[0]
        async with begin(self._office) as work:
            await service_calculating.calculate(
                work, self.measures.values(), since=date(RECORD.starts_on.year, month, 1)
            )

    def promises(self, roster: Roster) -> Iterator[Promise]:
        """The director's for all airports, then those of the carrier desk and of the stations."""
        director = roster["AIR-NET.head"]
        head = self._promise(director, _titles("New York", "纽约"), self._of_airports(director), 8, serves=None)
        yield head
        desk = [roster["AIR-NET-1.1"], *(one for one in self._team("AIR-NET-1") if one.slot != "AIR-NET-1.1")]
        for subject, person in zip(CARRIERS, desk, strict=False):
            name = self._record.names[subject], CHINESE[subject]
            yield self._promise(person, _titles(*name), self._of(subject, person), 4, serves=head)
        ground = roster["AIR-GND.head"]
        stations = self._promise(ground, _titles("our stations", "各航站"), self._of_airports(ground), 8, serves=None)
        yield stations
        for subject, person in zip(AIRPORTS, self._team("AIR-GND-1"), strict=False):
            name = AIRPORTS[subject], CHINESE[subject]
            yield self._promise(person, _titles(*name), self._of(subject, person), 4, serves=stations)

    def _team(self, unit: str) -> Sequence[Person]:
        roster = self._settled.roster
        return roster.below(roster[f"{unit}.lead"])

    def _promise(
        self,
        owner: Person,
        title: tuple[str, str],
        key_results: Sequence[KeyResultDraft],
        days: int,
        *,
        serves: Promise | None,
    ) -> Promise:
        return Promise(
            owner=owner,
            cycle_id=self.cycle_id,
            period=RECORD,
            written=ObjectiveDraft(
                title=said(title, owner.locale),
                weight=WEIGHT,
                audience=Audience.GROUP,
                parent_id=serves.id if serves else None,
                key_results=tuple(key_results),
            ),
            begun_at=working_time(RECORD.starts_on - timedelta(days=days), self._chance),
            paces=(),
            visits=(),
            fate=Fate.PROMISED,
        )

    def _of_airports(self, owner: Person) -> list[KeyResultDraft]:
        weights = zip(AIRPORTS.items(), (34, 33, 33), strict=True)
        return [
            self._key_result(f"{code}_ON_TIME", owner, (f"{name} on time", f"{CHINESE[code]}准点率"), weight, 55, 85)
            for (code, name), weight in weights
        ]

    def _of(self, subject: str, owner: Person) -> list[KeyResultDraft]:
        flights = [found for month in range(1, 13) if (found := self._record.flights(subject, month))]
        usual = Decimal(sum(flights)) / len(flights)
        as_planned = KeyResultDraft(
            id=new_id(),
            title=said(("Flights as planned", "航班量符合计划"), owner.locale),
            kind=KeyResultKind.RANGE,
            unit_of_measure="flights",
            weight=20,
            low=Decimal(int(usual * 92 / 100)),
            high=Decimal(int(usual * 108 / 100)),
            measure_id=self.measures[f"{subject}_FLIGHTS"],
        )
        return [
            self._key_result(f"{subject}_ON_TIME", owner, ("Arrivals on time", "准点到达率"), 40, 55, 85),
            self._key_result(f"{subject}_CANCELLED", owner, ("Flights cancelled", "航班取消率"), 20, 8, 1),
            self._key_result(f"{subject}_ARRIVAL_DELAY", owner, ("Mean arrival delay", "平均到达延误"), 20, 30, 0),
            as_planned,
        ]

    def _key_result(
        self, code: str, owner: Person, title: tuple[str, str], weight: int, start: int, target: int
    ) -> KeyResultDraft:
        return KeyResultDraft(
            id=new_id(),
            title=said(title, owner.locale),
            kind=KeyResultKind.INCREASE if target > start else KeyResultKind.DECREASE,
            unit_of_measure="min" if code.endswith("_DELAY") else "%",
            weight=weight,
            start=Decimal(start),
            target=Decimal(target),
            measure_id=self.measures[code],
        )


def _titles(name: str, name_zh: str) -> tuple[str, str]:
    return f"Bring {name} in on time", f"让{name_zh}准点到达"
