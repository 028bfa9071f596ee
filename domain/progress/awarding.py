"""Which facts earn, and how much: rules are data, and what a week earned follows from its facts alone.

All limits are counted within a week of a season, in the order in which things happened. So a fact that is heard late
leads to the same points as one that is heard in time, and a journal that is heard once more to no others.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from domain.kernel.relay import Entry
from domain.progress.terms import Earning

CONDITIONS_MAX = 5
WEEK = timedelta(days=7)
ALWAYS = datetime(2000, 1, 1, tzinfo=UTC)

Plain = str | int | bool | None


@dataclass(frozen=True, slots=True)
class Condition:
    """A field of the event holds this value, written as text."""

    field: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AwardRule:
    """What a kind of fact earns, from an instant on until a later revision holds."""

    code: str
    event: str
    name: str
    points: int
    day_max: int
    week_max: int
    name_zh: str | None = None
    conditions: tuple[Condition, ...] = ()
    object_days: int = 0
    """For so many days, its own included, a thing that earned earns no more; 0 for no such limit."""
    pair_halves: bool = False
    """Whether each further fact between the same two people in a week earns half of the one before, rounded down."""
    needs_other: bool = False
    """Whether somebody else must have confirmed it."""
    revision: int = 0
    holds_from: datetime = ALWAYS


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """Something that a person did, as the journal tells it."""

    person_id: UUID
    event: str
    at: datetime
    source: int
    object_id: UUID
    other_id: UUID | None
    """Who confirmed it, if that was somebody else."""
    payload: Mapping[str, Plain] = field(default_factory=dict[str, Plain])


EVENTS: Mapping[str, frozenset[str]] = {
    "CheckedIn": frozenset({"owner_id", "key_result_id", "check_in_id"}),
    "SayBackAccepted": frozenset({"owner_id", "teach_back_id", "intent_id"}),
    "InterlockAccepted": frozenset({"version"}),
    "RecallGiven": frozenset(),
}
"""What can earn, with the fields that conditions may name. `relay.READERS` shows these to the reader "progress"."""

DEFAULTS = (
    AwardRule(
        code="CHECKED_IN",
        event="CheckedIn",
        name="You checked in on a goal of your own",
        name_zh="您为自己的目标做了进展更新",
        points=10,
        day_max=10,
        week_max=70,
    ),
    AwardRule(
        code="PROMISE_KEPT",
        event="InterlockAccepted",
        name="Another one accepted what you had promised",
        name_zh="对方验收了您承诺的成果",
        points=30,
        day_max=60,
        week_max=90,
        object_days=7,
        pair_halves=True,
        needs_other=True,
    ),
    AwardRule(
        code="SAID_BACK",
        event="SayBackAccepted",
        name="Your manager found that you understood an intent",
        name_zh="您的上级确认您理解了意图",
        points=20,
        day_max=40,
        week_max=60,
        object_days=7,
        pair_halves=True,
        needs_other=True,
    ),
    AwardRule(
        code="STRATEGY_RECALLED",
        event="RecallGiven",
        name="You answered what our strategy wants",
        name_zh="您回答了我们的战略要实现什么",
        points=15,
        day_max=15,
        week_max=15,
    ),
)
"""What holds in a group until its office writes a rule of the same code."""
_BEGINNING = {one.code: one for one in DEFAULTS}


def facts(entries: Sequence[Entry]) -> list[Fact]:
    """What can earn; figures that a system or an office tells are nobody's doing."""
    return [found for entry in entries if (found := _fact(entry)) is not None]


def _fact(entry: Entry) -> Fact | None:
    person_id = _earner(entry)
    if person_id is None:
        return None
    other = entry.actor_person_id
    return Fact(
        person_id=person_id,
        event=entry.kind,
        at=entry.at,
        source=entry.id,
        object_id=entry.subject_id,
        other_id=None if other == person_id else other,
        payload=entry.payload,
    )


def _earner(entry: Entry) -> UUID | None:
    match entry.kind:
        case "CheckedIn":
            return entry.actor_person_id if str(entry.actor_person_id) == entry.payload["owner_id"] else None
        case "SayBackAccepted":
            return UUID(str(entry.payload["owner_id"]))
        case "InterlockAccepted":
            return entry.hearers[0]  # Who promised is told first.
        case "RecallGiven":
            return entry.actor_person_id
        case _:
            return None


def rules_at(rules: Sequence[AwardRule], at: datetime) -> dict[str, AwardRule]:
    """The revision of each rule that held at an instant, by its code."""
    held = dict(_BEGINNING)
    for rule in sorted(rules, key=lambda one: one.revision):
        if rule.holds_from <= at:
            held[rule.code] = rule
    return held


def fits(rule: AwardRule, fact: Fact) -> bool:
    """Whether the rule is about such a fact, and it is confirmed as the rule wants it."""
    confirmed = fact.other_id is not None or not rule.needs_other
    told = all(_text(fact.payload.get(one.field)) == one.value for one in rule.conditions)
    return rule.event == fact.event and confirmed and told


def _text(value: Plain) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def week_of(day: date) -> date:
    """The Monday of its week."""
    return day - timedelta(days=day.weekday())


def earnings(rules: Sequence[AwardRule], found: Sequence[Fact], zone: str) -> list[Earning]:
    """What facts may earn before any limit, each in its own right, on the day that it was in this zone."""
    where = ZoneInfo(zone)
    return [
        Earning(
            person_id=fact.person_id,
            reason=rule.code,
            points=rule.points,
            earned_on=fact.at.astimezone(where).date(),
            earned_at=fact.at,
            source=fact.source,
            object_id=fact.object_id,
            other_id=fact.other_id,
        )
        for fact in found
        for rule in rules_at(rules, fact.at).values()
        if rule.points and fits(rule, fact)
    ]


def decide(rules: Sequence[AwardRule], week: Sequence[Earning]) -> dict[int, int]:
    """What each fact earned by its source: all that one person did in one week by the rules of one code.

    What was added by hand has no source: it counts towards the limits and stays as it is.
    """
    days: dict[date, int] = defaultdict(int)
    pairs: dict[UUID, int] = defaultdict(int)
    latest: dict[UUID, date] = {}
    decided: dict[int, int] = {}
    for one in sorted(week, key=lambda each: (each.earned_at, each.source)):
        if one.source == 0:
            points = one.points
        else:
            rule = rules_at(rules, one.earned_at)[one.reason]
            points = _points(rule, one, pairs=pairs, latest=latest)
            points = decided[one.source] = max(
                0, min(points, rule.day_max - days[one.earned_on], rule.week_max - sum(days.values()))
            )
        days[one.earned_on] += points
        if one.other_id is not None:
            pairs[one.other_id] += 1
        if one.object_id is not None and points:
            latest[one.object_id] = one.earned_on
    return decided


def _points(rule: AwardRule, one: Earning, *, pairs: Mapping[UUID, int], latest: Mapping[UUID, date]) -> int:
    """Before the limits of the day and the week."""
    before = latest.get(one.object_id) if one.object_id is not None else None
    if before is not None and (one.earned_on - before).days < rule.object_days:
        return 0
    halvings = pairs.get(one.other_id, 0) if one.other_id is not None and rule.pair_halves else 0
    return rule.points >> min(halvings, 20)
