"""Use cases of the library of key figures: what the incumbents of a position are measured by."""

from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID

import orjson
from asyncpg import ForeignKeyViolationError, UniqueViolationError

from domain.kernel import clock
from domain.kernel.actor import Actor
from domain.kernel.errors import InvalidInput, NotFound
from domain.kernel.ids import new_id
from domain.kernel.permits import Action
from domain.kernel.work import Work, begin
from domain.people import service_rows
from domain.scorecards.cards import events, rules, service_content, service_rights
from domain.scorecards.cards.terms import (
    CardDraft,
    ItemDraft,
    ItemKind,
    KpiDraft,
    Months,
    PerspectiveDraft,
    Timing,
)
from domain.scorecards.scoring import codec

if TYPE_CHECKING:
    import asyncpg

_COLUMNS = {
    "id": "uuid",
    "position_id": "uuid",
    "perspective_id": "uuid",
    "position": "integer",
    "title": "text",
    "title_zh": "text",
    "timing": "text",
    "weight": "integer",
    "rule": "jsonb",
    "months": "text",
    "measure_id": "uuid",
    "strategic_objective_id": "uuid",
    "operational": "text",
    "written_by_id": "uuid",
    "written_at": "timestamptz",
}


async def write(actor: Actor, position_id: UUID, written: Sequence[KpiDraft], *, key: str) -> UUID:
    """Make these the key figures of the position. Cards that exist keep what they inherited."""
    rules.check_kpis(written)
    intent = ("write_position_kpis", position_id, repr(written))
    async with begin(actor, key=key, intent=intent) as work:
        if work.replay is not None:
            return position_id
        service_rights.require_office(actor, Action.KEEP_POSITION_KPIS)
        await _lock(work, position_id)
        await work.connection.execute(
            """update position_kpi set retired_at = $3
               where tenant_id = $1 and position_id = $2 and retired_at is null""",
            actor.tenant_id,
            position_id,
            clock.now(),
        )
        await _insert(work, position_id, written)
        work.record(events.PositionKpisWritten(subject_id=position_id, count=len(written)))
        work.reply(True)
    return position_id


async def _lock(work: Work, position_id: UUID) -> None:
    found = await work.connection.fetchval(
        "select id from position where tenant_id = $1 and id = $2", work.actor.tenant_id, position_id
    )
    if found is None:
        raise NotFound("The position")
    await work.wait_for(f"kpis:{position_id}")


async def _insert(work: Work, position_id: UUID, written: Sequence[KpiDraft]) -> None:
    perspectives = await service_content.perspective_ids(work, [one.perspective for one in written])
    now = clock.now()
    rows = [
        (
            one.id or new_id(),
            position_id,
            perspectives[one.perspective],
            at,
            one.title.strip(),
            one.title_zh,
            one.timing,
            one.weight,
            orjson.dumps(codec.json_of(one.rule)).decode(),
            one.months,
            one.measure_id,
            one.strategic_objective_id,
            one.operational,
            work.actor.person_id,
            now,
        )
        for at, one in enumerate(written, 1)
    ]
    try:
        await service_rows.insert(work.connection, "position_kpi", work.actor.tenant_id, columns=_COLUMNS, rows=rows)
    except (ForeignKeyViolationError, UniqueViolationError):
        raise InvalidInput("Something that is referred to here does not exist.", field="kpis") from None


async def inherited(work: Work, person_id: UUID) -> CardDraft:
    """What a person's card begins with: the key figures of their main position."""
    rows = await work.connection.fetch(
        """select k.*, p.code from employment e
           join position_kpi k on k.tenant_id = e.tenant_id and k.position_id = e.position_id and k.retired_at is null
           join perspective p on p.tenant_id = k.tenant_id and p.id = k.perspective_id
           where e.tenant_id = $1 and e.person_id = $2 and e.is_primary and e.valid_from <= $3 and $3 < e.valid_to
           order by k.position""",
        work.actor.tenant_id,
        person_id,
        clock.today(work.actor.zone),
    )
    weights: dict[str, int] = {}
    for row in rows:
        weights[row["code"]] = weights.get(row["code"], 0) + row["weight"]
    return CardDraft(
        perspectives=tuple(PerspectiveDraft(perspective=code, weight=weight) for code, weight in weights.items()),
        items=tuple(_item(row) for row in rows),
    )


def _item(row: "asyncpg.Record") -> ItemDraft:
    return ItemDraft(
        title=row["title"],
        title_zh=row["title_zh"],
        perspective=row["code"],
        kind=ItemKind.MEASURE,
        timing=Timing(row["timing"]),
        weight=row["weight"],
        rule=codec.rule_of(orjson.loads(row["rule"])),
        months=Months(row["months"]),
        measure_id=row["measure_id"],
        strategic_objective_id=row["strategic_objective_id"],
        operational=row["operational"],
        position_kpi_id=row["id"],
    )
