"""Measures live updates: memory of an idle socket, and when the last of many has heard of one hint.

Run it by `python -m tests.benchmarks.sockets`. The product stands beside bare hubs in the same run, in turns; what was
seen is written to RESULTS-sockets.md.
"""

import argparse
import asyncio
import json
import resource
import subprocess
import sys
from collections.abc import Generator, Iterable, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO
from uuid import UUID

import asyncpg
import psutil

from api import settings
from api.guard.trusted import read_manifest
from api.identity.authority import tokens_of
from api.identity.keys import Keyring
from domain.kernel import clock, database
from domain.kernel.actor import Actor, Role
from tests.benchmarks import engines, machine, sockets_results
from tests.benchmarks.engines import DATABASE, ROOT, Engines
from tests.benchmarks.group_people import person
from tests.benchmarks.sockets_clients import Order
from tests.benchmarks.sockets_results import Figures, Part, Results
from tests.benchmarks.tables import TENANT

SOCKETS = 10_000
FEW = 1_000
WARM = 100
"""Sockets that are open before memory is read for the first time."""


@dataclass(kw_only=True)
class Side:
    """A server, or several that share the sockets, with the process of its clients."""

    name: str
    servers: Sequence[int]
    clients: "subprocess.Popen[str]"
    figures: Figures = field(default_factory=Figures)

    def ask(self, words: str) -> dict[str, float]:
        """What the clients answer to one line."""
        stdin, stdout = pipes(self.clients)
        stdin.write(f"{words}\n")
        stdin.flush()
        line = stdout.readline()
        assert line, f"the clients of {self.name} ended"
        return json.loads(line)

    def memory(self) -> int:
        """Bytes that no other process shares, of all servers."""
        return sum(psutil.Process(pid).memory_full_info().uss for pid in self.servers)

    def round(self, count: int) -> None:
        """One hint to everybody, and what it took."""
        before = sum(machine.processor_seconds(pid) for pid in self.servers)
        heard = self.ask("hint")
        spent = sum(machine.processor_seconds(pid) for pid in self.servers) - before
        self.figures.add(count, middle=heard["median"], last=heard["last"], spent=spent * 1000)


def pipes(process: "subprocess.Popen[str]") -> tuple[IO[str], IO[str]]:
    assert process.stdin is not None
    assert process.stdout is not None
    return process.stdin, process.stdout


def main() -> None:
    parser = argparse.ArgumentParser(description="Measures live updates; see RESULTS-sockets.md.")
    parser.add_argument("--rounds", type=int, default=15, help="hints for each number of sockets")
    parser.add_argument("--sockets", type=int, default=SOCKETS, help="the largest number of sockets")
    options = parser.parse_args()
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    with engines.running(None, say) as started:
        asyncio.run(migrate(started))
        described = machine.describe(asyncio.run(started.version()))
        counts, rounds, sockets = [FEW, options.sockets], options.rounds, options.sockets
        with (
            bare(started, "bare hub") as hub,
            bare(started, "bare hub, frame made once", CATCHBALL_FRAME="once") as ceiling,
            product(started, "product", processes=1, sockets=sockets) as one,
        ):
            first = measure([hub, ceiling, one], counts=counts, rounds=rounds)
        with product(started, "product", processes=2, sockets=sockets) as two:
            with bare(started, "bare hub") as hub:
                second = measure([hub, two], counts=counts, rounds=rounds)
            connections = asyncio.run(sockets_results.redis_connections(started.redis_url))
    sockets_results.write(
        Results(
            on=clock.now().date().isoformat(),
            machine=[*described, sockets_results.libraries()],
            rounds=options.rounds,
            parts={"one web process": first, "two web processes": second},
            connections=connections,
        )
    )


async def migrate(started: Engines) -> None:
    """An empty database of the product."""
    connection = await asyncpg.connect(started.postgres.url("postgres"))
    await connection.execute(f'create database "{DATABASE}"')
    await connection.close()
    await database.migrate(started.database_url)


@contextmanager
def product(started: Engines, name: str, *, processes: int, sockets: int) -> Generator[Side]:
    """Web processes as in production, and clients who each have a token of their own."""
    with ExitStack() as running:
        ports = [engines.free_port() for _ in range(processes)]
        children = [
            running.enter_context(
                engines.server(
                    f"web-{port}",
                    ["catchball", "web"],
                    engines.environment(started, ports[0]) | {"CATCHBALL_PORT": str(port)},
                    ready=f"http://127.0.0.1:{port}/readyz",
                )
            )
            for port in ports
        ]
        read = settings.read(engines.environment(started, ports[0]))
        tokens = tokens_of(read, Keyring(read.key_folder))
        order = Order(
            ports=ports,
            channel="",
            redis_url=started.redis_url,
            tenant=TENANT,
            hearers=[person(number) for number in range(sockets)],
            tokens=[tokens.issue_to_person(actor(number)) for number in range(sockets)],
            document_id=hints_id(),
        )
        yield running.enter_context(side(name, [child.pid for child in children], order))


@contextmanager
def bare(started: Engines, name: str, **told: str) -> Generator[Side]:
    """A bare hub and as many clients."""
    port = engines.free_port()
    environment = engines.environment(started, port) | told
    ready = f"http://127.0.0.1:{port}/readyz"
    with engines.server(f"bare-{port}", ["tests.benchmarks.sockets_bare"], environment, ready=ready) as child:
        people = [person(number) for number in range(SOCKETS)]
        order = Order(
            ports=[port],
            channel=f"bare:{port}",
            redis_url=started.redis_url,
            tenant=TENANT,
            hearers=people,
            tokens=[],
            document_id="",
        )
        with side(name, [child.pid], order) as made:
            yield made


@contextmanager
def side(name: str, servers: Sequence[int], order: Order) -> Generator[Side]:
    """A server with the process of its clients, which ends with the block."""
    command = [sys.executable, "-m", "tests.benchmarks.sockets_clients"]
    clients = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    try:
        pipes(clients)[0].write(json.dumps(asdict(order)) + "\n")
        yield Side(name=name, servers=servers, clients=clients)
    finally:
        pipes(clients)[0].close()
        try:
            clients.wait(20)
        except subprocess.TimeoutExpired:
            clients.kill()
            clients.wait()


def actor(number: int) -> Actor:
    """A person at a device of their own."""
    me = UUID(person(number))
    return Actor(UUID(TENANT), "UTC", person_id=me, session_id=me, roles=frozenset({Role.EMPLOYEE}))


def hints_id() -> str:
    """The id of the app's document of hints."""
    manifest = read_manifest(Path(ROOT) / "mobile" / "trusted.json")
    return [trusted_id for trusted_id, text in manifest.items() if text.startswith("subscription Hints ")][-1]


def measure(sides: Sequence[Side], *, counts: Iterable[int], rounds: int) -> Part:
    """Memory first, then rounds in turns; the order changes from round to round."""
    for one in sides:
        one.ask(f"open {WARM}")
        one.ask("hint")
    warm = {one.name: one.memory() for one in sides}
    for count in counts:
        for one in sides:
            one.ask(f"open {count}")
            one.figures.bytes_each[count] = (one.memory() - warm[one.name]) / (count - WARM)
            say(f"{one.name}: {one.figures.bytes_each[count] / 1000:.1f} kB for each of {count:,} sockets")
        for turn in range(rounds):
            for one in sides if turn % 2 else reversed(sides):
                one.round(count)
        for one in sides:
            say(f"{one.name}: the last of {count:,} heard after {one.figures.last_median(count):.1f} ms")
    return {one.name: one.figures for one in sides}


def say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
