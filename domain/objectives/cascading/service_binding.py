"""How an accepted slice becomes a key result of its receiver, and an agreed alignment an edge."""

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from domain.kernel import clock
from domain.kernel.errors import InvalidInput
from domain.kernel.ids import new_id
from domain.kernel.permits import Action
from domain.kernel.work import Work
from domain.objectives import events, rules, service, versions
from domain.objectives.cascading import rules as cascading
from domain.objectives.cascading import service_graph
from domain.objectives.model import Alignment, KeyResult, Objective
from domain.objectives.rules import KEY_RESULTS_MAX, TITLE_CHARACTERS_MAX
from domain.objectives.terms import Audience, KeyResultDraft, KeyResultKind, ObjectiveDraft, ObjectiveState
from domain.objectives.views import OBJECTIVE
from domain.people import service as people


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """How a receiver takes a slice: into a draft of theirs, or into a new one with this title and weight.

    `start` is where the key result starts; in proportion to the whole unless said.
    """

    objective_id: UUID | None = None
    title: str | None = None
    weight: int = 0
    start: Decimal | None = None


async def bind(work: Work, alignment: Alignment, wish: Wish) -> None:
    """Give the slice a lower end: an objective of the receiver with a key result of that target."""
    await _check_open(work, alignment)
    above = await KeyResult.get(tenant_id=work.actor.tenant_id, id=alignment.parent_key_result_id)
    written = _key_result(above, alignment, wish)
    if wish.objective_id is None:
        objective = await _begin(work, alignment, above, written, wish)
    else:
        objective = await _take(work, alignment, wish.objective_id)
    alignment.child_id = objective.id
    await check_ends(work, alignment)
    alignment.child_key_result_id = await _place(work, objective, written)


async def _check_open(work: Work, alignment: Alignment) -> None:
    """InvalidInput when the cycle is over; else it stays open until commit."""
    is_open = await work.connection.fetchval(
        "select closed_at is null from cycle where tenant_id = $1 and id = $2 for key share",
        work.actor.tenant_id,
        alignment.cycle_id,
    )
    if not is_open:
        raise InvalidInput("The cycle of this target is over.", field="id")


async def check_ends(work: Work, alignment: Alignment) -> None:
    """InvalidInput where the edge would close a circle, as things are by now."""
    if alignment.parent_id is not None and alignment.child_id is not None:
        await service_graph.check_edge(work, child_id=alignment.child_id, parent_id=alignment.parent_id)


def _key_result(above: KeyResult, alignment: Alignment, wish: Wish) -> KeyResultDraft:
    amount, target = alignment.amount or Decimal(0), above.target or Decimal(1)
    start = wish.start
    if start is None:
        start = cascading.start_of(above.start or Decimal(0), target, amount)
    return KeyResultDraft(
        id=new_id(),
        title=above.title,
        kind=KeyResultKind(above.kind),
        unit_of_measure=above.unit_of_measure,
        weight=100,
        start=start,
        target=amount,
    )


async def _begin(work: Work, alignment: Alignment, above: KeyResult, written: KeyResultDraft, wish: Wish) -> Objective:
    """A new draft of the receiver's."""
    owner_id = alignment.receiver_id
    assert owner_id is not None, "a slice has a receiver"
    title = (wish.title or above.title).strip()[:TITLE_CHARACTERS_MAX]
    draft = ObjectiveDraft(title=title, weight=wish.weight, key_results=(written,))
    rules.check_draft(draft)
    now = clock.now()
    objective = await Objective.create(
        id=new_id(),
        tenant_id=work.actor.tenant_id,
        owner_id=owner_id,
        unit_id=alignment.receiver_unit_id or await _unit(work, owner_id),
        cycle_id=alignment.cycle_id,
        title=draft.title,
        audience=Audience.CHAIN,
        weight=draft.weight,
        state=ObjectiveState.DRAFT,
        version=1,
        version_hash=versions.version_hash(versions.content(draft)),
        created_at=now,
        updated_at=now,
    )
    work.record(events.ObjectiveDrafted(subject_id=objective.id, owner_id=owner_id, hearers=(owner_id,)))
    return objective


async def _unit(work: Work, owner_id: UUID) -> UUID:
    units = await people.units_of(work.connection, owner_id, clock.today(work.actor.zone))
    if not units:
        raise InvalidInput("The receiver does not work in any unit today.", field="id")
    return units[0]


async def _take(work: Work, alignment: Alignment, objective_id: UUID) -> Objective:
    """A draft of the receiver's, as its next version."""
    objective = await work.lock(OBJECTIVE, Objective, objective_id)
    await service.require(work, objective_id, Action.EDIT)
    after = rules.follow(Action.EDIT, objective.state)
    if objective.cycle_id != alignment.cycle_id:
        raise InvalidInput("This objective is for another cycle.", field="objective")
    await service.save(objective, after)
    hearers = (objective.owner_id,)
    work.record(events.ObjectiveEdited(subject_id=objective_id, owner_id=objective.owner_id, hearers=hearers))
    return objective


async def _place(work: Work, objective: Objective, written: KeyResultDraft) -> UUID:
    """The key result of this target: one that the draft has already and no other slice holds, else a new one."""
    key_results = await KeyResult.filter(objective_id=objective.id).order_by("position")
    held = await Alignment.filter(child_id=objective.id, state="ACCEPTED").values_list("child_key_result_id", flat=True)
    for one in key_results:
        same = (one.kind, one.unit_of_measure, one.target) == (written.kind, written.unit_of_measure, written.target)
        if same and one.id not in held:
            return one.id
    if len(key_results) >= KEY_RESULTS_MAX:
        raise InvalidInput(f"An objective has at most {KEY_RESULTS_MAX} key results.", field="objective")
    left = max(1, 100 - sum(one.weight for one in key_results))
    made = await KeyResult.create(
        id=written.id,
        tenant_id=work.actor.tenant_id,
        objective_id=objective.id,
        position=len(key_results) + 1,
        title=written.title,
        kind=written.kind,
        unit_of_measure=written.unit_of_measure,
        weight=left,
        start=written.start,
        target=written.target,
        updated_at=clock.now(),
    )
    return made.id
