"""A thread becomes wider when every author agreed, and not before; one refusal ends it."""

import asyncio

import pytest

from domain.feedback.errors import WideningSettled, WideningUnderWay
from domain.feedback.terms import Visibility
from domain.kernel.errors import InvalidInput, NotFound, NotPermitted
from tests.domain.feedback.talking import Talk

V = Visibility


async def test_a_thread_is_wider_when_the_last_author_agreed(talk: Talk) -> None:
    thread_id = await talk.open(with_=["Hugo", "Oskar"])
    for name in ("Dina", "Hugo"):
        await talk.post(thread_id, by=name)

    await talk.propose(thread_id, V.UNIT)
    await talk.answer(thread_id, by="Dina")
    assert await talk.visibility(thread_id) == V.PARTICIPANTS
    assert "Emil" not in await talk.readers_of_thread(thread_id)

    await talk.answer(thread_id, by="Hugo")
    assert await talk.visibility(thread_id) == V.UNIT
    assert "Emil" in await talk.readers_of_message(await talk.first(thread_id))


async def test_one_refusal_ends_it(talk: Talk) -> None:
    thread_id = await talk.open(with_=["Hugo"])
    await talk.post(thread_id)
    await talk.post(thread_id, by="Hugo")
    await talk.propose(thread_id, V.GROUP)

    await talk.answer(thread_id, by="Dina", agrees=False)

    with pytest.raises(WideningSettled):
        await talk.answer(thread_id, by="Hugo")
    assert await talk.visibility(thread_id) == V.PARTICIPANTS


async def test_who_begins_to_write_meanwhile_is_asked_too(talk: Talk) -> None:
    thread_id = await talk.open(with_=["Hugo"])
    await talk.post(thread_id)
    await talk.propose(thread_id, V.GROUP)
    await talk.post(thread_id, by="Hugo")

    await talk.answer(thread_id, by="Dina")
    assert await talk.visibility(thread_id) == V.PARTICIPANTS

    await talk.answer(thread_id, by="Hugo")
    assert await talk.visibility(thread_id) == V.GROUP


async def test_who_took_all_words_back_is_asked_no_more(talk: Talk) -> None:
    thread_id = await talk.open()
    message_id = await talk.post(thread_id)
    await talk.propose(thread_id, V.GROUP)

    await talk.delete(message_id)

    assert await talk.visibility(thread_id) == V.GROUP


async def test_what_was_said_in_private_stays_so(talk: Talk) -> None:
    thread_id = await talk.open()
    narrow = await talk.post(thread_id, by="Chen", visibility=V.PRIVATE)

    await talk.propose(thread_id, V.GROUP)

    assert await talk.visibility(thread_id) == V.GROUP
    assert await talk.readers_of_message(narrow) == {"Chen"}


async def test_a_private_thread_is_opened_to_whom_it_is_about(talk: Talk) -> None:
    thread_id = await talk.open(V.PRIVATE)

    await talk.propose(thread_id, V.PARTICIPANTS)

    assert await talk.readers_of_message(await talk.first(thread_id)) == {"Chen", "Dina"}


@pytest.mark.parametrize(
    ("name", "refusal"),
    [("Hugo", NotPermitted), ("Chen", NotPermitted), ("Oskar", NotFound), ("Partner", NotPermitted)],
)
async def test_only_an_author_who_has_not_answered_answers(talk: Talk, name: str, refusal: type[Exception]) -> None:
    thread_id = await talk.open(with_=["Hugo"])
    await talk.post(thread_id)
    await talk.propose(thread_id, V.GROUP)
    before = await talk.everything()

    with pytest.raises(refusal):
        await talk.answer(thread_id, by=name)

    assert await talk.everything() == before


async def test_only_who_takes_part_proposes_and_only_wider_and_once(talk: Talk) -> None:
    thread_id = await talk.open(V.CHAIN)
    await talk.post(thread_id)
    before = await talk.everything()

    for by, visibility, refusal in (
        ("Ada", V.GROUP, NotPermitted),
        ("Chen", V.CHAIN, InvalidInput),
        ("Chen", V.PRIVATE, InvalidInput),
    ):
        with pytest.raises(refusal):
            await talk.propose(thread_id, visibility, by=by)
    assert await talk.everything() == before

    await talk.propose(thread_id, V.UNIT)
    with pytest.raises(WideningUnderWay):
        await talk.propose(thread_id, V.GROUP, by="Dina")


async def test_two_last_authors_who_agree_at_once_widen_it_once(talk: Talk) -> None:
    thread_id = await talk.open(with_=["Hugo"])
    await talk.post(thread_id)
    await talk.post(thread_id, by="Hugo")
    await talk.propose(thread_id, V.GROUP)

    await asyncio.gather(talk.answer(thread_id, by="Dina"), talk.answer(thread_id, by="Hugo"))

    assert await talk.visibility(thread_id) == V.GROUP
    widened = await talk.company.organisation.value("select count(*) from journal where kind = 'ThreadWidened'")
    assert widened == 1
