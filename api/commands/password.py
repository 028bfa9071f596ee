"""`catchball password --login NAME`: choose the password of a person, read from the terminal or from standard input."""

import argparse
import getpass
import sys

from api.commands import place
from api.identity import choosing


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--login", required=True, metavar="NAME", help="the login of the person")


def run(options: argparse.Namespace) -> int:
    settings = place.current()
    password = getpass.getpass("New password: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    place.complete(choosing.choose_password(settings, options.login, password))
    print(f"{options.login} signs in by the new password from now on.")
    return 0
