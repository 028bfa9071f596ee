"""Writes what was measured of live updates to RESULTS-sockets.md beside this file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from statistics import mean, median

from redis.asyncio import Redis

RESULTS = Path(__file__).with_name("RESULTS-sockets.md")
EXPLAINED = """
Each socket is a person of their own, with a token of their own, subscribed to the app's own document of hints; one
hint goes to all of them. The bare hub is `sockets_bare.py`: uvloop, the same library's protocol, one text for
everybody, without GraphQL, sign-in, limits, back pressure or pings. Memory is what no other process shares, by
socket beyond the first 100, kernel buffers not included. Times run from before the hint is published to Redis until the
middle and the last client have read it. Servers, clients and Redis share the cores: compare the ratios.
""".strip()

HEAD = (
    "| sockets | | kB each | middle ms | last ms | server CPU µs a socket | ratio of last to the bare hub |",
    "|---|---|---|---|---|---|---|",
)


@dataclass(slots=True)
class Figures:
    """What was seen of one side, by number of sockets; milliseconds."""

    bytes_each: dict[int, float] = field(default_factory=dict[int, float])
    middles: dict[int, list[float]] = field(default_factory=dict[int, list[float]])
    lasts: dict[int, list[float]] = field(default_factory=dict[int, list[float]])
    spent: dict[int, list[float]] = field(default_factory=dict[int, list[float]])

    def add(self, count: int, *, middle: float, last: float, spent: float) -> None:
        """One round: when the middle and the last one heard, and what the server spent."""
        self.middles.setdefault(count, []).append(middle)
        self.lasts.setdefault(count, []).append(last)
        self.spent.setdefault(count, []).append(spent)

    def last_median(self, count: int) -> float:
        return median(self.lasts[count])


Part = Mapping[str, Figures]
"""Sides that were measured in turns; the first is what the others are compared with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """One run, in parts."""

    on: str
    machine: Sequence[str]
    rounds: int
    parts: Mapping[str, Part]
    connections: Mapping[str, int]


async def redis_connections(url: str) -> dict[str, int]:
    """How many connections listen on Redis by now, by what they listen to."""
    redis: Redis = Redis.from_url(url)  # pyright: ignore[reportUnknownMemberType] - untyped options
    listed = await redis.client_list(_type="pubsub")  # pyright: ignore[reportUnknownMemberType] - typed in part
    await redis.aclose()
    return {"hints": sum(one["psub"] == "1" for one in listed), "other": sum(one["psub"] != "1" for one in listed)}


def libraries() -> str:
    """The version of what sockets stand on besides."""
    return f"websockets {version('websockets')}"


def write(results: Results) -> None:
    RESULTS.write_text("\n".join(lines(results)) + "\n", encoding="utf-8")


def lines(results: Results) -> list[str]:
    found = [
        "# Live updates: sockets beside a bare hub",
        "",
        f"Written by `python -m tests.benchmarks.sockets` on {results.on}; medians of {results.rounds} hints, in turn.",
        "",
        EXPLAINED,
        "",
        *(f"- {line}" for line in results.machine),
    ]
    counts = list(next(iter(results.parts["one web process"].values())).lasts)
    for title, part in results.parts.items():
        found += ["", f"## The product as {title}", "", *HEAD]
        found += [row(count, name, part) for count in counts for name in part]
    hints, other = results.connections["hints"], results.connections["other"]
    of = f"with {max(counts):,} sockets over two web processes"
    return [*found, "", f"- Connections that listen on Redis {of}: {hints} for hints, {other} for who was signed out."]


def row(count: int, name: str, part: Part) -> str:
    figures, (first, *_) = part[name], part.values()
    ratios = sorted(ours / theirs for ours, theirs in zip(figures.lasts[count], first.lasts[count], strict=True))
    ratio = "1" if figures is first else f"**{median(ratios):.2f}** ({ratios[0]:.2f}–{ratios[-1]:.2f})"
    return (
        f"| {count:,} | {name} | {figures.bytes_each[count] / 1000:.1f} | {median(figures.middles[count]):.1f} "
        f"| {figures.last_median(count):.1f} | {mean(figures.spent[count]) * 1000 / count:.1f} | {ratio} |"
    )
