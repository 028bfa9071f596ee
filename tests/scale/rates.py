"""Requests per second with and without PgBouncer, in turns, in one run."""

import json
import statistics
import subprocess
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from urllib.parse import urlsplit

from tests.benchmarks.load import Order, Seen
from tests.benchmarks.machine import processor_seconds
from tests.running import ROOT
from tests.scale.people import Company
from tests.scale.product import Caller, Product
from tests.scale.trials import promise

HOME = "{ home { person { name } objectives { nodes { id title state progress viewerCan } } } }"
ROUNDS = 5
SECONDS = 1.5
CLIENTS = 8
GOALS = 3
COMPANIES = 14
"""Many people, since nobody may ask for more than a budget."""


@dataclass(frozen=True, slots=True)
class Round:
    """What was answered, and milliseconds of processor time for each answer: of the web, of PgBouncer."""

    seen: Seen
    web: float
    bouncer: float


def measure(
    product: Product, bouncer: int, companies: Sequence[Company], forget: Callable[[], object]
) -> list[list[Round]]:
    """The rounds of each web. `forget` fills the budgets of the callers, `bouncer` is the process of PgBouncer."""
    with ThreadPoolExecutor(CLIENTS) as threads:
        logins = [one.team.login(code) for one in companies for code in one.team.persons]
        people = threads.map(settled, [product] * len(logins), logins)
        requests = [home(caller) for caller in people]
    rounds: list[list[Round]] = [[] for _ in product.urls]
    for number in range(-1, ROUNDS):
        # Neither is always the one that comes after the other.
        for web, url in sorted(enumerate(product.urls), reverse=bool(number % 2)):
            forget()
            pids = (product.webs[web].pid, bouncer)
            before = [processor_seconds(pid) for pid in pids]
            found = load(Order(port=urlsplit(url).port or 80, requests=requests, clients=CLIENTS, seconds=SECONDS))
            assert not found.failed, f"{found.failed} of {found.answered + found.failed} were refused"
            if number >= 0:
                spent = [processor_seconds(pid) - begun for pid, begun in zip(pids, before, strict=True)]
                rounds[web].append(Round(found, *(1000 * one / found.answered for one in spent)))
    return rounds


def settled(product: Product, login: str) -> Caller:
    """Somebody with goals."""
    caller = Caller(product.urls).sign_in(login)
    for number in range(GOALS):
        promise(caller, f"Goal {number}")
    return caller


def home(caller: Caller) -> str:
    """The whole HTTP request for somebody's home."""
    body = json.dumps({"query": HOME})
    # Refusals have a status of their own in answers of this type.
    head = ("POST /graphql HTTP/1.1", "host: localhost", "accept: application/graphql-response+json")
    more = ("content-type: application/json", f"authorization: Bearer {caller.token}", f"content-length: {len(body)}")
    return "\r\n".join((*head, *more, "", body))


def load(order: Order) -> Seen:
    """By a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.load"],
        input=json.dumps(asdict(order)),
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=True,
    )
    return Seen(**json.loads(done.stdout))


def median(rounds: Sequence[Round]) -> str:
    """Of the rates, the times in the middle and the processor time."""
    rate = statistics.median(one.seen.per_second for one in rounds)
    p50, p99 = (statistics.median(getattr(one.seen, name) for one in rounds) for name in ("p50", "p99"))
    web, bouncer = (statistics.median(getattr(one, name) for one in rounds) for name in ("web", "bouncer"))
    times = f"p50 {p50:.1f} ms, p99 {p99:.1f} ms"
    return f"{rate:,.0f} req/s, {times}, processor {web:.2f} ms for the web and {bouncer:.2f} ms for PgBouncer"


def ratio(direct: Sequence[Round], pooled: Sequence[Round]) -> str:
    """Of the rates, round by round."""
    found = sorted(b.seen.per_second / a.seen.per_second for a, b in zip(direct, pooled, strict=True))
    return f"{statistics.median(found):.2f} of the rate ({found[0]:.2f} to {found[-1]:.2f})"
