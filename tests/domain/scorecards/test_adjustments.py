"""A correction is a newer revision with a reason; after the closing a second person lets it count."""

import asyncio
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest

from domain.kernel import clock
from domain.kernel.actor import Actor, Role
from domain.kernel.errors import DomainError, InvalidInput, NotFound, NotPermitted
from domain.kernel.ids import new_id
from domain.objectives import service_cycles
from domain.scorecards import service_adjustments, service_measures
from domain.scorecards.errors import AdjustmentDecided, AdjustmentPending, RevisionMoved
from domain.scorecards.service_adjustments import NewAdjustment
from domain.scorecards.terms import MeasureContent, Quality
from tests.domain.scorecards.ground import Ground, figure, lay
from tests.domain.scorecards.test_actuals import NOON

APRIL = date(2026, 4, 1)


@pytest.fixture
async def ground(database: str) -> Ground:
    """April of ON_TIME is 75; Chen provides it, and Ada owns it."""
    ground = await lay()
    content = MeasureContent(
        name="On time",
        unit_of_measure="%",
        low=Decimal(0),
        high=Decimal(100),
        owner_id=ground.organisation["Ada"],
        provider_id=ground.organisation["Chen"],
    )
    await service_measures.change_measure(ground.office, await measure_id(ground), content, version=1, key="roles")
    await ground.record(figure("2026-04-01", "75"))
    return ground


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with clock.frozen(NOON):
        yield


async def measure_id(ground: Ground, code: str = "ON_TIME") -> UUID:
    return UUID(str(await ground.organisation.value("select id from measure where code = $1", code)))


async def adjust(ground: Ground, value: str, /, *, actor: Actor | None = None, **changed: object) -> UUID:
    content: dict[str, object] = {
        "measure_id": await measure_id(ground),
        "period": APRIL,
        "value": Decimal(value),
        "unit_of_measure": "%",
        "revision": 1,
        "reason": " Diverted flights were left out. ",
    }
    new = NewAdjustment(**(content | changed))  # type: ignore[arg-type]
    return await service_adjustments.adjust(actor or ground.office, new, key=str(new_id()))


async def months(ground: Ground) -> list[tuple[object, ...]]:
    rows = await ground.organisation.rows(
        "select period, revision, value, quality, is_after_closing from actual order by period, revision"
    )
    return [tuple(row) for row in rows]


async def everything(ground: Ground) -> list[int]:
    return [await ground.organisation.count(table) for table in ("actual", "adjustment", "journal", "check_in")]


def person(ground: Ground, name: str, *roles: Role) -> Actor:
    return ground.organisation.actor(name, *roles)


async def test_a_correction_in_an_open_cycle_counts_at_once_and_keeps_what_was(ground: Ground) -> None:
    adjustment_id = await adjust(ground, "80")

    assert await months(ground) == [
        (APRIL, 1, Decimal(75), "OK", False),
        (APRIL, 2, Decimal(80), "CORRECTED", False),
    ]
    assert (await ground.stands())[0] == (Decimal(80), Decimal(100))
    [row] = await ground.organisation.rows(
        """select j.state, j.decided_by_id, a.reason, a.person_id, a.source from adjustment j
           join actual a on a.id = j.actual_id where j.id = $1""",
        adjustment_id,
    )
    assert tuple(row) == ("APPLIED", None, "Diverted flights were left out.", ground.organisation["Bo"], "HAND")


async def test_who_doubts_a_figure_moves_nothing(ground: Ground) -> None:
    check_ins = await ground.organisation.count("check_in")

    await adjust(ground, "75", quality=Quality.DISPUTED)

    assert (await months(ground))[1] == (APRIL, 2, Decimal(75), "DISPUTED", False)
    assert await ground.organisation.count("check_in") == check_ins


async def test_a_correction_after_the_closing_waits_for_a_second_person(ground: Ground) -> None:
    await service_cycles.close_cycle(ground.office, ground.cycle_id)
    before = await ground.stands()

    adjustment_id = await adjust(ground, "80", actor=person(ground, "Chen"))

    assert await months(ground) == [(APRIL, 1, Decimal(75), "OK", False)]
    assert await ground.organisation.facts("AdjustmentProposed") == [
        ("AdjustmentProposed", await measure_id(ground)),
    ]
    await service_adjustments.approve(person(ground, "Ada"), adjustment_id, key="yes", answer="Right.")
    assert (await months(ground))[1] == (APRIL, 2, Decimal(80), "CORRECTED", True)
    people = await ground.organisation.rows("select person_id, approved_by_id from actual where revision = 2")
    assert [tuple(row) for row in people] == [(ground.organisation["Chen"], ground.organisation["Ada"])]
    assert await ground.stands() == before, "what people were judged by does not change"


async def test_nobody_lets_their_own_correction_count(ground: Ground) -> None:
    await service_cycles.close_cycle(ground.office, ground.cycle_id)
    adjustment_id = await adjust(ground, "80")
    before = await everything(ground)

    with pytest.raises(NotPermitted):
        await service_adjustments.approve(ground.office, adjustment_id, key="yes")

    assert await everything(ground) == before


@pytest.mark.parametrize("name", ["Chen", "Dina", "Bo"])
async def test_only_the_owner_and_the_strategy_office_decide(ground: Ground, name: str) -> None:
    await service_cycles.close_cycle(ground.office, ground.cycle_id)
    adjustment_id = await adjust(ground, "80", actor=ground.partner)

    with pytest.raises(NotPermitted):
        await service_adjustments.approve(person(ground, name, Role.MANAGER), adjustment_id, key="yes")
    with pytest.raises(NotPermitted):
        await service_adjustments.decline(person(ground, name, Role.MANAGER), adjustment_id, key="no", answer="No.")

    await service_adjustments.decline(ground.office, adjustment_id, key="no", answer="It was counted well.")
    assert await ground.organisation.value("select state from adjustment") == "DECLINED"
    assert len(await months(ground)) == 1


async def test_who_proposed_may_withdraw_and_nobody_else(ground: Ground) -> None:
    await service_cycles.close_cycle(ground.office, ground.cycle_id)
    adjustment_id = await adjust(ground, "80", actor=person(ground, "Chen"))

    with pytest.raises(NotPermitted):
        await service_adjustments.withdraw(ground.office, adjustment_id, key="no")
    await service_adjustments.withdraw(person(ground, "Chen"), adjustment_id, key="back")

    assert await ground.organisation.value("select state from adjustment") == "WITHDRAWN"
    with pytest.raises(AdjustmentDecided):
        await service_adjustments.approve(person(ground, "Ada"), adjustment_id, key="yes")
    await adjust(ground, "81", actor=person(ground, "Chen"))


async def test_one_correction_of_a_month_waits_at_a_time(ground: Ground) -> None:
    await service_cycles.close_cycle(ground.office, ground.cycle_id)
    await adjust(ground, "80")

    with pytest.raises(AdjustmentPending):
        await adjust(ground, "81")


async def test_a_late_figure_of_a_closed_month_comes_as_a_correction_of_nothing(ground: Ground) -> None:
    adjustment_id = await adjust(ground, "66", period=date(2025, 12, 1), revision=0)

    await service_adjustments.approve(person(ground, "Ada"), adjustment_id, key="yes")

    assert (await months(ground))[0] == (date(2025, 12, 1), 1, Decimal(66), "CORRECTED", True)


async def test_approving_twice_under_one_key_lets_it_count_once(ground: Ground) -> None:
    await service_cycles.close_cycle(ground.office, ground.cycle_id)
    adjustment_id = await adjust(ground, "80", actor=person(ground, "Chen"))
    ada = person(ground, "Ada")

    await asyncio.gather(*(service_adjustments.approve(ada, adjustment_id, key="yes") for _ in range(4)))

    assert len(await months(ground)) == 2
    with pytest.raises(AdjustmentDecided):
        await service_adjustments.approve(ada, adjustment_id, key="again")


async def test_of_many_corrections_of_one_revision_one_counts(ground: Ground) -> None:
    answers = await asyncio.gather(*(adjust(ground, str(80 + n)) for n in range(6)), return_exceptions=True)

    assert [type(one) for one in answers if isinstance(one, Exception)] == [RevisionMoved] * 5
    assert len(await months(ground)) == 2


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"revision": 0}, "revision_moved"),
        ({"revision": 2}, "revision_moved"),
        ({"period": date(2026, 3, 1), "revision": 0}, "invalid_input"),
        ({"period": date(2026, 5, 1), "revision": 0}, "period_in_future"),
        ({"period": date(2026, 4, 2)}, "invalid_period"),
        ({"unit_of_measure": "min"}, "unit_mismatch"),
        ({"unit_of_measure": None}, "unit_mismatch"),
        ({"value": Decimal(101)}, "implausible_value"),
        ({"value": Decimal("NaN")}, "implausible_value"),
        ({"reason": "  "}, "invalid_input"),
        ({"reason": "x" * 501}, "invalid_input"),
        ({"reason": "a\x00"}, "invalid_input"),
        ({"measure_id": UUID(int=7)}, "not_found"),
    ],
)
async def test_what_is_refused_changes_nothing(ground: Ground, changed: dict[str, object], code: str) -> None:
    before = await everything(ground)

    with pytest.raises(DomainError) as refused:
        await adjust(ground, "80", actor=None, **changed)

    assert refused.value.code == code
    assert await everything(ground) == before


@pytest.mark.parametrize(
    ("name", "may"), [("Bo", False), ("Chen", True), ("Ada", False), ("Dina", False), ("partner", True)]
)
async def test_who_may_record_may_correct(ground: Ground, name: str, may: bool) -> None:  # noqa: FBT001 - a table
    actor = ground.partner if name == "partner" else person(ground, name, Role.MANAGER, Role.ADMINISTRATOR)
    if may:
        await adjust(ground, "80", actor=actor)
        assert len(await months(ground)) == 2
        return
    with pytest.raises(NotPermitted):
        await adjust(ground, "80", actor=actor)


async def test_the_provider_tells_their_measure_and_no_other(ground: Ground) -> None:
    chen = person(ground, "Chen")

    own, other = await ground.record(
        figure("2026-03-01", "71"), figure("2026-03-01", "9", measure="FLIGHTS", unit="flights"), actor=chen
    )

    assert own.refusal is None
    assert other.refusal is not None
    assert other.refusal.code == "not_provider"
    rows = await ground.organisation.rows("select person_id, source from actual where period = '2026-03-01'")
    assert [tuple(row) for row in rows] == [(ground.organisation["Chen"], "HAND")]
    with pytest.raises(NotPermitted):
        await ground.record(figure("2026-03-01", "9", measure="FLIGHTS", unit="flights"), actor=chen)


async def test_another_tenant_finds_nothing(ground: Ground) -> None:
    other = await lay()

    with pytest.raises(NotFound):
        await adjust(ground, "80", actor=other.office)


async def test_an_estimate_is_told_as_such_and_a_doubt_is_not_told_but_corrected(ground: Ground) -> None:
    guess = figure("2026-03-01", "71")
    estimated, doubted = (
        type(guess)(measure=guess.measure, period=guess.period, value=guess.value, unit_of_measure="%", quality=quality)
        for quality in (Quality.ESTIMATED, Quality.DISPUTED)
    )

    with pytest.raises(InvalidInput) as refused:
        await ground.record(doubted)
    await ground.record(estimated)

    assert refused.value.field == "items.0.quality"
    assert (await months(ground))[0] == (date(2026, 3, 1), 1, Decimal(71), "ESTIMATED", False)
