"""The one-minute question through the API: words first, priorities after, and nobody but the person reads them."""

from collections.abc import AsyncGenerator, Generator
from datetime import timedelta
from typing import cast

import pytest

from domain.kernel import clock
from domain.kernel.ids import new_id, public
from tests.api.reading import desk as desks
from tests.api.reading.desk import Desk
from tests.api.reading.world import World
from tests.conftest import Cluster
from tests.domain.apart import apart, connected
from tests.domain.objectives import company as companies
from tests.domain.objectives.company import NOON
from tests.domain.strategy import maps

Row = dict[str, object]
FIELDS = "id state k words recalled priorities { id title counts } marks { word priority { title } }"
QUESTION = f"{{ recallQuestion {{ {FIELDS} unit {{ code }} }} }}"
NODE = (
    f"query($id: ID!) {{ node(id: $id) {{ ... on RecallQuestion {{ {FIELDS} }} ... on RecallPriority {{ title }} }} }}"
)
ASK = """mutation($input: AskRecallInput!) { askRecall(input: $input) { __typename
  ... on RecallRound { id asked answered k quarter } ... on Problem { code } } }"""
SAY = f"""mutation($input: AnswerRecallInput!) {{ answerRecall(input: $input) {{ __typename
  ... on RecallQuestion {{ {FIELDS} }} ... on Problem {{ code }} }} }}"""
MARK = f"""mutation($input: MarkRecallInput!) {{ markRecall(input: $input) {{ __typename
  ... on RecallQuestion {{ {FIELDS} }} ... on Problem {{ code }} ... on InvalidInput {{ field }} }} }}"""
ROUNDS = "{ recallRounds { nodes { answered over asked } } }"


@pytest.fixture(scope="module")
async def connection(cluster: Cluster, template: str) -> AsyncGenerator[str]:
    with apart(cluster, template) as url:
        async with connected(url) as found:
            yield found


@pytest.fixture(autouse=True)
def noon() -> Generator[None]:
    with clock.frozen(NOON):
        yield


@pytest.fixture
async def desk(connection: str) -> Desk:
    company = await companies.lay()
    await maps.published(company.organisation)
    return desks.place(World(company, objectives={"session": new_id()}))


async def ask(desk: Desk, name: str, text: str, **variables: object) -> Row | None:
    """The one field of an answer."""
    result = await desk.execute(name, text, **variables)
    assert result.errors is None, result.errors
    [found] = cast("Row", result.data).values()
    return cast("Row | None", found)


async def act(desk: Desk, name: str, text: str, **values: object) -> Row:
    found = await ask(desk, name, text, input={"idempotencyKey": str(new_id()), **values})
    assert found is not None
    return found


async def opened(desk: Desk) -> Row:
    company = desk.world.company
    unit = public("unt", company.organisation.units["GROUP"])
    return await act(desk, "Sofia", ASK, unit=unit, cycle=public("cyc", company.cycle_id))


async def test_from_the_question_to_what_was_recalled(desk: Desk) -> None:
    assert await ask(desk, "Dina", QUESTION) is None
    found = await opened(desk)
    assert (found["asked"], found["answered"], found["k"], found["quarter"]) == (10, 0, 3, "2026-04-01")

    question = cast("Row", await ask(desk, "Dina", QUESTION))
    assert {name: question[name] for name in ("state", "words", "priorities", "marks", "recalled", "unit")} == {
        "state": "ASKED",
        "words": None,
        "priorities": [],
        "marks": [],
        "recalled": None,
        "unit": {"code": "GROUP"},
    }

    said = await act(desk, "Dina", SAY, question=question["id"], words=["准点", " money  first "])
    priorities = cast("list[Row]", said["priorities"])
    assert (said["state"], said["words"]) == ("SAID", ["准点", "money first"])
    assert [(one["title"], one["counts"]) for one in priorities] == [
        (f"Objective {code}", None) for code in ("C1", "F1", "L1", "P1")
    ]

    marks = [{"word": at, "priority": priorities[number]["id"]} for at, number in ((2, 1), (1, 2))]
    marked = await act(desk, "Dina", MARK, question=question["id"], marks=marks)
    assert (marked["state"], marked["recalled"]) == ("ANSWERED", "33.33")
    assert [one["counts"] for one in cast("list[Row]", marked["priorities"])] == [True, True, False, True]
    assert marked["marks"] == [
        {"word": 1, "priority": {"title": "Objective L1"}},
        {"word": 2, "priority": {"title": "Objective F1"}},
    ]
    assert await ask(desk, "Dina", QUESTION) is None


async def test_the_strategy_office_sees_no_priorities_before_its_own_words(desk: Desk) -> None:
    await opened(desk)

    question = cast("Row", await ask(desk, "Sofia", QUESTION))

    assert question["priorities"] == []


async def test_nobody_else_reads_a_question_or_its_priorities(desk: Desk) -> None:
    await opened(desk)
    question = cast("Row", await ask(desk, "Dina", QUESTION))
    said = await act(desk, "Dina", SAY, question=question["id"], words=["One"])
    priority = cast("list[Row]", said["priorities"])[0]["id"]

    for name in ("Chen", "Bo", "Ada", "Hugo", "Aron", "Sofia", "Partner", "Stranger"):
        assert await ask(desk, name, NODE, id=question["id"]) is None
    assert await ask(desk, "Chen", NODE, id=priority) is None, "who has not said their words yet"
    assert await ask(desk, "Dina", NODE, id=priority) == {"title": "Objective C1"}


async def test_how_many_answered_is_for_the_office(desk: Desk) -> None:
    await opened(desk)
    question = cast("Row", await ask(desk, "Dina", QUESTION))
    await act(desk, "Dina", SAY, question=question["id"], words=[])

    for name, answered in (("Sofia", 1), ("Ada", None), ("Dina", None)):
        assert await ask(desk, name, ROUNDS) == {"nodes": [{"answered": answered, "over": False, "asked": 10}]}


async def test_when_it_is_over_the_question_is_gone(desk: Desk) -> None:
    await opened(desk)
    question = cast("Row", await ask(desk, "Dina", QUESTION))
    clock.advance(timedelta(days=14))

    assert await ask(desk, "Dina", QUESTION) is None
    assert await act(desk, "Dina", SAY, question=question["id"], words=["One"]) == {
        "__typename": "RecallOver",
        "code": "recall_over",
    }
    found = cast("Row", await ask(desk, "Dina", NODE, id=question["id"]))
    assert (found["state"], found["words"]) == ("OVER", None)


async def test_too_many_marks_are_refused_before_they_are_looked_at(desk: Desk) -> None:
    await opened(desk)
    question = cast("Row", await ask(desk, "Dina", QUESTION))
    marks = [{"word": 1, "priority": public("rcp", new_id())}] * 6

    found = await act(desk, "Dina", MARK, question=question["id"], marks=marks)

    assert (found["__typename"], found["field"]) == ("InvalidInput", "marks")
