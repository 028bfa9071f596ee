"""Use cases of the strategy office: how far targets of a unit must exceed, and what makes past figures comparable."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from domain.kernel import clock, permits
from domain.kernel.actor import Actor, Role
from domain.kernel.errors import InvalidInput, NotFound
from domain.kernel.ids import new_id
from domain.kernel.permits import Action, Relation
from domain.kernel.work import Work, begin
from domain.objectives import service
from domain.objectives.rules import TEXT_CHARACTERS_MAX, check_text
from domain.objectives.targets import comparable, events, rules
from domain.objectives.targets.model import RatchetPolicy, TargetAdjustment
from domain.objectives.targets.ratchet import Policy
from domain.objectives.targets.terms import Adjustment
from domain.objectives.views import KEY_RESULT


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPolicy:
    """How far targets of a unit, and of those below it without their own, must exceed from a day on."""

    unit_id: UUID
    valid_from: date
    reason: str
    is_on: bool
    policy: Policy = field(default_factory=Policy)
    id: UUID = field(default_factory=new_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAdjustment:
    """What makes the figures of a key result comparable with later cycles, and how one knows."""

    key_result_id: UUID
    adjustment: Adjustment
    reason: str
    evidence: str
    id: UUID = field(default_factory=new_id)


async def keep_policy(actor: Actor, new: NewPolicy, *, key: str) -> UUID:
    """The id of the policy, which ends the one before it; its number tells how many there were."""
    person_id = _office(actor)
    rules.check_policy(new.policy)
    check_text(new.reason, "reason", characters_max=TEXT_CHARACTERS_MAX)
    intent = ("keep_ratchet_policy", new.unit_id, new.valid_from, new.reason, new.is_on, str(new.policy))
    async with begin(actor, key=key, intent=intent) as work:
        if work.replay is not None:
            return UUID(str(work.replay))
        await _require_unit(work, new.unit_id)
        await work.wait_for(f"ratchet of {new.unit_id}")
        version = await _end_the_last(work, new)
        await _store_policy(work, new, version=version, person_id=person_id)
        work.record(
            events.RatchetPolicyKept(subject_id=new.unit_id, policy_id=new.id, version=version, is_on=new.is_on)
        )
        work.reply(str(new.id))
    return new.id


def _office(actor: Actor) -> UUID:
    is_office = Role.STRATEGY_OFFICE in actor.roles
    permits.require(Action.KEEP_RATCHET, [Relation.STRATEGY_OFFICE] if is_office else [])
    return service.person(actor)


async def _require_unit(work: Work, unit_id: UUID) -> None:
    if not await work.connection.fetchval(
        "select exists (select from unit where tenant_id = $1 and id = $2)", work.actor.tenant_id, unit_id
    ):
        raise NotFound("The unit")


async def _end_the_last(work: Work, new: NewPolicy) -> int:
    """The number of the new one."""
    last = await RatchetPolicy.filter(unit_id=new.unit_id).order_by("-version").first()
    begun = None if last is None else last.valid_from
    rules.check_start(new.valid_from, today=clock.today(work.actor.zone), last=begun)
    if last is None:
        return 1
    last.valid_to = new.valid_from
    await last.save(update_fields=["valid_to"])
    return last.version + 1


async def _store_policy(work: Work, new: NewPolicy, *, version: int, person_id: UUID) -> None:
    await RatchetPolicy.create(
        id=new.id,
        tenant_id=work.actor.tenant_id,
        unit_id=new.unit_id,
        version=version,
        is_on=new.is_on,
        growth_percent=new.policy.growth_percent,
        cap_percent=new.policy.cap_percent,
        target_weight=new.policy.target_weight,
        actual_weight=new.policy.actual_weight,
        saturation_percent=new.policy.saturation_percent,
        reason=new.reason.strip(),
        written_by_id=person_id,
        written_at=clock.now(),
        valid_from=new.valid_from,
        valid_to=clock.FOREVER,
    )


async def adjust(actor: Actor, new: NewAdjustment, *, key: str) -> UUID:
    """The id of the adjustment. What was tested before it stands; later tests take it into account."""
    person_id = _office(actor)
    comparable.check(new.adjustment, "adjustment")
    check_text(new.reason, "reason", characters_max=TEXT_CHARACTERS_MAX)
    check_text(new.evidence, "evidence", characters_max=TEXT_CHARACTERS_MAX)
    intent = ("adjust_target", new.key_result_id, str(new.adjustment), new.reason, new.evidence)
    async with begin(actor, key=key, intent=intent) as work:
        if work.replay is not None:
            return UUID(str(work.replay))
        await work.see(KEY_RESULT, new.key_result_id)
        await work.wait_for(f"adjustments of {new.key_result_id}")
        if await TargetAdjustment.filter(key_result_id=new.key_result_id).count() >= rules.ADJUSTMENTS_MAX:
            raise InvalidInput(f"A key result has at most {rules.ADJUSTMENTS_MAX} adjustments.", field="keyResult")
        await _store_adjustment(work, new, person_id)
        work.record(events.FiguresAdjusted(subject_id=new.key_result_id, adjustment_id=new.id))
        work.reply(str(new.id))
    return new.id


async def _store_adjustment(work: Work, new: NewAdjustment, person_id: UUID) -> None:
    await TargetAdjustment.create(
        id=new.id,
        tenant_id=work.actor.tenant_id,
        key_result_id=new.key_result_id,
        kind=new.adjustment.kind,
        amount=new.adjustment.amount,
        factor=new.adjustment.factor,
        reason=new.reason.strip(),
        evidence=new.evidence.strip(),
        declared_by_id=person_id,
        declared_at=clock.now(),
    )
