"""Use case of two versions of a plan: what the one says otherwise than the other, by accounts and units."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from domain.kernel import database
from domain.kernel.actor import Actor
from domain.kernel.errors import InvalidInput, NotFound
from domain.kernel.views import Slots, visible_row
from domain.people import views_leading
from domain.plans.views import ANNUAL_PLAN, SEES_UNIT

if TYPE_CHECKING:
    import asyncpg

    from domain.kernel.database import Connection

FIRST_MAX = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """An account in both versions, 0 where it is not there; of one unit without those below it, or of all (None)."""

    unit_id: UUID | None
    account: str
    unit_of_measure: str
    before: Decimal
    after: Decimal
    change: Decimal


@dataclass(frozen=True, slots=True)
class Comparison:
    """Of what the actor sees of both: every account, and the units that differ, the largest change first."""

    accounts: Sequence[Difference]
    units: Sequence[Difference]
    differing: int


async def compare(actor: Actor, before_id: UUID, after_id: UUID, *, first: int) -> Comparison:
    """NotFound for a version that the actor does not see, InvalidInput for versions in different money."""
    if not 1 <= first <= FIRST_MAX:
        raise InvalidInput(f"`first` goes from 1 to {FIRST_MAX}.", field="first")
    with database.tenant(actor.tenant_id):
        async with database.connection() as connection:
            await _require_like(connection, actor, [before_id, after_id])
            slots = Slots(views_leading.FACTS, row="r")
            pairs = _pairs(slots)
            at = len(slots.names)
            values = [*slots.values_for(actor), before_id, after_id]
            accounts = await connection.fetch(
                f"""{pairs} select null::uuid as unit_id, account, unit_of_measure, sum(before) as before,
                      sum(after) as after, sum(after) - sum(before) as change
                    from pair group by account, unit_of_measure order by account, unit_of_measure""",
                *values,
            )
            units = await connection.fetch(
                f"""{pairs} select p.*, after - before as change, count(*) over () as differing
                    from pair p join unit u on u.tenant_id = current_tenant() and u.id = p.unit_id
                    where before <> after
                    order by abs(after - before) desc, u.code, account, unit_of_measure limit ${at + 3}""",
                *values,
                first,
            )
    return Comparison(
        accounts=[_difference(row) for row in accounts],
        units=[_difference(row) for row in units],
        differing=units[0]["differing"] if units else 0,
    )


def _pairs(slots: Slots) -> str:
    """Totals of both versions side by side, as far as the actor sees them."""
    visible = SEES_UNIT.format_map(slots)
    tenant = slots["tenant"]
    at = len(slots.names)
    seen = f"select r.* from plan_total r where r.tenant_id = {tenant} and ({visible}) and r.plan_id ="
    return f"""
with a as ({seen} ${at + 1}), b as ({seen} ${at + 2}), pair as (
  select unit_id, account, unit_of_measure, coalesce(a.own, 0) as before, coalesce(b.own, 0) as after
  from a full join b using (unit_id, account, unit_of_measure))"""


async def _require_like(connection: "Connection", actor: Actor, ids: Sequence[UUID]) -> None:
    for plan_id in ids:
        sql, values = visible_row(ANNUAL_PLAN, plan_id, actor)
        if await connection.fetchval(sql, *values) is None:
            raise NotFound("The plan")
    currencies = await connection.fetch(
        "select distinct currency from annual_plan where tenant_id = $1 and id = any($2)", actor.tenant_id, list(ids)
    )
    if len(currencies) > 1:
        raise InvalidInput("The versions are in different currencies.", field="after")


def _difference(row: "asyncpg.Record") -> Difference:
    return Difference(
        unit_id=row["unit_id"],
        account=row["account"],
        unit_of_measure=row["unit_of_measure"],
        before=row["before"],
        after=row["after"],
        change=row["change"],
    )
