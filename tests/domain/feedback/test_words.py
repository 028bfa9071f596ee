"""By which words a message is found: English in all forms, Chinese by characters in their order, deleted by none."""

from uuid import UUID

import pytest

from domain.feedback.terms import NewMessage, Shape
from tests.domain.feedback.talking import Talk

SEARCH = """select m.id from feedback_message m where m.id in (
  select w.message_id from feedback_word w where w.tenant_id = m.tenant_id and w.word = any(search_words($1))
  group by w.message_id having count(*) = cardinality(search_words($1)))"""


async def found(talk: Talk, query: str) -> list[UUID]:
    return [row["id"] for row in await talk.company.organisation.rows(SEARCH, query)]


@pytest.mark.parametrize(
    ("said", "query", "is_found"),
    [
        ("Flights were delayed on Monday", "delay flight", True),
        ("Flights were delayed on Monday", "DELAYS", True),
        ("Flights were delayed on Monday", "delay train", False),
        ("Flights were delayed on Monday", "the", False),
        ("Flights were delayed on Monday", "", False),
        ("Flights were delayed on Monday", "\u2028 !? ' & | <-> :* \\", False),
        ("本月航班准点率提高了", "准点", True),
        ("本月航班准点率提高了", "准点率", True),
        ("本月航班准点率提高了", "准", True),
        ("本月航班准点率提高了", "率点", False),
        ("本月航班准点率提高了", "延误", False),
        ("本月航班准点率提高了", "航班 提高", True),
        ("On-time 准点率 of CREW机组 rose", "机组 crew", True),
        ("On-time 准点率 of CREW机组 rose", "点率", True),
        ("\uff35\uff30 和 ﬁne", "up fine", True),
        ("back\u2028line✈️up，down。left", "back line up down left", True),
        ("Élan naïve привет", "naïve привет", True),
        ("𠀀𠀁 rare", "𠀀𠀁", True),
        ("ありがとうございます", "がとう", True),
    ],
)
async def test_a_message_is_found_by_its_words(talk: Talk, said: str, query: str, *, is_found: bool) -> None:
    message_id = await talk.first(await talk.open(message=NewMessage(body=said)))

    assert await found(talk, query) == ([message_id] if is_found else [])


async def test_the_parts_of_its_shape_are_found_too(talk: Talk) -> None:
    shaped = NewMessage(body="a", shape=Shape(situation="晨会", behaviour="listened", impact="calm", next_step="again"))
    message_id = await talk.first(await talk.open(message=shaped))

    assert await found(talk, "晨会 listening calm again") == [message_id]


async def test_words_that_are_gone_find_nothing(talk: Talk) -> None:
    edited, deleted, hidden = [await talk.post(await talk.open(), "apples") for _ in range(3)]
    assert len(await found(talk, "apple")) == 3

    await talk.edit(edited, "pears")
    await talk.delete(deleted)
    await talk.settle(await talk.report(hidden, by="Chen"))

    assert await found(talk, "apple") == []
    assert await found(talk, "pear") == [edited]


async def test_one_endless_word_is_no_fault(talk: Talk) -> None:
    await talk.post(await talk.open(), "a" * 4000)
    message_id = await talk.post(await talk.open(), "准" * 4000)

    assert await found(talk, "准准") == [message_id]
