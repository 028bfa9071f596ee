"""Use cases of a promise that is tied to measures: it exceeds their past, and begins where they have come to."""

from collections.abc import Mapping
from decimal import Decimal
from uuid import UUID

from domain.kernel.actor import Actor
from domain.kernel.work import Work
from domain.objectives import service_approvals
from domain.objectives.targets.service_exceeding import Known

MONTHS_MAX = 25
"""How many months before a cycle tell how much a measure moves by itself: the last one, and two years before it."""


async def submit(
    actor: Actor, objective_id: UUID, *, version: int, key: str, note: str | None = None, difficulty: int | None = None
) -> UUID:
    """Ask for approval; the exceed test looks at the months of measures before the cycle, and at their limits."""
    return await service_approvals.submit(
        actor, objective_id, version=version, key=key, note=note, difficulty=difficulty, measured=_before
    )


async def _before(work: Work, objective_id: UUID) -> Mapping[UUID, Known]:
    rows = await work.connection.fetch(
        """select m.id, m.low, m.high, array(
             select a.value from (
               select a.period, a.value from current_actual a
               where a.tenant_id = $1 and a.measure_id = m.id and a.period < c.starts_on and a.value is not null
               order by a.period desc limit $3) a
             order by a.period) as months
           from objective o
           join cycle c on c.tenant_id = o.tenant_id and c.id = o.cycle_id
           join key_result k on k.tenant_id = o.tenant_id and k.objective_id = o.id
           join measure m on m.tenant_id = o.tenant_id and m.id = k.measure_id
           where o.tenant_id = $1 and o.id = $2""",
        work.actor.tenant_id,
        objective_id,
        MONTHS_MAX,
    )
    return {row["id"]: Known(values=row["months"], low=row["low"], high=row["high"]) for row in rows}


async def approve(actor: Actor, objective_id: UUID, *, version: int, key: str) -> UUID:
    """Promise along; a key result tied to a measure stands at the newest actual within the objective's own cycle.

    It is no check-in: nobody told it of this promise.
    """
    return await service_approvals.approve(actor, objective_id, version=version, key=key, known=_newest)


async def _newest(work: Work, objective_id: UUID) -> Mapping[UUID, Decimal]:
    # Whoever records figures holds the measure: a figure is either seen here or finds the objective active.
    await work.connection.execute(
        """select from measure where tenant_id = $1 and id in (
             select measure_id from key_result where tenant_id = $1 and objective_id = $2)
           order by id for share""",
        work.actor.tenant_id,
        objective_id,
    )
    rows = await work.connection.fetch(
        """select distinct on (a.measure_id) a.measure_id, a.value
           from objective o
           join cycle c on c.tenant_id = o.tenant_id and c.id = o.cycle_id
           join key_result k on k.tenant_id = o.tenant_id and k.objective_id = o.id
           join current_actual a on a.tenant_id = o.tenant_id and a.measure_id = k.measure_id
             and a.period between c.starts_on and c.ends_on and a.value is not null
           where o.tenant_id = $1 and o.id = $2 order by a.measure_id, a.period desc""",
        work.actor.tenant_id,
        objective_id,
    )
    return {row["measure_id"]: row["value"] for row in rows}
