"""Use case of moving a key result: a check-in by the owner."""

from decimal import Decimal
from uuid import UUID

from tortoise.exceptions import IntegrityError

from domain.kernel import clock, permits
from domain.kernel.actor import Actor
from domain.kernel.errors import InvalidInput
from domain.kernel.ids import new_id
from domain.kernel.permits import Action
from domain.kernel.work import Work, begin
from domain.objectives import events, progress, rules, service
from domain.objectives.model import CheckIn, KeyResult, Objective
from domain.objectives.terms import CheckInSource
from domain.objectives.views import KEY_RESULT, OBJECTIVE


async def check_in(
    actor: Actor,
    key_result_id: UUID,
    value: Decimal,
    *,
    key: str,
    confidence: int | None = None,
    note: str | None = None,
    check_in_id: UUID | None = None,
) -> UUID:
    """Tell where a key result stands; its objective's progress follows. The id of the check-in."""
    rules.check_number(value, "value")
    rules.check_confidence(confidence)
    if note is not None:
        rules.check_text(note, "note", characters_max=rules.TEXT_CHARACTERS_MAX)
    intent = ("check_in", key_result_id, value, confidence, note, check_in_id)
    async with begin(actor, key=key, intent=intent) as work:
        if work.replay is not None:
            return UUID(str(work.replay))
        await work.see(KEY_RESULT, key_result_id)
        key_result = await KeyResult.get(id=key_result_id)
        objective = await work.lock(OBJECTIVE, Objective, key_result.objective_id)
        permits.require(Action.CHECK_IN, await service.relations_of(work, objective.id))
        rules.follow(Action.CHECK_IN, objective.state)
        made = CheckIn(
            id=check_in_id or new_id(),
            source=CheckInSource.PERSON,
            author_id=actor.person_id,
            value=value,
            confidence=confidence,
            note=note,
        )
        await _move(work, objective, key_result, made)
        work.reply(str(made.id))
    return made.id


async def _move(work: Work, objective: Objective, key_result: KeyResult, made: CheckIn) -> None:
    await key_result.refresh_from_db()
    made.tenant_id = work.actor.tenant_id
    made.objective_id, made.key_result_id = objective.id, key_result.id
    made.recorded_at = clock.now()
    try:
        await made.save(force_create=True)
    except IntegrityError:
        raise InvalidInput("This id is taken.", field="id", help="Send a new id.") from None
    await _store_value(key_result, made)
    await _roll_up(objective)
    work.record(
        events.CheckedIn(
            subject_id=objective.id,
            owner_id=objective.owner_id,
            key_result_id=key_result.id,
            check_in_id=made.id,
            hearers=(objective.owner_id,),
        )
    )


async def _store_value(key_result: KeyResult, made: CheckIn) -> None:
    key_result.current = made.value
    key_result.latest_check_in_id = made.id
    key_result.updated_at = made.recorded_at
    key_result.progress = progress.of_key_result(
        key_result.kind,
        made.value,
        start=key_result.start,
        target=key_result.target,
        low=key_result.low,
        high=key_result.high,
    )
    await key_result.save(update_fields=["current", "latest_check_in_id", "updated_at", "progress"])


async def _roll_up(objective: Objective) -> None:
    key_results = await KeyResult.filter(objective_id=objective.id)
    objective.progress = progress.of_objective([(row.weight, row.progress) for row in key_results])
    objective.updated_at = clock.now()
    await objective.save(update_fields=["progress", "updated_at"])
