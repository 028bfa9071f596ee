"""Praise names a value and comes out of a monthly allowance; whoever it was said to keeps words as evidence."""

import asyncio
from datetime import timedelta

import pytest

from domain.feedback import service_praise
from domain.feedback.errors import AllowanceSpent, MessageGone, ValueKnown
from domain.feedback.rules import PART_CHARACTERS_MAX, PRAISE_MAX, VALUES_MAX
from domain.feedback.terms import NewMessage, Shape, Visibility
from domain.feedback.views_praise import PRAISE
from domain.kernel import clock
from domain.kernel.errors import DomainError, InvalidInput, NotFound, NotPermitted
from domain.kernel.ids import new_id
from tests.domain.feedback.talking import EVERYBODY, Talk


async def given(talk: Talk) -> int:
    return int(str(await talk.company.organisation.value("select count(*) from praise")))


async def test_praise_is_read_by_whoever_reads_its_thread(talk: Talk) -> None:
    value_id = await talk.value()

    wide = await talk.praise(value_id)
    narrow = await talk.praise(value_id, visibility=Visibility.PARTICIPANTS)

    assert await talk.readers(PRAISE, wide) == set(EVERYBODY)
    assert await talk.readers(PRAISE, narrow) == {"Chen", "Dina"}


async def test_a_person_praises_as_often_as_the_allowance_says_and_again_next_month(talk: Talk) -> None:
    value_id = await talk.value()
    for _ in range(PRAISE_MAX):
        await talk.praise(value_id)
    before = await talk.everything()

    with pytest.raises(AllowanceSpent):
        await talk.praise(value_id)
    assert await talk.everything() == before

    await talk.praise(value_id, by="Oskar")
    clock.advance(timedelta(days=21))
    await talk.praise(value_id)
    assert await given(talk) == PRAISE_MAX + 2


async def test_of_two_who_give_the_last_at_once_one_gives(talk: Talk) -> None:
    value_id = await talk.value()
    for _ in range(PRAISE_MAX - 1):
        await talk.praise(value_id)

    tried = await asyncio.gather(talk.praise(value_id), talk.praise(value_id), return_exceptions=True)

    assert sorted(type(one).__name__ for one in tried) == ["AllowanceSpent", "UUID"]
    assert await given(talk) == PRAISE_MAX


async def test_a_retry_spends_nothing(talk: Talk) -> None:
    value_id = await talk.value()

    assert await talk.praise(value_id, key="k") == await talk.praise(value_id, key="k")

    assert await given(talk) == 1


async def test_praise_is_told_to_the_journal_with_its_value(talk: Talk) -> None:
    value_id = await talk.value()

    praise_id = await talk.praise(value_id)

    [row] = await talk.company.organisation.rows(
        """select subject_id, hearers, payload ->> 'recipient_id' as recipient, payload ->> 'value_id' as value
           from journal where kind = 'PraiseGiven'"""
    )
    persons = talk.company
    assert (row["subject_id"], set(row["hearers"])) == (praise_id, {persons["Chen"], persons["Dina"]})
    assert (row["recipient"], row["value"]) == (str(persons["Dina"]), str(value_id))


async def test_praise_that_cannot_be_is_refused(talk: Talk) -> None:
    value_id, retired = await talk.value(), await talk.value("Speed")
    await service_praise.retire_value(talk.company.actor("Sofia"), retired, key="r")
    before = await talk.everything()

    attempts: list[tuple[dict[str, object], type[DomainError]]] = [
        ({"to": "Chen"}, InvalidInput),
        ({"visibility": Visibility.PRIVATE}, InvalidInput),
        ({"value_id": retired}, InvalidInput),
        ({"value_id": new_id()}, NotFound),
        ({"strategic_objective_id": new_id()}, NotFound),
        ({"message": NewMessage(body="x", shape=Shape(impact="x" * (PART_CHARACTERS_MAX + 1)))}, InvalidInput),
        ({"by": "Partner"}, NotPermitted),
        ({"by": "Stranger"}, NotFound),
    ]
    for given_, refusal in attempts:
        with pytest.raises(refusal):
            await talk.praise(**{"value_id": value_id, **given_})  # type: ignore[arg-type]

    assert await talk.everything() == before


async def test_only_the_office_says_what_the_group_stands_for(talk: Talk) -> None:
    value_id = await talk.value()
    before = await talk.everything()

    with pytest.raises(NotPermitted):
        await talk.value("Other", by="Ada")
    with pytest.raises(NotPermitted):
        await service_praise.retire_value(talk.company.actor("Ada"), value_id, key="k")
    with pytest.raises(ValueKnown):
        await talk.value()
    assert await talk.everything() == before

    for at in range(VALUES_MAX - 1):
        await talk.value(f"No. {at}")
    with pytest.raises(InvalidInput):
        await talk.value("One too many")


async def test_only_to_whom_it_was_said_keeps_it(talk: Talk) -> None:
    thread_id = await talk.open(Visibility.GROUP)
    message_id, own = await talk.first(thread_id), await talk.post(thread_id)
    before = await talk.everything()

    for name, said in (("Chen", message_id), ("Bo", message_id), ("Sofia", message_id), ("Dina", own)):
        with pytest.raises(NotPermitted):
            await talk.pin(said, by=name)
    assert await talk.everything() == before

    await talk.pin(message_id)
    await talk.pin(message_id)
    assert await talk.company.organisation.value("select count(*) from feedback_pin") == 1
    await talk.pin(message_id, is_on=False)
    assert await talk.company.organisation.value("select count(*) from feedback_pin") == 0


async def test_what_was_taken_back_is_no_evidence(talk: Talk) -> None:
    message_id = await talk.first(await talk.open())
    await talk.pin(message_id)

    await talk.delete(message_id, by="Chen")

    assert await talk.company.organisation.value("select count(*) from feedback_pin") == 0
    with pytest.raises(MessageGone):
        await talk.pin(message_id)


async def test_the_shape_goes_into_versions_and_away_with_the_words(talk: Talk) -> None:
    shaped = NewMessage(body="b", shape=Shape(situation="Monday's rain", behaviour="w", impact="i", next_step="n"))
    message_id = await talk.first(await talk.open(by="Dina", message=shaped))
    clock.advance(timedelta(hours=1))

    await talk.edit(message_id, "c")
    kept = await talk.company.organisation.value("select situation from feedback_version")
    assert kept == "Monday's rain"

    await talk.delete(message_id)
    assert [row for row in await talk.everything() if "rain" in row[1]] == []
