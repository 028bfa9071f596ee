"""Use cases of who is asked and who asked: accept, decline, counter, accept the counter, insist, withdraw."""

from decimal import Decimal
from uuid import UUID

from domain.kernel import clock, permits
from domain.kernel.actor import Actor, Role
from domain.kernel.permits import Relation
from domain.kernel.work import Work, begin
from domain.objectives import service
from domain.objectives.cascading import events, rules, service_binding, service_turns
from domain.objectives.cascading.service_binding import Wish
from domain.objectives.cascading.service_turns import Said
from domain.objectives.cascading.terms import PERMITTED_AS, Act, AlignmentMethod, AlignmentState
from domain.objectives.cascading.views import ALIGNMENT
from domain.objectives.model import Alignment
from domain.people import service as people


async def accept(
    actor: Actor, alignment_id: UUID, *, version: int, key: str, wish: Wish | None = None, reason: str | None = None
) -> UUID:
    """Agree. A slice becomes a key result of a draft of one's own, in the same transaction, as `wish` says."""
    rules.check_reason(reason)
    intent = ("accept", alignment_id, version, repr(wish), reason)
    async with begin(actor, key=key, intent=intent) as work:
        if work.replay is not None:
            return alignment_id
        alignment, _ = await _take(work, alignment_id, Act.ACCEPT, version=version)
        await _agree(work, alignment, wish or Wish())
        told_id = alignment.proposed_by_id
        said = Said(amount=alignment.amount, reason=reason)
        await service_turns.say(work, alignment, Act.ACCEPT, events.AlignmentAccepted, said, told_id=told_id)
        work.reply(True)
    return alignment_id


async def _take(work: Work, alignment_id: UUID, act: Act, *, version: int) -> tuple[Alignment, AlignmentState]:
    """The alignment, locked, if the actor may do this with it now; and the state that follows."""
    await work.wait_for("cascade")
    alignment = await work.lock(ALIGNMENT, Alignment, alignment_id, version=version)
    permits.require(PERMITTED_AS[act], _relations(work.actor, alignment))
    return alignment, rules.follow(act, alignment.state, alignment.method)


def _relations(actor: Actor, alignment: Alignment) -> list[Relation]:
    """As `RELATIONS_OF_ALIGNMENT` of the views says it."""
    is_office = Role.STRATEGY_OFFICE in actor.roles
    is_for_office = alignment.asked_id is None and alignment.state == AlignmentState.PROPOSED_UP
    found = {
        Relation.ASKED: alignment.asked_id == actor.person_id or (is_for_office and is_office),
        Relation.PROPOSER: alignment.proposed_by_id == actor.person_id,
    }
    return [one for one, holds in found.items() if holds and actor.person_id is not None]


async def _agree(work: Work, alignment: Alignment, wish: Wish) -> None:
    if alignment.method == AlignmentMethod.SPLIT:
        await service_binding.bind(work, alignment, wish)
    else:
        await service_binding.check_ends(work, alignment)
    await service_turns.settle(alignment, AlignmentState.ACCEPTED, by=service.person(work.actor))


async def decline(actor: Actor, alignment_id: UUID, *, version: int, key: str, reason: str) -> UUID:
    """Say no, with a reason. Nothing is deleted, and nothing is carried."""
    rules.check_reason(reason)
    async with begin(actor, key=key, intent=("decline", alignment_id, version, reason)) as work:
        if work.replay is not None:
            return alignment_id
        alignment, after = await _take(work, alignment_id, Act.DECLINE, version=version)
        alignment.reason = reason
        await service_turns.settle(alignment, after, by=service.person(actor))
        told_id = alignment.proposed_by_id
        await service_turns.say(
            work, alignment, Act.DECLINE, events.AlignmentDeclined, Said(reason=reason), told_id=told_id
        )
        work.reply(True)
    return alignment_id


async def counter(
    actor: Actor,
    alignment_id: UUID,
    amount: Decimal,
    *,
    version: int,
    key: str,
    reason: str,
    resources: str | None = None,
) -> UUID:
    """Offer another amount, say why, and what it would take. RoundsSpent after three."""
    rules.check_reason(reason)
    rules.check_reason(resources, "resources")
    intent = ("counter", alignment_id, str(amount), version, reason, resources)
    async with begin(actor, key=key, intent=intent) as work:
        if work.replay is not None:
            return alignment_id
        alignment, after = await _take(work, alignment_id, Act.COUNTER, version=version)
        rules.check_rounds(alignment.rounds)
        rules.check_counter(amount, alignment.amount or Decimal(0))
        alignment.state, alignment.counter_amount, alignment.reason = after, amount, reason
        alignment.rounds += 1
        alignment.asked_id = alignment.proposed_by_id
        await service_turns.save(alignment)
        said = Said(amount=amount, reason=reason, resources=resources)
        await service_turns.say(work, alignment, Act.COUNTER, events.AlignmentCountered, said)
        work.reply(True)
    return alignment_id


async def accept_counter(actor: Actor, alignment_id: UUID, *, version: int, key: str) -> UUID:
    """Agree to what the receiver offered, who has so agreed as well: a draft of theirs holds that amount now."""
    async with begin(actor, key=key, intent=("accept_counter", alignment_id, version)) as work:
        if work.replay is not None:
            return alignment_id
        alignment, _ = await _take(work, alignment_id, Act.ACCEPT_COUNTER, version=version)
        alignment.amount = alignment.counter_amount
        await _agree(work, alignment, Wish())
        told_id = alignment.receiver_id
        said = Said(amount=alignment.amount)
        await service_turns.say(work, alignment, Act.ACCEPT_COUNTER, events.AlignmentAccepted, said, told_id=told_id)
        work.reply(True)
    return alignment_id


async def insist(actor: Actor, alignment_id: UUID, *, version: int, key: str, reason: str) -> UUID:
    """Stand by the amount, with a reason; after the last round the thrower's line manager is told."""
    rules.check_reason(reason)
    async with begin(actor, key=key, intent=("insist", alignment_id, version, reason)) as work:
        if work.replay is not None:
            return alignment_id
        alignment, after = await _take(work, alignment_id, Act.INSIST, version=version)
        alignment.state, alignment.reason, alignment.asked_id = after, reason, alignment.receiver_id
        is_last = alignment.rounds >= rules.ROUNDS_MAX
        if is_last:
            alignment.escalated_at = clock.now()
        await service_turns.save(alignment)
        said = Said(amount=alignment.amount, reason=reason)
        await service_turns.say(work, alignment, Act.INSIST, events.AlignmentInsisted, said)
        if is_last:
            await _escalate(work, alignment)
        work.reply(True)
    return alignment_id


async def _escalate(work: Work, alignment: Alignment) -> None:
    today = clock.today(work.actor.zone)
    told_id = await people.line_manager_of(work.connection, alignment.proposed_by_id, today)
    service_turns.record(work, alignment, events.AlignmentEscalated, told_id=told_id)


async def withdraw(actor: Actor, alignment_id: UUID, *, version: int, key: str, reason: str | None = None) -> UUID:
    """Take back what one proposed; an accepted slice stands, any other agreed alignment may end."""
    rules.check_reason(reason)
    async with begin(actor, key=key, intent=("withdraw", alignment_id, version, reason)) as work:
        if work.replay is not None:
            return alignment_id
        alignment, _ = await _take(work, alignment_id, Act.WITHDRAW, version=version)
        await service_turns.take_back(work, alignment, reason)
        work.reply(True)
    return alignment_id
