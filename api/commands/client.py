"""`catchball client create`: register a partner client; its secret is shown once and never again."""

import argparse

from api.commands import place
from api.identity import clients


def arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    create = actions.add_parser("create", help="register a client and print its id and secret")
    create.add_argument("--name", required=True, help="the name that people see")
    create.add_argument("--scopes", required=True, nargs="+", metavar="SCOPE", help="what it may do")


def run(options: argparse.Namespace) -> int:
    created = clients.create(place.current(), options.name, options.scopes)
    client_id, secret = place.complete(created)
    print(f"id      {client_id}\nsecret  {secret}")
    return 0
