"""What a web process takes over its life: to start, in memory before and after many requests, and in plans."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

import psutil

from tests.benchmarks import home, rounds
from tests.benchmarks.contenders import ask, graphql, module, process
from tests.benchmarks.engines import Engines
from tests.benchmarks.group_people import PEOPLE
from tests.benchmarks.rounds import Say

STARTS = 3
REQUESTS = 100_000
SLICE_SECONDS = 10.0
SLICES_MAX = 60
CLIENTS = 16
DOCUMENTS = ("Home", "Goals", "Inbox", "Approvals", "Me")
"""What the app asks for when one goes through its tabs."""


@dataclass(frozen=True, slots=True)
class Memory:
    """Megabytes that a process holds after so many answers."""

    answered: int
    megabytes: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Plans:
    """How many requests found their plan, how many had it compiled, and in which time together."""

    kept: int
    compiled: int
    milliseconds: float

    @property
    def found(self) -> float:
        """The share of the requests that found theirs."""
        return self.kept / (self.kept + self.compiled)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lasting:
    """Seconds of each start; memory in its course, and plans at its end."""

    starts: Sequence[float]
    memory: Sequence[Memory]
    plans: Plans


def measure(started: Engines, say: Say) -> Lasting:
    starts = [start_seconds(started) for _ in range(STARTS)]
    say(f"A web process answers {median(starts):.2f} s after it was started")
    memory, plans = remember(started, say)
    return Lasting(starts=starts, memory=memory, plans=plans)


def start_seconds(started: Engines) -> float:
    with process(started, "starting", [*module("catchball"), "web"]) as web:
        return web.start_seconds


def remember(started: Engines, say: Say) -> tuple[list[Memory], Plans]:
    """The memory of one process when it is ready, after each slice of load, and after all; and what its plans were."""
    with process(started, "lasting", [*module("catchball"), "web"]) as web:
        found = [Memory(0, megabytes(web.pid))]
        for _ in range(SLICES_MAX):
            requests = taps(home.tokens(web.environment, range(PEOPLE)))
            seen = rounds.load(web, requests, clients=CLIENTS, seconds=SLICE_SECONDS)
            assert not seen.failed, f"{seen.failed} requests were refused"
            found.append(Memory(found[-1].answered + seen.answered, megabytes(web.pid)))
            say(f"{found[-1].answered:,} answers: {found[-1].megabytes:.1f} MB")
            if found[-1].answered >= REQUESTS:
                break
        return found, plans_of(ask(web, "GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n")[0].decode())


def taps(tokens: Sequence[str]) -> list[str]:
    """One request for each person, for one tab after the other."""
    bodies = [home.trusted_body(name) for name in DOCUMENTS]
    return [graphql(bodies[number % len(bodies)], token=token) for number, token in enumerate(tokens)]


def megabytes(pid: int) -> float:
    return psutil.Process(pid).memory_info().rss / 2**20


def plans_of(metrics: str) -> Plans:
    """What a process tells of its plans."""
    told = dict(line.rsplit(" ", 1) for line in metrics.splitlines() if not line.startswith("#"))
    return Plans(
        kept=int(float(told['catchball_plans_total{outcome="kept"}'])),
        compiled=int(float(told['catchball_plans_total{outcome="compiled"}'])),
        milliseconds=float(told["catchball_compiling_seconds_total"]) * 1000,
    )
