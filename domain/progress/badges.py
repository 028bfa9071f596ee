"""Badges: what they are for stands on them, in words that anybody can check."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Badge:
    """A badge and what it needs: so many facts by a rule, or, without a rule, so many weeks in a row."""

    code: str
    name: str
    name_zh: str
    criterion: str
    criterion_zh: str
    needed: int
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """How far somebody is with a badge; `earned_on` is None until it is earned."""

    badge: Badge
    have: int
    earned_on: date | None


BADGES = (
    Badge(
        code="FIRST_CHECK_IN",
        name="First step",
        name_zh="第一步",
        criterion="Check in on a goal of your own for the first time.",
        criterion_zh="首次为自己的目标做进展更新。",
        needed=1,
        reason="CHECKED_IN",
    ),
    Badge(
        code="TWENTY_CHECK_INS",
        name="Eye on the goal",
        name_zh="紧盯目标",
        criterion="Check in on a goal of your own on 20 days.",
        criterion_zh="在20个不同的日子为自己的目标做进展更新。",
        needed=20,
        reason="CHECKED_IN",
    ),
    Badge(
        code="STEADY_4",
        name="Steady",
        name_zh="稳步前行",
        criterion="Do something that counts in four weeks in a row; weeks off do not interrupt.",
        criterion_zh="连续四周都有计入的行动；休假周不会中断。",
        needed=4,
    ),
    Badge(
        code="STEADY_12",
        name="Steady for a quarter",
        name_zh="稳步一季",
        criterion="Do something that counts in twelve weeks in a row; weeks off do not interrupt.",
        criterion_zh="连续十二周都有计入的行动；休假周不会中断。",
        needed=12,
    ),
    Badge(
        code="FIRST_PROMISE_KEPT",
        name="Good as your word",
        name_zh="言出必行",
        criterion="Deliver something that another one accepts as you promised it.",
        criterion_zh="交付一项成果，并由对方按您的承诺验收。",
        needed=1,
        reason="PROMISE_KEPT",
    ),
    Badge(
        code="FIVE_PROMISES_KEPT",
        name="They count on you",
        name_zh="值得信赖",
        criterion="Deliver five things that others accept as you promised them.",
        criterion_zh="交付五项成果，并由对方按您的承诺验收。",
        needed=5,
        reason="PROMISE_KEPT",
    ),
    Badge(
        code="INTENT_UNDERSTOOD",
        name="On the same page",
        name_zh="心领神会",
        criterion="Say the intent of three goals back so that your line finds it understood.",
        criterion_zh="用自己的话复述三个目标的意图，并得到上级确认。",
        needed=3,
        reason="SAID_BACK",
    ),
    Badge(
        code="STRATEGY_IN_MIND",
        name="Strategy in mind",
        name_zh="战略在心",
        criterion="Answer in four quarters what the strategy wants.",
        criterion_zh="在四个季度回答战略要实现什么。",
        needed=4,
        reason="STRATEGY_RECALLED",
    ),
)


def held(days: Mapping[str, Sequence[date]], reached: Mapping[int, date]) -> list[Held]:
    """How far somebody is with each badge.

    `days` are those of all facts that earned by a rule, by its code; `reached` says when a streak first had so many
    weeks.
    """
    return [_held(badge, sorted(days.get(badge.reason or "", ())), reached) for badge in BADGES]


def _held(badge: Badge, days: Sequence[date], reached: Mapping[int, date]) -> Held:
    if badge.reason is None:
        have, earned_on = max(reached, default=0), reached.get(badge.needed)
    else:
        have, earned_on = len(days), days[badge.needed - 1] if len(days) >= badge.needed else None
    return Held(badge=badge, have=min(have, badge.needed), earned_on=earned_on)
