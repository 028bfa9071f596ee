"""Use cases of asking for feedback: ask, answer by a thread, decline, withdraw, remind."""

from datetime import timedelta
from uuid import UUID

from domain.feedback import rules_requests, service, service_anchors, service_readers
from domain.feedback.events import (
    FeedbackAsked,
    FeedbackDeclined,
    FeedbackRequestAnswered,
    FeedbackRequestDue,
    FeedbackRequestEvent,
    FeedbackRequestWithdrawn,
)
from domain.feedback.model import FeedbackRequest
from domain.feedback.terms import Anchor, NewMessage, NewRequest, NewThread, RequestState, Visibility
from domain.feedback.views_requests import RELATIONS_OF_REQUEST, REQUEST
from domain.kernel import clock, database, permits
from domain.kernel.actor import Actor
from domain.kernel.errors import InvalidInput
from domain.kernel.ids import new_id
from domain.kernel.permits import Action, Relation
from domain.kernel.views import Slots
from domain.kernel.work import Work, begin
from domain.objectives.views import OBJECTIVE
from domain.people import service as people

REMIND = timedelta(days=2)
"""How long before the day it is wished for somebody is reminded, once."""
BATCH = 500


async def ask(actor: Actor, new: NewRequest, *, key: str) -> UUID:
    """Ask somebody for feedback on an objective of one's own, or on how one works; the id of the request.

    NotFound, NotPermitted, InvalidInput.
    """
    intent = ("ask_feedback", new.of_id, new.objective_id, new.words, new.due_on)
    async with begin(actor, key=key, intent=intent) as work:
        if work.replay is not None:
            return UUID(str(work.replay))
        asker_id = service_readers.person_of(actor)
        rules_requests.check(new, asker_id, today=clock.today(actor.zone))
        await service_anchors.find(work, Anchor.PERSON, new.of_id)
        if new.objective_id is not None:
            await _check_objective(work, new, new.objective_id, asker_id)
        request = await FeedbackRequest.create(
            id=new_id(),
            tenant_id=actor.tenant_id,
            asker_id=asker_id,
            asked_id=new.of_id,
            objective_id=new.objective_id,
            words=new.words.strip(),
            due_on=new.due_on,
            state=RequestState.OPEN,
            asked_at=clock.now(),
        )
        work.record(_fact(FeedbackAsked, request))
        work.reply(str(request.id))
    return request.id


async def _check_objective(work: Work, new: NewRequest, objective_id: UUID, asker_id: UUID) -> None:
    """It is the asker's own, and who is asked sees it."""
    anchored = await service_anchors.find(work, Anchor.OBJECTIVE, objective_id)
    if anchored.about_id != asker_id:
        raise InvalidInput("Ask about an objective of your own.", field="objective")
    readers = await service_readers.among(work.connection, OBJECTIVE, objective_id, [new.of_id], actor=work.actor)
    if new.of_id not in readers:
        raise InvalidInput("This person may not see this objective.", field="of")


def _fact(kind: type[FeedbackRequestEvent], request: FeedbackRequest) -> FeedbackRequestEvent:
    both = (request.asker_id, request.asked_id)
    return kind(subject_id=request.id, asker_id=request.asker_id, asked_id=request.asked_id, hearers=both)


async def answer(actor: Actor, request_id: UUID, message: NewMessage, *, visibility: Visibility, key: str) -> UUID:
    """Give the feedback, as the first message of a thread about what was asked; the id of the request.

    NotFound, NotPermitted, RequestSettled, InvalidInput.
    """
    intent = ("answer_request", request_id, visibility, *service.intent_of(message))
    async with begin(actor, key=key, intent=intent) as work:
        if work.replay is not None:
            return request_id
        request = await _take(work, request_id, Action.ANSWER_REQUEST)
        rules_requests.check_answer(visibility)
        anchor = Anchor.PERSON if request.objective_id is None else Anchor.OBJECTIVE
        anchor_id = request.objective_id or request.asker_id
        new = NewThread(anchor=anchor, anchor_id=anchor_id, visibility=visibility, message=message)
        rules_requests.check_thread(new)
        anchored = await service_anchors.find(work, anchor, anchor_id)
        thread = await service.begin_thread(work, new, anchored, request.asked_id)
        await _settle(request, RequestState.ANSWERED, thread_id=thread.id)
        work.record(_fact(FeedbackRequestAnswered, request))
        work.reply(True)
    return request_id


async def decline(actor: Actor, request_id: UUID, reason: str, *, key: str) -> UUID:
    """Say that one will not, and why; the id of the request. NotFound, NotPermitted, RequestSettled, InvalidInput."""
    rules_requests.check_reason(reason)
    async with begin(actor, key=key, intent=("decline_request", request_id, reason)) as work:
        if work.replay is not None:
            return request_id
        request = await _take(work, request_id, Action.DECLINE_REQUEST)
        await _settle(request, RequestState.DECLINED, reason=reason.strip())
        work.record(_fact(FeedbackDeclined, request))
        work.reply(True)
    return request_id


async def withdraw(actor: Actor, request_id: UUID, *, key: str) -> UUID:
    """Ask no more; the id of the request. NotFound, NotPermitted, RequestSettled."""
    async with begin(actor, key=key, intent=("withdraw_request", request_id)) as work:
        if work.replay is not None:
            return request_id
        request = await _take(work, request_id, Action.WITHDRAW_REQUEST)
        await _settle(request, RequestState.WITHDRAWN)
        work.record(_fact(FeedbackRequestWithdrawn, request))
        work.reply(True)
    return request_id


async def _take(work: Work, request_id: UUID, action: Action) -> FeedbackRequest:
    """The open request, locked until commit."""
    request = await work.lock(REQUEST, FeedbackRequest, request_id)
    slots = Slots(row="r")
    texts = {relation: text.format_map(slots) for relation, text in RELATIONS_OF_REQUEST.items()}
    columns = ", ".join(f"{text} as {relation}" for relation, text in texts.items())
    row = await work.connection.fetchrow(
        f"select {columns} from feedback_request r where r.tenant_id = current_tenant() "
        f"and r.id = ${len(slots.names) + 1}",
        *slots.values_for(work.actor),
        request_id,
    )
    assert row is not None, "it is locked"
    permits.require(action, [one for one in RELATIONS_OF_REQUEST if row[Relation(one).lower()]])
    rules_requests.check_open(RequestState(request.state))
    return request


async def _settle(
    request: FeedbackRequest, state: RequestState, *, reason: str | None = None, thread_id: UUID | None = None
) -> None:
    await FeedbackRequest.filter(id=request.id).update(
        state=state, settled_at=clock.now(), reason=reason, thread_id=thread_id
    )


async def remind_everywhere() -> int:
    """Remind, once, whoever was asked for feedback that is wished for within two days; for all tenants; how many."""
    tenants = await database.gate().fetch("select id, zone from tenant")
    return sum([await remind(row["id"], row["zone"]) for row in tenants])


async def remind(tenant_id: UUID, zone: str) -> int:
    """The same for one tenant, at most 500 at once: the rest waits for the next hour."""
    async with begin(people.operator(tenant_id, zone)) as work:
        due = FeedbackRequest.filter(
            tenant_id=tenant_id,
            state=RequestState.OPEN,
            reminded_at__isnull=True,
            due_on__lte=clock.today(zone) + REMIND,
        )
        found = await due.order_by("due_on", "id").limit(BATCH).select_for_update(skip_locked=True)
        await FeedbackRequest.filter(id__in=[one.id for one in found]).update(reminded_at=clock.now())
        for request in found:
            work.record(_fact(FeedbackRequestDue, request))
    return len(found)
