"""The measuring: every server under the same load in turns, after their answers were compared."""

import json
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

from tests.benchmarks import machine
from tests.benchmarks.contenders import Contender, Process, ask
from tests.benchmarks.engines import ROOT, Engines
from tests.benchmarks.load import Order, Seen
from tests.benchmarks.machine import Spent
from tests.benchmarks.questions import BLOCKS, PERSONAL, Question, Subjects, plain

COMPARED = 100
WARM_SECONDS = 2.0
CLIENTS = (1, 16, 64)
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """What one server did in one round."""

    seen: Seen
    spent: Spent

    def milliseconds(self, seconds: float) -> float:
        """Processor time per answer."""
        return seconds * 1000 / max(1, self.seen.answered)


Rounds = Mapping[int, Sequence[Mapping[str, Round]]]
"""By number of clients: round by round, what each server did, by its name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question with one list of requests for each server: they answer it alike."""

    question: Question
    contenders: Sequence[Contender]
    requests: Mapping[str, Sequence[str]]
    sizes: Mapping[str, int]
    """The median of bytes of an answer."""


def compare(question: Question, contenders: Sequence[Contender], subjects: Subjects) -> Asked:
    """Puts the question to all; AssertionError where two answers differ in what they mean."""
    answering = [one for one in contenders if question in one.takes]
    requests = {one.name: one.requests(question, subjects) for one in answering}
    sizes: dict[str, list[int]] = {one.name: [] for one in answering}
    first, *others = answering
    for number in compared(question, len(requests[first.name])):
        meant = answer_of(first, question, requests[first.name][number], sizes)
        for other in others:
            theirs = answer_of(other, question, requests[other.name][number], sizes)
            assert theirs == meant, f"{question} {number}: {other.name} and {first.name} differ"
    medians = {name: int(median(found)) for name, found in sizes.items()}
    return Asked(question=question, contenders=answering, requests=requests, sizes=medians)


def compared(question: Question, count: int) -> range:
    """The numbers of the requests whose answers are compared: some people of all, or what all ask about in turn."""
    return range(0, count, count // COMPARED) if question in PERSONAL else range(BLOCKS)


def answer_of(contender: Contender, question: Question, request: str, sizes: Mapping[str, list[int]]) -> object:
    """What an answer means, its size noted."""
    received = ask(contender.process, request)[0]
    sizes[contender.name].append(len(received))
    answer = json.loads(received)
    assert "errors" not in answer, f"{contender.name}: {answer['errors']}"
    return plain(contender.data(question, answer))


def measure(started: Engines, asked: Asked, *, rounds: int, seconds: float, say: Say) -> Rounds:
    """In turns, so that what else the machine does meets all; who begins changes from round to round."""
    for contender in asked.contenders:
        load(contender.process, asked.requests[contender.name], clients=16, seconds=WARM_SECONDS)
    found: dict[int, list[dict[str, Round]]] = {}
    for clients in CLIENTS:
        for turn in range(rounds):
            at = turn % len(asked.contenders)
            order = [*asked.contenders[at:], *asked.contenders[:at]]
            seen = {
                one.name: one_round(started, one.process, asked.requests[one.name], clients=clients, seconds=seconds)
                for one in order
            }
            found.setdefault(clients, []).append(seen)
            rates = ", ".join(f"{one.name} {seen[one.name].seen.per_second:,.0f}" for one in asked.contenders)
            say(f"{asked.question}, {clients} clients: {rates} answers per second")
    return found


def one_round(started: Engines, server: Process, requests: Sequence[str], *, clients: int, seconds: float) -> Round:
    """Load on one server, and what it took."""
    pids = {"server": server.pid, "postgres": started.postgres.child.pid, "redis": started.redis.child.pid}
    before = machine.spent(**pids)
    seen = load(server, requests, clients=clients, seconds=seconds)
    assert not seen.failed, f"{seen.failed} requests of {len(requests)} were refused"
    return Round(seen=seen, spent=machine.spent(**pids) - before)


def load(server: Process, requests: Sequence[str], *, clients: int, seconds: float) -> Seen:
    """What a load generator in a process of its own saw."""
    order = Order(port=server.port, requests=requests, clients=clients, seconds=seconds)
    command = [sys.executable, "-m", "tests.benchmarks.load"]
    done = subprocess.run(
        command, input=json.dumps(asdict(order)), capture_output=True, text=True, check=True, cwd=ROOT
    )
    return Seen(**json.loads(done.stdout))


def statements_each(started: Engines, asked: Asked, *, count: int = 20) -> dict[str, float]:
    """How many statements PostgreSQL executed for one warm answer of each server, by its own log.

    The last to ask are those who are asked for least: each person's budget must last for the rounds.
    """
    return {
        one.name: statements_of(started, one, asked.requests[one.name][-count:]) / count for one in asked.contenders
    }


def statements_of(started: Engines, contender: Contender, requests: Sequence[str]) -> int:
    log = Path(started.postgres.child.log)
    for request in requests:
        ask(contender.process, request)
    with started.logging_statements():
        begin = log.stat().st_size
        for request in requests:
            ask(contender.process, request)
        lines = log.read_bytes()[begin:].decode(errors="replace").splitlines()
    return sum("execute " in line or "statement: " in line for line in lines)


def compressed_sizes(contender: Contender, requests: Sequence[str]) -> dict[str, int]:
    """The median size of some answers by the encoding that a client takes; each encoding by other people."""
    return {
        encoding: int(
            median(
                len(ask(contender.process, one, **{"Accept-Encoding": encoding})[0])
                for one in requests[BLOCKS + turn :: len(requests) // BLOCKS]
            )
        )
        for turn, encoding in enumerate(("gzip", "br", "zstd"))
    }
