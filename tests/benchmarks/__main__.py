"""`catchball bench`: makes the generated group and measures the home screen on it."""

import argparse
import asyncio
import sys
from pathlib import Path

from domain.kernel import clock
from tests.benchmarks import compiling, engines, home, machine, results


def main() -> None:
    parser = argparse.ArgumentParser(prog="catchball bench", description="Measures the home screen; see RESULTS.md.")
    parser.add_argument("--home", type=Path, help="a folder in which the group is kept for the next time")
    parser.add_argument("--rounds", type=int, default=5, help="rounds for each number of clients")
    parser.add_argument("--seconds", type=float, default=4.0, help="length of a round for each server")
    options = parser.parse_args()
    with engines.running(options.home, say) as started:
        asyncio.run(engines.provide_group(started, say))
        measure(started, rounds=options.rounds, seconds=options.seconds)


def measure(started: engines.Engines, *, rounds: int, seconds: float) -> None:
    described = machine.describe(asyncio.run(started.version()))
    unseen = compiling.measure()
    with home.servers(started) as pair:
        sizes = home.compare(pair)
        say(f"{len(sizes)} answers of the two are equal")
        statements = home.statements_each(started, pair.product)
        compressed = home.compressed_sizes(pair.product)
        found = home.measure(started, pair, rounds=rounds, seconds=seconds, say=say)
    results.write(
        results.Results(
            on=clock.now().date().isoformat(),
            machine=described,
            rounds=found,
            seconds=seconds,
            sizes=sizes,
            compressed=compressed,
            statements=statements,
            unseen=unseen,
        )
    )
    say(f"Written to {results.RESULTS.name}")


def say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
