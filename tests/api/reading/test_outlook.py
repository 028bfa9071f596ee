"""Where scores go, and how progress compares with the time that is gone, in the schema."""

from datetime import date
from decimal import Decimal
from typing import cast

import orjson
import pytest

from domain.kernel import clock
from domain.kernel.ids import new_id, public
from domain.kernel.views import Json
from domain.objectives import service_check_ins
from tests.api.reading.desk import Desk
from tests.api.reading.test_scorecards import ask
from tests.domain.objectives.company import NOON, goal
from tests.domain.scorecards.cards import ground as grounds
from tests.domain.scorecards.cards.ground import Ground, at
from tests.domain.scorecards.cards.test_modes import WIDE, score_by

OUTLOOK = """query($id: ID!) { scorecard(id: $id) {
  scores { value outlook { travel forecast } } items { scores { value outlook { travel forecast } } } } }"""
PACE = "query($id: ID!) { objective(id: $id) { rolledUpProgress pace { expected state } } }"


@pytest.fixture
async def ground(desk: Desk) -> Ground:
    with clock.frozen(NOON):
        return await grounds.lay()


async def test_a_score_says_where_it_goes_and_where_the_cycle_will_end(desk: Desk, ground: Ground) -> None:
    with clock.frozen(NOON):
        card = await ground.published("AIR", ground.item("ON_TIME"))
        answer = orjson.loads(await ask(desk, ground.company.actor("Bo"), OUTLOOK, id=public("scd", card)))

    found = cast("dict[str, Json]", answer["data"]["scorecard"])
    # 0, 20, 40, 60, 80 from January to May, and June as May: every line ends above the caps of the policy, 130 for the
    # whole and 120 for an item.
    expected = [
        {"value": "80", "outlook": {"travel": "STEADY", "forecast": "130"}},
        {"value": "80", "outlook": {"travel": "UP", "forecast": "130"}},
        {"value": "60", "outlook": {"travel": "UP", "forecast": "130"}},
        {"value": "40", "outlook": {"travel": "UP", "forecast": "130"}},
        {"value": "20", "outlook": {"travel": "UP", "forecast": None}},
        {"value": "0", "outlook": {"travel": "UNKNOWN", "forecast": None}},
    ]
    assert found["scores"] == expected
    of_item = cast("list[dict[str, list[dict[str, dict[str, str]]]]]", found["items"])[0]["scores"]
    assert [one["outlook"]["forecast"] for one in of_item] == [*["120"] * 4, None, None]
    assert [one["value"] for one in of_item] == [one["value"] for one in expected]


@pytest.mark.parametrize(("own", "expected"), [(None, "150"), (Decimal(110), "110")])
async def test_no_item_is_said_to_come_beyond_its_cap_or_that_of_the_mode(
    desk: Desk, ground: Ground, own: Decimal | None, expected: str
) -> None:
    with clock.frozen(NOON):
        await score_by(ground, "AIR", WIDE)
        card = await ground.published("AIR", ground.item("ON_TIME", cap=own))
        answer = orjson.loads(await ask(desk, ground.company.actor("Bo"), OUTLOOK, id=public("scd", card)))

    assert answer["data"]["scorecard"]["items"][0]["scores"][0]["outlook"]["forecast"] == expected


@pytest.mark.parametrize(
    ("today", "reached", "expected"),
    [
        (date(2026, 6, 15), 78, {"expected": "45.48", "state": "ON_TRACK"}),
        (date(2026, 6, 15), 77, {"expected": "45.48", "state": "LAGGING"}),
        (date(2026, 6, 15), 75, {"expected": "45.48", "state": "AT_RISK"}),
        (date(2026, 12, 31), 78, {"expected": "100", "state": "AT_RISK"}),
    ],
)
async def test_complaints_42_and_48_progress_is_compared_with_what_is_expected_by_now(
    desk: Desk, ground: Ground, today: date, reached: int, expected: dict[str, str]
) -> None:
    company = ground.company
    with clock.frozen(NOON):
        promise = await company.promised(goal(weight=10))
        first, _ = await company.key_results(promise)
    with at(today.year, today.month, today.day):
        await service_check_ins.check_in(company.actor("Dina"), first, Decimal(reached), key=str(new_id()))
        await ground.hear()
        answer = orjson.loads(await ask(desk, company.actor("Dina"), PACE, id=public("obj", promise)))

    assert answer["data"]["objective"]["pace"] == expected


async def test_a_draft_has_no_pace(desk: Desk, ground: Ground) -> None:
    with clock.frozen(NOON):
        draft = await ground.company.draft(goal(weight=10))
        answer = orjson.loads(await ask(desk, ground.company.actor("Dina"), PACE, id=public("obj", draft)))

    assert answer["data"]["objective"]["pace"] is None
