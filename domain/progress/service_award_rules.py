"""Use cases of award rules: read them, write one, and try one on the month before."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import orjson

from domain.kernel import clock, database, permits, relay
from domain.kernel.actor import Actor, Role
from domain.kernel.errors import InvalidInput
from domain.kernel.ids import new_id
from domain.kernel.permits import Action, Relation
from domain.kernel.work import Work, begin
from domain.progress import award_checks, awarding, events
from domain.progress.awarding import AwardRule
from domain.progress.service_awards import AWARDS, RULES, rules_from
from domain.progress.terms import Earning

REVISIONS_MAX = 500
"""Of all rules of a group together."""
FACTS_MAX = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What a rule would have given in a month."""

    first_day: date
    last_day: date
    facts: int
    """Of this kind that happened."""
    earning: int
    """How many of them would have earned something."""
    limited: int
    """How many would have earned more without limits."""
    people: int
    points: int
    median: int
    """Of those who would have earned, what the one in the middle gets, the lower of two."""
    most: int


async def rules(actor: Actor) -> list[AwardRule]:
    """What holds now, by code."""
    held = awarding.rules_at(await written(actor), clock.now())
    return [held[code] for code in sorted(held)]


async def write(actor: Actor, rule: AwardRule, *, key: str) -> str:
    """The code of the rule, which holds from now on; what was earned before stays. Points of 0 end a rule."""
    award_checks.check(rule)
    intent = ("write_award_rule", *_intent(rule))
    async with begin(actor, key=key, intent=intent) as work:
        if work.replay is not None:
            return str(work.replay)
        _require(actor)
        await work.wait_for(AWARDS)
        written = rules_from(await work.connection.fetchval(f"select {RULES}", actor.tenant_id))
        if len(written) >= REVISIONS_MAX:
            raise InvalidInput(f"A group writes at most {REVISIONS_MAX} revisions of rules.", field="code")
        revision = 1 + max((one.revision for one in written if one.code == rule.code), default=0)
        await _store(work, replace(rule, revision=revision, holds_from=clock.now()))
        work.reply(rule.code)
    return rule.code


def _intent(rule: AwardRule) -> tuple[object, ...]:
    limits = (rule.points, rule.day_max, rule.week_max, rule.object_days, rule.pair_halves, rule.needs_other)
    conditions = [[one.field, one.value] for one in rule.conditions]
    return (rule.code, rule.event, rule.name, rule.name_zh, *limits, conditions)


def _require(actor: Actor) -> None:
    is_office = Role.STRATEGY_OFFICE in actor.roles
    permits.require(Action.KEEP_AWARD_RULES, [Relation.STRATEGY_OFFICE] if is_office else [])


async def _store(work: Work, rule: AwardRule) -> None:
    rule_id = new_id()
    await work.connection.execute(
        """insert into award_rule (tenant_id, id, code, revision, event, name, name_zh, points, day_max, week_max,
             object_days, pair_halves, needs_other, conditions, holds_from, written_by_id)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)""",
        work.actor.tenant_id,
        rule_id,
        rule.code,
        rule.revision,
        rule.event,
        rule.name,
        rule.name_zh,
        rule.points,
        rule.day_max,
        rule.week_max,
        rule.object_days,
        rule.pair_halves,
        rule.needs_other,
        orjson.dumps([{"field": one.field, "value": one.value} for one in rule.conditions]).decode(),
        rule.holds_from,
        work.actor.person_id,
    )
    work.record(events.AwardRuleWritten(subject_id=rule_id, code=rule.code, revision=rule.revision))


async def try_out(actor: Actor, rule: AwardRule) -> Trial:
    """What the rule would have given in the last whole month; nothing is stored. For the strategy office.

    Who left the rankings is in none of the numbers.
    """
    award_checks.check(rule)
    _require(actor)
    zone = ZoneInfo(actor.zone)
    end = clock.today(actor.zone).replace(day=1)
    start = (end - timedelta(days=1)).replace(day=1)
    since, until = (datetime(day.year, day.month, day.day, tzinfo=zone) for day in (start, end))
    with database.tenant(actor.tenant_id):
        async with database.connection() as connection:
            rows = await connection.fetch(_FACTS, actor.tenant_id, rule.event, since, until, FACTS_MAX + 1)
            gone = await connection.fetch("select person_id from ranking_absence where tenant_id = $1", actor.tenant_id)
    if len(rows) > FACTS_MAX:
        raise InvalidInput(f"More than {FACTS_MAX:,} such facts happened in that month.", field="event")
    absent = {row["person_id"] for row in gone}
    facts = [one for one in awarding.facts([relay.entry_of(row) for row in rows]) if one.person_id not in absent]
    alone = [replace(rule, revision=1, holds_from=awarding.ALWAYS)]
    earnings = [one for one in awarding.earnings(alone, facts, actor.zone) if one.reason == rule.code]
    return replace(_told(alone, earnings), facts=len(facts), first_day=start, last_day=end - timedelta(days=1))


def _told(rules: Sequence[AwardRule], earnings: Sequence[Earning]) -> Trial:
    weeks: dict[tuple[UUID, date], list[Earning]] = defaultdict(list)
    for one in earnings:
        weeks[one.person_id, awarding.week_of(one.earned_on)].append(one)
    people: Counter[UUID] = Counter()
    earning = limited = 0
    for (person_id, _), week in weeks.items():
        points = awarding.decide(rules, week)
        people[person_id] += sum(points.values())
        earning += sum(1 for one in points.values() if one)
        limited += sum(1 for one in week if points[one.source] < one.points)
    got = sorted(one for one in people.values() if one)
    return Trial(
        first_day=date.min,
        last_day=date.min,
        facts=0,
        earning=earning,
        limited=limited,
        people=len(got),
        points=sum(got),
        median=got[(len(got) - 1) // 2] if got else 0,
        most=max(got, default=0),
    )


async def written(actor: Actor) -> list[AwardRule]:
    """All revisions that the group wrote."""
    with database.tenant(actor.tenant_id):
        async with database.connection() as connection:
            return rules_from(await connection.fetchval(f"select {RULES}", actor.tenant_id))


_FACTS = f"{relay.ENTRIES} where tenant_id = $1 and kind = $2 and at >= $3 and at < $4 order by id limit $5"
