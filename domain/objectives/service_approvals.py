"""Use cases of the promise: submit, withdraw, approve, decline, ask for information."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from uuid import UUID

import orjson

from domain.kernel import clock
from domain.kernel.actor import Actor
from domain.kernel.ids import new_id
from domain.kernel.permits import Action
from domain.kernel.work import Work, begin
from domain.objectives import events, rules, service, versions
from domain.objectives.errors import NoApprover
from domain.objectives.model import Approval, KeyResult, Objective
from domain.objectives.progress import first_value, of_key_result, of_objective
from domain.objectives.targets import service_exceeding
from domain.objectives.targets.errors import ExemptionExpired
from domain.objectives.targets.service_exceeding import Measured
from domain.objectives.terms import (
    ApprovalState,
    Audience,
    KeyResultDraft,
    KeyResultKind,
    ObjectiveDraft,
    ObjectiveState,
)
from domain.people import service as people

CARRIED = (ObjectiveState.SUBMITTED, ObjectiveState.INFORMATION_REQUESTED, ObjectiveState.ACTIVE)
"""States in which an objective's weight counts in the set of its owner."""


async def submit(
    actor: Actor,
    objective_id: UUID,
    *,
    version: int,
    key: str,
    note: str | None = None,
    difficulty: int | None = None,
    measured: Measured | None = None,
) -> UUID:
    """Ask the line manager to promise along; the request binds to this version.

    `difficulty` is how hard its owner feels the targets to be, from 1 to 5. Where the policy of the unit is on, targets
    must exceed those that they continue, else TargetNotExceeding.
    """
    if note is not None:
        rules.check_text(note, "note", characters_max=rules.TEXT_CHARACTERS_MAX)
    rules.check_difficulty(difficulty)
    intent = ("submit", objective_id, version, note, *(() if difficulty is None else (difficulty,)))
    async with begin(actor, key=key, intent=intent) as work:
        if work.replay is not None:
            return objective_id
        objective, after = await service.take(work, objective_id, Action.SUBMIT, version=version)
        key_results = await KeyResult.filter(objective_id=objective_id).order_by("position")
        weights = [row.weight for row in key_results]
        objective.difficulty = difficulty
        await work.wait_for(f"set of {objective.owner_id}")
        others, policy = await _others_and_policy(work, objective)
        rules.check_complete(weights, others=others, own=objective.weight)
        examined = await service_exceeding.examine(work, objective, key_results, under=policy, measured=measured)
        approver_id = await people.approver_for(work.connection, objective.owner_id, clock.today(actor.zone))
        if approver_id is None:
            raise NoApprover
        objective.submitted_at = clock.now()
        await service.save(objective, after)
        await service_exceeding.keep(work, objective, examined)
        approval = await _request(
            work, objective, key_results, approver_id=approver_id, note=note, holds_until=examined.holds_until
        )
        work.record(
            events.ObjectiveSubmitted(
                subject_id=objective_id,
                owner_id=objective.owner_id,
                approval_id=approval.id,
                approver_id=approver_id,
                version=objective.version,
                hearers=(objective.owner_id, approver_id),
            )
        )
        work.reply(True)
    return objective_id


# One statement for both: who has no policy pays nothing for the question.
_OTHERS_AND_POLICY = f"""
select (select coalesce(sum(o.weight), 0) from objective o where o.tenant_id = $1 and o.owner_id = $2
          and o.cycle_id = $3 and o.state = any($4) and o.id <> $5) as others, p.*
from (values (true)) one left join lateral (
  {service_exceeding.POLICY.format(tenant="$1", unit="$6", today="$7")}) p on true
"""


async def _others_and_policy(work: Work, objective: Objective) -> tuple[int, service_exceeding.InForce | None]:
    """What the owner's other objectives of the cycle weigh, and how far targets must exceed in the unit today."""
    row = await work.connection.fetchrow(
        _OTHERS_AND_POLICY,
        work.actor.tenant_id,
        objective.owner_id,
        objective.cycle_id,
        CARRIED,
        objective.id,
        objective.unit_id,
        clock.today(work.actor.zone),
    )
    assert row is not None, "a row of one value"
    return row["others"], service_exceeding.in_force(row)


async def _request(
    work: Work,
    objective: Objective,
    key_results: Sequence[KeyResult],
    *,
    approver_id: UUID,
    note: str | None,
    holds_until: date | None,
) -> Approval:
    content = versions.content(_as_draft(objective, key_results))
    objective.version_hash = versions.version_hash(content)
    await objective.save(update_fields=["version_hash"])
    before = await _last_decided(work, objective.id)
    await _keep_version(work, objective, content)
    return await Approval.create(
        id=new_id(),
        tenant_id=work.actor.tenant_id,
        objective_id=objective.id,
        approver_id=approver_id,
        requested_by_id=objective.owner_id,
        requested_at=clock.now(),
        version=objective.version,
        version_hash=objective.version_hash,
        state=ApprovalState.OPEN,
        note=note,
        changes=[asdict(change) for change in versions.differences(before, content)],
        holds_until=holds_until,
    )


def _as_draft(objective: Objective, key_results: Sequence[KeyResult]) -> ObjectiveDraft:
    return ObjectiveDraft(
        title=objective.title,
        why=objective.why,
        audience=Audience(objective.audience),
        weight=objective.weight,
        parent_id=objective.parent_id,
        key_results=tuple(
            KeyResultDraft(
                id=row.id,
                title=row.title,
                kind=KeyResultKind(row.kind),
                unit_of_measure=row.unit_of_measure,
                weight=row.weight,
                start=row.start,
                target=row.target,
                low=row.low,
                high=row.high,
                measure_id=row.measure_id,
                continues_id=row.continues_id,
            )
            for row in key_results
        ),
    )


async def _last_decided(work: Work, objective_id: UUID) -> versions.Content | None:
    found = await work.connection.fetchval(
        """select v.content from approval a
           join objective_version v using (tenant_id, objective_id, version)
           where a.tenant_id = $1 and a.objective_id = $2 and a.state <> 'WITHDRAWN'
           order by a.requested_at desc, a.id desc limit 1""",
        work.actor.tenant_id,
        objective_id,
    )
    return None if found is None else orjson.loads(found)


async def _keep_version(work: Work, objective: Objective, content: versions.Content) -> None:
    await work.connection.execute(
        """insert into objective_version (tenant_id, objective_id, version, version_hash, content, by_id, at)
           values ($1, $2, $3, $4, $5::jsonb, $6, $7)""",
        work.actor.tenant_id,
        objective.id,
        objective.version,
        objective.version_hash,
        orjson.dumps(content).decode(),
        objective.owner_id,
        clock.now(),
    )


async def withdraw(actor: Actor, objective_id: UUID, *, version: int, key: str) -> UUID:
    """Take a request for approval back; the objective is a draft again."""
    async with begin(actor, key=key, intent=("withdraw", objective_id, version)) as work:
        if work.replay is not None:
            return objective_id
        objective, after = await service.take(work, objective_id, Action.WITHDRAW, version=version)
        approval = await Approval.filter(objective_id=objective_id).order_by("-requested_at", "-id").first()
        await service.save(objective, after)
        if approval is not None and approval.state == ApprovalState.OPEN:
            await _settle(approval, ApprovalState.WITHDRAWN, by=objective.owner_id, reason=None)
            work.record(
                events.ObjectiveWithdrawn(
                    subject_id=objective_id,
                    owner_id=objective.owner_id,
                    approval_id=approval.id,
                    approver_id=approval.approver_id,
                    hearers=(objective.owner_id, approval.approver_id),
                )
            )
        work.reply(True)
    return objective_id


async def _settle(approval: Approval, state: ApprovalState, *, by: UUID, reason: str | None) -> None:
    approval.state = state
    approval.decided_by_id = by
    approval.decided_at = clock.now()
    if reason is not None:
        approval.decision_note = reason
    await approval.save(update_fields=["state", "decided_by_id", "decided_at", "decision_note"])


Known = Callable[[Work, UUID], Awaitable[Mapping[UUID, Decimal]]]
"""Finds where the measures stand to which the key results of an objective are tied; by measure."""


async def approve(actor: Actor, objective_id: UUID, *, version: int, key: str, known: Known | None = None) -> UUID:
    """Promise along: the objective is active and its key results stand at what is known, else at their start."""
    return await _decide(actor, objective_id, Action.APPROVE, version=version, key=key, reason=None, known=known)


async def decline(actor: Actor, objective_id: UUID, *, version: int, key: str, reason: str) -> UUID:
    """Decline with a reason. Nothing is deleted; the owner may edit and submit again."""
    return await _decide(actor, objective_id, Action.DECLINE, version=version, key=key, reason=reason)


async def request_information(actor: Actor, objective_id: UUID, *, version: int, key: str, reason: str) -> UUID:
    """Ask the owner something before deciding; the answer comes with the next submission."""
    return await _decide(actor, objective_id, Action.REQUEST_INFORMATION, version=version, key=key, reason=reason)


_DECISIONS: dict[Action, tuple[ApprovalState, type[events.ApprovalDecided]]] = {
    Action.APPROVE: (ApprovalState.APPROVED, events.ObjectiveApproved),
    Action.DECLINE: (ApprovalState.DECLINED, events.ObjectiveDeclined),
    Action.REQUEST_INFORMATION: (ApprovalState.INFORMATION_REQUESTED, events.InformationRequested),
}


async def _decide(
    actor: Actor,
    objective_id: UUID,
    action: Action,
    *,
    version: int,
    key: str,
    reason: str | None,
    known: Known | None = None,
) -> UUID:
    if reason is not None:
        rules.check_text(reason, "reason", characters_max=rules.TEXT_CHARACTERS_MAX)
    async with begin(actor, key=key, intent=(action, objective_id, version, reason)) as work:
        if work.replay is not None:
            return objective_id
        objective, after = await service.take(work, objective_id, action, version=version)
        approval = await _lock_open(work, objective_id, action)
        if action is Action.APPROVE and approval.holds_until is not None:
            _check_holds(approval.holds_until, clock.today(actor.zone))
        state, event = _DECISIONS[action]
        await _settle(approval, state, by=service.person(actor), reason=reason)
        if action is Action.APPROVE:
            await _activate(work, objective, known)
        await service.save(objective, after)
        work.record(
            event(
                subject_id=objective_id,
                owner_id=objective.owner_id,
                approval_id=approval.id,
                approver_id=approval.approver_id,
                version=objective.version,
                hearers=(objective.owner_id, approval.approver_id),
            )
        )
        work.reply(True)
    return objective_id


def _check_holds(last_day: date, today: date) -> None:
    if last_day < today:
        raise ExemptionExpired(last_day)


async def _lock_open(work: Work, objective_id: UUID, action: Action) -> Approval:
    """The open request; whoever is asked when it is locked decides, not whoever was asked a moment before."""
    approval = await Approval.filter(objective_id=objective_id, state=ApprovalState.OPEN).select_for_update().get()
    await service.require(work, objective_id, action)
    return approval


async def _activate(work: Work, objective: Objective, known: Known | None) -> None:
    objective.approved_at = clock.now()
    key_results = await KeyResult.filter(objective_id=objective.id)
    is_measured = any(row.measure_id is not None for row in key_results)
    figures: Mapping[UUID, Decimal] = await known(work, objective.id) if known is not None and is_measured else {}
    for row in key_results:
        if row.current is None:
            tied = None if row.measure_id is None else figures.get(row.measure_id)
            row.current = first_value(row.kind, row.start) if tied is None else tied
        measured = {"start": row.start, "target": row.target, "low": row.low, "high": row.high}
        row.progress = of_key_result(row.kind, row.current, **measured)
    objective.progress = of_objective([(row.weight, row.progress) for row in key_results])
    await work.connection.execute(
        """update key_result k set current = s.current, progress = s.progress
           from unnest($2::uuid[], $3::numeric[], $4::numeric[]) s (id, current, progress)
           where k.tenant_id = $1 and k.id = s.id""",
        work.actor.tenant_id,
        [row.id for row in key_results],
        [row.current for row in key_results],
        [row.progress for row in key_results],
    )
