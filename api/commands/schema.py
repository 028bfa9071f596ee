"""`catchball schema`: write schema.graphql from the code, or fail when it is not what the code says."""

import argparse
from pathlib import Path

from api import schema
from api.commands.failure import CommandError

FILE = Path("schema.graphql")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--check", action="store_true", help="compare only")


def run(options: argparse.Namespace) -> int:
    text = schema.sdl()
    if not options.check:
        FILE.write_text(text, encoding="utf-8")
    elif not FILE.exists() or FILE.read_text(encoding="utf-8") != text:
        raise CommandError(f"{FILE} is not what the code says: run `catchball schema` and look at it.")
    return 0
