"""Persons are hired and moved; every change of a line manager is a fact with a day, which approvals can follow."""

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import asyncpg
import pytest

from domain.kernel import clock, database
from domain.kernel.errors import DomainError, InvalidInput, NotFound
from domain.kernel.ids import new_id
from domain.kernel.work import begin
from domain.people import rules, service, service_lines, service_moves, service_persons
from domain.people.service_lines import LineChange
from domain.people.service_moves import Move, NewJob
from tests.domain.organisations import START, Organisation

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
TODAY = date(2026, 3, 2)
DAY = timedelta(days=1)


async def manager(organisation: Organisation, person: str, on: date) -> UUID | None:
    with database.tenant(organisation.tenant_id):
        async with database.connection() as connection:
            return await service.line_manager_of(connection, organisation[person], on)


async def changes(organisation: Organisation, on: date) -> list[LineChange]:
    with database.tenant(organisation.tenant_id):
        async with database.connection() as connection:
            return await service_lines.lines_starting(connection, on)


async def chain(organisation: Organisation, person: str, on: date) -> list[tuple[str, int]]:
    rows = await organisation.rows(
        """select m.code, c.depth from reporting_closure c join person m on m.id = c.manager_id
           where c.report_id = $1 and c.valid_from <= $2 and $2 < c.valid_to order by c.depth, m.code""",
        organisation[person],
        on,
    )
    return [(row["code"], row["depth"]) for row in rows]


async def test_a_whole_team_can_be_hired_at_once_with_its_manager(organisation: Organisation) -> None:
    lead = organisation.joining("Fay", unit="CREW", manager="Chen")
    team = [organisation.joining(f"F{number}", unit="CREW", manager="Fay") for number in range(20)]

    async with begin(organisation.operator) as work:
        await service_persons.hire_within(work, [*team, lead])

    assert await chain(organisation, "F7", START) == [("Fay", 1), ("Chen", 2), ("Bo", 3), ("Ada", 4)]
    assert await organisation.count("employment") == 5 + 21


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"code": "Dina"}, rules.CodeTaken),
        ({"code": "a;b"}, InvalidInput),
        ({"name": ""}, InvalidInput),
        ({"email": "nobody"}, InvalidInput),
        ({"zone": "Mars/Olympus"}, InvalidInput),
        ({"locale": "tlh"}, InvalidInput),
        ({"share": 101}, InvalidInput),
        ({"share": 0}, InvalidInput),
        ({"hired_on": START - DAY}, rules.NothingHolds),
        ({"unit_id": new_id()}, NotFound),
        ({"position_id": new_id()}, NotFound),
        ({"manager_id": new_id()}, NotFound),
    ],
)
async def test_a_wrong_hire_is_refused_and_nothing_is_written(
    organisation: Organisation, change: dict[str, object], refusal: type[DomainError]
) -> None:
    joining = organisation.joining("Fay", unit="CREW", manager="Chen", since=START + DAY)
    before = [await organisation.count(table) for table in ("person", "employment", "journal")]

    with pytest.raises(refusal):
        await service_persons.hire(organisation.operator, replace(joining, **change))  # type: ignore[arg-type]

    assert [await organisation.count(table) for table in ("person", "employment", "journal")] == before


async def test_a_move_of_today_changes_the_chain_today_and_leaves_the_past(organisation: Organisation) -> None:
    with clock.frozen(NOW):
        await service_moves.move_person(
            organisation.operator, Move(person_id=organisation["Dina"], on=TODAY, manager_id=organisation["Bo"])
        )

    assert await chain(organisation, "Dina", TODAY - DAY) == [("Chen", 1), ("Bo", 2), ("Ada", 3)]
    assert await chain(organisation, "Dina", TODAY) == [("Bo", 1), ("Ada", 2)]
    assert await organisation.facts("ReportingLineChanged", "PersonMoved") == [
        ("ReportingLineChanged", organisation["Dina"])
    ]


async def test_a_fact_of_a_line_says_from_whom_to_whom_and_when(organisation: Organisation) -> None:
    with clock.frozen(NOW):
        await service_moves.move_person(
            organisation.operator, Move(person_id=organisation["Dina"], on=TODAY + DAY, manager_id=organisation["Bo"])
        )

    rows = await organisation.rows(
        """select hearers, payload->>'manager_id' as after, payload->>'previous_manager_id' as before,
             payload->>'effective_on' as effective_on
           from journal where kind = 'ReportingLineChanged'"""
    )
    assert [tuple(row) for row in rows] == [
        (
            [organisation["Dina"], organisation["Chen"], organisation["Bo"]],
            str(organisation["Bo"]),
            str(organisation["Chen"]),
            "2026-03-03",
        )
    ]


async def test_a_planned_move_is_found_on_its_day_and_on_no_other(organisation: Organisation) -> None:
    on = TODAY + 30 * DAY
    with clock.frozen(NOW):
        await service_moves.move_person(
            organisation.operator, Move(person_id=organisation["Dina"], on=on, manager_id=organisation["Bo"])
        )

    wanted = LineChange(organisation["Dina"], on, organisation["Chen"], organisation["Bo"])
    assert await changes(organisation, on - DAY) == []
    assert await changes(organisation, on) == [wanted]
    assert await changes(organisation, on + DAY) == []
    assert await manager(organisation, "Dina", on - DAY) == organisation["Chen"]
    assert await manager(organisation, "Dina", on) == organisation["Bo"]


async def test_a_line_that_ends_without_another_is_found_too(organisation: Organisation) -> None:
    with clock.frozen(NOW):
        await service_lines.end_line(
            organisation.operator, organisation["Dina"], manager_id=organisation["Chen"], on=TODAY
        )

    assert await changes(organisation, TODAY) == [LineChange(organisation["Dina"], TODAY, organisation["Chen"], None)]


async def test_a_move_to_another_unit_and_position_is_one_fact(organisation: Organisation) -> None:
    await organisation.position("LEAD")

    with clock.frozen(NOW):
        await service_moves.move_person(
            organisation.operator,
            Move(
                person_id=organisation["Dina"],
                on=TODAY,
                unit_id=organisation.units["OPS"],
                position_id=organisation.positions["LEAD"],
            ),
        )

    rows = await organisation.rows(
        """select u.code, p.code, e.valid_from, e.valid_to from employment e join unit u on u.id = e.unit_id
           join position p on p.id = e.position_id where e.person_id = $1 order by e.valid_from""",
        organisation["Dina"],
    )
    assert [tuple(row) for row in rows] == [
        ("CREW", "POST", START, TODAY),
        ("OPS", "LEAD", TODAY, clock.FOREVER),
    ]
    assert await organisation.facts("PersonMoved", "ReportingLineChanged") == [("PersonMoved", organisation["Dina"])]


async def test_a_move_that_changes_nothing_leaves_nothing(organisation: Organisation) -> None:
    before = await organisation.count("journal")

    with clock.frozen(NOW):
        await service_moves.move_person(
            organisation.operator,
            Move(
                person_id=organisation["Dina"],
                on=TODAY,
                unit_id=organisation.units["CREW"],
                manager_id=organisation["Chen"],
            ),
        )

    assert await organisation.count("journal") == before
    assert await organisation.count("employment") == 5


async def test_a_circle_of_managers_is_refused_with_everybody_on_it(organisation: Organisation) -> None:
    with clock.frozen(NOW), pytest.raises(rules.CycleRefused) as refusal:
        await service_moves.move_person(
            organisation.operator, Move(person_id=organisation["Bo"], on=TODAY, manager_id=organisation["Dina"])
        )

    assert set(refusal.value.names) == {"Bo", "Chen", "Dina"}
    assert refusal.value.code == "cycle_refused"
    assert await manager(organisation, "Bo", TODAY) == organisation["Ada"]


async def test_a_dotted_line_upwards_to_a_report_is_a_circle_too(organisation: Organisation) -> None:
    with clock.frozen(NOW), pytest.raises(rules.CycleRefused):
        await service_lines.add_dotted_line(
            organisation.operator, organisation["Chen"], manager_id=organisation["Emil"], on=TODAY
        )

    assert await organisation.value("select count(*) from reporting_line where kind = 'DOTTED'") == 0


async def test_nobody_manages_themself(organisation: Organisation) -> None:
    with clock.frozen(NOW), pytest.raises(InvalidInput, match="their own manager"):
        await service_moves.move_person(
            organisation.operator, Move(person_id=organisation["Bo"], on=TODAY, manager_id=organisation["Bo"])
        )


async def test_a_dotted_manager_stands_above_but_does_not_approve(organisation: Organisation) -> None:
    with clock.frozen(NOW):
        await service_lines.add_dotted_line(
            organisation.operator,
            organisation["Dina"],
            manager_id=organisation["Ada"],
            on=TODAY,
            until=TODAY + 9 * DAY,
        )

    assert await manager(organisation, "Dina", TODAY) == organisation["Chen"]
    assert await chain(organisation, "Dina", TODAY - DAY) == [("Chen", 1), ("Bo", 2), ("Ada", 3)]
    assert await chain(organisation, "Dina", TODAY) == [("Ada", 1), ("Chen", 1), ("Bo", 2)]
    assert await chain(organisation, "Dina", TODAY + 9 * DAY) == [("Ada", 1), ("Chen", 1), ("Bo", 2)]
    assert await chain(organisation, "Dina", TODAY + 10 * DAY) == [("Chen", 1), ("Bo", 2), ("Ada", 3)]


async def test_a_second_job_needs_room_in_the_first(organisation: Organisation) -> None:
    dina, crew, ops = organisation["Dina"], organisation.units["CREW"], organisation.units["OPS"]
    second = NewJob(person_id=dina, unit_id=ops, position_id=organisation.positions["POST"], starts_on=TODAY, share=40)
    with clock.frozen(NOW):
        with pytest.raises(rules.SharesExceeded, match="add up to 140 %"):
            await service_moves.employ(organisation.operator, second)
        await service_moves.move_person(organisation.operator, Move(person_id=dina, on=TODAY, share=60))

        await service_moves.employ(organisation.operator, second)

    rows = await organisation.rows(
        "select unit_id, share, is_primary from employment where person_id = $1 and valid_to > $2 order by share desc",
        dina,
        TODAY,
    )
    assert [tuple(row) for row in rows] == [(crew, 60, True), (ops, 40, False)]


async def test_a_second_job_ends_by_itself_and_the_last_one_does_not(organisation: Organisation) -> None:
    dina, ops, post = organisation["Dina"], organisation.units["OPS"], organisation.positions["POST"]
    with clock.frozen(NOW):
        await service_moves.move_person(organisation.operator, Move(person_id=dina, on=TODAY, share=60))
        second = await service_moves.employ(
            organisation.operator,
            NewJob(person_id=dina, unit_id=ops, position_id=post, starts_on=TODAY, share=40),
        )
        first = await organisation.value(
            "select id from employment where person_id = $1 and is_primary and valid_from = $2", dina, TODAY
        )
        assert isinstance(first, UUID)
        with pytest.raises(rules.PrimaryRefused):
            await service_moves.end_employment(organisation.operator, dina, first, last_day=TODAY + 9 * DAY)

        await service_moves.end_employment(organisation.operator, dina, second, last_day=TODAY + 9 * DAY)

        with pytest.raises(rules.StillNeeded):
            await service_moves.end_employment(organisation.operator, dina, first, last_day=TODAY + 20 * DAY)

    rows = await organisation.rows(
        "select share, valid_to from employment where person_id = $1 and valid_from = $2 order by share", dina, TODAY
    )
    assert [tuple(row) for row in rows] == [(40, TODAY + 10 * DAY), (60, clock.FOREVER)]


async def test_of_two_moves_at_once_that_would_close_a_circle_one_is_refused(organisation: Organisation) -> None:
    dina, emil = organisation["Dina"], organisation["Emil"]

    with clock.frozen(NOW):
        ends = await asyncio.gather(
            service_moves.move_person(organisation.operator, Move(person_id=dina, on=TODAY, manager_id=emil)),
            service_moves.move_person(organisation.operator, Move(person_id=emil, on=TODAY, manager_id=dina)),
            return_exceptions=True,
        )

    assert sorted(type(end).__name__ for end in ends) == ["CycleRefused", "NoneType"]
    assert len(await organisation.facts("ReportingLineChanged")) == 1


async def test_the_database_refuses_two_line_managers_at_once(organisation: Organisation) -> None:
    with pytest.raises(asyncpg.ExclusionViolationError, match="periods overlap in reporting_line"):
        await organisation.rows(
            """insert into reporting_line (tenant_id, id, person_id, manager_id, kind, valid_from)
               values ($1, $2, $3, $4, 'LINE', $5)""",
            organisation.tenant_id,
            new_id(),
            organisation["Dina"],
            organisation["Ada"],
            TODAY,
        )
