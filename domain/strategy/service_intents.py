"""Use cases of intents: write a new version, by itself or with a map that is published."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import UUID

import orjson

from domain.kernel import clock
from domain.kernel.actor import Actor
from domain.kernel.errors import InvalidInput
from domain.kernel.ids import new_id
from domain.kernel.work import Work, begin
from domain.strategy import content, events, rules, service
from domain.strategy.model import StrategicObjective, Strategy
from domain.strategy.terms import IntentDraft
from domain.strategy.views import STRATEGIC_OBJECTIVE, STRATEGY


@dataclass(frozen=True, slots=True)
class Current:
    """The newest version of an intent; `version` is 0 while there is none."""

    objective_id: UUID
    version: int
    draft: IntentDraft


async def write(actor: Actor, objective_id: UUID, intent: IntentDraft, *, version: int, key: str) -> UUID:
    """A new version of a strategic objective's intent, which holds at once; its id.

    `version` is that of the strategy. NotFound, StaleVersion, InvalidInput when nothing changes or it is retired.
    """
    rules.check_intent(intent)
    plain = (intent.why, intent.what_changes, intent.will_not_do)
    async with begin(actor, key=key, intent=("write_intent", objective_id, plain, version)) as work:
        if work.replay is not None:
            return UUID(str(work.replay))
        await work.see(STRATEGIC_OBJECTIVE, objective_id)
        person_id = service.require(actor)
        objective = await StrategicObjective.get(id=objective_id)
        strategy = await work.lock(STRATEGY, Strategy, objective.strategy_id, version=version)
        if objective.retired_at is not None:
            raise InvalidInput("This strategic objective is retired.", field="strategicObjective")
        written = await write_changed(work, strategy.id, {objective.code: intent}, person_id=person_id)
        if not written:
            raise InvalidInput("This is what the intent says already.", field="why")
        await _move_on(work, strategy, objective.code)
        work.reply(str(written[0]))
    return written[0]


async def current(work: Work, strategy_id: UUID) -> dict[str, Current]:
    """The intents of a strategy's objectives as they are now, by the objectives' codes."""
    rows = await work.connection.fetch(
        """select distinct on (o.code) o.code, o.id, i.version, i.why, i.what_changes, i.will_not_do
           from strategic_objective o
           join intent i on i.tenant_id = o.tenant_id and i.strategic_objective_id = o.id
           where o.tenant_id = $1 and o.strategy_id = $2 order by o.code, i.version desc""",
        work.actor.tenant_id,
        strategy_id,
    )
    return {
        row["code"]: Current(
            row["id"],
            row["version"],
            IntentDraft(why=row["why"], what_changes=row["what_changes"], will_not_do=row["will_not_do"]),
        )
        for row in rows
    }


async def write_changed(
    work: Work, strategy_id: UUID, intents: Mapping[str, IntentDraft], *, person_id: UUID
) -> list[UUID]:
    """New versions of those intents, by the codes of their objectives, that differ from what they say now."""
    known = await current(work, strategy_id)
    changed = [
        (code, intent, new_id()) for code, intent in intents.items() if code not in known or known[code].draft != intent
    ]
    versions = [known[code].version + 1 if code in known else 1 for code, _, _ in changed]
    rows = await work.connection.fetch(
        """insert into intent (tenant_id, id, strategic_objective_id, version, why, what_changes, will_not_do,
                               written_by_id, written_at)
           select $1, n.id, o.id, n.version, n.why, n.what_changes, n.will_not_do, $3, $4
           from unnest($5::uuid[], $6::text[], $7::integer[], $8::text[], $9::text[], $10::text[])
             n (id, code, version, why, what_changes, will_not_do)
           join strategic_objective o on o.tenant_id = $1 and o.strategy_id = $2 and o.code = n.code
           returning id, strategic_objective_id, version""",
        work.actor.tenant_id,
        strategy_id,
        person_id,
        clock.now(),
        [intent_id for _, _, intent_id in changed],
        [code for code, _, _ in changed],
        versions,
        [intent.why for _, intent, _ in changed],
        [intent.what_changes for _, intent, _ in changed],
        [intent.will_not_do for _, intent, _ in changed],
    )
    for row in rows:
        work.record(
            events.IntentChanged(subject_id=row["strategic_objective_id"], intent_id=row["id"], version=row["version"])
        )
    return [row["id"] for row in rows]


async def _move_on(work: Work, strategy: Strategy, code: str) -> None:
    """The strategy's next version. A draft that was begun before must not bring the old words back."""
    draft = content.read(strategy.draft) if strategy.draft is not None else None
    if draft is not None:
        kept = (replace(one, intent=None) if one.code == code else one for one in draft.objectives)
        draft = replace(draft, objectives=tuple(kept))
    await work.connection.execute(
        """update strategy set draft = $3::jsonb, version = version + 1, updated_at = $4
           where tenant_id = $1 and id = $2""",
        work.actor.tenant_id,
        strategy.id,
        None if draft is None else orjson.dumps(content.write(draft)).decode(),
        clock.now(),
    )
