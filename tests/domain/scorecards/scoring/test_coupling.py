"""Organisation and person together, and money that adds up to the last cent."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.kernel.errors import InvalidInput
from domain.scorecards.scoring import coupling
from domain.scorecards.scoring.coupling import Couples, Coupling, Member

D = Decimal
COEFFICIENTS = st.decimals(0, 3, places=4)
MEMBERS = st.lists(
    st.builds(
        Member, key=st.uuids().map(str), base=st.integers(1, 10**9), coefficient=st.decimals("0.01", 3, places=4)
    ),
    min_size=1,
    max_size=30,
    unique_by=lambda one: one.key,
)


def member(key: str, base: int, coefficient: str) -> Member:
    return Member(key=key, base=base, coefficient=D(coefficient))


@pytest.mark.parametrize(
    ("couples", "expected"),
    [
        (Couples(how=Coupling.MULTIPLICATIVE), "0.99"),
        (Couples(how=Coupling.MULTIPLICATIVE, department_strength=D("0.5")), "1.045"),
        (Couples(how=Coupling.ADDITIVE, alpha=D("0.6")), "0.98"),
        (Couples(how=Coupling.ADDITIVE, alpha=D(0)), "1.1"),
        (Couples(how=Coupling.POOL), "1.1"),
    ],
)
def test_a_good_person_in_a_weaker_department(couples: Couples, expected: str) -> None:
    assert coupling.coefficient(couples, D("0.9"), D("1.1")) == D(expected)


def test_a_pool_is_paid_out_exactly() -> None:
    members = [member("a", 10_000, "1.2"), member("b", 10_000, "1"), member("c", 10_000, "0.8")]

    whole = coupling.pool(Couples(), D("0.9"), members)

    assert whole == 27_000
    assert coupling.payouts(whole, members) == {"a": 10_800, "b": 9_000, "c": 7_200}
    assert coupling.payouts(100, [member(key, 1, "1") for key in "abc"]) == {"a": 34, "b": 33, "c": 33}


def test_a_product_can_overspend_where_a_pool_cannot() -> None:
    members = [member("a", 10_000, "1.2"), member("b", 10_000, "1.1")]
    product = Couples(how=Coupling.MULTIPLICATIVE)

    by_product = sum(coupling.pay(one.base, coupling.coefficient(product, D(1), one.coefficient)) for one in members)
    whole = coupling.pool(Couples(), D(1), members)

    assert (by_product, whole, sum(coupling.payouts(whole, members).values())) == (23_000, 20_000, 20_000)


def test_half_a_cent_is_rounded_up() -> None:
    assert coupling.pay(1, D("0.5")) == 1
    assert coupling.pay(3, D("0.5")) == 2
    assert coupling.pay(1, D("0.49")) == 0


@given(whole=st.integers(0, 10**12), members=MEMBERS)
def test_every_pool_is_paid_out_to_the_last_cent(whole: int, members: list[Member]) -> None:
    paid = coupling.payouts(whole, members)

    assert sum(paid.values()) == whole
    assert all(amount >= 0 for amount in paid.values())


@given(worse=COEFFICIENTS, more=COEFFICIENTS, members=MEMBERS)
def test_a_better_department_never_has_a_smaller_pool(worse: D, more: D, members: list[Member]) -> None:
    couples = Couples()

    assert coupling.pool(couples, worse + more, members) >= coupling.pool(couples, worse, members)


def test_a_department_counts_by_coefficient_or_by_quota_but_not_twice() -> None:
    Couples(department_strength=D(1), quota_strength=D("0.99"))
    Couples(department_strength=D("0.5"), quota_strength=D(1))

    with pytest.raises(InvalidInput) as refused:
        Couples(department_strength=D(1), quota_strength=D(1))

    assert refused.value.field == "quotaStrength"


@pytest.mark.parametrize(("whole", "members"), [(100, ()), (100, (("a", 0, "1"),)), (100, (("a", 5, "0"),)), (-1, ())])
def test_money_without_a_claim_is_refused(whole: int, members: tuple[tuple[str, int, str], ...]) -> None:
    with pytest.raises(InvalidInput):
        coupling.payouts(whole, [member(*one) for one in members])


def test_nobody_shares_twice_and_nobody_owes() -> None:
    with pytest.raises(InvalidInput):
        coupling.payouts(10, [member("a", 1, "1"), member("a", 1, "1")])
    for base, coefficient in ((-1, "1"), (1, "-0.1"), (1, "101")):
        with pytest.raises(InvalidInput):
            member("a", base, coefficient)
    assert coupling.payouts(0, []) == {}


@pytest.mark.parametrize("name", ["alpha", "department_strength", "quota_strength"])
def test_parts_lie_between_nothing_and_all(name: str) -> None:
    with pytest.raises(InvalidInput):
        Couples(**{name: D("1.01")})  # type: ignore[arg-type]
