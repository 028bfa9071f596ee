"""Drives the demo group: a web process on it, people and partners who come in, and its command."""

import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import cast
from uuid import uuid4

import asyncpg
import httpx

from api.demo.logins import PASSWORD
from domain.scorecards.terms import Figure
from tests.conftest import complete
from tests.running import ROOT, Client

Answer = dict[str, object]
Row = Mapping[str, str | None]
ACTUAL = "actual { id period value measure { code } }"
PUSH = f"""mutation Push($input: RecordActualsInput!) {{ recordActuals(input: $input) {{
    __typename
    ... on Problem {{ code message }}
    ... on InvalidInput {{ field }}
    ... on RecordedActuals {{ recorded refused
        results {{ index {ACTUAL} problem {{ __typename code message help }} }} }}
}} }}"""
PROMISES = """{ viewer { person { objectives(first: 20) { nodes {
    id title state progress weight cycle { name } parent { title owner { name } }
    keyResults { title current progress measure { code latestActual { period value } } }
} } } } }"""
HOME = """{ home { openApprovalCount unreadCount cycle { name }
    objectives(first: 6) { nodes {
        title state weight parent { title } keyResults { checkIns(first: 20) { nodes { value } } } } }
    inbox(first: 9) { nodes { kind } } } }"""
SIGHT = """query Sight($id: ID!) { lineOfSight(objective: $id) {
    steps { level title ownerName }
    strategicObjective { code titleZh theme { name } longTermGoal { code } strategy { missionZh }
        intent { willNotDo } } } }"""

CARD = "{ home { scorecard { items { kind } score { status } } } }"
UNITS = "{ units(first: 100) { nodes { id name } } }"
HEALTH = """query Health($unit: ID!) { cascadeHealth(unit: $unit) { figures { parts { kind value } } } }"""
CASCADE = """query Cascade($root: ID!) { cascade(root: $root, depth: 3) { graph {
    nodes { depth title share assigned carried } edges { parent child method state amount } } } }"""


@dataclass(frozen=True, slots=True)
class Demo:
    """A running web process on a database with nothing but the demo group."""

    url: str
    http: httpx.Client
    database_url: str
    environment: Mapping[str, str]
    left_by_the_killed: Mapping[str, int]
    said: str

    def sign_in(self, login: str) -> Client:
        client = Client(self.url, self.http)
        document = """mutation In($input: SignInInput!) { signIn(input: $input) {
            ... on SignedIn { accessToken } ... on Problem { code } } }"""
        given = {"login": login, "password": PASSWORD, "device": {"name": "Phone", "kind": "NATIVE"}}
        client.token = cast("dict[str, str]", client.ask(document, input=given)["signIn"])["accessToken"]
        return client

    def partner(self, *scopes: str) -> Client:
        """A partner system that came in by its client credentials."""
        made = run(self.environment, "client", "create", "--name", "Operations", "--scopes", *scopes)
        client_id, secret = (line.split()[1] for line in made.splitlines()[:2])
        given = {"grant_type": "client_credentials"}
        answer = self.http.post(f"{self.url}/oauth/token", data=given, auth=(client_id, secret))
        return Client(self.url, self.http, token=answer.json()["access_token"])

    def count(self, sql: str) -> int:
        return complete(count(self.database_url, sql))


async def count(database_url: str, sql: str) -> int:
    """What the owner of the database sees."""
    connection = await asyncpg.connect(database_url)
    try:
        return await connection.fetchval(sql)
    finally:
        await connection.close()


def run(environment: Mapping[str, str], *words: str) -> str:
    command = [sys.executable, "-m", "catchball", *words]
    done = subprocess.run(command, env=dict(environment), cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def killed(environment: Mapping[str, str]) -> None:
    """A build that dies as soon as the people are there."""
    command = [sys.executable, "-m", "catchball", "demo"]
    with subprocess.Popen(command, env=dict(environment), cwd=ROOT, stdout=subprocess.PIPE, text=True) as building:
        assert building.stdout is not None
        assert building.stdout.readline() == "52 units, 240 people\n"
        building.send_signal(signal.SIGKILL)
    assert building.returncode == -signal.SIGKILL


def items(told: list[Figure]) -> list[dict[str, str | None]]:
    """As a partner sends them."""
    return [
        {
            "measure": figure.measure,
            "period": figure.period.isoformat(),
            "value": str(figure.value),
            "unitOfMeasure": figure.unit_of_measure,
        }
        for figure in told
    ]


def push(client: Client, sent: Sequence[Row], key: str | None = None) -> Answer:
    given = {"items": sent, "idempotencyKey": key or str(uuid4())}
    return cast("Answer", client.ask(PUSH, input=given)["recordActuals"])


def jetblue(client: Client) -> Answer:
    """The promise of 2013 that Marcus made for JetBlue."""
    found = of(client.ask(PROMISES), "viewer", "person", "objectives")
    return next(one for one in cast("list[Answer]", found["nodes"]) if str(one["title"]).startswith("Bring JetBlue"))


def health(reader: Client, unit: str) -> dict[str, Decimal]:
    """The parts of the health of a unit's cascade by their kinds; NaN where one is missing."""
    units = cast("list[Row]", of(reader.ask(UNITS), "units")["nodes"])
    [found] = [one["id"] for one in units if one["name"] == unit]
    parts = cast("list[Row]", of(reader.ask(HEALTH, unit=found), "cascadeHealth", "figures")["parts"])
    return {str(one["kind"]): Decimal(one["value"] or "NaN") for one in parts}


def of(found: Mapping[str, object], *names: str) -> Answer:
    """What lies so deep in an answer."""
    for name in names:
        found = cast("Answer", found[name])
    return dict(found)


def measured(promise: Answer) -> list[str]:
    """What the key results of a promise stand at."""
    return [str(one["current"]) for one in cast("list[Answer]", promise["keyResults"])]


def is_ready(url: str) -> bool:
    """Whether a web process takes requests."""
    try:
        return httpx.get(f"{url}/readyz").is_success
    except httpx.TransportError:
        return False


def slices(graph: Answer) -> set[tuple[Decimal, ...]]:
    """What was thrown down and lives, for each objective of a cascade that throws."""
    thrown: dict[object, list[Decimal]] = {}
    for edge in cast("list[Answer]", graph["edges"]):
        if edge["amount"] is not None and edge["state"] != "DECLINED":
            thrown.setdefault(edge["parent"], []).append(Decimal(str(edge["amount"])))
    return {tuple(sorted(amounts)) for amounts in thrown.values()}


def refuses_what_is_wrong(demo: Demo, partner: Client, marcus: Client, year: list[dict[str, str | None]]) -> None:
    """Each kind of wrong row is answered as data, next to each other, and nothing changes."""
    before, entries = jetblue(marcus), demo.count("select count(*) from journal")
    last = year[-6]
    closed = str(demo.count("select (to_char(min(starts_on), 'YYYYMM'))::int from cycle where closed_at is not null"))
    wrong: list[tuple[dict[str, str | None], str]] = [
        (last, "DuplicateActual"),
        (last | {"value": "80"}, "DuplicateActual"),
        (last | {"unitOfMeasure": None}, "UnitMismatch"),
        (last | {"unitOfMeasure": "share"}, "UnitMismatch"),
        (last | {"measure": "B6_ONTIME"}, "UnknownMeasure"),
        (last | {"period": "2013-12-31"}, "InvalidPeriod"),
        (last | {"period": "2012-12-01", "value": "101"}, "ImplausibleValue"),
        (last | {"period": "2199-01-01"}, "PeriodInFuture"),
        (last | {"period": f"{closed[:4]}-{closed[4:]}-01"}, "PeriodClosed"),
    ]

    answer = push(partner, [row for row, _ in wrong])

    results = cast("list[Answer]", answer["results"])
    assert [of(one, "problem")["__typename"] for one in results] == [kind for _, kind in wrong]
    assert all(of(one, "problem")["help"] for one in results)
    assert [(one["index"], one["actual"]) for one in results] == [(at, None) for at in range(len(wrong))]
    assert (answer["recorded"], answer["refused"]) == (0, len(wrong))
    assert jetblue(marcus) == before
    assert demo.count("select count(*) from journal") == entries
