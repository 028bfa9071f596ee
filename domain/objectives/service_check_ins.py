"""Use case of moving a key result: a check-in by the owner."""

from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

import asyncpg

from domain.kernel import permits
from domain.kernel.actor import Actor
from domain.kernel.errors import InvalidInput, NotFound
from domain.kernel.ids import new_id
from domain.kernel.journal import Told
from domain.kernel.permits import Action
from domain.kernel.strokes import Stroke
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

    answer = STROKE(
        actor,
        key=key,
        intent=("check_in", key_result_id, value, confidence, note, check_in_id),
        given={"key_result": key_result_id, "made": made, "value": value, "confidence": confidence, "note": note},
        answer=str(made),
        refuse=_refuse,
    )
    try:
        return UUID(str(await answer))
    except NotFound:
        if await visible(KEY_RESULT, key_result_id, actor):
            permits.require(Action.CHECK_IN, ())
        raise
    except asyncpg.UniqueViolationError:
        raise InvalidInput("This id is taken.", field="id", help="Send a new id.") from None


def _refuse(seen: "Record") -> None:
    rules.follow(Action.CHECK_IN, seen["state"])


MAY_CHECK_IN = " or ".join(RELATIONS[relation] for relation in sorted(permits.PERMITS[Action.CHECK_IN]))
"""Who may check in sees the objective too; others are told apart when they try."""
_STATES = ", ".join(f"'{state}'" for state in sorted(rules.TRANSITIONS[Action.CHECK_IN]))
_MINE = f"""
from key_result k join objective o on o.tenant_id = k.tenant_id and o.id = k.objective_id
where k.tenant_id = {{tenant}} and k.id = {{key_result}}::uuid and ({MAY_CHECK_IN})""".replace("{row}", "o")
_REACHED = progress.OF_KEY_RESULT.format(row="acted", value="{value}::numeric")
STROKE = Stroke(
    # Whoever waited for the lock would count the other key results as they stood before. So the objective is joined to
    # itself as the statement saw it first: when PostgreSQL asks again, of the row as it is by then, they differ and
    # there is no row. Every check-in writes its objective, which therefore stands for its key results too.
    taken=f"""
  select k.id, k.kind, k.start, k.target, k.low, k.high, k.objective_id, o.owner_id{_MINE} and o.state in ({_STATES})
    and exists (select from objective s where s.tenant_id = o.tenant_id and s.id = o.id and s.xmin = o.xmin)
  for no key update of o""",
    changes=f"""
judged as (
  select acted.id, acted.objective_id, {_REACHED} as progress from acted
), made as (
  insert into check_in (tenant_id, id, objective_id, key_result_id, source, author_id, value, confidence, note,
                        recorded_at)
  select {{tenant}}, {{made}}::uuid, objective_id, id, '{CheckInSource.PERSON}', {{me}},
         {{value}}::numeric, {{confidence}}::int, {{note}}::text, {{now}} from acted
), moved as (
  update key_result k set current = {{value}}::numeric, progress = judged.progress,
         latest_check_in_id = {{made}}::uuid, updated_at = {{now}}
  from judged where k.tenant_id = {{tenant}} and k.id = judged.id
), rolled_up as (
  update objective o set updated_at = {{now}}, progress = (
    select {progress.OF_OBJECTIVE.format(row="r")} from (
      select k.weight, case when k.id = judged.id then judged.progress else k.progress end as progress
      from key_result k where k.tenant_id = {{tenant}} and k.objective_id = judged.objective_id) r)
  from judged where o.tenant_id = {{tenant}} and o.id = judged.objective_id
)""",
    told=Told(
        kind=events.CheckedIn,
        subject_id="objective_id",
        hearers="array[owner_id]",
        payload={"owner_id": "owner_id", "key_result_id": "id", "check_in_id": "{made}::uuid"},
    ),
    look=f"select o.state{_MINE}",
    lock="""
select from objective o where o.tenant_id = {tenant} and o.id = (
  select k.objective_id from key_result k where k.tenant_id = {tenant} and k.id = {key_result}::uuid)
for no key update""",
)
