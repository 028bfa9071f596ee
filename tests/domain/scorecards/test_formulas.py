"""Formulas can be read or say where they cannot, count in one unit, and come to exact values or to a reason."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.scorecards.errors import FormulaInvalid, FormulaUnitMismatch
from domain.scorecards.formulas import evaluating, ordering, parsing, units
from domain.scorecards.formulas.evaluating import Outcome
from domain.scorecards.formulas.terms import codes
from domain.scorecards.terms import Missing, MissingInputs

MARCH = date(2026, 3, 1)
VALUES = {
    ("A", MARCH): Decimal(7),
    ("A", date(2026, 2, 1)): Decimal(5),
    ("A", date(2026, 1, 1)): Decimal("0.5"),
    ("B", MARCH): Decimal(2),
    ("Z", MARCH): Decimal(0),
    ("准点率", MARCH): Decimal(80),
    ('ODD "1" +', MARCH): Decimal(3),
    ("HUGE", MARCH): Decimal(10) ** 18,
}
UNITS = {"A": "min", "B": "flights", "SHARE": "%", "OTHER": "%", "MONEY": "CNY", "SEATS": "seat", "HOURS": "h"}


def value(formula: str, missing: MissingInputs = MissingInputs.BLANK, **absent: Missing) -> Outcome:
    def find(code: str, period: date) -> Decimal | Missing | None:
        return absent.get(code) or VALUES.get((code, period))

    return evaluating.evaluate(parsing.parse(formula), MARCH, find, missing)


@pytest.mark.parametrize(
    ("formula", "found"),
    [
        ("A + B * 2", "11"),
        ("(A + B) * 2", "18"),
        ("A - B - 1", "4"),
        ("A / B / 2", "1.75"),
        ("-A + -(-B)", "-5"),
        ("2 - -A", "9"),
        ("A[-1] + A[-2]", "5.5"),
        ("ytd(A)", "12.5"),
        ("min(A, B, 3)", "2"),
        ("MAX(A, B)", "7"),
        ("sum(A, B, 1)", "10"),
        ("avg(A, B)", "4.5"),
        ("1 / 3", "0.33333333333333333333"),
        ("2 / 3", "0.66666666666666666667"),
        ("-2 / 3", "-0.66666666666666666667"),
        ("1 / 3 * 3", "1"),
        ("100% * B / A", "28.57142857142857142857"),
        ("60{min/h} * B", "120"),
        ("准点率 × 2 ÷ 4", "40"),
        ('"ODD ""1"" +" + 1', "4"),
        ("A[ - 1 ]", "5"),
        ("A*100", "700"),
    ],
)
def test_a_formula_comes_to_its_exact_value(formula: str, found: str) -> None:
    assert value(formula) == Outcome(Decimal(found))
    assert str(value(formula).value) == found


@pytest.mark.parametrize(
    ("formula", "found"),
    [
        ("0.00000000000000000001 / 2", "1E-20"),
        ("-0.00000000000000000001 / 2", "-1E-20"),
        ("0.00000000000000000001 / 2.1", "0"),
        ("0.00000000000000000003 / 2", "2E-20"),
    ],
)
def test_half_of_the_last_decimal_is_rounded_up(formula: str, found: str) -> None:
    assert value(formula) == Outcome(Decimal(found))


@pytest.mark.parametrize(
    ("formula", "missing", "absence"),
    [
        ("A / Z", MissingInputs.BLANK, Missing.DIVIDED_BY_ZERO),
        ("A / Z", MissingInputs.ZERO, Missing.DIVIDED_BY_ZERO),
        ("A / GONE", MissingInputs.ZERO, Missing.DIVIDED_BY_ZERO),
        ("A + GONE", MissingInputs.BLANK, Missing.INPUT_MISSING),
        ("A + GONE", MissingInputs.NOT_APPLICABLE, Missing.NOT_APPLICABLE),
        ("max(A, GONE)", MissingInputs.BLANK, Missing.INPUT_MISSING),
        ("ytd(B)", MissingInputs.BLANK, Missing.INPUT_MISSING),
        ("HUGE * HUGE", MissingInputs.BLANK, Missing.TOO_LARGE),
        ("HUGE + 0.00000000000000000001", MissingInputs.BLANK, Missing.TOO_LARGE),
    ],
)
def test_a_formula_without_a_value_says_why(formula: str, missing: MissingInputs, absence: Missing) -> None:
    found = value(formula, missing)

    assert (found.value, found.missing) == (None, absence)
    assert found.reason


def test_what_a_month_lacks_is_blank_zero_or_not_applicable() -> None:
    assert value("A + GONE", MissingInputs.BLANK).reason == "GONE has no value in 2026-03."
    assert value("A + GONE", MissingInputs.ZERO) == Outcome(Decimal(7))
    assert value("ytd(B)", MissingInputs.ZERO) == Outcome(Decimal(2))


@pytest.mark.parametrize("missing", MissingInputs)
def test_if_missing_takes_the_other_whatever_is_made_of_missing_inputs(missing: MissingInputs) -> None:
    assert value("if_missing(GONE, 5) + A", missing) == Outcome(Decimal(12))
    assert value("if_missing(A / Z, 5)", missing) == Outcome(Decimal(5))
    assert value("if_missing(A, 5)", missing) == Outcome(Decimal(7))


def test_what_is_not_applicable_stays_so_in_what_follows_from_it() -> None:
    assert value("A + B", MissingInputs.ZERO, B=Missing.NOT_APPLICABLE).missing is Missing.NOT_APPLICABLE
    assert value("A + B", MissingInputs.ZERO, B=Missing.DIVIDED_BY_ZERO) == Outcome(Decimal(7))


@pytest.mark.parametrize(
    ("formula", "position"),
    [
        ("", 1),
        ("A +", 4),
        ("A B", 3),
        ("(A", 3),
        ("A)", 2),
        ("A[1]", 3),
        ("A[-0]", 4),
        ("A[-25]", 4),
        ("A[-1.5]", 4),
        ("A[-²]", 4),
        ("ytd(A + B)", 1),
        ("ytd(A, B)", 1),
        ("1 + ytd(A[-1])", 5),
        ("if_missing(A)", 1),
        ("__import__(1)", 1),
        ("pow(A, 2)", 1),
        ("A ** 2", 4),
        ("A ; B", 3),
        ("A'", 2),
        ('"A', 1),
        ("0,5 * A", 2),
        ("1234567890123456789012", 1),
        ("min()", 5),
        ("\x00", 1),
    ],
)
def test_what_cannot_be_read_says_where(formula: str, position: int) -> None:
    with pytest.raises(FormulaInvalid) as refused:
        parsing.parse(formula)

    assert refused.value.position == position


@pytest.mark.parametrize(
    "formula",
    [
        "A" * 1001,
        "(" * 21 + "A" + ")" * 21,
        "-" * 21 + "A",
        "-" * 999,
        "(" * 999,
        "+".join(["1"] * 101),
        "+".join(f"M{number}" for number in range(17)),
        f"sum({','.join(['1'] * 21)})",
    ],
)
def test_a_formula_is_neither_long_nor_deep(formula: str) -> None:
    with pytest.raises(FormulaInvalid):
        parsing.parse(formula)


def test_a_formula_at_its_limits_is_computed() -> None:
    assert value("+".join(["1"] * 100)) == Outcome(Decimal(100))
    assert value("(" * 19 + "A" + ")" * 19) == Outcome(Decimal(7))
    assert value("*".join(["HUGE"] * 100) + "/HUGE" * 0).missing is Missing.TOO_LARGE
    assert value("*".join(["HUGE"] * 50) + "/HUGE" * 49) == Outcome(Decimal(10) ** 18)


@pytest.mark.parametrize(
    ("formula", "unit"),
    [
        ("A / B", "min/flights"),
        ("A + 5{min}", "min"),
        ("max(A, 0)", "min"),
        ("100% - SHARE", "%"),
        ("SHARE * MONEY / 100%", "CNY"),
        ("MONEY / SEATS / B", "CNY/flights/seat"),
        ("A / 60{min/h} + HOURS", "h"),
        ("A / A", "1"),
        ("A * A", "min·min"),
        ("if_missing(A, 0) + ytd(A)", "min"),
    ],
)
def test_units_go_along_with_the_signs(formula: str, unit: str) -> None:
    found = units.of(parsing.parse(formula), UNITS)

    assert found is not None
    assert units.write(found) == unit
    assert units.read(unit) == found


@pytest.mark.parametrize(
    ("formula", "message"),
    [
        ("A + SHARE", "One cannot add min and %."),
        ("1 - SHARE", "One cannot subtract 1 and %."),
        ("max(A, B)", "One cannot compare min and flights."),
        ("A / 60 + HOURS", "One cannot add min and h."),
        ("if_missing(A, B)", "One cannot compare min and flights."),
    ],
)
def test_what_is_counted_in_other_units_is_not_added(formula: str, message: str) -> None:
    with pytest.raises(FormulaUnitMismatch) as refused:
        units.of(parsing.parse(formula), UNITS)

    assert refused.value.message == message


def test_a_formula_counts_in_the_declared_unit() -> None:
    units.check(parsing.parse("100% * A / A"), UNITS, "%")
    units.check(parsing.parse("0 * A"), UNITS, "%")

    with pytest.raises(FormulaUnitMismatch) as refused:
        units.check(parsing.parse("100 * A / A"), UNITS, "%")
    assert refused.value.message == "The formula counts in 1, but the measure is counted in %."


def test_only_measures_that_exist_are_named() -> None:
    with pytest.raises(FormulaInvalid) as refused:
        units.of(parsing.parse("A + GONE"), UNITS)

    assert refused.value.message == "There is no measure with the code 'GONE'."


def test_a_formula_names_each_measure_once() -> None:
    assert codes(parsing.parse('A + A[-1] - ytd("B C") + min(-D, 1)')) == {"A", "B C", "D"}


def test_a_circle_is_found_with_its_shortest_way() -> None:
    inputs: Mapping[str, set[str]] = {"A": {"B", "C"}, "B": {"D"}, "C": {"A"}, "D": {"A"}}

    assert ordering.circle("A", inputs) == ["A", "C", "A"]
    assert ordering.circle("D", inputs) == ["D", "A", "B", "D"]
    assert ordering.circle("A", {"A": {"A"}}) == ["A", "A"]
    assert ordering.circle("A", {"A": {"B"}, "B": {"C"}}) is None


def test_formulas_are_computed_after_their_inputs() -> None:
    inputs = {"top": {"middle", "leaf"}, "middle": {"leaf"}}

    assert ordering.in_order(inputs) == ["leaf", "middle", "top"]
    assert ordering.chain("top", inputs) == 2
    assert ordering.chain("leaf", inputs) == 0


decimals = st.decimals(-(10**6), 10**6, places=6)


@given(decimals, decimals, decimals)
def test_the_value_is_the_exact_fraction_rounded_half_up(a: Decimal, b: Decimal, c: Decimal) -> None:
    found = evaluating.evaluate(
        parsing.parse("(A - B) / C + A * B"), MARCH, lambda code, _: {"A": a, "B": b, "C": c}[code], MissingInputs.BLANK
    )

    if c == 0:
        assert found.missing is Missing.DIVIDED_BY_ZERO
        return
    exact = (Fraction(a) - Fraction(b)) / Fraction(c) + Fraction(a) * Fraction(b)
    assert found.value is not None
    distance = Fraction(found.value) - exact
    assert abs(distance) <= Fraction(1, 2 * 10**20)
    assert abs(distance) < Fraction(1, 2 * 10**20) or abs(Fraction(found.value)) > abs(exact)


@given(st.text(max_size=40))
def test_no_text_does_anything_but_be_read_or_refused(text: str) -> None:
    try:
        parsing.parse(text)
    except FormulaInvalid:
        return


@given(st.text(alphabet='AB[](),+-*/%{}" 0123.min', max_size=60))
def test_no_formula_does_anything_but_be_read_or_refused(text: str) -> None:
    try:
        expression = parsing.parse(text)
    except FormulaInvalid:
        return
    evaluating.evaluate(expression, MARCH, lambda _code, _period: Decimal(2), MissingInputs.BLANK)
