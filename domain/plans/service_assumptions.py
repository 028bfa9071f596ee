"""Use cases of assumptions: register, change and retire one, and tell how it stands."""

import dataclasses
from uuid import UUID

from domain.kernel import clock, permits
from domain.kernel.actor import Actor
from domain.kernel.errors import InvalidInput, NotFound
from domain.kernel.permits import Action, Relation
from domain.kernel.work import Work, begin
from domain.people import service_rows
from domain.plans import assumption_rules, events, service
from domain.plans import service_revisions as revisions
from domain.plans.assumption_terms import Content, NewAssumption, Reading
from domain.plans.model import Assumption
from domain.plans.views import ASSUMPTION


async def register(actor: Actor, assumption: NewAssumption, *, key: str) -> UUID:
    """The id of the new assumption. CodeTaken, NotFound for an unknown owner."""
    service.keeper(actor)
    assumption_rules.check_new(assumption)
    intent = ("register_assumption", assumption.code, *_said(assumption.content))
    async with begin(actor, key=key, intent=intent) as work:
        if work.replay is not None:
            return UUID(str(work.replay))
        await service_rows.refuse_taken_codes(work, "assumption", [assumption.code])
        await _require_owner(work, assumption.content.owner_id)
        now = clock.now()
        row = Assumption(id=assumption.id, tenant_id=actor.tenant_id, code=assumption.code, version=1, is_broken=False)
        row.created_at = row.updated_at = now
        _fill(row, assumption.content)
        await row.save(force_create=True)
        work.record(events.AssumptionRegistered(subject_id=assumption.id, code=assumption.code))
        work.reply(str(assumption.id))
    return assumption.id


async def change(actor: Actor, assumption_id: UUID, content: Content, *, version: int, key: str) -> UUID:
    """Replace what it says. Its newest reading is judged by the new range at once."""
    service.keeper(actor)
    assumption_rules.check_content(content)
    intent = ("change_assumption", assumption_id, version, *_said(content))
    async with begin(actor, key=key, intent=intent) as work:
        if work.replay is not None:
            return assumption_id
        assumption = await _lock(work, assumption_id, version=version)
        await _require_owner(work, content.owner_id)
        if content.unit_of_measure != assumption.unit_of_measure and await revisions.newest(work, assumption_id):
            raise InvalidInput("There are readings in the old unit of measure.", field="unitOfMeasure")
        _fill(assumption, content)
        work.record(events.AssumptionChanged(subject_id=assumption_id))
        await _judge(work, assumption)
        work.reply(True)
    return assumption_id


async def retire(actor: Actor, assumption_id: UUID, *, version: int, key: str) -> UUID:
    """Nothing is planned by it any more; what was flagged stays to be settled."""
    service.keeper(actor)
    async with begin(actor, key=key, intent=("retire_assumption", assumption_id, version)) as work:
        if work.replay is not None:
            return assumption_id
        assumption = await _lock(work, assumption_id, version=version)
        assumption.retired_at = clock.now()
        await _save(assumption)
        work.record(events.AssumptionChanged(subject_id=assumption_id))
        work.reply(True)
    return assumption_id


async def read(actor: Actor, assumption_id: UUID, reading: Reading, *, key: str) -> UUID:
    """Tell how it stands on a day. If its newest reading leaves the range, everything that leans on it is flagged.

    An older day that is told of later is recorded and changes nothing else.
    """
    intent = ("read_assumption", assumption_id, reading.read_on, reading.value, reading.source)
    async with begin(actor, key=key, intent=intent) as work:
        if work.replay is not None:
            return assumption_id
        assumption = await _lock(work, assumption_id)
        permits.require(Action.READ_ASSUMPTION, _relations(actor, assumption))
        assumption_rules.check_reading(reading, today=clock.today(actor.zone))
        await _insert(work, assumption_id, reading)
        work.record(
            events.AssumptionRead(subject_id=assumption_id, reading_id=reading.id, read_on=reading.read_on.isoformat())
        )
        await _judge(work, assumption)
        work.reply(True)
    return assumption_id


async def _judge(work: Work, assumption: Assumption) -> None:
    """Whether the newest reading still lies in the range; on leaving it, the owner hears of it."""
    found = await revisions.newest(work, assumption.id)
    was_broken = assumption.is_broken
    assumption.is_broken = found is not None and not assumption_rules.holds(
        found.value, low=assumption.low, high=assumption.high
    )
    await _save(assumption)
    owner_id = assumption.owner_id
    if found is None or not assumption.is_broken:
        if was_broken:
            restored = events.AssumptionRestored(subject_id=assumption.id, owner_id=owner_id, hearers=(owner_id,))
            work.record(restored)
        return
    flags = await revisions.flag_all(work, assumption.id, found.id)
    if not was_broken:
        work.record(
            events.AssumptionBroken(
                subject_id=assumption.id, reading_id=found.id, owner_id=owner_id, flags=flags, hearers=(owner_id,)
            )
        )


async def _lock(work: Work, assumption_id: UUID, *, version: int | None = None) -> Assumption:
    assumption = await work.lock(ASSUMPTION, Assumption, assumption_id, version=version)
    if assumption.retired_at is not None:
        raise InvalidInput("This assumption was retired.", field="id")
    return assumption


async def _insert(work: Work, assumption_id: UUID, reading: Reading) -> None:
    await work.connection.execute(
        """insert into assumption_reading (tenant_id, id, assumption_id, read_on, value, source, recorded_by_id,
             recorded_at) values ($1, $2, $3, $4, $5, $6, $7, $8)""",
        *(work.actor.tenant_id, reading.id, assumption_id, reading.read_on, reading.value, reading.source),
        *(work.actor.id, clock.now()),
    )


async def _save(assumption: Assumption) -> None:
    assumption.version, assumption.updated_at = assumption.version + 1, clock.now()
    await assumption.save()


def _relations(actor: Actor, assumption: Assumption) -> frozenset[Relation]:
    owns = frozenset({Relation.OWNER}) if assumption.owner_id == actor.person_id else frozenset[Relation]()
    return owns | service.relations_of(actor)


async def _require_owner(work: Work, person_id: UUID) -> None:
    found = await work.connection.fetchval(
        "select exists (select from person where tenant_id = $1 and id = $2)", work.actor.tenant_id, person_id
    )
    if not found:
        raise NotFound("The owner")


def _fill(row: Assumption, content: Content) -> None:
    row.name, row.kind, row.owner_id = content.name, content.kind, content.owner_id
    row.unit_of_measure, row.trigger = content.unit_of_measure, content.trigger
    row.low, row.high = content.low, content.high
    row.name_zh = content.name_zh  # pyright: ignore[reportAttributeAccessIssue] - Tortoise types it as never null
    row.trigger_zh = content.trigger_zh  # pyright: ignore[reportAttributeAccessIssue] - the same


def _said(content: Content) -> tuple[object, ...]:
    return tuple(getattr(content, one.name) for one in dataclasses.fields(content))
