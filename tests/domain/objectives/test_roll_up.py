"""The rule of the roll-up, by tables: what counts, with which weight, and what a change carries up."""

from decimal import Decimal
from fractions import Fraction
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.objectives import roll_up
from domain.objectives.roll_up import NOTHING, Counted, Kept, Now, Share
from domain.objectives.terms import ObjectiveState
from tests.domain.objectives.trees import rounded

ME, PARENT, OTHER = UUID(int=1), UUID(int=2), UUID(int=3)
NUMBERS = st.decimals(-(10**18), 10**18, places=20)


def share(numerator: str, denominator: int) -> Share:
    return Share(Decimal(numerator), Decimal(denominator))


def now(
    own: str | None = "40", *, parent_id: UUID | None = PARENT, weight: int = 30, state: str = ObjectiveState.ACTIVE
) -> Now:
    progress = None if own is None else Decimal(own)
    return Now(objective_id=ME, parent_id=parent_id, weight=Decimal(weight), state=state, own=progress)


def kept(own: str, *, parent_id: UUID = PARENT, weight: int = 30) -> Kept:
    """An objective without children that counts."""
    value = Decimal(own)
    return Kept(own=value, score=value, counted=(Counted(parent_id, Decimal(weight), value),))


@pytest.mark.parametrize(
    ("own", "carried", "score"),
    [
        (None, NOTHING, None),
        ("40", NOTHING, "40"),
        ("0", NOTHING, "0"),
        (None, share("0", 50), "0"),
        (None, share("4000", 50), "80"),
        ("40", share("4000", 50), "53.33333333333333333333"),
        ("-30", share("-1000", 100), "-20"),
        ("100", share("30000", 100), "200"),
        (None, share("0", 0), None),
        ("1", share("1", 2), "0.99019607843137254902"),
        ("-1", share("-1", 2), "-0.99019607843137254902"),
        (None, share("0.00000000000000000001", 2), "0.00000000000000000001"),
        (None, share("-0.00000000000000000001", 2), "-0.00000000000000000001"),
        (None, share("0.00000000000000000001", 3), "0"),
    ],
)
def test_a_score_is_the_mean_of_what_is_known_by_weight(own: str | None, carried: Share, score: str | None) -> None:
    found = roll_up.score(None if own is None else Decimal(own), carried)

    assert found == (None if score is None else Decimal(score))


@given(own=NUMBERS, parts=st.lists(st.tuples(st.integers(0, 100), NUMBERS), max_size=30))
def test_a_score_is_exact_to_its_last_digit(own: Decimal, parts: list[tuple[int, Decimal]]) -> None:
    carried = NOTHING
    for weight, score in parts:
        carried = carried.plus(Counted(PARENT, Decimal(weight), score).share)

    numerator = 100 * Fraction(own) + sum(weight * Fraction(score) for weight, score in parts)
    assert roll_up.score(own, carried) == rounded(numerator / (100 + sum(weight for weight, _ in parts)))


@pytest.mark.parametrize("state", ObjectiveState)
def test_only_what_was_promised_counts(state: ObjectiveState) -> None:
    promised = {ObjectiveState.ACTIVE, ObjectiveState.ACHIEVED, ObjectiveState.MISSED}

    found = roll_up.counted(now(state=state), Decimal(40))

    assert found == ((Counted(PARENT, Decimal(30), Decimal(40)),) if state in promised else ())


def test_without_a_parent_or_a_score_nothing_counts() -> None:
    assert roll_up.counted(now(parent_id=None), Decimal(40)) == ()
    assert roll_up.counted(now(), None) == ()


@pytest.mark.parametrize(
    ("is_now", "was", "carried"),
    [
        (now("40"), Kept(), {PARENT: share("1200", 30)}),
        (now("50"), kept("40"), {PARENT: share("300", 0)}),
        (now("40", weight=20), kept("40"), {PARENT: share("-400", -10)}),
        (now("40", parent_id=OTHER), kept("40"), {PARENT: share("-1200", -30), OTHER: share("1200", 30)}),
        (now("40", parent_id=None), kept("40"), {PARENT: share("-1200", -30)}),
        (now("40", state="CANCELLED"), kept("40"), {PARENT: share("-1200", -30)}),
        (now(None), kept("40"), {PARENT: share("-1200", -30)}),
        (now("40"), kept("40"), {}),
        (now(None), Kept(), {}),
        (now("0", weight=0), Kept(), {}),
    ],
)
def test_what_differs_from_what_was_counted_is_carried_up(is_now: Now, was: Kept, carried: dict[UUID, Share]) -> None:
    level = roll_up.look([(is_now, was)])

    assert level.carried == carried
    again = [(is_now, level.found.get(ME, was))]
    assert (roll_up.look(again).found, roll_up.look(again).carried) == ({}, {})


def test_what_siblings_carry_up_is_added_and_may_cancel_out() -> None:
    one, two = (
        Now(objective_id=UUID(int=n), parent_id=PARENT, weight=Decimal(10), state="ACTIVE", own=Decimal(5))
        for n in (8, 9)
    )
    four = Kept(own=Decimal(4), score=Decimal(4), counted=(Counted(PARENT, Decimal(10), Decimal(4)),))
    six = Kept(own=Decimal(6), score=Decimal(6), counted=(Counted(PARENT, Decimal(10), Decimal(6)),))

    assert roll_up.look([(one, Kept()), (two, Kept())]).carried == {PARENT: share("100", 20)}
    assert roll_up.look([(one, four), (two, six)]).carried == {}
