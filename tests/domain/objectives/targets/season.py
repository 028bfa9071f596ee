"""Two years of somebody's punctuality for tests of targets: 2025 is over, and in 2026 there is a new one."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from domain.kernel.ids import new_id
from domain.objectives import service, service_approvals, service_check_ins, service_cycles
from domain.objectives.service_cycles import NewCycle
from domain.objectives.targets import service_exemptions, service_policies
from domain.objectives.targets.ratchet import Policy
from domain.objectives.targets.rules import Plea
from domain.objectives.targets.service_policies import NewPolicy
from domain.objectives.targets.terms import ExemptionKind
from domain.objectives.terms import KeyResultDraft, KeyResultKind, ObjectiveDraft
from domain.scorecards import service as scorecards
from domain.scorecards import service_promises
from domain.scorecards.terms import NewMeasure
from tests.domain.objectives.company import Company, today

BLEND = Policy(target_weight=1, actual_weight=1)
DECEMBER = date(2026, 12, 31)


@dataclass(slots=True)
class Season:
    """`former` are the key results of last year: 80 % on time, with 90 reached, and 20 complaints, with 25 reached."""

    company: Company
    measures: dict[str, UUID]
    former: list[UUID]
    owner: str = "Dina"
    manager: str = "Chen"
    second: str = "Hugo"
    """Who confirms exemptions."""

    async def keep(self, policy: Policy = BLEND, *, is_on: bool = True, unit: str = "GROUP") -> UUID:
        """The policy of a unit from today on."""
        unit_id = self.company.organisation.units[unit]
        new = NewPolicy(unit_id=unit_id, valid_from=today(), reason="New year", is_on=is_on, policy=policy)
        return await service_policies.keep_policy(self.company.actor("Sofia"), new, key=str(new_id()))

    async def draft(self, *key_results: KeyResultDraft, owner: str | None = None) -> UUID:
        written = ObjectiveDraft(title="Leave on time", weight=20, key_results=key_results)
        return await self.company.draft(written, owner=owner or self.owner)

    async def submit(self, objective_id: UUID, *, owner: str | None = None, difficulty: int | None = 3) -> None:
        version = await self.company.version(objective_id)
        await service_promises.submit(
            self.company.actor(owner or self.owner),
            objective_id,
            version=version,
            key=str(new_id()),
            difficulty=difficulty,
        )

    async def ask(self, objective_id: UUID, *, lowest: str = "70", expires_on: date = DECEMBER) -> UUID:
        """An exemption from last year's punctuality."""
        plea = Plea(
            previous_id=self.former[0],
            kind=ExemptionKind.MARKET_SHOCK,
            reason="A runway is closed.",
            evidence="NOTAM 7",
            lowest_target=Decimal(lowest),
            expires_on=expires_on,
        )
        return await service_exemptions.ask(self.company.actor(self.owner), objective_id, plea, key=str(new_id()))

    async def exempt(self, objective_id: UUID, *, lowest: str = "70", expires_on: date = DECEMBER) -> UUID:
        """The same, granted and confirmed."""
        exemption_id = await self.ask(objective_id, lowest=lowest, expires_on=expires_on)
        manager, second = self.company.actor(self.manager), self.company.actor(self.second)
        await service_exemptions.grant(manager, exemption_id, version=1, key=str(new_id()))
        await service_exemptions.confirm(second, exemption_id, version=2, key=str(new_id()))
        return exemption_id

    async def tests(self, objective_id: UUID) -> list[tuple[str, str, Decimal | None, Decimal | None]]:
        """Outcome, ground, last target and minimum of each test that was kept, in the order of the key results."""
        rows = await self.company.organisation.rows(
            """select outcome, ground, previous_target, minimum from exceed_test
               where objective_id = $1 order by version, position""",
            objective_id,
        )
        return [tuple(row) for row in rows]  # type: ignore[misc]


def on_time(
    target: object, *, measure: UUID | None = None, continues: UUID | None = None, weight: int = 100
) -> KeyResultDraft:
    return KeyResultDraft(
        title="Flights on time",
        kind=KeyResultKind.INCREASE,
        unit_of_measure="%",
        weight=weight,
        start=Decimal(70),
        target=Decimal(str(target)),
        measure_id=measure,
        continues_id=continues,
    )


def complaints(target: object, *, measure: UUID | None = None, weight: int = 40) -> KeyResultDraft:
    fewer = replace(on_time(target, measure=measure, weight=weight), title="Complaints", start=Decimal(40))
    return replace(fewer, kind=KeyResultKind.DECREASE, unit_of_measure="letters")


async def lay(company: Company, *, owner: str = "Dina", manager: str = "Chen", second: str = "Hugo") -> Season:
    """The clock must stand at NOON of 2026."""
    office = company.actor("Sofia")
    unit_id = company.organisation.units["CREW"]
    percent = NewMeasure(
        code="ON_TIME", name="On time", unit_of_measure="%", unit_id=unit_id, low=Decimal(0), high=Decimal(100)
    )
    letters = NewMeasure(code="LETTERS", name="Complaints", unit_of_measure="letters", unit_id=unit_id)
    measures = {one.code: await scorecards.define_measure(office, one) for one in (percent, letters)}
    year = NewCycle(name="2025", starts_on=date(2025, 1, 1), ends_on=date(2025, 12, 31))
    cycle_id = await service_cycles.open_cycle(office, year)
    season = Season(company, measures, [], owner, manager, second)
    season.former = await _promised(season, cycle_id)
    await service_cycles.close_cycle(office, cycle_id)
    return season


async def _promised(season: Season, cycle_id: UUID) -> list[UUID]:
    company, measures = season.company, season.measures
    owner = company.actor(season.owner)
    key_results = (
        on_time(80, measure=measures["ON_TIME"], weight=60),
        complaints(20, measure=measures["LETTERS"]),
    )
    written = ObjectiveDraft(title="Leave on time in 2025", weight=100, key_results=key_results)
    objective_id = await service.draft(owner, written, key=str(new_id()), cycle_id=cycle_id)
    await service_approvals.submit(owner, objective_id, version=1, key=str(new_id()))
    await company.approve(objective_id, by=season.manager)
    former = await company.key_results(objective_id)
    for key_result, reached in zip(former, (90, 25), strict=True):
        await service_check_ins.check_in(owner, key_result, Decimal(reached), key=str(new_id()))
    return former
