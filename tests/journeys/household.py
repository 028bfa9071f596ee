"""Drives a real `catchball up` in a home of its own: starts it, looks at its processes, kills them."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar
from urllib.error import URLError
from urllib.request import urlopen

import psutil

ROOT = Path(__file__).parents[2]
PATIENCE_SECONDS = 60
DEMO_SECONDS = 240
NAMES = ("postgres", "redis", "web", "worker")
Found = TypeVar("Found")


def up_command(*words: str) -> list[str]:
    return [sys.executable, "-m", "catchball", *(words or ("up",))]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def until(look: Callable[[], Found | None], what: str, *, seconds: float = PATIENCE_SECONDS) -> Found:
    """Polls until there is something to see; fails with the words when the patience is over."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        seen = look()
        if seen:
            return seen
        time.sleep(0.05)
    raise AssertionError(f"still not: {what}")


class Household:
    """`said` is all that the command has printed; `demo` is on or off, whether the demo group is loaded."""

    def __init__(self, home: Path | None = None, *, demo: str = "off") -> None:
        self.demo = demo
        self.folder = Path(tempfile.mkdtemp(prefix="catchball-up-"))
        self.home = home or self.folder / "home"
        self.port = free_port()
        self.output = self.folder / "output"
        self.process: subprocess.Popen[bytes] | None = None

    def environment(self) -> Mapping[str, str]:
        kept = {name: text for name, text in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")}
        return {
            **kept,
            "CATCHBALL_HOME": str(self.home),
            "CATCHBALL_PORT": str(self.port),
            "CATCHBALL_DEMO": self.demo,
        }

    def launch(self, command: Sequence[str] | None = None) -> None:
        with self.output.open("wb") as output:
            self.process = subprocess.Popen(
                command or up_command(),
                cwd=ROOT,
                env=self.environment(),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )

    def start(self) -> None:
        self.launch()
        until(self.is_ready_or_gone, "ready", seconds=PATIENCE_SECONDS if self.demo == "off" else DEMO_SECONDS)
        assert self.running.poll() is None, self.said()

    def refused(self, command: Sequence[str] | None = None) -> str:
        """The one sentence of a start that cannot be; the exit code is 1 and nothing else is said."""
        self.launch(command)
        assert self.running.wait(PATIENCE_SECONDS) == 1, self.said()
        lines = [line for line in self.said().splitlines() if line.startswith("catchball: ")]
        assert len(lines) == 1, self.said()
        assert "Traceback" not in self.said()
        return lines[0].removeprefix("catchball: ")

    @property
    def running(self) -> subprocess.Popen[bytes]:
        assert self.process is not None
        return self.process

    def said(self) -> str:
        return self.output.read_text() if self.output.exists() else ""

    def is_ready_or_gone(self) -> bool:
        return "Catchball is ready" in self.said() or self.running.poll() is not None

    def answers(self) -> bool:
        try:
            with urlopen(f"http://127.0.0.1:{self.port}/readyz", timeout=5) as answer:
                return answer.status == 200
        except (URLError, OSError):
            return False

    def processes(self) -> dict[str, psutil.Process]:
        """The direct children by name."""
        children = psutil.Process(self.running.pid).children()
        return {name: child for child in children if (name := name_of(child))}

    def kill(self, name: str) -> None:
        """By force; returns when another has taken its place and the page answers again."""
        before = self.processes()[name]
        before.kill()

        def is_replaced() -> bool:
            after = self.processes().get(name)
            return after is not None and after.pid != before.pid

        until(is_replaced, f"another {name}, it said: {self.said()}")
        until(self.answers, f"an answer after {name} was killed")

    def everyone(self) -> list[psutil.Process]:
        parent = psutil.Process(self.running.pid)
        return [parent, *parent.children(recursive=True)]

    def stop(self, request: signal.Signals = signal.SIGTERM) -> int:
        """Asks for the end and waits for it; returns the exit code."""
        if self.running.poll() is None:
            self.running.send_signal(request)
        return self.running.wait(PATIENCE_SECONDS)

    def clean_up(self) -> None:
        if self.process is not None:
            self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


def name_of(child: psutil.Process) -> str:
    try:
        words = " ".join(child.cmdline())
    except psutil.Error:
        return ""
    found = re.search(r"bin/(postgres) -D|(?:redis|valkey)-(server)|-m catchball (web|worker)", words)
    word = next(filter(None, found.groups()), "") if found else ""
    return "redis" if word == "server" else word


def are_gone(processes: Sequence[psutil.Process]) -> bool:
    return not any(is_living(process) for process in processes)


def is_living(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
