"""Levels of a season: each costs more than the one before, and the last is the twelfth."""

from dataclasses import dataclass
from math import isqrt

LEVELS = 12
STEP = 25
"""Level n begins at STEP × (n − 1)² points: who checks in on each working day rises every two or three weeks."""


@dataclass(frozen=True, slots=True)
class Level:
    """Where points stand; `next_at` is None at the top."""

    number: int
    points: int
    begins_at: int
    next_at: int | None

    @property
    def missing(self) -> int | None:
        """How many points the next one needs."""
        return None if self.next_at is None else self.next_at - self.points


def begins_at(number: int) -> int:
    """The points with which a level begins, from the first to the last."""
    return STEP * (number - 1) ** 2


def level(points: int) -> Level:
    """The level of so many points, none or more."""
    number = min(LEVELS, 1 + isqrt(points // STEP))
    return Level(number, points, begins_at(number), begins_at(number + 1) if number < LEVELS else None)
