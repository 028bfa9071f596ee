"""Use case of moving a key result: a check-in by the owner."""

from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

import asyncpg

from domain.kernel import permits
from domain.kernel.actor import Actor
from domain.kernel.errors import InvalidInput, NotFound
from domain.kernel.ids import new_id
from domain.kernel.permits import Action
from domain.kernel.strokes import Act, Stroke
from domain.kernel.work import visible
from domain.objectives import events, progress, rules
from domain.objectives.terms import CheckInSource
from domain.objectives.views import KEY_RESULT, RELATIONS

if TYPE_CHECKING:
    from asyncpg import Record


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
    made = check_in_id or new_id()

    def decide(seen: "Record") -> Act:
        rules.follow(Action.CHECK_IN, seen["state"])
        return _moved(seen, made, value)

    answer = STROKE(
        actor,
        key=key,
        intent=("check_in", key_result_id, value, confidence, note, check_in_id),
        about={"key_result": key_result_id, "made": made, "value": value, "confidence": confidence, "note": note},
        decide=decide,
    )
    try:
        return UUID(str(await answer))
    except NotFound:
        if await visible(KEY_RESULT, key_result_id, actor):
            permits.require(Action.CHECK_IN, ())
        raise
    except asyncpg.UniqueViolationError:
        raise InvalidInput("This id is taken.", field="id", help="Send a new id.") from None


def _moved(seen: "Record", made: UUID, value: Decimal) -> Act:
    reached = progress.of_key_result(
        seen["kind"], value, start=seen["start"], target=seen["target"], low=seen["low"], high=seen["high"]
    )
    others = zip(seen["other_weights"], seen["other_progress"], strict=True)
    told = events.CheckedIn(
        subject_id=seen["objective_id"],
        owner_id=seen["owner_id"],
        key_result_id=seen["id"],
        check_in_id=made,
        hearers=(seen["owner_id"],),
    )
    return Act(
        answer=str(made),
        given={
            "objective": seen["objective_id"],
            "seen": seen["seen"],
            "reached": reached,
            "total": progress.of_objective([(seen["weight"], reached), *others]),
        },
        events=(told,),
    )


MAY_CHECK_IN = " or ".join(RELATIONS[relation] for relation in sorted(permits.PERMITS[Action.CHECK_IN]))
"""Who may check in sees the objective too; others are told apart when they try."""
_LOOK = f"""
select k.id, k.kind, k.weight, k.start, k.target, k.low, k.high, o.id as objective_id, o.owner_id, o.state,
       o.xmin::text as seen,
       array(select s.weight from key_result s where s.tenant_id = k.tenant_id
             and s.objective_id = o.id and s.id <> k.id order by s.position) as other_weights,
       array(select s.progress from key_result s where s.tenant_id = k.tenant_id
             and s.objective_id = o.id and s.id <> k.id order by s.position) as other_progress
from key_result k join objective o on o.tenant_id = k.tenant_id and o.id = k.objective_id
where k.tenant_id = {{tenant}} and k.id = {{key_result}}::uuid and ({MAY_CHECK_IN})
""".replace("{row}", "o")
STROKE = Stroke(
    look=_LOOK,
    lock="""
select from objective o where o.tenant_id = {tenant} and o.id = (
  select k.objective_id from key_result k where k.tenant_id = {tenant} and k.id = {key_result}::uuid)
for no key update""",
    # Every check-in writes the objective, so that an objective as it was seen stands for its key results too.
    taken="""
  select from objective o where o.tenant_id = {tenant} and o.id = {objective}::uuid and o.xmin::text = {seen}::text
  for no key update""",
    changes=f"""
made as (
  insert into check_in (tenant_id, id, objective_id, key_result_id, source, author_id, value, confidence, note,
                        recorded_at)
  select {{tenant}}, {{made}}::uuid, {{objective}}::uuid, {{key_result}}::uuid, '{CheckInSource.PERSON}', {{me}},
         {{value}}::numeric, {{confidence}}::int, {{note}}::text, {{now}} from opened
), moved as (
  update key_result k set current = {{value}}::numeric, progress = {{reached}}::numeric,
         latest_check_in_id = {{made}}::uuid, updated_at = {{now}}
  from opened where k.tenant_id = {{tenant}} and k.id = {{key_result}}::uuid
), rolled_up as (
  update objective o set progress = {{total}}::numeric, updated_at = {{now}}
  from opened where o.tenant_id = {{tenant}} and o.id = {{objective}}::uuid
)""",
)
