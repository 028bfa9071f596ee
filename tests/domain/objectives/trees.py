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


@dataclass(slots=True)
class Leaf:
    """What the roll-up depends on of one objective."""

    parent: int | None
    weight: int = 50
    state: str = "ACTIVE"
    progress: Decimal | None = None


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
        parts = [] if own is None else [(100, own)]
        for child, leaf in enumerate(self.leaves):
            if leaf.parent == number and leaf.state in COUNTED:
                score = self._score(child)
                parts += [] if score is None else [(leaf.weight, score)]
        weight = sum(weight for weight, _ in parts)
        if not weight:
            return None
        return rounded(sum((weight * Fraction(score) for weight, score in parts), Fraction()) / weight)

    def is_above(self, upper: int, lower: int) -> bool:
        """Whether the one is the other, or stands anywhere above it."""
        at: int | None = lower
        while at is not None and at != upper:
            at = self.leaves[at].parent
        return at is not None


def rounded(value: Fraction | int) -> Decimal:
    """Half up, away from zero, at the twentieth decimal."""
    scaled = abs(Fraction(value)) * 10**20
    whole = int(scaled + Fraction(1, 2))
    with localcontext(prec=200, rounding=ROUND_HALF_UP):
        return (Decimal(whole) * FINEST).copy_sign(Decimal(-1 if value < 0 else 1))
