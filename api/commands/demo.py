"""`catchball demo`: load the demo group into an empty database and say how to sign in."""

import argparse

from api.commands import place
from api.demo import build
from api.demo.logins import LOGINS


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--quietly", action="store_true", help="leave out the logins")


def run(options: argparse.Namespace) -> int:
    place.complete(build.build(place.current(), report=say))
    if not options.quietly:
        for login, password, who in LOGINS:
            print(f"{login:<24}{password:<16}{who}")
    return 0


def say(words: str) -> None:
    print(words, flush=True)
