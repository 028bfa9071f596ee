"""Writes the structure and the roster through the services of people."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from uuid import UUID

from api.demo.dates import FOUNDED_AT, Period, working_time
from api.demo.roster import TWO_POSTS, Person, Roster
from api.demo.structure import COMPANIES, GROUP, Place, Post, places
from domain.kernel import clock
from domain.kernel.actor import Actor, Role
from domain.kernel.ids import new_id
from domain.kernel.work import Work, begin
from domain.people import (
    service_accounts,
    service_lines,
    service_moves,
    service_persons,
    service_roles,
    service_units,
)
from domain.people.service_moves import NewJob
from domain.people.service_persons import Hire, Position
from domain.people.service_roles import Grant, NewDelegation
from domain.people.service_units import NewUnit

EMAIL_DOMAIN = "haiyue.example"


@dataclass(frozen=True, slots=True)
class Settled:
    """The organisation as it was written: whoever acts, and the units by their codes."""

    operator: Actor
    units: dict[str, UUID]
    roster: Roster
    places: dict[str, Place] = field(default_factory=lambda: {place.code: place for place in places()})
    positions: dict[tuple[str, Post], UUID] = field(default_factory=dict[tuple[str, Post], UUID])
    """By the unit of which they are, and what they are."""

    def chance(self, number: int) -> Random:
        """A source of chance of its own for a part of the story."""
        return Random(self.roster.seed + number)

    def actor(self, person: Person) -> Actor:
        """The person as who acts."""
        return Actor(
            tenant_id=self.operator.tenant_id, zone=self.operator.zone, person_id=person.id, roles=person.roles
        )


async def settle(operator: Actor, roster: Roster, cycles: Sequence[Period]) -> Settled:
    """Everybody in their places: the founders before 2013, the others before the first cycle."""
    settled = Settled(operator, {place.code: new_id() for place in places()}, roster)
    later = working_time(cycles[0].starts_on - timedelta(days=50), Random(roster.seed))
    for at in (FOUNDED_AT, later):
        with clock.frozen(at):
            async with begin(operator) as work:
                await _add_units(work, settled, is_early=at == FOUNDED_AT)
                await _hire(work, settled, settled.positions, is_early=at == FOUNDED_AT)
    await _draw_lines(settled)
    await _share_posts(settled, settled.positions)
    await _grant_roles(settled)
    return settled


async def _add_units(work: Work, settled: Settled, *, is_early: bool) -> None:
    wanted = [place for place in places() if (place.since <= FOUNDED_AT.date()) == is_early]
    await service_units.create_units_within(work, [_new_unit(place, settled.units) for place in wanted])


def _new_unit(place: Place, units: Mapping[str, UUID]) -> NewUnit:
    return NewUnit(
        id=units[place.code],
        code=place.code,
        kind=place.kind,
        name=place.name,
        name_zh=place.name_zh,
        form=place.form,
        parent_id=units[place.parent] if place.parent else None,
        valid_from=place.since,
    )


async def _hire(work: Work, settled: Settled, positions: dict[tuple[str, Post], UUID], *, is_early: bool) -> None:
    persons = [person for person in settled.roster.persons if person.is_founder == is_early]
    fresh = {key: new_id() for person in persons if (key := position_of(person)) not in positions}
    posts = [
        Position(id=row_id, code=f"{unit}-{at:02}", title=post.title, title_zh=post.title_zh)
        for at, ((unit, post), row_id) in enumerate(fresh.items(), start=len(positions) + 1)
    ]
    await service_persons.create_positions_within(work, posts)
    positions |= fresh
    numbers = {person: at for at, person in enumerate(settled.roster.persons, start=1)}
    await service_persons.hire_within(
        work, [_new_hire(person, settled, positions, number=numbers[person]) for person in persons]
    )


def position_of(person: Person) -> tuple[str, Post]:
    """Posts are those of a department or company, whichever team they are in."""
    return "-".join(person.unit.split("-")[:2]), person.post


def _new_hire(person: Person, settled: Settled, positions: Mapping[tuple[str, Post], UUID], *, number: int) -> Hire:
    return Hire(
        id=person.id,
        code=f"H{number:04}",
        name=person.name[0],
        name_zh=person.name[1],
        email=f"{person.login}@{EMAIL_DOMAIN}",
        locale=person.locale,
        unit_id=settled.units[person.unit],
        position_id=positions[position_of(person)],
        manager_id=person.manager.id if person.manager else None,
        share=person.share,
        hired_on=person.hired_on,
    )


async def _draw_lines(settled: Settled) -> None:
    for person in settled.roster.persons:
        for manager in person.dotted:
            on = max(person.hired_on, manager.hired_on)
            await service_lines.add_dotted_line(settled.operator, person.id, manager_id=manager.id, on=on)


async def _share_posts(settled: Settled, positions: Mapping[tuple[str, Post], UUID]) -> None:
    """Some work in two units, in the post that a colleague has there."""
    for slot, other in TWO_POSTS:
        person, colleague = settled.roster[slot], settled.roster[other]
        job = NewJob(
            person_id=person.id,
            unit_id=settled.units[colleague.unit],
            position_id=positions[position_of(colleague)],
            starts_on=max(person.hired_on, colleague.hired_on),
            share=100 - person.share,
        )
        await service_moves.employ(settled.operator, job)


async def _grant_roles(settled: Settled) -> None:
    roster, since = settled.roster, FOUNDED_AT.date()
    grants = [
        (roster["GRP-STR.head"], Role.STRATEGY_OFFICE, None),
        (roster["GRP-HR.5"], Role.ADMINISTRATOR, None),
        (roster["GRP-HR.head"], Role.HR_PARTNER, GROUP.code),
    ]
    for rank, company in enumerate(COMPANIES, start=1):
        grants.append((roster[f"GRP-HR.{rank}"], Role.HR_PARTNER, company.code))
    for person, role, unit in grants:
        grant = Grant(
            person_id=person.id,
            role=role,
            unit_id=settled.units[unit] if unit else None,
            on=max(since, person.hired_on),
        )
        await service_roles.grant_role(settled.operator, grant)


async def move(settled: Settled, person: Person, on: date) -> None:
    """Somebody changes the team, and with it the manager."""
    if person.move is None:
        return
    unit_id, manager_id = settled.units[person.move.unit], person.move.manager.id
    moved = service_moves.Move(person_id=person.id, on=on, unit_id=unit_id, manager_id=manager_id)
    await service_moves.move_person(settled.operator, moved)


async def delegate(settled: Settled, *, giver: str, holder: str, first: date, last: date, reason: str) -> None:
    """Somebody decides in another one's place while they are away."""
    roster = settled.roster
    away = NewDelegation(to_id=roster[holder].id, starts_on=first, ends_on=last, reason=reason)
    await service_roles.delegate_approvals(settled.actor(roster[giver]), away)


async def open_accounts(settled: Settled, password_hash: str) -> None:
    """Everybody can sign in; the hash is one for all, because the password is public anyway."""
    async with begin(settled.operator) as work:
        for person in settled.roster.persons:
            await service_accounts.open_account(work, person.id, login=person.login, password_hash=password_hash)
