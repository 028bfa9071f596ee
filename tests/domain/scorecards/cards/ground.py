"""The usual company in June 2026 with four measures, whose figures from January to May are known, and perspectives.

ON_TIME is 70, 72, 74, 76 and 78 %; DELAY 30, 28, 26, 24 and 22 minutes; FLIGHTS 100 in each month; COSTS never came.
All are measures of AIR that a client feeds within 15 days.
"""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from domain.kernel import clock, database, relay_sets
from domain.kernel.ids import new_id
from domain.objectives import service_roll_up
from domain.objectives.terms import Audience
from domain.scorecards import service as scorecards
from domain.scorecards.cards import service, service_scores
from domain.scorecards.cards.terms import CardDraft, ItemDraft, ItemKind, Months, NewCard, PerspectiveDraft
from domain.scorecards.scoring.lines import LargerBetter, SmallerBetter
from domain.scorecards.terms import Figure, NewMeasure
from tests.domain.objectives import company as companies
from tests.domain.objectives.company import Company

READERS = {
    service_roll_up.READER: service_scores.hear_objectives,
    service_scores.READER: service_scores.hear,
}
FIGURES = {
    "ON_TIME": ("%", ("70", "72", "74", "76", "78")),
    "DELAY": ("min", ("30", "28", "26", "24", "22")),
    "FLIGHTS": ("flights", ("100",) * 5),
    "COSTS": ("CNY", ()),
}
PERSPECTIVES = ("FINANCIAL", "CUSTOMER", "PROCESS", "LEARNING")
ON_TIME = LargerBetter(target=Decimal(80), baseline=Decimal(70))
DELAY = SmallerBetter(target=Decimal(20), baseline=Decimal(30))


@dataclass(slots=True)
class Ground:
    """Sofia is the strategy office; measures are called by their codes."""

    company: Company
    measures: dict[str, UUID]

    def item(self, code: str = "ON_TIME", **values: object) -> ItemDraft:
        """An item of a measure, operational unless something else is told."""
        rules = {"ON_TIME": ON_TIME, "DELAY": DELAY}
        usual = ItemDraft(
            title=code.capitalize(),
            perspective="CUSTOMER",
            kind=ItemKind.MEASURE,
            weight=1,
            rule=rules.get(code, LargerBetter(target=Decimal(1000))),
            months=Months.SUM if code == "FLIGHTS" else Months.LATEST,
            measure_id=self.measures[code],
            operational="It is asked for by the authority.",
        )
        return replace(usual, **values)  # type: ignore[arg-type]

    async def draft(self, unit: str, *items: ItemDraft, audience: Audience = Audience.UNIT) -> UUID:
        """A draft of a unit's card."""
        new = NewCard(unit_id=self.company.organisation.units[unit], cycle_id=self.company.cycle_id)
        new = replace(new, content=content(*items, audience=audience))
        return await service.create(self.company.actor("Sofia"), new, key=str(new_id()))

    async def of_person(self, name: str, *items: ItemDraft, by: str = "Sofia") -> UUID:
        """A draft of a person's card."""
        new = NewCard(person_id=self.company[name], cycle_id=self.company.cycle_id)
        new = replace(new, content=content(*items) if items else None)
        return await service.create(self.company.actor(by), new, key=str(new_id()))

    async def publish(self, card_id: UUID, *, by: str = "Sofia") -> UUID:
        version = await self.version(card_id)
        return await service.publish(self.company.actor(by), card_id, version=version, key=str(new_id()))

    async def published(self, unit: str, *items: ItemDraft, audience: Audience = Audience.UNIT) -> UUID:
        """A card that counts and is scored."""
        card_id = await self.publish(await self.draft(unit, *items, audience=audience))
        await self.hear()
        return card_id

    async def hear(self) -> None:
        """Everything that waits is shown to its readers, as the worker does it."""
        for _ in range(10):
            if not await relay_sets.show_due(READERS):
                return
        raise AssertionError("it never ends")

    async def version(self, card_id: UUID) -> int:
        return int(str(await self.company.organisation.value("select version from scorecard where id = $1", card_id)))

    async def scores(self, card_id: UUID) -> list[str]:
        """Status or value of each month from January on, rounded to two decimals."""
        rows = await self.company.organisation.rows(
            "select status, round(value, 2) as value from score where scorecard_id = $1 order by period", card_id
        )
        return [row["status"] if row["value"] is None else f"{row['value']:f}" for row in rows]

    async def record(self, code: str, month: int, value: str) -> None:
        unit, _ = FIGURES[code]
        figure = Figure(measure=code, period=date(2026, month, 1), value=Decimal(value), unit_of_measure=unit)
        [outcome] = await scorecards.record_actuals(self.company.actor("Sofia"), [figure], key=str(new_id()))
        assert outcome.refusal is None


def content(*items: ItemDraft, audience: Audience = Audience.CHAIN) -> CardDraft:
    """Perspectives of equal weight for what the items name."""
    codes = [code for code in PERSPECTIVES if code in {item.perspective for item in items}]
    return CardDraft(
        perspectives=tuple(PerspectiveDraft(perspective=code, weight=25) for code in codes),
        items=items,
        audience=audience,
    )


async def lay() -> Ground:
    """The clock must stand at NOON."""
    company = await companies.lay()
    office, unit_id = company.actor("Sofia"), company.organisation.units["AIR"]
    measures: dict[str, UUID] = {}
    for code, (unit, values) in FIGURES.items():
        new = NewMeasure(code=code, name=code, unit_of_measure=unit, unit_id=unit_id)
        measures[code] = await scorecards.define_measure(office, new)
        figures: Sequence[Figure] = [
            Figure(measure=code, period=date(2026, month, 1), value=Decimal(value), unit_of_measure=unit)
            for month, value in enumerate(values, 1)
        ]
        if figures:
            await scorecards.record_actuals(office, figures, key=code)
    await add_perspectives(company)
    ground = Ground(company, measures)
    await ground.hear()
    return ground


async def add_perspectives(company: Company) -> None:
    """The four usual ones."""
    with database.tenant(company.tenant_id):
        async with database.connection() as connection:
            await connection.execute(
                """insert into perspective (tenant_id, id, code, name, position)
                   select $1, * from unnest($2::uuid[], $3::text[], $3::text[], $4::integer[])""",
                company.tenant_id,
                [new_id() for _ in PERSPECTIVES],
                PERSPECTIVES,
                list(range(1, 5)),
            )


def at(year: int, month: int, day: int) -> AbstractContextManager[None]:
    """The clock at noon of a day."""
    return clock.frozen(companies.NOON.replace(year=year, month=month, day=day))
