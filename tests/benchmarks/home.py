"""The home screen by the product beside the same rows by one hand-written statement, in turns, under the same load."""

import json
import subprocess
import sys
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from typing import cast
from uuid import UUID

from api import settings
from api.guard.trusted import read_manifest
from api.identity.authority import tokens_of
from api.identity.keys import Keyring
from domain.kernel.actor import Actor, Role
from tests.benchmarks import engines, machine
from tests.benchmarks.engines import ROOT, Engines
from tests.benchmarks.group_people import PEOPLE, person
from tests.benchmarks.load import Order, Seen
from tests.benchmarks.machine import Spent
from tests.benchmarks.tables import TENANT

STRIDE = 3
"""Every third person asks: enough that no rate limit is reached, and that each tenth of them leads a team."""
COMPARED = 200
WARM_SECONDS = 4.0
CLIENTS = (1, 16, 64)
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """One of the two, with a whole HTTP request for each person."""

    name: str
    port: int
    pid: int
    requests: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """What one server did in one round."""

    seen: Seen
    spent: Spent

    def milliseconds(self, seconds: float) -> float:
        """Processor time per answer."""
        return seconds * 1000 / max(1, self.seen.answered)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """The two servers of a benchmark."""

    product: Server
    by_hand: Server


Rounds = Mapping[int, Sequence[tuple[Round, Round]]]
"""By number of clients: product and hand-written, round by round."""


@contextmanager
def servers(started: Engines) -> Generator[Pair]:
    """Both processes, ready to answer."""
    ports = [engines.free_port(), engines.free_port()]
    environments = [engines.environment(started, port) for port in ports]
    web = engines.server("web", ["catchball", "web"], environments[0], ready=f"http://127.0.0.1:{ports[0]}/readyz")
    words = ["tests.benchmarks.by_hand"]
    bare = engines.server("by-hand", words, environments[1], ready=f"http://127.0.0.1:{ports[1]}/readyz")
    with web as product, bare as by_hand:
        people = range(0, PEOPLE, STRIDE)
        yield Pair(
            product=Server(
                name="planner", port=ports[0], pid=product.pid, requests=planned_requests(environments[0], people)
            ),
            by_hand=Server(
                name="by hand", port=ports[1], pid=by_hand.pid, requests=[bare_request(one) for one in people]
            ),
        )


def home_id() -> str:
    """The id of the app's newest document of the name Home."""
    manifest = read_manifest(ROOT / "mobile" / "trusted.json")
    return [trusted_id for trusted_id, text in manifest.items() if text.startswith("query Home ")][-1]


def planned_requests(environment: Mapping[str, str], people: Sequence[int]) -> list[str]:
    """As the app sends them: a trusted document by its id, an access token."""
    read = settings.read(environment)
    tokens = tokens_of(read, Keyring(read.key_folder))
    body = json.dumps({"documentId": home_id(), "variables": {}})
    return [
        "POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        "Accept: application/graphql-response+json, application/json;q=0.9\r\n"
        f"Authorization: Bearer {tokens.issue_to_person(actor(one))}\r\n"
        f"Content-Length: {len(body)}\r\n\r\n{body}"
        for one in people
    ]


def actor(number: int) -> Actor:
    """A person of the generated group at a device; each has a session of their own."""
    me = UUID(person(number))
    return Actor(UUID(TENANT), "UTC", person_id=me, session_id=me, roles=frozenset({Role.EMPLOYEE}))


def bare_request(number: int) -> str:
    return f"GET /home/{person(number)} HTTP/1.1\r\nHost: localhost\r\n\r\n"


def ask(server: Server, number: int, **headers: str) -> tuple[bytes, Mapping[str, str]]:
    """One answer as it was sent, and its headers in lower case."""
    head, _, body = server.requests[number].partition("\r\n\r\n")
    first, *lines = head.split("\r\n")
    method, path, _ = first.split(" ")
    connection = HTTPConnection("127.0.0.1", server.port, timeout=30)
    try:
        given = dict(cast("tuple[str, str]", tuple(line.split(": ", 1))) for line in lines) | headers
        connection.request(method, path, body or None, given)
        answer = connection.getresponse()
        content = answer.read()
        assert answer.status == 200, content[:500]
        return content, {name.lower(): value for name, value in answer.getheaders()}
    finally:
        connection.close()


def compare(pair: Pair) -> list[int]:
    """The sizes in bytes of the product's answers; AssertionError where the two differ."""
    sizes: list[int] = []
    for number in range(0, len(pair.product.requests), len(pair.product.requests) // COMPARED):
        ours, theirs = ask(pair.product, number)[0], ask(pair.by_hand, number)[0]
        assert json.loads(ours) == json.loads(theirs), f"the answers for person {number * STRIDE} differ"
        sizes.append(len(ours))
    return sizes


def compressed_sizes(product: Server) -> dict[str, int]:
    """The median size of answers by the encoding that a client takes."""
    return {
        encoding: int(
            median(len(ask(product, number, **{"Accept-Encoding": encoding})[0]) for number in range(0, 500, 25))
        )
        for encoding in ("gzip", "br", "zstd")
    }


def measure(started: Engines, pair: Pair, *, rounds: int, seconds: float, say: Say) -> Rounds:
    """In turns, so that what else the machine does meets both; the order changes from round to round."""
    for server in (pair.product, pair.by_hand):
        load(server, clients=16, seconds=WARM_SECONDS)
    found: dict[int, list[tuple[Round, Round]]] = {}
    for clients in CLIENTS:
        for turn in range(rounds):
            order = (pair.product, pair.by_hand) if turn % 2 else (pair.by_hand, pair.product)
            seen = {server.name: one_round(started, server, clients=clients, seconds=seconds) for server in order}
            ours, theirs = seen[pair.product.name], seen[pair.by_hand.name]
            found.setdefault(clients, []).append((ours, theirs))
            say(
                f"{clients:>3} clients: planner {ours.seen.per_second:,.0f}, by hand {theirs.seen.per_second:,.0f} "
                f"answers per second, ratio {ours.seen.per_second / theirs.seen.per_second:.2f}"
            )
    return found


def one_round(started: Engines, server: Server, *, clients: int, seconds: float) -> Round:
    """Load on one server, and what it took."""
    pids = {"server": server.pid, "postgres": started.postgres.child.pid, "redis": started.redis.child.pid}
    before = machine.spent(**pids)
    seen = load(server, clients=clients, seconds=seconds)
    assert not seen.failed, f"{server.name} refused {seen.failed} requests"
    return Round(seen=seen, spent=machine.spent(**pids) - before)


def load(server: Server, *, clients: int, seconds: float) -> Seen:
    """What a load generator in a process of its own saw."""
    order = Order(port=server.port, requests=server.requests, clients=clients, seconds=seconds)
    command = [sys.executable, "-m", "tests.benchmarks.load"]
    done = subprocess.run(
        command, input=json.dumps(asdict(order)), capture_output=True, text=True, check=True, cwd=ROOT
    )
    return Seen(**json.loads(done.stdout))


def statements_each(started: Engines, product: Server, *, asked: int = 20) -> list[str]:
    """What PostgreSQL executed for one warm home screen, of the last of several, by its own log."""
    log = Path(started.postgres.child.log)
    for number in range(asked):
        ask(product, number)
    with started.logging_statements():
        begin = log.stat().st_size
        for number in range(asked):
            ask(product, number)
        lines = log.read_bytes()[begin:].decode(errors="replace").splitlines()
    executed = [line for line in lines if "execute " in line or "statement: " in line]
    return [f"{len(executed) / asked:g} per query", *sorted({line.partition("LOG:")[2][:60] for line in executed})]
