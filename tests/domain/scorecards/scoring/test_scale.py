"""The whole of a unit with a scale of its own, on the scale of the group."""

from dataclasses import replace
from decimal import Decimal

import pytest

from domain.modes import scales
from domain.modes.scales import Scale
from domain.scorecards.scoring import cards
from domain.scorecards.scoring.terms import ExtraKind, StepKind
from tests.domain.scorecards.scoring.samples import FREE, PLAIN, card, item, sum_of_trace
from tests.domain.scorecards.scoring.test_cards import extra, steps_of

D = Decimal
WIDE = replace(PLAIN, bounds=replace(FREE, item_floor=D(0), item_cap=D(150)))


@pytest.mark.parametrize(("raw", "expected"), [(150, 120), (125, 110), (100, 100), (60, 60), (0, 0)])
def test_the_whole_of_a_unit_with_a_scale_of_its_own_is_carried_onto_the_groups(raw: int, expected: int) -> None:
    made = replace(card(item("a", raw)), onto=Scale(D(0), D(120)))

    found = cards.score(made, WIDE)

    assert found.value == expected
    assert sum_of_trace(found) == expected
    assert steps_of(made, WIDE) == ([(StepKind.SCALE, None, expected - raw)] if expected != raw else [])
    assert found.trace.carried is not None
    assert (found.trace.carried.score, found.trace.carried.source.cap) == (raw, 150)


def test_a_unit_on_the_scale_of_the_group_is_not_carried() -> None:
    bounds = PLAIN.bounds
    made = replace(card(item("a", 90)), onto=scales.between(bounds.item_floor, bounds.item_cap))

    assert cards.score(made, PLAIN).trace.carried is None


def test_bonus_and_limits_come_after_the_scale() -> None:
    made = replace(card(item("a", 150)), onto=Scale(D(0), D(120)), extras=(extra(ExtraKind.BONUS, 5),))

    assert [(kind, amount) for kind, _, amount in steps_of(made, WIDE)] == [
        (StepKind.SCALE, -30),
        (StepKind.BONUS, 5),
    ]


def test_a_limit_of_an_items_own_does_not_lead_beyond_the_scale_of_its_unit() -> None:
    made = replace(card(replace(item("a", 190), cap=D(190))), onto=Scale(D(0), D(120)))

    assert cards.score(made, WIDE).value == 120
