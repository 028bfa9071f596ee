"""`catchball bench`: makes the generated group, and measures the reads of the product beside others on it."""

import argparse
import asyncio
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from api.embedded.failure import EngineError
from domain.kernel import clock
from tests.benchmarks import compiling, contenders, engines, lasting, machine, results, rounds, sizes
from tests.benchmarks.engines import Engines
from tests.benchmarks.questions import Question
from tests.benchmarks.results import Measured
from tests.benchmarks.rivals import installing, servers
from tests.benchmarks.rivals.installing import NotInstalled
from tests.benchmarks.rounds import Asked

PARTS = (*Question, "sizes", "process")
OURS = (contenders.planner, contenders.roomy, contenders.by_hand)
RIVALS = {
    "Strawberry": servers.strawberry,
    "PostGraphile": servers.postgraphile,
    "Ariadne": servers.ariadne,
    "Graphene": servers.graphene,
}


def main() -> None:
    options = arguments().parse_args()
    parts = options.only.split(",")
    if unknown := set(parts) - set(PARTS):
        raise SystemExit(f"There is no part {', '.join(sorted(unknown))}: choose of {', '.join(PARTS)}.")
    people = [int(one) for one in options.sizes.split(",")]
    with engines.running(options.home, say) as started:
        asyncio.run(engines.provide_group(started, say))
        found = measure(started, parts, people, rounds_each=options.rounds, seconds=options.seconds)
    text = "\n".join(results.lines(found)) + "\n"
    if set(parts) == set(PARTS):
        results.RESULTS.write_text(text, encoding="utf-8")
        say(f"Written to {results.RESULTS.name}")
    else:
        say(text)


def arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="catchball bench", description="Measures reads; see RESULTS.md.")
    parser.add_argument("--home", type=Path, help="a folder in which group and rivals are kept for the next time")
    parser.add_argument("--rounds", type=int, default=5, help="rounds for each number of clients")
    parser.add_argument("--seconds", type=float, default=2.0, help="length of a round for each server")
    parser.add_argument(
        "--only", default=",".join(PARTS), help="parts to measure and print, by commas; all are written"
    )
    parser.add_argument("--sizes", default="1000,10000", help="numbers of people of the groups to compare, by commas")
    return parser


def measure(
    started: Engines, parts: Sequence[str], people: Sequence[int], *, rounds_each: int, seconds: float
) -> results.Results:
    described = [*machine.describe(asyncio.run(started.version())), installing.versions(servers.FOLDER)]
    unseen = compiling.measure()
    questions = [one for one in Question if one in parts]
    absent, measured = ask_all(started, questions, rounds_each=rounds_each, seconds=seconds) if questions else ([], [])
    by_size = None
    if "sizes" in parts:
        by_size = sizes.measure(started, people, rounds=rounds_each, seconds=seconds, say=say)
    process = lasting.measure(started, say) if "process" in parts else None
    return results.Results(
        on=clock.now().date().isoformat(),
        machine=[*described, f"load averages after the run: {machine.load_averages()}"],
        absent=absent,
        rounds=rounds_each,
        seconds=seconds,
        measured=measured,
        sizes=by_size,
        lasting=process,
        unseen=unseen,
    )


def ask_all(
    started: Engines, questions: Sequence[Question], *, rounds_each: int, seconds: float
) -> tuple[list[str], list[Measured]]:
    """Why rivals are not there, and each question put to the servers that are."""
    with ExitStack() as stack:
        ready = [stack.enter_context(start(started)) for start in OURS]
        absent: list[str] = []
        for name, start in RIVALS.items():
            try:
                ready.append(stack.enter_context(start(started)))
            except (EngineError, NotInstalled) as reason:
                absent.append(f"{name} is not measured. {reason}")
                say(absent[-1])
        subjects = contenders.find_subjects(ready[0].process)
        measured: list[Measured] = []
        for question in questions:
            asked = rounds.compare(question, ready, subjects)
            say(f"{question}: the answers of {len(asked.contenders)} servers mean the same")
            measured.append(put(started, asked, rounds_each=rounds_each, seconds=seconds))
        return absent, measured


def put(started: Engines, asked: Asked, *, rounds_each: int, seconds: float) -> Measured:
    planner = asked.contenders[0]
    return Measured(
        asked=asked,
        statements=rounds.statements_each(started, asked),
        compressed=rounds.compressed_sizes(planner, asked.requests[planner.name]),
        rounds=rounds.measure(started, asked, rounds=rounds_each, seconds=seconds, say=say),
    )


def say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
