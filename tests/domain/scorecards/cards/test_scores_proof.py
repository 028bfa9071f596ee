"""Everything scored anew is what is kept; what differs without a cause is drift, and mended."""

from decimal import Decimal

import structlog

from domain.kernel.ids import new_id
from domain.objectives import service_check_ins
from domain.scorecards.cards import service_scores_proof
from domain.scorecards.cards.service_scores_proof import Proof
from tests.domain.objectives.company import goal
from tests.domain.scorecards.cards.ground import Ground, at
from tests.domain.scorecards.cards.test_following import below, objective


async def prove(ground: Ground) -> Proof:
    return await service_scores_proof.prove(ground.company.tenant_id)


async def test_drift_is_told_and_mended_up_to_the_top(ground: Ground) -> None:
    ops = await ground.published("OPS", ground.item("ON_TIME"))
    air = await ground.published("AIR", below(ground, ops))
    right = await ground.scores(air)
    await ground.company.organisation.rows("update score set value = 7 where scorecard_id = $1", ops)

    with structlog.testing.capture_logs() as logs:
        found = await prove(ground)

    assert found == Proof(cards=2, drifted=1, not_replayed=0)
    assert [one["event"] for one in logs] == ["scores_drifted"]
    assert await ground.scores(ops) == await ground.scores(air) == right
    assert await prove(ground) == Proof(cards=2, drifted=0, not_replayed=0)


async def test_a_missed_figure_is_drift_and_a_waiting_one_is_not(ground: Ground) -> None:
    card = await ground.published("AIR", ground.item("COSTS"))
    await ground.record("COSTS", 5, "500")
    waiting = await prove(ground)
    await ground.record("COSTS", 4, "400")
    await ground.company.organisation.rows("delete from journal_unread")

    assert (waiting.drifted, (await prove(ground)).drifted) == (0, 1)
    assert (await ground.scores(card))[3:] == ["40.00", "50.00", "50.00"]


async def test_a_check_in_that_waits_for_the_roll_up_is_no_drift(ground: Ground) -> None:
    company = ground.company
    promise = await company.promised(goal(weight=10))
    await ground.published("AIR", objective(ground, promise))
    first, _ = await company.key_results(promise)
    await service_check_ins.check_in(company.actor("Dina"), first, Decimal(75), key=str(new_id()))

    assert (await prove(ground)).drifted == 0


async def test_months_that_ended_before_an_objective_counted_are_no_drift(ground: Ground) -> None:
    promise = await ground.company.promised(goal(weight=10))
    await ground.hear()
    await ground.published("AIR", objective(ground, promise), ground.item("ON_TIME"))

    assert await prove(ground) == Proof(cards=1, drifted=0, not_replayed=0)


async def test_what_the_calendar_changes_is_no_drift(ground: Ground) -> None:
    card = await ground.published("AIR", ground.item("COSTS"))
    await ground.record("COSTS", 5, "500")
    await ground.hear()

    with at(2026, 7, 20):
        found = await prove(ground)

    assert found.drifted == 0
    assert (await ground.scores(card))[4:] == ["50.00", "INSUFFICIENT_DATA", "INSUFFICIENT_DATA"]


async def test_the_worker_proves_once_a_day_and_begins_the_month(ground: Ground) -> None:
    card = await ground.published("AIR", ground.item("ON_TIME"))
    await service_scores_proof.prove_daily()
    await ground.company.organisation.rows("update score set value = 7")
    same_day = await service_scores_proof.prove_daily()
    with at(2026, 7, 1):
        mended, again = await service_scores_proof.prove_daily(), await service_scores_proof.prove_daily()

    # The groups of other tests are proved along, and begin their month as well.
    assert mended >= 1
    assert (same_day, again) == (0, 0)
    assert (await ground.scores(card))[4:] == ["80.00", "80.00", "80.00"]


async def test_who_watches_is_told_how_far_it_is(ground: Ground) -> None:
    for unit in ("AIR", "OPS", "CREW"):
        await ground.published(unit, ground.item("ON_TIME"))
    seen: list[tuple[int, int]] = []

    await service_scores_proof.prove(ground.company.tenant_id, lambda done, total: seen.append((done, total)))

    assert seen == [(3, 3)]
