"""Use cases of writing an objective: draft and edit; and how every use case takes hold of one."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import cast
from uuid import UUID

from tortoise.exceptions import IntegrityError

from domain.kernel import clock, permits, views
from domain.kernel.actor import Actor
from domain.kernel.errors import InvalidInput, NotPermitted
from domain.kernel.ids import new_id
from domain.kernel.permits import Action, Relation
from domain.kernel.work import Work, begin
from domain.objectives import events, rules, versions
from domain.objectives.cascading import service_graph, service_kept
from domain.objectives.model import KeyResult, Objective
from domain.objectives.targets import service_continuing
from domain.objectives.terms import KeyResultDraft, ObjectiveDraft, ObjectiveState
from domain.objectives.views import FACTS, OBJECTIVE, standing
from domain.people import service as people


async def draft(
    actor: Actor,
    written: ObjectiveDraft,
    *,
    key: str,
    objective_id: UUID | None = None,
    cycle_id: UUID | None = None,
    unit_id: UUID | None = None,
) -> UUID:
    """Begin an objective of the actor's own, in the current cycle and the actor's unit unless named."""
    rules.check_draft(written)
    owner_id = person(actor)
    intent = ("draft", versions.content(written), objective_id, cycle_id, unit_id)
    async with begin(actor, key=key, intent=intent) as work:
        if work.replay is not None:
            return UUID(str(work.replay))
        written, now = _normal(written), clock.now()
        objective = Objective(
            id=objective_id or new_id(),
            tenant_id=actor.tenant_id,
            owner_id=owner_id,
            unit_id=await _unit(work, owner_id, unit_id),
            cycle_id=await _cycle(work, cycle_id),
            state=ObjectiveState.DRAFT,
            version=1,
            created_at=now,
            **_own_fields(written, now),
        )
        await _see_parent(work, objective.id, written)
        await service_continuing.see(work, written.key_results, objective.cycle_id)
        await _create(objective)
        await _write_key_results(work, objective, written.key_results)
        work.record(events.ObjectiveDrafted(subject_id=objective.id, owner_id=owner_id, hearers=(owner_id,)))
        work.reply(str(objective.id))
    return objective.id


def person(actor: Actor) -> UUID:
    """The acting person; NotPermitted for a client."""
    if actor.person_id is None:
        raise NotPermitted("Only a person can own an objective.")
    return actor.person_id


def _normal(written: ObjectiveDraft) -> ObjectiveDraft:
    key_results = (replace(one, id=one.id or new_id(), title=one.title.strip()) for one in written.key_results)
    return replace(written, title=written.title.strip(), key_results=tuple(key_results))


def _own_fields(written: ObjectiveDraft, now: object) -> dict[str, object]:
    return {
        "title": written.title,
        "why": written.why,
        "audience": written.audience,
        "weight": written.weight,
        "parent_id": written.parent_id,
        "version_hash": versions.version_hash(versions.content(written)),
        "updated_at": now,
    }


async def _unit(work: Work, owner_id: UUID, unit_id: UUID | None) -> UUID:
    units = await people.units_of(work.connection, owner_id, clock.today(work.actor.zone))
    if not units:
        raise InvalidInput("You do not work in any unit today.", field="unit")
    if unit_id is None:
        return units[0]
    if unit_id not in units:
        raise InvalidInput("You do not work in this unit today.", field="unit")
    return unit_id


async def _cycle(work: Work, cycle_id: UUID | None) -> UUID:
    """The cycle, kept open until commit."""
    found: UUID | None = await work.connection.fetchval(
        """select id from cycle where tenant_id = $1 and closed_at is null
             and case when $2::uuid is null then starts_on <= $3 else id = $2 end
           order by starts_on desc limit 1 for key share""",
        work.actor.tenant_id,
        cycle_id,
        clock.today(work.actor.zone),
    )
    if found is None:
        raise InvalidInput("There is no open cycle for this objective.", field="cycle")
    return found


async def _see_parent(work: Work, objective_id: UUID, written: ObjectiveDraft) -> None:
    """NotFound unless the actor sees what the objective is to serve; InvalidInput where it cannot stand there."""
    if written.parent_id is None:
        return
    await work.see(OBJECTIVE, written.parent_id)
    await service_graph.check_edge(work, child_id=objective_id, parent_id=written.parent_id)


async def _create(objective: Objective) -> None:
    try:
        await objective.save(force_create=True)
    except IntegrityError:
        raise InvalidInput("This id is taken.", field="id", help="Send a new id.") from None


async def edit(actor: Actor, objective_id: UUID, written: ObjectiveDraft, *, version: int, key: str) -> UUID:
    """Replace the whole content of an objective that is not under review."""
    rules.check_draft(written)
    async with begin(actor, key=key, intent=("edit", objective_id, versions.content(written), version)) as work:
        if work.replay is not None:
            return objective_id
        written = _normal(written)
        objective, after = await take(work, objective_id, Action.EDIT, version=version)
        if written.parent_id is not None:
            await work.wait_for("cascade")
        await _see_parent(work, objective_id, written)
        await service_kept.check(work, objective_id, written.key_results)
        await service_continuing.see(work, written.key_results, objective.cycle_id)
        objective.update_from_dict(_own_fields(written, clock.now()))  # pyright: ignore[reportUnknownMemberType]
        await save(objective, after)
        await _write_key_results(work, objective, written.key_results)
        hearers = (objective.owner_id,)
        work.record(events.ObjectiveEdited(subject_id=objective_id, owner_id=objective.owner_id, hearers=hearers))
        work.reply(True)
    return objective_id


async def take(work: Work, objective_id: UUID, action: Action, *, version: int) -> tuple[Objective, ObjectiveState]:
    """The objective, locked, if the actor may do this with it now; and the state that follows."""
    objective = await work.lock(OBJECTIVE, Objective, objective_id, version=version)
    await require(work, objective_id, action)
    return objective, rules.follow(action, objective.state)


async def require(work: Work, objective_id: UUID, action: Action) -> None:
    """NotPermitted unless the actor stands to the objective as the action demands."""
    slots = views.Slots(FACTS, row="o")
    stands = standing(action).format_map(slots)
    sql = f"select {stands} from objective o where o.tenant_id = {slots['tenant']} and o.id = ${len(slots.names) + 1}"
    names = cast("list[str]", await work.connection.fetchval(sql, *slots.values_for(work.actor), objective_id))
    permits.require(action, map(Relation, names))


async def save(objective: Objective, state: ObjectiveState) -> None:
    """Store the objective in its new state as its next version."""
    if state is ObjectiveState.DRAFT:
        objective.submitted_at = None
    objective.state = state
    objective.version += 1
    objective.updated_at = clock.now()
    await objective.save()


async def _write_key_results(work: Work, objective: Objective, written: Sequence[KeyResultDraft]) -> None:
    existing = {row.id: row for row in await KeyResult.filter(objective_id=objective.id)}
    dropped = existing.keys() - {one.id for one in written}
    await KeyResult.filter(id__in=list(dropped)).delete()
    for at, one in enumerate(written, start=1):
        await _write_key_result(work, objective, one, position=at, row=existing.get(one.id or objective.id))


async def _write_key_result(
    work: Work, objective: Objective, written: KeyResultDraft, *, position: int, row: KeyResult | None
) -> None:
    content = asdict(written) | {
        "tenant_id": work.actor.tenant_id,
        "objective_id": objective.id,
        "position": position,
        "updated_at": clock.now(),
    }
    fresh = row or KeyResult()
    fresh.update_from_dict(content)  # pyright: ignore[reportUnknownMemberType]
    try:
        await fresh.save(force_create=row is None)
    except IntegrityError:
        path = f"keyResults.{position - 1}"
        raise InvalidInput("The measure or the id of this key result cannot be used.", field=path) from None
