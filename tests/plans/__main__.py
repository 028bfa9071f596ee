"""Records the blocks of every question anew: `python -m tests.plans`; with `--people 10000` it only says them.

It starts a PostgreSQL of its own, makes the generated group, and takes some ten seconds.
"""

import argparse
import asyncio
import sys

from tests.benchmarks import group
from tests.conftest import Engines
from tests.plans import explaining, recording


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.plans", description=__doc__)
    parser.add_argument("--people", type=int, default=recording.PEOPLE)
    people: int = parser.parse_args().people
    engines = Engines()
    try:
        cluster = engines.start()
        found = asyncio.run(_explain(cluster.dsn, people))
    finally:
        engines.stop()
    for name, askers in found.items():
        _say(f"{name}: " + ", ".join(f"{who} {blocks}" for who, blocks in askers.items()))
    if people == recording.PEOPLE:
        recording.write(found)
        _say(f"Written to {recording.RECORD.name}")


async def _explain(url: str, people: int) -> dict[str, dict[str, int]]:
    await group.load(url, _say, people=people)
    return recording.of(await explaining.explain_everything(url))


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")


if __name__ == "__main__":
    main()
