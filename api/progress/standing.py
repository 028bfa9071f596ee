"""How far one is, in the schema: level, badges, streak, and the days on which one does not work."""

from datetime import date

import strawberry

from domain.kernel import ids
from domain.progress import levels, service_time
from domain.progress import streaks as rules
from domain.progress.badges import Held
from domain.progress.streaks import WeekState

strawberry.enum(WeekState, name="StreakWeekState", description="What a week was for a streak.")


@strawberry.type(
    description="The level of the season that runs. There are twelve, and each costs more than the one before."
)
class Level:
    number: int = strawberry.field(description=f"From 1 to {levels.LEVELS}.")
    points: int = strawberry.field(description="What you have earned in the season.")
    begins_at: int = strawberry.field(description="With how many points it began.")
    next_at: int | None = strawberry.field(description="With how many the next one begins; null at the last one.")
    missing: int | None = strawberry.field(description="How many points the next one needs; null at the last one.")


@strawberry.type(description="A badge, what it is for, and how far you are with it.")
class Badge:
    code: str = strawberry.field(description="Tells it from others.")
    name: str = strawberry.field(description="Its name in English.")
    name_zh: str = strawberry.field(description="Its name in Chinese.")
    criterion: str = strawberry.field(description="What it needs, in English.")
    criterion_zh: str = strawberry.field(description="What it needs, in Chinese.")
    have: int = strawberry.field(description="How much of it you have, at most `needed`.")
    needed: int = strawberry.field(description="How much it needs.")
    earned_on: date | None = strawberry.field(
        description="When you earned it; for weeks in a row the Monday of the last one needed. Null before."
    )


@strawberry.type(description="A week of a streak.")
class StreakWeek:
    monday: date = strawberry.field(description="Its Monday.")
    state: WeekState = strawberry.field(description="What it was.")


@strawberry.type(
    description="Weeks in a row in which you did something that counts, in your own zone. Weeks off and freezes "
    "bridge; when it begins anew nothing is taken away."
)
class Streak:
    weeks: int = strawberry.field(description="How many weeks count in a row.")
    best: int = strawberry.field(description="The most that ever did.")
    freezes: int = strawberry.field(
        description=f"How many freezes you keep, at most {rules.FREEZES_MAX}: one bridges a week by itself."
    )
    next_freeze_in: int | None = strawberry.field(
        description="After how many more weeks that count you get another; null while you keep as many as can be."
    )
    shown: list[StreakWeek] = strawberry.field(
        description=f"The last weeks, at most {rules.SHOWN_MAX}, oldest first; the last one is this week."
    )


@strawberry.type(
    description="Days on which you do not work, as you said. They keep your streak; nobody else reads them."
)
class TimeOff:
    id: strawberry.ID = strawberry.field(description="The opaque id of these days.")
    starts_on: date = strawberry.field(description="The first day.")
    ends_on: date = strawberry.field(description="The last day.")


def level(found: levels.Level | None) -> Level | None:
    """As the schema shows it."""
    if found is None:
        return None
    return Level(
        number=found.number,
        points=found.points,
        begins_at=found.begins_at,
        next_at=found.next_at,
        missing=found.missing,
    )


def badge(found: Held) -> Badge:
    """As the schema shows it."""
    one = found.badge
    return Badge(
        code=one.code,
        name=one.name,
        name_zh=one.name_zh,
        criterion=one.criterion,
        criterion_zh=one.criterion_zh,
        have=found.have,
        needed=one.needed,
        earned_on=found.earned_on,
    )


def streak(found: rules.Streak) -> Streak:
    """As the schema shows it."""
    return Streak(
        weeks=found.weeks,
        best=found.best,
        freezes=found.freezes,
        next_freeze_in=found.next_freeze_in,
        shown=[StreakWeek(monday=one.monday, state=one.state) for one in found.shown],
    )


def time_off(found: service_time.TimeOff) -> TimeOff:
    """As the schema shows it."""
    return TimeOff(id=strawberry.ID(ids.public("off", found.id)), starts_on=found.starts_on, ends_on=found.ends_on)
