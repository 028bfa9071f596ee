"""Makes, moves and renames units; the closure of the tree follows in the same transaction."""

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from domain.kernel import clock, permits
from domain.kernel.actor import Actor
from domain.kernel.errors import NotFound
from domain.kernel.ids import new_id
from domain.kernel.permits import Action
from domain.kernel.work import Work, begin
from domain.people import rules, service_closure, service_rows
from domain.people.events import UnitCreated, UnitMoved, UnitRenamed
from domain.people.service_access import lock_structure, relations_to
from domain.people.terms import EnterpriseForm, Term, UnitKind


@dataclass(frozen=True, slots=True, kw_only=True)
class NewUnit:
    """A unit to be made; without `form` it is in its parent's business, without a parent it is a HOLDING."""

    code: str
    kind: UnitKind
    name: str
    valid_from: date
    name_zh: str | None = None
    form: EnterpriseForm | None = None
    parent_id: UUID | None = None
    id: UUID = field(default_factory=new_id)


async def create_unit(actor: Actor, unit: NewUnit, *, key: str | None = None) -> UUID:
    """The id of the new unit. CodeTaken, NotFound for an unknown parent."""
    intent = ("create_unit", unit.code, unit.parent_id, unit.name, unit.valid_from)
    async with begin(actor, key=key, intent=intent) as work:
        if work.replay is not None:
            return UUID(str(work.replay))
        await create_units_within(work, [unit])
        work.reply(str(unit.id))
        return unit.id


async def create_units_within(work: Work, units: Sequence[NewUnit]) -> None:
    """Many units at once, parents before children."""
    await lock_structure(work)
    permits.require(Action.CHANGE_STRUCTURE, await relations_to(work, []))
    await service_rows.refuse_taken_codes(work, "unit", [unit.code for unit in units])
    terms = await _first_terms(work, units)
    connection, tenant_id = work.connection, work.actor.tenant_id
    await service_rows.insert(
        connection,
        "unit",
        tenant_id,
        columns={"id": "uuid", "code": "text", "kind": "text", "created_at": "timestamptz"},
        rows=[(unit.id, unit.code, unit.kind, clock.now()) for unit in units],
    )
    await service_rows.add(connection, service_rows.TERMS, tenant_id, rows=terms)
    await service_closure.follow(connection, service_closure.UNITS, tenant_id, changed=[unit.id for unit in units])
    for unit in units:
        work.record(UnitCreated(subject_id=unit.id, parent_id=unit.parent_id, effective_on=unit.valid_from.isoformat()))


async def _first_terms(work: Work, units: Sequence[NewUnit]) -> list[Term]:
    parents = await _standing(work, [unit.parent_id for unit in units if unit.parent_id])
    for unit in units:
        _check(unit)
        parent = _parent(parents, unit.parent_id, on=unit.valid_from)
        rules.check_kind(unit.kind, parent.kind if parent else None)
        form = unit.form or (parent.terms[-1].form if parent else EnterpriseForm.HOLDING)
        term = Term(
            id=new_id(),
            unit_id=unit.id,
            parent_id=unit.parent_id,
            name=unit.name,
            name_zh=unit.name_zh,
            form=form,
            valid_from=unit.valid_from,
            valid_to=clock.FOREVER,
        )
        parents[unit.id] = Standing(kind=unit.kind, terms=[term])
    return [parents[unit.id].terms[0] for unit in units]


@dataclass(frozen=True, slots=True)
class Standing:
    """A unit as it is known: its kind and all its terms."""

    kind: str
    terms: list[Term]


async def _standing(work: Work, unit_ids: Sequence[UUID]) -> dict[UUID, Standing]:
    tenant_id = work.actor.tenant_id
    rows = await work.connection.fetch(
        "select id, kind from unit where tenant_id = $1 and id = any($2)", tenant_id, unit_ids
    )
    terms = await service_rows.of(work.connection, service_rows.TERMS, tenant_id, subjects=[row["id"] for row in rows])
    return {row["id"]: Standing(kind=row["kind"], terms=terms[row["id"]]) for row in rows}


def _parent(known: dict[UUID, Standing], parent_id: UUID | None, *, on: date) -> Standing | None:
    if parent_id is None:
        return None
    if parent_id not in known:
        raise NotFound("The parent unit")
    if not rules.holding(known[parent_id].terms, on):
        raise rules.NothingHolds("parent unit", on=on)
    return known[parent_id]


def _check(unit: NewUnit) -> None:
    rules.check_code(unit.code)
    rules.check_name(unit.name)
    rules.check_date(unit.valid_from)
    if unit.name_zh is not None:
        rules.check_name(unit.name_zh, field="nameZh")


async def move_unit(actor: Actor, unit_id: UUID, *, parent_id: UUID, on: date, key: str | None = None) -> None:
    """The unit, with everything below, stands under another parent from a date until its next recorded change."""
    async with begin(actor, key=key, intent=("move_unit", unit_id, parent_id, on)) as work:
        if work.replay is None:
            await move_unit_within(work, unit_id, parent_id=parent_id, on=on)
            work.reply(str(unit_id))


async def move_unit_within(work: Work, unit_id: UUID, *, parent_id: UUID, on: date) -> None:
    """As `move_unit`, in an open unit of work."""
    await lock_structure(work)
    known = await _standing(work, [unit_id, parent_id])
    old = _term_on(known, unit_id, on=on)
    permits.require(Action.CHANGE_STRUCTURE, await relations_to(work, [unit_id]))
    rules.check_date(on)
    parent = _parent(known, parent_id, on=on)
    rules.check_kind(known[unit_id].kind, parent.kind if parent else None)
    if parent_id == unit_id:
        raise rules.CycleRefused([old.name, old.name], on=on)
    if old.parent_id != parent_id:
        await _replace(work, old, dataclasses.replace(old, id=new_id(), parent_id=parent_id, valid_from=on))
        work.record(UnitMoved(subject_id=unit_id, parent_id=parent_id, effective_on=on.isoformat()))


async def rename_unit(
    actor: Actor, unit_id: UUID, *, name: str, name_zh: str | None, on: date, key: str | None = None
) -> None:
    """The unit has other names from a date until its next recorded change."""
    async with begin(actor, key=key, intent=("rename_unit", unit_id, name, name_zh, on)) as work:
        if work.replay is None:
            await lock_structure(work)
            old = _term_on(await _standing(work, [unit_id]), unit_id, on=on)
            permits.require(Action.CHANGE_STRUCTURE, await relations_to(work, [unit_id]))
            rules.check_name(name)
            if name_zh is not None:
                rules.check_name(name_zh, field="nameZh")
            await _replace(work, old, dataclasses.replace(old, id=new_id(), name=name, name_zh=name_zh, valid_from=on))
            work.record(UnitRenamed(subject_id=unit_id, effective_on=on.isoformat()))
            work.reply(str(unit_id))


def _term_on(known: dict[UUID, Standing], unit_id: UUID, *, on: date) -> Term:
    if unit_id not in known:
        raise NotFound("The unit")
    held = rules.holding(known[unit_id].terms, on)
    if not held:
        raise rules.NothingHolds("unit of this code", on=on)
    return held[0]


async def _replace(work: Work, old: Term, new: Term) -> None:
    connection, tenant_id = work.connection, work.actor.tenant_id
    change = rules.replace(old, new, today=clock.today(work.actor.zone))
    await service_rows.write(connection, service_rows.TERMS, tenant_id, changes=[change])
    await service_closure.follow(connection, service_closure.UNITS, tenant_id, changed=[old.unit_id])
