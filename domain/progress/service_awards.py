"""Use cases of awards: hear what earns, and decide a week again when something of it is heard late."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

import orjson

from domain.kernel.actor import Actor
from domain.kernel.relay import Entry
from domain.kernel.work import Work, begin
from domain.progress import awarding, service
from domain.progress.awarding import WEEK, AwardRule, Condition, Fact
from domain.progress.service import BOARDS, BOOKED, COUNT
from domain.progress.terms import Earning

if TYPE_CHECKING:
    import asyncpg

AWARDS = "awards"
"""The name under which one unit of work of a tenant decides at a time."""


@dataclass(frozen=True, slots=True)
class Season:
    """A period with a board of its own."""

    id: UUID
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class Known:
    """What of a tenant bears on some facts: all that these people earned in the weeks around them."""

    zone: str
    rules: Sequence[AwardRule]
    seasons: Sequence[Season]
    earned: Sequence[Earning]


@dataclass(frozen=True, slots=True)
class Change:
    """An earning that an earlier fact of its week makes another one."""

    season_id: UUID
    was: Earning
    points: int


async def hear(entries: Sequence[Entry]) -> None:
    """The reader "progress": who did what a rule is about earns, set by set, once however often it is heard."""
    found = awarding.facts(entries)
    if not found:
        return
    async with begin(Actor(tenant_id=entries[0].tenant_id, zone="UTC")) as work:
        await work.wait_for(AWARDS)
        known = await _known(work, found)
        new, changes = plan(known, found)
        await service.add(work, new)
        if changes:
            await _amend(work, changes)


def plan(known: Known, found: Iterable[Fact]) -> tuple[list[Earning], list[Change]]:
    """What is earned now, and what earlier decisions become."""
    before = {_key(one): one for one in known.earned}
    heard = {_key(one): one for one in awarding.earnings(known.rules, list(found), known.zone)}
    new = {key: one for key, one in heard.items() if key not in before}
    weeks: dict[tuple[UUID, UUID, date, str], list[Earning]] = defaultdict(list)
    for one in (*known.earned, *new.values()):
        season = next((each for each in known.seasons if each.starts_on <= one.earned_on <= each.ends_on), None)
        if season is not None:
            weeks[season.id, one.person_id, awarding.week_of(one.earned_on), one.reason].append(one)
    added: list[Earning] = []
    changes: list[Change] = []
    for (season_id, *_), week in weeks.items():
        if all(_key(one) in before for one in week):
            continue
        decided = awarding.decide(known.rules, week)
        for one in week:
            points = decided.get(one.source, one.points)
            if _key(one) in new:
                added.append(replace(one, points=points))
            elif points != one.points:
                changes.append(Change(season_id, one, points))
    return added, changes


def _key(one: Earning) -> tuple[UUID, str, int, date]:
    return one.person_id, one.reason, one.source, one.earned_on


async def _known(work: Work, found: Sequence[Fact]) -> Known:
    days = [one.at.astimezone(UTC).date() for one in found]
    people = list({one.person_id for one in found})
    # A day elsewhere is one before or behind that of UTC, and its week begins or ends six days from it.
    span = (min(days) - WEEK, max(days) + WEEK)
    row = await work.connection.fetchrow(_KNOWN, work.actor.tenant_id, *span)
    earned = await work.connection.fetch(_EARNED, work.actor.tenant_id, people, *span)
    assert row is not None, "the tenant is there"
    return Known(
        zone=row["zone"],
        rules=rules_from(row["rules"]),
        seasons=[_season(one) for one in orjson.loads(row["seasons"])],
        earned=[_earning(one) for one in earned],
    )


def rules_from(encoded: str) -> list[AwardRule]:
    """The rows of `award_rule`, as JSON."""
    return [_rule(one) for one in orjson.loads(encoded)]


def _rule(row: Mapping[str, Any]) -> AwardRule:
    plain = ("code", "event", "name", "name_zh", "points", "day_max", "week_max", "object_days")
    return AwardRule(
        **{name: row[name] for name in (*plain, "pair_halves", "needs_other", "revision")},
        conditions=tuple(Condition(one["field"], one["value"]) for one in row["conditions"]),
        holds_from=datetime.fromisoformat(row["holds_from"]),
    )


def _season(row: Mapping[str, str]) -> Season:
    return Season(UUID(row["id"]), date.fromisoformat(row["starts_on"]), date.fromisoformat(row["ends_on"]))


def _earning(row: "asyncpg.Record") -> Earning:
    return Earning(**row)


async def _amend(work: Work, changes: Sequence[Change]) -> None:
    """What was booked is taken back by contra entries and booked anew; then the standings are added up again."""
    ordered = sorted(changes, key=lambda one: (one.was.person_id, one.was.earned_on, one.was.reason, one.was.source))
    columns = [
        (
            one.season_id,
            one.was.person_id,
            one.was.earned_on,
            one.was.reason,
            one.was.source,
            one.was.points,
            one.points,
        )
        for one in ordered
    ]
    given = (list(one) for one in zip(*columns, strict=True))
    await work.connection.execute(_AMEND, work.actor.tenant_id, *given)
    for season_id in sorted({one.season_id for one in changes}):
        people = sorted({one.was.person_id for one in changes if one.season_id == season_id})
        await work.wait_beside(BOARDS)
        await work.connection.execute(_RISE, work.actor.tenant_id, season_id, people)


RULES = """
(select coalesce(jsonb_agg(to_jsonb(r) order by r.code, r.revision), '[]') from award_rule r where r.tenant_id = $1)"""
_KNOWN = f"""
select t.zone, {RULES} as rules,
  (select coalesce(jsonb_agg(to_jsonb(s)), '[]') from season s
   where s.tenant_id = $1 and s.starts_on <= $3 and $2 <= s.ends_on) as seasons
from tenant t where t.id = $1"""
_EARNED = """
select e.person_id, e.reason, e.points, e.earned_on, e.earned_at, e.source, e.object_id, e.other_id, e.revision
from point_entry e
where e.tenant_id = $1 and e.person_id = any($2::uuid[]) and e.earned_on >= $3 and e.earned_on <= $4"""
_AMEND = f"""
with given as (
  select * from unnest($2::uuid[], $3::uuid[], $4::date[], $5::text[], $6::bigint[], $7::integer[], $8::integer[])
    as g (season_id, person_id, earned_on, reason, source, was, points)
), earned as (
  update point_entry e set points = g.points, revision = e.revision + 1 from given g
  where e.tenant_id = $1 and e.season_id = g.season_id and e.person_id = g.person_id and e.earned_on = g.earned_on
    and e.reason = g.reason and e.source = g.source
  returning e.person_id, e.reason, e.earned_on, e.source, e.revision, e.points, e.earned_at
)
{BOOKED}
union all
select $1, gen_random_uuid(), o.currency, o.to_kind, o.to_id, o.from_kind, o.from_id, o.amount, 'DECIDED_ANEW',
       'contra:' || o.id, o.at, o.id
from earned e join ledger_entry o on o.tenant_id = $1
  and o.key = concat_ws(':', 'award', e.reason, e.earned_on, e.source, e.person_id, e.revision - 1)"""
_RISE = f"""
with truth as (
  select e.person_id, sum(e.points)::integer as points, max(e.earned_at) as at
  from point_entry e
  where e.tenant_id = $1 and e.season_id = $2 and e.person_id = any($3::uuid[]) and e.points > 0 group by 1
), kept as (
  select person_id, points, is_shown from standing
  where tenant_id = $1 and season_id = $2 and person_id = any($3::uuid[])
), put as (
  insert into standing (tenant_id, season_id, person_id, points, reached_at, is_shown)
  select $1, $2, t.person_id, t.points, t.at,
         not exists (select from ranking_absence a where a.tenant_id = $1 and a.person_id = t.person_id)
  from truth t order by t.person_id
  on conflict (tenant_id, season_id, person_id) do update
    set points = excluded.points, reached_at = excluded.reached_at
  returning season_id, points, is_shown
), moved as (
  select season_id, points, 1 as people from put where is_shown
  union all
  select $2, points, -1 from kept where is_shown
){COUNT}"""
