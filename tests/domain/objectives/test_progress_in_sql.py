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

TWENTIETH = Decimal("1E-20")


def scaled(whole: int, places: int = 20) -> Decimal:
    return Decimal(whole).scaleb(-places)


def halved(whole: int) -> Decimal:
    return Decimal(whole) / 2


def below_the_greatest(hundredths: int) -> Decimal:
    return numbers.NUMBER_MAX - scaled(hundredths, 2)


# The whole range, whole numbers and their halves, what lies beside the smallest and the greatest.
NUMBERS = st.one_of(
    st.builds(scaled, st.integers(-(10**38), 10**38), st.integers(0, 20)),
    st.builds(halved, st.integers(-1000, 1000)),
    st.builds(scaled, st.integers(-300, 300)),
    st.builds(below_the_greatest, st.integers(0, 300)),
).filter(numbers.is_storable)
REACHED = st.builds(scaled, st.integers(-(10**60), 10**60) | st.integers(-5, 5))
"""What a key result can have reached: 10**40 percent when its way is the smallest there is."""
MEASURED = st.lists(st.tuples(st.integers(1, 100), st.none() | REACHED), min_size=1, max_size=10)
AGAINST_A_DATABASE = settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


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
    value, target = sign * TWENTIETH, Decimal(200)

    found = await of_key_result(shared, KeyResultKind.INCREASE, value, Decimal(0), target, None, None)

    assert Decimal(100) * value / target == sign * TWENTIETH / 2
    assert found == sign * TWENTIETH
    assert await of_objective(shared, [(1, found), (1, Decimal(0))]) == sign * TWENTIETH
