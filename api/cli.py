"""The command line, `catchball`: the one place where api and notifications meet."""

import argparse
import importlib
import sys
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from typing import Protocol, cast

from api.commands.failure import CommandError
from api.embedded.failure import EngineError
from domain.kernel.errors import DomainError
from domain.kernel.settings import SettingsError


class Command(Protocol):
    """What every module in api/commands offers."""

    def arguments(self, parser: argparse.ArgumentParser) -> None: ...

    def run(self, options: argparse.Namespace) -> int:
        """Returns the exit code."""
        ...


COMMANDS = {
    "up": "start everything here: PostgreSQL, Redis, web and worker",
    "web": "answer GraphQL and serve the app",
    "worker": "show the journal to its readers and deliver announcements",
    "migrate": "bring the database to the newest step",
    "demo": "load the demo group into an empty database",
    "import": "read an organisation from CSV files",
    "schema": "write schema.graphql, or check that it is what the code says",
    "token": "print an access token of a person",
    "password": "choose the password of a person",
    "client": "create a partner client",
    "prove": "compute goals and scorecards anew, compare, and mend what drifted",
    "doctor": "say in sentences what is wrong and what to do",
    "bench": "measure reading beside hand-written SQL",
}
MODULES = {"import": "importing"}


def main(arguments: Sequence[str]) -> int:
    """Returns the exit code; 1 with one sentence when something must be done first."""
    options = parser(arguments).parse_args(arguments)
    try:
        return command(options.command).run(options)
    except (CommandError, DomainError, EngineError, SettingsError) as error:
        print(f"catchball: {error}", file=sys.stderr)  # noqa: T201 - the command line speaks
        return 1


def parser(arguments: Sequence[str]) -> argparse.ArgumentParser:
    """Only the command that is asked for is loaded, so that each starts fast."""
    whole = argparse.ArgumentParser(prog="catchball", description="Catchball, version " + release())
    whole.add_argument("--version", action="version", version=release())
    commands = whole.add_subparsers(dest="command", required=True, metavar="COMMAND")
    asked = next((word for word in arguments if word in COMMANDS), None)
    for name, summary in COMMANDS.items():
        part = commands.add_parser(name, help=summary, description=summary.capitalize() + ".")
        if name == asked:
            command(name).arguments(part)
    return whole


def command(name: str) -> Command:
    return cast("Command", importlib.import_module("api.commands." + MODULES.get(name, name)))


def release() -> str:
    try:
        return version("catchball")
    except PackageNotFoundError:
        return "of the source tree"
