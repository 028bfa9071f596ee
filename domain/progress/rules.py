"""What earns points, which rank they make, and who may be named on a board."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from domain.people import rules as people
from domain.progress.terms import Earning, NewSeason, Reason

CHECK_IN_POINTS = 10
"""For the first check-in of a day. A second one on the same day earns nothing, so that nobody checks in to collect."""
WIDTH = 100
"""How many exact points make a coarse step of the counts: a rank reads the steps above, and the points in its own."""
TOP_MAX = 20
"""How many stand in the list of those with the most points."""
NEIGHBOURS = 2
"""How many before oneself, and as many behind."""

Counts = Mapping[tuple[int, int], int]
"""How many people have from so many points on, by width of the step and its first points."""


def check_in(person_id: UUID, at: datetime, zone: str) -> Earning:
    """What a person earns who checks in at this instant, on the day that it is in their group's zone."""
    return Earning(
        person_id=person_id,
        reason=Reason.CHECKED_IN,
        points=CHECK_IN_POINTS,
        earned_on=at.astimezone(ZoneInfo(zone)).date(),
        earned_at=at,
    )


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
