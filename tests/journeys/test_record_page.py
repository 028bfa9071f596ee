"""What the page on scores tells of the airline is what the rows of the public record come to."""

from pathlib import Path

import pytest

from tests.journeys import airline_by_hand

PAGE = (Path(__file__).parents[2] / "domain" / "scorecards" / "README.md").read_text(encoding="utf-8")
MAY = 5


@pytest.mark.parametrize("airport", airline_by_hand.AIRPORTS)
def test_the_page_counts_the_flights_of_an_airport(airport: str) -> None:
    in_time, arrived = airline_by_hand.counts(MAY, airport)
    rate, cancelled = map(airline_by_hand.rounded, airline_by_hand.of_month(MAY, airport))

    [line] = [line for line in PAGE.splitlines() if line.startswith(f"| {airport} |")]
    assert f"| {in_time:,} / {arrived:,} | {rate} % |" in line
    assert f"| {cancelled} % |" in line


def test_the_page_comes_to_the_scores_of_may() -> None:
    scores = airline_by_hand.scores(MAY)

    told = [f"**{scores[unit]}**" for unit in ("AIR-GND-1", "AIR-GND", "AIR")]
    assert [one in PAGE for one in told] == [True, True, True]
