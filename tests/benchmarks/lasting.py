"""What a web process takes over its life: to start, in memory before and after many requests, and in plans."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

import psutil
from graphql import FragmentDefinitionNode

from api import schema
from api.guard.documents import Documents, hash_text
from api.reading import catalogue
from api.reading.planning import Planner
from tests.benchmarks import home, rounds
from tests.benchmarks.contenders import graphql, module, process
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
class Lasting:
    """Seconds of each start; memory in its course; how many plans the requests of the run needed."""

    starts: Sequence[float]
    memory: Sequence[Memory]
    asked: int
    plans: int


def measure(started: Engines, say: Say) -> Lasting:
    starts = [start_seconds(started) for _ in range(STARTS)]
    say(f"A web process answers {median(starts):.2f} s after it was started")
    memory = remember(started, say)
    return Lasting(starts=starts, memory=memory, asked=memory[-1].answered, plans=plans_of(memory[-1].answered))


def start_seconds(started: Engines) -> float:
    with process(started, "starting", [*module("catchball"), "web"]) as web:
        return web.start_seconds


def remember(started: Engines, say: Say) -> list[Memory]:
    """The memory of one process when it is ready, after each slice of load, and after all."""
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
    return found


def taps(tokens: Sequence[str]) -> list[str]:
    """One request for each person, for one tab after the other."""
    bodies = [home.trusted_body(name) for name in DOCUMENTS]
    return [graphql(bodies[number % len(bodies)], token=token) for number, token in enumerate(tokens)]


def megabytes(pid: int) -> float:
    return psutil.Process(pid).memory_info().rss / 2**20


def plans_of(asked: int) -> int:
    """How many plans the planner makes for so many requests of this kind."""
    core = schema.core()
    documents = Documents(core)
    opened = [documents.check(text, hash_text(text)) for text in map(home.trusted_text, DOCUMENTS)]
    planner = Planner(core, catalogue.gather(), bytes(32), {"push_key": ""})
    made: set[int] = set()
    for number in range(asked):
        document = opened[number % len(opened)]
        fragments = {
            one.name.value: one for one in document.node.definitions if isinstance(one, FragmentDefinitionNode)
        }
        plan = planner.whole(document.text_hash, document.choose(None).node, fragments, {}, home.actor(0))
        assert plan is not None, "the app's documents are all views"
        made.add(id(plan))
    return len(made)
