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
from domain.objectives.sharing import USUAL, Edge

if TYPE_CHECKING:
    from asyncpg import Record

    from domain.kernel.database import Connection

READER = "roll_up"

log = structlog.get_logger(__name__)


async def hear(entries: Sequence[Entry]) -> None:
    """The set-wise reader "roll_up": objectives that were moved or aligned carry what changed up to the top."""
    async with database.connection() as connection:
        await carry_up(connection, entries[0].tenant_id, {_moved(entry) for entry in entries})


def _moved(entry: Entry) -> UUID:
    """The objective that an entry is about; that of an alignment is its lower end."""
    lower = entry.payload.get("child_id")
    return UUID(lower) if isinstance(lower, str) else entry.subject_id


async def carry_up(connection: "Connection", tenant_id: UUID, touched: Collection[UUID]) -> None:
    """Bring the scores of these objectives and of all above them up to date, in the open transaction.

    Two statements for each level, however many objectives there are.
    """
    await hold(connection, tenant_id)
    rows = await connection.fetch(LOOK, tenant_id, list(touched))
    for _ in range(roll_up.LEVELS_MAX):
        level = roll_up.look((now_of(row), kept_of(row)) for row in rows)
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


SEEN = """
o.id, o.parent_id, o.weight, o.state, o.progress, r.own, r.numerator, r.denominator, r.score,
r.counted_parents, r.counted_weights, r.counted_score, e.parents, e.counted, e.weights"""
# Edges of which alignments say something are few: they are looked up for each objective by an index.
EDGES = f"""
cross join lateral (
  select array_agg(a.parent_id) as parents, array_agg(a.counted) as counted,
    array_agg(coalesce(a.weight, {USUAL})) as weights
  from alignment a where a.tenant_id = o.tenant_id and a.child_id = o.id and a.state = 'ACCEPTED'
    and a.parent_id is not null) e"""
LOOK = f"""
select {SEEN} from objective o left join roll_up r on r.tenant_id = o.tenant_id and r.objective_id = o.id {EDGES}
where o.tenant_id = $1 and o.id = any($2::uuid[])"""


def now_of(row: "Record") -> Now:
    """An objective as `LOOK` finds it."""
    return Now(
        objective_id=row["id"],
        parent_id=row["parent_id"],
        weight=Decimal(row["weight"]),
        state=row["state"],
        own=row["progress"],
        edges=tuple(map(Edge, row["parents"] or (), row["counted"] or (), row["weights"] or ())),
    )


def kept_of(row: "Record") -> Kept:
    """What was last found of it."""
    if row["numerator"] is None:
        return Kept()
    edges = zip(row["counted_parents"], row["counted_weights"], strict=True)
    return Kept(
        own=row["own"],
        carried=Share(row["numerator"], row["denominator"]),
        score=row["score"],
        counted=tuple(Counted(parent_id, weight, row["counted_score"]) for parent_id, weight in edges),
    )


async def _keep(connection: "Connection", tenant_id: UUID, found: Mapping[UUID, Kept]) -> None:
    edges = [(objective_id, one) for objective_id, kept in found.items() for one in kept.counted]
    await connection.execute(
        """insert into roll_up (tenant_id, objective_id, own, score, counted_parents, counted_weights,
                                counted_score, updated_at)
           select $1, s.id, s.own, s.score, coalesce(c.parents, '{}'), coalesce(c.weights, '{}'),
             case when c.id is not null then s.score end, $8
           from unnest($2::uuid[], $3::numeric[], $4::numeric[]) s (id, own, score)
           left join (
             select e.id, array_agg(e.parent_id order by e.parent_id) as parents,
               array_agg(e.weight order by e.parent_id) as weights
             from unnest($5::uuid[], $6::uuid[], $7::numeric[]) e (id, parent_id, weight) group by e.id) c
             on c.id = s.id
           on conflict (tenant_id, objective_id) do update set
             own = excluded.own, score = excluded.score, counted_parents = excluded.counted_parents,
             counted_weights = excluded.counted_weights, counted_score = excluded.counted_score,
             updated_at = excluded.updated_at""",
        tenant_id,
        list(found),
        [kept.own for kept in found.values()],
        [kept.score for kept in found.values()],
        [objective_id for objective_id, _ in edges],
        [one.parent_id for _, one in edges],
        [one.weight for _, one in edges],
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
            select {SEEN} from r join objective o on o.tenant_id = r.tenant_id and o.id = r.objective_id {EDGES}
            where o.tenant_id = $1""",
        tenant_id,
        list(carried),
        [share.numerator for share in carried.values()],
        [share.denominator for share in carried.values()],
        clock.now(),
    )
