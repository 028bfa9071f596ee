"""The use case of publishing: what was written becomes what holds for everybody, with a version that stays."""

from dataclasses import replace
from uuid import UUID

import orjson

from domain.kernel import clock
from domain.kernel.actor import Actor
from domain.kernel.ids import new_id
from domain.kernel.work import Work, begin
from domain.strategy import content, events, rules, service, service_intents, service_map
from domain.strategy.errors import NothingToPublish
from domain.strategy.model import Strategy
from domain.strategy.terms import MapDraft
from domain.strategy.views import STRATEGY


async def publish(actor: Actor, strategy_id: UUID, *, version: int, key: str, reason: str | None = None) -> UUID:
    """Make the draft hold for everybody, and keep it as a version; the strategy's id.

    A reason excuses perspectives without a strategic objective. What the draft leaves out is retired and keeps its
    history. NotFound, StaleVersion, NothingToPublish, StrategyIncomplete with all that is missing.
    """
    if reason is not None:
        rules.check_text(reason, "reason", characters_max=rules.TEXT_CHARACTERS_MAX)
    async with begin(actor, key=key, intent=("publish", strategy_id, version, reason)) as work:
        if work.replay is not None:
            return strategy_id
        strategy = await work.lock(STRATEGY, Strategy, strategy_id, version=version)
        person_id = service.require(actor)
        if strategy.draft is None:
            raise NothingToPublish
        draft = content.read(strategy.draft)
        await _check(work, strategy_id, draft, reason)
        await service_map.write(work, strategy_id, draft)
        intents = {one.code: one.intent for one in draft.objectives if one.intent is not None}
        await service_intents.write_changed(work, strategy_id, intents, person_id=person_id)
        number = (strategy.published_version or 0) + 1
        await _keep_version(work, strategy_id, draft, number=number, person_id=person_id, reason=reason)
        await _hold(work, strategy_id, draft, number)
        work.record(
            events.StrategyPublished(subject_id=strategy_id, unit_id=strategy.unit_id, published_version=number)
        )
        work.reply(True)
    return strategy_id


async def _check(work: Work, strategy_id: UUID, draft: MapDraft, reason: str | None) -> None:
    perspectives = await service.perspective_codes(work)
    known = await service_intents.current(work, strategy_id)
    rules.check_complete(draft, perspectives=perspectives, with_intent=known.keys(), reason=reason)


async def _keep_version(
    work: Work, strategy_id: UUID, draft: MapDraft, *, number: int, person_id: UUID, reason: str | None
) -> None:
    """With the intents as they are now, so that the version can be read by itself."""
    known = await service_intents.current(work, strategy_id)
    objectives = tuple(replace(one, intent=known[one.code].draft) for one in draft.objectives)
    await work.connection.execute(
        """insert into strategy_version (tenant_id, id, strategy_id, version, content, reason, published_by_id,
                                         published_at)
           values ($1, $2, $3, $4, $5::jsonb, $6, $7, $8)""",
        work.actor.tenant_id,
        new_id(),
        strategy_id,
        number,
        orjson.dumps(content.write(replace(draft, objectives=objectives))).decode(),
        reason,
        person_id,
        clock.now(),
    )


async def _hold(work: Work, strategy_id: UUID, draft: MapDraft, number: int) -> None:
    await work.connection.execute(
        """update strategy set mission = $3, mission_zh = $4, vision = $5, vision_zh = $6, starts_on = $7,
             ends_on = $8, published_version = $9, draft = null, version = version + 1, updated_at = $10
           where tenant_id = $1 and id = $2""",
        work.actor.tenant_id,
        strategy_id,
        draft.mission,
        draft.mission_zh,
        draft.vision,
        draft.vision_zh,
        draft.starts_on,
        draft.ends_on,
        number,
        clock.now(),
    )
