"""`catchball worker`: one process that shows the journal to its readers and delivers announcements."""

import argparse

import uvloop

from api import worker
from api.commands import place


def arguments(parser: argparse.ArgumentParser) -> None:
    del parser


def run(options: argparse.Namespace) -> int:
    del options
    uvloop.run(worker.run(place.current()))
    return 0
