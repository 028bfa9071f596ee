"""The parts of the embedded engines that a whole start does not show."""

import os
import shutil
import signal
import socket
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import asyncpg
import psutil
import pytest
from redis import asyncio as asyncio_redis

from api.embedded import group, hold, leftover, listener, redis, running, sockets
from api.embedded.child import TETHER, Child
from api.embedded.failure import EngineError
from api.embedded.owner import Owner, hand_over, let_read
from api.embedded.postgres import Postgres
from api.embedded.running import Running
from tests.journeys.household import are_gone, until

NOTE = Running(pid=1, database_url="postgresql:///x", redis_url="unix:///x", address="http://localhost:1")
TIED = """
import os, subprocess, sys, time
subprocess.Popen([sys.executable, "-I", "-S", sys.argv[1], str(os.getpid()), "15", sys.argv[2], "same",
                  "/bin/sleep", "600"])
time.sleep(600)
"""


def test_a_note_is_found_only_while_its_writer_holds_the_home(tmp_path: Path) -> None:
    lock = hold.take(tmp_path)
    running.write(tmp_path, NOTE)

    assert running.find(tmp_path) == NOTE
    os.close(lock)
    assert running.find(tmp_path) is None


def test_a_note_is_for_its_owner_alone(tmp_path: Path) -> None:
    running.write(tmp_path, NOTE)

    assert stat.S_IMODE((tmp_path / "running.json").stat().st_mode) == 0o600


def test_a_home_is_held_once(tmp_path: Path) -> None:
    lock = hold.take(tmp_path)

    with pytest.raises(EngineError):
        hold.take(tmp_path)
    os.close(lock)
    os.close(hold.take(tmp_path))


def test_sockets_lie_in_the_home_unless_its_path_is_too_long(tmp_path: Path) -> None:
    short, long = Path("/srv/cb"), tmp_path / ("x" * 100)

    assert sockets.folder(short, None) == short / "sockets"
    stand_in = sockets.folder(long, None)
    assert len(str(stand_in)) < 60
    assert stand_in == sockets.folder(long, None)
    stand_in.rmdir()


@pytest.mark.parametrize("mode", ["kernel", "watch"] if sys.platform == "linux" else ["watch"])
def test_a_tethered_program_ends_with_the_one_that_started_it(mode: str) -> None:
    with subprocess.Popen([sys.executable, "-c", TIED, TETHER, mode]) as parent:
        tied = until(lambda: sleepers(parent.pid), "a tethered program")
        parent.kill()

    until(lambda: are_gone(tied), "its end")


def sleepers(pid: int) -> list[psutil.Process]:
    return [child for child in psutil.Process(pid).children() if child.name() == "sleep"]


def test_a_child_that_does_not_listen_is_ended_by_force(tmp_path: Path) -> None:
    program = "import signal, time; signal.signal(15, signal.SIG_IGN); print('deaf', flush=True); time.sleep(600)"
    deaf = Child(
        name="deaf",
        command=[sys.executable, "-c", program],
        log=tmp_path / "log",
        last_signal=signal.SIGKILL,
    )
    deaf.start()
    until(lambda: deaf.last_words() == "deaf", "its first word")

    deaf.stop(signal.SIGTERM, patience_seconds=0.1)

    assert not deaf.is_alive()


def test_a_child_that_ends_at_once_is_told_with_its_last_words(tmp_path: Path) -> None:
    child = Child(
        name="Redis",
        command=["/bin/sh", "-c", "echo out of memory; exit 1"],
        log=tmp_path / "log",
        last_signal=signal.SIGKILL,
    )
    child.start()
    until(lambda: not child.is_alive(), "its end")

    with pytest.raises(EngineError) as refusal:
        child.require_alive()

    assert str(refusal.value) == f"Redis ended at once (out of memory): see {tmp_path / 'log'}."


def test_deaths_in_a_row_wait_longer_and_longer() -> None:
    assert [group.delay_seconds(failures) for failures in range(1, 9)] == [0, 0.5, 1, 2, 4, 8, 10, 10]


class Mortal:
    """Lives only in its own count of starts."""

    def __init__(self, log: Path) -> None:
        self.child = Child(name="web", command=["/bin/true"], log=log, last_signal=signal.SIGKILL)
        self.starts = 0

    def start(self) -> None:
        self.starts += 1

    def stop(self) -> None:
        self.starts = 0


def test_a_member_that_cannot_live_is_given_up(tmp_path: Path) -> None:
    mortal = Mortal(tmp_path / "log")
    record = group.Record(failures=group.FAILURES_MAX, started_at=psutil.boot_time() + 1e9)

    with pytest.raises(EngineError) as refusal:
        group.attend(mortal, record, say=print)

    assert str(refusal.value) == f"web ended 12 times in a row: see {tmp_path / 'log'}."
    assert mortal.starts == 0


def test_the_lock_file_tells_process_and_state(tmp_path: Path) -> None:
    (tmp_path / "postmaster.pid").write_text("4711\n/x\n1\n5432\n/s\n\n  1 2\nready   \n")

    assert leftover.state(tmp_path) == (4711, "ready")
    assert leftover.state(tmp_path / "nowhere") == (0, "")


def test_a_redis_that_is_too_old_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = tmp_path / "redis-server"
    old.write_text("#!/bin/sh\necho 'Redis server v=6.0.16 sha=0:0 malloc=libc bits=64'\n")
    old.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(redis, "CARRIED", {})

    assert redis.version(old) == (6, 0)
    with pytest.raises(EngineError):
        redis.program()


def test_a_reserved_port_lets_nobody_in_before_the_web_process_listens() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]

    with listener.reserve("127.0.0.1", port), pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), timeout=1)


def test_a_port_of_the_system_is_told_apart_from_a_busy_one() -> None:
    assert listener.sentence(PermissionError(13, "Permission denied"), "127.0.0.1", 80) == (
        "Port 80 is not for this user: choose one above 1023 by CATCHBALL_PORT."
    )


def test_another_owner_gets_the_folder_and_may_only_pass_through_those_above(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    me = Owner(uid=os.geteuid(), gid=closed.stat().st_gid)
    stranger = Owner(uid=me.uid + 1, gid=me.gid)

    hand_over(me, closed / "own")
    let_read(stranger, closed / "own")

    assert stat.S_IMODE(closed.stat().st_mode) == 0o710
    assert stat.S_IMODE((closed / "own").stat().st_mode) == 0o740 | stat.S_IXGRP


@pytest.fixture
def strange_home() -> Iterator[Path]:
    """Outside pytest's own folder, which it closes to other users whenever a run begins."""
    with tempfile.TemporaryDirectory(prefix="catchball-", ignore_cleanup_errors=True) as folder:
        yield Path(folder) / "My goals, 我的 100% goals"


async def test_a_home_may_have_any_name(strange_home: Path) -> None:
    hold.prepare(strange_home)
    engines = Postgres(home=strange_home, options={"fsync": "off"}), redis.Redis(home=strange_home)
    try:
        for engine in engines:
            engine.start()
        connection = await asyncpg.connect(engines[0].url("postgres"))
        client: Any = asyncio_redis.from_url(engines[1].url(3))  # pyright: ignore[reportUnknownMemberType] - untyped options

        assert await connection.fetchval("SELECT 42") == 42
        assert await client.dbsize() == 0
        await connection.close()
        await client.aclose()
    finally:
        for engine in engines:
            engine.stop()
        shutil.rmtree(engines[0].sockets)
