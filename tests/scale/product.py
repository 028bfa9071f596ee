"""Two web and two worker processes, and clients that ask one web after the other and try again."""

import itertools
import os
import signal
import subprocess
import sys
import time
from collections.abc import Generator, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast
from uuid import uuid4

import httpx

from tests.furnish import PASSWORD
from tests.running import ROOT, free_port, until
from tests.scale.servers import Servers

HEALED_WITHIN_SECONDS = 40.0
PAUSE_SECONDS = 0.2
STOP_SECONDS = 20
SIGN_IN = """mutation SignIn($input: SignInInput!) { signIn(input: $input) {
  __typename ... on SignedIn { accessToken } ... on Problem { code } } }"""
Fields = dict[str, object]


@dataclass(slots=True)
class Process:
    """A `catchball` process that can be killed and started again."""

    command: str
    environment: Mapping[str, str]
    log: Path
    _running: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with self.log.open("ab") as output:
            self._running = subprocess.Popen(
                [sys.executable, "-m", "catchball", self.command],
                env={**os.environ, **self.environment},
                cwd=ROOT,
                stdout=output,
                stderr=subprocess.STDOUT,
            )

    @property
    def pid(self) -> int:
        """0 before it was started."""
        return self._running.pid if self._running else 0

    def kill(self) -> None:
        """Without a word, as a machine that loses its power."""
        self.end(signal.SIGKILL)

    def end(self, request: signal.Signals = signal.SIGTERM) -> None:
        if self._running is not None:
            self._running.send_signal(request)
            self._running.wait(STOP_SECONDS)


@dataclass(frozen=True, slots=True)
class Product:
    """What answers and what works behind it."""

    webs: list[Process]
    workers: list[Process]
    urls: list[str]


def output(command: str, environment: Mapping[str, str]) -> str:
    """What a command says, however it ends."""
    done = subprocess.run(
        [sys.executable, "-m", "catchball", command],
        env={**os.environ, **environment},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return done.stdout + done.stderr


@contextmanager
def running(servers: Servers, *, database_urls: list[str], replica_urls: list[str], workers: int) -> Generator[Product]:
    """A web process per database address, and workers on the first; they end with the block."""
    ports = [free_port() for _ in database_urls]
    urls = [f"http://localhost:{port}" for port in ports]
    shared = {
        "REDIS_URL": servers.redis.url(),
        "CATCHBALL_HOME": str(servers.home),
        "CATCHBALL_URL": urls[0],
        "CATCHBALL_REPLICA_LAG": "5",
    }
    logs = servers.home / "logs"
    made = zip(database_urls, replica_urls, ports, strict=True)
    webs = [
        Process(
            "web",
            {**shared, "DATABASE_URL": url, "REPLICA_URL": replica, "CATCHBALL_PORT": str(port)},
            logs / f"web{port}.log",
        )
        for url, replica, port in made
    ]
    working = [
        Process("worker", {**shared, "DATABASE_URL": database_urls[0]}, logs / f"worker{number}.log")
        for number in range(workers)
    ]
    with ExitStack() as ending:
        for process in (*webs, *working):
            process.start()
            ending.callback(process.end)
            # The first makes the keys.
            until(lambda: process is not webs[0] or is_ready(urls[0]), "the first web is ready")  # noqa: B023
        for url in urls:
            until(lambda: is_ready(url), "the web is ready")  # noqa: B023
        yield Product(webs, working, urls)


def is_ready(url: str) -> bool:
    try:
        return httpx.get(f"{url}/readyz", timeout=5).is_success
    except httpx.TransportError:
        return False


@dataclass(slots=True)
class Caller:
    """Somebody who asks one web after the other, and again what was not answered."""

    urls: list[str]
    token: str = ""
    retries: int = 0
    http: httpx.Client = field(default_factory=lambda: httpx.Client(timeout=20))
    _turns: Iterator[str] = field(init=False)

    def __post_init__(self) -> None:
        self._turns = itertools.cycle(self.urls)

    def sign_in(self, login: str) -> "Caller":
        given = {"login": login, "password": PASSWORD, "device": {"name": "Phone", "kind": "NATIVE"}}
        found = cast("Fields", self.ask(SIGN_IN, input=given)["signIn"])
        assert found["__typename"] == "SignedIn", found
        self.token = str(found["accessToken"])
        return self

    def come_in(self, client_id: str, secret: str) -> "Caller":
        """As a partner client."""
        answer = self.http.post(
            f"{next(self._turns)}/oauth/token", auth=(client_id, secret), data={"grant_type": "client_credentials"}
        )
        self.token = answer.raise_for_status().json()["access_token"]
        return self

    def act(self, mutation: str, fields: str, **values: object) -> Fields:
        """One mutation with a key of its own, the same at every attempt; the selected fields of its result."""
        name = mutation[0].upper() + mutation[1:]
        document = f"""mutation Act($input: {name}Input!) {{ {mutation}(input: $input) {{
            __typename ... on Problem {{ code message }} {fields} }} }}"""
        return cast("Fields", self.ask(document, input={"idempotencyKey": str(uuid4())} | values)[mutation])

    def ask(self, document: str, **variables: object) -> Fields:
        """The data of an answer without errors, by whichever web gives one; AssertionError when none does for long."""
        deadline = time.monotonic() + HEALED_WITHIN_SECONDS
        why = ""
        while time.monotonic() < deadline:
            answered, why = self._try({"query": document, "variables": variables})
            if answered is not None:
                return answered
            self.retries += 1
            time.sleep(PAUSE_SECONDS)
        raise AssertionError(f"no retry helped: {why}")

    def _try(self, request: object) -> tuple[Fields | None, str]:
        headers = {"authorization": f"Bearer {self.token}"} if self.token else {}
        try:
            answer = self.http.post(f"{next(self._turns)}/graphql", json=request, headers=headers)
        except httpx.TransportError as error:
            return None, repr(error)
        body = answer.json()
        if "errors" in body:
            return None, str(body["errors"])
        return cast("Fields", body["data"]), ""
