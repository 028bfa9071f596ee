"""At every date the closure tables are the transitive closure of that date, after whatever was done in any order."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from typing import Literal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.kernel import clock
from domain.kernel.errors import DomainError
from domain.people import service_leaving, service_lines, service_moves, service_units
from domain.people.service_moves import Move
from domain.people.terms import UnitKind
from tests.domain.organisations import START, Organisation, found
from tests.domain.people import reference

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
DAYS = 1200
CODES = ("P0", "P1", "P2", "P3", "P4", "P5", "P6")
days = st.integers(1, DAYS).map(lambda number: START + timedelta(days=number))
members = st.sampled_from(range(len(CODES)))
unit_moves = st.lists(st.tuples(members, members, days), min_size=1, max_size=8)
Deed = tuple[Literal["line", "dotted", "end", "leave"], int, int, date]
deeds = st.lists(
    st.tuples(st.sampled_from(("line", "line", "dotted", "end", "leave")), members, members, days),
    min_size=1,
    max_size=10,
)
few_and_real = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])


async def tree_of_units() -> Organisation:
    organisation = await found()
    for at, code in enumerate(CODES):
        await organisation.unit(code, parent=CODES[(at - 1) // 2] if at else None, kind=UnitKind.GROUP)
    return organisation


async def tree_of_persons() -> Organisation:
    organisation = await found()
    await organisation.unit("GROUP", parent=None, kind=UnitKind.GROUP)
    for at, code in enumerate(CODES):
        await organisation.hire(code, unit="GROUP", manager=CODES[(at - 1) // 2] if at else None)
    return organisation


def looked_at(dates: Sequence[date]) -> list[date]:
    """Before, on and after each date on which something changes, and at both ends of time."""
    near = {on + timedelta(days=step) for on in dates for step in (-1, 0, 1)}
    return sorted({START - timedelta(days=1), START, START + timedelta(days=DAYS + 9), *near})


@few_and_real
@given(moves=unit_moves)
async def test_the_tree_is_right_at_every_date_after_any_moves(
    database: str, moves: list[tuple[int, int, date]]
) -> None:
    organisation = await tree_of_units()
    with clock.frozen(NOW):
        for unit, parent, on in moves:
            with suppress(DomainError):
                await service_units.move_unit(
                    organisation.operator,
                    organisation.units[CODES[unit]],
                    parent_id=organisation.units[CODES[parent]],
                    on=on,
                )

    edges = await reference.unit_edges(organisation)
    for on in looked_at([on for _, _, on in moves]):
        wanted = reference.transitive(edges, on) | await reference.standing_units(organisation, on)
        assert await reference.stored_units(organisation, on) == wanted


@few_and_real
@given(deeds=deeds)
async def test_the_chains_are_right_at_every_date_after_any_changes(database: str, deeds: list[Deed]) -> None:
    organisation = await tree_of_persons()
    with clock.frozen(NOW):
        for deed in deeds:
            with suppress(DomainError):
                await do(organisation, deed)

    edges = await reference.reporting_edges(organisation)
    for on in looked_at([*(deed[3] for deed in deeds), *(edge.valid_from for edge in edges)]):
        stored = await reference.stored_reporting(organisation, on)
        assert stored == reference.transitive(edges, on)
        assert all(manager != report for manager, report in stored)


async def do(organisation: Organisation, deed: Deed) -> None:
    what, person, manager, on = deed
    person_id, manager_id = organisation[CODES[person]], organisation[CODES[manager]]
    if what == "line":
        await service_moves.move_person(organisation.operator, Move(person_id=person_id, on=on, manager_id=manager_id))
    elif what == "dotted":
        await service_lines.add_dotted_line(organisation.operator, person_id, manager_id=manager_id, on=on)
    elif what == "end":
        await service_lines.end_line(organisation.operator, person_id, manager_id=manager_id, on=on)
    else:
        await service_leaving.leave(organisation.operator, person_id, last_day=on, successor_id=manager_id)
