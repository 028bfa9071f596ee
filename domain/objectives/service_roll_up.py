"""Use case of the roll-up: what changed of objectives is carried up, many at once, level by level.

One writer of a tenant at a time, and no lock on objectives: a check-in never waits for it.
"""

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

import structlog

from domain.kernel import clock, database
from domain.kernel.relay import Entry
from domain.objectives import roll_up
from domain.objectives.roll_up import Counted, Kept, Now, Share

if TYPE_CHECKING:
    from asyncpg import Record

    from domain.kernel.database import Connection

READER = "roll_up"

log = structlog.get_logger(__name__)


async def hear(entries: Sequence[Entry]) -> None:
    """The set-wise reader "roll_up": objectives that were moved carry what changed up to the top."""
    async with database.connection() as connection:
        await carry_up(connection, entries[0].tenant_id, {entry.subject_id for entry in entries})


async def carry_up(connection: "Connection", tenant_id: UUID, touched: Collection[UUID]) -> None:
    """Bring the scores of these objectives and of all above them up to date, in the open transaction.

    Two statements for each level, however many objectives there are.
    """
    await hold(connection, tenant_id)
    rows = await connection.fetch(_LOOK, tenant_id, list(touched))
    for _ in range(roll_up.LEVELS_MAX):
        level = roll_up.look((_now(row), _kept(row)) for row in rows)
        if not level.found:
            return
        await _keep(connection, tenant_id, level.found)
        if not level.carried:
            return
        rows = await _carry(connection, tenant_id, level.carried)
    log.error("roll_up_cut_off", levels=roll_up.LEVELS_MAX)


async def hold(connection: "Connection", tenant_id: UUID) -> None:
    """Go on when nobody else rolls up in this tenant, until commit.

    A statement of its own: what comes after it sees what the one before has committed.
    """
    await connection.execute("select pg_advisory_xact_lock(hashtextextended($1, 0))", f"{tenant_id}:{READER}")


_SEEN = """
o.id, o.parent_id, o.weight, o.state, o.progress, r.own, r.numerator, r.denominator, r.score,
r.counted_parent_id, r.counted_weight, r.counted_score"""
_LOOK = f"""
select {_SEEN} from objective o left join roll_up r on r.tenant_id = o.tenant_id and r.objective_id = o.id
where o.tenant_id = $1 and o.id = any($2::uuid[])"""


def _now(row: "Record") -> Now:
    return Now(
        objective_id=row["id"],
        parent_id=row["parent_id"],
        weight=Decimal(row["weight"]),
        state=row["state"],
        own=row["progress"],
    )


def _kept(row: "Record") -> Kept:
    if row["numerator"] is None:
        return Kept()
    is_counted = row["counted_parent_id"] is not None
    return Kept(
        own=row["own"],
        carried=Share(row["numerator"], row["denominator"]),
        score=row["score"],
        counted=Counted(row["counted_parent_id"], row["counted_weight"], row["counted_score"]) if is_counted else None,
    )


async def _keep(connection: "Connection", tenant_id: UUID, found: Mapping[UUID, Kept]) -> None:
    counted = [kept.counted for kept in found.values()]
    await connection.execute(
        """insert into roll_up
             (tenant_id, objective_id, own, score, counted_parent_id, counted_weight, counted_score, updated_at)
           select $1, s.*, $8
           from unnest($2::uuid[], $3::numeric[], $4::numeric[], $5::uuid[], $6::numeric[], $7::numeric[]) s
           on conflict (tenant_id, objective_id) do update set
             own = excluded.own, score = excluded.score, counted_parent_id = excluded.counted_parent_id,
             counted_weight = excluded.counted_weight, counted_score = excluded.counted_score,
             updated_at = excluded.updated_at""",
        tenant_id,
        list(found),
        [kept.own for kept in found.values()],
        [kept.score for kept in found.values()],
        [one and one.parent_id for one in counted],
        [one and one.weight for one in counted],
        [one and one.score for one in counted],
        clock.now(),
    )


async def _carry(connection: "Connection", tenant_id: UUID, carried: Mapping[UUID, Share]) -> "list[Record]":
    """Add to what is kept of parents, and look at them."""
    return await connection.fetch(
        f"""with r as (
              insert into roll_up as k (tenant_id, objective_id, numerator, denominator, updated_at)
              select $1, s.*, $5 from unnest($2::uuid[], $3::numeric[], $4::numeric[]) s
              on conflict (tenant_id, objective_id) do update set
                numerator = k.numerator + excluded.numerator, denominator = k.denominator + excluded.denominator,
                updated_at = excluded.updated_at
              returning *)
            select {_SEEN} from r join objective o on o.tenant_id = r.tenant_id and o.id = r.objective_id
            where o.tenant_id = $1""",
        tenant_id,
        list(carried),
        [share.numerator for share in carried.values()],
        [share.denominator for share in carried.values()],
        clock.now(),
    )
