"""Use cases of one message: edit it, delete it, react to it, have it read."""

from collections.abc import Sequence
from dataclasses import asdict, astuple
from uuid import UUID

from domain.feedback import events, rules, service_readers, service_widening, service_words
from domain.feedback.model import FeedbackMessage, FeedbackThread, FeedbackVersion
from domain.feedback.terms import UNSHAPED, ReactionKind, Shape
from domain.feedback.views import MESSAGE, THREAD
from domain.inbox import service as inbox
from domain.inbox.terms import InboxKind
from domain.kernel import clock
from domain.kernel.actor import Actor
from domain.kernel.errors import InvalidInput
from domain.kernel.ids import new_id
from domain.kernel.permits import Action
from domain.kernel.work import Work, begin

_WORDS = ("body", "situation", "behaviour", "impact", "next_step")


async def edit(actor: Actor, message_id: UUID, body: str, *, shape: Shape = UNSHAPED, version: int, key: str) -> UUID:
    """Put it in other words; the id of the message. After a quarter of an hour its readers see what was there before.

    NotFound, NotPermitted, StaleVersion, MessageGone, InvalidInput.
    """
    rules.check_words(body, shape)
    intent = ("edit_message", message_id, version, body, *astuple(shape))
    async with begin(actor, key=key, intent=intent) as work:
        if work.replay is not None:
            return message_id
        message = await _take(work, message_id, Action.EDIT_MESSAGE, version=version)
        if rules.leaves_version(message.posted_at, clock.now()):
            await _keep(message)
        words = {"body": body.strip(), **asdict(shape), "version": version + 1, "written_at": clock.now()}
        await FeedbackMessage.filter(id=message_id).update(**words)
        await service_words.index(work, message_id, body, shape)
        work.record(
            events.MessageEdited(
                subject_id=message_id,
                thread_id=message.thread_id,
                author_id=message.author_id,
                version=version + 1,
                hearers=await _hearers(work, message),
            )
        )
        work.reply(True)
    return message_id


async def _take(work: Work, message_id: UUID, action: Action, *, version: int | None = None) -> FeedbackMessage:
    """The message, locked until commit, while something is left of it."""
    message = await work.lock(MESSAGE, FeedbackMessage, message_id, version=version)
    await service_readers.require(work, MESSAGE, message_id, action)
    rules.check_there(message.deleted_at)
    if action is not Action.DELETE_MESSAGE:
        rules.check_shown(message.hidden_at)
    return message


async def _keep(message: FeedbackMessage) -> None:
    rules.check_versions(await FeedbackVersion.filter(message_id=message.id).count())
    await FeedbackVersion.create(
        id=new_id(),
        tenant_id=message.tenant_id,
        message_id=message.id,
        **{name: getattr(message, name) for name in _WORDS},
        written_at=message.written_at,
    )


async def _hearers(work: Work, message: FeedbackMessage) -> tuple[UUID, ...]:
    """The participants who read it."""
    rows = await work.connection.fetch(
        "select person_id from feedback_participant where tenant_id = $1 and thread_id = $2",
        work.actor.tenant_id,
        message.thread_id,
    )
    persons = [row["person_id"] for row in rows]
    return tuple(sorted(await service_readers.among(work.connection, MESSAGE, message.id, persons, actor=work.actor)))


async def delete(actor: Actor, message_id: UUID, *, key: str) -> UUID:
    """Take the words back, with all their versions; the id of the tombstone. NotFound, NotPermitted, MessageGone."""
    async with begin(actor, key=key, intent=("delete_message", message_id)) as work:
        if work.replay is not None:
            return message_id
        await work.see(MESSAGE, message_id)
        thread_id = (await FeedbackMessage.get(id=message_id)).thread_id
        thread = await work.lock(THREAD, FeedbackThread, thread_id)
        message = await _take(work, message_id, Action.DELETE_MESSAGE)
        nothing = dict.fromkeys(_WORDS)
        await FeedbackMessage.filter(id=message_id).update(**nothing, deleted_at=clock.now())
        await _forget(work, message_id)
        await service_words.forget(work, message_id)
        await service_widening.settle(work, thread)
        work.record(
            events.MessageDeleted(
                subject_id=message_id,
                thread_id=thread_id,
                author_id=message.author_id,
                hearers=await _hearers(work, message),
            )
        )
        work.reply(True)
    return message_id


async def _forget(work: Work, message_id: UUID) -> None:
    """What hung on the words goes with them."""
    await work.connection.execute(
        """with versions as (delete from feedback_version where tenant_id = $1 and message_id = $2),
             mentions as (delete from feedback_mention where tenant_id = $1 and message_id = $2),
             reactions as (delete from feedback_reaction where tenant_id = $1 and message_id = $2),
             pins as (delete from feedback_pin where tenant_id = $1 and message_id = $2)
           delete from feedback_unread where tenant_id = $1 and message_id = $2""",
        work.actor.tenant_id,
        message_id,
    )


async def react(actor: Actor, message_id: UUID, kind: ReactionKind, *, is_on: bool, key: str) -> UUID:
    """React to it, or take that back; the id of the message. What is so already stays so.

    NotFound, NotPermitted, MessageGone.
    """
    async with begin(actor, key=key, intent=("react", message_id, kind, is_on)) as work:
        if work.replay is not None:
            return message_id
        person_id = service_readers.person_of(actor)
        message = await _take(work, message_id, Action.REACT_TO_MESSAGE)
        if await _set(work, message_id, kind, person_id, is_on=is_on):
            both = [message.author_id, person_id]
            readers = await service_readers.among(work.connection, MESSAGE, message_id, both, actor=actor)
            work.record(
                events.MessageReactedTo(
                    subject_id=message_id,
                    thread_id=message.thread_id,
                    author_id=message.author_id,
                    kind_of_reaction=kind,
                    is_on=is_on,
                    hearers=tuple(sorted(readers)),
                )
            )
        work.reply(True)
    return message_id


async def _set(work: Work, message_id: UUID, kind: ReactionKind, person_id: UUID, *, is_on: bool) -> bool:
    """Whether that changed anything."""
    put = """insert into feedback_reaction (tenant_id, message_id, kind, person_id, reacted_at)
             values ($1, $2, $3, $4, $5) on conflict do nothing returning true"""
    take = """delete from feedback_reaction where tenant_id = $1 and message_id = $2 and kind = $3 and person_id = $4
              returning true"""
    values = [work.actor.tenant_id, message_id, kind, person_id]
    if is_on:
        return bool(await work.connection.fetchval(put, *values, clock.now()))
    return bool(await work.connection.fetchval(take, *values))


async def pin(actor: Actor, message_id: UUID, *, is_on: bool, key: str) -> UUID:
    """As whom the thread is about, keep what somebody said as evidence, or no more; the id of the message.

    NotFound, NotPermitted, MessageGone.
    """
    async with begin(actor, key=key, intent=("pin", message_id, is_on)) as work:
        if work.replay is not None:
            return message_id
        person_id = service_readers.person_of(actor)
        message = await _take(work, message_id, Action.PIN_MESSAGE)
        put = """insert into feedback_pin (tenant_id, message_id, person_id, pinned_at) values ($1, $2, $3, $4)
                 on conflict do nothing"""
        take = "delete from feedback_pin where tenant_id = $1 and message_id = $2 and person_id = $3"
        values = [actor.tenant_id, message_id, person_id]
        await work.connection.execute(put if is_on else take, *values, *([clock.now()] if is_on else []))
        work.record(
            events.MessagePinned(
                subject_id=message_id,
                thread_id=message.thread_id,
                author_id=message.author_id,
                is_on=is_on,
                hearers=(person_id,),
            )
        )
        work.reply(True)
    return message_id


async def read(actor: Actor, thread_id: UUID, message_ids: Sequence[UUID], *, key: str) -> UUID:
    """Note that the person has read these messages of the thread; the id of the thread. NotFound, InvalidInput."""
    if not 1 <= len(message_ids) <= rules.READ_MAX:
        raise InvalidInput(f"Name between 1 and {rules.READ_MAX} messages.", field="messages")
    async with begin(actor, key=key, intent=("read_messages", thread_id, *message_ids)) as work:
        if work.replay is not None:
            return thread_id
        person_id = service_readers.person_of(actor)
        await work.see(THREAD, thread_id)
        rows = await work.connection.fetch(
            """delete from feedback_unread where tenant_id = $1 and person_id = $2 and thread_id = $3
               and message_id = any($4::uuid[]) returning message_id""",
            actor.tenant_id,
            person_id,
            thread_id,
            list(message_ids),
        )
        if rows:
            await _settle(actor, person_id, thread_id, [row["message_id"] for row in rows])
            work.record(events.MessagesRead(subject_id=thread_id, hearers=(person_id,)))
        work.reply(True)
    return thread_id


async def _settle(actor: Actor, person_id: UUID, thread_id: UUID, message_ids: Sequence[UUID]) -> None:
    """What the inbox says of it is dealt with."""
    kinds = (InboxKind.FEEDBACK_POSTED, InboxKind.FEEDBACK_MENTIONED)
    await inbox.settle_for(actor.tenant_id, person_id, subject_ids=[thread_id, *message_ids], kinds=kinds)
