"""The health of a cascade through the API: who is told, what is told of what is not shown, and what can be listed."""

from collections.abc import AsyncGenerator, Generator
from dataclasses import replace
from datetime import UTC, datetime
from typing import cast

import pytest

from domain.kernel import clock
from domain.kernel.actor import Scope
from domain.kernel.ids import new_id, public
from domain.transmission import service_readings
from tests.api.reading import desk as desks
from tests.api.reading.desk import Desk, statements
from tests.api.reading.world import World
from tests.conftest import Cluster
from tests.domain.apart import apart, connected
from tests.domain.objectives import cascade_of_intent
from tests.domain.objectives import company as companies
from tests.domain.objectives.company import NOON
from tests.domain.organisations import ZONE
from tests.domain.transmission import arrivals as scenes
from tests.domain.transmission.arrivals import Arrivals

Row = dict[str, object]
FIGURES = """query($unit: ID!, $cycle: ID) { cascadeHealth(unit: $unit, cycle: $cycle) { day unit { code }
  cycle { name } strategy { vision } figures {
    parts { kind value n alarm missing lacks trend { month value n missing } }
    losses { level targets value trend { month value } }
    themes { theme name nameZh declared given } perspectives { code name declared nominal effective } } } }"""
LISTS = """query($unit: ID!) { cascadeHealth(unit: $unit) { figures { parts { kind value n } }
  orphanGoals { totalCount nodes { title } } unsupported { totalCount nodes { code } }
  overAssigned { totalCount nodes { title target } }
  unconfirmedInterlocks { totalCount nodes { output provider { name } receiver { name } } } } }"""
NOTHING = set[str]()
MAY = "query($unit: ID!) { cascadeHealth(unit: $unit) { unit { code } } }"


@pytest.fixture(scope="module")
async def connection(cluster: Cluster, template: str) -> AsyncGenerator[str]:
    with apart(cluster, template) as url:
        async with connected(url) as found:
            yield found


@pytest.fixture(autouse=True)
def noon() -> Generator[None]:
    with clock.frozen(NOON):
        yield


@pytest.fixture
async def arrivals(connection: str) -> Arrivals:
    found = await scenes.lay(await companies.lay())
    await scenes.thousand_flights(found)
    return found


@pytest.fixture
async def desk(arrivals: Arrivals) -> Desk:
    return desks.place(World(arrivals.company, objectives={"session": new_id()}))


def unit(arrivals: Arrivals, code: str) -> str:
    return public("unt", arrivals.units[code])


async def health(desk: Desk, name: str, text: str, **variables: object) -> Row:
    """By the plan and by the executor, which agree."""
    planned = await desk.ask(name, text, **variables)
    executed = await desk.execute(name, text, **variables)
    assert executed.errors is None, executed.errors
    assert executed.data == planned
    return cast("Row", planned["cascadeHealth"])


def parts(found: Row) -> dict[str, Row]:
    figures = cast("Row", found["figures"])
    return {str(one["kind"]): one for one in cast("list[Row]", figures["parts"])}


async def test_every_part_is_told_with_how_many_it_is_of_and_why_it_is_missing(desk: Desk, arrivals: Arrivals) -> None:
    found = await health(desk, "Ada", FIGURES, unit=unit(arrivals, "GROUP"))

    told = parts(found)
    assert (found["day"], found["unit"]) == ("2026-06-10", {"code": "GROUP"})
    assert told["CARRIED"] == {
        "kind": "CARRIED",
        "value": "64",
        "n": 1,
        "alarm": None,
        "missing": None,
        "lacks": [],
        "trend": [],
    }
    assert told["OVER_ASSIGNMENT"]["alarm"] is False
    assert told["RECALL"]["missing"] == "NOT_ASKED"
    assert (told["TRANSMISSION_FIDELITY"]["value"], told["TRANSMISSION_FIDELITY"]["lacks"]) == (None, ["RECALL"])
    figures = cast("dict[str, list[Row]]", found["figures"])
    assert [one["value"] for one in figures["losses"]] == ["10", "6.67"]
    assert [(one["name"], one["given"]) for one in figures["themes"]] == [
        ("Reliable", "100"),
        ("Lean", "0"),
        ("Bold", "0"),
        (None, "0"),
    ]
    assert [one["nominal"] for one in figures["perspectives"]] == [None] * len(figures["perspectives"])


async def test_figures_with_all_that_hangs_on_them_are_one_statement(desk: Desk, arrivals: Arrivals) -> None:
    async with statements() as seen:
        await desk.plan("Ada", FIGURES, unit=unit(arrivals, "GROUP"))
        await desk.plan("Ada", LISTS, unit=unit(arrivals, "GROUP"))

    assert len(seen) == 2


async def test_months_that_were_read_are_the_trend(desk: Desk, arrivals: Arrivals) -> None:
    await service_readings.read(arrivals.company.tenant_id, ZONE)
    await arrivals.rows("update alignment set state = 'DECLINED' where state = 'PROPOSED_DOWN'")
    with clock.frozen(datetime(2026, 7, 3, 4, tzinfo=UTC)):
        await service_readings.read(arrivals.company.tenant_id, ZONE)

        found = await health(desk, "Sofia", FIGURES, unit=unit(arrivals, "GROUP"))

    assert parts(found)["CARRIED"]["trend"] == [
        {"month": "2026-06-01", "value": "64", "n": 1, "missing": None},
        {"month": "2026-07-01", "value": "64", "n": 1, "missing": None},
    ]
    assert parts(found)["RECALL"]["trend"] == [
        {"month": month, "value": None, "n": 0, "missing": "NOT_ASKED"} for month in ("2026-06-01", "2026-07-01")
    ]
    losses = cast("dict[str, list[Row]]", found["figures"])["losses"]
    assert losses[1]["trend"] == [{"month": "2026-06-01", "value": "6.67"}, {"month": "2026-07-01", "value": "28.89"}]


@pytest.mark.parametrize(
    ("name", "sees"),
    [
        ("Ada", {"GROUP", "AIR", "OPS", "CREW", "SIDE"}),
        ("Bo", {"AIR", "OPS", "CREW"}),
        ("Chen", {"OPS", "CREW"}),
        ("Dina", NOTHING),
        ("Hugo", {"AIR", "OPS", "CREW"}),
        ("Sofia", {"GROUP", "AIR", "OPS", "CREW", "SIDE"}),
        ("Aron", NOTHING),
        ("Stranger", NOTHING),
        ("Partner", {"GROUP", "AIR", "OPS", "CREW", "SIDE"}),
    ],
)
async def test_who_leads_a_unit_or_one_above_is_told_and_who_keeps_the_strategy(
    desk: Desk, arrivals: Arrivals, name: str, sees: set[str]
) -> None:
    found = {code for code in arrivals.units if await health(desk, name, MAY, unit=unit(arrivals, code))}

    assert found == sees


async def test_a_partner_without_the_scope_is_told_nothing(desk: Desk, arrivals: Arrivals) -> None:
    partner = replace(arrivals.company.partner, scopes=frozenset(Scope) - {Scope.STRATEGY_READ})

    answer = await desk.reader.answer(desk.prepare(MAY, {"unit": unit(arrivals, "GROUP")}), partner)

    assert answer == b'{"data":{"cascadeHealth":null}}'


async def test_a_goal_that_is_not_shared_counts_and_is_never_shown(
    desk: Desk, arrivals: Arrivals, monkeypatch: pytest.MonkeyPatch
) -> None:
    company, cascade = arrivals.company, arrivals.cascade
    await company.organisation.hire("Pia", unit="CREW", manager="Ada")
    monkeypatch.setitem(cascade_of_intent.UNITS, "Pia", "CREW")
    await cascade.promise("Pia")
    await cascade.promise("Oskar")

    bo = await health(desk, "Bo", LISTS, unit=unit(arrivals, "AIR"))
    ada = await health(desk, "Ada", LISTS, unit=unit(arrivals, "GROUP"))

    assert parts(bo)["ORPHAN_GOALS"] == {"kind": "ORPHAN_GOALS", "value": "20", "n": 5}
    assert bo["orphanGoals"] == {"totalCount": 0, "nodes": []}
    assert parts(ada)["ORPHAN_GOALS"]["value"] == "28.57"
    assert cast("Row", ada["orphanGoals"])["totalCount"] == 2


async def test_what_no_goal_of_the_ground_reaches_is_unsupported(desk: Desk, arrivals: Arrivals) -> None:
    found = await health(desk, "Sofia", LISTS, unit=unit(arrivals, "GROUP"))
    await arrivals.cascade.align("Dina", to="L1")
    supported = await health(desk, "Sofia", LISTS, unit=unit(arrivals, "GROUP"))

    assert found["unsupported"] == {"totalCount": 3, "nodes": [{"code": "F1"}, {"code": "P1"}, {"code": "L1"}]}
    assert cast("Row", supported["unsupported"])["nodes"] == [{"code": "F1"}, {"code": "P1"}]


async def test_targets_that_grew_on_the_way_down_are_listed(desk: Desk, arrivals: Arrivals) -> None:
    top = await arrivals.target("Bo", 100)
    await arrivals.throw(top, 60, by="Bo", to="Chen")
    await arrivals.throw(top, 60, by="Bo", to="Dina")

    found = await health(desk, "Bo", LISTS, unit=unit(arrivals, "AIR"))

    assert found["overAssigned"] == {"totalCount": 1, "nodes": [{"title": "Flights", "target": "100"}]}


async def test_what_both_sides_did_not_confirm_is_listed_for_those_who_may_see_it(
    desk: Desk, arrivals: Arrivals
) -> None:
    await arrivals.pact("Dina", "Oskar", "PROPOSED")
    await arrivals.pact("Bo", "Chen", "CONFIRMED")
    await arrivals.pact("Sofia", "Aron", "PROPOSED")

    bo = await health(desk, "Bo", LISTS, unit=unit(arrivals, "AIR"))
    ada = await health(desk, "Ada", LISTS, unit=unit(arrivals, "GROUP"))

    assert bo["unconfirmedInterlocks"] == {
        "totalCount": 1,
        "nodes": [{"output": "Slots", "provider": {"name": "Dina"}, "receiver": {"name": "Oskar"}}],
    }
    assert parts(bo)["INTERLOCK_COVERAGE"] == {"kind": "INTERLOCK_COVERAGE", "value": "50", "n": 2}
    assert cast("Row", ada["unconfirmedInterlocks"])["totalCount"] == 2


async def test_another_cycle_has_figures_of_its_own(desk: Desk, arrivals: Arrivals) -> None:
    none = await health(desk, "Ada", FIGURES, unit=unit(arrivals, "GROUP"), cycle=public("cyc", arrivals.units["AIR"]))
    named = public("cyc", arrivals.company.cycle_id)

    assert none is None
    assert await health(desk, "Ada", FIGURES, unit=unit(arrivals, "GROUP"), cycle=named) == await health(
        desk, "Ada", FIGURES, unit=unit(arrivals, "GROUP")
    )
