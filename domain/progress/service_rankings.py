"""Use cases of taking part: leave all rankings at once, and come back."""

from uuid import UUID

from domain.kernel import clock
from domain.kernel.actor import Actor
from domain.kernel.errors import NotPermitted
from domain.kernel.events import Event
from domain.kernel.work import Work, begin
from domain.progress import events
from domain.progress.service import BOARDS, COUNT


async def leave_rankings(actor: Actor, *, key: str | None = None) -> UUID:
    """The person is in no ranking of any season from now on; points are earned as before. The person's id."""
    person_id = _person(actor)
    async with begin(actor, key=key, intent=("leave_rankings",)) as work:
        if work.replay is None:
            await work.wait_for(BOARDS)
            if await work.connection.fetchval(_LEAVE, actor.tenant_id, person_id, clock.now()):
                await _show(work, person_id, events.RankingsLeft(subject_id=person_id, hearers=(person_id,)))
            work.reply(str(person_id))
    return person_id


async def join_rankings(actor: Actor, *, key: str | None = None) -> UUID:
    """The person is in the rankings again, with all that was earned meanwhile. The person's id."""
    person_id = _person(actor)
    async with begin(actor, key=key, intent=("join_rankings",)) as work:
        if work.replay is None:
            await work.wait_for(BOARDS)
            if await work.connection.fetchval(_JOIN, actor.tenant_id, person_id):
                await _show(work, person_id, events.RankingsJoined(subject_id=person_id, hearers=(person_id,)))
            work.reply(str(person_id))
    return person_id


def _person(actor: Actor) -> UUID:
    if actor.person_id is None:
        raise NotPermitted("Only a person is in rankings.")
    return actor.person_id


async def _show(work: Work, person_id: UUID, event: Event) -> None:
    """Standings and counts follow what the person chose."""
    await work.connection.execute(_SHOW, work.actor.tenant_id, person_id)
    work.record(event)


_LEAVE = """
insert into ranking_absence (tenant_id, person_id, left_at) values ($1, $2, $3) on conflict do nothing returning true"""
_JOIN = "delete from ranking_absence where tenant_id = $1 and person_id = $2 returning true"
_SHOW = f"""
with moved as (
  update standing s set is_shown = not s.is_shown from season w
  where w.tenant_id = $1 and s.tenant_id = $1 and s.season_id = w.id and s.person_id = $2
    and s.is_shown = exists (select from ranking_absence a where a.tenant_id = $1 and a.person_id = $2)
  returning s.season_id, s.points, case when s.is_shown then 1 else -1 end as people
){COUNT}"""
