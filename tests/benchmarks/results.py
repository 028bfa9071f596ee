"""Writes what was measured to RESULTS.md beside this file."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from tests.benchmarks.compiling import Unseen
from tests.benchmarks.home import Round, Rounds

RESULTS = Path(__file__).with_name("RESULTS.md")
EXPLAINED = """
10,000 people, 60,000 objectives, 200,000 key results, 1,000,000 check-ins. The planner answers the app's own document
with sign-in, visibility, tenancy, limits, metrics and log on; by hand is `home_by_hand.sql` behind a bare Starlette
route. Both have one process and four connections, and give the same data. Load generator, engines and servers share
the cores, with whatever else runs there: compare the ratios, not the rates.
""".rstrip()
Get = Callable[[Round], float]
COLUMNS: Mapping[str, Get] = {
    "answers/s": lambda one: one.seen.per_second,
    "p50 ms": lambda one: one.seen.p50,
    "p95 ms": lambda one: one.seen.p95,
    "p99 ms": lambda one: one.seen.p99,
    "web CPU ms": lambda one: one.milliseconds(one.spent.server),
    "PostgreSQL CPU ms": lambda one: one.milliseconds(one.spent.postgres),
    "Redis CPU ms": lambda one: one.milliseconds(one.spent.redis),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """One run of the home screen's benchmark."""

    on: str
    machine: Sequence[str]
    rounds: Rounds
    seconds: float
    sizes: Sequence[int]
    compressed: Mapping[str, int]
    statements: Sequence[str]
    unseen: Unseen


def write(results: Results) -> None:
    RESULTS.write_text("\n".join(lines(results)) + "\n", encoding="utf-8")


def lines(results: Results) -> list[str]:
    """The document; figures are medians over the rounds, ratios medians of each round's ratio."""
    count = len(next(iter(results.rounds.values())))
    return [
        "# Home screen: planner beside hand-written SQL",
        "",
        f"Written by `make bench` on {results.on}; {count} rounds of {results.seconds:g} s for each server, in turns.",
        EXPLAINED,
        "",
        *(f"- {line}" for line in results.machine),
        "",
        *table(results.rounds),
        "",
        *answers(results),
    ]


def table(rounds: Rounds) -> list[str]:
    found = [
        f"| clients | | {' | '.join(COLUMNS)} | ratio of answers/s |",
        f"|{'---|' * (len(COLUMNS) + 3)}",
    ]
    for clients, pairs in rounds.items():
        ratios = sorted(ours.seen.per_second / theirs.seen.per_second for ours, theirs in pairs)
        ratio = f"**{median(ratios):.2f}** ({ratios[0]:.2f}–{ratios[-1]:.2f})"
        found += [
            row(clients, "planner", [ours for ours, _ in pairs], ratio),
            row(clients, "by hand", [theirs for _, theirs in pairs], "1"),
        ]
    return found


def row(clients: int, name: str, rounds: Sequence[Round], ratio: str) -> str:
    figures = " | ".join(shown(median(get(one) for one in rounds)) for get in COLUMNS.values())
    return f"| {clients} | {name} | {figures} | {ratio} |"


def shown(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.2f}"


def answers(results: Results) -> list[str]:
    sizes, unseen = sorted(results.sizes), results.unseen
    compressed = ", ".join(f"{name} {size:,}" for name, size in results.compressed.items())
    return [
        f"- Answer: {median(sizes):,.0f} bytes at the median, {sizes[-1]:,} at most; compressed {compressed}.",
        f"- Statements: {'; '.join(results.statements)}.",
        f"- A document not seen before: opened in {unseen.opened:.1f} ms, compiled in {unseen.compiled:.1f} ms.",
        f"- The statement has {unseen.characters:,} characters.",
    ]
