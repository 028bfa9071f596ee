"""Use cases of who is asked: say words first, then mark what was meant by them."""

from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from domain.kernel import clock
from domain.kernel.actor import Actor
from domain.kernel.errors import NotFound
from domain.kernel.ids import new_id
from domain.kernel.work import Work, begin
from domain.transmission.recall import events, rules
from domain.transmission.recall.errors import RecallAnswered, RecallOver, RecallSaid, RecallUnsaid
from domain.transmission.recall.model import RecallAnswer
from domain.transmission.recall.terms import Mark

if TYPE_CHECKING:
    import asyncpg


async def say(actor: Actor, question_id: UUID, words: Sequence[str], *, key: str) -> UUID:
    """Fix what the person remembers, at most five words or phrases; the id of the question.

    The priorities may be read from then on. Without any word it is answered: nothing was recalled. The same words said
    again change nothing, whatever the key. NotFound, InvalidInput, RecallOver, RecallSaid.
    """
    cleaned = rules.clean(words)
    async with begin(actor, key=key, intent=("say_recall", question_id, *cleaned)) as work:
        if work.replay is not None:
            return question_id
        asked = await _take(work, question_id)
        if asked["words"] is None:
            await _fix(work, asked, cleaned)
        elif tuple(asked["words"]) != cleaned:
            raise RecallSaid
        work.reply(True)
    return question_id


async def _take(work: Work, question_id: UUID) -> "asyncpg.Record":
    """The actor's own question, locked until commit, while its round is open."""
    row = await work.connection.fetchrow(
        """select q.id, q.round_id, q.person_id, q.unit_id, q.words, r.k, r.closes_at <= $4 as is_over
           from recall_question q join recall_round r on r.tenant_id = q.tenant_id and r.id = q.round_id
           where q.tenant_id = $1 and q.id = $2 and q.person_id = $3 for no key update of q""",
        work.actor.tenant_id,
        question_id,
        work.actor.person_id,
        clock.now(),
    )
    if row is None:
        raise NotFound
    if row["is_over"]:
        raise RecallOver
    return row


async def _fix(work: Work, asked: "asyncpg.Record", words: Sequence[str]) -> None:
    await work.connection.execute(
        "update recall_question set words = $3, said_at = $4 where tenant_id = $1 and id = $2",
        work.actor.tenant_id,
        asked["id"],
        list(words),
        clock.now(),
    )
    if not words:
        await _finish(work, asked, named=0)
        return
    work.record(events.RecallWordsSaid(subject_id=asked["id"], hearers=(asked["person_id"],)))


async def _finish(work: Work, asked: "asyncpg.Record", *, named: int) -> None:
    await RecallAnswer.create(
        id=asked["id"],
        tenant_id=work.actor.tenant_id,
        round_id=asked["round_id"],
        person_id=asked["person_id"],
        unit_id=asked["unit_id"],
        recalled=rules.recalled(named, asked["k"]),
        answered_at=clock.now(),
    )
    work.record(events.RecallGiven(subject_id=asked["id"], hearers=(asked["person_id"],)))


async def mark(actor: Actor, question_id: UUID, marks: Sequence[Mark], *, key: str) -> UUID:
    """Say which priority was meant by which word, and finish the answer; the id of the question.

    The same marks given again change nothing, whatever the key. NotFound, InvalidInput, RecallOver, RecallUnsaid,
    RecallAnswered.
    """
    intent = ("mark_recall", question_id, [(one.word, str(one.priority_id)) for one in marks])
    async with begin(actor, key=key, intent=intent) as work:
        if work.replay is not None:
            return question_id
        asked = await _take(work, question_id)
        if asked["words"] is None:
            raise RecallUnsaid
        ranks = await _ranks(work, asked)
        rules.check_marks(marks, words=len(asked["words"]), priorities=ranks)
        if await RecallAnswer.exists(id=question_id):
            await _check_same(work, question_id, marks)
        else:
            await _write_marks(work, question_id, marks)
            await _finish(work, asked, named=sum(ranks[one.priority_id] <= asked["k"] for one in marks))
        work.reply(True)
    return question_id


async def _ranks(work: Work, asked: "asyncpg.Record") -> dict[UUID, int]:
    rows = await work.connection.fetch(
        "select id, rank from recall_priority where tenant_id = $1 and round_id = $2",
        work.actor.tenant_id,
        asked["round_id"],
    )
    return {row["id"]: row["rank"] for row in rows}


async def _check_same(work: Work, question_id: UUID, marks: Sequence[Mark]) -> None:
    rows = await work.connection.fetch(
        "select word, priority_id from recall_mark where tenant_id = $1 and question_id = $2",
        work.actor.tenant_id,
        question_id,
    )
    if {(row["word"], row["priority_id"]) for row in rows} != {(one.word, one.priority_id) for one in marks}:
        raise RecallAnswered


async def _write_marks(work: Work, question_id: UUID, marks: Sequence[Mark]) -> None:
    await work.connection.execute(
        """insert into recall_mark (tenant_id, id, question_id, word, priority_id)
           select $1, m.id, $2, m.word, m.priority_id
           from unnest($3::uuid[], $4::integer[], $5::uuid[]) m (id, word, priority_id)""",
        work.actor.tenant_id,
        question_id,
        [new_id() for _ in marks],
        [one.word for one in marks],
        [one.priority_id for one in marks],
    )
