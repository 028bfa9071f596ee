"""What the closure tables must say, worked out line by line, and what they do say."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from domain.people.closure import Edge
from tests.domain.organisations import Organisation

Pairs = dict[tuple[UUID, UUID], int]
"""(upper, lower) → length of the shortest way."""


def transitive(edges: Iterable[Edge], on: date) -> Pairs:
    """The transitive closure of the edges that hold on a date, by breadth first search from everybody."""
    uppers: dict[UUID, set[UUID]] = {}
    for edge in edges:
        if edge.holds(on):
            uppers.setdefault(edge.lower, set()).add(edge.upper)
    found: Pairs = {}
    for start in uppers:
        level, depth = {start}, 0
        while level:
            depth += 1
            level = {upper for member in level for upper in uppers.get(member, ()) if (upper, start) not in found}
            found |= dict.fromkeys(((upper, start) for upper in level), depth)
    return found


async def reporting_edges(organisation: Organisation) -> list[Edge]:
    rows = await organisation.rows("select person_id, manager_id, valid_from, valid_to from reporting_line")
    return [Edge(*row) for row in rows]


async def unit_edges(organisation: Organisation) -> list[Edge]:
    rows = await organisation.rows(
        "select unit_id, parent_id, valid_from, valid_to from unit_term where parent_id is not null"
    )
    return [Edge(*row) for row in rows]


async def stored_reporting(organisation: Organisation, on: date) -> Pairs:
    rows = await organisation.rows(
        "select manager_id, report_id, depth from reporting_closure where valid_from <= $1 and $1 < valid_to", on
    )
    assert len({row[:2] for row in map(tuple, rows)}) == len(rows)
    return {(row["manager_id"], row["report_id"]): row["depth"] for row in rows}


async def stored_units(organisation: Organisation, on: date) -> Pairs:
    rows = await organisation.rows(
        "select ancestor_id, descendant_id, depth from unit_closure where valid_from <= $1 and $1 < valid_to", on
    )
    assert len({row[:2] for row in map(tuple, rows)}) == len(rows)
    return {(row["ancestor_id"], row["descendant_id"]): row["depth"] for row in rows}


async def standing_units(organisation: Organisation, on: date) -> Pairs:
    """Every unit that has a term on the date, above itself."""
    rows = await organisation.rows("select unit_id from unit_term where valid_from <= $1 and $1 < valid_to", on)
    return {(row["unit_id"], row["unit_id"]): 0 for row in rows}
