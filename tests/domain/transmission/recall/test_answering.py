"""Words come first and stand; marks name them; what was recalled is counted exactly, and a retry is harmless."""

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal

import pytest

from domain.kernel import clock
from domain.kernel.errors import DomainError, InvalidInput, KeyReused, NotFound
from domain.kernel.ids import new_id
from domain.transmission.recall import rules, service_answering
from domain.transmission.recall.errors import RecallAnswered, RecallOver, RecallSaid, RecallUnsaid
from domain.transmission.recall.terms import Mark
from tests.domain.objectives import company as companies
from tests.domain.transmission.recall import asking
from tests.domain.transmission.recall.asking import Asked

TWO_THIRDS = Decimal("0.66666666666666666667")


async def written(asked: Asked) -> list[object]:
    rows = await asked.company.organisation.rows(
        """select (select count(*) from recall_question where words is not null) as said,
             (select count(*) from recall_mark) as marks, (select count(*) from recall_answer) as answers,
             (select count(*) from journal where kind like 'Recall%') as facts"""
    )
    return list(rows[0].values())


async def test_recall_is_the_share_of_the_k_weightiest_that_was_named(asked: Asked) -> None:
    await asked.answer("Dina", "F1", "P1")
    await asked.answer("Emil", "F1", "C1", "P1")
    await asked.answer("Chen", "L1")
    await asked.answer("Bo", "L1", "C1")

    found = [await asked.recalled(name) for name in ("Dina", "Emil", "Chen", "Bo", "Ada")]

    assert found == [TWO_THIRDS, 1, 0, Decimal("0.33333333333333333333"), None]


async def test_who_remembers_nothing_has_answered(asked: Asked) -> None:
    await asked.say("Dina", [])

    assert await asked.recalled("Dina") == 0
    assert await written(asked) == [1, 0, 1, 2]


async def test_words_that_meant_nothing_of_it_count_for_nothing(asked: Asked) -> None:
    await asked.say("Dina", ["lunch"])
    await asked.mark("Dina", [])

    assert await asked.recalled("Dina") == 0


async def test_words_stand_once_they_are_said(asked: Asked) -> None:
    await asked.say("Dina", [" on   time ", "准点率"])
    before = await written(asked)

    with pytest.raises(RecallSaid):
        await asked.say("Dina", ["Finance"])

    said = await asked.company.organisation.value("select words from recall_question where words is not null")
    assert said == ["on time", "准点率"]
    assert await written(asked) == before


async def test_marks_wait_for_words(asked: Asked) -> None:
    with pytest.raises(RecallUnsaid):
        await asked.mark("Dina", [])

    assert await written(asked) == [0, 0, 0, 1]


@pytest.mark.parametrize(
    ("marks", "field"),
    [
        ([(3, "F1")], "marks.0.word"),
        ([(0, "F1")], "marks.0.word"),
        ([(1, "F1"), (1, "C1")], "marks.1.word"),
        ([(1, "F1"), (2, "F1")], "marks.1.priority"),
        ([(1, "F1"), (2, None)], "marks.1.priority"),
    ],
)
async def test_a_mark_names_a_word_and_a_priority_once(
    asked: Asked, marks: Sequence[tuple[int, str | None]], field: str
) -> None:
    await asked.say("Dina", ["one", "two"])
    before = await written(asked)
    given = [Mark(word, await asked.priority(code) if code else new_id()) for word, code in marks]

    with pytest.raises(InvalidInput) as refused:
        await service_answering.mark(asked.company.actor("Dina"), await asked.question("Dina"), given, key="m")

    assert refused.value.field == field
    assert await written(asked) == before


@pytest.mark.parametrize(
    ("words", "field"),
    [
        (["1", "2", "3", "4", "5", "6"], "words"),
        (["On time", "ON  TIME"], "words.1"),
        (["  "], "words.0"),
        (["a" * 81], "words.0"),
        (["a\x00b"], "words.0"),
    ],
)
async def test_words_are_few_and_short(asked: Asked, words: list[str], field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        await asked.say("Dina", words)

    assert refused.value.field == field
    assert await written(asked) == [0, 0, 0, 1]


async def test_a_retry_changes_nothing_whatever_its_key(asked: Asked) -> None:
    for key in ("a", "a", "b"):
        await asked.say("Dina", ["One", "Two"], key=key)
    for key in ("c", "c", "d"):
        await asked.mark("Dina", ["F1"], key=key)
    await asked.say("Dina", ["One ", "Two"], key="e")

    assert await written(asked) == [1, 1, 1, 3]
    with pytest.raises(KeyReused):
        await asked.say("Dina", ["Three"], key="a")
    with pytest.raises(RecallAnswered):
        await asked.mark("Dina", ["C1"])
    with pytest.raises(RecallAnswered):
        await asked.mark("Dina", [])
    assert await written(asked) == [1, 1, 1, 3]


async def test_nobody_answers_for_another(asked: Asked) -> None:
    question_id = await asked.question("Dina")
    other = await asking.lay()

    for actor in (
        asked.company.actor("Chen"),
        asked.company.actor("Sofia"),
        asked.company.partner,
        other.company.actor("Dina"),
    ):
        with pytest.raises(NotFound):
            await service_answering.say(actor, question_id, ["Mine"], key=str(new_id()))
        with pytest.raises(NotFound):
            await service_answering.mark(actor, question_id, [], key=str(new_id()))

    assert await written(asked) == [0, 0, 0, 1]


async def test_a_priority_of_another_round_is_none_of_this_one(asked: Asked) -> None:
    await asked.say("Dina", ["One"])
    await companies.lay()
    clock.advance(timedelta(days=21))
    later = Asked(asked.company, await asking.ask(asked.company))
    await later.say("Dina", ["One"])

    with pytest.raises(InvalidInput):
        await service_answering.mark(
            asked.company.actor("Dina"),
            await later.question("Dina"),
            [Mark(1, await asked.priority("F1"))],
            key="m",
        )


@pytest.mark.parametrize(
    ("passed", "expected"),
    [(timedelta(days=14) - timedelta(seconds=1), []), (timedelta(days=14), [RecallOver, RecallOver])],
)
async def test_a_round_ends_to_the_second(asked: Asked, passed: timedelta, expected: list[type[DomainError]]) -> None:
    await asked.say("Emil", ["One"])
    clock.advance(passed)

    met: list[type[DomainError]] = []
    for doing in (asked.say("Dina", ["One"]), asked.mark("Emil", ["F1"])):
        try:
            await doing
        except DomainError as refusal:
            met.append(type(refusal))

    assert met == expected


async def test_facts_about_an_answer_tell_nothing_of_it(asked: Asked) -> None:
    await asked.answer("Dina", "F1", "P1")

    rows = await asked.company.organisation.rows(
        "select kind, payload::text, hearers from journal where kind like 'Recall%' order by id"
    )
    dina = [asked.company["Dina"]]
    assert [tuple(row) for row in rows[1:]] == [("RecallWordsSaid", "{}", dina), ("RecallGiven", "{}", dina)]


@pytest.mark.parametrize(
    ("named", "k", "share"), [(0, 1, 0), (1, 1, 1), (2, 3, TWO_THIRDS), (5, 5, 1), (1, 4, Decimal("0.25"))]
)
def test_a_share_is_rounded_half_up_at_twenty_decimals(named: int, k: int, share: Decimal) -> None:
    assert rules.recalled(named, k) == share
