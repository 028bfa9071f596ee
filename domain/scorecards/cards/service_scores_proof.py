"""The proof of the scores: every open month of every card scored anew from its facts, compared, and mended."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

import structlog

from domain.kernel import clock, database, relay
from domain.kernel.actor import Actor
from domain.kernel.work import begin
from domain.scorecards.cards import (
    assembly,
    rules,
    service_closing,
    service_loading,
    service_rights,
    service_scores,
    service_touched,
)
from domain.scorecards.cards.assembly import Kept, Row, Subject
from domain.scorecards.cards.service_loading import Loaded
from domain.scorecards.cards.service_touched import FIRST

if TYPE_CHECKING:
    from domain.kernel.database import Connection

Progress = Callable[[int, int], None]
"""Told how many cards of how many are done."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """How many cards were scored anew, how many differed without a cause, and closed months that do not replay."""

    cards: int
    drifted: int
    not_replayed: int


def _quiet(done: int, total: int) -> None:
    """Nobody watches."""
    _ = done, total


async def prove_daily() -> int:
    """Prove the scores of all tenants for which it was not done today; how many cards had drifted and are right again.

    It also brings what the calendar alone changes: a month that has begun, a figure that is due.
    """
    drifted = 0
    for row in await database.gate().fetch("select id, zone from tenant"):
        if not await _is_done(row["id"], clock.today(row["zone"])):
            drifted += (await prove(row["id"])).drifted
    return drifted


async def _is_done(tenant_id: UUID, today: date) -> bool:
    with database.tenant(tenant_id):
        async with database.connection() as connection:
            return await connection.fetchval(
                "select exists (select from score_proof where tenant_id = $1 and proved_on >= $2)", tenant_id, today
            )


async def prove(tenant_id: UUID, progress: Progress = _quiet) -> Proof:
    """Score everything anew, alarm on drift, and mend it.

    What waits for its reader is no drift, nor is what the calendar changed: a month that has begun, a figure that is
    due now.
    """
    levels = await _levels(tenant_id)
    total, done, drifted = sum(map(len, levels)), 0, 0
    for cards in levels:
        for first in range(0, len(cards), service_scores.PORTION):
            portion = cards[first : first + service_scores.PORTION]
            drifted += await _prove(tenant_id, portion)
            done += len(portion)
            progress(done, total)
    differing = await service_closing.differing(tenant_id)
    await _note(tenant_id)
    if drifted or differing:
        log.error("scores_drifted", tenant=str(tenant_id), cards=drifted, closed_months=len(differing))
    return Proof(cards=total, drifted=drifted, not_replayed=len(differing))


async def _note(tenant_id: UUID) -> None:
    async with begin(Actor(tenant_id=tenant_id, zone="UTC")) as work:
        await work.connection.execute(
            """insert into score_proof (tenant_id, proved_on) values ($1, $2)
               on conflict (tenant_id) do update set proved_on = excluded.proved_on""",
            tenant_id,
            await service_scores.today_of(work.connection, tenant_id),
        )


async def _levels(tenant_id: UUID) -> Sequence[Sequence[UUID]]:
    """The published cards, those below before those above."""
    with database.tenant(tenant_id):
        async with database.connection() as connection:
            rows = await connection.fetch(
                f"""with recursive up (id, level) as (
                      select id, 1 from scorecard where tenant_id = $1 and state = 'PUBLISHED'
                      union
                      select i.scorecard_id, u.level + 1 from up u
                      join scorecard_item i on i.tenant_id = $1 and i.of_scorecard_id = u.id
                      join scorecard k on k.tenant_id = $1 and k.id = i.scorecard_id and k.state = 'PUBLISHED'
                      where u.level <= {rules.LEVELS_MAX})
                    select level, array_agg(id order by id) as ids
                    from (select id, max(level) as level from up group by id) l group by level order by level""",
                tenant_id,
            )
    return [row["ids"] for row in rows]


async def _prove(tenant_id: UUID, cards: Sequence[UUID]) -> int:
    """One portion, in a transaction of its own; how many of its cards had drifted."""
    async with begin(Actor(tenant_id=tenant_id, zone="UTC")) as work:
        connection = work.connection
        await service_rights.hold(connection, tenant_id)
        today = await service_scores.today_of(connection, tenant_id)
        waiting = await _waiting(connection, tenant_id)
        loaded = await service_loading.load(connection, tenant_id, cards, today)
        computed = await _computed_on(connection, tenant_id, cards)
        fresh: dict[tuple[UUID, date], Row] = {}
        drifted = 0
        for subject in loaded.subjects:
            found = assembly.score(subject, loaded.facts, loaded.kept.get(subject.id, {}), FIRST, today)
            fresh |= {(subject.id, month): row for month, row in found.items()}
            if found and subject.id not in waiting:
                drifted += _has_drifted(subject, loaded, computed.get(subject.id), found)
        await service_scores.keep(connection, tenant_id, fresh)
    return drifted


def _has_drifted(subject: Subject, loaded: Loaded, on: date | None, found: Mapping[date, Row]) -> bool:
    """Whether what is kept was wrong even on the day it was last computed on; `found` differs today."""
    kept: Kept = loaded.kept.get(subject.id, {})
    there = [month for month in found if month in kept]
    if not there or on is None:
        return False
    then = assembly.score(subject, loaded.facts, kept, FIRST, on)
    return any(month in then for month in there)


async def _computed_on(connection: "Connection", tenant_id: UUID, cards: Sequence[UUID]) -> Mapping[UUID, date]:
    rows = await connection.fetch(
        """select s.scorecard_id, max((s.computed_at at time zone t.zone)::date) as day
           from score s join tenant t on t.id = s.tenant_id
           where s.tenant_id = $1 and s.scorecard_id = any($2) group by 1""",
        tenant_id,
        list(cards),
    )
    return {row["scorecard_id"]: row["day"] for row in rows}


async def _waiting(connection: "Connection", tenant_id: UUID) -> frozenset[UUID]:
    """The cards that are touched by what a reader has not taken yet, with all above them."""
    rows = await connection.fetch(
        f"""{relay.ENTRIES} where tenant_id = $1 and id in (
              select u.id from journal_unread u
              where u.tenant_id = $1 and u.reader = any($2) and u.parked_at is null)""",
        tenant_id,
        [service_scores.READER, "roll_up"],
    )
    if not rows:
        return frozenset()
    entries = [relay.entry_of(row) for row in rows]
    goals = [entry for entry in entries if entry.subject_type not in ("measure", "scorecard")]
    others = [entry for entry in entries if entry.subject_type in ("measure", "scorecard")]
    figures = await service_touched.by_entries(connection, tenant_id, others)
    promises = await service_touched.by_objectives(connection, tenant_id, goals)
    return frozenset(await service_touched.with_above(connection, tenant_id, {**figures, **promises}))
