"""Which cards are to be scored anew, and from which month on."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from domain.kernel.relay import Entry
from domain.objectives import roll_up
from domain.scorecards.cards.rules import LEVELS_MAX

if TYPE_CHECKING:
    from asyncpg import Record

    from domain.kernel.database import Connection

Touched = Mapping[UUID, date]
"""The first month by card; the newest month is always scored."""
NEWEST = date.max
"""Of what moves no month but the newest."""
FIRST = date.min


async def by_entries(connection: "Connection", tenant_id: UUID, entries: Iterable[Entry]) -> Touched:
    """The cards that these facts of measures and cards are about."""
    cards: dict[UUID, date] = {}
    measures: dict[UUID, date] = {}
    for entry in entries:
        since = entry.payload.get("first_period") or entry.payload.get("period")
        earliest(
            measures if entry.subject_type == "measure" else cards,
            entry.subject_id,
            date.fromisoformat(since) if isinstance(since, str) else FIRST,
        )
    if measures:
        rows = await connection.fetch(
            """select i.scorecard_id, min(m.since) as since from unnest($2::uuid[], $3::date[]) m (id, since)
               join scorecard_item i on i.tenant_id = $1 and i.measure_id = m.id group by 1""",
            tenant_id,
            list(measures),
            list(measures.values()),
        )
        _add(cards, rows)
    return cards


async def by_objectives(connection: "Connection", tenant_id: UUID, entries: Sequence[Entry]) -> Touched:
    """The cards in which these objectives count, or objectives that they serve."""
    lower = (entry.payload.get("child_id") for entry in entries)
    moved = {UUID(one) if isinstance(one, str) else entry.subject_id for one, entry in zip(lower, entries, strict=True)}
    rows = await connection.fetch(
        f"""with recursive above (id, level) as (
              select id, 1 from unnest($2::uuid[]) s (id)
              union
              select s.parent_id, a.level + 1 from above a
              join serving s on s.tenant_id = $1 and s.child_id = a.id and s.parent_id is not null
              where a.level <= {roll_up.LEVELS_MAX})
            select distinct i.scorecard_id, $3::date as since
            from (select distinct id from above) a
            join scorecard_item i on i.tenant_id = $1 and i.objective_id = a.id""",
        tenant_id,
        list(moved),
        NEWEST,
    )
    return _add({}, rows)


async def with_above(connection: "Connection", tenant_id: UUID, touched: Touched) -> Sequence[UUID]:
    """These cards and all above them, each after those that count in it."""
    rows = await connection.fetch(
        f"""with recursive up (id, level) as (
              select id, 1 from unnest($2::uuid[]) s (id)
              union
              select i.scorecard_id, u.level + 1 from up u
              join scorecard_item i on i.tenant_id = $1 and i.of_scorecard_id = u.id
              where u.level <= {LEVELS_MAX})
            select id from up group by id order by max(level), id""",
        tenant_id,
        list(touched),
    )
    return [row["id"] for row in rows]


def _add(cards: dict[UUID, date], rows: "Sequence[Record]") -> dict[UUID, date]:
    for row in rows:
        earliest(cards, row["scorecard_id"], row["since"])
    return cards


def earliest(found: dict[UUID, date], row_id: UUID, since: date) -> None:
    """Note a month for a row, unless an earlier one is noted."""
    found[row_id] = min(since, found.get(row_id, since))
