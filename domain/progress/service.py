"""Use cases of progress: open a season, and add what people earned."""

from collections.abc import Sequence
from uuid import UUID

from asyncpg import ExclusionViolationError, UniqueViolationError

from domain.kernel import permits
from domain.kernel.actor import Actor, Role
from domain.kernel.errors import InvalidInput
from domain.kernel.permits import Action, Relation
from domain.kernel.work import Work, begin
from domain.progress import events, rules
from domain.progress.ledger import ISSUE
from domain.progress.terms import Earning, NewSeason

BOARDS = "boards"
"""The name under which a tenant's standings are held: beside others to add to them, alone to change who is shown."""


async def open_season(actor: Actor, season: NewSeason, *, key: str | None = None) -> UUID:
    """The id of the new season; InvalidInput when another one holds one of its days."""
    rules.check_season(season)
    intent = ("open_season", season.name, season.starts_on, season.ends_on)
    async with begin(actor, key=key, intent=intent) as work:
        if work.replay is not None:
            return UUID(str(work.replay))
        is_office = Role.STRATEGY_OFFICE in actor.roles
        permits.require(Action.KEEP_SEASONS, [Relation.STRATEGY_OFFICE] if is_office else [])
        await _create(work, season)
        first, last = season.starts_on.isoformat(), season.ends_on.isoformat()
        work.record(events.SeasonOpened(subject_id=season.id, starts_on=first, ends_on=last))
        work.reply(str(season.id))
    return season.id


async def _create(work: Work, season: NewSeason) -> None:
    await work.wait_for("seasons")
    try:
        await work.connection.execute(
            "insert into season (tenant_id, id, name, name_zh, starts_on, ends_on) values ($1, $2, $3, $4, $5, $6)",
            work.actor.tenant_id,
            season.id,
            season.name,
            season.name_zh,
            season.starts_on,
            season.ends_on,
        )
    except (ExclusionViolationError, UniqueViolationError):
        raise InvalidInput("Another season holds some of these days.", field="startsOn") from None


async def add(work: Work, earnings: Sequence[Earning]) -> None:
    """Write what was earned, in the ledger as well, and move standings and counts along, in one statement however
    many earn.

    What was earned before, or on a day of no season, changes nothing. The order in which earnings come does not
    matter. Rows are written in the order of their keys, so that those who add at once wait for each other and never
    in a circle.
    """
    if not earnings:
        return
    await work.wait_beside(BOARDS)
    columns = [
        (e.person_id, e.reason, e.earned_on, e.points, e.earned_at, e.source, e.object_id, e.other_id) for e in earnings
    ]
    await work.connection.execute(_ADD, work.actor.tenant_id, *(list(one) for one in zip(*columns, strict=True)))


COUNT = f"""
insert into standing_count as c (tenant_id, season_id, width, points, people)
select $1, m.season_id, w.width, m.points - m.points % w.width, sum(m.people)
from moved m cross join (values (1), ({rules.WIDTH})) w (width)
group by 2, 3, 4 having sum(m.people) <> 0 order by 2, 3, 4
on conflict (tenant_id, season_id, width, points) do update set people = c.people + excluded.people"""
"""Follows a `with` whose `moved` says how many people more, or less, have which points of a season."""
BOOKED = f"""
insert into ledger_entry (tenant_id, id, currency, from_kind, from_id, to_kind, to_id, amount, reason, key, at,
                          reverses_id)
select $1, gen_random_uuid(), 'EXPERIENCE', 'ISSUE', '{ISSUE.id}'::uuid, 'PERSON', e.person_id, e.points, e.reason,
       concat_ws(':', 'award', e.reason, e.earned_on, e.source, e.person_id, e.revision), e.earned_at, null::uuid
from earned e where e.points > 0"""
"""Follows a `with` whose `earned` says who earned what: the ledger moves with it."""
_ADD = f"""
with earned as (
  insert into point_entry (tenant_id, season_id, person_id, earned_on, reason, points, earned_at, source, object_id,
                           other_id)
  select $1, s.id, e.person_id, e.earned_on, e.reason, e.points, e.earned_at, e.source, e.object_id, e.other_id
  from unnest($2::uuid[], $3::text[], $4::date[], $5::integer[], $6::timestamptz[], $7::bigint[], $8::uuid[],
              $9::uuid[])
    as e (person_id, reason, earned_on, points, earned_at, source, object_id, other_id)
  join season s on s.tenant_id = $1 and s.starts_on <= e.earned_on and e.earned_on <= s.ends_on
  order by s.id, e.person_id, e.earned_on, e.reason, e.earned_at
  on conflict do nothing
  returning season_id, person_id, earned_on, reason, source, revision, points, earned_at
), booked as ({BOOKED}
), gained as (
  select season_id, person_id, sum(points)::integer as points, max(earned_at) as at
  from earned where points > 0 group by 1, 2
), risen as (
  insert into standing as s (tenant_id, season_id, person_id, points, reached_at, is_shown)
  select $1, g.season_id, g.person_id, g.points, g.at,
         not exists (select from ranking_absence a where a.tenant_id = $1 and a.person_id = g.person_id)
  from gained g order by g.season_id, g.person_id
  on conflict (tenant_id, season_id, person_id) do update
    set points = s.points + excluded.points, reached_at = greatest(s.reached_at, excluded.reached_at)
  returning season_id, person_id, points, is_shown
), told as (
  select season_id, person_id, points, 0 as gained, is_shown from risen
  union all
  select season_id, person_id, 0, points, false from gained
), stepped as (
  select season_id, max(points) as points, sum(gained)::integer as gained
  from told group by season_id, person_id having bool_or(is_shown)
), moved as (
  select s.season_id, v.points, v.people
  from stepped s cross join lateral (values (s.points, 1), (s.points - s.gained, -1)) v (points, people)
  where v.points > 0
){COUNT}"""
"""`told` is grouped and not joined: PostgreSQL knows nothing of how many rows a `with` holds, and would compare each
gain with each standing."""
