"""`catchball import PATH`: read an organisation, or figures, from a CSV file, or only show what would change."""

import argparse
from collections.abc import Coroutine
from pathlib import Path

from api import importing, importing_actuals
from api.commands import place
from api.commands.failure import CommandError


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("path", type=Path, help="a folder of CSV files, or one file")
    parser.add_argument(
        "--actuals", action="store_true", help="the file holds figures: measure, period, value, unit, quality"
    )
    parser.add_argument("--dry-run", action="store_true", help="show the difference, change nothing")
    parser.add_argument(
        "--skip-wrong", action="store_true", help="leave out rows with problems and whoever leans on them"
    )
    parser.add_argument("--end-absent", action="store_true", help="end whoever is employed but not in the file")
    parser.add_argument("--tenant", help="the tenant's name, where there are several")


def run(options: argparse.Namespace) -> int:
    if not options.path.exists():
        raise CommandError(f"{options.path} does not exist: give a folder of CSV files, or one file.")
    if options.actuals and options.end_absent:
        raise CommandError("--end-absent is for persons: leave it out with --actuals.")
    place.complete(_actuals(options) if options.actuals else _organisation(options))
    return 0


def _actuals(options: argparse.Namespace) -> Coroutine[object, object, None]:
    return importing_actuals.run(
        place.current(),
        options.path,
        dry_run=options.dry_run,
        tenant=options.tenant,
        skip_wrong=options.skip_wrong,
    )


def _organisation(options: argparse.Namespace) -> Coroutine[object, object, None]:
    return importing.run(
        place.current(),
        options.path,
        dry_run=options.dry_run,
        tenant=options.tenant,
        skip_wrong=options.skip_wrong,
        end_absent=options.end_absent,
    )
