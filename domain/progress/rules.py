"""Which rank points make, and who may be named on a board."""

from collections.abc import Mapping

from domain.people import rules as people
from domain.progress.terms import NewSeason

WIDTH = 100
"""How many exact points make a coarse step of the counts: a rank reads the steps above, and the points in its own."""
TOP_MAX = 20
"""How many stand in the list of those with the most points."""
NEIGHBOURS = 2
"""How many before oneself, and as many behind."""

Counts = Mapping[tuple[int, int], int]
"""How many people have from so many points on, by width of the step and its first points."""


def rank(points: int, counts: Counts) -> int:
    """How many have more than these points, plus one. `views.RANK` says the same in SQL."""
    next_step = points - points % WIDTH + WIDTH
    coarse = sum(people for (width, first), people in counts.items() if width == WIDTH and first >= next_step)
    exact = sum(people for (width, first), people in counts.items() if width == 1 and points < first < next_step)
    return 1 + coarse + exact


def may_be_named(rank: int, people: int) -> bool:
    """Whether others may read the name: at most half of the other people stand before. `views.NAMED` says it in SQL.

    Where many share a rank they are in or out together, by those before them alone.
    """
    return 2 * (rank - 1) <= people - 1


def check_season(season: NewSeason) -> None:
    """InvalidInput unless names and days are what they should be."""
    people.check_name(season.name)
    if season.name_zh is not None:
        people.check_name(season.name_zh, field="nameZh")
    people.check_days(season.starts_on, season.ends_on)
