"""Use case of a plan's targets: compare what is planned with what objectives of the same units promise."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import cast
from uuid import UUID

import orjson

from domain.kernel import database, permits
from domain.kernel.actor import Actor
from domain.kernel.errors import NotFound
from domain.kernel.permits import Action
from domain.objectives import reconciliation
from domain.objectives.reconciliation import Target, Verdict
from domain.plans import service as plans

LINES_MAX = 500
_PLANNED = """
with plan as (select id, year, starts_on, tree_on from annual_plan where tenant_id = $1 and id = $2),
planned as (
  select d.id, d.strategic_objective_id, d.unit_id, d.account, d.unit_of_measure, d.measure_id, sum(t.own) as planned
  from plan p
  join derivation d on d.tenant_id = $1 and d.year = p.year and d.measure_id is not null and d.ended_at is null
  join unit_closure c on c.tenant_id = $1 and c.ancestor_id = d.unit_id
    and c.valid_from <= p.tree_on and p.tree_on < c.valid_to
  join plan_total t on t.tenant_id = $1 and t.plan_id = p.id and t.unit_id = c.descendant_id
    and t.account = d.account and t.unit_of_measure = d.unit_of_measure
  group by d.id, d.strategic_objective_id, d.unit_id, d.account, d.unit_of_measure, d.measure_id)
select n.*, (select coalesce(json_agg(json_build_array(k.target::text, k.unit_of_measure) order by k.id), '[]')
  from key_result k
  join objective o on o.tenant_id = $1 and o.id = k.objective_id and o.unit_id = n.unit_id
    and o.state in ('ACTIVE', 'ACHIEVED', 'MISSED')
  join cycle y on y.tenant_id = $1 and y.id = o.cycle_id, plan p
  where k.tenant_id = $1 and k.measure_id = n.measure_id and k.target is not null
    and y.starts_on <= p.starts_on and (p.starts_on + interval '1 year' - interval '1 day')::date <= y.ends_on
  )::text as targets
from planned n order by n.unit_id, n.account, n.unit_of_measure, n.id limit $3
"""
"""Targets of cycles that cover the plan's whole year: those of a quarter are no targets of a year."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciled:
    """An account of a unit's plan with all units below it, beside what the unit's objectives promise of its measure."""

    strategic_objective_id: UUID
    unit_id: UUID
    measure_id: UUID
    account: str
    unit_of_measure: str
    planned: Decimal
    verdict: Verdict


async def reconcile(actor: Actor, plan_id: UUID) -> Sequence[Reconciled]:
    """For who keeps plans, because it tells promises that others may not see. NotPermitted, NotFound."""
    permits.require(Action.KEEP_PLANS, plans.relations_of(actor))
    with database.tenant(actor.tenant_id):
        async with database.connection() as connection:
            known = await connection.fetchval(
                "select exists (select from annual_plan where tenant_id = $1 and id = $2)", actor.tenant_id, plan_id
            )
            if not known:
                raise NotFound("The plan")
            rows = await connection.fetch(_PLANNED, actor.tenant_id, plan_id, LINES_MAX)
    return [
        Reconciled(
            strategic_objective_id=row["strategic_objective_id"],
            unit_id=row["unit_id"],
            measure_id=row["measure_id"],
            account=row["account"],
            unit_of_measure=row["unit_of_measure"],
            planned=row["planned"],
            verdict=reconciliation.compare(row["planned"], row["unit_of_measure"], _targets(row["targets"])),
        )
        for row in rows
    ]


def _targets(written: str) -> list[Target]:
    found = cast("list[tuple[str, str]]", orjson.loads(written))
    return [Target(Decimal(value), unit_of_measure) for value, unit_of_measure in found]
