"""Use cases of widening a thread: somebody proposes it, every author answers, one refusal ends it."""

from typing import TYPE_CHECKING
from uuid import UUID

from domain.feedback import events, rules, service, service_readers
from domain.feedback.errors import WideningSettled, WideningUnderWay
from domain.feedback.model import FeedbackThread, FeedbackWidening
from domain.feedback.terms import Visibility, WideningState
from domain.feedback.views import THREAD, WIDENING
from domain.kernel import clock
from domain.kernel.actor import Actor
from domain.kernel.ids import new_id
from domain.kernel.permits import Action
from domain.kernel.work import Work, begin

if TYPE_CHECKING:
    from domain.kernel.database import Connection


async def propose(actor: Actor, thread_id: UUID, visibility: Visibility, *, key: str) -> UUID:
    """Ask the authors whether more people may read the thread; its id. Where nobody else wrote, it is done at once.

    NotFound, NotPermitted, WideningUnderWay, InvalidInput.
    """
    async with begin(actor, key=key, intent=("propose_widening", thread_id, visibility)) as work:
        if work.replay is not None:
            return thread_id
        person_id = service_readers.person_of(actor)
        thread = await service.take(work, thread_id, Action.PROPOSE_WIDENING)
        rules.check_wider(visibility, Visibility(thread.visibility))
        if await FeedbackWidening.exists(thread_id=thread_id, state=WideningState.OPEN):
            raise WideningUnderWay
        widening = await _propose(work, thread, visibility, person_id)
        await _answer(work, widening, person_id, agrees=True)
        hearers = await _hearers(work, thread_id)
        work.record(events.WideningProposed(subject_id=thread_id, widening_id=widening.id, hearers=hearers))
        await settle(work, thread)
        work.reply(True)
    return thread_id


async def _propose(work: Work, thread: FeedbackThread, visibility: Visibility, person_id: UUID) -> FeedbackWidening:
    return await FeedbackWidening.create(
        id=new_id(),
        tenant_id=work.actor.tenant_id,
        thread_id=thread.id,
        visibility=visibility,
        proposed_by_id=person_id,
        proposed_at=clock.now(),
        state=WideningState.OPEN,
    )


async def _answer(work: Work, widening: FeedbackWidening, person_id: UUID, *, agrees: bool) -> None:
    await work.connection.execute(
        """insert into feedback_consent (tenant_id, widening_id, person_id, agrees, answered_at)
           values ($1, $2, $3, $4, $5)""",
        work.actor.tenant_id,
        widening.id,
        person_id,
        agrees,
        clock.now(),
    )


async def _hearers(work: Work, thread_id: UUID) -> tuple[UUID, ...]:
    """The participants who read the thread."""
    everybody = await service.participants(work, thread_id)
    return tuple(sorted(await service_readers.among(work.connection, THREAD, thread_id, everybody, actor=work.actor)))


async def settle(work: Work, thread: FeedbackThread) -> None:
    """Widen the thread, which is locked, if it is to be widened and no author has still to agree."""
    widening = await FeedbackWidening.get_or_none(thread_id=thread.id, state=WideningState.OPEN)
    if widening is None or await waiting(work.connection, widening.id):
        return
    was_private = thread.visibility == Visibility.PRIVATE
    await _end(widening, WideningState.WIDENED)
    thread.visibility = widening.visibility
    await thread.save(update_fields=["visibility"])
    if was_private and thread.about_id is not None:
        await service.join(work, thread, [thread.about_id], since=thread.opened_at)
    work.record(
        events.ThreadWidened(
            subject_id=thread.id,
            widening_id=widening.id,
            visibility=thread.visibility,
            hearers=await _hearers(work, thread.id),
        )
    )


async def waiting(connection: "Connection", widening_id: UUID) -> frozenset[UUID]:
    """The authors who have not answered yet."""
    row = await connection.fetchrow(
        """select array(select m.author_id from feedback_message m where m.tenant_id = w.tenant_id
               and m.thread_id = w.thread_id and m.deleted_at is null) as authors,
             array(select s.person_id from feedback_consent s where s.tenant_id = w.tenant_id
               and s.widening_id = w.id and s.agrees) as agreed
           from feedback_widening w where w.tenant_id = current_tenant() and w.id = $1""",
        widening_id,
    )
    return rules.waiting(row["authors"], row["agreed"]) if row else frozenset()


async def _end(widening: FeedbackWidening, state: WideningState) -> None:
    widening.state, widening.settled_at = state, clock.now()
    await widening.save(update_fields=["state", "settled_at"])


async def answer(actor: Actor, widening_id: UUID, *, agrees: bool, key: str) -> UUID:
    """As an author, agree to a wider thread or refuse it; the id of the thread.

    NotFound, NotPermitted, WideningSettled.
    """
    async with begin(actor, key=key, intent=("answer_widening", widening_id, agrees)) as work:
        if work.replay is not None:
            return UUID(str(work.replay))
        person_id = service_readers.person_of(actor)
        await work.see(WIDENING, widening_id)
        thread_id = (await FeedbackWidening.get(id=widening_id)).thread_id
        thread = await work.lock(THREAD, FeedbackThread, thread_id)
        widening = await FeedbackWidening.get(id=widening_id)
        if widening.state != WideningState.OPEN:
            raise WideningSettled
        await service_readers.require(work, THREAD, thread_id, Action.ANSWER_WIDENING)
        await _answer(work, widening, person_id, agrees=agrees)
        work.record(_answered(widening, agrees=agrees, hearers=await _hearers(work, thread_id)))
        if agrees:
            await settle(work, thread)
        else:
            await _end(widening, WideningState.REFUSED)
        work.reply(str(thread_id))
    return thread_id


def _answered(widening: FeedbackWidening, *, agrees: bool, hearers: tuple[UUID, ...]) -> events.WideningAnswered:
    return events.WideningAnswered(
        subject_id=widening.thread_id, widening_id=widening.id, agrees=agrees, hearers=hearers
    )
