"""Use cases of the work calendar: the days of the group, and the days off of a person."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from domain.kernel import database, permits
from domain.kernel.actor import Actor, Role
from domain.kernel.errors import InvalidInput, NotFound
from domain.kernel.ids import new_id
from domain.kernel.permits import Action, Relation
from domain.kernel.work import begin
from domain.people import rules as people
from domain.progress.service_mine import person

DAYS_MAX = 100
"""In one request; a year of a group has fewer."""
OFF_MAX = 366
TIMES_MAX = 200
"""Of a person, over all years."""
YEARS = range(2000, 2200)


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkDay:
    """A day on which all work, or nobody does."""

    on_day: date
    works: bool
    name: str
    name_zh: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeOff:
    """Days on which a person does not work, from the first to the last."""

    starts_on: date
    ends_on: date
    id: UUID = field(default_factory=new_id)


async def keep_days(actor: Actor, days: Sequence[WorkDay], *, key: str) -> int:
    """How many days were written; one that is known is replaced. For the strategy office."""
    _check_days(days)
    intent = ("keep_work_days", *((one.on_day, one.works, one.name, one.name_zh) for one in days))
    async with begin(actor, key=key, intent=intent) as work:
        if work.replay is None:
            is_office = Role.STRATEGY_OFFICE in actor.roles
            permits.require(Action.KEEP_WORK_CALENDAR, [Relation.STRATEGY_OFFICE] if is_office else [])
            await work.wait_for("work_days")
            columns = [(one.on_day, one.works, one.name, one.name_zh) for one in days]
            given = (list(one) for one in zip(*columns, strict=True))
            await work.connection.execute(_KEEP, actor.tenant_id, *given)
            work.reply(len(days))
    return len(days)


def _check_days(days: Sequence[WorkDay]) -> None:
    if not 1 <= len(days) <= DAYS_MAX:
        raise InvalidInput(f"Give 1 to {DAYS_MAX} days.", field="days")
    if len({one.on_day for one in days}) < len(days):
        raise InvalidInput("A day is named once.", field="days")
    for one in days:
        people.check_name(one.name)
        if one.name_zh is not None:
            people.check_name(one.name_zh, field="nameZh")
        if one.on_day.year not in YEARS:
            raise InvalidInput(f"A day lies between {YEARS[0]} and {YEARS[-1]}.", field="days")


async def days_of(actor: Actor, year: int) -> list[WorkDay]:
    """The days of a year that the group keeps, in their order."""
    if year not in YEARS:
        raise InvalidInput(f"A year lies between {YEARS[0]} and {YEARS[-1]}.", field="year")
    with database.tenant(actor.tenant_id):
        async with database.connection() as connection:
            rows = await connection.fetch(_DAYS, actor.tenant_id, date(year, 1, 1), date(year, 12, 31))
    return [WorkDay(on_day=row["on_day"], works=row["works"], name=row["name"], name_zh=row["name_zh"]) for row in rows]


async def tell_time_off(actor: Actor, time: TimeOff, *, key: str) -> UUID:
    """The id of these days off, which keep the actor's streak; nobody else reads them."""
    person_id = person(actor)
    if not time.starts_on <= time.ends_on or time.starts_on.year not in YEARS or time.ends_on.year not in YEARS:
        raise InvalidInput("The last day is not before the first.", field="endsOn")
    if (time.ends_on - time.starts_on).days >= OFF_MAX:
        raise InvalidInput(f"At most {OFF_MAX} days at once.", field="endsOn")
    async with begin(actor, key=key, intent=("tell_time_off", time.starts_on, time.ends_on)) as work:
        if work.replay is not None:
            return UUID(str(work.replay))
        await work.wait_for(f"time_off:{person_id}")
        if await work.connection.fetchval(_COUNT, actor.tenant_id, person_id) >= TIMES_MAX:
            raise InvalidInput(f"At most {TIMES_MAX} times off are kept: forget old ones.", field="startsOn")
        values = (actor.tenant_id, time.id, person_id, time.starts_on, time.ends_on)
        await work.connection.execute("insert into time_off values ($1, $2, $3, $4, $5)", *values)
        work.reply(str(time.id))
    return time.id


async def forget_time_off(actor: Actor, time_id: UUID, *, key: str) -> UUID:
    """The actor works on these days after all. NotFound for those of others."""
    person_id = person(actor)
    async with begin(actor, key=key, intent=("forget_time_off", time_id)) as work:
        if work.replay is None:
            done = await work.connection.execute(_FORGET, actor.tenant_id, person_id, time_id)
            if done != "DELETE 1":
                raise NotFound
            work.reply(True)
    return time_id


async def time_off(actor: Actor) -> list[TimeOff]:
    """The actor's days off, the latest first."""
    with database.tenant(actor.tenant_id):
        async with database.connection() as connection:
            rows = await connection.fetch(_OFF, actor.tenant_id, person(actor), TIMES_MAX)
    return [TimeOff(id=row["id"], starts_on=row["starts_on"], ends_on=row["ends_on"]) for row in rows]


_KEEP = """
insert into work_day (tenant_id, on_day, works, name, name_zh)
select $1, d.* from unnest($2::date[], $3::boolean[], $4::text[], $5::text[]) d
on conflict (tenant_id, on_day) do update
  set works = excluded.works, name = excluded.name, name_zh = excluded.name_zh"""
_DAYS = """
select on_day, works, name, name_zh from work_day
where tenant_id = $1 and on_day >= $2 and on_day <= $3 order by on_day"""
_COUNT = "select count(*) from time_off where tenant_id = $1 and person_id = $2"
_FORGET = "delete from time_off where tenant_id = $1 and person_id = $2 and id = $3"
_OFF = """
select id, starts_on, ends_on from time_off
where tenant_id = $1 and person_id = $2 order by starts_on desc, id limit $3"""
