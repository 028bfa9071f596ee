"""The targets of 2013 on their way down: from the company to its member airlines, and from those to the airports.

The record has no year before 2013, so the targets of the year are divided in April by what was flown from January to
March: flights operated in whole flights, seat-miles to the hundredth of a million. What cannot be divided (on time,
cancelled, delay) is promised on every level, and counts above by the flights of who promises it.
"""

from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from api.demo import members
from api.demo.dates import RECORD, morning
from api.demo.figures import Record
from api.demo.goals import Words, said
from api.demo.members import COMPANY, KINDS, Place
from api.demo.roster import Person
from api.demo.settling import Settled
from api.demo.story import Step
from api.demo.strategy import Strategy
from domain.kernel.actor import Actor
from domain.kernel.ids import new_id
from domain.kernel.work import begin
from domain.objectives import service
from domain.objectives.cascading import service_aligning, service_answering, service_throwing
from domain.objectives.cascading.service_aligning import Proposal
from domain.objectives.cascading.service_binding import Wish
from domain.objectives.cascading.terms import AlignmentMethod, Division, Part, Receiver, SplitMethod
from domain.objectives.terms import Audience, KeyResultDraft, KeyResultKind, ObjectiveDraft
from domain.scorecards import service_promises
from domain.scorecards.terms import Figure, NewMeasure

if TYPE_CHECKING:
    import asyncpg

TARGETS = {"FLOWN": Decimal(330_000), "SEAT_MILES": Decimal(49_000)}
"""Of the company for the year; those of everybody below are slices of them."""
RATES = {"ON_TIME": (55, 80), "CANCELLED": (8, 2), "ARRIVAL_DELAY": (30, 6)}
"""From where to where: the same for everybody."""
WEIGHTS = {"FLOWN": 30, "SEAT_MILES": 30, "ON_TIME": 20, "CANCELLED": 10, "ARRIVAL_DELAY": 10}
SERVED = "A2"
HISTORY_THROUGH = 3
HEAVIEST = 60
"""The weight of the objective of the member, or the airport, with the most flights; those beside it by theirs."""
THROWN_ON = date(RECORD.starts_on.year, 4, 8)
TITLE: Words = ("{}: what the year needs", "{}全年运力与准点")

DECLINES = {
    "NY_MQ_EWR": (
        "AIR-GND-3.4",
        "I am at the gates all day and steer no flights. The ramp desk has them in its hands.",
    )
}
"""Who gets what was declined, and why it was declined."""
COUNTERS = {
    "NY_EV_JFK": (80, "Two of our rotations to Kennedy end in June. I can promise four fifths."),
}
"""Percent of the flights that were thrown, and why. Seat-miles wait until that is settled."""
SILENT = ("NY_AA_EWR",)
"""Who never answered: silence is no consent."""


@dataclass(slots=True)
class _Given:
    """A place with its objective: its key results by kind."""

    objective_id: UUID = field(default_factory=new_id)
    key_results: dict[str, UUID] = field(default_factory=lambda: {kind.code: new_id() for kind in KINDS})


class Year:
    """Tells how the targets of the year came down; measures are defined and recorded with those of the record."""

    def __init__(self, settled: Settled, record: Record, strategy: Strategy, cycle_id: UUID) -> None:
        self._settled = settled
        self._record = record
        self._strategy = strategy
        self._cycle_id = cycle_id
        self._places = {place.code: place for place in members.tree()}
        self._given = {code: _Given() for code in self._places}
        self._history = {code: place.counts(record, through=HISTORY_THROUGH) for code, place in self._places.items()}
        self._measures: dict[str, UUID] = {}

    def measures(self) -> list[NewMeasure]:
        """Five of each place, told by the airports from January on."""
        made = [
            NewMeasure(
                code=f"{place.code}_{kind.code}",
                name=f"{place.name}, the year so far: {kind.name}",
                name_zh=f"{place.name_zh}本年累计{kind.name_zh}",
                unit_of_measure=kind.unit,
                unit_id=self._settled.units[place.unit],
                low=Decimal(kind.low),
                high=Decimal(kind.high),
                owner_id=self._settled.roster[place.slot].id,
            )
            for place in self._places.values()
            for kind in KINDS
        ]
        self._measures = {measure.code: measure.id for measure in made}
        return made

    def figures(self, month: int) -> Iterator[Figure]:
        """What has happened from January up to a month."""
        for place in self._places.values():
            counts = place.counts(self._record, through=month)
            for kind in KINDS:
                value = counts.value(kind.code)
                if value is not None:
                    yield Figure(
                        measure=f"{place.code}_{kind.code}",
                        period=date(RECORD.starts_on.year, month, 1),
                        value=value,
                        unit_of_measure=kind.unit,
                    )

    def steps(self) -> Iterator[Step]:
        """The company's promise in January; in April it goes down, a week later further."""
        begun_at = morning(RECORD.starts_on, days=2)
        yield Step(begun_at, self._begin)
        thrown_at = morning(THROWN_ON)
        yield from self._throw(COMPANY, thrown_at)
        further_at = thrown_at + timedelta(days=7)
        for code in self._below(COMPANY):
            yield from self._take(code, thrown_at + timedelta(hours=5))
            yield from self._throw(code, further_at)
            for below in self._below(code):
                yield from self._answer(below, further_at + timedelta(hours=5))

    def _below(self, code: str) -> list[str]:
        return [place.code for place in self._places.values() if place.above == code]

    def _person(self, code: str) -> Person:
        return self._settled.roster[self._places[code].slot]

    def _actor(self, code: str) -> Actor:
        return self._settled.actor(self._person(code))

    async def _begin(self) -> None:
        """The company's: promised to the group, and for the strategy of the airline."""
        await self._promise(COMPANY, TARGETS, self._person(COMPANY), slices=())
        proposal = Proposal(
            child_id=self._given[COMPANY].objective_id,
            method=AlignmentMethod.WEIGHTED,
            strategic_objective_id=self._strategy.objectives[SERVED],
            weight=100,
        )
        await service_aligning.propose(self._actor(COMPANY), proposal, key="serve with the year")

    def _throw(self, code: str, at: datetime) -> Iterator[Step]:
        for minute, kind in enumerate(TARGETS):
            receivers = [self._receiver(one, kind, self._places[one].slot) for one in self._below(code)]
            act = partial(self._throw_one, code, kind, receivers, SplitMethod.HISTORY)
            yield Step(at + timedelta(minutes=minute), act)

    def _receiver(self, code: str, kind: str, slot: str) -> Receiver:
        person, counts = self._settled.roster[slot], self._history[code]
        history = counts.seat_miles if kind == "SEAT_MILES" else counts.scheduled - counts.cancelled
        return Receiver(
            person_id=person.id,
            unit_id=self._settled.units[person.unit],
            part=Part(name=self._places[code].name, history=Decimal(history)),
        )

    async def _throw_one(
        self, code: str, kind: str, receivers: Sequence[Receiver], method: SplitMethod, version: int = 0
    ) -> None:
        key_result_id = self._given[code].key_results[kind]
        division = Division(method=method, whole=kind == "FLOWN")
        key = f"throw {version} {key_result_id}"
        await service_throwing.cascade_target(
            self._actor(code), key_result_id, receivers, division, key=key, version=version
        )

    def _answer(self, code: str, at: datetime) -> Iterator[Step]:
        """What the people at the airports make of their slices."""
        if code in SILENT:
            return
        if code in COUNTERS:
            yield Step(at, partial(self._counter, code))
        elif code in DECLINES:
            yield from self._decline(code, at)
        else:
            yield from self._take(code, at)

    def _take(self, code: str, at: datetime, slot: str | None = None) -> Iterator[Step]:
        """Both slices become a promise, which the line manager approves on the next day."""
        person = self._settled.roster[slot] if slot else self._person(code)
        yield Step(at, partial(self._accept, code, person))

    async def _accept(self, code: str, person: Person) -> None:
        slices = await self._slices(code, person)
        targets = {kind: slices[kind]["amount"] for kind in TARGETS}
        await self._promise(code, targets, person, slices=[slices[kind]["id"] for kind in TARGETS])

    async def _promise(
        self, code: str, targets: Mapping[str, Decimal], person: Person, *, slices: Sequence[UUID]
    ) -> None:
        """Written, tied to the slices, submitted and approved."""
        actor, row_id = self._settled.actor(person), self._given[code].objective_id
        written = self._written(code, targets, person)
        await service.draft(actor, written, key=f"draft {row_id}", objective_id=row_id, cycle_id=self._cycle_id)
        for one in slices:
            wish = Wish(objective_id=row_id)
            await service_answering.accept(actor, one, version=1, key=f"accept {one}", wish=wish)
        version = 1 + len(slices)
        await service_promises.submit(actor, row_id, version=version, key=f"submit {row_id}")
        assert person.manager is not None, "only the chair has no manager"
        approver = self._settled.actor(person.manager)
        await service_promises.approve(approver, row_id, version=version + 1, key=f"approve {row_id}")

    def _written(self, code: str, targets: Mapping[str, Decimal], person: Person) -> ObjectiveDraft:
        place = self._places[code]
        above = self._given[place.above].objective_id if place.above else None
        title = said(TITLE, person.locale).format(said((place.name, place.name_zh), person.locale))
        return ObjectiveDraft(
            title=title,
            weight=self._weight(place),
            audience=Audience.GROUP,
            parent_id=above,
            key_results=tuple(self._key_results(code, targets, person)),
        )

    def _weight(self, place: Place) -> int:
        """In proportion to the flights of January to March."""
        if place.above is None:
            return HEAVIEST
        flown = {code: self._history[code].scheduled for code in self._below(place.above)}
        return max(1, round(HEAVIEST * flown[place.code] / max(flown.values())))

    def _key_results(self, code: str, targets: Mapping[str, Decimal], person: Person) -> Iterator[KeyResultDraft]:
        """Those that slices are thrown of first."""
        for kind in KINDS:
            start, target = (Decimal(one) for one in RATES.get(kind.code, (0, targets.get(kind.code, 0))))
            yield KeyResultDraft(
                id=self._given[code].key_results[kind.code],
                title=said((kind.name.capitalize(), kind.name_zh), person.locale),
                kind=KeyResultKind.INCREASE if target > start else KeyResultKind.DECREASE,
                unit_of_measure=kind.unit,
                weight=WEIGHTS[kind.code],
                start=start,
                target=target,
                measure_id=self._measures[f"{code}_{kind.code}"],
            )

    async def _slices(self, code: str, person: Person) -> "Mapping[str, asyncpg.Record]":
        """What was thrown to somebody for this place, by kind."""
        above = self._places[code].above
        assert above is not None, "nobody throws to the company"
        kinds = {self._given[above].key_results[kind]: kind for kind in TARGETS}
        actor = self._settled.actor(person)
        async with begin(actor) as work:
            rows = await work.connection.fetch(
                """select id, amount, parent_key_result_id from alignment
                   where tenant_id = $1 and parent_key_result_id = any($2) and receiver_id = $3""",
                actor.tenant_id,
                list(kinds),
                person.id,
            )
        return {kinds[row["parent_key_result_id"]]: row for row in rows}

    async def _counter(self, code: str) -> None:
        person, (percent, reason) = self._person(code), COUNTERS[code]
        thrown = (await self._slices(code, person))["FLOWN"]
        amount = Decimal(int(thrown["amount"]) * percent // 100)
        actor, key = self._settled.actor(person), f"counter {thrown['id']}"
        await service_answering.counter(actor, thrown["id"], amount, version=1, key=key, reason=reason)

    def _decline(self, code: str, at: datetime) -> Iterator[Step]:
        """Declined, thrown to somebody else two days later, and accepted there."""
        slot, reason = DECLINES[code]
        yield Step(at, partial(self._say_no, code, reason))
        above = self._places[code].above
        assert above is not None, "nobody throws to the company"
        for minute, kind in enumerate(TARGETS):
            receivers = [self._receiver(code, kind, slot)]
            again: Callable[[], Awaitable[None]] = partial(
                self._throw_one, above, kind, receivers, SplitMethod.EQUAL, version=1
            )
            yield Step(at + timedelta(days=2, minutes=minute), again)
        yield from self._take(code, at + timedelta(days=3), slot)

    async def _say_no(self, code: str, reason: str) -> None:
        person = self._person(code)
        actor = self._settled.actor(person)
        for row in (await self._slices(code, person)).values():
            key = f"decline {row['id']}"
            await service_answering.decline(actor, row["id"], version=1, key=key, reason=reason)
