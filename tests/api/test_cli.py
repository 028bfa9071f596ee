"""The command line knows its commands, and a command that cannot work says so in one sentence."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from api import cli
from api.commands.steps import Steps

ROOT = Path(__file__).parents[2]


def test_the_commands_are_these() -> None:
    assert list(cli.COMMANDS) == [
        *(
            "up",
            "web",
            "worker",
            "migrate",
            "demo",
            "import",
            "schema",
            "token",
            "password",
            "client",
            "prove",
            "doctor",
            "bench",
        ),
    ]


@pytest.mark.parametrize("name", cli.COMMANDS)
def test_every_command_explains_itself(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        cli.main([name, "--help"])

    assert end.value.code == 0
    assert capsys.readouterr().out.startswith(f"usage: catchball {name}")


@pytest.mark.parametrize(
    "words", [("migrate",), ("demo",), ("web",), ("worker",), ("doctor",), ("prove",), ("token", "--login", "li.na")]
)
def test_a_command_without_a_running_environment_says_what_to_do(words: tuple[str, ...], tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "catchball", *words],
        cwd=ROOT,
        env={"CATCHBALL_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        "catchball: DATABASE_URL is not set and no Catchball runs here: start `catchball up`, or set DATABASE_URL.\n"
    )


def test_a_server_that_does_not_answer_is_one_sentence(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "catchball", "migrate"],
        cwd=ROOT,
        env={
            "CATCHBALL_HOME": str(tmp_path),
            "DATABASE_URL": f"postgresql://x@/x?host={tmp_path}",
            "REDIS_URL": "redis://127.0.0.1:1",
        },
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    assert re.fullmatch(
        r"catchball: A server that this needs does not answer \(.*\): run `catchball doctor` to see which\.\n",
        done.stderr,
    )


def test_a_step_is_one_line_with_its_last_words_and_its_duration(capsys: pytest.CaptureFixture[str]) -> None:
    with Steps().step("Migrations") as say:
        say("1 of 2")
        say("done")

    assert re.fullmatch(r"Migrations    done {41} +\d+\.\d s\n", capsys.readouterr().out)
