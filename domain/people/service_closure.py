"""Keeps the closure tables equal to the transitive closure of the terms and lines, at every date, set by set."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from domain.people import closure
from domain.people.rules import CycleRefused

if TYPE_CHECKING:
    from domain.kernel.database import Connection

DEPTH_MAX = 64


@dataclass(frozen=True, slots=True)
class Shape:
    """A table of dated edges from `lower` to `upper`, and the closure that follows from it."""

    edges: str
    lower: str
    upper: str
    closure: str
    above: str
    below: str
    seed: str
    """Where the ways upwards begin: rows of (lower, valid_from, valid_to) over `affected`."""
    depth_min: int
    names: str
    """Rows of (id, name, valid_from) of the members `$2`."""


UNITS = Shape(
    edges="unit_term",
    lower="unit_id",
    upper="parent_id",
    closure="unit_closure",
    above="ancestor_id",
    below="descendant_id",
    seed="select t.unit_id, t.valid_from, t.valid_to from unit_term t join affected a on a.id = t.unit_id "
    "where t.tenant_id = $1",
    depth_min=0,
    names="select unit_id id, name, valid_from from unit_term where tenant_id = $1 and unit_id = any($2)",
)
REPORTING = Shape(
    edges="reporting_line",
    lower="person_id",
    upper="manager_id",
    closure="reporting_closure",
    above="manager_id",
    below="report_id",
    seed="select a.id, date '-infinity', date 'infinity' from affected a",
    depth_min=1,
    names="select id, name, created_at valid_from from person where tenant_id = $1 and id = any($2)",
)

# Several ways may lead to the same manager: the periods of all ways are cut at each other's edges, the shortest way
# of each piece counts, and neighbouring pieces of equal depth are joined again. Only rows that differ are written.
_REFRESH = """
with recursive affected as materialized (
  select unnest($2::uuid[]) id
  union
  select c.{below} from {closure} c where c.tenant_id = $1 and c.{above} = any($2)
), way (lower, upper, depth, valid_from, valid_to) as (
  select s.lower, s.lower, 0, s.valid_from, s.valid_to from ({seed}) s (lower, valid_from, valid_to)
  union
  select w.lower, e.{upper}, w.depth + 1, greatest(w.valid_from, e.valid_from), least(w.valid_to, e.valid_to)
  from way w join {edges} e on e.tenant_id = $1 and e.{lower} = w.upper and e.{upper} is not null
    and e.valid_from < w.valid_to and w.valid_from < e.valid_to
  where w.depth < {depth_max}
), known as materialized (
  select * from way where depth >= {depth_min}
), edge as (
  select lower, upper, valid_from edge from known union select lower, upper, valid_to from known
), piece as (
  select lower, upper, edge valid_from, lead(edge) over (partition by lower, upper order by edge) valid_to from edge
), shortest as (
  select p.lower, p.upper, min(k.depth) depth, p.valid_from, p.valid_to
  from piece p join known k on k.lower = p.lower and k.upper = p.upper
    and k.valid_from <= p.valid_from and p.valid_to <= k.valid_to
  group by p.lower, p.upper, p.valid_from, p.valid_to
), marked as (
  select *, lag(valid_to) over w is distinct from valid_from or lag(depth) over w <> depth begins
  from shortest window w as (partition by lower, upper order by valid_from)
), joined as (
  select *, count(*) filter (where begins) over (partition by lower, upper order by valid_from) island from marked
), wanted as materialized (
  select upper, lower, depth, min(valid_from) valid_from, max(valid_to) valid_to
  from joined group by upper, lower, depth, island
), present as materialized (
  select c.{above}, c.{below}, c.depth, c.valid_from, c.valid_to
  from affected a join {closure} c on c.tenant_id = $1 and c.{below} = a.id
), gone as (
  select {above}, {below}, valid_from from present except select upper, lower, valid_from from wanted
), deleted as (
  delete from {closure} c using gone g where c.tenant_id = $1
    and (c.{above}, c.{below}, c.valid_from) = (g.{above}, g.{below}, g.valid_from)
)
insert into {closure} as c (tenant_id, {above}, {below}, depth, valid_from, valid_to)
select $1, w.* from (select * from wanted except select * from present) w
on conflict (tenant_id, {above}, {below}, valid_from) do update set depth = excluded.depth, valid_to = excluded.valid_to
"""


async def follow(connection: "Connection", shape: Shape, tenant_id: UUID, *, changed: Iterable[UUID]) -> None:
    """Bring the closure up to date after edges of the `changed` members changed, at whatever dates.

    CycleRefused, with the names along it, when the edges now close a circle on some date.
    """
    members = list(changed)
    if members:
        await _refuse_cycles(connection, shape, tenant_id, changed=members)
        await connection.execute(_STATEMENTS[shape.closure], tenant_id, members)


async def _refuse_cycles(connection: "Connection", shape: Shape, tenant_id: UUID, *, changed: list[UUID]) -> None:
    """A new circle runs through a changed edge, so it lies within the changed members and all above their uppers."""
    rows = await connection.fetch(_EDGES_ABOVE.format(**_names(shape)), tenant_id, changed)
    found = closure.cycle_in_time(closure.Edge(*row) for row in rows)
    if found:
        on, members = found
        names = await connection.fetch(f"{shape.names} order by valid_from desc", tenant_id, members)
        name_of = {row["id"]: row["name"] for row in names}
        raise CycleRefused([name_of[member] for member in members], on=on)


_EDGES_ABOVE = """
with next as (
  select {upper} id from {edges} where tenant_id = $1 and {lower} = any($2) and {upper} is not null
), members as (
  select unnest($2::uuid[]) id
  union select id from next
  union select c.{above} from next n join {closure} c on c.tenant_id = $1 and c.{below} = n.id
)
select e.{lower}, e.{upper}, e.valid_from, e.valid_to
from members m join {edges} e on e.tenant_id = $1 and e.{lower} = m.id and e.{upper} is not null
"""


def _names(shape: Shape) -> dict[str, str]:
    return {
        "edges": shape.edges,
        "lower": shape.lower,
        "upper": shape.upper,
        "closure": shape.closure,
        "above": shape.above,
        "below": shape.below,
        "seed": shape.seed,
    }


_STATEMENTS = {
    shape.closure: _REFRESH.format(**_names(shape), depth_min=shape.depth_min, depth_max=DEPTH_MAX)
    for shape in (UNITS, REPORTING)
}
