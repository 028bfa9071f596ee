"""A database with objectives is rolled up by the steps that bring the roll-up."""

from decimal import Decimal
from importlib import resources

import asyncpg

from domain.objectives import service_roll_up_proof
from domain.objectives.terms import ObjectiveState
from tests.domain.objectives.company import Company
from tests.domain.objectives.trees import Leaf, Tree

STEPS = [resources.files("domain.migrations") / "sql" / name for name in ("0003_roll_up.sql", "0010_roll_up.sql")]
STATES = list(ObjectiveState)


def leaves() -> list[Leaf]:
    """Seven levels, three below each but at some, in every state, some without data, none exact in decimals."""
    return [
        Leaf(
            parent=(number - 1) // 3 if number and number % 17 else None,
            weight=number * 7 % 101,
            state=STATES[number % len(STATES)] if number % 5 == 0 else "ACTIVE",
            progress=None if number % 4 == 0 else (Decimal(number) * 31 / 7).quantize(Decimal("1E-20")),
        )
        for number in range(200)
    ]


async def test_the_steps_roll_up_what_is_there(company: Company, database: str) -> None:
    tree = Tree(company)
    await tree.plant(leaves())
    connection = await asyncpg.connect(database)
    async with connection.transaction():
        await connection.execute("drop table roll_up")
        for step in STEPS:
            await connection.execute(step.read_text(encoding="utf-8"))
    await connection.close()

    assert await tree.scores() == tree.expected()
    assert await service_roll_up_proof.drift(company.tenant_id) == 0


async def test_a_recompute_from_nothing_finds_the_same(company: Company) -> None:
    tree = Tree(company)
    await tree.plant(leaves())

    await service_roll_up_proof.prove(company.tenant_id)

    assert await tree.scores() == tree.expected()
