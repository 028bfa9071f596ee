"""`catchball migrate`: bring the database to the newest step; several at once wait for each other."""

import argparse

from api.commands import place
from domain.kernel import database


def arguments(parser: argparse.ArgumentParser) -> None:
    del parser


def run(options: argparse.Namespace) -> int:
    del options
    place.complete(database.migrate(place.current().database_url))
    return 0
