"""Strategy maps for tests: one of an airline, in a group of five, and what is asked of it in words."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from domain.kernel.actor import Actor, Role
from domain.kernel.ids import new_id
from domain.strategy import service, service_intents, service_publishing
from domain.strategy.terms import (
    CausalLinkDraft,
    IntentDraft,
    LinkSign,
    LongTermGoalDraft,
    MapDraft,
    StrategicObjectiveDraft,
    ThemeDraft,
    WaypointDraft,
)
from tests.domain.organisations import Organisation

INTENT = IntentDraft(
    why="Guests come back.", what_changes="We leave on time.", will_not_do="We cancel nothing to look punctual."
)
AGAIN = replace(INTENT, what_changes="We arrive on time.")
THEMES = (
    ThemeDraft(code="T1", name="Reliable", name_zh="可靠", weight=1),
    ThemeDraft(code="T2", name="Lean", weight=1),
    ThemeDraft(code="T3", name="Bold", weight=1),
)
GOAL = LongTermGoalDraft(
    code="G1",
    title="On-time rate",
    title_zh="准点率",
    theme="T1",
    unit_of_measure="%",
    baseline=Decimal("78.5"),
    baseline_year=2025,
    target=Decimal(90),
    target_year=2029,
    waypoints=(WaypointDraft(year=2026, value=Decimal(80)), WaypointDraft(year=2028, value=Decimal("86.25"))),
)


def objective(code: str, perspective: str, **values: object) -> StrategicObjectiveDraft:
    plain = StrategicObjectiveDraft(
        code=code, title=f"Objective {code}", perspective=perspective, theme="T1", weight=10, intent=INTENT
    )
    return replace(plain, **values)  # type: ignore[arg-type]


def link(cause: str, effect: str, **values: object) -> CausalLinkDraft:
    plain = CausalLinkDraft(
        cause=cause, effect=effect, sign=LinkSign.POSITIVE, lag_months=3, hypothesis=f"{cause} helps {effect}."
    )
    return replace(plain, **values)  # type: ignore[arg-type]


MAP = MapDraft(
    starts_on=date(2026, 1, 1),
    ends_on=date(2029, 12, 31),
    mission="We bring people together.",
    mission_zh="让人们相聚",
    vision="The airline that is on time.",
    themes=THEMES,
    goals=(GOAL,),
    objectives=(
        objective("F1", "FINANCIAL", theme="T2", weight=30),
        objective("C1", "CUSTOMER", goal="G1"),
        objective("P1", "PROCESS"),
        objective("L1", "LEARNING", theme="T3"),
    ),
    links=(link("L1", "P1"), link("P1", "C1"), link("C1", "F1", lag_months=12)),
)


def office(organisation: Organisation) -> Actor:
    """Ada, as she keeps the strategy."""
    return organisation.actor("Ada", Role.STRATEGY_OFFICE)


@dataclass(frozen=True, slots=True)
class Written:
    """The strategy of a unit, and who keeps it."""

    organisation: Organisation
    id: UUID

    async def version(self) -> int:
        return int(str(await self.organisation.value("select version from strategy where id = $1", self.id)))

    async def write(self, draft: MapDraft) -> None:
        unit_id = UUID(str(await self.organisation.value("select unit_id from strategy where id = $1", self.id)))
        version = await self.version()
        await service.write_map(office(self.organisation), unit_id, draft, version=version, key=str(new_id()))

    async def publish(self, *, reason: str | None = None) -> None:
        version, key = await self.version(), str(new_id())
        await service_publishing.publish(office(self.organisation), self.id, version=version, key=key, reason=reason)

    async def intend(self, code: str, intent: IntentDraft) -> UUID:
        version, key = await self.version(), str(new_id())
        return await service_intents.write(
            office(self.organisation), await self.objective(code), intent, version=version, key=key
        )

    async def objective(self, code: str) -> UUID:
        found = await self.organisation.value(
            "select id from strategic_objective where strategy_id = $1 and code = $2", self.id, code
        )
        return UUID(str(found))

    async def codes(self, table: str) -> list[str]:
        """Of what is in force, in its order."""
        rows = await self.organisation.rows(
            f"select code from {table} where strategy_id = $1 and retired_at is null order by position", self.id
        )
        return [row["code"] for row in rows]


async def written(organisation: Organisation, draft: MapDraft = MAP, *, unit: str = "GROUP") -> Written:
    """A strategy that was begun."""
    strategy_id = await service.write_map(
        office(organisation), organisation.units[unit], draft, version=0, key=str(new_id())
    )
    return Written(organisation, strategy_id)


async def published(organisation: Organisation, draft: MapDraft = MAP, *, unit: str = "GROUP") -> Written:
    """A strategy that holds."""
    found = await written(organisation, draft, unit=unit)
    await found.publish()
    return found
