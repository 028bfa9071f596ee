"""Use cases of exemptions: asked by the owner, granted by a manager, confirmed by a second person; or declined."""

from collections.abc import Callable
from uuid import UUID

from tortoise.exceptions import IntegrityError

from domain.kernel import clock
from domain.kernel.actor import Actor
from domain.kernel.errors import InvalidInput
from domain.kernel.ids import new_id
from domain.kernel.permits import Action
from domain.kernel.work import Work, begin
from domain.objectives import rules as objectives
from domain.objectives import service
from domain.objectives.model import Objective
from domain.objectives.rules import TEXT_CHARACTERS_MAX, check_text
from domain.objectives.targets import comparable, events, rules, service_continuing
from domain.objectives.targets.model import TargetExemption
from domain.objectives.targets.rules import Plea
from domain.objectives.targets.service_continuing import Former
from domain.objectives.targets.terms import ExemptionState
from domain.objectives.targets.views import TARGET_EXEMPTION
from domain.objectives.views import OBJECTIVE


async def ask(actor: Actor, objective_id: UUID, plea: Plea, *, key: str) -> UUID:
    """Ask to stay below the last target, while the objective can still be written; the id of the exemption."""
    rules.check_plea(plea, clock.today(actor.zone))
    intent = ("ask_exemption", objective_id, str(plea))
    async with begin(actor, key=key, intent=intent) as work:
        if work.replay is not None:
            return UUID(str(work.replay))
        objective = await work.lock(OBJECTIVE, Objective, objective_id)
        await service.require(work, objective_id, Action.ASK_EXEMPTION)
        objectives.follow(Action.EDIT, objective.state)
        previous = await _continued(work, objective_id, plea.previous_id)
        exemption = await _create(work, objective, plea, previous)
        work.record(_event(events.ExemptionAsked, exemption, objective.owner_id))
        work.reply(str(exemption.id))
    return exemption.id


async def _continued(work: Work, objective_id: UUID, previous_id: UUID) -> Former:
    found = await service_continuing.former(work, objective_id)
    for chain in found.values():
        if chain[0].id == previous_id:
            return chain[0]
    raise InvalidInput("No key result of this objective continues that one.", field="previous")


async def _create(work: Work, objective: Objective, plea: Plea, previous: Former) -> TargetExemption:
    last = None if previous.target is None else comparable.target(previous.target, previous.adjustments)
    try:
        return await TargetExemption.create(
            id=new_id(),
            tenant_id=work.actor.tenant_id,
            objective_id=objective.id,
            previous_id=previous.id,
            title=previous.title,
            unit_of_measure=previous.unit_of_measure,
            previous_target=last,
            lowest_target=plea.lowest_target,
            kind=plea.kind,
            reason=plea.reason.strip(),
            evidence=plea.evidence.strip(),
            expires_on=plea.expires_on,
            state=ExemptionState.ASKED,
            version=1,
            asked_by_id=objective.owner_id,
            asked_at=clock.now(),
        )
    except IntegrityError:
        raise InvalidInput("An exemption from this target waits already.", field="previous") from None


def _event(kind: type[events.ExemptionEvent], exemption: TargetExemption, owner_id: UUID) -> events.ExemptionEvent:
    return kind(subject_id=exemption.id, objective_id=exemption.objective_id, owner_id=owner_id, hearers=(owner_id,))


async def grant(actor: Actor, exemption_id: UUID, *, version: int, key: str) -> UUID:
    """Agree as a manager above the owner; a second person has to confirm."""

    def agree(exemption: TargetExemption, by: UUID) -> None:
        rules.require_another(by, [exemption.asked_by_id])
        exemption.granted_by_id, exemption.granted_at = by, clock.now()

    return await _step(
        actor, exemption_id, Action.GRANT_EXEMPTION, events.ExemptionGranted, agree, version=version, key=key
    )


async def confirm(actor: Actor, exemption_id: UUID, *, version: int, key: str) -> UUID:
    """Agree as the second person: it is in force until its last day."""

    def agree(exemption: TargetExemption, by: UUID) -> None:
        rules.require_another(by, [exemption.asked_by_id, exemption.granted_by_id])
        exemption.confirmed_by_id, exemption.confirmed_at = by, clock.now()

    return await _step(
        actor, exemption_id, Action.CONFIRM_EXEMPTION, events.ExemptionConfirmed, agree, version=version, key=key
    )


async def decline(actor: Actor, exemption_id: UUID, *, version: int, key: str, reason: str) -> UUID:
    """Decline with a reason; the owner may ask again."""
    check_text(reason, "reason", characters_max=TEXT_CHARACTERS_MAX)

    def refuse(exemption: TargetExemption, by: UUID) -> None:
        rules.require_another(by, [exemption.asked_by_id])
        exemption.declined_by_id, exemption.declined_at = by, clock.now()
        exemption.decision_note = reason.strip()

    return await _step(
        actor,
        exemption_id,
        Action.DECLINE_EXEMPTION,
        events.ExemptionDeclined,
        refuse,
        version=version,
        key=key,
        said=reason,
    )


async def withdraw(actor: Actor, exemption_id: UUID, *, version: int, key: str) -> UUID:
    """Take it back before it is confirmed."""
    return await _step(
        actor,
        exemption_id,
        Action.ASK_EXEMPTION,
        events.ExemptionWithdrawn,
        lambda _, __: None,
        version=version,
        key=key,
    )


async def _step(
    actor: Actor,
    exemption_id: UUID,
    action: Action,
    event: type[events.ExemptionEvent],
    write: Callable[[TargetExemption, UUID], None],
    *,
    version: int,
    key: str,
    said: str | None = None,
) -> UUID:
    async with begin(actor, key=key, intent=(event.__name__, exemption_id, version, said)) as work:
        if work.replay is not None:
            return exemption_id
        exemption = await work.lock(TARGET_EXEMPTION, TargetExemption, exemption_id, version=version)
        await service.require(work, exemption.objective_id, action)
        exemption.state = rules.follow(action, exemption.state)
        write(exemption, service.person(actor))
        exemption.version += 1
        await exemption.save()
        work.record(_event(event, exemption, exemption.asked_by_id))
        work.reply(True)
    return exemption_id
