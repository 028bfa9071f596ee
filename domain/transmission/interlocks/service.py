"""Use cases of a promise that holds: deliver, accept or reject, withdraw, and hand a side over."""

from uuid import UUID

from domain.kernel import clock, permits
from domain.kernel.actor import Actor, Role
from domain.kernel.errors import InvalidInput
from domain.kernel.permits import Action, Relation
from domain.kernel.work import Work, begin
from domain.transmission.interlocks import events, rules, service_parties, service_steps
from domain.transmission.interlocks.events import InterlockEvent
from domain.transmission.interlocks.model import Interlock
from domain.transmission.interlocks.terms import (
    InterlockAct,
    InterlockSide,
    InterlockStatus,
    InterlockStepKind,
    Party,
)

_LEFT: dict[InterlockAct, tuple[InterlockStepKind, type[InterlockEvent]]] = {
    InterlockAct.DELIVER: (InterlockStepKind.DELIVERED, events.InterlockDelivered),
    InterlockAct.ACCEPT: (InterlockStepKind.ACCEPTED, events.InterlockAccepted),
    InterlockAct.REJECT: (InterlockStepKind.REJECTED, events.InterlockRejected),
    InterlockAct.WITHDRAW: (InterlockStepKind.WITHDRAWN, events.InterlockWithdrawn),
}
"""What an act leaves behind: a step and a fact."""


async def deliver(actor: Actor, interlock_id: UUID, *, version: int, key: str, words: str | None = None) -> UUID:
    """Say that the output is there, today. NotFound, NotPermitted, StaleVersion, InterlockSettled."""
    return await _step(actor, interlock_id, InterlockAct.DELIVER, version=version, key=key, words=words)


async def accept(actor: Actor, interlock_id: UUID, *, version: int, key: str, words: str | None = None) -> UUID:
    """Say that it meets the criteria. NotFound, NotPermitted, StaleVersion, InterlockSettled."""
    return await _step(actor, interlock_id, InterlockAct.ACCEPT, version=version, key=key, words=words)


async def reject(actor: Actor, interlock_id: UUID, *, version: int, key: str, reason: str) -> UUID:
    """Say which criteria it does not meet. NotFound, NotPermitted, StaleVersion, InterlockSettled."""
    return await _step(actor, interlock_id, InterlockAct.REJECT, version=version, key=key, words=reason)


async def withdraw(actor: Actor, interlock_id: UUID, *, version: int, key: str, reason: str) -> UUID:
    """Take it back: a proposal by who made it, anything by the receiver until its date.

    NotFound, NotPermitted, StaleVersion, InterlockSettled, InterlockOverdue.
    """
    return await _step(actor, interlock_id, InterlockAct.WITHDRAW, version=version, key=key, words=reason)


async def _step(
    actor: Actor, interlock_id: UUID, act: InterlockAct, *, version: int, key: str, words: str | None
) -> UUID:
    said, today = (
        rules.check_words(words, "words" if act is InterlockAct.DELIVER else "reason"),
        clock.today(actor.zone),
    )
    async with begin(actor, key=key, intent=("interlock", act, interlock_id, version, words)) as work:
        if work.replay is not None:
            return interlock_id
        interlock = await service_steps.take(work, interlock_id, act, version=version)
        interlock.status = rules.follow(act, service_steps.stands(interlock), today=today)
        if act is InterlockAct.DELIVER:
            interlock.delivered_by_id, interlock.delivered_at = service_steps.me(work), clock.now()
            interlock.delivered_on = today
            interlock.deliveries += 1
        else:
            service_steps.settle(work, interlock, said)
        await service_steps.keep(work, interlock, *_LEFT[act], said)
        work.reply(True)
    return interlock_id


async def hand_over(
    actor: Actor,
    interlock_id: UUID,
    side: InterlockSide,
    party: Party,
    *,
    version: int,
    key: str,
    reason: str,
) -> UUID:
    """Have somebody else stand for a side. In a proposal, they have yet to confirm; what was confirmed holds on.

    NotFound, NotPermitted, StaleVersion, InterlockSettled, InvalidInput, NotTheirUnit.
    """
    said = rules.check_words(reason, "reason")
    async with begin(actor, key=key, intent=("hand_over", interlock_id, side, repr(party), version, reason)) as work:
        if work.replay is not None:
            return interlock_id
        interlock = await service_steps.take(work, interlock_id, InterlockAct.HAND_OVER, version=version)
        await _require_above(work, interlock, side)
        rules.follow(InterlockAct.HAND_OVER, service_steps.stands(interlock), today=clock.today(actor.zone))
        _check_heir(interlock, side, party.person_id)
        unit_id = await service_parties.unit_of(work, party, "to")
        service_parties.put(interlock, side, person_id=party.person_id, unit_id=unit_id)
        if interlock.status == InterlockStatus.PROPOSED:
            service_parties.unconfirm(interlock, [side])
        await service_steps.keep(work, interlock, InterlockStepKind.HANDED_OVER, events.InterlockHandedOver, said)
        work.reply(True)
    return interlock_id


async def _require_above(work: Work, interlock: Interlock, side: InterlockSide) -> None:
    """NotPermitted unless the actor manages who stands for this very side, or is the strategy office."""
    if Role.STRATEGY_OFFICE in work.actor.roles:
        return
    manages = await service_parties.manages_one(work, [service_parties.person_of(interlock, side)])
    permits.require(Action.HAND_OVER_INTERLOCK, [Relation.MANAGER] if manages else [])


def _check_heir(interlock: Interlock, side: InterlockSide, person_id: UUID) -> None:
    """Nobody stands for both sides, nor judges what they delivered themselves."""
    if person_id in {interlock.provider_id, interlock.receiver_id}:
        raise InvalidInput("This person stands for a side already.", field="to")
    if side is InterlockSide.RECEIVER and person_id == interlock.delivered_by_id:
        raise InvalidInput("This person delivered it and cannot judge it.", field="to")
