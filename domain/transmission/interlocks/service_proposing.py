"""Use cases before a promise holds: propose it, put it in other words, confirm or decline it."""

from datetime import date
from uuid import UUID

from domain.kernel import clock, permits
from domain.kernel.actor import Actor, Role
from domain.kernel.errors import InvalidInput, NotFound
from domain.kernel.ids import new_id
from domain.kernel.permits import Action, Relation
from domain.kernel.work import Work, begin
from domain.objectives.views import OBJECTIVE
from domain.transmission.interlocks import events, rules, service_parties, service_steps
from domain.transmission.interlocks.model import Interlock
from domain.transmission.interlocks.terms import (
    InterlockAct,
    InterlockStatus,
    InterlockStepKind,
    NewInterlock,
    Terms,
)


async def propose(actor: Actor, new: NewInterlock, *, key: str) -> UUID:
    """Propose a promise; who proposes their own side has confirmed it. The id of the interlock.

    NotFound, NotPermitted, InvalidInput, NotTheirUnit.
    """
    rules.check_terms(new.terms, today=clock.today(actor.zone))
    if new.provider.person_id == new.receiver.person_id:
        raise InvalidInput("Nobody promises anything to themselves here.", field="receiver")
    async with begin(actor, key=key, intent=("propose_interlock", repr(new))) as work:
        if work.replay is not None:
            return UUID(str(work.replay))
        service_steps.me(work)
        permits.require(Action.PROPOSE_INTERLOCK, await _relations(work, new))
        await _check_cycle(work, new.cycle_id, new.terms.due_on)
        if new.objective_id is not None:
            await work.see(OBJECTIVE, new.objective_id)
        interlock = await _create(work, new)
        await service_steps.note(work, interlock, InterlockStepKind.PROPOSED, events.InterlockProposed)
        work.reply(str(interlock.id))
    return interlock.id


async def _relations(work: Work, new: NewInterlock) -> list[Relation]:
    me = work.actor.person_id
    sides = {Relation.PROVIDER: new.provider.person_id, Relation.RECEIVER: new.receiver.person_id}
    found = [relation for relation, person_id in sides.items() if person_id == me]
    if Role.STRATEGY_OFFICE in work.actor.roles:
        found.append(Relation.STRATEGY_OFFICE)
    if not found and await service_parties.manages_one(work, sides.values()):
        found.append(Relation.MANAGER)
    return found


async def _check_cycle(work: Work, cycle_id: UUID, due_on: date) -> None:
    row = await work.connection.fetchrow(
        "select starts_on, ends_on, closed_at from cycle where tenant_id = $1 and id = $2",
        work.actor.tenant_id,
        cycle_id,
    )
    if row is None:
        raise NotFound("The cycle")
    if row["closed_at"] is not None:
        raise InvalidInput("This cycle is closed.", field="cycle")
    rules.check_within(due_on, row["starts_on"], row["ends_on"])


async def _create(work: Work, new: NewInterlock) -> Interlock:
    me, now = service_steps.me(work), clock.now()
    interlock = Interlock(
        id=new_id(),
        tenant_id=work.actor.tenant_id,
        cycle_id=new.cycle_id,
        provider_unit_id=await service_parties.unit_of(work, new.provider, "provider"),
        provider_id=new.provider.person_id,
        receiver_unit_id=await service_parties.unit_of(work, new.receiver, "receiver"),
        receiver_id=new.receiver.person_id,
        objective_id=new.objective_id,
        status=InterlockStatus.PROPOSED,
        version=1,
        proposed_by_id=me,
        proposed_at=now,
        deliveries=0,
    )
    _word(interlock, new.terms)
    _confirm(work, interlock)
    await interlock.save(force_create=True)
    return interlock


def _word(interlock: Interlock, terms: Terms) -> None:
    interlock.output, interlock.criteria = terms.output.strip(), terms.criteria.strip()
    interlock.output_zh = terms.output_zh  # pyright: ignore[reportAttributeAccessIssue] - Tortoise types it as never null
    interlock.criteria_zh = terms.criteria_zh  # pyright: ignore[reportAttributeAccessIssue] - the same
    interlock.due_on, interlock.weight = terms.due_on, terms.weight


def _confirm(work: Work, interlock: Interlock) -> None:
    """The actor's own side, if they stand for one."""
    me = work.actor.person_id
    if interlock.provider_id == me:
        interlock.provider_confirmed_by_id, interlock.provider_confirmed_at = me, clock.now()
    elif interlock.receiver_id == me:
        interlock.receiver_confirmed_by_id, interlock.receiver_confirmed_at = me, clock.now()


async def amend(actor: Actor, interlock_id: UUID, terms: Terms, *, version: int, key: str) -> UUID:
    """Put a proposal in other words; nobody but who does so has confirmed it then.

    NotFound, NotPermitted, StaleVersion, InterlockSettled, InvalidInput.
    """
    today = clock.today(actor.zone)
    rules.check_terms(terms, today=today)
    async with begin(actor, key=key, intent=("amend_interlock", interlock_id, repr(terms), version)) as work:
        if work.replay is not None:
            return interlock_id
        interlock = await service_steps.take(work, interlock_id, InterlockAct.AMEND, version=version)
        rules.follow(InterlockAct.AMEND, service_steps.stands(interlock), today=today)
        await _check_cycle(work, interlock.cycle_id, terms.due_on)
        _word(interlock, terms)
        service_parties.unconfirm(interlock)
        _confirm(work, interlock)
        await service_steps.keep(work, interlock, InterlockStepKind.AMENDED, events.InterlockProposed)
        work.reply(True)
    return interlock_id


async def confirm(actor: Actor, interlock_id: UUID, *, version: int, key: str) -> UUID:
    """Stand for the actor's side; it holds once both do. NotFound, NotPermitted, StaleVersion, InterlockSettled."""
    async with begin(actor, key=key, intent=("confirm_interlock", interlock_id, version)) as work:
        if work.replay is not None:
            return interlock_id
        interlock = await service_steps.take(work, interlock_id, InterlockAct.CONFIRM, version=version)
        _confirm(work, interlock)
        standing = service_steps.stands(interlock)
        interlock.status = rules.follow(InterlockAct.CONFIRM, standing, today=clock.today(actor.zone))
        await service_steps.keep(work, interlock, InterlockStepKind.CONFIRMED, events.InterlockConfirmed)
        work.reply(True)
    return interlock_id


async def decline(actor: Actor, interlock_id: UUID, *, version: int, key: str, reason: str) -> UUID:
    """Say no, and why: the need stays, and stays uncovered. NotFound, NotPermitted, StaleVersion, InterlockSettled."""
    said = rules.check_words(reason, "reason")
    async with begin(actor, key=key, intent=("decline_interlock", interlock_id, version, reason)) as work:
        if work.replay is not None:
            return interlock_id
        interlock = await service_steps.take(work, interlock_id, InterlockAct.DECLINE, version=version)
        standing = service_steps.stands(interlock)
        interlock.status = rules.follow(InterlockAct.DECLINE, standing, today=clock.today(actor.zone))
        service_steps.settle(work, interlock, said)
        await service_steps.keep(work, interlock, InterlockStepKind.DECLINED, events.InterlockDeclined, said)
        work.reply(True)
    return interlock_id
