"""`catchball token --login NAME`: print an access token of a person, good for ten minutes."""

import argparse

from api.commands import place
from api.identity import issue


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--login", required=True, metavar="NAME", help="the login of the person")


def run(options: argparse.Namespace) -> int:
    print(place.complete(issue.token_for(place.current(), options.login)))
    return 0
