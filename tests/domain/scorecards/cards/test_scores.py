"""A card is scored month by month, and follows what it counts."""

from tests.domain.scorecards.cards.ground import Ground


async def test_a_published_card_is_scored_for_every_month_that_has_begun(ground: Ground) -> None:
    card = await ground.published("AIR", ground.item("ON_TIME"), ground.item("DELAY"))

    assert await ground.scores(card) == ["0.00", "20.00", "40.00", "60.00", "80.00", "80.00"]


async def test_a_month_in_progress_reads_what_is_newest_and_sums_add_up(ground: Ground) -> None:
    card = await ground.published("AIR", ground.item("FLIGHTS"))

    assert await ground.scores(card) == ["10.00", "20.00", "30.00", "40.00", "50.00", "50.00"]
