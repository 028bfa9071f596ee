"""Use case of scores: what figures, objectives and cards have come to is scored, many cards at once, bottom up.

One writer of a tenant at a time, and no lock that a check-in or a figure needs.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

import orjson

from domain.kernel import clock, database
from domain.kernel.ids import new_id
from domain.kernel.relay import Entry
from domain.objectives import service_roll_up
from domain.scorecards.cards import assembly, service_loading, service_rights, service_touched
from domain.scorecards.cards.assembly import Row
from domain.scorecards.cards.service_touched import Touched

if TYPE_CHECKING:
    from domain.kernel.database import Connection

READER = "scores"
PORTION = 200
"""How many cards are held in memory at once."""


async def hear(entries: Sequence[Entry]) -> None:
    """The set-wise reader "scores": figures, cards and extras."""
    tenant_id = entries[0].tenant_id
    async with database.connection() as connection:
        await carry(connection, tenant_id, await service_touched.by_entries(connection, tenant_id, entries))


async def hear_objectives(entries: Sequence[Entry]) -> None:
    """The reader "roll_up", followed by the cards in which the objectives that moved count.

    Both in one transaction: a check-in leaves no second entry behind, and scores always see what was carried up.
    """
    await service_roll_up.hear(entries)
    tenant_id = entries[0].tenant_id
    async with database.connection() as connection:
        await carry(connection, tenant_id, await service_touched.by_objectives(connection, tenant_id, entries))


async def carry(connection: "Connection", tenant_id: UUID, touched: Touched) -> None:
    """Bring the scores of these cards, from a month on, and of all above them up to date, in the open transaction.

    The number of statements depends on the portions alone: neither on how many levels there are, nor on the cards.
    """
    if not touched:
        return
    await service_rights.hold(connection, tenant_id)
    today = await today_of(connection, tenant_id)
    moved: dict[UUID, date] = {}
    for portion in portions(await service_touched.with_above(connection, tenant_id, touched)):
        moved |= await rescore(connection, tenant_id, portion, {**touched, **moved}, today)


async def today_of(connection: "Connection", tenant_id: UUID) -> date:
    """The date where the group is at home."""
    return clock.today(await connection.fetchval("select zone from tenant where id = $1", tenant_id))


def portions(cards: Sequence[UUID]) -> Iterator[Sequence[UUID]]:
    """Some cards at a time, in their order."""
    for first in range(0, len(cards), PORTION):
        yield cards[first : first + PORTION]


async def rescore(
    connection: "Connection", tenant_id: UUID, cards: Sequence[UUID], since: Touched, today: date
) -> dict[UUID, date]:
    """Score cards, those below first, and keep what differs: which cards, and their first month that does.

    `since` says from which month on: of a card itself, or of cards that count in it.
    """
    loaded = await service_loading.load(connection, tenant_id, cards, today)
    subjects = {subject.id: subject for subject in loaded.subjects}
    below = {card: dict(scores) for card, scores in loaded.facts.below.items()}
    facts = replace(loaded.facts, below=below)
    fresh: dict[tuple[UUID, date], Row] = {}
    moved = dict(since)
    changed: dict[UUID, date] = {}
    for subject in (subjects[card] for card in cards if card in subjects):
        first = min((moved[one] for one in (subject.id, *subject.cards) if one in moved), default=None)
        if first is None:
            continue
        found = assembly.score(subject, facts, loaded.kept.get(subject.id, {}), first, today)
        if found:
            fresh |= {(subject.id, month): row for month, row in found.items()}
            below.setdefault(subject.id, {}).update(assembly.as_below(subject, found))
            changed[subject.id] = moved[subject.id] = min(found)
    await keep(connection, tenant_id, fresh)
    return changed


async def keep(connection: "Connection", tenant_id: UUID, fresh: Mapping[tuple[UUID, date], Row]) -> None:
    """Write scores and those of their items, in two statements."""
    if not fresh:
        return
    await connection.execute(
        """insert into score
             (tenant_id, id, scorecard_id, period, status, value, covered, grade, light, trace, policy_id, computed_at)
           select $1, s.*, $12
           from unnest($2::uuid[], $3::uuid[], $4::date[], $5::text[], $6::numeric[], $7::numeric[],
             $8::text[], $9::text[], $10::jsonb[], $11::uuid[]) s
           on conflict (tenant_id, scorecard_id, period) do update set
             status = excluded.status, value = excluded.value, covered = excluded.covered, grade = excluded.grade,
             light = excluded.light, trace = excluded.trace, policy_id = excluded.policy_id,
             computed_at = excluded.computed_at""",
        tenant_id,
        [new_id() for _ in fresh],
        [card for card, _ in fresh],
        [month for _, month in fresh],
        [row.status for row in fresh.values()],
        [row.value for row in fresh.values()],
        [row.covered for row in fresh.values()],
        [row.grade for row in fresh.values()],
        [row.light for row in fresh.values()],
        [orjson.dumps(row.trace).decode() for row in fresh.values()],
        [row.policy_id for row in fresh.values()],
        clock.now(),
    )
    await _keep_items(connection, tenant_id, fresh)


async def _keep_items(connection: "Connection", tenant_id: UUID, fresh: Mapping[tuple[UUID, date], Row]) -> None:
    rows = [
        (new_id(), card, item_id, month, item.state, item.reading, item.value, item.light)
        for (card, month), row in fresh.items()
        for item_id, item in row.items.items()
    ]
    await connection.execute(
        """insert into item_score (tenant_id, id, scorecard_id, item_id, period, state, reading, value, light)
           select $1, s.* from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::date[], $6::text[], $7::numeric[],
             $8::numeric[], $9::text[]) s
           on conflict (tenant_id, item_id, period) do update set
             state = excluded.state, reading = excluded.reading, value = excluded.value, light = excluded.light""",
        tenant_id,
        *(list(column) for column in zip(*rows, strict=True)),
    )
