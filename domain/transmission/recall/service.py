"""The use case of the strategy office: ask the people of a unit what its strategy wants."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from domain.kernel import clock, permits
from domain.kernel.actor import Actor, Role
from domain.kernel.errors import InvalidInput, NotFound, NotPermitted
from domain.kernel.ids import new_id
from domain.kernel.permits import Action, Relation
from domain.kernel.work import Work, begin
from domain.transmission.recall import events, rules
from domain.transmission.recall.errors import NobodyToAsk, NoPriorities
from domain.transmission.recall.model import RecallPriority, RecallRound
from domain.transmission.recall.terms import NewRound, RecallAbout

if TYPE_CHECKING:
    import asyncpg

    from domain.kernel.database import Connection

PRIORITIES = {
    RecallAbout.OBJECTIVES: """
        select id, title, title_zh, null::uuid as theme_id, id as strategic_objective_id,
          row_number() over (order by weight desc, position, code) as rank
        from strategic_objective where tenant_id = $1 and strategy_id = $2 and retired_at is null
        order by rank limit $3""",
    RecallAbout.THEMES: """
        select id, name as title, name_zh as title_zh, id as theme_id, null::uuid as strategic_objective_id,
          row_number() over (order by weight desc, position, code) as rank
        from theme where tenant_id = $1 and strategy_id = $2 and retired_at is null
        order by rank limit $3""",
}
"""The weightiest priorities of a strategy; of equal ones, the first on the map."""


async def ask(actor: Actor, new: NewRound, *, key: str) -> UUID:
    """Open a round; its id. Who was asked this quarter is not asked again.

    NotFound, NotPermitted, InvalidInput, NoPriorities, NobodyToAsk.
    """
    rules.check_round(new)
    intent = ("ask_recall", new.unit_id, new.cycle_id, new.about, new.k, new.days)
    async with begin(actor, key=key, intent=intent) as work:
        if work.replay is not None:
            return UUID(str(work.replay))
        asked_by_id = _require(actor)
        today = clock.today(actor.zone)
        quarter = rules.quarter_of(today)
        await work.wait_for(f"recall of {quarter}")
        await _check_asked(work, new, quarter)
        strategy_id, found = await _priorities(work, new, today)
        persons = await _persons(work, new.unit_id, today, quarter)
        opened = await _open(work, new, strategy_id, asked_by_id=asked_by_id, quarter=quarter, asked=len(persons))
        await _write_priorities(opened, found)
        await _write_questions(work, opened, persons)
        work.record(events.RecallAsked(subject_id=opened.id, unit_id=new.unit_id, asked=len(persons)))
        work.reply(str(opened.id))
    return opened.id


def _require(actor: Actor) -> UUID:
    is_office = Role.STRATEGY_OFFICE in actor.roles
    permits.require(Action.ASK_RECALL, [Relation.STRATEGY_OFFICE] if is_office else [])
    if actor.person_id is None:
        raise NotPermitted("Only a person can ask what a strategy wants.")
    return actor.person_id


async def _check_asked(work: Work, new: NewRound, quarter: date) -> None:
    row = await work.connection.fetchrow(
        """select exists (select from unit where tenant_id = $1 and id = $2) as has_unit,
             (select closed_at is null from cycle where tenant_id = $1 and id = $3) as is_open,
             exists (select from recall_round where tenant_id = $1 and unit_id = $2 and quarter = $4) as is_asked""",
        work.actor.tenant_id,
        new.unit_id,
        new.cycle_id,
        quarter,
    )
    assert row is not None, "a select without a source has one row"
    if not row["has_unit"]:
        raise NotFound("The unit")
    if row["is_open"] is None:
        raise NotFound("The cycle")
    if not row["is_open"]:
        raise InvalidInput("This cycle is closed.", field="cycle")
    if row["is_asked"]:
        raise InvalidInput("This unit was asked this quarter.", field="unit")


async def _priorities(work: Work, new: NewRound, today: date) -> "tuple[UUID, Sequence[asyncpg.Record]]":
    """The nearest published strategy from the unit upwards, and its weightiest priorities."""
    strategy_id = await work.connection.fetchval(
        """select s.id from unit_closure c
           join strategy s on s.tenant_id = c.tenant_id and s.unit_id = c.ancestor_id
           where c.tenant_id = $1 and c.descendant_id = $2 and c.valid_from <= $3 and $3 < c.valid_to
             and s.published_version is not null
           order by c.depth limit 1""",
        work.actor.tenant_id,
        new.unit_id,
        today,
    )
    if strategy_id is None:
        raise NoPriorities(0)
    found = await work.connection.fetch(PRIORITIES[new.about], work.actor.tenant_id, strategy_id, rules.PRIORITIES_MAX)
    if len(found) < new.k:
        raise NoPriorities(len(found))
    return strategy_id, found


async def _persons(work: Work, unit_id: UUID, today: date, quarter: date) -> "Sequence[asyncpg.Record]":
    """Who works there or below on this day in the first place, and was not asked this quarter."""
    found = await work.connection.fetch(
        """select e.person_id, e.unit_id from unit_closure c
           join employment e on e.tenant_id = c.tenant_id and e.unit_id = c.descendant_id
           where c.tenant_id = $1 and c.ancestor_id = $2 and c.valid_from <= $3 and $3 < c.valid_to
             and e.is_primary and e.valid_from <= $3 and $3 < e.valid_to
             and not exists (select from recall_question q
               where q.tenant_id = $1 and q.person_id = e.person_id and q.quarter = $4)
           order by e.person_id""",
        work.actor.tenant_id,
        unit_id,
        today,
        quarter,
    )
    if not found:
        raise NobodyToAsk
    return found


async def _open(
    work: Work, new: NewRound, strategy_id: UUID, *, asked_by_id: UUID, quarter: date, asked: int
) -> RecallRound:
    now = clock.now()
    return await RecallRound.create(
        id=new_id(),
        tenant_id=work.actor.tenant_id,
        unit_id=new.unit_id,
        cycle_id=new.cycle_id,
        strategy_id=strategy_id,
        about=new.about,
        k=new.k,
        quarter=quarter,
        opens_at=now,
        closes_at=now + timedelta(days=new.days),
        asked=asked,
        asked_by_id=asked_by_id,
    )


async def _write_priorities(opened: RecallRound, found: "Sequence[asyncpg.Record]") -> None:
    """They are shown by their titles, so that their order does not tell which of them count."""
    shown = sorted(found, key=lambda row: (row["title"], row["rank"]))
    await RecallPriority.bulk_create(
        [
            RecallPriority(
                id=new_id(),
                tenant_id=opened.tenant_id,
                round_id=opened.id,
                position=position,
                rank=row["rank"],
                strategic_objective_id=row["strategic_objective_id"],
                theme_id=row["theme_id"],
                title=row["title"],
                title_zh=row["title_zh"],
            )
            for position, row in enumerate(shown, start=1)
        ]
    )


async def _write_questions(work: Work, opened: RecallRound, persons: "Sequence[asyncpg.Record]") -> None:
    await work.connection.execute(
        """insert into recall_question (tenant_id, id, round_id, person_id, unit_id, quarter)
           select $1, q.id, $2, q.person_id, q.unit_id, $3
           from unnest($4::uuid[], $5::uuid[], $6::uuid[]) q (id, person_id, unit_id)""",
        work.actor.tenant_id,
        opened.id,
        opened.quarter,
        [new_id() for _ in persons],
        [row["person_id"] for row in persons],
        [row["unit_id"] for row in persons],
    )


@dataclass(frozen=True, slots=True)
class Waiting:
    """Who has not answered yet, until when they can."""

    closes_at: datetime
    questions: list[tuple[UUID, UUID]]
    """Ids of the question and the person."""


async def waiting(connection: "Connection", round_id: UUID) -> Waiting | None:
    """Whom a round still waits for; None when it is over."""
    closes_at = await connection.fetchval(
        "select closes_at from recall_round where tenant_id = current_tenant() and id = $1 and closes_at > $2",
        round_id,
        clock.now(),
    )
    if closes_at is None:
        return None
    rows = await connection.fetch(
        """select q.id, q.person_id from recall_question q
           where q.tenant_id = current_tenant() and q.round_id = $1
             and not exists (select from recall_answer a where a.tenant_id = q.tenant_id and a.id = q.id)
           order by q.id""",
        round_id,
    )
    return Waiting(closes_at, [(row["id"], row["person_id"]) for row in rows])
