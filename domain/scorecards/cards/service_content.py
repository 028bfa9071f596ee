"""The content of a card: written as a whole, and read again as it was written."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, cast
from uuid import UUID

import orjson
from asyncpg import ForeignKeyViolationError, UniqueViolationError

from domain.kernel import views
from domain.kernel.errors import InvalidInput
from domain.kernel.ids import new_id
from domain.kernel.views import View
from domain.kernel.work import Work
from domain.objectives.terms import Audience
from domain.objectives.views import OBJECTIVE
from domain.people import service_rows
from domain.scorecards.cards import marks
from domain.scorecards.cards.marks import Marks
from domain.scorecards.cards.terms import (
    CardDraft,
    InitiativeDraft,
    InitiativeState,
    ItemDraft,
    ItemKind,
    Months,
    PerspectiveDraft,
    Timing,
)
from domain.scorecards.cards.views import SCORECARD
from domain.scorecards.scoring import codec
from domain.scorecards.scoring.terms import Aggregation, Gate

if TYPE_CHECKING:
    import asyncpg

    from domain.scorecards.cards.model import Scorecard

_PERSPECTIVE = {
    "id": "uuid",
    "scorecard_id": "uuid",
    "perspective_id": "uuid",
    "weight": "integer",
    "aggregation": "text",
    "position": "integer",
}


async def write(work: Work, card_id: UUID, written: CardDraft) -> None:
    """Make the content of the card this and nothing else. InvalidInput for what cannot be referred to."""
    codes = [one.perspective for one in written.perspectives]
    known = await perspective_ids(work, codes)
    await _see_sources(work, written)
    await _drop(work, card_id, written)
    placed = {code: new_id() for code in codes}
    rows = [
        (placed[one.perspective], card_id, known[one.perspective], one.weight, one.aggregation, at)
        for at, one in enumerate(written.perspectives, 1)
    ]
    tenant_id = work.actor.tenant_id
    await service_rows.insert(work.connection, "scorecard_perspective", tenant_id, columns=_PERSPECTIVE, rows=rows)
    items = [_item_row(work, card_id, placed[one.perspective], one, at) for at, one in enumerate(written.items, 1)]
    await _upsert(work, "scorecard_item", "items", items)
    initiatives = [_initiative_row(work, card_id, one, at) for at, one in enumerate(written.initiatives, 1)]
    await _upsert(work, "initiative", "initiatives", initiatives)


async def perspective_ids(work: Work, codes: Sequence[str]) -> Mapping[str, UUID]:
    """The perspectives of these codes; InvalidInput when one is unknown or comes twice."""
    rows = await work.connection.fetch(
        "select code, id from perspective where tenant_id = $1 and code = any($2)", work.actor.tenant_id, list(codes)
    )
    known = {row["code"]: row["id"] for row in rows}
    for at, code in enumerate(codes):
        if code not in known:
            raise InvalidInput("There is no perspective with this code.", field=f"perspectives.{at}.perspective")
    return known


async def _see_sources(work: Work, written: CardDraft) -> None:
    """InvalidInput unless the actor sees every objective and every card that the items count."""
    await _see(work, OBJECTIVE, {at: one.objective_id for at, one in enumerate(written.items) if one.objective_id})
    await _see(
        work, SCORECARD, {at: one.of_scorecard_id for at, one in enumerate(written.items) if one.of_scorecard_id}
    )


async def _see(work: Work, view: View, wanted: Mapping[int, UUID]) -> None:
    if not wanted:
        return
    slots = views.Slots(view.facts, row="r")
    visible = view.visible.format_map(slots)
    sql = (
        f"select r.id from {view.source} r where r.tenant_id = {slots['tenant']} "
        f"and r.id = any(${len(slots.names) + 1}::uuid[]) and ({visible})"
    )
    found = await work.connection.fetch(sql, *slots.values_for(work.actor), list(wanted.values()))
    seen = {row["id"] for row in found}
    for at, row_id in wanted.items():
        if row_id not in seen:
            raise InvalidInput(f"This {view.name} does not exist or is not shared with you.", field=f"items.{at}")


async def _drop(work: Work, card_id: UUID, written: CardDraft) -> None:
    """Take away what is no longer in the card, with the scores of its items."""
    kept = [one.id for one in written.items]
    of_card = "where tenant_id = $1 and scorecard_id = $2"
    values = (work.actor.tenant_id, card_id)
    await work.connection.execute(f"delete from initiative {of_card}", *values)
    await work.connection.execute(f"delete from item_score {of_card} and item_id <> all($3)", *values, kept)
    try:
        await work.connection.execute(f"delete from scorecard_item {of_card} and id <> all($3)", *values, kept)
    except ForeignKeyViolationError:
        raise InvalidInput("Items of other scorecards serve one that is left out here.", field="items") from None
    await work.connection.execute(f"delete from scorecard_perspective {of_card}", *values)


def _item_row(work: Work, card_id: UUID, perspective_id: UUID, item: ItemDraft, position: int) -> dict[str, object]:
    told = Marks(baseline=item.baseline, threshold=item.threshold, target=item.target, stretch=item.stretch)
    found = marks.together(item.rule, told, f"items.{position - 1}")
    return {
        "tenant_id": work.actor.tenant_id,
        "id": item.id,
        "scorecard_id": card_id,
        "card_perspective_id": perspective_id,
        "position": position,
        "title": item.title.strip(),
        "title_zh": item.title_zh,
        "kind": item.kind,
        "timing": item.timing,
        "weight": item.weight,
        "rule": codec.json_of(item.rule),
        "gate": codec.plain(item.gate) if item.gate else None,
        "cap": item.cap,
        "floor": item.floor,
        "months": item.months,
        "baseline": found.baseline,
        "threshold": found.threshold,
        "target": found.target,
        "stretch": found.stretch,
        "measure_id": item.measure_id,
        "objective_id": item.objective_id,
        "of_scorecard_id": item.of_scorecard_id,
        "strategic_objective_id": item.strategic_objective_id,
        "serves_item_id": item.serves_item_id,
        "position_kpi_id": item.position_kpi_id,
        "operational": item.operational,
        "is_confidential": item.is_confidential,
    }


def _initiative_row(work: Work, card_id: UUID, initiative: InitiativeDraft, position: int) -> dict[str, object]:
    return {
        "tenant_id": work.actor.tenant_id,
        "id": initiative.id,
        "scorecard_id": card_id,
        "item_id": initiative.item_id,
        "position": position,
        "title": initiative.title.strip(),
        "title_zh": initiative.title_zh,
        "owner_id": initiative.owner_id,
        "starts_on": initiative.starts_on,
        "due_on": initiative.due_on,
        "state": initiative.state,
    }


async def _upsert(work: Work, table: str, field: str, rows: Sequence[Mapping[str, object]]) -> None:
    """Write rows of a card by their ids in one statement; InvalidInput for an id or a reference that cannot be used."""
    if not rows:
        return
    fresh = ", ".join(f"{one} = excluded.{one}" for one in rows[0] if one not in ("tenant_id", "id", "scorecard_id"))
    try:
        done = await work.connection.execute(
            f"""insert into {table} select * from jsonb_populate_recordset(null::{table}, $1::jsonb)
                on conflict (tenant_id, id) do update set {fresh} where {table}.scorecard_id = excluded.scorecard_id""",
            orjson.dumps(rows, default=str).decode(),
        )
    except (ForeignKeyViolationError, UniqueViolationError):
        raise InvalidInput("Something that is referred to here does not exist.", field=field) from None
    if done != f"INSERT 0 {len(rows)}":
        raise InvalidInput("The id of one of these is taken.", field=field, help="Send a new id.")


async def read(work: Work, card: "Scorecard") -> CardDraft:
    """The content of the card as it stands."""
    values = (work.actor.tenant_id, card.id)
    of_card = "x.tenant_id = $1 and x.scorecard_id = $2 order by x.position"
    code = "join perspective p on p.tenant_id = x.tenant_id and p.id = x.perspective_id"
    perspectives = await work.connection.fetch(
        f"select x.*, p.code from scorecard_perspective x {code} where {of_card}", *values
    )
    codes = {row["id"]: row["code"] for row in perspectives}
    items = await work.connection.fetch(f"select x.* from scorecard_item x where {of_card}", *values)
    initiatives = await work.connection.fetch(f"select x.* from initiative x where {of_card}", *values)
    return CardDraft(
        perspectives=tuple(_perspective(row) for row in perspectives),
        items=tuple(_item(row, codes) for row in items),
        initiatives=tuple(_initiative(row) for row in initiatives),
        audience=Audience(card.audience),
        difficulty=card.difficulty,
    )


def _perspective(row: "asyncpg.Record") -> PerspectiveDraft:
    own = row["aggregation"]
    return PerspectiveDraft(
        perspective=row["code"], weight=row["weight"], aggregation=None if own is None else Aggregation(own)
    )


def _item(row: "asyncpg.Record", codes: Mapping[UUID, str]) -> ItemDraft:
    plain = ("title", "title_zh", "weight", "cap", "floor", "baseline", "threshold", "target", "stretch", "measure_id")
    more = (
        "objective_id",
        "of_scorecard_id",
        "strategic_objective_id",
        "serves_item_id",
        "position_kpi_id",
        "operational",
        "is_confidential",
        "id",
    )
    return ItemDraft(
        perspective=codes[row["card_perspective_id"]],
        kind=ItemKind(row["kind"]),
        timing=Timing(row["timing"]),
        months=Months(row["months"]),
        rule=codec.rule_of(orjson.loads(row["rule"])),
        gate=None if row["gate"] is None else codec.record_of(Gate, orjson.loads(row["gate"])),
        **cast("dict[str, str]", {name: row[name] for name in (*plain, *more)}),  # type: ignore[arg-type]
    )


def _initiative(row: "asyncpg.Record") -> InitiativeDraft:
    return InitiativeDraft(
        id=row["id"],
        title=row["title"],
        title_zh=row["title_zh"],
        item_id=row["item_id"],
        owner_id=row["owner_id"],
        starts_on=row["starts_on"],
        due_on=row["due_on"],
        state=InitiativeState(row["state"]),
    )
