"""Reporting lines by themselves: dotted lines, lines that end, and which line managers change on a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from domain.kernel import clock
from domain.kernel.actor import Actor
from domain.kernel.ids import new_id
from domain.kernel.work import Work, begin
from domain.people import rules, service_assignments, service_rows
from domain.people.rules import Change
from domain.people.service_access import lock_structure
from domain.people.service_moves import known_jobs, record_line, require_for
from domain.people.service_rows import LINES
from domain.people.terms import Line, LineKind

if TYPE_CHECKING:
    from domain.kernel.database import Connection


@dataclass(frozen=True, slots=True)
class LineChange:
    """The line manager of a person becomes another one, or nobody, on a day."""

    person_id: UUID
    on: date
    previous_manager_id: UUID | None
    manager_id: UUID | None


async def line_changes(connection: "Connection", first: date, last: date) -> list[LineChange]:
    """Every change of a line manager that takes effect from `first` to `last`, both included, in the order of time.

    For the daily job that lets open approvals follow a move which was recorded before its day.
    """
    rows = await connection.fetch(_CHANGES, first, last)
    return [LineChange(*row) for row in rows]


_CHANGES = """
with edge as (
  select person_id, valid_from on_day from reporting_line
  where tenant_id = current_tenant() and kind = 'LINE' and valid_from between $1 and $2
  union
  select person_id, valid_to from reporting_line
  where tenant_id = current_tenant() and kind = 'LINE' and valid_to between $1 and $2
)
select e.person_id, e.on_day, before.manager_id, after.manager_id
from edge e
left join reporting_line before on before.tenant_id = current_tenant() and before.person_id = e.person_id
  and before.kind = 'LINE' and before.valid_from < e.on_day and e.on_day <= before.valid_to
left join reporting_line after on after.tenant_id = current_tenant() and after.person_id = e.person_id
  and after.kind = 'LINE' and after.valid_from <= e.on_day and e.on_day < after.valid_to
where before.manager_id is distinct from after.manager_id
order by e.on_day, e.person_id
"""


async def lines_starting(connection: "Connection", on: date) -> list[LineChange]:
    """Every change of a line manager that takes effect on this day."""
    return await line_changes(connection, on, on)


async def add_dotted_line(
    actor: Actor, person_id: UUID, *, manager_id: UUID, on: date, until: date | None = None, key: str | None = None
) -> UUID:
    """One more manager who directs some of the work, from a date, up to and with `until` when it is given; its id."""
    async with begin(actor, key=key, intent=("add_dotted_line", person_id, manager_id, on, until)) as work:
        if work.replay is not None:
            return UUID(str(work.replay))
        rules.check_date(on)
        if until is not None:
            rules.check_days(on, until)
        lines = await _lines_to_change(work, person_id)
        line = Line(
            id=new_id(),
            person_id=person_id,
            manager_id=manager_id,
            kind=LineKind.DOTTED,
            valid_from=on,
            valid_to=until + timedelta(days=1) if until else clock.FOREVER,
        )
        rules.check_lines([*lines, line])
        await service_assignments.write(work, jobs={}, lines={person_id: Change(added=(line,))})
        work.reply(str(line.id))
        return line.id


async def end_line(actor: Actor, person_id: UUID, *, manager_id: UUID, on: date, key: str | None = None) -> None:
    """The person does not answer to this manager from the date on, neither by a line nor by a dotted one."""
    async with begin(actor, key=key, intent=("end_line", person_id, manager_id, on)) as work:
        if work.replay is not None:
            return
        rules.check_date(on)
        lines = await _lines_to_change(work, person_id)
        to_manager = [line for line in lines if line.manager_id == manager_id]
        change = rules.end_from(to_manager, on)
        if change == Change():
            raise rules.NothingHolds("line to this manager", on=on)
        record_line(work, lines, change, person_id=person_id, on=on)
        await service_assignments.write(work, jobs={}, lines={person_id: change})
        work.reply(str(person_id))


async def _lines_to_change(work: Work, person_id: UUID) -> Sequence[Line]:
    await lock_structure(work)
    await require_for(work, await known_jobs(work, [person_id]), also=[])
    found = await service_rows.of(work.connection, LINES, work.actor.tenant_id, subjects=[person_id])
    return found[person_id]
