"""What a user would pick instead, over the same rows: each without sign-in, rights or limits."""

import asyncio
import json
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import cast

import asyncpg

from tests.benchmarks import home, questions
from tests.benchmarks.contenders import IN_SQL, Contender, Process, ask, graphql, module, process
from tests.benchmarks.engines import Engines
from tests.benchmarks.questions import ASKERS, BLOCKS, Question, Subjects, asked
from tests.benchmarks.rivals import installing
from tests.benchmarks.tables import TENANT

FOLDER = Path(__file__).parent / "postgraphile"
LIST = f"""
query List($at: DateTime!, $behind: ID!) {{
  objectives(first: 500, at: $at, behind: $behind, state: "ACTIVE") {{ nodes {{ ...Row }} }}
}}
{questions.ROW}"""
TRACE = f"""
query Trace($at: DateTime!, $behind: ID!) {{
  objectives(first: 50, at: $at, behind: $behind, state: "ACTIVE") {{ nodes {{ ...Explained }} }}
}}
{questions.EXPLAINED}"""


@contextmanager
def strawberry(started: Engines) -> Generator[Contender]:
    """Strawberry, Tortoise, loaders."""
    with process(started, "Strawberry", module("tests.benchmarks.rivals.strawberry_tortoise")) as web:
        yield Contender(name="Strawberry, Tortoise", process=web, requests=python_requests)


@contextmanager
def ariadne(started: Engines) -> Generator[Contender]:
    """Ariadne over rows of asyncpg; the home screen alone."""
    yield from over_rows(started, "Ariadne")


@contextmanager
def graphene(started: Engines) -> Generator[Contender]:
    """Graphene over rows of asyncpg; the home screen alone."""
    yield from over_rows(started, "Graphene")


def over_rows(started: Engines, name: str) -> Generator[Contender]:
    python = installing.python_with(started.home / "rivals" / name.lower(), installing.PACKAGES[name])
    command = [str(python), "-m", f"tests.benchmarks.rivals.{name.lower()}_asyncpg"]
    with process(started, name, command) as web:
        yield Contender(
            name=f"{name}, asyncpg",
            process=web,
            requests=python_requests,
            takes=frozenset({Question.HOME}),
        )


def python_requests(question: Question, subjects: Subjects) -> list[str]:
    document = python_document(question)
    return [
        graphql({"query": document, "variables": python_variables(question, subjects, number)})
        for number in range(len(ASKERS))
    ]


def python_document(question: Question) -> str:
    """Ours, but that who asks is an argument, and that a page may have 500 rows."""
    match question:
        case Question.HOME:
            text = home.trusted_text("Home").replace("query Home {", "query Home($person: ID!) {", 1)
            return text.replace("  home {", "  home(person: $person) {", 1)
        case Question.FEED:
            text = home.trusted_text("Inbox").replace("($after: String)", "($person: ID!)", 1)
            return text.replace("after: $after", "person: $person", 1)
        case Question.TREE:
            return questions.TREE
        case Question.LIST:
            return LIST
        case Question.TRACE:
            return TRACE


def python_variables(question: Question, subjects: Subjects, number: int) -> Mapping[str, object]:
    match question:
        case Question.HOME | Question.FEED:
            return {"person": subjects.person(number)}
        case Question.TREE:
            return {"objective": subjects.objective(number)}
        case Question.LIST | Question.TRACE:
            place = subjects.place(number)
            return {"at": place.at, "behind": place.id}


@contextmanager
def postgraphile(started: Engines) -> Generator[Contender]:
    """PostGraphile over the same tables."""
    place = started.home / "rivals" / "postgraphile"
    node = installing.node_with(place, FOLDER)
    asyncio.run(add_functions(started.database_url))
    given = {"NODE_ENV": "production"}
    with process(started, "PostGraphile", [str(node), str(place / "server.mjs")], given) as web:
        ends = partial(walked, web, [])
        yield Contender(
            name="PostGraphile",
            process=web,
            requests=partial(postgraphile_requests, ends),
            takes=IN_SQL,
            data=reshaped,
        )


async def add_functions(database_url: str) -> None:
    connection = await asyncpg.connect(database_url)
    await connection.execute((FOLDER / "functions.sql").read_text(encoding="utf-8"))
    await connection.close()


def postgraphile_document(name: str) -> str:
    return (FOLDER / f"{name}.graphql").read_text(encoding="utf-8")


def walked(server: Process, known: list[str]) -> Sequence[str]:
    """PostGraphile's own cursors of the places where the stretches of the list begin; they are walked to once."""
    while len(known) < BLOCKS:
        variables = {"tenant": TENANT, "after": known[-1] if known else None}
        request = graphql({"query": postgraphile_document("walk"), "variables": variables})
        found = json.loads(ask(server, request)[0])["data"]["objectives"]
        known.append(cast("str", found["pageInfo"]["endCursor"]))
    return known


def postgraphile_requests(ends: Callable[[], Sequence[str]], question: Question, subjects: Subjects) -> list[str]:
    document = postgraphile_document(question)
    return [
        graphql({"query": document, "variables": postgraphile_variables(ends, question, subjects, number)})
        for number in range(len(ASKERS))
    ]


def postgraphile_variables(
    ends: Callable[[], Sequence[str]], question: Question, subjects: Subjects, number: int
) -> Mapping[str, object]:
    match question:
        case Question.HOME | Question.FEED:
            return {"tenant": TENANT, "person": subjects.person(number)}
        case Question.TREE:
            return {"tenant": TENANT, "objective": subjects.objective(number)}
        case Question.LIST:
            return {"tenant": TENANT, "after": ends()[subjects.block(number)]}
        case Question.TRACE:
            raise AssertionError("not asked of PostGraphile")


def reshaped(question: Question, answer: object) -> object:
    """PostGraphile's answer in the shape of our schema: the person of the home screen is its root there."""
    found = asked(question, answer)
    if question is Question.HOME:
        root = dict(cast("dict[str, object]", found))
        return flat(root | {"person": {name: root.pop(name) for name in ("id", "name", "nameZh", "initials")}})
    if question is Question.FEED:
        return cast("dict[str, object]", found)["inbox"]
    return flat(found)


def flat(found: object) -> object:
    """Key results as a plain list instead of a page."""
    if isinstance(found, list):
        return [flat(one) for one in cast("list[object]", found)]
    if not isinstance(found, dict):
        return found
    fields = cast("dict[str, object]", found)
    if "keyResults" in fields:
        fields["keyResults"] = cast("dict[str, object]", fields["keyResults"])["nodes"]
    return {name: flat(value) for name, value in fields.items()}
