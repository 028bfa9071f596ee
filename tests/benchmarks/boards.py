"""Measures a board: the top twenty and one's exact rank in SQL beside a sorted set of Redis, and a thousand additions.

`python -m tests.benchmarks.boards` writes RESULTS-boards.md. Both hold the same points, a tenant of 10,000 and one of a
million, and are asked in turns.
"""

import argparse
import asyncio
import math
import sys
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from random import Random
from statistics import median
from typing import cast
from uuid import UUID

import asyncpg
import orjson
import redis as blocking
from redis.asyncio import Redis

from api import schema
from api.guard.documents import Documents, hash_text
from api.reading import catalogue
from api.reading.plan import Plan
from api.reading.planning import Planner
from domain.kernel import clock, database, views
from domain.kernel.actor import Actor
from domain.kernel.work import begin
from domain.progress import service, service_rebuilding
from domain.progress.rules import TOP_MAX
from domain.progress.terms import Earning, Reason
from domain.progress.views import FACTS, RANK
from tests.benchmarks import boards_results, engines, machine
from tests.benchmarks.boards_results import DOCUMENT, REDIS, REDIS_BLOCKING, STATEMENT, WHOLE, Board, Results
from tests.benchmarks.copying import encoded
from tests.benchmarks.engines import DATABASE, Engines
from tests.benchmarks.tables import Row

SIZES = (10_000, 1_000_000)
MEAN_POINTS = 2_000
QUESTIONS = 200
ADDED = 1_000
LINES = 10_000
BEGAN = datetime(2026, 1, 5, 8, tzinfo=UTC)
DAY = timedelta(days=1)
CHECKED = 20
DOCUMENTS: Mapping[str, str] = {
    DOCUMENT: "{ board { mine { points rank } top { points person { id } } } }",
    WHOLE: """{ board { name nameZh startsOn endsOn people mine { points rank }
        top { points rank you person { id name nameZh initials } }
        around { points rank you person { id name nameZh initials } } } }""",
}
Ask = Callable[[int], Awaitable[object]]


@dataclass(slots=True)
class Crowd:
    """People of one tenant with their points, and everybody who may be asked about them."""

    size: int
    redis: Redis
    blocking: "blocking.Redis"
    points: list[int] = field(init=False)
    plans: dict[str, Plan] = field(default_factory=dict[str, Plan])

    def __post_init__(self) -> None:
        chance = Random(self.size)
        self.points = [1 + int(-math.log(1 - chance.random()) * MEAN_POINTS) for _ in range(self.size)]

    @property
    def tenant(self) -> UUID:
        return UUID(int=self.size)

    @property
    def key(self) -> str:
        """Of the sorted set."""
        return f"board:{self.size}"

    def person(self, number: int) -> UUID:
        return UUID(int=(0x0199 << 112) | (7 << 76) | (2 << 62) | number)

    def actor(self, number: int) -> Actor:
        return Actor(self.tenant, "UTC", person_id=self.person(number))

    def asked(self) -> dict[str, Ask]:
        """The same question to each side, about the person of a number."""
        return {
            REDIS: self._ask_redis,
            REDIS_BLOCKING: self._ask_redis_blocking,
            STATEMENT: self._ask_statement,
            **{name: self._asking(plan) for name, plan in self.plans.items()},
        }

    async def _ask_redis(self, number: int) -> object:
        """Who asks knows their points already, so that one trip is enough."""
        pipeline = self.redis.pipeline(transaction=False)
        pipeline.zrevrange(self.key, 0, TOP_MAX - 1, withscores=True)  # pyright: ignore[reportUnknownMemberType] - typed in part
        pipeline.zcount(self.key, f"({self.points[number]}", "+inf")
        return await pipeline.execute()

    async def _ask_redis_blocking(self, number: int) -> object:
        pipeline = self.blocking.pipeline(transaction=False)  # pyright: ignore[reportUnknownMemberType] - the same
        pipeline.zrevrange(self.key, 0, TOP_MAX - 1, withscores=True)  # pyright: ignore[reportUnknownMemberType] - the same
        pipeline.zcount(self.key, f"({self.points[number]}", "+inf")
        return pipeline.execute()

    async def _ask_statement(self, number: int) -> object:
        async with database.connection() as connection:
            return await connection.fetchrow(SQL, *SLOTS.values_for(self.actor(number)))

    def _asking(self, plan: Plan) -> Ask:
        async def ask(number: int) -> object:
            values = plan.values(self.actor(number), {})
            return await database.fetch_value(self.tenant, plan.sql, values)

        return ask


SLOTS = views.Slots(FACTS, row="m")
SQL = f"""
select array(select row(s.person_id, s.points) from standing s
             where s.tenant_id = {SLOTS["tenant"]} and s.season_id = m.season_id and s.is_shown
             order by s.minus_points, s.reached_at, s.person_id limit {TOP_MAX}) as top,
       m.points, {RANK.format_map(SLOTS)} as rank
from standing m
where m.tenant_id = {SLOTS["tenant"]} and m.season_id = {SLOTS["running_season"]} and m.person_id = {SLOTS["me"]}"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    options = parser.parse_args()
    with engines.running(None, say) as started:
        boards = asyncio.run(measure(started, options.sizes, rounds=options.rounds))
        described = machine.describe(asyncio.run(started.version()))
    boards_results.write(Results(rounds=options.rounds, machine=described, boards=boards))


async def measure(started: Engines, sizes: Sequence[int], *, rounds: int) -> list[Board]:
    connection = await asyncpg.connect(started.postgres.url("postgres"))
    await connection.execute(f'create database "{DATABASE}"')
    await connection.close()
    await database.migrate(started.database_url)
    redis: Redis = Redis.from_url(started.redis_url)  # pyright: ignore[reportUnknownMemberType] - untyped options
    direct = blocking.Redis.from_url(started.redis_url)  # pyright: ignore[reportUnknownMemberType] - the same
    crowds = [Crowd(size, redis, direct) for size in sizes]
    await database.connect(started.database_url)
    try:
        with clock.frozen(BEGAN + DAY):
            return [await of_crowd(started.database_url, crowd, rounds=rounds) for crowd in crowds]
    finally:
        await database.close()
        await redis.aclose()
        direct.close()


async def of_crowd(url: str, crowd: Crowd, *, rounds: int) -> Board:
    """One tenant: filled, compared, asked in turns, added to."""
    (rebuilt, proved), vacant = await fill(url, crowd), await redis_bytes(crowd)
    await fill_redis(crowd)
    crowd.plans = {name: compiled(text, crowd.actor(0)) for name, text in DOCUMENTS.items()}
    board = Board(size=crowd.size, most=max(crowd.points), rebuilt_seconds=rebuilt, proved_seconds=proved)
    board.redis_bytes = await redis_bytes(crowd) - vacant
    with database.tenant(crowd.tenant):
        board.table_bytes, board.count_rows = await sizes(crowd)
        await compare(crowd)
        await ask(crowd, board, rounds=rounds)
        for turn in range(rounds):
            await add(crowd, board, turn)
    say(f"{crowd.size:,}: {', '.join(f'{side} {board.middle(side):.3f} ms' for side in board.asked)}")
    return board


async def fill(url: str, crowd: Crowd) -> tuple[float, float]:
    """People and what they earned by COPY; the product makes standings and counts of it, then finds all right.

    The seconds of both.
    """
    connection = await asyncpg.connect(url)
    await connection.execute("set session_replication_role = replica")
    tenant, season, since = crowd.tenant, UUID(int=1), BEGAN.isoformat()
    await connection.execute(
        "insert into tenant (id, slug, name, zone, created_at) values ($1, $2, $2, 'UTC', $3)", tenant, crowd.key, BEGAN
    )
    await connection.execute(
        "insert into season (tenant_id, id, name, starts_on, ends_on) values ($1, $2, 'Spring', $3, $4)",
        tenant,
        season,
        BEGAN.date(),
        date(2026, 12, 31),
    )

    def people() -> Iterator[Row]:
        for number in range(crowd.size):
            name = f"Person {number}"
            yield tenant, crowd.person(number), f"P{number}", name, f"人{number}", "en", "UTC", since

    def earned() -> Iterator[Row]:
        for number, points in enumerate(crowd.points):
            reached = BEGAN + timedelta(seconds=number % 3600)
            yield tenant, season, crowd.person(number), BEGAN.date(), Reason.CHECKED_IN, points, reached

    columns = ["tenant_id", "id", "code", "name", "name_zh", "locale", "zone", "created_at"]
    await connection.copy_to_table("person", source=encoded(people()), columns=columns)
    columns = ["tenant_id", "season_id", "person_id", "earned_on", "reason", "points", "earned_at"]
    await connection.copy_to_table("point_entry", source=encoded(earned()), columns=columns)
    built = await rebuild(crowd, season)
    await connection.execute("vacuum (freeze, analyze)")
    await connection.close()
    return built, await rebuild(crowd, season)


async def rebuild(crowd: Crowd, season: UUID) -> float:
    """The seconds that it takes."""
    begun = time.perf_counter()
    await service_rebuilding.rebuild(Actor(crowd.tenant, "UTC"), season)
    return time.perf_counter() - begun


async def fill_redis(crowd: Crowd) -> None:
    for first in range(0, crowd.size, LINES):
        some = range(first, min(first + LINES, crowd.size))
        await crowd.redis.zadd(crowd.key, {str(crowd.person(number)): crowd.points[number] for number in some})


async def redis_bytes(crowd: Crowd) -> int:
    told = await crowd.redis.info("memory")  # pyright: ignore[reportUnknownMemberType] - typed in part
    return int(cast("dict[str, int]", told)["used_memory"])


async def sizes(crowd: Crowd) -> tuple[int, int]:
    """Bytes of the standings and their indexes, of all tenants; rows of this tenant's counts."""
    async with database.connection() as connection:
        size = await connection.fetchval("select pg_total_relation_size('standing')")
        return size, await connection.fetchval("select count(*) from standing_count")


def compiled(text: str, actor: Actor) -> Plan:
    """As the product compiles it."""
    core = schema.core()
    operation = Documents(core).check(text, hash_text(text)).choose(None).node
    planner = Planner(core, catalogue.gather(), b"of this benchmark", {"push_key": "key"})
    plan = planner.whole(text, operation, {}, {}, actor)
    assert plan is not None
    return plan


async def compare(crowd: Crowd) -> None:
    """All sides say the same of twenty people."""
    asked = crowd.asked()
    for number in Random(1).sample(range(crowd.size), k=CHECKED):
        told = cast("tuple[list[tuple[bytes, float]], int]", await asked[REDIS](number))
        row = cast("asyncpg.Record", await asked[STATEMENT](number))
        points, rank = [int(score) for _, score in told[0]], told[1] + 1
        assert await asked[REDIS_BLOCKING](number) == told
        assert ([one[1] for one in row["top"]], row["points"], row["rank"]) == (points, crowd.points[number], rank)
        for name in DOCUMENTS:
            board = orjson.loads(cast("bytes", await asked[name](number)))["board"]
            assert board["mine"] == {"points": crowd.points[number], "rank": rank}
            assert [one["points"] for one in board["top"]] == points
            assert [one["person"]["id"] for one in board["top"]] == [f"per_{one[0]}" for one in row["top"]]


async def ask(crowd: Crowd, board: Board, *, rounds: int) -> None:
    """Question by question in turns, each about somebody else; the first round is not counted.

    Of a round the median counts: what else the machine does falls on all sides alike.
    """
    chance, sides = Random(2), list(crowd.asked().items())
    for turn in range(rounds + 1):
        seen: dict[str, list[float]] = {name: [] for name, _ in sides}
        for number in range(QUESTIONS):
            for name, question in sides if number % 2 else reversed(sides):
                about = chance.randrange(crowd.size)
                begun = time.perf_counter()
                await question(about)
                seen[name].append((time.perf_counter() - begun) * 1000)
        if turn:
            for name, times in seen.items():
                board.asked.setdefault(name, []).append(median(times))


async def add(crowd: Crowd, board: Board, turn: int) -> None:
    """A thousand people earn at once: by the product in a transaction that waits for the disk, and in Redis."""
    chosen = Random(turn).sample(range(crowd.size), k=ADDED)
    at = BEGAN + DAY * (turn + 1)
    earnings = [
        Earning(person_id=crowd.person(number), reason=Reason.CHECKED_IN, points=10, earned_on=at.date(), earned_at=at)
        for number in chosen
    ]
    begun = time.perf_counter()
    async with begin(Actor(crowd.tenant, "UTC")) as work:
        await service.add(work, earnings)
    between = time.perf_counter()
    pipeline = crowd.redis.pipeline(transaction=False)
    for number in chosen:
        pipeline.zincrby(crowd.key, 10, str(crowd.person(number)))
    await pipeline.execute()
    board.added.append((between - begun) * 1000)
    board.added_to_redis.append((time.perf_counter() - between) * 1000)


def say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
