"""Units are made, moved and renamed from a day on; the tree before that day stays as it was."""

from datetime import UTC, date, datetime, timedelta

import pytest

from domain.kernel import clock
from domain.kernel.actor import Role
from domain.kernel.errors import InvalidInput, KeyReused, NotFound, NotPermitted
from domain.kernel.ids import new_id
from domain.people import rules, service_units
from domain.people.service_units import NewUnit
from domain.people.terms import EnterpriseForm, UnitKind
from tests.domain.organisations import START, Organisation

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
TODAY = date(2026, 3, 2)
DAY = timedelta(days=1)


async def above(organisation: Organisation, unit: str, on: date) -> list[str]:
    """Codes of the unit's ancestors on a date, the nearest first."""
    rows = await organisation.rows(
        """select a.code from unit_closure c join unit a on a.id = c.ancestor_id
           where c.descendant_id = $1 and c.depth > 0 and c.valid_from <= $2 and $2 < c.valid_to order by c.depth""",
        organisation.units[unit],
        on,
    )
    return [row["code"] for row in rows]


async def with_second_company(organisation: Organisation) -> Organisation:
    await organisation.unit("SHOP", parent="GROUP", kind=UnitKind.COMPANY)
    return organisation


@pytest.mark.parametrize("on", [date(2025, 6, 1), TODAY, date(2026, 9, 1)])
async def test_a_unit_moves_with_everything_below_from_a_day_on(organisation: Organisation, on: date) -> None:
    await with_second_company(organisation)

    with clock.frozen(NOW):
        await service_units.move_unit(
            organisation.operator, organisation.units["OPS"], parent_id=organisation.units["SHOP"], on=on
        )

    assert await above(organisation, "CREW", on - DAY) == ["OPS", "AIR", "GROUP"]
    assert await above(organisation, "CREW", on) == ["OPS", "SHOP", "GROUP"]
    assert await organisation.facts("UnitMoved") == [("UnitMoved", organisation.units["OPS"])]


async def test_a_planned_move_stays_when_an_earlier_one_is_added(organisation: Organisation) -> None:
    await with_second_company(organisation)
    ops, air, shop, group = (organisation.units[code] for code in ("OPS", "AIR", "SHOP", "GROUP"))
    with clock.frozen(NOW):
        await service_units.move_unit(organisation.operator, ops, parent_id=shop, on=TODAY + 60 * DAY)

        await service_units.move_unit(organisation.operator, ops, parent_id=group, on=TODAY)

    assert air != shop
    assert await above(organisation, "OPS", TODAY - DAY) == ["AIR", "GROUP"]
    assert await above(organisation, "OPS", TODAY) == ["GROUP"]
    assert await above(organisation, "OPS", TODAY + 60 * DAY) == ["SHOP", "GROUP"]


async def test_what_ended_before_today_is_history(organisation: Organisation) -> None:
    await with_second_company(organisation)
    ops = organisation.units["OPS"]
    with clock.frozen(NOW):
        await service_units.move_unit(
            organisation.operator, ops, parent_id=organisation.units["SHOP"], on=date(2025, 6, 1)
        )

        with pytest.raises(rules.HistoryClosed) as refusal:
            await service_units.move_unit(
                organisation.operator, ops, parent_id=organisation.units["GROUP"], on=date(2025, 5, 31)
            )

    assert refusal.value.help == "Choose 2025-06-01 or a later date."
    assert await above(organisation, "OPS", date(2025, 5, 31)) == ["AIR", "GROUP"]


async def test_a_unit_cannot_stand_below_itself_and_the_way_is_named(organisation: Organisation) -> None:
    await organisation.unit("CABIN", parent="CREW")
    before = await organisation.rows("select * from unit_term order by id")

    with clock.frozen(NOW), pytest.raises(rules.CycleRefused) as refusal:
        await service_units.move_unit(
            organisation.operator, organisation.units["CREW"], parent_id=organisation.units["CABIN"], on=TODAY
        )

    assert set(refusal.value.names) == {"Crew", "Cabin"}
    assert refusal.value.names[0] == refusal.value.names[-1]
    assert refusal.value.message.startswith("From 2026-03-02 this would close a circle: ")
    assert await organisation.rows("select * from unit_term order by id") == before
    assert await organisation.facts("UnitMoved") == []


async def test_a_circle_that_a_planned_move_would_close_is_refused_too(organisation: Organisation) -> None:
    await organisation.unit("CABIN", parent="OPS")
    crew, cabin = organisation.units["CREW"], organisation.units["CABIN"]
    with clock.frozen(NOW):
        await service_units.move_unit(organisation.operator, cabin, parent_id=crew, on=TODAY + 90 * DAY)

        with pytest.raises(rules.CycleRefused, match="From 2026-05-31"):
            await service_units.move_unit(organisation.operator, crew, parent_id=cabin, on=TODAY)


async def test_a_unit_cannot_stand_under_itself(organisation: Organisation) -> None:
    ops = organisation.units["OPS"]

    with clock.frozen(NOW), pytest.raises(rules.CycleRefused):
        await service_units.move_unit(organisation.operator, ops, parent_id=ops, on=TODAY)


async def test_a_unit_is_in_its_parents_business_unless_it_names_its_own(organisation: Organisation) -> None:
    airline = NewUnit(
        code="FLY",
        kind=UnitKind.COMPANY,
        name="Fly",
        parent_id=organisation.units["GROUP"],
        form=EnterpriseForm.AIRLINE,
        valid_from=START,
    )
    desk = NewUnit(code="DESK", kind=UnitKind.TEAM, name="Desk", parent_id=airline.id, valid_from=START)

    await service_units.create_unit(organisation.operator, airline)
    await service_units.create_unit(organisation.operator, desk)

    assert await organisation.value("select form from unit_term where unit_id = $1", desk.id) == "AIRLINE"


@pytest.mark.parametrize(
    ("unit", "refusal"),
    [
        (NewUnit(code="A/B", kind=UnitKind.COMPANY, name="x", valid_from=START), InvalidInput),
        (NewUnit(code="AIR", kind=UnitKind.COMPANY, name="x", valid_from=START), rules.CodeTaken),
        (NewUnit(code="NEW", kind=UnitKind.COMPANY, name=" ", valid_from=START), InvalidInput),
        (NewUnit(code="NEW", kind=UnitKind.COMPANY, name="x", valid_from=date(1066, 10, 14)), InvalidInput),
        (NewUnit(code="NEW", kind=UnitKind.TEAM, name="x", valid_from=START), InvalidInput),
        (NewUnit(code="NEW", kind=UnitKind.TEAM, name="x", parent_id=new_id(), valid_from=START), NotFound),
    ],
    ids=["code", "code taken", "name", "date", "team without parent", "unknown parent"],
)
async def test_a_wrong_unit_is_refused_and_nothing_is_written(
    organisation: Organisation, unit: NewUnit, refusal: type[Exception]
) -> None:
    before = await organisation.count("unit"), await organisation.count("journal")

    with pytest.raises(refusal):
        await service_units.create_unit(organisation.operator, unit)

    assert (await organisation.count("unit"), await organisation.count("journal")) == before


async def test_a_company_cannot_stand_under_a_team(organisation: Organisation) -> None:
    with clock.frozen(NOW), pytest.raises(InvalidInput, match="A company cannot stand under a team"):
        await service_units.move_unit(
            organisation.operator, organisation.units["AIR"], parent_id=organisation.units["CREW"], on=TODAY
        )


async def test_a_unit_cannot_begin_before_its_parent(organisation: Organisation) -> None:
    unit = NewUnit(
        code="NEW",
        kind=UnitKind.TEAM,
        name="x",
        parent_id=organisation.units["OPS"],
        valid_from=START - DAY,
    )

    with pytest.raises(rules.NothingHolds, match="There is no parent unit on 2023-12-31"):
        await service_units.create_unit(organisation.operator, unit)


@pytest.mark.parametrize("roles", [(), (Role.MANAGER,), (Role.HR_PARTNER,), (Role.STRATEGY_OFFICE,)])
async def test_only_an_administrator_changes_the_tree(organisation: Organisation, roles: tuple[Role, ...]) -> None:
    actor = organisation.actor("Bo", *roles)
    unit = NewUnit(code="NEW", kind=UnitKind.TEAM, name="x", parent_id=organisation.units["OPS"], valid_from=START)

    with pytest.raises(NotPermitted):
        await service_units.create_unit(actor, unit)
    with clock.frozen(NOW), pytest.raises(NotPermitted):
        await service_units.move_unit(actor, organisation.units["CREW"], parent_id=organisation.units["AIR"], on=TODAY)
    with clock.frozen(NOW), pytest.raises(NotPermitted):
        await service_units.rename_unit(actor, organisation.units["CREW"], name="x", name_zh=None, on=TODAY)

    assert await organisation.facts("UnitMoved", "UnitRenamed") == []


async def test_a_repeated_request_answers_the_same_and_another_intent_is_refused(organisation: Organisation) -> None:
    actor = organisation.actor("Ada", Role.ADMINISTRATOR)
    unit = NewUnit(code="NEW", kind=UnitKind.TEAM, name="x", parent_id=organisation.units["OPS"], valid_from=START)
    first = await service_units.create_unit(actor, unit, key="k1")

    again = await service_units.create_unit(actor, unit, key="k1")

    assert again == first == unit.id
    assert await organisation.facts("UnitCreated") == [
        ("UnitCreated", organisation.units[code]) for code in ("GROUP", "AIR", "OPS", "CREW")
    ] + [("UnitCreated", unit.id)]
    with pytest.raises(KeyReused):
        await service_units.rename_unit(actor, unit.id, name="y", name_zh=None, on=START, key="k1")


async def test_a_renamed_unit_keeps_its_old_name_in_the_past(organisation: Organisation) -> None:
    with clock.frozen(NOW):
        await service_units.rename_unit(
            organisation.operator, organisation.units["OPS"], name="Operations", name_zh="运营", on=TODAY
        )

    rows = await organisation.rows(
        "select name, name_zh, valid_from, valid_to from unit_term where unit_id = $1 order by valid_from",
        organisation.units["OPS"],
    )
    assert [tuple(row) for row in rows] == [
        ("Ops", None, START, TODAY),
        ("Operations", "运营", TODAY, clock.FOREVER),
    ]
