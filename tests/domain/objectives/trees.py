"""Trees of objectives written straight into tables, changed by hand, and rolled up the slow way for comparison."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from uuid import UUID

from tortoise.transactions import in_transaction

from domain.kernel import clock, database
from domain.kernel.ids import new_id
from domain.objectives import service_roll_up
from tests.domain.objectives.company import Company

COUNTED = ("ACTIVE", "ACHIEVED", "MISSED")
FINEST = Decimal("1E-20")


Also = tuple[int, int, bool]
"""An agreed alignment: to which parent, with which relative weight, and whether it counts."""


@dataclass(slots=True)
class Leaf:
    """What the roll-up depends on of one objective."""

    parent: int | None
    weight: int = 50
    state: str = "ACTIVE"
    progress: Decimal | None = None
    also: tuple[Also, ...] = ()


@dataclass(slots=True)
class Tree:
    """Objectives called by their numbers; `leaves` is what the table holds."""

    company: Company
    ids: list[UUID] = field(default_factory=list[UUID])
    leaves: list[Leaf] = field(default_factory=list[Leaf])

    async def plant(self, leaves: Sequence[Leaf]) -> None:
        """New objectives; a parent is named by its number, which is smaller."""
        self.ids += [new_id() for _ in leaves]
        self.leaves += leaves
        organisation = self.company.organisation
        first = len(self.ids) - len(leaves)
        for number, leaf in enumerate(leaves, start=first):
            await organisation.rows(
                """insert into objective (tenant_id, id, owner_id, unit_id, cycle_id, title, audience, weight, state,
                                          version, version_hash, parent_id, progress, created_at, updated_at)
                   values ($1, $2, $3, $4, $5, 'x', 'CHAIN', $6, $7, 1, '', $8, $9, $10, $10)""",
                self.company.tenant_id,
                self.ids[number],
                organisation["Dina"],
                organisation.units["CREW"],
                self.company.cycle_id,
                leaf.weight,
                leaf.state,
                None if leaf.parent is None else self.ids[leaf.parent],
                leaf.progress,
                clock.now(),
            )
            await self._align(number)

    async def _align(self, number: int) -> None:
        """Its agreed alignments are these, and no others any more."""
        organisation = self.company.organisation
        await organisation.rows("update alignment set state = 'WITHDRAWN' where child_id = $1", self.ids[number])
        for parent, weight, counted in self.leaves[number].also:
            await organisation.rows(
                """insert into alignment (tenant_id, id, cycle_id, parent_id, child_id, method, state, weight, counted,
                                          proposed_by_id, proposed_at)
                   values ($1, $2, $3, $4, $5, 'WEIGHTED', 'ACCEPTED', $6, $7, $8, $9)""",
                self.company.tenant_id,
                new_id(),
                self.company.cycle_id,
                self.ids[parent],
                self.ids[number],
                weight,
                counted,
                organisation["Dina"],
                clock.now(),
            )

    def think(self, number: int, **values: object) -> None:
        """What an objective shall be; `parent` is a number."""
        for name, value in values.items():
            setattr(self.leaves[number], name, value)

    async def change(self, number: int, **values: object) -> None:
        """Write one objective as it is from now on."""
        self.think(number, **values)
        leaf = self.leaves[number]
        await self.company.organisation.rows(
            "update objective set parent_id = $2, weight = $3, state = $4, progress = $5 where id = $1",
            self.ids[number],
            None if leaf.parent is None else self.ids[leaf.parent],
            leaf.weight,
            leaf.state,
            leaf.progress,
        )
        await self._align(number)

    async def carry_up(self, *numbers: int) -> None:
        """As the reader does it."""
        with database.tenant(self.company.tenant_id):
            async with in_transaction(), database.connection() as connection:
                touched = [self.ids[number] for number in numbers]
                await service_roll_up.carry_up(connection, self.company.tenant_id, touched)

    async def scores(self) -> list[Decimal | None]:
        """What is kept, by number."""
        rows = await self.company.organisation.rows("select objective_id, score from roll_up")
        kept = {row["objective_id"]: row["score"] for row in rows}
        return [kept.get(one) for one in self.ids]

    def expected(self) -> list[Decimal | None]:
        """What should be kept, found from the leaves by exact fractions."""
        return [self._score(number) for number in range(len(self.ids))]

    def _score(self, number: int) -> Decimal | None:
        own = self.leaves[number].progress
        parts = [] if own is None else [(Decimal(100), own)]
        for child, leaf in enumerate(self.leaves):
            weight = self.parts(child).get(number)
            if weight is not None and leaf.state in COUNTED:
                score = self._score(child)
                parts += [] if score is None else [(weight, score)]
        weight = sum(Fraction(weight) for weight, _ in parts)
        if not weight:
            return None
        return rounded(sum((Fraction(weight) * Fraction(score) for weight, score in parts), Fraction()) / weight)

    def parts(self, number: int) -> dict[int, Decimal]:
        """For which parents an objective counts and with which part of its weight: cut, the rest goes to the first."""
        leaf = self.leaves[number]
        relative = {} if leaf.parent is None else {leaf.parent: 100}
        for parent in {parent for parent, _, _ in leaf.also}:
            relative[parent] = max(
                weight if is_counted else 0 for one, weight, is_counted in leaf.also if one == parent
            )
        relative = {parent: weight for parent, weight in relative.items() if weight}
        total = sum(relative.values())
        cut = {
            parent: Decimal(int(Fraction(leaf.weight * weight, total) * 10**20)) * FINEST
            for parent, weight in relative.items()
        }
        if cut:
            first = min(cut, key=lambda parent: self.ids[parent])
            cut[first] += leaf.weight - sum(cut.values())
        return cut

    def is_above(self, upper: int, lower: int) -> bool:
        """Whether the one is the other, or stands anywhere above it."""
        leaf = self.leaves[lower]
        parents = [parent for parent, _, _ in leaf.also] + ([] if leaf.parent is None else [leaf.parent])
        return upper == lower or any(self.is_above(upper, parent) for parent in parents)


def rounded(value: Fraction | int) -> Decimal:
    """Half up, away from zero, at the twentieth decimal."""
    scaled = abs(Fraction(value)) * 10**20
    whole = int(scaled + Fraction(1, 2))
    with localcontext(prec=200, rounding=ROUND_HALF_UP):
        return (Decimal(whole) * FINEST).copy_sign(Decimal(-1 if value < 0 else 1))
