"""Writes what was measured to RESULTS.md beside this file."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from tests.benchmarks.compiling import Unseen
from tests.benchmarks.lasting import Lasting, Memory
from tests.benchmarks.questions import MEANINGS
from tests.benchmarks.rounds import Asked, Round, Rounds
from tests.benchmarks.sizes import Sizes

RESULTS = Path(__file__).with_name("RESULTS.md")
EXPLAINED = """
10,000 people, 60,000 objectives, 200,000 key results, 1,000,000 check-ins. The planner is the product over HTTP with
sign-in, visibility, tenancy, limits, metrics and log on. By hand is one statement for each question behind a bare
Starlette route, Strawberry with Tortoise and loaders, PostGraphile, Ariadne and Graphene with loaders over asyncpg:
these have neither sign-in nor rights nor limits. Each is one process with four connections; before the rounds their
answers were compared and mean the same. Load generator, engines and servers share the cores, with whatever else runs
there: compare the ratios, not the rates.

For the tree, the planner is the same process with more room (`roomy.py`): as installed, one document may cost 1,000
points, and this one costs 17,916. A page holds at most 100, so the list is five pages in one document. Tree, list and
trace are asked by people of the strategy office, who see every objective, as text; home and feed by the app's document
ids. The rules behind the trace are the same Python for both who compute it.
""".strip()
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
PLANNER = "planner"
MANY = 16
"""The number of clients at which processor time and waiting are compared."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One question, put to all."""

    asked: Asked
    rounds: Rounds
    statements: Mapping[str, float]
    compressed: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """One run; what was not asked for is empty."""

    on: str
    machine: Sequence[str]
    absent: Sequence[str]
    rounds: int
    seconds: float
    measured: Sequence[Measured]
    sizes: Sizes | None
    lasting: Lasting | None
    unseen: Unseen


def lines(results: Results) -> list[str]:
    """The document; figures are medians over the rounds, ratios medians of each round's ratio."""
    return [
        "# Reads: the planner beside what one would pick instead",
        "",
        f"Written by `make bench` on {results.on}: in turns, {results.rounds} rounds of {results.seconds:g} s each.",
        "",
        *EXPLAINED.splitlines(),
        "",
        *(f"- {line}" for line in [*results.machine, *results.absent]),
        *(ratio_table(results.measured) if results.measured else []),
        *(whole_table(results.measured) if results.measured else []),
        *answers(results.measured),
        *(size_table(results.sizes) if results.sizes else []),
        *process_figures(results),
    ]


def ratio_table(measured: Sequence[Measured]) -> list[str]:
    """How the planner stands to each other server, by question."""
    clients = list(measured[0].rounds)
    heads = [f"answers/s, {count}" for count in clients] + [f"CPU, {MANY}", f"p95, {MANY}"]
    found = ["", "## Planner ÷ other, by number of clients", "", f"| question | other | {' | '.join(heads)} |"]
    found.append(f"|{'---|' * (len(heads) + 2)}")
    for one in measured:
        for other in (contender.name for contender in one.asked.contenders if contender.name != PLANNER):
            ratios = [ratio(one.rounds[count], other, COLUMNS["answers/s"]) for count in clients]
            ratios += [ratio(one.rounds[MANY], other, get) for get in (together, COLUMNS["p95 ms"])]
            found.append(f"| {one.asked.question} | {other} | {' | '.join(ratios)} |")
    return [
        *found,
        "",
        "CPU is that of web process and PostgreSQL together, for each answer. In brackets the least and the greatest",
        "of the rounds.",
        "",
        *(f"- {question}: {meaning}." for question, meaning in MEANINGS.items()),
    ]


def together(one: Round) -> float:
    return one.milliseconds(one.spent.server + one.spent.postgres)


def ratio(rounds: Sequence[Mapping[str, Round]], other: str, get: Get) -> str:
    """The median of the rounds' ratios, and the least and the greatest."""
    found = sorted(get(one[PLANNER]) / get(one[other]) for one in rounds)
    return f"**{shown(median(found))}** ({shown(found[0])}–{shown(found[-1])})"


def whole_table(measured: Sequence[Measured]) -> list[str]:
    found = [
        "",
        "## All figures",
        "",
        f"| question | clients | server | {' | '.join(COLUMNS)} |",
        f"|{'---|' * (len(COLUMNS) + 3)}",
    ]
    for one in measured:
        for clients, rounds in one.rounds.items():
            found += [
                row([one.asked.question, str(clients), contender.name], [turn[contender.name] for turn in rounds])
                for contender in one.asked.contenders
            ]
    return found


def row(names: Sequence[str], rounds: Sequence[Round]) -> str:
    figures = [shown(median(get(one) for one in rounds)) for get in COLUMNS.values()]
    return f"| {' | '.join([*names, *figures])} |"


def shown(value: float) -> str:
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def answers(measured: Sequence[Measured]) -> list[str]:
    if not measured:
        return []
    found = ["", "## Answers and statements", "", "| question | server | bytes | statements |", "|---|---|---|---|"]
    for one in measured:
        found += [
            f"| {one.asked.question} | {name} | {size:,} | {one.statements[name]:g} |"
            for name, size in one.asked.sizes.items()
        ]
    compressed = (
        f"{one.asked.question} {', '.join(f'{name} {size:,}' for name, size in one.compressed.items())}"
        for one in measured
    )
    return [*found, "", f"Bytes of the planner's answers compressed: {'; '.join(compressed)}."]


def size_table(sizes: Sizes) -> list[str]:
    found = [
        "",
        "## Home against the size of the group",
        "",
        "Above 10,000 people each key result has one check-in, and a million people have objectives of one cycle only.",
        "",
        "| people | clients | p50 ms | p50 ÷ smallest | answers/s | PostgreSQL CPU ms |",
        "|---|---|---|---|---|---|",
    ]
    smallest = sizes[min(sizes)]
    for people, by_clients in sizes.items():
        for clients, rounds in by_clients.items():
            pairs = zip(rounds, smallest[clients], strict=True)
            grown = median(one.seen.p50 / least.seen.p50 for one, least in pairs)
            figures = [median(get(one) for one in rounds) for get in (COLUMNS["p50 ms"], COLUMNS["answers/s"])]
            postgres = median(COLUMNS["PostgreSQL CPU ms"](one) for one in rounds)
            found.append(
                f"| {people:,} | {clients} | {figures[0]:.2f} | **{grown:.2f}** | {figures[1]:,.0f} | {postgres:.2f} |"
            )
    return found


def process_figures(results: Results) -> list[str]:
    unseen = results.unseen
    found = [
        "",
        "## A web process",
        "",
        f"- A document not seen before: opened in {unseen.opened:.1f} ms, compiled in {unseen.compiled:.1f} ms.",
        f"- The statement of the home screen has {unseen.characters:,} characters.",
    ]
    if results.lasting is None:
        return found
    lasting, plans = results.lasting, results.lasting.plans
    memory = ", ".join(f"{one.megabytes:.1f} MB after {one.answered:,}" for one in thinned(lasting))
    return [
        *found,
        f"- Answers {median(lasting.starts):.2f} s after its start ({len(lasting.starts)} starts).",
        f"- Memory (RSS) while people go through the app's five tabs: {memory} answers.",
        f"- Plans: {plans.found:.4%} of {plans.kept + plans.compiled:,} requests found theirs.",
        f"- {plans.compiled} plans were compiled, in {plans.milliseconds / plans.compiled:.1f} ms each.",
    ]


def thinned(lasting: Lasting) -> list[Memory]:
    """At the beginning, after the first slice, and at the end."""
    return [lasting.memory[0], lasting.memory[1], lasting.memory[-1]]
