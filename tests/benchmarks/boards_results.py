"""Writes what was measured of boards to RESULTS-boards.md beside this file."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from domain.kernel import clock

RESULTS = Path(__file__).with_name("RESULTS-boards.md")
REDIS = "Redis, the product's client"
REDIS_BLOCKING = "Redis, a blocking client"
STATEMENT = "SQL, one statement"
DOCUMENT = "the product's document, the same answer"
WHOLE = "the product's document, the whole board"
EXPLAINED = """
The question: the twenty with the most points, and how many have more points than I do, plus one. Redis keeps a sorted
set (`ZREVRANGE`, `ZCOUNT`, one trip, and is told my points); PostgreSQL looks for my points, walks an index for the
twenty and sums a histogram of two levels, under row-level security and the role of the application. A document is
compiled as the product does it, with the rights and the names that are masked; the whole board has ranks and names of
the twenty, and two neighbours on either side. One caller asks each side in turn, question by question; ratios are those
of the medians of a round. All sides gave the same answers before.
""".strip()
HEAD = (
    "| people | | ms | times Redis | times Redis, blocking |",
    "|---|---|---|---|---|",
)


@dataclass(slots=True, kw_only=True)
class Board:
    """What was seen of one tenant; milliseconds for one question, by side and round, and for a thousand additions."""

    size: int
    most: int
    rebuilt_seconds: float
    proved_seconds: float
    asked: dict[str, list[float]] = field(default_factory=dict[str, list[float]])
    added: list[float] = field(default_factory=list[float])
    added_to_redis: list[float] = field(default_factory=list[float])
    redis_bytes: int = 0
    table_bytes: int = 0
    count_rows: int = 0

    def middle(self, side: str) -> float:
        return median(self.asked[side])

    def ratio(self, side: str, to: str) -> str:
        ratios = sorted(ours / theirs for ours, theirs in zip(self.asked[side], self.asked[to], strict=True))
        return "1" if side == to else f"{median(ratios):.2f} ({ratios[0]:.2f}–{ratios[-1]:.2f})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """One run."""

    rounds: int
    machine: Sequence[str]
    boards: Sequence[Board]


def write(results: Results) -> None:
    RESULTS.write_text("\n".join(lines(results)) + "\n", encoding="utf-8")


def lines(results: Results) -> list[str]:
    found = [
        "# Boards: rank and top twenty in SQL beside Redis",
        "",
        f"Written by `python -m tests.benchmarks.boards` on {clock.now().date()}; {results.rounds} rounds, in turns.",
        "",
        EXPLAINED,
        "",
        *(f"- {line}" for line in results.machine),
        "",
        *HEAD,
    ]
    found += [row(board, side) for board in results.boards for side in board.asked]
    found += ["", "## A thousand people earn at once", "", "| people | SQL ms | Redis ms |", "|---|---|---|"]
    for board in results.boards:
        found.append(f"| {board.size:,} | {median(board.added):.0f} | {median(board.added_to_redis):.1f} |")
    return [*found, "", *map(rest, results.boards)]


def row(board: Board, side: str) -> str:
    ratios = f"{board.ratio(side, REDIS)} | {board.ratio(side, REDIS_BLOCKING)}"
    return f"| {board.size:,} | {side} | {board.middle(side):.3f} | {ratios} |"


def rest(board: Board) -> str:
    return (
        f"- {board.size:,} people, at most {board.most:,} points: made anew from what was earned in "
        f"{board.rebuilt_seconds:.1f} s, compared with it in {board.proved_seconds:.1f} s; {board.count_rows:,} rows "
        f"of counts; standings and indexes of all tenants so far {board.table_bytes / 1e6:.1f} MB, the sorted set "
        f"{board.redis_bytes / 1e6:.1f} MB."
    )
