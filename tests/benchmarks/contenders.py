"""The servers that are measured: each a process, and how each question is put to it over HTTP."""

import json
import signal
import sys
import time
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from itertools import pairwise
from typing import cast

from api.embedded.child import Child
from domain.kernel.actor import Role
from tests.benchmarks import engines, home, questions
from tests.benchmarks.engines import PATIENCE_SECONDS, ROOT, Engines
from tests.benchmarks.questions import ASKERS, BLOCKS, NAMES, PAGES, Place, Question, Subjects

ALL = frozenset(Question)
IN_SQL = ALL - {Question.TRACE}
"""What needs no rules in Python."""
SEES_ALL = frozenset({Role.EMPLOYEE, Role.STRATEGY_OFFICE})
POLL_SECONDS = 0.02


@dataclass(frozen=True, slots=True, kw_only=True)
class Process:
    """A running server, what it was told, and how long it took until it answered."""

    port: int
    pid: int
    environment: Mapping[str, str]
    start_seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Contender:
    """A running server: whole HTTP requests for a question, one for each subject, and the data of its answers."""

    name: str
    process: Process
    requests: Callable[[Question, Subjects], list[str]]
    takes: frozenset[Question] = ALL
    data: Callable[[Question, object], object] = questions.asked


@contextmanager
def process(
    started: Engines, name: str, command: Sequence[str], given: Mapping[str, str] | None = None
) -> Generator[Process]:
    """A server that ends with the block, entered when it answers."""
    port = engines.free_port()
    environment = engines.environment(started, port) | {"PYTHONPATH": str(ROOT)} | dict(given or {})
    log = started.home / "logs" / f"{name.replace(' ', '-')}.log"
    child = Child(name=name, command=command, log=log, last_signal=signal.SIGTERM, environment=environment)
    begun = time.perf_counter()
    child.start()
    try:
        wait_until_answering(child, port)
        yield Process(port=port, pid=child.pid, environment=environment, start_seconds=time.perf_counter() - begun)
    finally:
        child.stop(signal.SIGTERM, patience_seconds=10)


def wait_until_answering(child: Child, port: int) -> None:
    """Until the server has an answer to anything, be it that there is nothing: not all have a page for this."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        child.require_alive()
        connection = HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", "/readyz")
            if connection.getresponse().status < 500:
                return
        except OSError:
            time.sleep(POLL_SECONDS)
        finally:
            connection.close()
    raise AssertionError(f"{child.name} does not answer: see {child.log}")


def module(name: str) -> list[str]:
    """A module as a process of this Python."""
    return [sys.executable, "-m", name]


@contextmanager
def planner(started: Engines) -> Generator[Contender]:
    """The product as it is installed, for what a document may cost."""
    with process(started, "planner", [*module("catchball"), "web"]) as web:
        yield product("planner", web, ALL - {Question.TREE})


@contextmanager
def roomy(started: Engines) -> Generator[Contender]:
    """The product with more room for one document, for the tree."""
    with process(started, "planner with room", module("tests.benchmarks.roomy")) as web:
        yield product("planner", web, frozenset({Question.TREE}))


def product(name: str, web: Process, asked: frozenset[Question]) -> Contender:
    return Contender(
        name=name,
        process=web,
        takes=asked,
        requests=lambda question, subjects: planned(question, subjects, web.environment),
    )


def planned(question: Question, subjects: Subjects, environment: Mapping[str, str]) -> list[str]:
    """As the app and other clients send them; who asks for rows of everybody is of the strategy office."""
    roles = home.EMPLOYEE if question in questions.PERSONAL else SEES_ALL
    return [
        graphql(body(question, subjects, number), token=token)
        for number, token in enumerate(home.tokens(environment, ASKERS, roles))
    ]


def body(question: Question, subjects: Subjects, number: int) -> Mapping[str, object]:
    match question:
        case Question.HOME:
            return home.trusted_body("Home")
        case Question.FEED:
            return home.trusted_body("Inbox")
        case Question.TREE:
            return {"query": questions.TREE, "variables": {"objective": f"obj_{subjects.objective(number)}"}}
        case Question.LIST:
            return {"query": questions.LIST, "variables": dict(zip(NAMES, subjects.place(number).cursors, strict=True))}
        case Question.TRACE:
            return {"query": questions.TRACE, "variables": {"after": subjects.place(number).cursors[0]}}


def graphql(body: Mapping[str, object], *, token: str | None = None) -> str:
    """A request as GraphQL over HTTP has it."""
    text = json.dumps(body)
    authorization = f"Authorization: Bearer {token}\r\n" if token else ""
    return (
        "POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        "Accept: application/graphql-response+json, application/json;q=0.9\r\n"
        f"{authorization}Content-Length: {len(text)}\r\n\r\n{text}"
    )


@contextmanager
def by_hand(started: Engines) -> Generator[Contender]:
    """One hand-written statement for each question behind a bare route."""
    with process(started, "by hand", module("tests.benchmarks.by_hand.server")) as bare:
        yield Contender(name="by hand", process=bare, requests=bare_requests, takes=IN_SQL)


def bare_requests(question: Question, subjects: Subjects) -> list[str]:
    paths = (bare_path(question, subjects, number) for number in range(len(ASKERS)))
    return [f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n" for path in paths]


def bare_path(question: Question, subjects: Subjects, number: int) -> str:
    match question:
        case Question.HOME | Question.FEED:
            return f"/{question}/{subjects.person(number)}"
        case Question.TREE:
            return f"/tree/{subjects.objective(number)}"
        case Question.LIST:
            place = subjects.place(number)
            return f"/list/{place.at}/{place.id}"
        case Question.TRACE:
            raise AssertionError("not asked by hand")


def ask(server: Process, request: str, **headers: str) -> tuple[bytes, Mapping[str, str]]:
    """One answer as it was sent, and its headers in lower case."""
    head, _, content = request.partition("\r\n\r\n")
    first, *lines = head.split("\r\n")
    method, path, _ = first.split(" ")
    connection = HTTPConnection("127.0.0.1", server.port, timeout=60)
    try:
        given = dict(cast("tuple[str, str]", tuple(line.split(": ", 1))) for line in lines) | headers
        connection.request(method, path, content or None, given)
        answer = connection.getresponse()
        received = answer.read()
        assert answer.status == 200, received[:500]
        return received, {name.lower(): value for name, value in answer.getheaders()}
    finally:
        connection.close()


def find_subjects(web: Process) -> Subjects:
    """Walks the product's list to find where its stretches begin."""
    stretches: list[list[tuple[str, Mapping[str, str]]]] = [[]]
    cursor: str | None = None
    for token in home.tokens(web.environment, ASKERS[: (BLOCKS + 1) * PAGES], SEES_ALL):
        request = graphql({"query": questions.WALK, "variables": {"after": cursor}}, token=token)
        page = json.loads(ask(web, request)[0])["data"]["objectives"]
        if len(stretches[-1]) == PAGES:
            stretches.append([])
        cursor = cast("str", page["pageInfo"]["endCursor"])
        stretches[-1].append((cursor, page["nodes"][-1]))
    return Subjects(places=[place_behind(*pair) for pair in pairwise(stretches)])


def place_behind(
    before: Sequence[tuple[str, Mapping[str, str]]], stretch: Sequence[tuple[str, Mapping[str, str]]]
) -> Place:
    """The place behind one stretch, with a cursor for each page of the next."""
    cursor, last = before[-1]
    return Place(
        at=last["createdAt"],
        id=last["id"].removeprefix("obj_"),
        cursors=(cursor, *(one for one, _ in stretch[:-1])),
    )
