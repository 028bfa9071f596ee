"""How long it takes to follow an intent down a tree of objectives, and to count how faithfully it arrives.

`python -m tests.benchmarks.intents --objectives 60000` makes one tree, eight children under each, every second one
confirmed, on a PostgreSQL of its own that goes away again, and says the median of five turns of each question.
"""

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median
from uuid import UUID

from api.embedded import hold
from api.embedded.postgres import Postgres
from domain.kernel import clock, database
from domain.kernel.ids import new_id
from tests.conftest import HASTY
from tests.domain.apart import connected
from tests.domain.objectives import cascade_of_intent, company
from tests.domain.objectives.cascade_of_intent import Cascade
from tests.domain.objectives.company import NOON

TURNS = 5
CHILDREN = 8
Questions = Mapping[str, tuple[str, Sequence[object]]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--objectives", type=int, default=60_000)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="catchball-intents-") as folder:
        hold.prepare(Path(folder))
        postgres = Postgres(home=Path(folder), options=HASTY)
        postgres.start()
        try:
            for question, milliseconds in asyncio.run(measured(postgres.url("postgres"), wanted.objectives)).items():
                sys.stdout.write(f"{question}: {milliseconds:,.1f} ms\n")
        finally:
            postgres.stop()


async def measured(url: str, size: int) -> dict[str, float]:
    """Milliseconds of each question."""
    await database.migrate(url)
    async with connected(url):
        with clock.frozen(NOON):
            cascade = await cascade_of_intent.plant(await company.lay())
            last = await grow(cascade, size)
            return {name: await timed(cascade, *asked) for name, asked in (await questions(cascade, last)).items()}


async def questions(cascade: Cascade, last: UUID) -> Questions:
    units, aim = cascade.company.organisation.units, await cascade.strategy.objective("C1")
    fidelity = "select * from intent_fidelity($1, $2)"
    return {
        "the intents of one objective": ("select * from intents_above($1)", (last,)),
        "all that inherits an intent": ("select count(*) from inheritors_of($1)", (aim,)),
        "its levels": ("select * from intent_levels($1)", (aim,)),
        "the fidelity of the group": (fidelity, (units["GROUP"], company.today())),
        "the fidelity of a unit without any": (fidelity, (units["SIDE"], company.today())),
    }


async def timed(cascade: Cascade, sql: str, values: Sequence[object]) -> float:
    spent: list[float] = []
    for _ in range(TURNS):
        begun = time.perf_counter()
        await cascade.company.organisation.rows(sql, *values)
        spent.append(1000 * (time.perf_counter() - begun))
    return median(spent)


async def grow(cascade: Cascade, size: int) -> UUID:
    """Objectives below Ada's; the one that is farthest away."""
    ids = [new_id() for _ in range(size)]
    above = [ids[(at - 1) // CHILDREN] if at else cascade.objectives["Ada"] for at in range(size)]
    organisation, dina = cascade.company.organisation, cascade.company["Dina"]
    await organisation.rows(
        """insert into objective (tenant_id, id, owner_id, unit_id, cycle_id, title, audience, weight, state, version,
                                  version_hash, parent_id, created_at, updated_at, approved_at)
           select $1, n.id, $2, $3, $4, 'One of many', 'CHAIN', 10, 'ACTIVE', 1, '', n.parent_id, $5, $5, $5
           from unnest($6::uuid[], $7::uuid[]) n (id, parent_id)""",
        *(cascade.company.tenant_id, dina, organisation.units["CREW"], cascade.company.cycle_id, clock.now()),
        *(ids, above),
    )
    await organisation.rows(
        """insert into teach_back (tenant_id, id, intent_id, objective_id, said_by_id, words, said_at, state,
                                   answered_by_id, answered_at)
           select $1, n.id, $2, n.objective_id, $3, 'So.', $4, 'CONFIRMED', $3, $4
           from unnest($5::uuid[], $6::uuid[]) n (id, objective_id)""",
        *(cascade.company.tenant_id, await cascade.intent(), dina, clock.now()),
        *([new_id() for _ in ids[::2]], ids[::2]),
    )
    return ids[-1]


if __name__ == "__main__":
    main()
