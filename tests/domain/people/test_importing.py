"""An import makes the organisation as the file says, once, whatever interrupts it."""

from datetime import date

import pytest

from domain.kernel import clock
from domain.kernel.actor import Role
from domain.kernel.errors import NotPermitted
from domain.people import service_importing, service_moves
from domain.people.service_importing import Options
from domain.people.service_moves import Move
from tests.domain.organisations import Organisation
from tests.domain.people.imports import (
    DAY,
    GROUP,
    NOW,
    TITLES,
    TODAY,
    differences,
    is_closed,
    jobs,
    lines,
    load,
    look,
    refused,
)


async def test_an_empty_tenant_becomes_what_the_file_says(bare_organisation: Organisation) -> None:
    await load(bare_organisation, GROUP)

    assert await jobs(bare_organisation, "c") == [
        ("S1", 60, True, date(2022, 2, 1), clock.FOREVER),
        ("S", 40, False, date(2023, 7, 1), clock.FOREVER),
    ]
    assert await lines(bare_organisation, "c") == [
        ("b", "LINE", date(2022, 2, 1), clock.FOREVER),
        ("a", "DOTTED", date(2022, 2, 1), clock.FOREVER),
    ]
    names = await bare_organisation.rows("select name, name_zh, email, locale, zone from person where code = 'a'")
    assert [tuple(row) for row in names] == [("Ann", "安", "ann@example.com", "en", "Asia/Shanghai")]
    await is_closed(bare_organisation)


async def test_a_line_begins_when_the_manager_begins(bare_organisation: Organisation) -> None:
    await load(bare_organisation, GROUP)

    assert await lines(bare_organisation, "d") == [("b", "LINE", date(2021, 5, 1), clock.FOREVER)]


async def test_a_new_unit_begins_with_the_first_who_works_in_it_or_below(bare_organisation: Organisation) -> None:
    await load(bare_organisation, GROUP)

    rows = await bare_organisation.rows(
        "select u.code, t.form, t.valid_from from unit u join unit_term t on t.unit_id = u.id order by 1"
    )
    assert [tuple(row) for row in rows] == [
        ("G", "HOLDING", date(2019, 6, 1)),
        ("S", "RETAIL", date(2019, 6, 1)),
        ("S1", "RETAIL", date(2019, 6, 1)),
        ("S2", "RETAIL", TODAY),
    ]


async def test_an_import_is_one_fact_and_not_one_per_row(bare_organisation: Organisation) -> None:
    await load(bare_organisation, GROUP)

    rows = await bare_organisation.rows("select kind, payload from journal order by id")
    assert [row["kind"] for row in rows] == ["OrganisationImported"]
    assert rows[0]["payload"] == ('{"units_added": 4, "persons_added": 4, "persons_ended": 0, "persons_changed": 0}')


async def test_a_dry_look_writes_nothing(bare_organisation: Organisation) -> None:
    found = await look(bare_organisation, GROUP)

    assert differences(found)[:2] == [
        ("unit added", "G", "Group from 2019-06-01"),
        ("unit added", "S", "Shop under G from 2019-06-01"),
    ]
    assert ("person added", "b", "Ben: S as MD 100 %, under a") in differences(found)
    assert [await bare_organisation.count(table) for table in ("unit", "person", "import_run", "journal")] == [0] * 4


async def test_the_same_file_again_finds_no_difference(bare_organisation: Organisation) -> None:
    await load(bare_organisation, GROUP)
    before = await bare_organisation.count("journal")

    again = await load(bare_organisation, GROUP)

    assert (differences(again), again.plan.is_empty) == ([], True)
    assert await bare_organisation.count("journal") == before


async def test_a_changed_file_finds_what_changed_and_history_stays(bare_organisation: Organisation) -> None:
    await load(bare_organisation, GROUP)
    changed = GROUP.replace("d,Dai,,,S1,,,,,CLERK,,,b,,2019-06-01", "d,Dai Lin,,,S2,,,,,CLERK,,,a,,2019-06-01")

    found = await load(bare_organisation, changed)

    assert differences(found) == [
        ("person renamed", "d", "Dai → Dai Lin"),
        ("person moved", "d", "S1 as CLERK 100 % → S2 as CLERK 100 % from 2026-03-02"),
        ("line changed", "d", "b → a from 2026-03-02"),
    ]
    assert await jobs(bare_organisation, "d") == [
        ("S1", 100, True, date(2019, 6, 1), TODAY),
        ("S2", 100, True, TODAY, clock.FOREVER),
    ]
    assert await lines(bare_organisation, "d") == [
        ("b", "LINE", date(2021, 5, 1), TODAY),
        ("a", "LINE", TODAY, clock.FOREVER),
    ]
    assert [kind for kind, _ in await bare_organisation.facts("ReportingLineChanged")] == ["ReportingLineChanged"]
    await is_closed(bare_organisation)
    assert differences(await look(bare_organisation, changed)) == []


@pytest.mark.parametrize("on", [date(2025, 9, 1), date(2026, 10, 1)], ids=["past", "future"])
async def test_a_later_valid_from_says_from_when(bare_organisation: Organisation, on: date) -> None:
    await load(bare_organisation, GROUP)
    changed = GROUP.replace("S1,,,,,CLERK,,,b,,2019-06-01", f"S2,,,,,CLERK,,,a,,{on}").replace(
        "S2,S,Store,DEPARTMENT,,,,,,,", "S2,S,Store,DEPARTMENT,,,,,,,2025-01-01"
    )
    if on < TODAY:
        await bare_organisation.rows("update unit_term set valid_from = '2025-01-01' where name = 'Store'")

    await load(bare_organisation, changed)

    assert await lines(bare_organisation, "d") == [
        ("b", "LINE", date(2021, 5, 1), on),
        ("a", "LINE", on, clock.FOREVER),
    ]
    assert await jobs(bare_organisation, "d") == [
        ("S1", 100, True, date(2019, 6, 1), on),
        ("S2", 100, True, on, clock.FOREVER),
    ]
    assert differences(await look(bare_organisation, changed)) == []


async def test_units_are_moved_and_renamed_from_the_day_of_the_import(bare_organisation: Organisation) -> None:
    await load(bare_organisation, GROUP)

    found = await load(
        bare_organisation,
        "S1,S2,Ground floor,\nS2,,,LOGISTICS\n",
        "unit_code,parent_unit_code,unit_name,form\n",
    )

    assert differences(found) == [
        ("unit renamed", "S2", "Store → Store, LOGISTICS from 2026-03-02"),
        ("unit moved", "S1", "under S2 from 2026-03-02"),
        ("unit renamed", "S1", "Floor → Ground floor, RETAIL from 2026-03-02"),
    ]
    assert found.plan.absent == ["a", "b", "c", "d"]
    await is_closed(bare_organisation)


async def test_managers_who_change_places_are_no_circle(bare_organisation: Organisation) -> None:
    await load(bare_organisation, GROUP)
    turned = GROUP.replace("CHIEF,Head,,,,", "CHIEF,Head,,b,,").replace("MD,Director,,a,,", "MD,Director,,,,")

    await load(bare_organisation, turned)

    assert await lines(bare_organisation, "a") == [("b", "LINE", TODAY, clock.FOREVER)]
    assert await lines(bare_organisation, "b") == [("a", "LINE", date(2021, 5, 1), TODAY)]
    await is_closed(bare_organisation)


async def test_a_missing_column_leaves_things_as_they_are(bare_organisation: Organisation) -> None:
    await load(bare_organisation, GROUP)

    found = await load(bare_organisation, "d,Dai,S1,CLERK\n", "person_code,name,unit_code,position_code\n")

    assert differences(found) == []


async def test_persons_who_are_absent_are_only_reported(bare_organisation: Organisation) -> None:
    await load(bare_organisation, GROUP)
    shorter = GROUP.replace("d,Dai,,,S1,,,,,CLERK,,,b,,2019-06-01\n", "")

    found = await load(bare_organisation, shorter)

    assert found.plan.absent == ["d"]
    assert await jobs(bare_organisation, "d") == [("S1", 100, True, date(2019, 6, 1), clock.FOREVER)]


async def test_persons_who_are_absent_are_ended_on_demand(bare_organisation: Organisation) -> None:
    await load(bare_organisation, GROUP)
    shorter = GROUP.replace("d,Dai,,,S1,,,,,CLERK,,,b,,2019-06-01\n", "")

    found = await load(bare_organisation, shorter, end_absent=True)

    assert differences(found) == [("person leaves", "d", "Dai, first day without work 2026-03-02")]
    assert await jobs(bare_organisation, "d") == [("S1", 100, True, date(2019, 6, 1), TODAY)]
    assert await lines(bare_organisation, "d") == [("b", "LINE", date(2021, 5, 1), TODAY)]
    assert [kind for kind, _ in await bare_organisation.facts("PersonLeft")] == ["PersonLeft"]
    again = await look(bare_organisation, shorter, end_absent=True)
    assert (differences(again), again.plan.absent) == ([], [])


async def test_a_planned_line_to_somebody_who_is_ended_goes_too(bare_organisation: Organisation) -> None:
    await load(bare_organisation, GROUP)
    ids = {row["code"]: row["id"] for row in await bare_organisation.rows("select code, id from person")}
    with clock.frozen(NOW):
        await service_moves.move_person(
            bare_organisation.operator, Move(person_id=ids["c"], on=TODAY + 60 * DAY, manager_id=ids["d"])
        )

    await load(bare_organisation, GROUP.replace("d,Dai,,,S1,,,,,CLERK,,,b,,2019-06-01\n", ""), end_absent=True)

    assert await lines(bare_organisation, "c") == [
        ("b", "LINE", date(2022, 2, 1), TODAY + 60 * DAY),
        ("a", "DOTTED", date(2022, 2, 1), clock.FOREVER),
    ]
    await is_closed(bare_organisation)


async def test_who_comes_back_is_employed_again(bare_organisation: Organisation) -> None:
    await load(bare_organisation, GROUP)
    await load(bare_organisation, GROUP.replace("d,Dai,,,S1,,,,,CLERK,,,b,,2019-06-01\n", ""), end_absent=True)
    with_return = GROUP.replace("b,,2019-06-01", "b,,2026-05-01")

    await load(bare_organisation, with_return)

    assert await jobs(bare_organisation, "d") == [
        ("S1", 100, True, date(2019, 6, 1), TODAY),
        ("S1", 100, True, date(2026, 5, 1), clock.FOREVER),
    ]
    assert differences(await look(bare_organisation, with_return)) == []


async def test_a_move_that_was_planned_by_hand_stays(bare_organisation: Organisation) -> None:
    await load(bare_organisation, GROUP)
    ids = {row["code"]: row["id"] for row in await bare_organisation.rows("select code, id from person")}
    with clock.frozen(NOW):
        await service_moves.move_person(
            bare_organisation.operator, Move(person_id=ids["d"], on=TODAY + 60 * DAY, manager_id=ids["a"])
        )

    found = await load(bare_organisation, GROUP)

    assert differences(found) == []


class Cut(Exception):
    """Stands for a process that is killed between two transactions."""


async def test_an_import_that_was_cut_off_goes_on(
    bare_organisation: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service_importing, "BATCH", 1)
    found = await look(bare_organisation, GROUP)
    heard: list[tuple[int, int]] = []

    def cut(done: int, total: int) -> None:
        assert total == 4
        if done == 2:
            raise Cut

    def listen(done: int, total: int) -> None:
        heard.append((done, total))

    with clock.frozen(NOW), pytest.raises(Cut):
        await service_importing.apply(bare_organisation.operator, found, password_hash="locked", say=cut)
    await is_closed(bare_organisation)
    assert await bare_organisation.count("person") == 2
    assert await bare_organisation.facts("OrganisationImported") == []
    with clock.frozen(NOW + 3 * DAY):
        rest = await service_importing.preview(bare_organisation.operator, (TITLES + GROUP).encode(), Options())
        await service_importing.apply(bare_organisation.operator, rest, password_hash="locked", say=listen)

    assert rest.plan.effective_on == TODAY
    assert [kind for kind, _, _ in differences(rest)] == ["person added", "person added"]
    assert heard == [(2, 4), (3, 4), (4, 4)]
    rows = await bare_organisation.rows("select rows_done, rows_total, finished_at from import_run")
    assert [tuple(row) for row in rows] == [(4, 4, NOW + 3 * DAY)]
    assert len(await bare_organisation.facts("OrganisationImported")) == 1
    await is_closed(bare_organisation)


async def test_logins_open_accounts_that_wait_for_a_password(bare_organisation: Organisation) -> None:
    titles = "person_code,name,unit_code,unit_name,unit_kind,position_code,login\n"
    mine = f"Ada-{bare_organisation.tenant_id}"

    await load(bare_organisation, f"a,Ada,G,Group,GROUP,CHIEF,{mine}\n", titles)

    rows = await bare_organisation.rows(
        "select a.login, a.password_hash from account a join login l on l.account_id = a.id"
    )
    assert [tuple(row) for row in rows] == [(mine.lower(), "locked")]
    assert differences(await look(bare_organisation, f"a,Ada,G,Group,GROUP,CHIEF,{mine}\n", titles)) == []
    both = f"a,Ada,G,Group,GROUP,CHIEF,{mine}\nb,Bo,G,,,CHIEF,{mine.upper()}\n"
    twice = await refused(bare_organisation, both, titles)
    taken = await refused(bare_organisation, f"b,Bo,G,Group,GROUP,CHIEF,{mine}\n", titles)
    assert [(problem.row, problem.column, problem.code) for problem in (*twice, *taken)] == [
        (3, "login", "login_twice"),
        (2, "login", "login_taken"),
    ]


async def test_only_an_administrator_imports(organisation: Organisation) -> None:
    for role in (Role.MANAGER, Role.HR_PARTNER, Role.STRATEGY_OFFICE):
        with pytest.raises(NotPermitted):
            await service_importing.preview(organisation.actor("Bo", role), TITLES.encode(), Options())
