"""Makes standings anew from what was earned, and counts from standings; what was wrong is put right and said."""

from uuid import UUID
from zoneinfo import ZoneInfo

import structlog

from domain.kernel import clock, database, relay
from domain.kernel.actor import Actor
from domain.kernel.work import begin
from domain.progress import awarding, rules, service_awards
from domain.progress.service import BOARDS

PORTION = 50_000
"""How many earnings are added up in one statement, and those of one person more."""
PAGE = 1_000
"""How many entries of the journal are heard again in one unit of work."""
NIGHT_HOUR = 3
"""When nobody checks in, by the clock of the group."""

log = structlog.get_logger(__name__)


async def rebuild_at_night() -> int:
    """The running season of every tenant where it is night; how many rows were wrong."""
    wrong = 0
    for row in await database.gate().fetch("select id, zone from tenant"):
        if clock.now().astimezone(ZoneInfo(row["zone"])).hour == NIGHT_HOUR:
            wrong += await rebuild_running(Actor(tenant_id=row["id"], zone=row["zone"]))
    return wrong


async def rebuild_running(actor: Actor) -> int:
    """The season of today; how many rows were wrong, 0 without a season."""
    async with begin(actor) as work:
        season_id = await work.connection.fetchval(
            "select id from season where tenant_id = $1 and starts_on <= $2 and $2 <= ends_on",
            actor.tenant_id,
            clock.today(actor.zone),
        )
    wrong = 0 if season_id is None else await rebuild(actor, season_id)
    if wrong:
        log.error("boards_drifted", season=str(season_id), rows=wrong)
    return wrong


async def hear_again(actor: Actor) -> int:
    """Show the whole journal to the awards once more; how many entries. Where nothing was lost, nothing changes.

    Who earned nothing and should have, has it then; what was added by hand stays.
    """
    heard, after, kinds = 0, 0, sorted(awarding.EVENTS)
    while True:
        with database.tenant(actor.tenant_id):
            async with database.connection() as connection:
                rows = await connection.fetch(_PAGE, actor.tenant_id, after, kinds, PAGE)
        if not rows:
            return heard
        await service_awards.hear([relay.entry_of(row) for row in rows])
        heard, after = heard + len(rows), rows[-1]["id"]


async def rebuild(actor: Actor, season_id: UUID) -> int:
    """How many standings and counts were wrong; they are right now.

    Portion by portion, each in a transaction of its own, so that who adds points waits for one of them at most.
    """
    wrong, after = 0, _FIRST
    while after < _LAST:
        async with begin(actor) as work:
            await work.wait_for(BOARDS)
            values = actor.tenant_id, season_id, after
            upto = await work.connection.fetchval(_UPTO, *values, PORTION - 1) or _LAST
            wrong += await work.connection.fetchval(_STANDINGS, *values, upto)
        after = upto
    async with begin(actor) as work:
        await work.wait_for(BOARDS)
        wrong += await work.connection.fetchval(_COUNTS, actor.tenant_id, season_id)
        await work.connection.execute(_EMPTY, actor.tenant_id, season_id)
    return wrong


_PAGE = f"{relay.ENTRIES} where tenant_id = $1 and id > $2 and kind = any($3::text[]) order by id limit $4"
_FIRST, _LAST = UUID(int=0), UUID(int=2**128 - 1)
_UPTO = """
select person_id from point_entry where tenant_id = $1 and season_id = $2 and person_id > $3
order by person_id offset $4 limit 1"""
# Sets are compared by `except`: it is quick without statistics, and leaves rows that are right alone, where an upsert
# would lock each of them.
_STANDINGS = """
with truth as (
  select e.person_id, sum(e.points)::integer as points, max(e.earned_at) as reached_at,
         not exists (select from ranking_absence a where a.tenant_id = $1 and a.person_id = e.person_id) as is_shown
  from point_entry e
  where e.tenant_id = $1 and e.season_id = $2 and e.person_id > $3 and e.person_id <= $4 and e.points > 0
  group by e.person_id
), kept as (
  select person_id, points, reached_at, is_shown from standing
  where tenant_id = $1 and season_id = $2 and person_id > $3 and person_id <= $4
), extra as materialized (
  select person_id from kept except select person_id from truth
), amiss as materialized (
  select person_id, points, reached_at, is_shown from truth
  except select person_id, points, reached_at, is_shown from kept
), gone as (
  delete from standing s using extra e
  where s.tenant_id = $1 and s.season_id = $2 and s.person_id = e.person_id returning true
), put as (
  insert into standing (tenant_id, season_id, person_id, points, reached_at, is_shown)
  select $1, $2, person_id, points, reached_at, is_shown from amiss
  on conflict (tenant_id, season_id, person_id) do update
    set points = excluded.points, reached_at = excluded.reached_at, is_shown = excluded.is_shown
  returning true
)
select (select count(*) from gone) + (select count(*) from put)"""
_COUNTS = f"""
with truth as (
  select w.width, s.points - s.points % w.width as points, count(*)::integer as people
  from standing s cross join (values (1), ({rules.WIDTH})) w (width)
  where s.tenant_id = $1 and s.season_id = $2 and s.is_shown group by 1, 2
), kept as (
  select width, points, people from standing_count where tenant_id = $1 and season_id = $2 and people <> 0
), extra as materialized (
  select width, points from kept except select width, points from truth
), amiss as materialized (
  select width, points, people from truth except select width, points, people from kept
), gone as (
  delete from standing_count c using extra e
  where c.tenant_id = $1 and c.season_id = $2 and c.width = e.width and c.points = e.points returning true
), put as (
  insert into standing_count (tenant_id, season_id, width, points, people)
  select $1, $2, width, points, people from amiss
  on conflict (tenant_id, season_id, width, points) do update set people = excluded.people
  returning true
)
select (select count(*) from gone) + (select count(*) from put)"""
_EMPTY = "delete from standing_count where tenant_id = $1 and season_id = $2 and people = 0"
"""Nobody stands there any more; that was no fault."""
