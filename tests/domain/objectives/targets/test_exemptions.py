"""An exemption takes three different people, ends, and can be refused; policies and adjustments are the office's."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

import asyncpg
import pytest

from domain.kernel import clock
from domain.kernel.actor import Actor, Role
from domain.kernel.errors import DomainError, InvalidInput, NotFound, NotPermitted, StaleVersion
from domain.kernel.ids import new_id
from domain.objectives.errors import ObjectiveNotEditable
from domain.objectives.targets import service_exemptions, service_policies
from domain.objectives.targets.errors import ExemptionNotOpen, SecondPersonNeeded
from domain.objectives.targets.ratchet import Policy
from domain.objectives.targets.rules import EXEMPTION_DAYS_MAX, Plea
from domain.objectives.targets.service_policies import NewAdjustment, NewPolicy
from domain.objectives.targets.terms import Adjustment, AdjustmentKind, ExemptionKind
from tests.domain.objectives.company import today
from tests.domain.objectives.targets.season import Season, on_time

PEOPLE = ("Dina", "Chen", "Bo", "Ada", "Hugo", "Sofia", "Aron", "Emil", "Oskar", "Delia", "Partner", "Stranger")
SEES = {"Dina", "Chen", "Bo", "Ada", "Hugo", "Sofia"}
Step = Callable[[Actor, UUID, int], Awaitable[UUID]]


async def grant(actor: Actor, exemption_id: UUID, version: int) -> UUID:
    return await service_exemptions.grant(actor, exemption_id, version=version, key=str(new_id()))


async def confirm(actor: Actor, exemption_id: UUID, version: int) -> UUID:
    return await service_exemptions.confirm(actor, exemption_id, version=version, key=str(new_id()))


async def decline(actor: Actor, exemption_id: UUID, version: int) -> UUID:
    return await service_exemptions.decline(actor, exemption_id, version=version, key=str(new_id()), reason="Try.")


async def withdraw(actor: Actor, exemption_id: UUID, version: int) -> UUID:
    return await service_exemptions.withdraw(actor, exemption_id, version=version, key=str(new_id()))


async def state(season: Season, exemption_id: UUID) -> object:
    return await season.company.organisation.value("select state from target_exemption where id = $1", exemption_id)


async def asked(season: Season) -> UUID:
    return await season.ask(await season.draft(on_time(75, measure=season.measures["ON_TIME"])))


async def test_a_manager_grants_and_a_second_person_confirms(season: Season) -> None:
    exemption_id = await asked(season)

    await grant(season.company.actor("Bo"), exemption_id, 1)
    await confirm(season.company.actor("Sofia"), exemption_id, 2)

    assert await state(season, exemption_id) == "CONFIRMED"
    kinds = ("ExemptionAsked", "ExemptionGranted", "ExemptionConfirmed")
    assert await season.company.organisation.facts(*kinds) == [(kind, exemption_id) for kind in kinds]


@pytest.mark.parametrize(
    ("step", "is_granted", "may"),
    [
        (grant, False, {"Chen", "Bo", "Ada"}),
        (confirm, True, {"Hugo", "Sofia"}),
        (decline, False, {"Chen", "Bo", "Ada", "Hugo", "Sofia"}),
        (withdraw, False, {"Dina"}),
    ],
)
async def test_each_may_do_exactly_what_the_table_says(
    season: Season, *, step: Step, is_granted: bool, may: set[str]
) -> None:
    exemption_id = await asked(season)
    version = 1
    if is_granted:
        version = 2
        await grant(season.company.actor("Chen"), exemption_id, 1)
    before = await season.company.everything()

    for name in sorted(set(PEOPLE) - may):
        refusal = NotPermitted if name in SEES else NotFound
        with pytest.raises(refusal):
            await step(season.company.actor(name), exemption_id, version)
    assert await season.company.everything() == before
    await step(season.company.actor(min(may)), exemption_id, version)


async def test_one_person_cannot_be_both(season: Season) -> None:
    """Chen is Dina's manager, and of the strategy office besides."""
    exemption_id = await asked(season)
    chen = replace(season.company.actor("Chen"), roles=frozenset({Role.MANAGER, Role.STRATEGY_OFFICE}))

    await grant(chen, exemption_id, 1)
    with pytest.raises(SecondPersonNeeded):
        await confirm(chen, exemption_id, 2)

    assert await state(season, exemption_id) == "GRANTED"


async def test_nobody_confirms_what_they_asked_for(season: Season) -> None:
    exemption_id = await asked(season)
    await grant(season.company.actor("Chen"), exemption_id, 1)
    dina = replace(season.company.actor("Dina"), roles=frozenset({Role.STRATEGY_OFFICE}))

    with pytest.raises(SecondPersonNeeded):
        await confirm(dina, exemption_id, 2)
    with pytest.raises(SecondPersonNeeded):
        await decline(dina, exemption_id, 2)


async def test_the_database_knows_three_people_too(season: Season) -> None:
    exemption_id = await asked(season)
    await grant(season.company.actor("Chen"), exemption_id, 1)

    with pytest.raises(asyncpg.CheckViolationError):
        await season.company.organisation.rows(
            "update target_exemption set state = 'CONFIRMED', confirmed_by_id = granted_by_id where id = $1",
            exemption_id,
        )


async def test_what_was_decided_is_not_decided_again(season: Season) -> None:
    exemption_id = await asked(season)
    await decline(season.company.actor("Hugo"), exemption_id, 1)

    with pytest.raises(ExemptionNotOpen):
        await grant(season.company.actor("Chen"), exemption_id, 2)
    with pytest.raises(ExemptionNotOpen):
        await withdraw(season.company.actor("Dina"), exemption_id, 2)
    with pytest.raises(StaleVersion):
        await grant(season.company.actor("Chen"), exemption_id, 1)


async def test_nobody_confirms_what_nobody_granted(season: Season) -> None:
    exemption_id = await asked(season)

    with pytest.raises(ExemptionNotOpen):
        await confirm(season.company.actor("Hugo"), exemption_id, 1)


async def test_a_repeat_asks_once(season: Season) -> None:
    objective_id = await season.draft(on_time(75, measure=season.measures["ON_TIME"]))
    plea = plea_of(season)
    dina = season.company.actor("Dina")

    first = await service_exemptions.ask(dina, objective_id, plea, key="once")
    again = await service_exemptions.ask(dina, objective_id, plea, key="once")

    assert first == again
    assert await season.company.organisation.count("target_exemption") == 1
    with pytest.raises(InvalidInput, match="waits already"):
        await service_exemptions.ask(dina, objective_id, plea, key="twice")


def plea_of(season: Season, **values: object) -> Plea:
    plea = Plea(
        previous_id=season.former[0],
        kind=ExemptionKind.REGULATION,
        reason="A new law.",
        evidence="Its number.",
        lowest_target=Decimal(70),
        expires_on=date(2026, 12, 31),
    )
    return replace(plea, **values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("reason", {"reason": " "}),
        ("evidence", {"evidence": ""}),
        ("lowestTarget", {"lowest_target": Decimal("1E+30")}),
        ("expiresOn", {"expires_on": date(2026, 6, 9)}),
        ("expiresOn", {"expires_on": date(2026, 6, 10) + timedelta(days=EXEMPTION_DAYS_MAX + 1)}),
        ("previous", {"previous_id": new_id()}),
    ],
)
async def test_a_plea_says_why_shows_it_and_ends(season: Season, field: str, values: dict[str, object]) -> None:
    objective_id = await season.draft(on_time(75, measure=season.measures["ON_TIME"]))

    with pytest.raises(InvalidInput) as refused:
        await service_exemptions.ask(season.company.actor("Dina"), objective_id, plea_of(season, **values), key="plea")

    assert refused.value.field == field


async def test_only_the_owner_asks_and_only_while_it_can_be_written(season: Season) -> None:
    objective_id = await season.draft(on_time(75, measure=season.measures["ON_TIME"]))
    with pytest.raises(NotFound):
        await service_exemptions.ask(season.company.actor("Chen"), objective_id, plea_of(season), key="chen")
    await season.submit(objective_id)

    with pytest.raises(NotPermitted):
        await service_exemptions.ask(season.company.actor("Chen"), objective_id, plea_of(season), key="chen")
    with pytest.raises(ObjectiveNotEditable):
        await service_exemptions.ask(season.company.actor("Dina"), objective_id, plea_of(season), key="dina")


def new_policy(season: Season, **values: object) -> NewPolicy:
    unit_id = season.company.organisation.units["GROUP"]
    new = NewPolicy(unit_id=unit_id, valid_from=today(), reason="So.", is_on=True)
    return replace(new, **values)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", [one for one in PEOPLE if one != "Sofia"])
async def test_only_the_strategy_office_keeps_policies_and_adjusts(season: Season, name: str) -> None:
    adjustment = Adjustment(kind=AdjustmentKind.CURRENCY, factor=Decimal(2))
    new = NewAdjustment(key_result_id=season.former[0], adjustment=adjustment, reason="So.", evidence="Bank")

    with pytest.raises(DomainError) as refused:
        await service_policies.keep_policy(season.company.actor(name), new_policy(season), key=str(new_id()))
    with pytest.raises(DomainError):
        await service_policies.adjust(season.company.actor(name), new, key=str(new_id()))

    assert refused.value.code in {"not_permitted", "not_found"}
    assert await season.company.organisation.count("ratchet_policy") == 0
    assert await season.company.organisation.count("target_adjustment") == 0


async def test_a_policy_ends_the_one_before_it(season: Season) -> None:
    await season.keep()
    later = new_policy(season, valid_from=today() + timedelta(days=10), is_on=False)
    await service_policies.keep_policy(season.company.actor("Sofia"), later, key="later")

    rows = await season.company.organisation.rows(
        "select version, is_on, valid_from, valid_to from ratchet_policy order by version"
    )

    assert [tuple(row) for row in rows] == [
        (1, True, date(2026, 6, 10), date(2026, 6, 20)),
        (2, False, date(2026, 6, 20), clock.FOREVER),
    ]


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("reason", {"reason": ""}),
        ("validFrom", {"valid_from": date(2026, 6, 9)}),
        ("growthPercent", {"policy": Policy(growth_percent=Decimal(-1))}),
        ("capPercent", {"policy": Policy(cap_percent=Decimal(1001))}),
        ("saturationPercent", {"policy": Policy(saturation_percent=Decimal(101))}),
        ("targetWeight", {"policy": Policy(target_weight=0)}),
        ("actualWeight", {"policy": Policy(actual_weight=1001)}),
    ],
)
async def test_a_policy_keeps_within_its_ranges(season: Season, field: str, values: dict[str, object]) -> None:
    with pytest.raises(InvalidInput) as refused:
        await service_policies.keep_policy(season.company.actor("Sofia"), new_policy(season, **values), key="wrong")

    assert refused.value.field == field


async def test_two_policies_cannot_begin_on_one_day(season: Season) -> None:
    await season.keep()

    with pytest.raises(InvalidInput, match="must begin after it"):
        await season.keep()


async def test_a_policy_of_no_unit_is_refused(season: Season) -> None:
    with pytest.raises(NotFound):
        await service_policies.keep_policy(
            season.company.actor("Sofia"), new_policy(season, unit_id=new_id()), key="none"
        )


async def test_a_key_result_has_ten_adjustments_at_most(season: Season) -> None:
    sofia = season.company.actor("Sofia")
    adjustment = Adjustment(kind=AdjustmentKind.SCOPE, amount=Decimal(1))
    new = NewAdjustment(key_result_id=season.former[0], adjustment=adjustment, reason="So.", evidence="So.")
    for number in range(10):
        await service_policies.adjust(sofia, replace(new, id=new_id()), key=f"{number}")

    with pytest.raises(InvalidInput):
        await service_policies.adjust(sofia, replace(new, id=new_id()), key="one more")
