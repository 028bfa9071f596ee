"""What an award rule has to be."""

import re

from domain.kernel.errors import InvalidInput
from domain.people import rules as people
from domain.progress.awarding import CONDITIONS_MAX, EVENTS, AwardRule

POINTS_MAX, DAY_MAX, DAYS = 1_000, 10_000, 7
VALUE_CHARACTERS_MAX = 100
_CODE = re.compile(r"[A-Z][A-Z_]{0,39}", re.ASCII)


def check(rule: AwardRule) -> None:
    """InvalidInput unless it says what earns how much, within limits."""
    if not _CODE.fullmatch(rule.code):
        raise InvalidInput("A code has 1 to 40 capital letters or underscores.", field="code")
    if rule.event not in EVENTS:
        raise InvalidInput(f"Only these facts can earn: {', '.join(sorted(EVENTS))}.", field="event")
    people.check_name(rule.name)
    if rule.name_zh is not None:
        people.check_name(rule.name_zh, field="nameZh")
    _check_limits(rule)
    _check_conditions(rule)


def _check_limits(rule: AwardRule) -> None:
    if not 0 <= rule.points <= POINTS_MAX:
        raise InvalidInput(f"Points go from 0, which ends the rule, to {POINTS_MAX:,}.", field="points")
    if not rule.points <= rule.day_max <= DAY_MAX:
        raise InvalidInput(f"A day allows at least the points of one fact and at most {DAY_MAX:,}.", field="dayMax")
    if not rule.day_max <= rule.week_max <= DAYS * rule.day_max:
        raise InvalidInput("A week allows at least what a day does, and at most seven times that.", field="weekMax")
    if not 0 <= rule.object_days <= DAYS:
        raise InvalidInput(f"A thing rests for 0 to {DAYS} days.", field="objectDays")


def _check_conditions(rule: AwardRule) -> None:
    if len(rule.conditions) > CONDITIONS_MAX:
        raise InvalidInput(f"A rule has at most {CONDITIONS_MAX} conditions.", field="conditions")
    for one in rule.conditions:
        if one.field not in EVENTS[rule.event]:
            known = ", ".join(sorted(EVENTS[rule.event])) or "nothing more"
            raise InvalidInput(f"This fact tells {known}.", field="conditions")
        if len(one.value) > VALUE_CHARACTERS_MAX:
            raise InvalidInput(f"A value has at most {VALUE_CHARACTERS_MAX} characters.", field="conditions")
