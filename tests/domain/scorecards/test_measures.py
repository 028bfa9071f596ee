"""Measures are changed by the strategy office, and formulas only to what can be computed."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from uuid import UUID

import pytest

from domain.kernel import clock
from domain.kernel.actor import Role
from domain.kernel.errors import DomainError, NotPermitted, StaleVersion
from domain.kernel.ids import new_id
from domain.scorecards import service, service_measures
from domain.scorecards.errors import FormulaCircular, FormulaUnitMismatch, UnitOfMeasureFixed
from domain.scorecards.terms import MeasureContent, NewMeasure
from tests.domain.scorecards.ground import Ground, figure, lay
from tests.domain.scorecards.test_actuals import NOON
from tests.domain.scorecards.test_calculating import define


@pytest.fixture
async def ground(database: str) -> Ground:
    return await lay()


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with clock.frozen(NOON):
        yield


async def change(ground: Ground, code: str, *, version: int = 1, unit: str = "%", **content: object) -> UUID:
    measure_id = UUID(str(await ground.organisation.value("select id from measure where code = $1", code)))
    new = MeasureContent(name=code, unit_of_measure=unit, **content)  # type: ignore[arg-type]
    return await service_measures.change_measure(ground.office, measure_id, new, version=version, key=str(new_id()))


async def written(ground: Ground, code: str) -> tuple[object, ...]:
    [row] = await ground.organisation.rows(
        "select name, unit_of_measure, lag_days, formula, formula_at, version from measure where code = $1", code
    )
    return tuple(row)


async def test_a_measure_is_changed_as_a_whole(ground: Ground) -> None:
    await change(ground, "ON_TIME", lag_days=3, formula="100% - 1% * FLIGHTS / FLIGHTS")

    assert await written(ground, "ON_TIME") == ("ON_TIME", "%", 3, "100% - 1% * FLIGHTS / FLIGHTS", NOON, 2)
    await change(ground, "ON_TIME", version=2)
    assert await written(ground, "ON_TIME") == ("ON_TIME", "%", 15, None, None, 3)
    assert await ground.organisation.count("measure_input") == 0


async def test_what_moved_on_is_not_overwritten(ground: Ground) -> None:
    await change(ground, "ON_TIME")

    with pytest.raises(StaleVersion):
        await change(ground, "ON_TIME")


@pytest.mark.parametrize("roles", [(), (Role.ADMINISTRATOR,), (Role.HR_PARTNER,)])
async def test_only_the_strategy_office_changes_measures(ground: Ground, roles: tuple[Role, ...]) -> None:
    measure_id = UUID(str(await ground.organisation.value("select id from measure where code = 'ON_TIME'")))
    content = MeasureContent(name="Mine", unit_of_measure="%")

    with pytest.raises(NotPermitted):
        await service_measures.change_measure(
            ground.organisation.actor("Ada", *roles), measure_id, content, version=1, key="mine"
        )

    assert (await written(ground, "ON_TIME"))[-1] == 1


async def test_the_unit_of_measure_stays_once_there_are_actuals(ground: Ground) -> None:
    await change(ground, "FLIGHTS", unit="departures")
    await ground.record(figure("2026-04-01", "9", measure="FLIGHTS", unit="departures"))

    with pytest.raises(UnitOfMeasureFixed):
        await change(ground, "FLIGHTS", unit="flights", version=2)


async def test_another_unit_is_refused_where_a_formula_would_not_go_with_it(ground: Ground) -> None:
    await define(ground, "LATE", "100% - ON_TIME", "%")

    with pytest.raises(FormulaUnitMismatch) as refused:
        await change(ground, "ON_TIME", unit="min")

    assert refused.value.message == "LATE is computed from it. One cannot subtract % and min."
    assert (await written(ground, "ON_TIME"))[1] == "%"


async def test_a_circle_is_refused_by_its_way(ground: Ground) -> None:
    await define(ground, "LATE", "100% - ON_TIME", "%")
    await define(ground, "VERY_LATE", "LATE / 2", "%")

    with pytest.raises(FormulaCircular) as refused:
        await change(ground, "ON_TIME", formula="100% - VERY_LATE")

    assert refused.value.message == ("This would compute a measure from itself: ON_TIME → VERY_LATE → LATE → ON_TIME.")
    assert (await written(ground, "ON_TIME"))[3] is None
    assert await ground.organisation.count("measure_input") == 2


@pytest.mark.parametrize(
    ("formula", "unit", "code"),
    [
        ("ON_TIME +", "%", "formula_invalid"),
        ("GONE", "%", "formula_invalid"),
        ('"\ud800"', "%", "invalid_input"),
        ("ON_TIME\n", "%", "invalid_input"),
        (" ", "%", "invalid_input"),
        ("NEW", "%", "formula_circular"),
        ("NEW[-1] + ON_TIME", "%", "formula_circular"),
        ("ON_TIME + FLIGHTS", "%", "formula_unit_mismatch"),
        ("ON_TIME", "flights", "formula_unit_mismatch"),
    ],
)
async def test_a_formula_that_cannot_be_computed_is_refused(ground: Ground, formula: str, unit: str, code: str) -> None:
    with pytest.raises(DomainError) as refused:
        await define(ground, "NEW", formula, unit)

    assert refused.value.code == code
    assert await ground.organisation.count("measure") == 2


async def test_formulas_stand_at_most_ten_high(ground: Ground) -> None:
    last = "ON_TIME"
    for number in range(10):
        await define(ground, f"F{number}", last, "%")
        last = f"F{number}"

    with pytest.raises(DomainError) as refused:
        await define(ground, "F10", last, "%")

    assert refused.value.message == "At most 10 formulas stand one upon the other."


async def test_owner_and_provider_are_persons_of_the_group(ground: Ground) -> None:
    unit_id = ground.organisation.units["AIR"]
    new = NewMeasure(code="X", name="X", unit_of_measure="%", unit_id=unit_id, provider_id=new_id())

    with pytest.raises(DomainError) as refused:
        await service.define_measure(ground.office, new)

    assert refused.value.code == "not_found"


@pytest.mark.parametrize("days", [-1, 367])
async def test_a_figure_is_expected_within_a_year(ground: Ground, days: int) -> None:
    with pytest.raises(DomainError) as refused:
        await change(ground, "ON_TIME", lag_days=days)

    assert refused.value.code == "invalid_input"


async def test_changing_something_else_leaves_the_age_of_the_formula(ground: Ground) -> None:
    await change(ground, "ON_TIME", formula="100% * FLIGHTS / FLIGHTS")
    with clock.frozen(NOON + timedelta(hours=1)):
        await change(ground, "ON_TIME", version=2, formula="100% * FLIGHTS / FLIGHTS", low=Decimal(0))

    assert (await written(ground, "ON_TIME"))[4] == NOON
