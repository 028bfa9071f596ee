"""What the home screen costs in a small group and in a large one: the same product, one database for each size."""

import asyncio
import json
from collections.abc import Generator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace

import asyncpg

from domain.kernel.database import migrate
from tests.benchmarks import group, home
from tests.benchmarks.contenders import Process, ask, graphql, module, process
from tests.benchmarks.engines import DATABASE, Engines
from tests.benchmarks.group_people import PEOPLE
from tests.benchmarks.rounds import WARM_SECONDS, Round, Say, load, one_round

ASKERS_MAX = 3334
CLIENTS = (1, 16)
Sizes = Mapping[int, Mapping[int, Sequence[Round]]]
"""By number of people, then by number of clients: the rounds."""


def measure(started: Engines, people: Sequence[int], *, rounds: int, seconds: float, say: Say) -> Sizes:
    """In turns over the sizes."""
    found: dict[int, dict[int, list[Round]]] = {size: {} for size in people}
    with ExitStack() as stack:
        served = {size: stack.enter_context(serve(started, size, say)) for size in people}
        for web, requests in served.values():
            load(web, requests, clients=16, seconds=WARM_SECONDS)
        for clients in CLIENTS:
            for _ in range(rounds):
                for size, (web, requests) in served.items():
                    seen = one_round(started, web, requests, clients=clients, seconds=seconds)
                    found[size].setdefault(clients, []).append(seen)
                    say(f"{size:,} people, {clients} clients: p50 {seen.seen.p50:.2f} ms")
    return found


@contextmanager
def serve(started: Engines, people: int, say: Say) -> Generator[tuple[Process, Sequence[str]]]:
    """The product over a group of this many people, and their requests."""
    database = DATABASE if people == PEOPLE else f"{DATABASE}_{people}"
    asyncio.run(provide(started, database, people, say))
    here = replace(started, database_url=started.postgres.url(database))
    with process(here, f"planner {people}", [*module("catchball"), "web"]) as web:
        askers = range(0, people, max(1, people // ASKERS_MAX))
        sent = [graphql(home.trusted_body("Home"), token=token) for token in home.tokens(web.environment, askers)]
        shown = json.loads(ask(web, sent[-1])[0])["data"]["home"]
        assert shown["objectives"]["nodes"], "the last of the group has objectives, too"
        yield web, sent


async def provide(started: Engines, database: str, people: int, say: Say) -> None:
    """Makes the group of this size unless a kept home has it, which is brought to the newest migration."""
    connection = await asyncpg.connect(started.postgres.url("postgres"))
    try:
        if await connection.fetchval("select 1 from pg_database where datname = $1", database):
            await migrate(started.postgres.url(database))
            return
        say(f"A group of {people:,} people is made")
        draft = f"{database}_draft"
        await connection.execute(f'drop database if exists "{draft}"')
        await connection.execute(f'create database "{draft}"')
        await group.load(started.postgres.url(draft), say, people=people)
        await connection.execute(f'alter database "{draft}" rename to "{database}"')
    finally:
        await connection.close()
