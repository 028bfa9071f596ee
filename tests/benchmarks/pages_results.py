"""Writes what was measured of the feed and of deep pages to RESULTS-pages.md beside this file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

RESULTS = Path(__file__).with_name("RESULTS-pages.md")
EXPLAINED = """
10,000 people, 1,000,000 check-ins. The feed is the newest twenty check-ins, with their authors, of the people below a
leader, who are spread over the group; deep pages are fifty check-ins of who sees all of them. Over HTTP the product is
as installed, but for the rate limit (`roomy.py`), asked by one client. Statements are those that the product compiles,
sent by one connection under its role, round trip included.

Woven is the product's form with the one plan for all that it keeps; plain is the same question as one select, with one
plan for all, and planned anew for each execution. An offset is written into the plain statement.
""".strip()


@dataclass(frozen=True, slots=True)
class Seen:
    """Milliseconds of a round: the median of the answers, and PostgreSQL's processor time for each."""

    p50: float
    postgres: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """One run: rounds by the names of what was measured, which end in a number."""

    on: str
    machine: Sequence[str]
    rounds: int
    http: Mapping[str, Sequence[Seen]]
    statements: Mapping[str, Sequence[float]]


def write(results: Results) -> None:
    RESULTS.write_text("\n".join(lines(results)) + "\n", encoding="utf-8")


def lines(results: Results) -> list[str]:
    return [
        "# The feed, and pages far down a list",
        "",
        f"Written by `python -m tests.benchmarks.pages` on {results.on}; medians of {results.rounds} rounds, in turn.",
        "",
        EXPLAINED,
        "",
        *(f"- {line}" for line in results.machine),
        "",
        "## The news of a line, by the number of people in it",
        "",
        "| people | HTTP p50 ms | ÷ fewest | PostgreSQL CPU ms | woven ms | ÷ fewest | plain ms | planned anew ms |",
        "|---|---|---|---|---|---|---|---|",
        *(
            f"| {number:,} | {over_http(results, 'woven', number)} | {statement(results, 'woven', number)} "
            f"| {grown(results, 'woven', number)} | {statement(results, 'plain', number)} "
            f"| {statement(results, 'planned', number)} |"
            for number in numbers(results, "woven")
        ),
        "",
        "## Fifty check-ins, by how many lie before them",
        "",
        "| before | HTTP p50 ms | ÷ first | PostgreSQL CPU ms | by cursor ms | ÷ first | by offset ms |",
        "|---|---|---|---|---|---|---|",
        *(
            f"| {number:,} | {over_http(results, 'cursor', number)} | {statement(results, 'cursor', number)} "
            f"| {grown(results, 'cursor', number)} | {statement(results, 'offset', number)} |"
            for number in numbers(results, "cursor")
        ),
        "",
        "Ratios are medians of each round's ratio; in brackets the least and the greatest of the rounds.",
    ]


def numbers(results: Results, kind: str) -> list[int]:
    return [int(name.rpartition(" ")[2]) for name in results.http if name.startswith(f"{kind}, ")]


def over_http(results: Results, kind: str, number: int) -> str:
    rounds = results.http[f"{kind}, {number}"]
    first = results.http[f"{kind}, {numbers(results, kind)[0]}"]
    ratios = ratio([one.p50 for one in rounds], [one.p50 for one in first])
    postgres = median(one.postgres for one in rounds)
    return f"{median(one.p50 for one in rounds):.2f} | {ratios} | {postgres:.2f}"


def statement(results: Results, kind: str, number: int) -> str:
    return f"{median(results.statements[f'{kind}, {number}']):.2f}"


def grown(results: Results, kind: str, number: int) -> str:
    return ratio(results.statements[f"{kind}, {number}"], results.statements[f"{kind}, {numbers(results, kind)[0]}"])


def ratio(rounds: Sequence[float], first: Sequence[float]) -> str:
    """The median of the rounds' ratios, and the least and the greatest."""
    found = sorted(one / least for one, least in zip(rounds, first, strict=True))
    return f"**{median(found):.2f}** ({found[0]:.2f}–{found[-1]:.2f})"
