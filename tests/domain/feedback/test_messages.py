"""What can be done with a message: edited unseen for a quarter of an hour, deleted to a tombstone, reacted to, read."""

from datetime import timedelta

import pytest

from domain.feedback.errors import MessageGone
from domain.feedback.rules import BODY_CHARACTERS_MAX, MENTIONS_MAX, VERSIONS_MAX
from domain.feedback.terms import NewMessage, ReactionKind, Visibility
from domain.kernel import clock
from domain.kernel.errors import InvalidInput, KeyReused, NotFound, NotPermitted, StaleVersion
from domain.kernel.ids import new_id
from tests.domain.feedback.talking import Talk

ODD = '准时 ✈️ "quoted" \\ back\u2028line <b> \U0001f9d1‍✈️ \u202eright'


async def versions(talk: Talk) -> list[str]:
    rows = await talk.company.organisation.rows("select body from feedback_version order by written_at, id")
    return [row["body"] for row in rows]


@pytest.mark.parametrize(("minutes", "kept"), [(0, 0), (14.99, 0), (15, 0), (15.01, 1), (60 * 24 * 400, 1)])
async def test_an_edit_leaves_a_version_after_a_quarter_of_an_hour(talk: Talk, minutes: float, kept: int) -> None:
    message_id = await talk.post(await talk.open(), "At first.")

    clock.advance(timedelta(minutes=minutes))
    await talk.edit(message_id, "Then.")

    assert await versions(talk) == ["At first."][:kept]
    assert (
        await talk.company.organisation.value("select body from feedback_message where id = $1", message_id) == "Then."
    )


async def test_a_message_has_a_limited_number_of_versions(talk: Talk) -> None:
    message_id = await talk.post(await talk.open())
    clock.advance(timedelta(hours=1))
    for at in range(VERSIONS_MAX):
        await talk.edit(message_id, f"No. {at}", version=at + 1)
    before = await talk.everything()

    with pytest.raises(InvalidInput):
        await talk.edit(message_id, "Once more.", version=VERSIONS_MAX + 1)

    assert await talk.everything() == before


async def test_nobody_edits_what_moved_on_or_what_others_said(talk: Talk) -> None:
    message_id = await talk.post(await talk.open(Visibility.UNIT))
    await talk.edit(message_id, "Then.")
    before = await talk.everything()

    with pytest.raises(StaleVersion):
        await talk.edit(message_id, "Again.", version=1)
    for name, refusal in (("Chen", NotPermitted), ("Emil", NotPermitted), ("Oskar", NotFound), ("Stranger", NotFound)):
        with pytest.raises(refusal):
            await talk.edit(message_id, "Mine.", by=name, version=2)
        with pytest.raises(refusal):
            await talk.delete(message_id, by=name)

    assert await talk.everything() == before


async def test_deletion_leaves_a_tombstone_and_no_word(talk: Talk) -> None:
    message_id = await talk.post(await talk.open(), "unheard-of words", mentions=["Chen"])
    clock.advance(timedelta(hours=1))
    await talk.edit(message_id, "other unheard-of words")
    await talk.react(message_id)

    await talk.delete(message_id)

    assert await talk.readers_of_message(message_id) == {"Chen", "Dina"}
    assert [row for row in await talk.everything() if "unheard-of" in row[1]] == []
    assert await talk.unread("Chen") == 0
    for attempt in (lambda: talk.edit(message_id, "x", version=2), lambda: talk.delete(message_id)):
        with pytest.raises(MessageGone):
            await attempt()
    with pytest.raises(MessageGone):
        await talk.react(message_id)


async def test_a_reaction_counts_once_and_can_be_taken_back(talk: Talk) -> None:
    message_id = await talk.post(await talk.open())
    for is_on, count, facts in ((True, 1, 1), (True, 1, 1), (False, 0, 2), (False, 0, 2)):
        await talk.react(message_id, is_on=is_on)

        found = await talk.company.organisation.rows(
            """select (select count(*) from feedback_reaction) as reactions,
                 (select count(*) from journal where kind = 'MessageReactedTo') as facts"""
        )
        assert list(found[0].values()) == [count, facts]


async def test_nobody_reacts_to_their_own_words_or_to_what_they_do_not_read(talk: Talk) -> None:
    message_id = await talk.post(await talk.open())
    before = await talk.everything()

    for name, refusal in (("Dina", NotPermitted), ("Oskar", NotFound), ("Partner", NotPermitted)):
        with pytest.raises(refusal):
            await talk.react(message_id, ReactionKind.AGREE, by=name)

    assert await talk.everything() == before


@pytest.mark.parametrize(
    ("message", "field"),
    [
        (NewMessage(body=" \n "), "body"),
        (NewMessage(body="a" * (BODY_CHARACTERS_MAX + 1)), "body"),
        (NewMessage(body="a\x00b"), "body"),
        (NewMessage(body="a", visibility=Visibility.PRIVATE, mentions=[new_id()]), "mentions"),
        (NewMessage(body="a", mentions=[new_id()] * (MENTIONS_MAX + 1)), "mentions"),
        (NewMessage(body="a", mentions=[new_id()]), "mentions.0"),
    ],
)
async def test_a_message_that_cannot_be_is_refused(talk: Talk, message: NewMessage, field: str) -> None:
    before = await talk.everything()

    with pytest.raises(InvalidInput) as refused:
        await talk.open(message=message)

    assert refused.value.field == f"message.{field}"
    assert await talk.everything() == before


async def test_words_are_kept_as_they_were_written(talk: Talk) -> None:
    longest = ODD + "准" * (BODY_CHARACTERS_MAX - len(ODD))

    message_id = await talk.post(await talk.open(), longest)

    assert (
        await talk.company.organisation.value("select body from feedback_message where id = $1", message_id) == longest
    )


async def test_what_was_read_is_unread_no_more_whatever_came_meanwhile(talk: Talk) -> None:
    thread_id = await talk.open()
    first = await talk.first(thread_id)
    await talk.post(thread_id, by="Chen")
    assert await talk.unread("Dina") == 2

    await talk.read(thread_id, [first])
    await talk.read(thread_id, [first])

    assert await talk.unread("Dina") == 1
    read = await talk.company.organisation.value("select count(*) from journal where kind = 'MessagesRead'")
    assert read == 1


async def test_a_retry_says_nothing_twice(talk: Talk) -> None:
    thread_id = await talk.open()
    first = await talk.post(thread_id, key="k")
    before = await talk.everything()

    assert await talk.post(thread_id, key="k") == first
    with pytest.raises(KeyReused):
        await talk.post(thread_id, "Other words.", key="k")

    assert await talk.everything() == before


async def test_who_reads_may_speak_and_takes_part_from_then_on(talk: Talk) -> None:
    thread_id = await talk.open(Visibility.GROUP)

    await talk.post(thread_id, by="Oskar")
    await talk.post(thread_id, by="Dina")

    assert await talk.unread("Oskar") == 1


async def test_facts_tell_those_who_read_and_no_word(talk: Talk) -> None:
    thread_id = await talk.open(with_=["Hugo"])
    await talk.post(thread_id, "secret", visibility=Visibility.PRIVATE)
    await talk.post(thread_id, "secret")

    rows = await talk.company.organisation.rows(
        "select hearers, payload::text as payload from journal where kind = 'MessagePosted' order by id"
    )
    everybody = {talk.company[name] for name in ("Chen", "Dina", "Hugo")}
    assert [set(row["hearers"]) for row in rows] == [everybody, {talk.company["Dina"]}, everybody]
    assert all("secret" not in row["payload"] for row in rows)
