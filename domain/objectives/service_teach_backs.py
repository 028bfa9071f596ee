"""Use cases of saying an intent back: the owner says it, the line confirms it or returns it."""

from typing import TYPE_CHECKING
from uuid import UUID

from domain.kernel import clock
from domain.kernel.actor import Actor
from domain.kernel.errors import NotFound
from domain.kernel.ids import new_id
from domain.kernel.permits import Action
from domain.kernel.work import Work, begin
from domain.objectives import events, service, teach_backs
from domain.objectives.model import Objective, TeachBack
from domain.objectives.terms import TeachBackState
from domain.objectives.views import OBJECTIVE
from domain.objectives.views_teach_backs import TEACH_BACK
from domain.people import service as people

if TYPE_CHECKING:
    import asyncpg

    from domain.kernel.database import Connection


async def say_back(actor: Actor, objective_id: UUID, intent_id: UUID, words: str, *, key: str) -> UUID:
    """Say in own words what the intent asks of an objective of the actor's own; the id of what was said.

    What waited until now is replaced. NotFound, NotPermitted, ObjectiveNotActive, IntentMovedOn, SayBackConfirmed.
    """
    teach_backs.check_words(words, "words")
    async with begin(actor, key=key, intent=("say_back", objective_id, intent_id, words)) as work:
        if work.replay is not None:
            return UUID(str(work.replay))
        objective = await work.lock(OBJECTIVE, Objective, objective_id)
        await service.require(work, objective_id, Action.SAY_BACK)
        await _check_sayable(work, objective, intent_id)
        said_id = await _say(work, objective, intent_id, words.strip())
        manager_id = await people.line_manager_of(work.connection, objective.owner_id, clock.today(actor.zone))
        work.record(
            events.IntentSaidBack(
                subject_id=objective_id,
                owner_id=objective.owner_id,
                teach_back_id=said_id,
                intent_id=intent_id,
                manager_id=manager_id,
                hearers=tuple(one for one in (objective.owner_id, manager_id) if one is not None),
            )
        )
        work.reply(str(said_id))
    return said_id


async def _check_sayable(work: Work, objective: Objective, intent_id: UUID) -> None:
    row = await work.connection.fetchrow(
        """select i.strategic_objective_id in (select a.id from intents_above($2) a) as is_inherited,
             (select n.id from intent n where n.tenant_id = $1 and n.strategic_objective_id = i.strategic_objective_id
              order by n.version desc limit 1) as current_id,
             (select b.state from teach_back b where b.tenant_id = $1 and b.objective_id = $2 and b.intent_id = i.id
              and b.state in ('SAID', 'CONFIRMED')) as standing
           from intent i where i.tenant_id = $1 and i.id = $3""",
        work.actor.tenant_id,
        objective.id,
        intent_id,
    )
    if row is None:
        raise NotFound("The intent")
    teach_backs.check_sayable(
        state=objective.state,
        is_inherited=row["is_inherited"],
        intent_id=intent_id,
        current_id=row["current_id"],
        standing=TeachBackState(row["standing"]) if row["standing"] else None,
    )


async def _say(work: Work, objective: Objective, intent_id: UUID, words: str) -> UUID:
    waiting = TeachBack.filter(objective_id=objective.id, intent_id=intent_id, state=TeachBackState.SAID)
    await waiting.update(state=TeachBackState.REPLACED)
    said = await TeachBack.create(
        id=new_id(),
        tenant_id=work.actor.tenant_id,
        intent_id=intent_id,
        objective_id=objective.id,
        said_by_id=objective.owner_id,
        words=words,
        said_at=clock.now(),
        state=TeachBackState.SAID,
    )
    return said.id


async def confirm(actor: Actor, teach_back_id: UUID, *, key: str) -> UUID:
    """Say that the owner understood the intent. NotFound, NotPermitted, SayBackNotWaiting, IntentMovedOn."""
    async with begin(actor, key=key, intent=("confirm_say_back", teach_back_id)) as work:
        if work.replay is not None:
            return teach_back_id
        said, objective = await _take(work, teach_back_id, Action.CONFIRM_SAY_BACK)
        teach_backs.check_current(said.intent_id, await _current(work, said.intent_id))
        await _answer(work, said, TeachBackState.CONFIRMED, None)
        work.record(_answered(events.SayBackAccepted, said, objective))
        work.reply(True)
    return teach_back_id


async def give_back(actor: Actor, teach_back_id: UUID, *, reason: str, key: str) -> UUID:
    """Ask the owner to say it once more, and why. NotFound, NotPermitted, SayBackNotWaiting."""
    teach_backs.check_words(reason, "reason")
    async with begin(actor, key=key, intent=("return_say_back", teach_back_id, reason)) as work:
        if work.replay is not None:
            return teach_back_id
        said, objective = await _take(work, teach_back_id, Action.RETURN_SAY_BACK)
        await _answer(work, said, TeachBackState.RETURNED, reason.strip())
        work.record(_answered(events.SayBackReturned, said, objective))
        work.reply(True)
    return teach_back_id


async def _take(work: Work, teach_back_id: UUID, action: Action) -> tuple[TeachBack, Objective]:
    """What was said, locked behind its objective, which is locked when it is said anew as well."""
    await work.see(TEACH_BACK, teach_back_id)
    seen = await TeachBack.get(id=teach_back_id)
    objective = await work.lock(OBJECTIVE, Objective, seen.objective_id)
    said = await work.lock(TEACH_BACK, TeachBack, teach_back_id)
    await service.require(work, objective.id, action)
    teach_backs.answer(said.state, is_own=objective.owner_id == work.actor.person_id)
    return said, objective


async def _current(work: Work, intent_id: UUID) -> UUID:
    return await work.connection.fetchval(
        """select n.id from intent i
           join intent n on n.tenant_id = i.tenant_id and n.strategic_objective_id = i.strategic_objective_id
           where i.tenant_id = $1 and i.id = $2 order by n.version desc limit 1""",
        work.actor.tenant_id,
        intent_id,
    )


async def _answer(work: Work, said: TeachBack, state: TeachBackState, words: str | None) -> None:
    assert work.actor.person_id is not None, "only persons stand in a line or in the strategy office"
    said.state, said.answered_by_id, said.answered_at = state, work.actor.person_id, clock.now()
    said.answer = words  # pyright: ignore[reportAttributeAccessIssue] - Tortoise types it as never null
    await said.save(update_fields=["state", "answered_by_id", "answered_at", "answer"])


def _answered(kind: type[events.SayBackAnswered], said: TeachBack, objective: Objective) -> events.SayBackAnswered:
    return kind(
        subject_id=objective.id,
        owner_id=objective.owner_id,
        teach_back_id=said.id,
        intent_id=said.intent_id,
        hearers=(objective.owner_id,),
    )


async def owners_to_ask(connection: "Connection", intent_id: UUID) -> "list[asyncpg.Record]":
    """Who has promised something that inherits this intent and has not said it back: (owner_id, objective_id).

    One row for each owner, with the objective nearest to the strategy; none when the intent has a newer version.
    """
    return await connection.fetch(
        """select distinct on (o.owner_id) o.owner_id, o.id as objective_id
           from intent i cross join lateral inheritors_of(i.strategic_objective_id) n
           join objective o on o.tenant_id = i.tenant_id and o.id = n.id
           where i.tenant_id = current_tenant() and i.id = $1
             and not exists (select from intent l where l.tenant_id = i.tenant_id
               and l.strategic_objective_id = i.strategic_objective_id and l.version > i.version)
             and not exists (select from teach_back b where b.tenant_id = i.tenant_id and b.objective_id = o.id
               and b.intent_id = i.id and b.state in ('SAID', 'CONFIRMED'))
           order by o.owner_id, n.level, o.id""",
        intent_id,
    )


async def has_unsaid(connection: "Connection", objective_id: UUID) -> bool:
    """Whether the owner of the objective still has to say one of its intents back."""
    return await connection.fetchval(
        """select exists (select from inherited_intent h where h.tenant_id = current_tenant() and h.objective_id = $1
             and h.strategic_objective_id in (select a.id from intents_above($1) a)
             and h.state in ('UNSAID', 'STALE', 'RETURNED'))""",
        objective_id,
    )
