"""What SQL counts of targets thrown down is what `objectives/cascading/coverage.py` says of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from random import Random
from uuid import UUID

import pytest

from domain.objectives.cascading import coverage
from domain.objectives.cascading.coverage import Slice
from domain.objectives.rules import KEY_RESULTS_MAX
from tests.domain.objectives import company as companies
from tests.domain.objectives.company import Company
from tests.domain.transmission import arrivals as scenes
from tests.domain.transmission.arrivals import Arrivals

OWNERS = ("Bo", "Chen", "Dina", "Emil")
FINE = Decimal("1E-18")
"""Each level is rounded at twenty decimals."""


@dataclass(slots=True)
class Tree:
    """Slices as they were thrown down, below the targets with which they began."""

    random: Random
    targets: dict[UUID, Decimal] = field(default_factory=dict[UUID, Decimal])
    slices: dict[UUID, list[Slice[UUID]]] = field(default_factory=dict[UUID, list[Slice[UUID]]])

    async def grow(self, arrivals: Arrivals, node: UUID, owner: str = "Bo", level: int = 0) -> None:
        """Up to three slices, some taken, some of those thrown further down; too much or too little at will."""
        for at in range(self.random.randint(1, 3)):
            receiver = OWNERS[(OWNERS.index(owner) + 1 + at) % 4]
            amount = self.random.randint(1, 50)
            taken = self.random.random() < 0.7 and arrivals.targets[receiver] < KEY_RESULTS_MAX
            child = await arrivals.throw(node, amount, by=owner, to=receiver, taken=taken)
            self.slices.setdefault(node, []).append(Slice(Decimal(amount), child if taken else None))
            if taken:
                self.targets[child] = Decimal(amount)
                if level < 3 and self.random.random() < 0.6:
                    await self.grow(arrivals, child, receiver, level + 1)

    def carried(self) -> Mapping[UUID, Fraction]:
        taken = frozenset(one.child for own in self.slices.values() for one in own if one.child)
        return coverage.carried(self.targets, self.slices, accepted=taken)

    def leaves(self, node: UUID) -> list[Decimal]:
        own = self.slices.get(node)
        if not own:
            return [self.targets[node]]
        return [leaf for one in own for leaf in (self.leaves(one.child) if one.child else [one.amount])]


@pytest.mark.parametrize("seed", range(6))
async def test_sql_and_rules_come_to_the_same(database: str, seed: int) -> None:
    company: Company = await companies.lay()
    arrivals = await scenes.lay(company)
    tree = Tree(Random(seed))
    for _ in range(3):
        top = await arrivals.target("Bo", 100)
        tree.targets[top] = Decimal(100)
        await tree.grow(arrivals, top)

    rows = await arrivals.rows(
        "select id, assigned, carried, leaves from targets_below(array[$1::uuid], $2, $3)",
        arrivals.units["GROUP"],
        company.cycle_id,
        companies.today(),
    )

    carried = tree.carried()
    assert {row["id"] for row in rows} == set(tree.slices)
    for row in rows:
        target = tree.targets[row["id"]]
        assert row["assigned"] == coverage.rounded(coverage.assigned(target, tree.slices[row["id"]]), 20)
        assert abs(row["carried"] - coverage.rounded(carried[row["id"]], 20)) <= FINE
        assert (
            abs(row["leaves"] - coverage.rounded(coverage.over_assignment(target, tree.leaves(row["id"])), 20)) <= FINE
        )
