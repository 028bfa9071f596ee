"""The product as it runs: a web and a worker process, teams that can sign in, and clients that speak GraphQL."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast
from uuid import uuid4

import httpx
import pytest

from api.settings import Settings
from tests.furnish import PASSWORD, Team
from tests.notifications import push_service as push_services
from tests.notifications.push_service import PushService

ROOT = Path(__file__).parents[1]
PATIENCE_SECONDS = 30.0
TEAMS_AT_ONCE = 12
Json = Mapping[str, "Json | list[Json] | str | int | bool | None"]


def until(look: Callable[[], object], what: str, *, seconds: float = PATIENCE_SECONDS) -> object:
    """Polls until there is something to see; fails with the words when the patience is over."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        seen = look()
        if seen:
            return seen
        time.sleep(0.02)
    raise AssertionError(f"still not: {what}")


@dataclass(slots=True)
class Client:
    """Somebody at a device, or nobody before signing in."""

    url: str
    http: httpx.Client
    token: str | None = None
    answers: list[httpx.Response] = field(default_factory=list[httpx.Response])

    def ask(self, document: str, **variables: object) -> dict[str, object]:
        """The data of an answer without errors."""
        answer = self.post({"query": document, "variables": variables})
        body = answer.json()
        assert "errors" not in body, body["errors"]
        return cast("dict[str, object]", body["data"])

    def post(self, request: object) -> httpx.Response:
        """Whatever the API answers."""
        headers = {"authorization": f"Bearer {self.token}"} if self.token else {}
        answer = self.http.post(f"{self.url}/graphql", json=request, headers=headers)
        self.answers.append(answer)
        return answer

    def sign_in(self, login: str, *, kind: str = "NATIVE") -> "Client":
        """The same device, signed in."""
        document = """mutation SignIn($input: SignInInput!) { signIn(input: $input) {
            __typename ... on SignedIn { accessToken } ... on Problem { code } } }"""
        given = {"login": login, "password": PASSWORD, "device": {"name": "Phone", "kind": kind}}
        found = cast("dict[str, str]", self.ask(document, input=given)["signIn"])
        assert found["__typename"] == "SignedIn", found
        self.token = found["accessToken"]
        return self

    def act(self, mutation: str, fields: str, **values: object) -> dict[str, object]:
        """One mutation with a new idempotency key unless one is given; the selected fields of its result."""
        name = mutation[0].upper() + mutation[1:]
        document = f"""mutation Act($input: {name}Input!) {{ {mutation}(input: $input) {{
            __typename ... on Problem {{ code message help }} {fields} }} }}"""
        given = {"idempotencyKey": str(uuid4())} | values
        return cast("dict[str, object]", self.ask(document, input=given)[mutation])


@dataclass(frozen=True, slots=True)
class Product:
    """One running web process with its worker."""

    url: str
    settings: Settings
    pushes: PushService
    teams: list[Team]
    environment: Mapping[str, str]
    devices: ExitStack

    def client(self) -> Client:
        """A device at which nobody is signed in; it is put away at the end of the run."""
        return Client(self.url, self.devices.enter_context(httpx.Client(timeout=20)))

    def team(self) -> Team:
        """A tenant that no other test has."""
        if not self.teams:
            self.teams.extend(furnish(self.environment))
        return self.teams.pop()

    def somebody(self, team: Team, code: str) -> Client:
        """A person of the team at a device."""
        return self.client().sign_in(team.login(code))


def furnish(environment: Mapping[str, str]) -> list[Team]:
    """New tenants."""
    command = [sys.executable, "-m", "tests.furnish", str(TEAMS_AT_ONCE)]
    done = subprocess.run(command, env=dict(environment), cwd=ROOT, check=True, capture_output=True)
    return [Team(**team) for team in json.loads(done.stdout)]


def free_port() -> int:
    """A port of the loopback address that nobody holds now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def process(command: str, environment: Mapping[str, str], log: Path) -> Generator[subprocess.Popen[bytes]]:
    """A `catchball` process that ends with the block."""
    with log.open("ab") as output:
        started = subprocess.Popen(
            [sys.executable, "-m", "catchball", command],
            env=dict(environment),
            cwd=ROOT,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        yield started
    finally:
        started.terminate()
        started.wait(timeout=PATIENCE_SECONDS)


@pytest.fixture(scope="session")
def pushes() -> Iterator[PushService]:
    """A push service of this test run on the loopback address."""
    with push_services.running() as service:
        yield service


@pytest.fixture(scope="session")
def product(settings: Settings, pushes: PushService) -> Iterator[Product]:
    """Web and worker on the database of this test worker."""
    port = free_port()
    environment = dict(os.environ) | {
        "DATABASE_URL": settings.database_url,
        "REDIS_URL": settings.redis_url,
        "CATCHBALL_HOME": str(settings.home),
        "CATCHBALL_PORT": str(port),
        "CATCHBALL_URL": f"http://localhost:{port}",
        "CATCHBALL_PUSH_LOOPBACK": pushes.origin,
    }
    url = f"http://localhost:{port}"
    with (
        process("web", environment, settings.home / "web.log"),
        process("worker", environment, settings.home / "worker.log"),
        ExitStack() as devices,
    ):
        until(lambda: _is_ready(url), "the web process is ready")
        yield Product(url, settings, pushes, furnish(environment), environment, devices)


def _is_ready(url: str) -> bool:
    try:
        return httpx.get(f"{url}/readyz").is_success
    except httpx.TransportError:
        return False


@pytest.fixture(scope="session")
def app_url(product: Product) -> str:
    """Where the running product is reached."""
    return product.url


@pytest.fixture
def team(product: Product) -> Team:
    """A tenant of this test alone."""
    return product.team()
