"""Use cases of a target that goes down: divide it, throw it, close what was thrown."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from domain.kernel import clock
from domain.kernel.actor import Actor
from domain.kernel.errors import InvalidInput, NotFound, StaleVersion
from domain.kernel.ids import new_id
from domain.kernel.permits import Action
from domain.kernel.work import Work, begin
from domain.objectives import service
from domain.objectives.cascading import coverage, events, rules, service_receivers, service_turns, splits
from domain.objectives.cascading.errors import AlignmentSettled, SplitNotConserved
from domain.objectives.cascading.service_turns import Said
from domain.objectives.cascading.terms import (
    Act,
    AlignmentMethod,
    AlignmentState,
    Division,
    Receiver,
    SplitState,
)
from domain.objectives.errors import ObjectiveNotActive
from domain.objectives.model import Alignment, KeyResult, Objective, TargetSplit
from domain.objectives.terms import ObjectiveState
from domain.objectives.views import OBJECTIVE


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A target that the actor owns, with what was thrown down of it before."""

    objective: Objective
    key_result: KeyResult
    amount: Decimal
    split: TargetSplit | None
    slices: Sequence[Alignment]
    """Those that live, and those of a draft."""

    @property
    def accepted(self) -> Decimal:
        """What receivers have agreed to already."""
        return sum(
            (one.amount or Decimal(0) for one in self.slices if one.state == AlignmentState.ACCEPTED), Decimal(0)
        )


async def cascade_target(
    actor: Actor,
    key_result_id: UUID,
    receivers: Sequence[Receiver],
    division: Division,
    *,
    key: str,
    version: int = 0,
    publish: bool = True,
    waiver: str | None = None,
) -> UUID:
    """Divide what is left of a target among these receivers, and throw it down at once unless it is a draft.

    Slices that were accepted stay and count. Those that wait for an answer are withdrawn, unless they are the same.
    `version` is that of the split, 0 where there is none. SplitNotConserved when publishing what does not add up,
    without a waiver.
    """
    rules.check_reason(waiver, "waiver")
    intent = ("cascade_target", key_result_id, receivers, division, version, publish, waiver)
    async with begin(actor, key=key, intent=[repr(one) for one in intent]) as work:
        if work.replay is not None:
            return key_result_id
        target = await _take(work, key_result_id, version=version)
        await service_receivers.check(work, receivers)
        _check_not_accepted(target, receivers)
        parts = [one.part for one in receivers]
        slices = splits.divide(target.amount - target.accepted, parts, division)
        rules.check_slices(target.amount, slices, parts)
        if publish:
            _check_conserved(target, [*slices, target.accepted], division.reserve, waiver)
        split = await _keep(work, target, division, publish=publish, waiver=waiver)
        await _replace(
            work, target, list(zip(receivers, slices, strict=True)), is_thrown=split.state != SplitState.DRAFT
        )
        if publish:
            _record(work, target, events.TargetThrown)
        work.reply(True)
    return key_result_id


async def _take(work: Work, key_result_id: UUID, *, version: int) -> Target:
    """NotFound, NotPermitted, ObjectiveNotActive, NotSplittable, AlignmentSettled for a closed split, StaleVersion."""
    key_result = await KeyResult.get_or_none(tenant_id=work.actor.tenant_id, id=key_result_id)
    if key_result is None:
        raise NotFound
    objective = await work.lock(OBJECTIVE, Objective, key_result.objective_id)
    await service.require(work, objective.id, Action.CASCADE_TARGET)
    if objective.state != ObjectiveState.ACTIVE:
        raise ObjectiveNotActive
    amount = rules.check_splittable(key_result.kind, key_result.target)
    split = await TargetSplit.get_or_none(tenant_id=work.actor.tenant_id, key_result_id=key_result_id)
    if (split.version if split else 0) != version:
        raise StaleVersion(objective.id)
    if split is not None and split.state == SplitState.CLOSED:
        raise AlignmentSettled
    return Target(
        objective=objective, key_result=key_result, amount=amount, split=split, slices=await _slices(key_result_id)
    )


async def _slices(key_result_id: UUID) -> list[Alignment]:
    states = [AlignmentState.DRAFT, *rules.LIVE]
    found = Alignment.filter(parent_key_result_id=key_result_id, method=AlignmentMethod.SPLIT, state__in=states)
    return await found.order_by("proposed_at", "id").select_for_update()


def _check_not_accepted(target: Target, receivers: Sequence[Receiver]) -> None:
    accepted = {_whose(one) for one in target.slices if one.state == AlignmentState.ACCEPTED}
    for at, one in enumerate(receivers):
        if (one.person_id, one.unit_id) in accepted:
            raise InvalidInput(f"{one.part.name} has accepted a slice already.", field=f"receivers.{at}.person")


def _whose(one: Alignment) -> tuple[UUID | None, UUID | None]:
    return one.receiver_id, one.receiver_unit_id


def _check_conserved(target: Target, amounts: Sequence[Decimal], reserve: Decimal, waiver: str | None) -> None:
    found = coverage.balance(target.amount, amounts, reserve)
    if not found.is_even and waiver is None:
        raise SplitNotConserved(found.difference)


async def _keep(work: Work, target: Target, division: Division, *, publish: bool, waiver: str | None) -> TargetSplit:
    now = clock.now()
    split = target.split or TargetSplit(
        id=new_id(),
        tenant_id=work.actor.tenant_id,
        key_result_id=target.key_result.id,
        state=SplitState.DRAFT,
        version=0,
        created_at=now,
    )
    split.method, split.reserve, split.is_whole = division.method, division.reserve, division.whole
    split.thrown_by_id = service.person(work.actor)
    _waive(split, waiver)
    await _save(split, SplitState.PUBLISHED if publish else SplitState(split.state))
    return split


def _waive(split: TargetSplit, waiver: str | None) -> None:
    split.waiver = waiver  # pyright: ignore[reportAttributeAccessIssue] - Tortoise types it as never null


async def _save(split: TargetSplit, state: SplitState) -> None:
    now = clock.now()
    is_new = not split.version
    split.state = state
    split.version += 1
    if state is not SplitState.DRAFT:
        split.published_at = split.published_at or now
    if state is SplitState.CLOSED:
        split.closed_at = now
    await split.save(force_create=is_new)


async def _replace(work: Work, target: Target, wanted: Sequence[tuple[Receiver, Decimal]], *, is_thrown: bool) -> None:
    """What is wanted stays or is thrown; what waited and is not wanted any more is taken back."""
    waiting = {(_whose(one), one.amount): one for one in target.slices if one.state in rules.OPEN}
    kept = {((one.person_id, one.unit_id), amount) for one, amount in wanted} & waiting.keys()
    for one in target.slices:
        if one.state != AlignmentState.ACCEPTED and (_whose(one), one.amount) not in kept:
            await service_turns.take_back(work, one)
    for one, amount in wanted:
        if ((one.person_id, one.unit_id), amount) not in kept:
            await _throw(work, target, one, amount, is_thrown=is_thrown)


async def _throw(work: Work, target: Target, receiver: Receiver, amount: Decimal, *, is_thrown: bool) -> None:
    thrown = Alignment(
        id=new_id(),
        tenant_id=work.actor.tenant_id,
        cycle_id=target.objective.cycle_id,
        parent_id=target.objective.id,
        parent_key_result_id=target.key_result.id,
        receiver_id=receiver.person_id,
        receiver_unit_id=receiver.unit_id,
        method=AlignmentMethod.SPLIT,
        state=AlignmentState.PROPOSED_DOWN if is_thrown else AlignmentState.DRAFT,
        amount=amount,
        counted=True,
        rounds=0,
        version=1,
        proposed_by_id=service.person(work.actor),
        proposed_at=clock.now(),
        asked_id=receiver.person_id if is_thrown else None,
    )
    await thrown.save(force_create=True)
    if is_thrown:
        await service_turns.say(work, thrown, Act.PROPOSE, events.SliceThrown, Said(amount=amount))


def _record(work: Work, target: Target, fact: type[events.SplitEvent]) -> None:
    owner_id = target.objective.owner_id
    hearers = (owner_id, *(one.receiver_id for one in target.slices if one.receiver_id is not None))
    work.record(fact(subject_id=target.key_result.id, owner_id=owner_id, hearers=tuple(dict.fromkeys(hearers))))


async def publish(actor: Actor, key_result_id: UUID, *, version: int, key: str, waiver: str | None = None) -> UUID:
    """Throw the slices of a draft down; SplitNotConserved if they do not add up and nobody waives it."""
    rules.check_reason(waiver, "waiver")
    async with begin(actor, key=key, intent=("publish_split", key_result_id, version, waiver)) as work:
        if work.replay is not None:
            return key_result_id
        target = await _take(work, key_result_id, version=version)
        if target.split is None or target.split.state != SplitState.DRAFT:
            raise AlignmentSettled
        _check_conserved(target, _amounts(target.slices), target.split.reserve, waiver)
        _waive(target.split, waiver)
        await _save(target.split, SplitState.PUBLISHED)
        for one in target.slices:
            one.state, one.asked_id = AlignmentState.PROPOSED_DOWN, one.receiver_id
            one.proposed_at = clock.now()
            await one.save(update_fields=["state", "asked_id", "proposed_at"])
            await service_turns.say(work, one, Act.PROPOSE, events.SliceThrown, Said(amount=one.amount))
        _record(work, target, events.TargetThrown)
        work.reply(True)
    return key_result_id


async def discard(actor: Actor, key_result_id: UUID, *, version: int, key: str) -> UUID:
    """Throw a draft away, of which nobody but its author has heard. AlignmentSettled for what was thrown down."""
    async with begin(actor, key=key, intent=("discard_split", key_result_id, version)) as work:
        if work.replay is not None:
            return key_result_id
        target = await _take(work, key_result_id, version=version)
        if target.split is None or target.split.state != SplitState.DRAFT:
            raise AlignmentSettled
        for one in target.slices:
            await service_turns.take_back(work, one)
        await target.split.delete()
        work.reply(True)
    return key_result_id


def _amounts(slices: Sequence[Alignment]) -> list[Decimal]:
    return [one.amount for one in slices if one.amount is not None]


async def close(
    actor: Actor,
    key_result_id: UUID,
    *,
    version: int,
    key: str,
    reserve: Decimal | None = None,
    waiver: str | None = None,
) -> UUID:
    """What was accepted stands. InvalidInput while a slice waits for an answer: silence is never consent."""
    rules.check_reason(waiver, "waiver")
    async with begin(actor, key=key, intent=("close_split", key_result_id, version, str(reserve), waiver)) as work:
        if work.replay is not None:
            return key_result_id
        target = await _take(work, key_result_id, version=version)
        if target.split is None or target.split.state != SplitState.PUBLISHED:
            raise AlignmentSettled
        _check_settled(target)
        if reserve is not None:
            rules.check_number(reserve, "reserve")
            target.split.reserve = reserve
        _check_conserved(target, _amounts(target.slices), target.split.reserve, waiver)
        _waive(target.split, waiver)
        await _save(target.split, SplitState.CLOSED)
        _record(work, target, events.SplitClosed)
        work.reply(True)
    return key_result_id


def _check_settled(target: Target) -> None:
    waiting = sum(one.state in rules.OPEN for one in target.slices)
    if waiting:
        raise InvalidInput(
            f"{waiting} slices still wait for an answer.",
            field="keyResult",
            help="Wait for it or withdraw them: silence is no consent.",
        )
