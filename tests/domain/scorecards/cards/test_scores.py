"""A card is scored month by month, and follows what it counts."""

from datetime import date
from decimal import Decimal

import orjson

from domain.scorecards.cards import service_extras
from domain.scorecards.cards.terms import ExtraDraft
from domain.scorecards.scoring.lines import SmallerBetter
from domain.scorecards.scoring.terms import ExtraKind
from tests.domain.scorecards.cards.ground import Ground


async def test_a_published_card_is_scored_for_every_month_that_has_begun(ground: Ground) -> None:
    card = await ground.published("AIR", ground.item("ON_TIME"), ground.item("DELAY"))

    assert await ground.scores(card) == ["0.00", "20.00", "40.00", "60.00", "80.00", "80.00"]


async def test_a_month_in_progress_reads_what_is_newest_and_sums_add_up(ground: Ground) -> None:
    card = await ground.published("AIR", ground.item("FLIGHTS"))

    assert await ground.scores(card) == ["10.00", "20.00", "30.00", "40.00", "50.00", "50.00"]


async def test_the_page_of_the_readme_is_what_comes_out(ground: Ground) -> None:
    delay = ground.item("DELAY", rule=SmallerBetter(target=Decimal(18), baseline=Decimal(30)))
    flights = ground.item("FLIGHTS", perspective="PROCESS")
    card = await ground.published("AIR", ground.item("ON_TIME", weight=3), delay, flights)
    rescue = ExtraDraft(kind=ExtraKind.BONUS, period=date(2026, 5, 1), title="R", evidence="Log", points=Decimal(3))
    await service_extras.add(ground.company.actor("Sofia"), card, rescue, version=2, key="rescue")
    await ground.hear()

    [row] = await ground.company.organisation.rows(
        "select round(value, 2) as value, grade, light, trace from score where period = '2026-05-01'"
    )
    trace = orjson.loads(row["trace"])
    lines = [
        (round(Decimal(one["score"]), 2), Decimal(one["share"]), round(Decimal(one["contribution"]), 2))
        for one in trace["items"]
    ]
    assert lines == [
        (Decimal(80), Decimal("37.5"), Decimal(30)),
        (Decimal("66.67"), Decimal("12.5"), Decimal("8.33")),
        (Decimal(50), Decimal(50), Decimal(25)),
    ]
    assert [(one["kind"], one["amount"]) for one in trace["steps"]] == [("BONUS", "3")]
    assert (row["value"], row["grade"], row["light"]) == (Decimal("66.33"), "D", "RED")
