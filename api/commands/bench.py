"""`catchball bench`: the measurements in tests/benchmarks, which need the source tree."""

import argparse
import subprocess
import sys
from importlib.util import find_spec

from api.commands.failure import CommandError

MODULE = "tests.benchmarks"
OPTIONS = {
    "home": "a folder in which the generated group and the rivals are kept for the next time",
    "rounds": "rounds for each number of clients",
    "seconds": "length of a round for each server",
    "only": "parts to measure and print, by commas; without it all are measured and written",
    "sizes": "numbers of people of the groups in which the home screen is compared, by commas",
}


def arguments(parser: argparse.ArgumentParser) -> None:
    for name, meaning in OPTIONS.items():
        parser.add_argument(f"--{name}", help=meaning)


def run(options: argparse.Namespace) -> int:
    if find_spec("tests") is None or find_spec(MODULE) is None:
        raise CommandError("The benchmarks lie in the source tree: run `make bench` there.")
    given = {name: getattr(options, name) for name in OPTIONS}
    words = [f"--{name}={value}" for name, value in given.items() if value is not None]
    return subprocess.call([sys.executable, "-m", MODULE, *words])
