"""Use case of partner systems: the actuals of measures move the key results tied to them, set by set."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from domain.kernel import clock
from domain.kernel.actor import Actor
from domain.kernel.ids import new_id
from domain.kernel.work import Work
from domain.objectives import events, progress
from domain.objectives.terms import CheckInSource

if TYPE_CHECKING:
    import asyncpg

Values = Mapping[tuple[UUID, UUID], Decimal]
"""The newest value by measure and cycle."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Step:
    """A key result that stands at a new value."""

    check_in_id: UUID
    key_result_id: UUID
    objective_id: UUID
    value: Decimal
    progress: Decimal | None


async def move_by_actuals(work: Work, values: Values) -> list[UUID]:
    """Move the key results that these measures move, of promised objectives of these cycles, in the open transaction.

    The ids of the objectives that moved, in their order.
    """
    owners = await _lock_objectives(work, values)
    if not owners:
        return []
    rows = await work.connection.fetch(_KEY_RESULTS, work.actor.tenant_id, list(owners))
    steps = [_step(row, values[row["measure_id"], row["cycle_id"]]) for row in rows if _is_moved(row, values)]
    await _write_check_ins(work, steps)
    await _write_key_results(work, steps)
    await _write_objectives(work, _rolled_up(rows, steps))
    for step in steps:
        _record(work, step, owners[step.objective_id])
    return list(owners)


async def _lock_objectives(work: Work, values: Values) -> dict[UUID, UUID]:
    """Owners by objective, locked in the order of ids, so that two such moves never wait for each other in turn."""
    measures, cycles = [measure for measure, _ in values], [cycle for _, cycle in values]
    rows = await work.connection.fetch(
        """select o.id, o.owner_id from objective o
           where o.tenant_id = $1 and o.state = 'ACTIVE' and exists (
             select from key_result k join unnest($2::uuid[], $3::uuid[]) v (measure_id, cycle_id)
               on v.measure_id = k.measure_id and v.cycle_id = o.cycle_id
             where k.tenant_id = $1 and k.objective_id = o.id)
           order by o.id for no key update""",
        work.actor.tenant_id,
        measures,
        cycles,
    )
    return {row["id"]: row["owner_id"] for row in rows}


_KEY_RESULTS = """
select k.id, k.objective_id, k.measure_id, o.cycle_id, k.kind, k.weight, k.start, k.target, k.low, k.high, k.progress
from key_result k join objective o on o.tenant_id = k.tenant_id and o.id = k.objective_id
where k.tenant_id = $1 and k.objective_id = any($2) order by k.objective_id, k.position
"""


def _is_moved(row: "asyncpg.Record", values: Values) -> bool:
    return (row["measure_id"], row["cycle_id"]) in values


def _step(row: "asyncpg.Record", value: Decimal) -> _Step:
    reached = progress.of_key_result(
        row["kind"], value, start=row["start"], target=row["target"], low=row["low"], high=row["high"]
    )
    return _Step(
        check_in_id=new_id(),
        key_result_id=row["id"],
        objective_id=row["objective_id"],
        value=value,
        progress=reached,
    )


async def _write_check_ins(work: Work, steps: Sequence[_Step]) -> None:
    actor = work.actor
    await work.connection.execute(
        """insert into check_in
             (tenant_id, id, objective_id, key_result_id, value, source, author_id, client_id, recorded_at)
           select $1, s.*, $6, $7, $8, $9 from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::numeric[]) s""",
        actor.tenant_id,
        [step.check_in_id for step in steps],
        [step.objective_id for step in steps],
        [step.key_result_id for step in steps],
        [step.value for step in steps],
        _source(actor),
        None if actor.client_id else actor.person_id,
        actor.client_id,
        clock.now(),
    )


def _source(actor: Actor) -> CheckInSource:
    if actor.client_id:
        return CheckInSource.PARTNER
    return CheckInSource.PERSON if actor.person_id else CheckInSource.MEASURE


async def _write_key_results(work: Work, steps: Sequence[_Step]) -> None:
    await work.connection.execute(
        """update key_result k set current = s.value, progress = s.progress, latest_check_in_id = s.check_in_id,
                                   updated_at = $6
           from unnest($2::uuid[], $3::numeric[], $4::numeric[], $5::uuid[]) s (id, value, progress, check_in_id)
           where k.tenant_id = $1 and k.id = s.id""",
        work.actor.tenant_id,
        [step.key_result_id for step in steps],
        [step.value for step in steps],
        [step.progress for step in steps],
        [step.check_in_id for step in steps],
        clock.now(),
    )


def _rolled_up(rows: "Sequence[asyncpg.Record]", steps: Sequence[_Step]) -> dict[UUID, Decimal | None]:
    moved = {step.key_result_id: step.progress for step in steps}
    measured: dict[UUID, list[progress.Measured]] = {}
    for row in rows:
        reached = moved.get(row["id"], row["progress"])
        measured.setdefault(row["objective_id"], []).append((row["weight"], reached))
    return {objective_id: progress.of_objective(parts) for objective_id, parts in measured.items()}


async def _write_objectives(work: Work, reached: Mapping[UUID, Decimal | None]) -> None:
    await work.connection.execute(
        """update objective o set progress = s.progress, updated_at = $4
           from unnest($2::uuid[], $3::numeric[]) s (id, progress) where o.tenant_id = $1 and o.id = s.id""",
        work.actor.tenant_id,
        list(reached),
        list(reached.values()),
        clock.now(),
    )


def _record(work: Work, step: _Step, owner_id: UUID) -> None:
    work.record(
        events.CheckedIn(
            subject_id=step.objective_id,
            owner_id=owner_id,
            key_result_id=step.key_result_id,
            check_in_id=step.check_in_id,
            hearers=(owner_id,),
        )
    )
