"""Who works in the demo group: 240 persons with posts, managers, dotted lines and shares, drawn from a seed."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import IntEnum
from random import Random
from uuid import UUID

from api.demo.dates import FOUNDED_AT, Period
from api.demo.members import SLOTS
from api.demo.names import Name, login, names
from api.demo.structure import CHAIR, CHIEF, COMPANIES, GROUP, OFFICES, Department, Post
from domain.kernel.actor import Role
from domain.kernel.ids import new_id
from domain.people.terms import Locale

SEED = 20130101
BIG_TEAMS = 14
"""Teams of seven; the others are of six, which makes 240 persons."""
FOUNDING_TEAMS = ("AIR-NET-1", "AIR-GND-1")
"""They made the promises of 2013."""
BEFORE_2013 = date(2012, 10, 1)
"""By then everybody was there who answers for a member airline in 2013."""
MEI = "RET-ONL-1.1"
"""The young employee whom a visitor meets first; her promises of today are written by hand."""
CAST: dict[str, Name] = {
    "GROUP.chair": ("Shen Meihua", "沈美华"),
    "GROUP.head": ("Elena Fischer", None),
    "GRP-STR.head": ("Wen Jing", "温静"),
    "GRP-HR.3": ("Grace Adeyemi", None),
    "GRP-HR.5": ("Ole Berg", None),
    "RET-ONL.head": ("Zhao Hao", "赵浩"),
    "RET-ONL-1.lead": ("Daniel Okoye", None),
    MEI: ("Lin Mei", "林梅"),
    "AIR-NET-1.1": ("Marcus Hale", None),
}
TWO_POSTS = (("MFG-PRD-3.2", "MFG-QUA-3.1"), ("RET-MER-1.2", "RET-ONL-2.1"), ("TEC-ENG-3.1", "TEC-PRO-1.1"))
"""Who also works in the post and the unit of whom, with what is left of full time."""
IN_ENGLISH = {MEI, "GRP-STR.head"}
"""Persons with a Chinese name who use the app in English."""


class Level(IntEnum):
    """How far down the line somebody works."""

    CHAIR = 0
    CHIEF = 1
    COMPANY = 2
    DEPARTMENT = 3
    TEAM = 4
    MEMBER = 5


@dataclass(slots=True, kw_only=True, eq=False)
class Person:
    """One of the 240. `slot` is the place that they fill, such as `RET-ONL-1.lead`."""

    slot: str
    level: Level
    unit: str
    post: Post
    name: Name
    hired_on: date
    manager: "Person | None"
    rank: int = 0
    """The place among the members of the team, from 1."""
    share: int = 100
    dotted: "list[Person]" = field(default_factory=list["Person"])
    move: "Move | None" = None
    id: UUID = field(default_factory=new_id)

    @property
    def login(self) -> str:
        return login(self.name)

    @property
    def locale(self) -> Locale:
        return Locale.CHINESE if self.name[1] and self.slot not in IN_ENGLISH else Locale.ENGLISH

    def manager_on(self, day: date) -> "Person | None":
        """Whom they answer to on a day."""
        return self.move.manager if self.move and self.move.on <= day else self.manager

    @property
    def is_founder(self) -> bool:
        """Employed before the year of the public record."""
        return self.hired_on <= FOUNDED_AT.date()

    @property
    def roles(self) -> frozenset[Role]:
        """What the services must be told of the acting person."""
        managing = {Role.MANAGER} if self.level < Level.MEMBER else set[Role]()
        office = {Role.STRATEGY_OFFICE} if self.slot == "GRP-STR.head" else set[Role]()
        return frozenset({Role.EMPLOYEE, *managing, *office})


@dataclass(frozen=True, slots=True)
class Move:
    """From a day on, somebody works in another team."""

    on: date
    unit: str
    manager: Person


class Roster:
    """All persons, managers before their reports."""

    def __init__(self, cycles: list[Period]) -> None:
        self.seed = SEED
        self._chance = Random(SEED)
        self._names = names(self._chance, {login(name) for name in CAST.values()})
        self._settled_by = cycles[0].starts_on - timedelta(days=60)
        self._newcomer_on = cycles[1].starts_on - timedelta(days=45)
        self.persons: list[Person] = []
        self._fill()
        self._draw_dotted_lines()
        self._draw_shares()
        self._draw_moves(cycles[1])

    def __getitem__(self, slot: str) -> Person:
        return next(person for person in self.persons if person.slot == slot)

    def below(self, manager: Person) -> list[Person]:
        """The direct reports."""
        return [person for person in self.persons if person.manager is manager]

    def _fill(self) -> None:
        chair = self._add("GROUP.chair", Level.CHAIR, GROUP.code, CHAIR, None, since=date(2006, 1, 9))
        chief = self._add("GROUP.head", Level.CHIEF, GROUP.code, CHIEF, chair, since=date(2009, 3, 2))
        for office, members in zip(OFFICES, (3, 5, 5), strict=True):
            self._office(office, chief, members)
        sizes = self._sizes()
        for company in COMPANIES:
            head = self._add(f"{company.code}.head", Level.COMPANY, company.code, company.head, chief)
            for department in company.departments:
                self._department(department, head, sizes)

    def _sizes(self) -> Iterator[int]:
        count = sum(len(department.teams) for company in COMPANIES for department in company.departments)
        sizes = [6] * BIG_TEAMS + [5] * (count - BIG_TEAMS)
        self._chance.shuffle(sizes)
        return iter(sizes)

    def _office(self, office: Department, chief: Person, members: int) -> None:
        head = self._add(f"{office.code}.head", Level.DEPARTMENT, office.code, office.head, chief)
        for rank in range(1, members + 1):
            post = office.members[(rank - 1) % len(office.members)]
            self._add(f"{office.code}.{rank}", Level.MEMBER, office.code, post, head, rank=rank)

    def _department(self, department: Department, above: Person, sizes: Iterator[int]) -> None:
        head = self._add(f"{department.code}.head", Level.DEPARTMENT, department.code, department.head, above)
        for at in range(1, len(department.teams) + 1):
            unit = f"{department.code}-{at}"
            lead = self._add(f"{unit}.lead", Level.TEAM, unit, department.lead, head)
            for rank in range(1, next(sizes) + 1):
                post = department.members[rank % len(department.members)]
                self._add(f"{unit}.{rank}", Level.MEMBER, unit, post, lead, rank=rank)

    def _add(
        self,
        slot: str,
        level: Level,
        unit: str,
        post: Post,
        manager: Person | None,
        *,
        rank: int = 0,
        since: date | None = None,
    ) -> Person:
        person = Person(
            slot=slot,
            level=level,
            unit=unit,
            post=post,
            name=CAST.get(slot) or next(self._names),
            hired_on=since or self._hired_on(slot, unit, level, manager),
            manager=manager,
            rank=rank,
        )
        self.persons.append(person)
        return person

    def _hired_on(self, slot: str, unit: str, level: Level, manager: Person | None) -> date:
        """After the manager and the beginning of the company, before the first cycle unless a newcomer."""
        if slot == MEI or is_newcomer(slot, unit):
            return self._newcomer_on
        if self._was_there_in_2013(slot, unit):
            return date(2009, 4, 1) + timedelta(days=150 * int(level) + self._chance.randint(0, 120))
        earliest = max((c.since for c in COMPANIES if unit.startswith(c.code)), default=date(2009, 6, 1))
        if manager is not None:
            earliest = max(earliest, manager.hired_on)
        drawn = earliest + timedelta(days=self._chance.randint(20, 900 if level < Level.MEMBER else 1500))
        latest = BEFORE_2013 if slot in SLOTS else self._settled_by
        return min(drawn, latest)

    def _was_there_in_2013(self, slot: str, unit: str) -> bool:
        leading = ("AIR.head", "AIR-NET.head", "AIR-GND.head", "GRP-STR.head")
        return slot in leading or unit in FOUNDING_TEAMS

    def _draw_dotted_lines(self) -> None:
        """Partners of finance and people answer to the companies as well, and so do leads across departments."""
        heads = [self[f"{company.code}.head"] for company in COMPANIES]
        for office in ("GRP-FIN", "GRP-HR"):
            for rank, head in enumerate(heads, start=1):
                self[f"{office}.{rank}"].dotted.append(head)
        for slot, other in (("MFG-QUA-1.lead", "MFG-PRD.head"), ("MFG-QUA-3.lead", "MFG-PRD.head")):
            self[slot].dotted.append(self[other])
        for slot, other in (("RET-ONL-3.lead", "RET-STO.head"), ("TEC-CUS-2.lead", "TEC-ENG.head")):
            self[slot].dotted.append(self[other])

    def _draw_shares(self) -> None:
        members = [person for person in self.persons if person.level is Level.MEMBER and person.slot not in CAST]
        for person in self._chance.sample(members, 12):
            person.share = self._chance.choice((50, 60, 80))
        for slot, _ in TWO_POSTS:
            self[slot].share = 60

    def _draw_moves(self, cycle: Period) -> None:
        for slot, unit in (("TEC-PRO-1.2", "TEC-PRO-2"), ("RET-STO-2.3", "RET-STO-3"), ("MFG-PRD-1.4", "MFG-PRD-2")):
            self[slot].move = Move(cycle.day(0.5), unit, self[f"{unit}.lead"])


def is_newcomer(slot: str, unit: str) -> bool:
    """The last of every fourth team came a year ago."""
    return slot == f"{unit}.5" and sum(map(ord, unit)) % 4 == 0 and unit.count("-") == 2 and unit not in FOUNDING_TEAMS
