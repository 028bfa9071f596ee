"""Scores of different scales on one: ends on ends, the target on the target, and the order kept."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.kernel.errors import InvalidInput
from domain.modes import scales
from domain.modes.scales import MET, Scale, Side, carry

GROUP = Scale(Decimal(0), Decimal(120))
VENTURE = Scale(Decimal(-50), Decimal(200))
PLAIN = Scale(Decimal(0), MET)
ENDLESS = Scale(None, None)
FLOORS, CAPS = st.decimals(-1000, 99, places=4), st.decimals(100, 1000, places=4)
SCALES = st.builds(Scale, st.none() | FLOORS, st.none() | CAPS)


@pytest.mark.parametrize(
    ("score", "source", "onto", "value", "side", "share"),
    [
        ("-50", VENTURE, GROUP, "0", Side.UP_TO_TARGET, "1"),
        ("25", VENTURE, GROUP, "50", Side.UP_TO_TARGET, "0.5"),
        ("100", VENTURE, GROUP, "100", Side.UP_TO_TARGET, "0"),
        ("100.01", VENTURE, GROUP, "100.002", Side.BEYOND_TARGET, "0.0001"),
        ("200", VENTURE, GROUP, "120", Side.BEYOND_TARGET, "1"),
        ("110", GROUP, VENTURE, "150", Side.BEYOND_TARGET, "0.5"),
        ("120", GROUP, PLAIN, "100", Side.BEYOND_TARGET, "1"),
        ("0", VENTURE, GROUP, "33.33333333333333333333", Side.UP_TO_TARGET, "0.66666666666666666667"),
        ("130", ENDLESS, GROUP, "120", Side.BEYOND_TARGET, None),
        ("110", ENDLESS, GROUP, "110", Side.BEYOND_TARGET, None),
        ("-7", ENDLESS, GROUP, "0", Side.UP_TO_TARGET, None),
        ("150", VENTURE, ENDLESS, "150", Side.BEYOND_TARGET, None),
    ],
)
def test_a_score_is_carried_along_its_side(
    score: str, source: Scale, onto: Scale, value: str, *, side: Side, share: str | None
) -> None:
    found = carry(Decimal(score), source, onto)

    assert (found.value, found.side, found.share) == (Decimal(value), side, Decimal(share) if share else None)


@pytest.mark.parametrize("score", ["-50.00000000000000000001", "200.01", "NaN", "Infinity"])
def test_what_is_not_on_its_scale_is_refused(score: str) -> None:
    with pytest.raises(InvalidInput):
        carry(Decimal(score), VENTURE, GROUP)


@pytest.mark.parametrize(("floor", "cap"), [(100, 120), (0, 99)])
def test_a_scale_holds_the_target(floor: int, cap: int) -> None:
    with pytest.raises(InvalidInput, match="begins below 100"):
        Scale(Decimal(floor), Decimal(cap))


@given(SCALES, SCALES, st.data())
def test_the_order_is_kept_and_the_target_stays_met(source: Scale, onto: Scale, data: st.DataObject) -> None:
    scores = st.decimals(
        -2000 if source.floor is None else source.floor, 2000 if source.cap is None else source.cap, places=4
    )
    lower, upper = sorted((data.draw(scores), data.draw(scores)))

    assert carry(lower, source, onto).value <= carry(upper, source, onto).value
    assert onto.holds(carry(lower, source, onto).value)
    assert carry(MET, source, onto).value == MET
    assert carry(lower, source, source).value == lower


@given(st.builds(Scale, FLOORS, CAPS), st.builds(Scale, FLOORS, CAPS))
def test_ends_meet_ends(source: Scale, onto: Scale) -> None:
    assert source.floor is not None
    assert source.cap is not None

    assert carry(source.floor, source, onto).value == onto.floor
    assert carry(source.cap, source, onto).value == (MET if source.cap == MET else onto.cap)


@pytest.mark.parametrize(
    ("floor", "cap", "scale"),
    [(None, None, ENDLESS), (0, 120, GROUP), (99, 100, Scale(Decimal(99), MET)), (100, 90, ENDLESS)],
)
def test_a_limit_on_the_wrong_side_of_the_target_ends_nothing(floor: int | None, cap: int | None, scale: Scale) -> None:
    limits = [None if one is None else Decimal(one) for one in (floor, cap)]

    assert scales.between(limits[0], limits[1]) == scale
