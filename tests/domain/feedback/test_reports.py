"""Reported words are hidden with a reason or left, by who moderates, and never by who wrote or reported them."""

import asyncio

import pytest

from domain.feedback.errors import AlreadyReported, MessageGone, MessageHidden, ReportSettled
from domain.feedback.terms import Visibility
from domain.feedback.views_reports import REPORT
from domain.kernel.errors import DomainError, InvalidInput, NotFound, NotPermitted
from domain.objectives.terms import Audience
from tests.domain.feedback.talking import Talk
from tests.domain.objectives.company import shared_with


async def test_a_report_is_read_by_who_reported_and_who_moderates(talk: Talk) -> None:
    message_id = await talk.post(await talk.open(), by="Chen")

    report_id = await talk.report(message_id)

    assert await talk.readers(REPORT, report_id) == {"Dina", "Hugo", "Sofia"}
    assert await talk.readers_of_message(message_id) == {"Chen", "Dina"}


@pytest.mark.parametrize("name", ["Hugo", "Sofia"])
async def test_who_moderates_hides_words_that_they_do_not_read_otherwise(talk: Talk, name: str) -> None:
    hidden = await talk.company.promised(shared_with(Audience.CHAIN))
    message_id = await talk.first(await talk.open(about=hidden))
    report_id = await talk.report(message_id)

    await talk.settle(report_id, by=name)

    [row] = await talk.company.organisation.rows("select hidden_reason, body from feedback_message")
    assert (row["hidden_reason"], row["body"]) == ("We talked.", "How is it going?")
    for act in (lambda: talk.edit(message_id, "x", by="Chen"), lambda: talk.react(message_id, by="Dina")):
        with pytest.raises(MessageHidden):
            await act()
    await talk.delete(message_id, by="Chen")


async def test_nobody_settles_their_own_words_or_report(talk: Talk) -> None:
    thread_id = await talk.open(Visibility.GROUP, by="Sofia")
    of_office = await talk.report(await talk.first(thread_id))
    by_office = await talk.report(await talk.post(thread_id), by="Sofia")
    before = await talk.everything()

    attempts: list[tuple[object, str, type[DomainError]]] = [
        (of_office, "Sofia", NotFound),
        (of_office, "Dina", NotPermitted),
        (by_office, "Dina", NotFound),
        (by_office, "Sofia", NotPermitted),
        (by_office, "Ada", NotFound),
        (by_office, "Stranger", NotFound),
    ]
    for report_id, name, refusal in attempts:
        with pytest.raises(refusal):
            await talk.settle(report_id, by=name)  # type: ignore[arg-type]

    assert await talk.everything() == before
    await talk.settle(of_office, by="Hugo", hides=False)


async def test_what_cannot_be_reported_is_refused(talk: Talk) -> None:
    message_id = await talk.first(await talk.open())
    gone = await talk.post(await talk.open(), by="Chen")
    await talk.delete(gone, by="Chen")
    await talk.report(message_id)
    before = await talk.everything()

    attempts: list[tuple[object, str, str, type[DomainError]]] = [
        (message_id, "Chen", "x", NotPermitted),
        (message_id, "Oskar", "x", NotFound),
        (message_id, "Dina", "x", AlreadyReported),
        (message_id, "Dina", " ", InvalidInput),
        (gone, "Dina", "x", MessageGone),
    ]
    for said, name, reason, refusal in attempts:
        with pytest.raises(refusal):
            await talk.report(said, by=name, reason=reason)  # type: ignore[arg-type]

    assert await talk.everything() == before


async def test_all_reports_of_the_words_are_settled_at_once_and_once(talk: Talk) -> None:
    message_id = await talk.first(await talk.open(Visibility.GROUP))
    reports = [await talk.report(message_id, by=name) for name in ("Dina", "Emil")]

    tried = await asyncio.gather(
        talk.settle(reports[0]), talk.settle(reports[1], by="Hugo", hides=False), return_exceptions=True
    )

    assert sorted(type(one).__name__ for one in tried) == ["NoneType", "ReportSettled"]
    states = await talk.company.organisation.rows("select distinct state, settled_by_id from feedback_report")
    assert len(states) == 1
    with pytest.raises(ReportSettled):
        await talk.settle(reports[0])


async def test_the_journal_keeps_who_hid_it(talk: Talk) -> None:
    await talk.settle(await talk.report(await talk.first(await talk.open())))

    [row] = await talk.company.organisation.rows(
        "select actor_person_id, hearers from journal where kind = 'FeedbackHidden'"
    )
    assert (row["actor_person_id"], row["hearers"]) == (talk.company["Sofia"], [talk.company["Chen"]])
