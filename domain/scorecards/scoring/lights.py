"""How a score looks at a glance: its light, where it is going, and where it will be.

Colour is never alone: each light has its word. A light follows the score, never the sign of a change.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum

from domain.scorecards.scoring.arithmetic import HUNDRED, ZERO, bounded, exact, finest
from domain.scorecards.scoring.policy import Lights

POINTS_MIN = 3
"""Of a straight line through fewer nobody knows whether it is one."""
ON_TRACK = Decimal("0.95")
AT_RISK = Decimal("0.75")


class Light(StrEnum):
    """Grey says that nothing is known, or nothing recent."""

    GREEN = "GREEN"
    AMBER = "AMBER"
    RED = "RED"
    GREY = "GREY"


class Travel(StrEnum):
    """Where a score goes since the last time."""

    UP = "UP"
    STEADY = "STEADY"
    DOWN = "DOWN"
    UNKNOWN = "UNKNOWN"


class Pace(StrEnum):
    """How progress compares with the time that is gone."""

    ON_TRACK = "ON_TRACK"
    LAGGING = "LAGGING"
    AT_RISK = "AT_RISK"
    UNKNOWN = "UNKNOWN"


def light(score: Decimal | None, bands: Lights, *, before: Light | None = None, age_days: int = 0) -> Light:
    """The light after the one before: entered at one edge and left at a lower one, so that it does not flicker."""
    if score is None or age_days > bands.stale_days:
        return Light.GREY
    if score >= (bands.green_leave if before == Light.GREEN else bands.green_enter):
        return Light.GREEN
    # Whoever comes down from green is above the amber edge that a red one must climb to.
    stays = before in {Light.GREEN, Light.AMBER}
    return Light.AMBER if score >= (bands.amber_leave if stays else bands.amber_enter) else Light.RED


def travel(before: Decimal | None, now: Decimal | None, *, tolerance: Decimal = Decimal(1)) -> Travel:
    """The direction of a score, where up is better whatever the measure; within the tolerance it is steady."""
    if before is None or now is None:
        return Travel.UNKNOWN
    if abs(now - before) <= tolerance:
        return Travel.STEADY
    return Travel.UP if now > before else Travel.DOWN


@exact
def forecast(points: Sequence[tuple[int, Decimal]], at: int) -> Decimal | None:
    """Where the straight line of least squares through (period, score) will be; None through fewer than three periods.

    s̄ + slope·(at − p̄) with slope = Σ(p−p̄)(s−s̄)/Σ(p−p̄)², over whole sums so that nothing is rounded before the end.
    """
    n = len(points)
    if n < POINTS_MIN or len({period for period, _ in points}) < POINTS_MIN:
        return None
    periods, scores = sum(period for period, _ in points), sum((score for _, score in points), ZERO)
    spread = n * sum(period * period for period, _ in points) - periods * periods
    joint = n * sum((period * score for period, score in points), ZERO) - periods * scores
    return finest((scores * spread + joint * (n * at - periods)) / (n * spread))


@exact
def expected(starts_on: date, ends_on: date, as_of: date) -> Decimal:
    """The percent of a period that is over at the end of a day, both ends included: what even progress would be at."""
    days = (ends_on - starts_on).days + 1
    gone = (as_of - starts_on).days + 1
    return finest(bounded(HUNDRED * gone / days, ZERO, HUNDRED))


def pace(progress: Decimal | None, due: Decimal) -> Pace:
    """Progress beside what is expected by now: from 95 % of it on track, from 75 % lagging, else at risk."""
    if progress is None:
        return Pace.UNKNOWN
    if progress >= ON_TRACK * due:
        return Pace.ON_TRACK
    return Pace.LAGGING if progress >= AT_RISK * due else Pace.AT_RISK
