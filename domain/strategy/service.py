"""Use cases of writing a strategy: the map as it shall be, and the perspectives of the group."""

from collections.abc import Sequence
from uuid import UUID

import orjson

from domain.kernel import clock, permits
from domain.kernel.actor import Actor, Role
from domain.kernel.errors import InvalidInput, NotFound, NotPermitted, StaleVersion
from domain.kernel.ids import new_id
from domain.kernel.permits import Action, Relation
from domain.kernel.work import Work, begin
from domain.strategy import content, events, rules
from domain.strategy.terms import MapDraft, NewPerspective


async def write_map(actor: Actor, unit_id: UUID, draft: MapDraft, *, version: int, key: str) -> UUID:
    """Keep the whole map of a unit as its draft; the id of its strategy, which begins with `version` 0.

    Nobody but those who keep strategies sees it before it is published. NotFound, StaleVersion, InvalidInput,
    CausalCircle.
    """
    written = content.write(draft)
    async with begin(actor, key=key, intent=("write_map", unit_id, written, version)) as work:
        if work.replay is not None:
            return UUID(str(work.replay))
        require(actor)
        await _require_unit(work, unit_id)
        rules.check_map(draft, perspectives=await perspective_codes(work))
        await _require_owners(work, draft)
        strategy_id = await _keep(work, unit_id, draft, version=version)
        work.record(events.StrategyDrafted(subject_id=strategy_id, unit_id=unit_id))
        work.reply(str(strategy_id))
    return strategy_id


def require(actor: Actor) -> UUID:
    """The acting person; NotPermitted unless they keep strategies."""
    is_office = Role.STRATEGY_OFFICE in actor.roles
    permits.require(Action.KEEP_STRATEGY, [Relation.STRATEGY_OFFICE] if is_office else [])
    if actor.person_id is None:
        raise NotPermitted("Only a person can write a strategy.")
    return actor.person_id


async def _require_unit(work: Work, unit_id: UUID) -> None:
    found = await work.connection.fetchval(
        "select true from unit where tenant_id = $1 and id = $2", work.actor.tenant_id, unit_id
    )
    if found is None:
        raise NotFound("The unit")


async def _require_owners(work: Work, draft: MapDraft) -> None:
    owners = {one.owner_id for one in draft.objectives if one.owner_id is not None}
    rows = await work.connection.fetch(
        "select id from person where tenant_id = $1 and id = any($2)", work.actor.tenant_id, list(owners)
    )
    known = {row["id"] for row in rows}
    for at, objective in enumerate(draft.objectives):
        if objective.owner_id is not None and objective.owner_id not in known:
            raise InvalidInput("This person is not known here.", field=f"strategicObjectives.{at}.owner")


async def _keep(work: Work, unit_id: UUID, draft: MapDraft, *, version: int) -> UUID:
    """One writer of a unit's strategy at a time: two may not both begin it."""
    await work.wait_for(f"strategy of {unit_id}")
    tenant_id, written = work.actor.tenant_id, orjson.dumps(content.write(draft)).decode()
    row = await work.connection.fetchrow(
        "select id, version from strategy where tenant_id = $1 and unit_id = $2 for no key update", tenant_id, unit_id
    )
    if row is None:
        return await _begin(work, unit_id, draft, version=version)
    if row["version"] != version:
        raise StaleVersion(row["id"])
    await work.connection.execute(
        """update strategy set draft = $3::jsonb, version = version + 1, updated_at = $4,
             starts_on = case when published_version is null then $5 else starts_on end,
             ends_on = case when published_version is null then $6 else ends_on end
           where tenant_id = $1 and id = $2""",
        tenant_id,
        row["id"],
        written,
        clock.now(),
        draft.starts_on,
        draft.ends_on,
    )
    return row["id"]


async def _begin(work: Work, unit_id: UUID, draft: MapDraft, *, version: int) -> UUID:
    if version != 0:
        raise NotFound("The strategy")
    strategy_id = new_id()
    await work.connection.execute(
        """insert into strategy (tenant_id, id, unit_id, starts_on, ends_on, version, draft, created_at, updated_at)
           values ($1, $2, $3, $4, $5, 1, $6::jsonb, $7, $7)""",
        work.actor.tenant_id,
        strategy_id,
        unit_id,
        draft.starts_on,
        draft.ends_on,
        orjson.dumps(content.write(draft)).decode(),
        clock.now(),
    )
    return strategy_id


async def perspective_codes(work: Work) -> list[str]:
    """The codes of the group's perspectives in their order; a group that has named none gets the usual four."""
    rows = await work.connection.fetch(
        "select code from perspective where tenant_id = current_tenant() order by position"
    )
    if rows:
        return [row["code"] for row in rows]
    await _write_perspectives(work, rules.PERSPECTIVES)
    return [one.code for one in rules.PERSPECTIVES]


async def write_perspectives(actor: Actor, perspectives: Sequence[NewPerspective], *, key: str) -> UUID:
    """Name the perspectives of the group in their order; the id of the first.

    A code that is known is named anew, a new one is added. InvalidInput when one is left out: maps and scorecards
    stand on it.
    """
    plain = [(one.code, one.name, one.name_zh) for one in perspectives]
    async with begin(actor, key=key, intent=("write_perspectives", plain)) as work:
        if work.replay is not None:
            return UUID(str(work.replay))
        require(actor)
        rules.check_perspectives(perspectives)
        left_out = set(await perspective_codes(work)) - {one.code for one in perspectives}
        if left_out:
            said = f"A perspective stays once it is named: {', '.join(sorted(left_out))}."
            raise InvalidInput(said, field="perspectives")
        first_id = await _write_perspectives(work, perspectives)
        work.record(events.PerspectivesWritten(subject_id=first_id, count=len(perspectives)))
        work.reply(str(first_id))
    return first_id


async def _write_perspectives(work: Work, perspectives: Sequence[NewPerspective]) -> UUID:
    rows = await work.connection.fetch(
        """insert into perspective as p (tenant_id, id, code, name, name_zh, position)
           select $1, n.id, n.code, n.name, n.name_zh, n.position
           from unnest($2::uuid[], $3::text[], $4::text[], $5::text[])
             with ordinality n (id, code, name, name_zh, position)
           on conflict (tenant_id, code) do update set
             name = excluded.name, name_zh = excluded.name_zh, position = excluded.position
           returning p.id, p.position""",
        work.actor.tenant_id,
        [new_id() for _ in perspectives],
        [one.code for one in perspectives],
        [one.name.strip() for one in perspectives],
        [one.name_zh for one in perspectives],
    )
    return next(row["id"] for row in rows if row["position"] == 1)
