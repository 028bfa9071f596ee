"""Use cases of alignments between what is there: propose one upwards or downwards, and weigh it."""

from dataclasses import dataclass
from uuid import UUID

from tortoise.exceptions import IntegrityError

from domain.kernel import clock, permits
from domain.kernel.actor import Actor, Role
from domain.kernel.errors import InvalidInput, NotFound
from domain.kernel.ids import new_id
from domain.kernel.permits import Action, Relation
from domain.kernel.work import Work, begin
from domain.objectives import service
from domain.objectives.cascading import events, rules, service_binding, service_turns
from domain.objectives.cascading.errors import AlignmentSettled, AlreadyAligned
from domain.objectives.cascading.service_turns import Said
from domain.objectives.cascading.terms import Act, AlignmentMethod, AlignmentState
from domain.objectives.cascading.views import ALIGNMENT
from domain.objectives.model import Alignment, Objective
from domain.objectives.views import OBJECTIVE
from domain.strategy.views import STRATEGIC_OBJECTIVE


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """That an objective serves another one, or a strategic objective: one of both is named.

    `weight` is relative to 100, the weight of the parent that the objective names and of every edge without one.
    """

    child_id: UUID
    method: AlignmentMethod
    parent_id: UUID | None = None
    strategic_objective_id: UUID | None = None
    weight: int | None = None
    counted: bool = True
    reason: str | None = None


async def propose(actor: Actor, proposal: Proposal, *, key: str) -> UUID:
    """Ask the other side to agree; who owns both sides has agreed. The id of the alignment."""
    _check(proposal)
    async with begin(actor, key=key, intent=("propose", repr(proposal))) as work:
        if work.replay is not None:
            return UUID(str(work.replay))
        await work.wait_for("cascade")
        child = await _see(work, proposal.child_id)
        sides = await _sides(work, child, proposal)
        alignment = _alignment(work, child, proposal, sides)
        await service_binding.check_ends(work, alignment)
        try:
            await alignment.save(force_create=True)
        except IntegrityError:
            raise AlreadyAligned from None
        is_agreed = alignment.state == AlignmentState.ACCEPTED
        fact = events.AlignmentAccepted if is_agreed else events.AlignmentProposed
        await service_turns.say(work, alignment, Act.PROPOSE, fact, Said(reason=proposal.reason))
        work.reply(str(alignment.id))
    return alignment.id


def _check(proposal: Proposal) -> None:
    rules.check_reason(proposal.reason)
    rules.check_weight(proposal.weight)
    if proposal.method is AlignmentMethod.SPLIT:
        raise InvalidInput("Slices are thrown down from a target.", field="method", help="Use cascadeTarget.")
    if (proposal.parent_id is None) == (proposal.strategic_objective_id is None):
        raise InvalidInput("Name an objective or a strategic objective to serve.", field="parent")


async def _see(work: Work, objective_id: UUID) -> Objective:
    """NotFound unless the actor sees it; InvalidInput for one that is over."""
    await work.see(OBJECTIVE, objective_id)
    objective = await Objective.get(id=objective_id)
    if objective.state not in rules.ALIGNABLE:
        raise InvalidInput("This objective is over.", field="child")
    return objective


@dataclass(frozen=True, slots=True)
class _Sides:
    """Who owns the upper end, if anybody in person does, and on which sides the actor stands."""

    upper_id: UUID | None
    is_upper: bool
    is_lower: bool


async def _sides(work: Work, child: Objective, proposal: Proposal) -> _Sides:
    me, is_office = service.person(work.actor), Role.STRATEGY_OFFICE in work.actor.roles
    if proposal.parent_id is not None:
        upper_id: UUID | None = (await _see(work, proposal.parent_id)).owner_id
        is_upper = upper_id == me
    else:
        upper_id = await _strategic_owner(work, proposal.strategic_objective_id)
        is_upper = is_office or upper_id == me
    is_lower = child.owner_id == me
    permits.require(Action.ALIGN, [Relation.OWNER] if is_upper or is_lower else [])
    return _Sides(upper_id, is_upper, is_lower)


async def _strategic_owner(work: Work, strategic_objective_id: UUID | None) -> UUID | None:
    if strategic_objective_id is None:
        raise NotFound
    await work.see(STRATEGIC_OBJECTIVE, strategic_objective_id)
    row = await work.connection.fetchrow(
        "select owner_id, retired_at from strategic_objective where tenant_id = $1 and id = $2",
        work.actor.tenant_id,
        strategic_objective_id,
    )
    if row is None or row["retired_at"] is not None:
        raise InvalidInput("This strategic objective is no longer pursued.", field="strategicObjective")
    return row["owner_id"]


def _alignment(work: Work, child: Objective, proposal: Proposal, sides: _Sides) -> Alignment:
    now, me = clock.now(), service.person(work.actor)
    both = sides.is_upper and sides.is_lower
    state = AlignmentState.PROPOSED_UP if sides.is_lower else AlignmentState.PROPOSED_DOWN
    asked_id = sides.upper_id if sides.is_lower else child.owner_id
    return Alignment(
        id=new_id(),
        tenant_id=work.actor.tenant_id,
        cycle_id=child.cycle_id,
        parent_id=proposal.parent_id,
        strategic_objective_id=proposal.strategic_objective_id,
        child_id=child.id,
        receiver_id=None if sides.is_lower else child.owner_id,
        method=proposal.method,
        state=AlignmentState.ACCEPTED if both else state,
        weight=proposal.weight,
        counted=proposal.counted and proposal.method is not AlignmentMethod.QUALITATIVE,
        reason=proposal.reason,
        rounds=0,
        version=1,
        proposed_by_id=me,
        proposed_at=now,
        asked_id=None if both else asked_id,
        decided_by_id=me if both else None,
        decided_at=now if both else None,
    )


async def weigh(
    actor: Actor,
    alignment_id: UUID,
    *,
    version: int,
    key: str,
    weight: int | None = None,
    counted: bool | None = None,
) -> UUID:
    """How much an agreed edge counts: its weight is the lower owner's word, whether it counts the upper owner's.

    The strategy office may say both.
    """
    rules.check_weight(weight)
    async with begin(actor, key=key, intent=("weigh", alignment_id, version, weight, counted)) as work:
        if work.replay is not None:
            return alignment_id
        await work.wait_for("cascade")
        alignment = await work.lock(ALIGNMENT, Alignment, alignment_id, version=version)
        await _require_word(work, alignment, of_weight=weight is not None, of_counting=counted is not None)
        if alignment.state != AlignmentState.ACCEPTED:
            raise AlignmentSettled
        if weight is not None:
            alignment.weight = weight
        if counted is not None:
            alignment.counted = counted
        _check_counted(alignment)
        await service_turns.save(alignment)
        service_turns.record(work, alignment, events.AlignmentWeighed)
        work.reply(True)
    return alignment_id


def _check_counted(alignment: Alignment) -> None:
    if alignment.counted and alignment.method == AlignmentMethod.QUALITATIVE:
        raise InvalidInput("A line of sight is shown and never counts.", field="counted")


async def _require_word(work: Work, alignment: Alignment, *, of_weight: bool, of_counting: bool) -> None:
    rows = await work.connection.fetch(
        "select id, owner_id from objective where tenant_id = $1 and id = any($2::uuid[])",
        work.actor.tenant_id,
        [one for one in (alignment.parent_id, alignment.child_id) if one is not None],
    )
    owners = {row["id"]: row["owner_id"] for row in rows}
    me, is_office = work.actor.person_id, Role.STRATEGY_OFFICE in work.actor.roles
    wanted = [alignment.child_id] * of_weight + [alignment.parent_id] * of_counting
    if not is_office and (me is None or any(owners.get(one) != me for one in wanted)):
        permits.require(Action.ALIGN, [])
