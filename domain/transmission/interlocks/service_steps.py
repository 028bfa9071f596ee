"""What every use case of interlocks does: take the row, ask who may, keep the step, and tell all who take part."""

from typing import cast
from uuid import UUID

from domain.kernel import clock, permits, views
from domain.kernel.errors import NotPermitted
from domain.kernel.ids import new_id
from domain.kernel.permits import Action, Relation
from domain.kernel.work import Work
from domain.objectives.views import FACTS
from domain.transmission.interlocks.events import InterlockEvent
from domain.transmission.interlocks.model import Interlock, InterlockStep
from domain.transmission.interlocks.rules import Standing
from domain.transmission.interlocks.terms import PERMITTED_AS, InterlockAct, InterlockStatus, InterlockStepKind
from domain.transmission.interlocks.views import INTERLOCK, standing


async def take(work: Work, interlock_id: UUID, act: InterlockAct, *, version: int) -> Interlock:
    """The interlock, locked until commit. NotFound, StaleVersion, NotPermitted."""
    interlock = await work.lock(INTERLOCK, Interlock, interlock_id, version=version)
    permits.require(PERMITTED_AS[act], await relations(work, interlock_id, PERMITTED_AS[act]))
    return interlock


async def relations(work: Work, interlock_id: UUID, action: Action) -> list[Relation]:
    """How the actor stands to the interlock, as far as the action depends on it."""
    slots = views.Slots(FACTS, row="r")
    stands = standing(action).format_map(slots)
    sql = f"select {stands} from interlock r where r.tenant_id = {slots['tenant']} and r.id = ${len(slots.names) + 1}"
    names = await work.connection.fetchval(sql, *slots.values_for(work.actor), interlock_id)
    return [Relation(name) for name in cast("list[str]", names)]


def me(work: Work) -> UUID:
    """The acting person; NotPermitted for a partner."""
    if work.actor.person_id is None:
        raise NotPermitted("Promises are between persons.")
    return work.actor.person_id


def stands(interlock: Interlock) -> Standing:
    """How it stands, as the rules ask for it."""
    confirmed = (interlock.provider_confirmed_by_id, interlock.receiver_confirmed_by_id)
    return Standing(
        status=InterlockStatus(interlock.status),
        is_confirmed_by_both=None not in confirmed,
        due_on=interlock.due_on,
        delivered_on=interlock.delivered_on,
    )


def settle(work: Work, interlock: Interlock, reason: str | None) -> None:
    """Note the last word on it."""
    interlock.settled_by_id, interlock.settled_at = me(work), clock.now()
    interlock.reason = reason  # pyright: ignore[reportAttributeAccessIssue] - Tortoise types it as never null


async def keep(
    work: Work, interlock: Interlock, kind: InterlockStepKind, fact: type[InterlockEvent], words: str | None = None
) -> None:
    """Store it as its next version, with the step that led there."""
    interlock.version += 1
    await interlock.save()
    await note(work, interlock, kind, fact, words)


async def note(
    work: Work, interlock: Interlock, kind: InterlockStepKind, fact: type[InterlockEvent], words: str | None = None
) -> None:
    """Keep the step, and tell all who take part: who proposed it for others, until both confirmed it."""
    await InterlockStep.create(
        id=new_id(),
        tenant_id=work.actor.tenant_id,
        interlock_id=interlock.id,
        kind=kind,
        status=interlock.status,
        by_id=me(work),
        at=clock.now(),
        words=words,
    )
    others = () if stands(interlock).is_confirmed_by_both else (interlock.proposed_by_id,)
    # Who promised stands first, and earns it when it is accepted: `progress.awarding` reads it there.
    parties = dict.fromkeys((interlock.provider_id, interlock.receiver_id, *others))
    work.record(fact(subject_id=interlock.id, version=interlock.version, hearers=tuple(parties)))
