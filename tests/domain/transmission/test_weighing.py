"""What perspectives are said to weigh, weigh, and move."""

from decimal import Decimal
from fractions import Fraction

from domain.transmission import fidelity, health, weighing
from domain.transmission.terms import Missing, Part
from domain.transmission.weighing import Weighed

NOMINAL = {"FINANCIAL": 50, "CUSTOMER": 50}
GAP = {"CUSTOMER": None}
DECLARED = fidelity.parts_of({"FINANCIAL": 3, "CUSTOMER": 1})


def months(*scores: tuple[int, int]) -> list[dict[str, Decimal]]:
    return [{"FINANCIAL": Decimal(one), "CUSTOMER": Decimal(other)} for one, other in scores]


def test_a_perspective_that_never_moves_has_no_weight_whatever_the_card_says() -> None:
    moved = weighing.effective_shares(NOMINAL, months((90, 80), (110, 80), (70, 80)))

    assert moved == {"FINANCIAL": 1, "CUSTOMER": 0}


def test_fewer_than_three_months_and_months_that_are_alike_say_nothing() -> None:
    assert weighing.effective_shares(NOMINAL, months((90, 80), (110, 80))) is None
    assert weighing.effective_shares(NOMINAL, months((90, 80)) * 3) is None
    assert weighing.effective_shares({}, months((90, 80)) * 3) is None


def test_a_month_without_a_score_of_all_that_weigh_is_left_out() -> None:
    some = [*months((90, 80), (110, 80)), {"FINANCIAL": Decimal(10)}]

    assert weighing.effective_shares(NOMINAL, some) is None
    assert weighing.effective_shares({"FINANCIAL": 1, "CUSTOMER": 0}, some) == {"FINANCIAL": 1}


def test_n_counts_the_months_that_were_compared_and_no_others() -> None:
    scored = [{"FINANCIAL": "90", "CUSTOMER": str(one)} for one in (80, 60, 70)]
    card = {"weights": [["FINANCIAL", "F", None, 1], ["CUSTOMER", "C", None, 1]], "months": [*scored, scored[0] | GAP]}

    found = health.of({"card": card}, {"FINANCIAL": 1, "CUSTOMER": 1}, may_tell_recall=False)

    assert found.parts[Part.EFFECTIVE_TO_NOMINAL].n == 3


def test_the_three_distances_are_total_variations() -> None:
    moved = {"FINANCIAL": Fraction(1), "CUSTOMER": Fraction(0)}

    found = weighing.distances(DECLARED, fidelity.parts_of(NOMINAL), moved, 3)

    assert {part: one.value for part, one in found.items()} == {
        Part.NOMINAL_TO_DECLARED: Decimal("0.25"),
        Part.EFFECTIVE_TO_NOMINAL: Decimal("0.5"),
        Part.EFFECTIVE_TO_DECLARED: Decimal("0.25"),
    }


def test_without_a_card_or_without_months_it_says_which() -> None:
    no_card = weighing.distances(DECLARED, None, None, 0)
    no_months = weighing.distances(DECLARED, fidelity.parts_of(NOMINAL), None, 2)

    assert {one.missing for one in no_card.values()} == {Missing.NO_SCORECARD}
    assert no_months[Part.NOMINAL_TO_DECLARED].value == Decimal("0.25")
    assert no_months[Part.EFFECTIVE_TO_NOMINAL].missing is Missing.TOO_FEW_MONTHS
    assert no_months[Part.EFFECTIVE_TO_NOMINAL].n == 2


def test_perspectives_that_are_only_declared_come_last_and_say_so() -> None:
    cards = {"CUSTOMER": Weighed("Customers", "客户", 50)}

    found = weighing.shares(DECLARED, cards, fidelity.parts_of({"CUSTOMER": 50}), None)

    assert [(one.code, one.name, one.declared, one.nominal, one.effective) for one in found] == [
        ("CUSTOMER", "Customers", Decimal("0.25"), Decimal(1), None),
        ("FINANCIAL", None, Decimal("0.75"), Decimal(0), None),
    ]
