"""Which form of a statement costs least: JSON by PostgreSQL, plain rows, arrays of columns, a record array per level.

`python -m tests.benchmarks.forms --home DIR` asks the same of the generated group in each form, over one connection,
and writes what PostgreSQL and Python spent to RESULTS-forms.md. The builders are written by hand, as a generator would.
"""

import argparse
import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, cast

import asyncpg
import orjson

from domain.kernel import clock
from tests.benchmarks import engines, machine
from tests.benchmarks.tables import TENANT

if TYPE_CHECKING:
    Connection = asyncpg.Connection[asyncpg.Record]

RESULTS = Path(__file__).with_name("RESULTS-forms.md")
EXPLAINED = """
Milliseconds of processor time for one answer, medians of the rounds: of the backend, by its scheduler's statistics, and
of the Python process that turns what came into the bytes of the answer. `list` is 500 objectives with six scalars,
`tree` 20 objectives with their key results and the last check-in of each. Row-level security is on.
""".strip()
SETTINGS = {
    "jit": "off",
    "plan_cache_mode": "force_generic_plan",
    "max_parallel_workers_per_gather": "0",
    "timezone": "UTC",
    "role": "catchball_app",
}
TIMES = 100
ROUNDS = 9
OBJECTIVES = (
    "from objective o where o.tenant_id = current_tenant() and o.state = 'ACTIVE' "
    "order by o.created_at desc, o.id desc limit {limit}"
)
SCALARS = {
    "id": "'obj_' || o.id",
    "title": "o.title",
    "state": "o.state",
    "weight": "o.weight",
    "progress": "trim_scale(round(o.progress, 2))::text",
    "createdAt": "o.created_at",
}
KEY_RESULT = {
    "id": "'kr_' || k.id",
    "title": "k.title",
    "target": "trim_scale(k.target)::text",
    "current": "trim_scale(k.current)::text",
    "progress": "trim_scale(round(k.progress, 2))::text",
}
CHECK_IN = {"confidence": "c.confidence", "recordedAt": "c.recorded_at"}

Read = Callable[["Connection"], Awaitable[bytes]]


def named(columns: Mapping[str, str]) -> str:
    return ", ".join(f'{sql} as "{name}"' for name, sql in columns.items())


def as_json(rows: str) -> str:
    return f"array_to_json(array(select row_to_json(r) from ({rows}) r))"


LIST = f"select {named(SCALARS)} {OBJECTIVES.format(limit=500)}"
TREE = (
    f"select {named(SCALARS)}, "
    + as_json(
        f"select {named(KEY_RESULT)}, (select row_to_json(r) from (select {named(CHECK_IN)} from check_in c "
        'where c.tenant_id = current_tenant() and c.id = k.latest_check_in_id) r) as "latestCheckIn" '
        "from key_result k where k.tenant_id = current_tenant() and k.objective_id = o.id order by k.position"
    )
    + f' as "keyResults" {OBJECTIVES.format(limit=20)}'
)
LEVELS = f"""
with o as materialized (select o.* {OBJECTIVES.format(limit=20)}), k as materialized (
  select k.* from key_result k where k.tenant_id = current_tenant() and k.objective_id = any(array(select id from o)))
select array(select row(o.id, {", ".join(SCALARS.values())}) from o),
  array(select row(k.objective_id, k.latest_check_in_id, {", ".join(KEY_RESULT.values())}) from k order by k.position),
  array(select row(c.id, {", ".join(CHECK_IN.values())}) from check_in c
    where c.tenant_id = current_tenant() and c.id = any(array(select latest_check_in_id from k)))
"""
COLUMNS = "select " + ", ".join(f'array_agg("{name}")' for name in SCALARS) + f" from ({LIST}) r"


def passed_through(statement: str) -> Read:
    """The bytes as PostgreSQL wrote them."""
    sql = f"select convert_to({as_json(statement)}::text, 'UTF8')"

    async def read(connection: "Connection") -> bytes:
        return cast("bytes", await connection.fetchval(sql))

    return read


async def plain_rows(connection: "Connection") -> bytes:
    rows = await connection.fetch(LIST)
    return orjson.dumps(
        [
            {"id": r[0], "title": r[1], "state": r[2], "weight": r[3], "progress": r[4], "createdAt": r[5]}
            for r in map(tuple, rows)
        ]
    )


async def columns(connection: "Connection") -> bytes:
    row = await connection.fetchrow(COLUMNS)
    assert row is not None
    return orjson.dumps(
        [
            {"id": a, "title": b, "state": c, "weight": d, "progress": e, "createdAt": f}
            for a, b, c, d, e, f in zip(*row, strict=True)
        ]
    )


async def levels(connection: "Connection") -> bytes:
    row = await connection.fetchrow(LEVELS)
    assert row is not None
    check_ins = {c[0]: {"confidence": c[1], "recordedAt": c[2]} for c in row[2]}
    below: dict[object, list[object]] = {}
    for k in row[1]:
        below.setdefault(k[0], []).append(
            {
                "id": k[2],
                "title": k[3],
                "target": k[4],
                "current": k[5],
                "progress": k[6],
                "latestCheckIn": check_ins.get(k[1]),
            }
        )
    return orjson.dumps(
        [
            {
                "id": o[1],
                "title": o[2],
                "state": o[3],
                "weight": o[4],
                "progress": o[5],
                "createdAt": o[6],
                "keyResults": below.get(o[0], []),
            }
            for o in row[0]
        ]
    )


FORMS: Mapping[str, Mapping[str, Read]] = {
    "list": {"JSON by PostgreSQL": passed_through(LIST), "plain rows": plain_rows, "arrays of columns": columns},
    "tree": {"JSON by PostgreSQL": passed_through(TREE), "a record array per level": levels},
}


@dataclass(slots=True)
class Figures:
    """Milliseconds for one answer, round by round."""

    backend: list[float] = field(default_factory=list[float])
    python: list[float] = field(default_factory=list[float])

    @property
    def total(self) -> float:
        return median(self.backend) + median(self.python)


async def measure(url: str) -> Mapping[str, Mapping[str, Figures]]:
    """Every form in turn, after their answers were compared."""
    connection = await asyncpg.connect(url, server_settings=SETTINGS)
    try:
        await connection.execute("select set_config('app.tenant_id', $1, false)", TENANT)
        found = {name: {form: Figures() for form in forms} for name, forms in FORMS.items()}
        for name, forms in FORMS.items():
            answers = [orjson.loads(await read(connection)) for read in forms.values()]
            assert all(answer == answers[0] for answer in answers), name
            for _ in range(ROUNDS):
                for form, read in forms.items():
                    await one_round(connection, read, found[name][form])
        return found
    finally:
        await connection.close()


async def one_round(connection: "Connection", read: Read, figures: Figures) -> None:
    pid = connection.get_server_pid()
    for _ in range(5):
        await read(connection)
    backend, python = backend_milliseconds(pid), time.process_time()
    for _ in range(TIMES):
        await read(connection)
    figures.backend.append((backend_milliseconds(pid) - backend) / TIMES)
    figures.python.append((time.process_time() - python) * 1000 / TIMES)


def backend_milliseconds(pid: int) -> float:
    """What a backend has spent on a processor so far."""
    return int(Path(f"/proc/{pid}/schedstat").read_text(encoding="ascii").split()[0]) / 1e6


def lines(found: Mapping[str, Mapping[str, Figures]], described: Sequence[str]) -> list[str]:
    rows = [
        f"| {name} | {form} | {median(one.backend):.3f} | {median(one.python):.3f} | {one.total:.3f} "
        f"| **{one.total / next(iter(forms.values())).total:.2f}** |"
        for name, forms in found.items()
        for form, one in forms.items()
    ]
    return [
        "# Forms of a statement, side by side",
        "",
        f"Written by `python -m tests.benchmarks.forms` on {clock.now().date().isoformat()}; {ROUNDS} rounds, in turn.",
        "",
        EXPLAINED,
        "",
        *(f"- {one}" for one in described),
        "",
        "| question | form | PostgreSQL ms | Python ms | sum | ÷ JSON by PostgreSQL |",
        "|---|---|---|---|---|---|",
        *rows,
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description="Measures forms of a statement; see RESULTS-forms.md.")
    parser.add_argument("--home", type=Path, help="a folder in which the group is kept for the next time")
    with engines.running(parser.parse_args().home, print) as started:
        asyncio.run(engines.provide_group(started, print))
        described = machine.describe(asyncio.run(started.version()))
        found = asyncio.run(measure(started.database_url))
    RESULTS.write_text("\n".join(lines(found, described)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
