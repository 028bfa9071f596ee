"""Measures the feed and deep pages: the news of 10, 100 and 1,000 people, and the page behind 900,000 check-ins.

Run it by `python -m tests.benchmarks.pages`. Over HTTP and by single statements, in turns; what was seen is written
to RESULTS-pages.md.
"""

import argparse
import asyncio
import hashlib
import random
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from statistics import median
from uuid import UUID

import asyncpg

from api import settings
from api.identity.keys import Keyring
from domain.kernel import clock
from domain.kernel.actor import Actor, Role
from tests.api.reading.reference import cursor_of
from tests.benchmarks import engines, home, machine, pages_results, rounds
from tests.benchmarks.contenders import Process, graphql, module, process
from tests.benchmarks.engines import DATABASE, Engines
from tests.benchmarks.group_people import BORN, PEOPLE, person
from tests.benchmarks.pages_results import Results, Seen
from tests.benchmarks.tables import TENANT, at
from tests.plans import ways
from tests.plans.explaining import Desk
from tests.plans.questions import Question

COPY = "pages"
FOLLOWED = (10, 100, 1000)
DEPTHS = (0, 1_000, 100_000, 900_000)
SEED = 7
TIMES, SECONDS_MAX = 20, 0.5
"""How often a statement is executed in a round, and for how long at most."""
NEWS = "{ checkIns(first: 20, filter: { line: ALL }) { nodes { id value note recordedAt author { name } } } }"
DEEP = "query($after: String) { checkIns(first: 50, after: $after) { nodes { id value note recordedAt } } }"
SCOPE = "Query.checkIns:NEWEST"
OFFICE = replace(home.actor(3), roles=frozenset({Role.EMPLOYEE, Role.STRATEGY_OFFICE}))
"""Who sees every check-in."""
GENERIC, ANEW = "force_generic_plan", "force_custom_plan"


@dataclass(slots=True, kw_only=True)
class Way:
    """A compiled statement in one of its forms, how it is planned, and what it took in each round."""

    name: str
    planned: str
    sql: str
    values: Sequence[object]
    times: list[float] = field(default_factory=list[float])

    async def round(self, connection: "asyncpg.Connection[asyncpg.Record]") -> None:
        """The median milliseconds of some executions."""
        taken: list[float] = []
        for _ in range(TIMES):
            begun = time.perf_counter()
            await connection.fetchval(self.sql, *self.values)
            taken.append((time.perf_counter() - begun) * 1000)
            if sum(taken) > SECONDS_MAX * 1000:
                break
        self.times.append(median(taken))


def main() -> None:
    parser = argparse.ArgumentParser(description="Measures the feed and deep pages; see RESULTS-pages.md.")
    parser.add_argument("--home", type=Path, help="a folder in which the group is kept for the next time")
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--seconds", type=float, default=1.0, help="length of a round over HTTP")
    options = parser.parse_args()
    with engines.running(options.home, say) as started:
        asyncio.run(engines.provide_group(started, say))
        asyncio.run(copied(started))
        here = replace(started, database_url=started.postgres.url(COPY))
        described = machine.describe(asyncio.run(started.version()))
        bodies = asyncio.run(places(here))
        statements = asyncio.run(by_statement(here, ways_of(bodies), rounds_each=options.rounds))
        http = over_http(here, bodies, rounds_each=options.rounds, seconds=options.seconds)
    pages_results.write(
        Results(
            on=clock.now().date().isoformat(),
            machine=described,
            rounds=options.rounds,
            http=http,
            statements=statements,
        )
    )
    say(f"Written to {pages_results.RESULTS.name}")


async def copied(started: Engines) -> None:
    """A fresh copy of the group, in which three more persons lead ten, a hundred and a thousand of its people."""
    connection = await asyncpg.connect(started.postgres.url("postgres"))
    await connection.execute(f'drop database if exists "{COPY}"')
    await connection.execute(f'create database "{COPY}" template "{DATABASE}"')
    await connection.close()
    connection = await asyncpg.connect(started.postgres.url(COPY))
    for number, count in enumerate(FOLLOWED, start=PEOPLE):
        columns = "tenant_id, id, code, name, email, locale, zone, created_at"
        values = (
            f"'{TENANT}', '{person(number)}', 'L{count}', 'Leader', 'l{count}@group.example', 'en', 'UTC', '{at(0)}'"
        )
        await connection.execute(f"insert into person ({columns}) values ({values})")
        below = [UUID(person(one)) for one in random.Random(SEED).sample(range(PEOPLE), count)]
        await connection.execute(
            f"insert into reporting_closure select '{TENANT}', '{person(number)}', unnest($1::uuid[]), 2, '{BORN}', "
            "'infinity'",
            below,
        )
    await connection.execute("vacuum analyze person")
    await connection.execute("vacuum analyze reporting_closure")
    await connection.close()


def leader(count: int) -> Actor:
    return home.actor(PEOPLE + FOLLOWED.index(count))


async def places(here: Engines) -> Mapping[int, str]:
    """What a cursor says at each depth but the first."""
    connection = await asyncpg.connect(here.database_url)
    found = {
        depth: str(
            await connection.fetchval(
                "select json_build_array(recorded_at, id)::text from check_in "
                f"order by recorded_at desc, id desc offset {depth - 1} limit 1"
            )
        )
        for depth in DEPTHS[1:]
    }
    await connection.close()
    return found


def ways_of(bodies: Mapping[int, str]) -> list[Way]:
    """The feed in both forms, and deep pages by cursor and by offset."""
    woven, plain = Desk(), ways.without_strands()
    found: list[Way] = []
    for count in FOLLOWED:
        news = Question("news", NEWS, "", leader(count), {})
        found += [
            way(f"woven, {count}", GENERIC, woven, news),
            way(f"plain, {count}", GENERIC, plain, news),
            way(f"planned, {count}", ANEW, plain, news),
        ]
    for depth in DEPTHS:
        cursor = cursor_of(woven.secret, SCOPE, bodies[depth]) if depth else None
        found.append(way(f"cursor, {depth}", GENERIC, woven, Question("deep", DEEP, "", OFFICE, {"after": cursor})))
        offset = way(f"offset, {depth}", GENERIC, plain, Question("deep", DEEP, "", OFFICE, {"after": None}))
        assert offset.sql.count("limit 50") == 1
        offset.sql = offset.sql.replace("limit 50", f"limit 50 offset {depth}")
        found.append(offset)
    return found


def way(name: str, planned: str, desk: Desk, question: Question) -> Way:
    plan, values = desk.compile(question, question.variables)
    return Way(name=name, planned=planned, sql=plan.sql, values=values)


async def by_statement(here: Engines, all_ways: Sequence[Way], *, rounds_each: int) -> Mapping[str, Sequence[float]]:
    """Each way in turn, after a round that is not counted."""
    connections = {
        planned: await asyncpg.connect(
            here.database_url,
            server_settings={
                "role": "catchball_app",
                "plan_cache_mode": planned,
                "jit": "off",
                "max_parallel_workers_per_gather": "0",
                "app.tenant_id": TENANT,
            },
            max_cacheable_statement_size=500_000,
        )
        for planned in (GENERIC, ANEW)
    }
    for turn in range(rounds_each + 1):
        for one in all_ways if turn % 2 else reversed(all_ways):
            await one.round(connections[one.planned])
    for connection in connections.values():
        await connection.close()
    for one in all_ways:
        del one.times[0]
        say(f"{one.name}: {median(one.times):.2f} ms")
    return {one.name: one.times for one in all_ways}


def over_http(
    here: Engines, bodies: Mapping[int, str], *, rounds_each: int, seconds: float
) -> Mapping[str, Sequence[Seen]]:
    """The same pages of the product, which lets one person ask as often as they like for this."""
    with process(here, "planner with room", module("tests.benchmarks.roomy")) as web:
        asked = requests(web, bodies)
        found: dict[str, list[Seen]] = {name: [] for name in asked}
        for turn in range(rounds_each + 1):
            for name in asked if turn % 2 else reversed(asked):
                seen = rounds.one_round(here, web, [asked[name]], clients=1, seconds=seconds)
                if turn:
                    found[name].append(Seen(seen.seen.p50, seen.milliseconds(seen.spent.postgres)))
    for name, times in found.items():
        say(f"{name} over HTTP: p50 {median(one.p50 for one in times):.2f} ms")
    return found


def requests(web: Process, bodies: Mapping[int, str]) -> dict[str, str]:
    """Whole HTTP requests by the names of the statements that answer them."""
    keys = Keyring(settings.read(web.environment).key_folder)
    secret = hashlib.sha256(b"cursor" + keys.refresh_secret).digest()
    found: dict[str, str] = {}
    for count in FOLLOWED:
        [token] = home.tokens(web.environment, [PEOPLE + FOLLOWED.index(count)])
        found[f"woven, {count}"] = graphql({"query": NEWS}, token=token)
    for depth in DEPTHS:
        [token] = home.tokens(web.environment, [3], OFFICE.roles)
        after = cursor_of(secret, SCOPE, bodies[depth]) if depth else None
        found[f"cursor, {depth}"] = graphql({"query": DEEP, "variables": {"after": after}}, token=token)
    return found


def say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
