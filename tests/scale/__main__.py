"""`make scale-test`: a large installation on one machine, and what must hold in it; ends with 1 if anything does not.

`--record` writes what was seen to `tests/scale/RESULTS.md`.
"""

import argparse
import asyncio
import sys
import time
import traceback
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import redis as redis_client

from domain.kernel import clock
from tests.benchmarks import machine
from tests.scale import people, product, rates, servers, tenants, trials
from tests.scale.bouncer import NoBouncer, program, version
from tests.scale.people import Company
from tests.scale.product import Caller, Process, Product
from tests.scale.servers import COPY, CROWDED, DATABASE, Servers

COMPANIES = 4
READS = 200
RESTART_SECONDS = 1.0
HEAD = """# What holds at scale

Written by `make scale-test ARGS=--record` on {on}. All servers, processes and clients share one machine, so the rates
say what PgBouncer costs there, not what an installation can do; {rounds} rounds in turns, medians. Where others use the
machine, too, trust the processor times and not the rates.
"""
RESULTS = Path(__file__).with_name("RESULTS.md")


@dataclass(slots=True)
class Report:
    """One line for each trial."""

    lines: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    failed: int = 0

    def run(self, name: str, trial: Callable[[], str]) -> None:
        """A trial that fails is told of and hinders no other."""
        begun = time.monotonic()
        try:
            self.tell(name, trial())
        except Exception as error:  # noqa: BLE001 - the others are still worth seeing
            self.failed += 1
            self.tell(name, f"FAILED: {error}")
            traceback.print_exc()
        sys.stdout.write(f"  {time.monotonic() - begun:.1f} s\n")

    def tell(self, name: str, found: str) -> None:
        self.lines.append((name, found))
        sys.stdout.write(f"{name}: {found}\n")
        sys.stdout.flush()

    def text(self, postgres_version: str) -> str:
        """As it is written down."""
        table = "".join(f"| {name} | {found} |\n" for name, found in self.lines)
        lines = "".join(f"- {line}\n" for line in machine.describe(postgres_version))
        return f"{HEAD.format(on=clock.now().date(), rounds=rates.ROUNDS)}\n{lines}\n| | seen |\n|---|---|\n{table}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rates", action="store_true", help="measure the rates alone")
    parser.add_argument("--record", action="store_true", help="write the results down")
    options = parser.parse_args()
    try:
        found = program()
    except NoBouncer as missing:
        sys.stdout.write(f"{missing}\n")
        return 1
    report = Report()
    begun = time.monotonic()
    with servers.folder() as home, servers.running(home) as running:
        setting = (
            f"PgBouncer {'.'.join(map(str, version(found)))}, one standby, two webs, two workers, {COMPANIES} tenants"
        )
        report.tell("the installation", setting)
        if not options.rates:
            try_all(report, running)
        with compared(running) as both:
            measure(report, running, both)
        postgres_version = str(running.ask("show server_version"))
    report.tell("all of it", f"{time.monotonic() - begun:.0f} s, {report.failed} failed")
    if options.record:
        RESULTS.write_text(report.text(postgres_version))
    return 1 if report.failed else 0


@contextmanager
def large(running: Servers) -> Generator[Product]:
    """Both webs by PgBouncer; one reads the standby by PgBouncer, too, the other itself."""
    pooled = running.bouncer.url(DATABASE)
    replicas = [running.bouncer.url(COPY), running.standby_url]
    with product.running(running, database_urls=[pooled] * 2, replica_urls=replicas, workers=2) as made:
        yield made


@contextmanager
def compared(running: Servers) -> Generator[Product]:
    """One web without PgBouncer, one with it."""
    urls = [running.direct_url, running.bouncer.url(DATABASE)]
    with product.running(running, database_urls=urls, replica_urls=["", ""], workers=0) as made:
        yield made


def try_all(report: Report, running: Servers) -> None:
    report.run("tenants by one server connection", lambda: asyncio.run(tenants.meet(running.bouncer.url(CROWDED))))
    companies = asyncio.run(people.provide(running.bouncer.url(DATABASE), COMPANIES))
    with large(running) as made:
        try_product(report, running, made, companies)


def try_product(report: Report, running: Servers, made: Product, companies: list[Company]) -> None:
    first, *_ = companies
    partner = Caller(made.urls).come_in(first.client_id, first.secret)
    months = trials.Months()
    report.run("goals by both webs in turn", lambda: trials.turns(running, made, companies))
    report.run("live hints across webs", lambda: trials.hints(running, made, first))
    report.run("own writes, the standby follows", lambda: trials.own_writes(made, partner, months))

    def paused() -> str:
        with trials.paused(running):
            return trials.own_writes(made, partner, months)

    report.run("own writes, the standby stands still", paused)
    time.sleep(product.PAUSE_SECONDS * 10)
    report.run("a client that only reads", lambda: trials.reads(made, partner, READS))
    report.run("accidents", lambda: trials.storm(running, made, companies, accidents(running, made)))
    report.run("doctor", lambda: doctor(running))


def accidents(running: Servers, made: Product) -> list[Callable[[], None]]:
    def again(process: Process) -> Callable[[], None]:
        def accident() -> None:
            process.kill()
            time.sleep(RESTART_SECONDS)
            process.start()

        return accident

    def bouncer() -> None:
        running.bouncer.stop()
        time.sleep(RESTART_SECONDS)
        running.bouncer.start()

    return [
        again(made.webs[1]),
        again(made.workers[0]),
        bouncer,
        running.standby.stop,
        lambda: forget(running),
        again(made.webs[0]),
    ]


def forget(running: Servers) -> None:
    """Redis loses all that it held."""
    client = redis_client.Redis.from_url(running.redis.url())  # pyright: ignore[reportUnknownMemberType] - untyped options
    client.flushall()  # pyright: ignore[reportUnknownMemberType] - untyped options
    client.close()


def doctor(running: Servers) -> str:
    """What it says of a standby that is gone."""
    environment = {
        "DATABASE_URL": running.direct_url,
        "REPLICA_URL": running.standby_url,
        "REDIS_URL": running.redis.url(),
        "CATCHBALL_HOME": str(running.home),
    }
    said = product.output("doctor", environment)
    [line] = [line for line in said.splitlines() if "replica" in line]
    assert "does not answer" in line, said
    return line.strip().split("(")[0] + "…"


def measure(report: Report, running: Servers, both: Product) -> None:
    companies = asyncio.run(people.provide(running.direct_url, rates.COMPANIES))

    def run() -> str:
        bouncer = running.bouncer.child.pid
        direct, pooled = rates.measure(both, bouncer, companies, lambda: forget(running))
        report.tell("home screens, direct", rates.median(direct))
        report.tell("home screens, by PgBouncer", rates.median(pooled))
        return rates.ratio(direct, pooled)

    report.run("by PgBouncer, of direct", run)


if __name__ == "__main__":
    sys.exit(main())
