"""Two units' modes side by side: in what they differ, and which factors of their design records made it so."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.kernel import clock, database
from domain.kernel.actor import Actor
from domain.kernel.errors import NotFound
from domain.kernel.work import visible
from domain.modes import rules, service_effective, service_rows
from domain.modes.terms import FactorEntry, Feature, Held
from domain.modes.views import MODE
from domain.people import rules as people
from domain.people import service_rows as people_rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """A feature as one of the two units has it, and the factors that its design record gives for it."""

    held: Held
    factors: Sequence[FactorEntry]


@dataclass(frozen=True, slots=True)
class Difference:
    """A feature that two units have differently."""

    feature: Feature
    here: Side
    there: Side


async def difference(actor: Actor, unit_id: UUID, other_id: UUID, *, on: date | None = None) -> list[Difference]:
    """The features in which the modes of two units differ on a date, today unless named, in their order.

    NotFound for a unit that is not shared with the actor, or not there on that day.
    """
    day = on or clock.today(actor.zone)
    for one in (unit_id, other_id):
        if not await visible(MODE, one, actor):
            raise NotFound("The unit")
    units = [unit_id, other_id]
    with database.tenant(actor.tenant_id):
        async with database.connection() as connection:
            modes = await service_effective.effective(connection, actor.tenant_id, units, day)
            records = await people_rows.of(connection, service_rows.FACTORS, actor.tenant_id, subjects=units)
    if not modes.keys() >= {unit_id, other_id}:
        raise NotFound("One of the units on that day")
    known = {one: people.holding(rows, day) for one, rows in records.items()}
    return [
        Difference(here.feature, _side(here, unit_id, known), _side(there, other_id, known))
        for here, there in rules.difference(modes[unit_id], modes[other_id])
    ]


def _side(held: Held, unit_id: UUID, known: Mapping[UUID, Sequence[FactorEntry]]) -> Side:
    return Side(held=held, factors=[entry for entry in known[unit_id] if held.feature in entry.features])
