"""Who reads a thread and its messages: never who does not see what it is about, and each class with those before it."""

from collections.abc import Set as AbstractSet
from datetime import timedelta

import pytest

from domain.feedback.rules import is_within
from domain.feedback.terms import Anchor, NewMessage, Visibility
from domain.kernel import clock
from domain.kernel.errors import InvalidInput, NotFound, NotPermitted
from domain.objectives.terms import Audience
from tests.domain.feedback.talking import EVERYBODY, Talk
from tests.domain.objectives.company import NOON, shared_with

V = Visibility
LINE = {"Ada", "Bo", "Chen"}
READERS: dict[Visibility, AbstractSet[str]] = {
    V.PRIVATE: {"Oskar"},
    V.PARTICIPANTS: {"Oskar", "Dina", "Hugo"},
    V.CHAIN: {"Oskar", "Dina", "Hugo", *LINE},
    V.UNIT: {"Oskar", "Dina", "Hugo", *LINE, "Emil"},
    V.GROUP: set(EVERYBODY),
}
"""Of a thread about Dina, or an objective of hers that the group sees, which Oskar opened with Hugo."""


async def opened(talk: Talk, visibility: Visibility, anchor: Anchor) -> "tuple[object, object]":
    with_ = [] if visibility is V.PRIVATE else ["Hugo"]
    thread_id = await talk.open(visibility, by="Oskar", with_=with_, anchor=anchor)
    return await talk.readers_of_thread(thread_id), await talk.readers_of_message(await talk.first(thread_id))


@pytest.mark.parametrize("anchor", [Anchor.OBJECTIVE, Anchor.PERSON])
@pytest.mark.parametrize("visibility", Visibility)
async def test_a_class_says_who_reads_a_thread_and_what_is_said_in_it(
    talk: Talk, visibility: Visibility, anchor: Anchor
) -> None:
    of_thread, of_message = await opened(talk, visibility, anchor)

    assert of_thread == READERS[visibility]
    assert of_message == READERS[visibility]


@pytest.mark.parametrize("own", [V.PRIVATE, V.PARTICIPANTS, V.CHAIN, V.UNIT])
async def test_a_message_may_be_narrower_than_its_thread(talk: Talk, own: Visibility) -> None:
    thread_id = await talk.open(V.GROUP, by="Oskar", with_=["Hugo"])

    message_id = await talk.post(thread_id, by="Oskar", visibility=own)

    assert await talk.readers_of_message(message_id) == READERS[own]
    assert await talk.readers_of_thread(thread_id) == READERS[V.GROUP]


@pytest.mark.parametrize("thread", Visibility)
@pytest.mark.parametrize("own", Visibility)
async def test_a_message_is_never_wider_than_its_thread(talk: Talk, own: Visibility, thread: Visibility) -> None:
    thread_id = await talk.open(thread, by="Oskar")
    before = await talk.everything()

    if is_within(own, thread):
        await talk.post(thread_id, by="Oskar", visibility=own)
        return
    with pytest.raises(InvalidInput) as refused:
        await talk.post(thread_id, by="Oskar", visibility=own)

    assert refused.value.field == "visibility"
    assert await talk.everything() == before


async def test_nobody_reads_a_thread_about_what_they_do_not_see(talk: Talk) -> None:
    hidden = await talk.company.promised(shared_with(Audience.CHAIN))

    thread_id = await talk.open(V.GROUP, about=hidden)

    assert await talk.readers_of_thread(thread_id) == {"Dina", *LINE, "Delia", "Hugo", "Sofia"}
    with pytest.raises(NotFound):
        await talk.open(V.GROUP, by="Oskar", about=hidden)
    with pytest.raises(NotFound):
        await talk.post(thread_id, by="Oskar")


async def test_a_thread_about_a_draft_is_its_owners_alone(talk: Talk) -> None:
    draft = await talk.company.draft()

    thread_id = await talk.open(V.GROUP, by="Dina", about=draft)

    assert await talk.readers_of_thread(thread_id) == {"Dina"}


@pytest.mark.parametrize("name", ["Oskar", "Emil", "Stranger"])
async def test_who_may_not_see_the_anchor_cannot_be_brought_in(talk: Talk, name: str) -> None:
    hidden = await talk.company.promised(shared_with(Audience.CHAIN))
    thread_id = await talk.open(V.PARTICIPANTS, about=hidden)
    person_id = talk.company.actor(name).person_id
    assert person_id is not None
    talk.company.organisation.persons[name] = person_id
    before = await talk.everything()

    for bring in (
        lambda: talk.add(thread_id, name),
        lambda: talk.open(V.PARTICIPANTS, about=hidden, with_=[name]),
        lambda: talk.post(thread_id, mentions=[name]),
    ):
        with pytest.raises(InvalidInput):
            await bring()

    assert await talk.everything() == before


async def test_a_mention_reaches_nobody_who_does_not_read_the_message(talk: Talk) -> None:
    thread_id = await talk.open(V.GROUP, by="Oskar")

    with pytest.raises(InvalidInput) as refused:
        await talk.post(thread_id, by="Oskar", visibility=V.UNIT, mentions=["Emil", "Delia"])

    assert refused.value.field == "mentions.1"
    await talk.post(thread_id, by="Oskar", mentions=["Emil", "Delia"])
    assert (await talk.unread("Emil"), await talk.unread("Delia")) == (1, 1)


async def test_who_is_added_reads_what_is_said_from_then_on(talk: Talk) -> None:
    thread_id = await talk.open(V.PARTICIPANTS)
    before = await talk.first(thread_id)
    with clock.frozen(NOON + timedelta(minutes=1)):
        await talk.add(thread_id, "Oskar")
        after = await talk.post(thread_id)

        assert await talk.readers_of_message(before) == {"Chen", "Dina"}
        assert await talk.readers_of_message(after) == {"Chen", "Dina", "Oskar"}


async def test_a_partner_and_another_group_read_nothing_and_say_nothing(talk: Talk) -> None:
    thread_id = await talk.open(V.GROUP)
    before = await talk.everything()

    for name, refusal in (("Partner", NotPermitted), ("Stranger", NotFound)):
        with pytest.raises(refusal):
            await talk.open(V.GROUP, by=name)
        with pytest.raises((NotPermitted, NotFound)):
            await talk.post(thread_id, by=name)

    assert await talk.everything() == before


async def test_a_private_thread_has_nobody_else(talk: Talk) -> None:
    thread_id = await talk.open(V.PRIVATE, by="Oskar")

    for bring in (
        lambda: talk.add(thread_id, "Hugo", by="Oskar"),
        lambda: talk.open(V.PRIVATE, by="Oskar", with_=["Hugo"]),
        lambda: talk.open(V.PRIVATE, by="Oskar", message=NewMessage(body="x", mentions=[talk.company["Hugo"]])),
    ):
        with pytest.raises(InvalidInput):
            await bring()

    assert await talk.readers_of_thread(thread_id) == {"Oskar"}
