"""The formulas in SQL leave the same digits as those in Python, for all numbers that can be kept."""

from decimal import Decimal
from typing import TYPE_CHECKING, cast

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from domain.kernel import database, numbers
from domain.objectives import progress
from domain.objectives.progress import Measured
from domain.objectives.terms import KeyResultKind
from tests.domain.objectives.company import Company

if TYPE_CHECKING:
    from collections.abc import Sequence

MANTISSAS = st.integers(-(10**38), 10**38)
NUMBERS = st.one_of(
    # The whole range, whole percents and their halves, what lies beside the smallest and the greatest.
    st.builds(lambda whole, places: Decimal(whole).scaleb(-places), MANTISSAS, st.integers(0, 20)),
    st.integers(-1000, 1000).map(lambda halves: Decimal(halves) / 2),
    st.builds(lambda units: Decimal(units).scaleb(-20), st.integers(-300, 300)),
    st.builds(lambda units: numbers.NUMBER_MAX - Decimal(units).scaleb(-2), st.integers(0, 300)),
).filter(numbers.is_storable)
REACHED = st.builds(lambda whole: Decimal(whole).scaleb(-20), st.integers(-(10**60), 10**60))
"""What a key result can have reached: 10**40 percent when its way is the smallest there is."""
MEASURED = st.lists(
    st.tuples(st.integers(1, 100), st.none() | REACHED | st.integers(-5, 5).map(lambda units: Decimal(units) / 10**20)),
    min_size=1,
    max_size=10,
)
AGAINST_A_DATABASE = settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
TIE = Decimal("0.5E-20")


async def asked(company: Company, sql: str, *values: object) -> Decimal | None:
    return cast("Decimal | None", await database.fetch_value(company.tenant_id, sql, values))


def digits(value: Decimal | None) -> str | None:
    """As PostgreSQL writes it: zero has no sign."""
    return None if value is None else f"{value:f}".removeprefix("-" if not value else "")


async def of_key_result(company: Company, kind: str, value: Decimal, *ends: Decimal | None) -> Decimal | None:
    """What the formula in SQL says of start, target, low and high."""
    formula = progress.OF_KEY_RESULT.format(row="k", value="$2::numeric")
    row = (
        "select $1::text as kind, $3::numeric as start, $4::numeric as target, $5::numeric as low, $6::numeric as high"
    )
    return await asked(company, f"select {formula} from ({row}) k", kind, value, *ends)


async def of_objective(company: Company, measured: "Sequence[Measured]") -> Decimal | None:
    formula = progress.OF_OBJECTIVE.format(row="k")
    sql = f"select {formula} from unnest($1::int[], $2::numeric[]) k (weight, progress)"
    return await asked(company, sql, [weight for weight, _ in measured], [reached for _, reached in measured])


@AGAINST_A_DATABASE
@given(value=NUMBERS, start=NUMBERS, target=NUMBERS)
@example(value=Decimal(1), start=Decimal(0), target=Decimal("2E+18"))
@example(value=Decimal("1E-20"), start=Decimal(0), target=Decimal(-200))
@example(value=Decimal("-1E+18"), start=Decimal("1E+18"), target=Decimal("0.99999999999999999999") + 10**17)
async def test_a_key_result_has_come_as_far_in_sql_as_in_python(
    shared: Company, value: Decimal, start: Decimal, target: Decimal
) -> None:
    assume(start != target)

    found = await of_key_result(shared, KeyResultKind.MILESTONE, value, start, target, None, None)

    expected = progress.of_key_result(KeyResultKind.MILESTONE, value, start=start, target=target, low=None, high=None)
    assert digits(found) == digits(expected)


@AGAINST_A_DATABASE
@given(value=NUMBERS, low=NUMBERS, high=NUMBERS)
async def test_a_range_is_reached_in_sql_as_in_python(
    shared: Company, value: Decimal, low: Decimal, high: Decimal
) -> None:
    for one in (value, low, high):
        found = await of_key_result(shared, KeyResultKind.RANGE, one, None, None, low, high)

        expected = progress.of_key_result(KeyResultKind.RANGE, one, start=None, target=None, low=low, high=high)
        assert digits(found) == digits(expected)


@AGAINST_A_DATABASE
@given(measured=MEASURED)
async def test_an_objective_has_come_as_far_in_sql_as_in_python(shared: Company, measured: list[Measured]) -> None:
    assert digits(await of_objective(shared, measured)) == digits(progress.of_objective(measured))


@pytest.mark.parametrize("sign", [1, -1])
async def test_a_tie_is_rounded_away_from_zero_in_sql_as_in_python(shared: Company, sign: int) -> None:
    value, target = sign * Decimal("1E-20"), Decimal(200)

    found = await of_key_result(shared, KeyResultKind.INCREASE, value, Decimal(0), target, None, None)

    assert Decimal(100) * value / target == sign * TIE
    assert found == sign * Decimal("1E-20")
    assert await of_objective(shared, [(1, found), (1, Decimal(0))]) == sign * Decimal("1E-20")
