"""Plans what everybody promises in a cycle: which goal, under which of the manager's, and how it will go."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum
from random import Random
from uuid import UUID

from api.demo import goals, notes
from api.demo.dates import Period, recently, working_time
from api.demo.goals import ANYBODY, Goal, said
from api.demo.roster import MEI, Level, Person, Roster
from domain.kernel.ids import new_id
from domain.objectives.terms import Audience, ObjectiveDraft


class Fate(Enum):
    """How far a promise has come today."""

    PROMISED = "promised"
    WAITING = "waiting"
    WAITING_AGAIN = "waiting again"
    ASKED = "asked"
    DECLINED = "declined"
    DRAFT = "draft"


LEAD_DAYS = {Level.CHIEF: 40, Level.COMPANY: 32, Level.DEPARTMENT: 24, Level.TEAM: 16, Level.MEMBER: 8}
"""How long before a cycle a level begins to write, so that what it serves is promised by then."""
AUDIENCES = {Level.TEAM: Audience.UNIT, Level.MEMBER: Audience.UNIT}
FATES = {
    "RET-ONL-1.lead": Fate.PROMISED,
    "RET-ONL-1.2": Fate.WAITING,
    "RET-ONL-1.3": Fate.WAITING_AGAIN,
    "RET-ONL-1.4": Fate.WAITING,
    "RET-ONL-1.5": Fate.WAITING,
    "RET-ONL-1.6": Fate.PROMISED,
    "RET-ONL-2.lead": Fate.WAITING,
    "RET-ONL-3.lead": Fate.WAITING_AGAIN,
    "AIR-NET-1.1": Fate.PROMISED,
}
"""Second promises of those whom a visitor meets: four of them wait for Daniel, two for Zhao Hao."""
FIRST = {"RET-ONL.head": 2, "RET-ONL-1.lead": 0}
"""With which goal of their department they begin."""
TRIAL = ("RET", "AIR")
MOODS = {"AIR": 0.92, "MFG": 1.0, "RET": 1.06, "TEC": 0.84}
"""How well the companies do."""


@dataclass(slots=True, kw_only=True, eq=False)
class Promise:
    """An objective of somebody in a cycle; a key result of pace 1 ends exactly at its target."""

    owner: Person
    cycle_id: UUID
    period: Period
    written: ObjectiveDraft
    begun_at: datetime
    paces: Sequence[float]
    visits: Sequence[datetime]
    fate: Fate = Fate.PROMISED
    note: str | None = None
    answer: str | None = None
    id: UUID = field(default_factory=new_id)

    @property
    def approver(self) -> Person:
        """Who answered it at its time."""
        manager = self.owner.manager_on(self.begun_at.date())
        if manager is None:
            raise LookupError("the chair promises nothing")
        return manager


class Planner:
    """Plans one cycle after the other; `now` is the instant at which the demo ends."""

    def __init__(self, roster: Roster, now: datetime) -> None:
        self._roster = roster
        self.goals = goals.read()
        self._chance = Random(roster.seed + 7)
        self._now = now

    def plan(self, period: Period, cycle_id: UUID, *, cycles_ago: int) -> Iterator[Promise]:
        """Everybody's promises, managers before their reports."""
        first: dict[Person, Promise] = {}
        for person in self._roster.persons:
            if not takes_part(person, period, cycles_ago):
                continue
            manager = person.manager_on(period.starts_on - timedelta(days=20))
            serves = first.get(manager) if manager else None
            for promise in self._of(person, period, cycle_id, serves=serves, cycles_ago=cycles_ago):
                first.setdefault(person, promise)
                yield promise

    def _of(
        self, person: Person, period: Period, cycle_id: UUID, *, serves: Promise | None, cycles_ago: int
    ) -> Iterator[Promise]:
        second = self._fate(person, cycles_ago)
        weights = (60, 40) if person.level < Level.MEMBER else (50, 30)
        for at, (goal, weight) in enumerate(zip(self._choose(person, cycles_ago), weights, strict=False)):
            fate = second if at else Fate.PROMISED
            yield Promise(
                owner=person,
                cycle_id=cycle_id,
                period=period,
                written=written(person, goal, weight, serves=serves, cycles_ago=cycles_ago, chance=self._chance),
                begun_at=self._begun_at(person, period, fate),
                paces=self._paces(person, cycles_ago, count=len(goal.results)),
                visits=self._visits(person, period, cycles_ago),
                fate=fate,
                note=self._maybe(notes.REQUESTS, person, share=0.5),
                answer=self._answer(person, fate),
            )

    def _choose(self, person: Person, cycles_ago: int) -> list[Goal]:
        """One goal of the department, and now in most cases a second one: for members one that anybody could have."""
        own = self.goals[department(person)]
        turn = person.rank + int(person.level) + sum(map(ord, person.unit))
        chosen = own[(FIRST.get(person.slot, turn) + cycles_ago) % len(own)]
        others = [goal for goal in own if goal is not chosen and person.level < Level.MEMBER] or self.goals[ANYBODY]
        has_second = person.slot in FATES or person.level < Level.MEMBER or self._chance.random() < 0.7
        return [chosen, others[turn % len(others)]] if has_second and not cycles_ago else [chosen]

    def _fate(self, person: Person, cycles_ago: int) -> Fate:
        """What became of the second promise."""
        if cycles_ago or person.level <= Level.COMPANY:
            return Fate.PROMISED
        likely = (Fate.PROMISED, Fate.WAITING, Fate.WAITING_AGAIN, Fate.ASKED, Fate.DECLINED, Fate.DRAFT)
        return FATES.get(person.slot) or self._chance.choices(likely, weights=(62, 15, 4, 6, 4, 9))[0]

    def _begun_at(self, person: Person, period: Period, fate: Fate) -> datetime:
        """Before the cycle; what is not promised today was begun some days ago."""
        if fate is Fate.PROMISED:
            day = period.starts_on - timedelta(days=LEAD_DAYS[person.level])
            return working_time(day + timedelta(days=self._chance.randint(0, 2)), self._chance)
        is_slow = fate in (Fate.WAITING_AGAIN, Fate.DECLINED)
        return recently(self._now, 14 if is_slow else self._chance.randint(2, 5), self._chance)

    def _paces(self, person: Person, cycles_ago: int, *, count: int) -> list[float]:
        usual = self._chance.gauss(MOODS.get(person.unit[:3], 0.95) + (0.08 if cycles_ago else 0), 0.16)
        least = 1.05 if person.slot == MEI else 0.1
        return [min(1.35, max(least, self._chance.gauss(usual, 0.1))) for _ in range(count)]

    def _visits(self, person: Person, period: Period, cycles_ago: int) -> list[datetime]:
        """When the owner checks in: leaders more often, and more often in the cycle that runs."""
        is_leading = person.level < Level.MEMBER
        count = (2 if is_leading else 1) if cycles_ago else (7 if is_leading else 4)
        return [working_time(period.day(part / count - 0.02), self._chance) for part in range(1, count + 1)]

    def _answer(self, person: Person, fate: Fate) -> str | None:
        texts: Mapping[Fate, Sequence[goals.Words]] = {
            Fate.ASKED: notes.QUESTIONS,
            Fate.DECLINED: notes.REFUSALS,
            Fate.WAITING_AGAIN: notes.REFUSALS,
        }
        return said(self._chance.choice(texts[fate]), person.locale) if fate in texts else None

    def _maybe(self, texts: Sequence[goals.Words], person: Person, *, share: float) -> str | None:
        return said(self._chance.choice(texts), person.locale) if self._chance.random() < share else None


def takes_part(person: Person, period: Period, cycles_ago: int) -> bool:
    """The first cycle was a trial: its members are those of two companies. Who writes by hand is not planned."""
    is_there = person.hired_on <= period.starts_on - timedelta(days=30)
    is_trial = cycles_ago == 2 and person.level is Level.MEMBER and not person.unit.startswith(TRIAL)
    is_by_hand = person.slot == MEI and not cycles_ago
    return is_there and not is_trial and not is_by_hand and person.level is not Level.CHAIR


def written(
    person: Person, goal: Goal, weight: int, *, serves: Promise | None, cycles_ago: int, chance: Random
) -> ObjectiveDraft:
    """The goal as this person writes it down."""
    locale = person.locale
    return ObjectiveDraft(
        title=said(goal.title, locale),
        why=said(goal.why, locale) if goal.why else None,
        weight=weight,
        audience=AUDIENCES.get(person.level, Audience.GROUP),
        parent_id=serves.id if serves else None,
        key_results=tuple(
            goals.key_result(result, locale, cycles_ago=cycles_ago, chance=chance) for result in goal.results
        ),
    )


def department(person: Person) -> str:
    """Whose goals fit: those of the department, of the company for its head, of the group for its chief."""
    return "-".join(person.unit.split("-")[:2])
