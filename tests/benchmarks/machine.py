"""The machine of a benchmark: what it is, and how much processor time its processes took."""

import os
import platform
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import psutil

PACKAGES = ("asyncpg", "graphql-core", "redis", "starlette", "strawberry-graphql", "tortoise-orm", "uvicorn", "uvloop")


@dataclass(frozen=True, slots=True)
class Spent:
    """Processor seconds of a server's processes, of PostgreSQL's and of Redis'."""

    server: float
    postgres: float
    redis: float

    def __sub__(self, other: "Spent") -> "Spent":
        return Spent(self.server - other.server, self.postgres - other.postgres, self.redis - other.redis)


def spent(*, server: int, postgres: int, redis: int) -> Spent:
    """What the processes with these ids and their children have taken so far."""
    return Spent(processor_seconds(server), processor_seconds(postgres), processor_seconds(redis))


def processor_seconds(pid: int) -> float:
    return sum(_own_seconds(process) for process in family(pid))


def family(pid: int) -> Iterable[psutil.Process]:
    parent = psutil.Process(pid)
    return [parent, *parent.children(recursive=True)]


def _own_seconds(process: psutil.Process) -> float:
    """What it took itself, and what those of its children took that have ended since."""
    try:
        times = process.cpu_times()
    except psutil.NoSuchProcess:
        return 0.0
    return times.user + times.system + times.children_user + times.children_system


def describe(postgres_version: str) -> list[str]:
    """Lines on processor, memory, load and versions."""
    memory = psutil.virtual_memory().total / 2**30
    return [
        f"{processor()}, {os.cpu_count()} cores, {memory:.0f} GB, {platform.system()} {platform.release()}",
        f"load averages before the run: {load_averages()}",
        f"Python {platform.python_version()}, PostgreSQL {postgres_version}",
        ", ".join(f"{name} {version(name)}" for name in PACKAGES),
    ]


def load_averages() -> str:
    """Of the last one, five and fifteen minutes."""
    return ", ".join(f"{one:.1f}" for one in os.getloadavg())


def processor() -> str:
    known = Path("/proc/cpuinfo")
    lines = known.read_text().splitlines() if known.exists() else []
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.processor() or platform.machine())
