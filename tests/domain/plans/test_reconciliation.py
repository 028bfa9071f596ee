"""What objectives promise is what the plan says, to the last digit, or the difference is shown."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest

from domain.kernel.errors import NotFound, NotPermitted
from domain.kernel.ids import new_id
from domain.objectives import reconciliation, service_reconciliation
from domain.objectives.reconciliation import Agreement, Target, Verdict
from domain.plans import service_derivations
from domain.plans.service_derivations import NewDerivation
from domain.plans.terms import Account
from domain.scorecards import service as scorecards
from domain.scorecards.terms import NewMeasure
from tests.domain.objectives.company import FEWER, KEY_RESULT, goal
from tests.domain.plans.ground import Ground, row


@pytest.mark.parametrize(
    ("targets", "verdict"),
    [
        ([], Verdict(Agreement.NO_TARGET)),
        ([("100.00", "CNY")], Verdict(Agreement.AGREES, Decimal(100), Decimal(0))),
        ([("100", "CNY"), ("100.0", "CNY")], Verdict(Agreement.AGREES, Decimal(100), Decimal(0))),
        (
            [("100.00000000000000000001", "CNY")],
            Verdict(Agreement.DIFFERS, Decimal("100.00000000000000000001"), Decimal("1E-20")),
        ),
        ([("90", "CNY")], Verdict(Agreement.DIFFERS, Decimal(90), Decimal(-10))),
        ([("100", "CNY"), ("101", "CNY")], Verdict(Agreement.SEVERAL_TARGETS)),
        ([("100", "USD")], Verdict(Agreement.OTHER_UNIT)),
    ],
)
def test_targets_are_compared_with_the_plan(targets: list[tuple[str, str]], verdict: Verdict) -> None:
    given = [Target(Decimal(value), unit) for value, unit in targets]

    assert reconciliation.compare(Decimal(100), "CNY", given) == verdict


async def planned(ground: Ground) -> tuple[UUID, UUID]:
    """A plan in which the crew flies 1,200 flights, derived and told by a measure; the ids of both."""
    plan_id = await ground.draft()
    await ground.write(plan_id, row("CREW", Account.VOLUME, [100] * 12, "flights"))
    measure = NewMeasure(code="FLIGHTS", name="Flights", unit_of_measure="flights", unit_id=ground.unit("CREW"))
    measure_id = await scorecards.define_measure(ground.office, measure, key=str(new_id()))
    given = NewDerivation(
        strategic_objective_id=ground.objectives["F1"],
        year=2026,
        unit_id=ground.unit("CREW"),
        account=Account.VOLUME,
        unit_of_measure="flights",
        measure_id=measure_id,
    )
    await service_derivations.derive(ground.office, given, key=str(new_id()))
    return plan_id, measure_id


async def promise(ground: Ground, measure_id: UUID, target: int) -> None:
    flights = replace(
        KEY_RESULT, title="Flights", unit_of_measure="flights", measure_id=measure_id, target=Decimal(target)
    )
    await ground.company.promised(goal(weight=1, title=f"{target}", key_results=(flights, FEWER)))


async def verdicts(ground: Ground, plan_id: UUID) -> list[Verdict]:
    found = await service_reconciliation.reconcile(ground.office, plan_id)
    return [one.verdict for one in found]


async def test_what_is_promised_is_found_by_measure_and_unit(ground: Ground) -> None:
    plan_id, measure_id = await planned(ground)
    assert await verdicts(ground, plan_id) == [Verdict(Agreement.NO_TARGET)]

    await promise(ground, measure_id, 1200)
    assert await verdicts(ground, plan_id) == [Verdict(Agreement.AGREES, Decimal(1200), Decimal(0))]

    await promise(ground, measure_id, 1150)
    assert await verdicts(ground, plan_id) == [Verdict(Agreement.SEVERAL_TARGETS)]


async def test_a_target_of_another_year_is_none_of_this_plan(ground: Ground) -> None:
    plan_id, measure_id = await planned(ground)
    await promise(ground, measure_id, 1200)

    moved = await ground.draft(starts_on=date(2026, 4, 1))
    await ground.write(moved, row("CREW", Account.VOLUME, [100] * 12, "flights"))

    assert await verdicts(ground, moved) == [Verdict(Agreement.NO_TARGET)]
    assert (await verdicts(ground, plan_id))[0].agreement is Agreement.AGREES


async def test_only_who_keeps_plans_compares_promises(ground: Ground) -> None:
    plan_id, _ = await planned(ground)

    for name in ("Ada", "Bo", "Partner"):
        with pytest.raises(NotPermitted):
            await service_reconciliation.reconcile(ground.actor(name), plan_id)
    with pytest.raises(NotFound):
        await service_reconciliation.reconcile(ground.office, new_id())
