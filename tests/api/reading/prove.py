"""`make prove-reads`: three readers agree on as many generated documents as one likes, on all cores.

`python -m tests.api.reading.prove --documents 200000 --seed 0` prints how far it is, and at the end what was met.
"""

import argparse
import asyncio
import multiprocessing
import os
import sys
import time
from collections import Counter
from dataclasses import dataclass
from multiprocessing.queues import Queue
from queue import Empty

from api.reading import paging, weaving
from domain.kernel import clock, database
from tests.api.reading import desk as desks
from tests.api.reading import proof
from tests.api.reading import world as worlds
from tests.api.reading.conftest import LATER
from tests.conftest import TEMPLATE, Cluster, Engines, clone, ensure_template
from tests.domain.objectives.company import NOON

DOCUMENTS = 200_000
REPORTED = 500
"""Documents between two reports of a process."""
SILENCE_SECONDS_MAX = 300


@dataclass(frozen=True, slots=True)
class Report:
    """What a process met since its last report."""

    tally: Counter[str]
    is_last: bool = False
    failure: str = ""


@dataclass(frozen=True, slots=True)
class Share:
    """The seeds of one process, and whether it walks long lists rather than reading them by reach."""

    cluster: Cluster
    seeds: range
    walks: bool


def main() -> None:
    """Ends with what the readers differ about, if they do."""
    asked = _arguments()
    engines = Engines()
    try:
        cluster = engines.start()
        asyncio.run(ensure_template(cluster))
        seeds = range(asked.seed, asked.seed + asked.documents)
        _prove([Share(cluster, seeds[at :: asked.processes], at % 2 == 1) for at in range(asked.processes)], len(seeds))
    finally:
        engines.stop()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="prove-reads", description=__doc__)
    parser.add_argument("--documents", type=int, default=DOCUMENTS, help="how many")
    parser.add_argument("--seed", type=int, default=0, help="of the first one; the others follow")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    return parser.parse_args()


def _prove(shares: list[Share], documents: int) -> None:
    context = multiprocessing.get_context("spawn")
    reports: Queue[Report] = context.Queue()
    processes = [context.Process(target=_work, args=(share, reports), daemon=True) for share in shares]
    for process in processes:
        process.start()
    try:
        _follow(reports, len(shares), documents)
    finally:
        for process in processes:
            process.terminate()
            process.join()


def _follow(reports: "Queue[Report]", running: int, documents: int) -> None:
    started, tally = time.monotonic(), Counter[str]()
    while running:
        try:
            report = reports.get(timeout=SILENCE_SECONDS_MAX)
        except Empty:
            sys.exit("A process fell silent.")
        if report.failure:
            sys.exit(report.failure)
        tally.update(report.tally)
        running -= report.is_last
        seconds = time.monotonic() - started
        _say(f"{tally['documents']:>9,} of {documents:,} documents, {tally['answers']:,} answers, {seconds:,.0f} s")
    _conclude(tally)


def _conclude(tally: Counter[str]) -> None:
    documents, answers = tally.pop("documents"), tally.pop("answers")
    for feature, number in tally.most_common():
        _say(f"{number:>9,} {feature}")
    _say(f"{documents:,} documents, {answers:,} answers to persons: planner, executor and slow reader agree.")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _work(share: Share, reports: "Queue[Report]") -> None:
    try:
        asyncio.run(_agree(share, reports))
    except AssertionError as failure:
        reports.put(Report(Counter(), failure=str(failure)))


async def _agree(share: Share, reports: "Queue[Report]") -> None:
    if share.walks:
        paging.REACH_MAX = paging.REACH_COUNTED_MAX = 2
        weaving.WALKED_EACH = 0
    url = await clone(share.cluster, TEMPLATE, f"prove_{os.getpid()}")
    await database.connect(url, size=1)
    with clock.frozen(NOON):
        world = await worlds.make()
    with clock.frozen(LATER):
        agreement = await proof.begin(desks.place(world))
        for number, seed in enumerate(share.seeds, start=1):
            await agreement.prove(seed)
            if number % REPORTED == 0:
                reports.put(Report(Counter(agreement.tally)))
                agreement.tally.clear()
    reports.put(Report(Counter(agreement.tally), is_last=True))
    await database.close()


if __name__ == "__main__":
    main()
