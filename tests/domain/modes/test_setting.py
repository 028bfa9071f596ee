"""Features are set from a day on, inherited down the tree of the date, locked, and given back; the fit follows."""

import asyncio
from datetime import date, timedelta
from decimal import Decimal

import pytest

from domain.kernel import database
from domain.kernel.errors import InvalidInput, KeyReused, NotFound, NotPermitted, StaleVersion
from domain.modes import rules, service, service_effective, service_record
from domain.modes.errors import FeatureLocked, ReasonNeeded
from domain.modes.service import Change
from domain.modes.service_record import FactorDraft
from domain.modes.terms import Factor, Feature, LifeCycle, Origin, ParentingStyle
from domain.people import service_units
from tests.domain.modes import ground
from tests.domain.modes.ground import TODAY, Group
from tests.domain.organisations import START

DAY = timedelta(days=1)
JULY = date(2026, 7, 1)
KPIS, CADENCE = Feature.HQ_KPIS, Feature.REVIEW_CADENCE
FINANCIAL = "FINANCIAL_CONTROL"


async def test_a_subsidiary_with_forty_key_figures_fits_again_after_the_template(group: Group) -> None:
    await group.set("AIR", reason="As it has grown.", hq_kpis=40, review_cadence="MONTH", parenting_style=FINANCIAL)
    before = rules.fit(await group.mode("AIR"))

    change = await group.change("AIR", JULY)
    await service.apply_template(group.actor("Sofia"), change, key="apply", reason="Back to its style.")

    assert before.value == Decimal("0.55")
    assert [(one.held.feature, one.reason) for one in before.deviations] == [
        (KPIS, "As it has grown."),
        (CADENCE, "As it has grown."),
    ]
    assert rules.fit(await group.mode("AIR", JULY - DAY)).value == Decimal("0.55")
    after = await group.mode("AIR", JULY)
    assert rules.fit(after).value == 1
    assert (after.value(KPIS), after.features[KPIS].origin) == (5, Origin.TEMPLATE)


async def test_a_template_of_another_style_is_applied_in_one_step(group: Group) -> None:
    change = await group.change("AIR")

    await service.apply_template(
        group.actor("Sofia"),
        change,
        key="apply",
        style=ParentingStyle.OPERATING_CONTROL,
        life_cycle=LifeCycle.DECLINE,
    )

    mode = await group.mode("AIR")
    assert (mode.style, mode.life_cycle, rules.fit(mode).value) == ("OPERATING_CONTROL", "DECLINE", 1)


async def test_units_below_inherit_the_nearest_setting(group: Group) -> None:
    await group.set("GROUP", currency="CNY", cycle="YEAR")
    await group.set("AIR", cycle="QUARTER")

    crew, shop = await group.mode("CREW"), await group.mode("SHOP")

    assert (crew.value(Feature.CURRENCY), crew.value(Feature.CYCLE)) == ("CNY", "QUARTER")
    assert (shop.value(Feature.CURRENCY), shop.value(Feature.CYCLE)) == ("CNY", "YEAR")
    setting = crew.features[Feature.CYCLE].setting
    assert setting is not None
    assert (setting.unit_id, setting.unit_name, setting.depth, setting.since, setting.set_by_name) == (
        group.unit("AIR"),
        "Air",
        2,
        START,
        "Sofia",
    )


async def test_a_locked_feature_is_refused_naming_who_locked_it(group: Group) -> None:
    await group.set("GROUP", locked=True, review_cadence="QUARTER")
    before = await group.organisation.count("mode_setting")

    with pytest.raises(FeatureLocked) as refused:
        await group.set("AIR", by="Bo", reason="We look often.", review_cadence="MONTH")

    assert refused.value.message == "REVIEW_CADENCE has been locked in Group since 2024-01-01 by Sofia."
    assert await group.organisation.count("mode_setting") == before
    assert await group.version("AIR") == 0


async def test_a_lock_overrules_what_was_set_below_and_gives_it_back_when_it_is_opened(group: Group) -> None:
    await group.set("AIR", by="Bo", cycle="QUARTER")
    await group.set("GROUP", on=TODAY, locked=True, cycle="YEAR")
    await group.set("GROUP", on=JULY, cycle="YEAR")

    found = [(await group.mode("AIR", on)).value(Feature.CYCLE) for on in (TODAY - DAY, TODAY, JULY)]

    assert found == ["QUARTER", "YEAR", "QUARTER"]


async def test_what_the_office_locked_in_a_unit_its_leader_does_not_change(group: Group) -> None:
    await group.set("AIR", locked=True, cycle="YEAR")

    with pytest.raises(FeatureLocked, match="in Air since"):
        await group.set("AIR", by="Bo", cycle="QUARTER")
    with pytest.raises(FeatureLocked):
        await service.inherit(group.actor("Bo"), await group.change("AIR"), [Feature.CYCLE], key="inherit")
    await group.set("AIR", on=TODAY, cycle="QUARTER")


async def test_a_deviation_without_a_reason_is_refused_and_nothing_is_written(group: Group) -> None:
    await group.set("AIR", parenting_style=FINANCIAL)

    with pytest.raises(ReasonNeeded, match="Key figures set by headquarters: 40"):
        await group.set("AIR", by="Bo", hq_kpis=40, reason="  ")

    assert await group.organisation.count("mode_setting") == 1
    assert await group.organisation.facts("ModeFeatureSet") == [("ModeFeatureSet", group.unit("AIR"))]


async def test_a_setting_may_come_with_the_style_that_it_fits(group: Group) -> None:
    await group.set("AIR", hq_kpis=4, perspectives={"FINANCIAL": 8, "CUSTOMER": 2}, parenting_style=FINANCIAL)

    assert rules.fit(await group.mode("AIR")).value == 1


async def test_a_reorganisation_in_the_year_keeps_the_mode_of_the_days_before(group: Group) -> None:
    await group.set("AIR", cycle="QUARTER")
    await group.set("SHOP", cycle="HALF_YEAR")

    await service_units.move_unit(group.organisation.operator, group.unit("OPS"), parent_id=group.unit("SHOP"), on=JULY)

    found = [(await group.mode("CREW", on)).value(Feature.CYCLE) for on in (JULY - DAY, JULY)]
    assert found == ["QUARTER", "HALF_YEAR"]


async def test_what_is_given_back_follows_from_above(group: Group) -> None:
    await group.set("GROUP", cycle="YEAR")
    await group.set("AIR", cycle="QUARTER")

    await service.inherit(
        group.actor("Bo"), await group.change("AIR", JULY), [Feature.CYCLE, Feature.CURRENCY], key="inherit"
    )

    found = [(await group.mode("AIR", on)).value(Feature.CYCLE) for on in (JULY - DAY, JULY)]
    assert found == ["QUARTER", "YEAR"]
    assert len(await group.organisation.facts("ModeFeatureInherited")) == 2


@pytest.mark.parametrize("name", ["Dina", "Emil"])
async def test_who_neither_leads_the_unit_nor_keeps_modes_changes_nothing(group: Group, name: str) -> None:
    with pytest.raises(NotPermitted, match="Only the strategy office and who leads the unit"):
        await group.set("CREW", by=name, cycle="QUARTER")

    assert await group.organisation.count("mode_setting") == 0
    assert await group.version("CREW") == 0


@pytest.mark.parametrize(("name", "unit"), [("Ada", "GROUP"), ("Bo", "AIR"), ("Bo", "CREW"), ("Sofia", "SHOP")])
async def test_who_leads_a_unit_or_one_above_it_sets_its_mode(group: Group, name: str, unit: str) -> None:
    await group.set(unit, by=name, cycle="QUARTER")

    assert (await group.mode(unit)).value(Feature.CYCLE) == "QUARTER"


async def test_a_leader_sets_no_mode_beside_or_above(group: Group) -> None:
    for unit in ("GROUP", "SHOP"):
        with pytest.raises(NotPermitted):
            await group.set(unit, by="Bo", cycle="QUARTER")


async def test_who_decided_on_an_older_version_is_told(group: Group) -> None:
    change = await group.change("AIR")
    await group.set("AIR", cycle="QUARTER")

    with pytest.raises(StaleVersion):
        await service.set_features(group.actor("Bo"), change, {Feature.CYCLE: "YEAR"}, key="late")

    assert await group.version("AIR") == 1


async def test_a_repeat_changes_nothing_more(group: Group) -> None:
    change = await group.change("AIR")
    for _ in range(2):
        await service.set_features(group.actor("Bo"), change, {Feature.CYCLE: "QUARTER"}, key="once")

    assert (await group.version("AIR"), await group.organisation.count("mode_setting")) == (1, 1)
    with pytest.raises(KeyReused):
        await service.set_features(group.actor("Bo"), change, {Feature.CYCLE: "YEAR"}, key="once")


async def test_a_perspective_must_be_one_of_the_group(group: Group) -> None:
    with pytest.raises(InvalidInput, match="There is no perspective SAFETY"):
        await group.set("AIR", perspectives={"FINANCIAL": 50, "SAFETY": 50})


async def test_a_unit_that_is_not_there_on_the_day_has_no_mode_to_change(group: Group) -> None:
    with pytest.raises(NotFound):
        await group.set("AIR", on=date(2023, 12, 31), cycle="YEAR")
    other = await ground.lay()
    change = Change(unit_id=other.unit("AIR"), version=0)
    with pytest.raises(NotFound):
        await service.set_features(group.actor("Sofia"), change, {Feature.CYCLE: "YEAR"}, key="foreign")


async def test_a_design_record_says_which_factor_shaped_which_feature(group: Group) -> None:
    drafts = [
        FactorDraft(factor=Factor.INDUSTRY, words="Slots are scarce.", words_zh="时刻稀缺。", features=(CADENCE, KPIS)),
        FactorDraft(factor=Factor.LAW, words="Safety is supervised."),
    ]

    await service_record.write_factors(group.actor("Bo"), await group.change("AIR", START), drafts, key="write")

    rows = await group.organisation.rows("select factor, words_zh, features::text from mode_factor order by factor")
    assert [tuple(row) for row in rows] == [
        ("INDUSTRY", "时刻稀缺。", '["REVIEW_CADENCE", "HQ_KPIS"]'),
        ("LAW", None, "[]"),
    ]
    assert await group.organisation.facts("ModeFactorWritten") == [("ModeFactorWritten", group.unit("AIR"))] * 2


@pytest.mark.parametrize("words", ["", "  ", "x" * 2001, "\x00"])
async def test_a_factor_without_readable_words_is_refused(group: Group, words: str) -> None:
    drafts = [FactorDraft(factor=Factor.LAW, words=words)]

    with pytest.raises(InvalidInput) as refused:
        await service_record.write_factors(group.actor("Bo"), await group.change("AIR"), drafts, key="write")

    assert refused.value.field == "factors.0.words"


async def test_modes_of_many_units_are_one_statement(group: Group) -> None:

    organisation = group.organisation
    await group.set("GROUP", currency="CNY")
    seen: list[object] = []

    def note(query: object) -> None:
        seen.append(query)

    with database.tenant(organisation.tenant_id):
        async with database.connection() as connection:
            units = list(organisation.units.values())
            # A connection asks about types the first time that it meets them.
            await service_effective.effective(connection, organisation.tenant_id, units, TODAY)
            connection.add_query_logger(note)
            found = await service_effective.effective(connection, organisation.tenant_id, units, TODAY)
            await asyncio.sleep(0)  # asyncpg calls its loggers in the next turn of the loop
            connection.remove_query_logger(note)

    assert set(found) == set(organisation.units.values())
    assert [mode.value(Feature.CURRENCY) for mode in found.values()] == ["CNY"] * len(found)
    assert len(seen) == 1
