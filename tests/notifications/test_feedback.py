"""Participants hear what is said while they read it, mentioned persons that they are, authors that they are asked."""

from collections.abc import AsyncGenerator
from datetime import timedelta
from uuid import UUID

import pytest_asyncio

from domain.feedback import service_requests
from domain.feedback.terms import Anchor, Visibility
from domain.kernel import clock
from tests.domain.feedback import talking
from tests.domain.feedback.talking import Talk
from tests.domain.objectives.company import NOON, ZONE
from tests.notifications import ground as grounds
from tests.notifications.ground import show_journal


@pytest_asyncio.fixture
async def talk(ground: grounds.Ground) -> AsyncGenerator[Talk]:
    with clock.frozen(NOON):
        yield await talking.lay()


async def waiting(talk: Talk) -> list[tuple[str, str]]:
    """Who has which open item."""
    await show_journal()
    rows = await talk.company.organisation.rows(
        """select p.name, i.kind from inbox_item i join person p on p.tenant_id = i.tenant_id and p.id = i.person_id
           where i.subject_type like 'feedback_%' and i.state = 'OPEN' order by p.name, i.kind"""
    )
    return [(row["name"], row["kind"]) for row in rows]


async def test_participants_hear_of_a_thread_once_however_much_is_said_until_they_read_it(talk: Talk) -> None:
    thread_id = await talk.open(with_=["Hugo"])
    second = await talk.post(thread_id, by="Chen")
    assert await waiting(talk) == [("Dina", "FEEDBACK_POSTED"), ("Hugo", "FEEDBACK_POSTED")]

    await talk.read(thread_id, [await talk.first(thread_id), second])

    assert await waiting(talk) == [("Hugo", "FEEDBACK_POSTED")]


async def test_who_is_mentioned_hears_that_and_nothing_besides(talk: Talk) -> None:
    thread_id = await talk.open(Visibility.GROUP)
    await waiting(talk)

    message_id = await talk.post(thread_id, by="Chen", mentions=["Dina", "Oskar"])

    assert await waiting(talk) == [
        ("Dina", "FEEDBACK_MENTIONED"),
        ("Dina", "FEEDBACK_POSTED"),
        ("Oskar", "FEEDBACK_MENTIONED"),
    ]
    await talk.read(thread_id, [message_id], by="Oskar")
    assert ("Oskar", "FEEDBACK_MENTIONED") not in await waiting(talk)


async def test_who_may_not_read_it_any_more_hears_nothing(talk: Talk) -> None:
    draft = await talk.company.submitted()
    thread_id = await talk.open(about=draft, with_=["Delia"])
    await talk.post(thread_id)

    await talk.company.organisation.value("update objective set state = 'DRAFT' where id = $1 returning 1", draft)

    assert await waiting(talk) == [("Dina", "FEEDBACK_POSTED")]


async def test_what_was_deleted_before_it_was_heard_is_not_told(talk: Talk) -> None:
    thread_id = await talk.open(with_=["Hugo"], by="Dina")
    await talk.delete(await talk.first(thread_id))

    assert await waiting(talk) == []


async def test_only_authors_who_have_still_to_answer_are_asked(talk: Talk) -> None:
    thread_id = await talk.open(with_=["Hugo"])
    await talk.post(thread_id)
    await talk.propose(thread_id, Visibility.GROUP)

    assert ("Dina", "WIDENING_PROPOSED") in await waiting(talk)
    assert [one for one in await waiting(talk) if one[1] == "WIDENING_PROPOSED"] == [("Dina", "WIDENING_PROPOSED")]


async def test_who_is_asked_hears_until_it_is_settled_and_who_asked_hears_a_no(talk: Talk) -> None:
    given, declined = await talk.ask(), await talk.ask(of="Hugo")
    assert await waiting(talk) == [("Hugo", "FEEDBACK_ASKED"), ("Oskar", "FEEDBACK_ASKED")]

    clock.advance(timedelta(days=6))
    await service_requests.remind(talk.company.tenant_id, ZONE)
    assert ("Oskar", "FEEDBACK_DUE") in await waiting(talk)

    await talk.give(given)
    await talk.decline(declined, by="Hugo")
    assert await waiting(talk) == [("Dina", "FEEDBACK_DECLINED"), ("Dina", "FEEDBACK_POSTED")]


async def test_who_moderates_hears_of_a_report_and_the_author_why_words_were_hidden(talk: Talk) -> None:
    message_id = await talk.first(await talk.open(by="Dina", about=talk.company["Oskar"], anchor=Anchor.PERSON))
    await talk.read(await thread_of(talk), [message_id], by="Oskar")
    report_id = await talk.report(message_id, by="Oskar")
    assert await waiting(talk) == [("Sofia", "FEEDBACK_REPORTED")]

    await talk.settle(report_id)

    assert await waiting(talk) == [("Dina", "FEEDBACK_HIDDEN"), ("Oskar", "REPORT_SETTLED")]


async def thread_of(talk: Talk) -> UUID:
    return UUID(str(await talk.company.organisation.value("select id from feedback_thread")))
