"""An airline whose crew promised punctuality: measures, two cycles, and a partner that tells figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

from domain.kernel import clock
from domain.kernel.actor import Actor, Role, Scope
from domain.kernel.ids import new_id
from domain.kernel.work import begin
from domain.objectives import service as objectives
from domain.objectives import service_approvals, service_cycles
from domain.objectives.service_cycles import NewCycle
from domain.objectives.terms import KeyResultDraft, KeyResultKind, ObjectiveDraft
from domain.people import service_clients
from domain.scorecards import service
from domain.scorecards.terms import Figure, NewMeasure, Outcome
from tests.domain.organisations import ZONE, Organisation, found, furnish

MAY = datetime(2026, 5, 4, 4, tzinfo=UTC)


@dataclass(slots=True)
class Ground:
    """Measures ON_TIME (%) and FLIGHTS (flights) of AIR; a cycle of 2026, and one of 2025 that is closed."""

    organisation: Organisation
    partner: Actor
    cycle_id: UUID
    objective_id: UUID

    @property
    def office(self) -> Actor:
        return self.organisation.actor("Bo", Role.STRATEGY_OFFICE)

    async def record(self, *figures: Figure, key: str | None = None, actor: Actor | None = None) -> list[Outcome]:
        return await service.record_actuals(actor or self.partner, figures, key=key or str(new_id()))

    async def stands(self) -> list[tuple[Decimal | None, Decimal | None]]:
        """Current value and rounded progress of each key result, in their order, then of the objective."""
        rows = await self.organisation.rows(
            """select current, round(progress, 2) progress from key_result where objective_id = $1 order by position""",
            self.objective_id,
        )
        whole = await self.organisation.value(
            "select round(progress, 2) from objective where id = $1", self.objective_id
        )
        return [*((row["current"], row["progress"]) for row in rows), (None, whole)]  # type: ignore[list-item]


def figure(period: str, value: str, *, measure: str = "ON_TIME", unit: str | None = "%") -> Figure:
    return Figure(measure=measure, period=date.fromisoformat(period), value=Decimal(value), unit_of_measure=unit)


async def lay() -> Ground:
    """Everything at the fourth of May 2026; Dina's objective is promised."""
    organisation = await furnish(await found())
    with clock.frozen(MAY):
        partner = await _partner(organisation)
        office = organisation.actor("Bo", Role.STRATEGY_OFFICE)
        cycle_id = await service_cycles.open_cycle(office, year(2026))
        closed_id = await service_cycles.open_cycle(office, year(2025))
        await service_cycles.close_cycle(office, closed_id)
        measures = [await service.define_measure(office, measure) for measure in _measures(organisation.units["AIR"])]
        objective_id = await _promise(organisation, measures)
    return Ground(organisation, partner, cycle_id, objective_id)


def year(number: int) -> NewCycle:
    return NewCycle(name=str(number), starts_on=date(number, 1, 1), ends_on=date(number, 12, 31))


async def _partner(organisation: Organisation) -> Actor:
    async with begin(organisation.operator) as work:
        scopes = frozenset({Scope.ACTUALS_WRITE})
        client_id = await service_clients.create(work, "Operations", scopes=scopes, secret_hash=new_id().bytes)
    return Actor(
        tenant_id=organisation.tenant_id,
        zone=ZONE,
        client_id=client_id,
        roles=frozenset({Role.PARTNER}),
        scopes=scopes,
    )


def _measures(unit_id: UUID) -> Sequence[NewMeasure]:
    return (
        NewMeasure(
            code="ON_TIME",
            name="On time",
            name_zh="准点率",
            unit_of_measure="%",
            unit_id=unit_id,
            low=Decimal(0),
            high=Decimal(100),
        ),
        NewMeasure(code="FLIGHTS", name="Flights", unit_of_measure="flights", unit_id=unit_id),
    )


async def _promise(organisation: Organisation, measures: Sequence[UUID]) -> UUID:
    on_time, flights = measures
    written = ObjectiveDraft(
        title="Leave on time",
        weight=100,
        key_results=(
            key_result("On time", 60, unit="%", start=70, target=80, measure_id=on_time),
            key_result("Flights", 40, unit="flights", start=1000, target=1200, measure_id=flights),
        ),
    )
    dina = organisation.actor("Dina")
    objective_id = await objectives.draft(dina, written, key="draft")
    await service_approvals.submit(dina, objective_id, version=1, key="submit")
    await service_approvals.approve(organisation.actor("Chen", Role.MANAGER), objective_id, version=2, key="approve")
    return objective_id


def key_result(title: str, weight: int, *, unit: str, start: int, target: int, measure_id: UUID) -> KeyResultDraft:
    return KeyResultDraft(
        title=title,
        kind=KeyResultKind.INCREASE,
        unit_of_measure=unit,
        weight=weight,
        start=Decimal(start),
        target=Decimal(target),
        measure_id=measure_id,
    )
