"""Use cases of talking: open a thread, say something in it, add somebody to it."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, astuple, dataclass
from datetime import datetime
from uuid import UUID

from domain.feedback import events, rules, service_anchors, service_readers, service_words
from domain.feedback.model import FeedbackMessage, FeedbackThread
from domain.feedback.service_anchors import Anchored
from domain.feedback.terms import Anchor, NewMessage, NewThread, Visibility
from domain.feedback.views import MESSAGE, THREAD
from domain.kernel import clock
from domain.kernel.actor import Actor
from domain.kernel.errors import InvalidInput
from domain.kernel.ids import new_id
from domain.kernel.permits import Action
from domain.kernel.work import Work, begin


async def open_thread(actor: Actor, new: NewThread, *, key: str) -> UUID:
    """Begin to talk about something, with a first message; the id of the thread.

    NotFound, NotPermitted, InvalidInput.
    """
    rules.check_thread(new)
    intent = ("open_thread", new.anchor, new.anchor_id, new.visibility, *new.participants, *intent_of(new.message))
    async with begin(actor, key=key, intent=intent) as work:
        if work.replay is not None:
            return UUID(str(work.replay))
        author_id = service_readers.person_of(actor)
        anchored = await service_anchors.find(work, new.anchor, new.anchor_id)
        thread = await begin_thread(work, new, anchored, author_id)
        work.reply(str(thread.id))
    return thread.id


async def begin_thread(work: Work, new: NewThread, anchored: Anchored, author_id: UUID) -> FeedbackThread:
    """A thread with its participants and its first message, in the open transaction."""
    thread = await _open(work, new, anchored, author_id)
    await join(work, thread, _first_participants(new, anchored, author_id))
    await _check_participants(work, thread.id, new.participants)
    said = await _say(work, thread, new.message, author_id, path="message.")
    work.record(events.ThreadOpened(subject_id=thread.id, hearers=said.hearers))
    work.record(_posted(thread, said, author_id))
    return thread


def intent_of(new: NewMessage) -> tuple[object, ...]:
    """What a key stands for, as far as it is the message."""
    return (new.body, *astuple(new.shape), new.visibility, *new.mentions)


async def _open(work: Work, new: NewThread, anchored: Anchored, author_id: UUID) -> FeedbackThread:
    return await FeedbackThread.create(
        id=new_id(),
        tenant_id=work.actor.tenant_id,
        anchor=new.anchor,
        objective_id=anchored.objective_id,
        check_in_id=new.anchor_id if new.anchor is Anchor.CHECK_IN else None,
        measure_id=new.anchor_id if new.anchor is Anchor.MEASURE else None,
        about_id=anchored.about_id,
        unit_id=anchored.unit_id,
        visibility=new.visibility,
        opened_by_id=author_id,
        opened_at=clock.now(),
    )


def _first_participants(new: NewThread, anchored: Anchored, author_id: UUID) -> list[UUID]:
    """Whom it is about takes part, unless it is private."""
    concerned = () if new.visibility is Visibility.PRIVATE or anchored.about_id is None else (anchored.about_id,)
    return [author_id, *concerned, *new.participants]


async def join(work: Work, thread: FeedbackThread, persons: Iterable[UUID], *, since: datetime | None = None) -> None:
    """They read what is said from now on, or since then. Who takes part already stays as they are."""
    wanted = list(dict.fromkeys(persons))
    await work.connection.execute(
        """insert into feedback_participant (tenant_id, id, thread_id, person_id, added_by_id, added_at)
           select $1, n.id, $2, n.person_id, $3, $4 from unnest($5::uuid[], $6::uuid[]) n (id, person_id)
           where exists (select from person p where p.tenant_id = $1 and p.id = n.person_id)
           on conflict (tenant_id, thread_id, person_id) do nothing""",
        work.actor.tenant_id,
        thread.id,
        work.actor.person_id,
        since or clock.now(),
        [new_id() for _ in wanted],
        wanted,
    )


async def _check_participants(work: Work, thread_id: UUID, wanted: Sequence[UUID]) -> None:
    """Who takes part sees what the thread is about."""
    everybody = await participants(work, thread_id)
    if len(everybody) > rules.PARTICIPANTS_MAX:
        raise InvalidInput(f"A thread has at most {rules.PARTICIPANTS_MAX} participants.", field="participants")
    if wanted:
        readers = await service_readers.among(work.connection, THREAD, thread_id, wanted, actor=work.actor)
        rules.check_readers(wanted, readers, field="participants")


async def participants(work: Work, thread_id: UUID) -> list[UUID]:
    """Everybody who takes part."""
    rows = await work.connection.fetch(
        "select person_id from feedback_participant where tenant_id = $1 and thread_id = $2 order by person_id",
        work.actor.tenant_id,
        thread_id,
    )
    return [row["person_id"] for row in rows]


@dataclass(frozen=True, slots=True)
class Said:
    """A message that was written, and the participants and mentioned persons who read it."""

    message_id: UUID
    hearers: tuple[UUID, ...]


async def _say(work: Work, thread: FeedbackThread, new: NewMessage, author_id: UUID, *, path: str = "") -> Said:
    message = await _write(work, thread, new, author_id)
    await service_words.index(work, message.id, new.body, new.shape)
    mentions = list(dict.fromkeys(new.mentions))
    reached = list(dict.fromkeys([*await participants(work, thread.id), *mentions]))
    readers = await service_readers.among(work.connection, MESSAGE, message.id, reached, actor=work.actor)
    rules.check_readers(new.mentions, readers, field=f"{path}mentions")
    await _leave_unread(work, message, [one for one in reached if one in readers and one != author_id])
    await work.connection.execute(
        "insert into feedback_mention (tenant_id, message_id, person_id) select $1, $2, unnest($3::uuid[])",
        work.actor.tenant_id,
        message.id,
        mentions,
    )
    return Said(message.id, tuple(one for one in reached if one in readers))


async def _write(work: Work, thread: FeedbackThread, new: NewMessage, author_id: UUID) -> FeedbackMessage:
    now = clock.now()
    return await FeedbackMessage.create(
        id=new_id(),
        tenant_id=work.actor.tenant_id,
        thread_id=thread.id,
        author_id=author_id,
        visibility=rules.own_class(new.visibility, Visibility(thread.visibility)),
        body=new.body.strip(),
        **asdict(new.shape),
        version=1,
        posted_at=now,
        written_at=now,
    )


async def _leave_unread(work: Work, message: FeedbackMessage, persons: Sequence[UUID]) -> None:
    await work.connection.execute(
        """insert into feedback_unread (tenant_id, person_id, thread_id, message_id)
           select $1, unnest($4::uuid[]), $2, $3""",
        work.actor.tenant_id,
        message.thread_id,
        message.id,
        list(persons),
    )


def _posted(thread: FeedbackThread, said: Said, author_id: UUID) -> events.MessagePosted:
    return events.MessagePosted(
        subject_id=said.message_id, thread_id=thread.id, author_id=author_id, hearers=said.hearers
    )


async def post(actor: Actor, thread_id: UUID, new: NewMessage, *, key: str) -> UUID:
    """Say something in a thread that the actor reads; the id of the message. NotFound, NotPermitted, InvalidInput.

    Who speaks takes part from then on, as long as there is room.
    """
    async with begin(actor, key=key, intent=("post_message", thread_id, *intent_of(new))) as work:
        if work.replay is not None:
            return UUID(str(work.replay))
        author_id = service_readers.person_of(actor)
        thread = await take(work, thread_id, Action.POST_MESSAGE)
        rules.check_message(new, Visibility(thread.visibility))
        if len(await participants(work, thread_id)) < rules.PARTICIPANTS_MAX:
            await join(work, thread, [author_id])
        said = await _say(work, thread, new, author_id)
        work.record(_posted(thread, said, author_id))
        work.reply(str(said.message_id))
    return said.message_id


async def take(work: Work, thread_id: UUID, action: Action) -> FeedbackThread:
    """The thread, locked until commit. NotFound, NotPermitted."""
    thread = await work.lock(THREAD, FeedbackThread, thread_id)
    await service_readers.require(work, THREAD, thread_id, action)
    return thread


async def add_participant(actor: Actor, thread_id: UUID, person_id: UUID, *, key: str) -> UUID:
    """Have somebody who sees the anchor take part; they read what is said from then on. The id of the thread.

    NotFound, NotPermitted, InvalidInput.
    """
    async with begin(actor, key=key, intent=("add_participant", thread_id, person_id)) as work:
        if work.replay is not None:
            return thread_id
        service_readers.person_of(actor)
        thread = await take(work, thread_id, Action.ADD_PARTICIPANT)
        if thread.visibility == Visibility.PRIVATE:
            raise InvalidInput("A private thread is yours alone.", field="person", help="Widen it first.")
        await join(work, thread, [person_id])
        await _check_participants(work, thread_id, [person_id])
        everybody = await participants(work, thread_id)
        readers = await service_readers.among(work.connection, THREAD, thread_id, everybody, actor=actor)
        work.record(events.ParticipantAdded(subject_id=thread_id, person_id=person_id, hearers=tuple(sorted(readers))))
        work.reply(True)
    return thread_id
