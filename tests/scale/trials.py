"""What must hold with many processes: no request lost, none done twice, each client sees its own writes."""

import threading
import time
from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import cast
from uuid import uuid4

import httpx

from tests.journeys.approving import key_result
from tests.running import until
from tests.scale.people import MEASURE, UNIT_OF_MEASURE, Company
from tests.scale.product import Caller, Fields, Product
from tests.scale.servers import Servers

GOALS = 6
GOALS_MAX = 80
"""Each weighs one percent, and all of a person a hundred."""
OWN_WRITES = 200
OBJECTIVE = "... on Objective { id version state }"
RECORD = """... on RecordedActuals { recorded refused
  results { actual { period value } problem { code message } } }"""
LATEST = "{ measures(first: 1) { nodes { code latestActual { period value } } } }"
HEAR_SECONDS_MAX = 15.0
PUSH_BACK_SECONDS = 0.05


def promise(caller: Caller, title: str, key: str | None = None) -> Fields:
    """A new objective, sent twice under one key through two webs."""
    content: Fields = {
        "title": title,
        "weight": 1,
        "keyResults": [key_result("Answered in a day", 60), key_result("Guests who come back", 40)],
        "idempotencyKey": key or str(uuid4()),
    }
    first, again = (caller.act("draftObjective", OBJECTIVE, **content) for _ in range(2))
    assert first == again, (first, again)
    return first


def submit(caller: Caller, objective: Fields) -> Fields:
    given = {"id": objective["id"], "expectedVersion": objective["version"]}
    found = caller.act("submitObjective", OBJECTIVE, **given)
    assert found.get("state") == "SUBMITTED", found
    return found


def turns(servers: Servers, product: Product, companies: list[Company]) -> str:
    """Several tenants by both webs in turn; the managers' inboxes hold every goal once, by two workers."""

    def work(company: Company) -> int:
        mei = Caller(product.urls).sign_in(company.team.login("employee"))
        made = [submit(mei, promise(mei, f"Goal {number}")) for number in range(GOALS)]
        boss = Caller(product.urls).sign_in(company.team.login("manager"))
        given = {"id": made[0]["id"], "expectedVersion": made[0]["version"]}
        decided = boss.act("approveObjective", OBJECTIVE, **given)
        assert decided.get("state") == "ACTIVE", decided
        return mei.retries + boss.retries

    with ThreadPoolExecutor(len(companies)) as threads:
        retries = sum(threads.map(work, companies))
    until(lambda: servers.ask("select count(*) = 0 from journal_unread"), "every event was heard")
    for company in companies:
        assert goals_of(servers, company) == GOALS
        assert asked_of_managers(servers, company) == (GOALS, GOALS)
    goals = GOALS * len(companies)
    return f"{goals} goals of {len(companies)} tenants sent twice, {goals} made, {goals} inbox items, {retries} retries"


def goals_of(servers: Servers, company: Company) -> object:
    return servers.ask(f"select count(*) from objective where tenant_id = '{company.team.tenant_id}'")


def asked_of_managers(servers: Servers, company: Company) -> tuple[object, object]:
    """How many items ask for an approval, and of how many goals."""
    where = f"from inbox_item where tenant_id = '{company.team.tenant_id}' and kind = 'APPROVAL_REQUESTED'"
    return servers.ask(f"select count(*) {where}"), servers.ask(f"select count(distinct subject_id) {where}")


def hints(servers: Servers, product: Product, company: Company) -> str:
    """Who listens at one web hears of what was done at the other."""
    boss = Caller(product.urls[1:]).sign_in(company.team.login("manager"))
    mei = Caller(product.urls[:1]).sign_in(company.team.login("employee"))
    heard: list[float] = []
    listening = threading.Event()

    def listen() -> None:
        headers = {"authorization": f"Bearer {boss.token}", "accept": "text/event-stream"}
        asked = {"query": "subscription { hints { topic } }"}
        url = f"{product.urls[1]}/graphql"
        with httpx.stream("POST", url, json=asked, headers=headers, timeout=HEAR_SECONDS_MAX) as answer:
            listening.set()
            for line in answer.iter_lines():
                if line.startswith("data") and "topic" in line:
                    heard.append(time.monotonic())
                    return

    listener = threading.Thread(target=listen, daemon=True)
    listener.start()
    assert listening.wait(HEAR_SECONDS_MAX)
    time.sleep(PUSH_BACK_SECONDS * 10)
    begun = time.monotonic()
    submit(mei, promise(mei, "A goal that rings"))
    listener.join(HEAR_SECONDS_MAX)
    assert heard, "nothing was heard at the other web"
    return f"heard at the other web {1000 * (heard[0] - begun):.0f} ms after the first request"


@dataclass(slots=True)
class Months:
    """Months that are over, each once."""

    _next: int = 1900 * 12

    def take(self) -> str:
        self._next += 1
        return date(self._next // 12, self._next % 12 + 1, 1).isoformat()


def own_writes(product: Product, partner: Caller, months: Months) -> str:
    """A client reads what it wrote, at once and by another web, each time."""
    before = places(product)
    for number in range(OWN_WRITES):
        write_and_read(partner, months.take(), f"{number}")
    return f"{OWN_WRITES} of {OWN_WRITES} seen at once; {told(before, places(product))}"


def write_and_read(partner: Caller, period: str, value: str) -> None:
    item = {"measure": MEASURE, "period": period, "value": value, "unitOfMeasure": UNIT_OF_MEASURE}
    made = partner.act("recordActuals", RECORD, items=[item])
    assert made.get("recorded") == 1, made
    seen = latest(partner)
    assert seen == {"period": period, "value": value}, f"wrote {period} {value}, read {seen}"


def latest(partner: Caller) -> object:
    measures = cast("dict[str, list[Fields]]", partner.ask(LATEST)["measures"])
    [node] = measures["nodes"]
    return node["latestActual"]


def reads(product: Product, partner: Caller, number: int) -> str:
    """A client that only reads."""
    before = places(product)
    for _ in range(number):
        latest(partner)
    return told(before, places(product))


def places(product: Product) -> dict[str, float]:
    """How many reads of clients were answered where, by all webs."""
    found: dict[str, float] = {}
    for url in product.urls:
        for line in httpx.get(f"{url}/metrics", timeout=10).text.splitlines():
            if line.startswith("catchball_partner_reads_total{"):
                place, number = line.removeprefix('catchball_partner_reads_total{place="').rsplit('"} ', 1)
                found[place] = found.get(place, 0) + float(number)
    return found


def told(before: dict[str, float], after: dict[str, float]) -> str:
    grown = {place: int(number - before.get(place, 0)) for place, number in after.items()}
    return ", ".join(f"{number} by {place}" for place, number in grown.items() if number)


@contextmanager
def paused(servers: Servers) -> Generator[None]:
    """The standby takes the log and replays none of it."""
    servers.ask("select pg_wal_replay_pause()", servers.standby)
    try:
        yield
    finally:
        servers.ask("select pg_wal_replay_resume()", servers.standby)


@dataclass(slots=True)
class Busy:
    """Companies that go on working whatever happens; what each was told that was done."""

    servers: Servers
    product: Product
    companies: list[Company]
    stopping: threading.Event = field(default_factory=threading.Event)
    made: list[int] = field(default_factory=list[int])
    retries: list[int] = field(default_factory=list[int])

    def work(self, company: Company) -> None:
        mei = Caller(self.product.urls).sign_in(company.team.login("employee"))
        partner = Caller(self.product.urls).come_in(company.client_id, company.secret)
        months, number = Months(1950 * 12), 0
        while not self.stopping.wait(PUSH_BACK_SECONDS) and number < GOALS_MAX:
            number += 1
            submit(mei, promise(mei, f"Goal in a storm {number}"))
            write_and_read(partner, months.take(), str(number))
        self.made.append(number)
        self.retries.append(mei.retries + partner.retries)


def storm(servers: Servers, product: Product, companies: list[Company], accidents: list[Callable[[], None]]) -> str:
    """Accidents while everybody works: what was told to be done is done, once; the rest was healed by trying again."""
    busy = Busy(servers, product, companies)
    before = {company.team.slug: goals_of(servers, company) for company in companies}
    with ThreadPoolExecutor(len(companies)) as threads:
        working = [threads.submit(busy.work, company) for company in companies]
        try:
            for accident in accidents:
                time.sleep(2)
                accident()
            time.sleep(3)
        finally:
            busy.stopping.set()
        for one in working:
            one.result()
    until(lambda: servers.ask("select count(*) = 0 from journal_unread"), "every event was heard")
    grown = sum(int(str(goals_of(servers, one))) - int(str(before[one.team.slug])) for one in companies)
    assert grown == sum(busy.made), (grown, busy.made)
    for company in companies:
        assert asked_of_managers(servers, company) == (goals_of(servers, company),) * 2
    return f"{grown} goals told done, {grown} there, {grown} inbox items; {sum(busy.retries)} retries healed all"
