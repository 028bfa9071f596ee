"""When things happened in the demo: cycles around today, and instants of working days."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

ZONE = "Asia/Shanghai"
MONTHS = 6
MONTHS_GONE = 3
RECORD_YEAR = 2013
FOUNDED_AT = datetime(2012, 12, 17, 2, tzinfo=UTC)
"""Before the year of the public record begins, the group and its airline company are there."""


@dataclass(frozen=True, slots=True)
class Period:
    """A cycle of the demo, from its first to its last day."""

    starts_on: date
    ends_on: date

    @property
    def name(self) -> str:
        """By its months, so that it is right in whichever month the demo is built."""
        first, last = self.starts_on, self.ends_on
        return f"{first:%b} {first.year} – {last:%b} {last.year}"

    @property
    def name_zh(self) -> str:
        first, last = self.starts_on, self.ends_on
        return f"{first.year}年{first.month}月 – {last.year}年{last.month}月"

    def day(self, fraction: float) -> date:
        """The date at which this fraction of the cycle is over."""
        return self.starts_on + timedelta(days=round(fraction * (self.ends_on - self.starts_on).days))


RECORD = Period(date(RECORD_YEAR, 1, 1), date(RECORD_YEAR, 12, 31))


def periods(today: date) -> list[Period]:
    """Two half-years that are over and the one that runs, of which three months are over."""
    starts = [shifted(today, -MONTHS_GONE - MONTHS * back) for back in (2, 1, 0)]
    return [Period(start, shifted(start, MONTHS) - timedelta(days=1)) for start in starts]


def shifted(day: date, months: int) -> date:
    """The first day of the month so many months later."""
    number = day.year * 12 + day.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)


def working_time(day: date, chance: Random) -> datetime:
    """An instant between nine and six on this day or the next working day, in the group's zone."""
    while day.weekday() >= 5:
        day += timedelta(days=1)
    clock_time = time(chance.randint(9, 17), chance.randint(0, 59), chance.randint(0, 59))
    return datetime.combine(day, clock_time, ZoneInfo(ZONE)).astimezone(UTC)


def recently(now: datetime, days: int, chance: Random) -> datetime:
    """An instant between nine and six, so many days before now or on the working day before that."""
    day = now.astimezone(ZoneInfo(ZONE)).date() - timedelta(days=days)
    while day.weekday() >= 5:
        day -= timedelta(days=1)
    return min(working_time(day, chance), now - timedelta(hours=1))


def morning(day: date, *, days: int = 0) -> datetime:
    """Half past eight, so many days after this one."""
    at = datetime.combine(day + timedelta(days=days), time(8, 30), ZoneInfo(ZONE))
    return at.astimezone(UTC)
