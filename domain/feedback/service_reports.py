"""Use cases of moderation: somebody reports words, the office or the unit's HR partner hides them or leaves them."""

from typing import TYPE_CHECKING
from uuid import UUID

from domain.feedback import rules, service_readers, service_words
from domain.feedback.errors import AlreadyReported, ReportSettled
from domain.feedback.events import FeedbackHidden, FeedbackReported, FeedbackReportSettled
from domain.feedback.model import FeedbackMessage, FeedbackReport, FeedbackThread
from domain.feedback.terms import ReportState
from domain.feedback.views import MESSAGE
from domain.feedback.views_reports import REPORT
from domain.kernel import clock
from domain.kernel.actor import Actor
from domain.kernel.ids import new_id
from domain.kernel.permits import Action
from domain.kernel.work import Work, begin

if TYPE_CHECKING:
    from datetime import date

    from domain.kernel.database import Connection

MODERATORS_MAX = 50


async def report(actor: Actor, message_id: UUID, reason: str, *, key: str) -> UUID:
    """Say that somebody's words should not stand; the id of the report.

    NotFound, NotPermitted, MessageGone, AlreadyReported, InvalidInput.
    """
    rules.check_reason(reason)
    async with begin(actor, key=key, intent=("report_message", message_id, reason)) as work:
        if work.replay is not None:
            return UUID(str(work.replay))
        reporter_id = service_readers.person_of(actor)
        message = await work.lock(MESSAGE, FeedbackMessage, message_id)
        await service_readers.require(work, MESSAGE, message_id, Action.REPORT_MESSAGE)
        rules.check_there(message.deleted_at)
        rules.check_shown(message.hidden_at)
        if await FeedbackReport.exists(message_id=message_id, reporter_id=reporter_id):
            raise AlreadyReported
        found = await FeedbackReport.create(
            id=new_id(),
            tenant_id=actor.tenant_id,
            message_id=message_id,
            author_id=message.author_id,
            unit_id=(await FeedbackThread.get(id=message.thread_id)).unit_id,
            reporter_id=reporter_id,
            reason=reason.strip(),
            reported_at=clock.now(),
            state=ReportState.OPEN,
        )
        work.record(FeedbackReported(subject_id=found.id, message_id=message_id, hearers=(reporter_id,)))
        work.reply(str(found.id))
    return found.id


async def settle(actor: Actor, report_id: UUID, *, hides: bool, answer: str, key: str) -> UUID:
    """Hide the words, or leave them, and say why; the id of the report. All open reports of the words are settled.

    NotFound, NotPermitted, ReportSettled, InvalidInput.
    """
    rules.check_reason(answer, field="answer")
    async with begin(actor, key=key, intent=("settle_report", report_id, hides, answer)) as work:
        if work.replay is not None:
            return report_id
        moderator_id = service_readers.person_of(actor)
        await work.see(REPORT, report_id)
        message_id = (await FeedbackReport.get(id=report_id)).message_id
        await work.wait_for(f"reports of {message_id}")
        found = await work.lock(REPORT, FeedbackReport, report_id)
        await service_readers.require(work, REPORT, report_id, Action.SETTLE_REPORT)
        if found.state != ReportState.OPEN:
            raise ReportSettled
        await _settle(work, found, moderator_id, hides=hides, answer=answer.strip())
        if hides:
            await _hide(work, found, answer.strip())
        work.reply(True)
    return report_id


async def _settle(work: Work, found: FeedbackReport, moderator_id: UUID, *, hides: bool, answer: str) -> None:
    waiting = await FeedbackReport.filter(message_id=found.message_id, state=ReportState.OPEN)
    await FeedbackReport.filter(id__in=[one.id for one in waiting]).update(
        state=ReportState.UPHELD if hides else ReportState.DISMISSED,
        settled_at=clock.now(),
        settled_by_id=moderator_id,
        answer=answer,
    )
    for one in waiting:
        work.record(FeedbackReportSettled(subject_id=one.id, hides=hides, hearers=(one.reporter_id, moderator_id)))


async def _hide(work: Work, found: FeedbackReport, reason: str) -> None:
    message = await FeedbackMessage.filter(id=found.message_id).select_for_update().get()
    if message.deleted_at is not None or message.hidden_at is not None:
        return
    await FeedbackMessage.filter(id=message.id).update(hidden_at=clock.now(), hidden_reason=reason)
    await service_words.forget(work, message.id)
    author_id = message.author_id
    work.record(
        FeedbackHidden(subject_id=message.id, thread_id=message.thread_id, author_id=author_id, hearers=(author_id,))
    )


async def moderators(connection: "Connection", report_id: UUID, on: "date") -> list[UUID]:
    """Who can settle the report on this day, at most fifty: the unit's HR partners, else the strategy office."""
    rows = await connection.fetch(
        """select distinct g.person_id, g.role from feedback_report r
           join role_grant g on g.tenant_id = r.tenant_id and g.valid_from <= $2 and $2 < g.valid_to
           where r.tenant_id = current_tenant() and r.id = $1 and r.state = 'OPEN'
             and g.person_id not in (r.author_id, r.reporter_id)
             and (g.role = 'STRATEGY_OFFICE' or g.role = 'HR_PARTNER' and exists (select from unit_closure u
               where u.tenant_id = r.tenant_id and u.ancestor_id = g.unit_id and u.descendant_id = r.unit_id
                 and u.valid_from <= $2 and $2 < u.valid_to))
           order by g.role, g.person_id limit $3""",
        report_id,
        on,
        MODERATORS_MAX,
    )
    partners = [row["person_id"] for row in rows if row["role"] == "HR_PARTNER"]
    return partners or [row["person_id"] for row in rows]
