"""Which figures are recorded, and which of them move key results."""

from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.kernel.errors import InvalidInput
from domain.scorecards import errors, rules
from domain.scorecards.errors import FigureRefused
from domain.scorecards.rules import Standing
from domain.scorecards.terms import Figure, Known, NewMeasure, Span

SHARE = UUID(int=1)
FLIGHTS = UUID(int=2)
UNIT = UUID(int=9)
CLOSED = Span(cycle_id=UUID(int=3), starts_on=date(2013, 1, 1), ends_on=date(2013, 6, 30), is_closed=True)
OPEN = Span(cycle_id=UUID(int=4), starts_on=date(2013, 7, 1), ends_on=date(2013, 12, 31), is_closed=False)
STANDING = Standing(
    measures={
        "B6_ON_TIME": Known(id=SHARE, unit_of_measure="%", low=Decimal(0), high=Decimal(100)),
        "B6_FLIGHTS": Known(id=FLIGHTS, unit_of_measure="flights", low=None, high=None),
    },
    recorded={(SHARE, date(2013, 7, 1)): Decimal("71.5")},
    cycles=[CLOSED, OPEN],
    today=date(2013, 11, 1),
)


def figure(
    measure: str = "B6_ON_TIME", period: str = "2013-08-01", value: str = "80", unit: str | None = "%"
) -> Figure:
    return Figure(measure=measure, period=date.fromisoformat(period), value=Decimal(value), unit_of_measure=unit)


@pytest.mark.parametrize(
    ("given", "refusal", "sentence"),
    [
        (figure(period="2013-08-02"), errors.InvalidPeriod, "2013-08-02 is not the first day of a month."),
        (figure(period="1899-12-01"), errors.InvalidPeriod, "1899-12-01 is not the first day of a month."),
        (figure("B7_ON_TIME"), errors.UnknownMeasure, "There is no measure with the code 'B7_ON_TIME'."),
        (figure("b6_on_time"), errors.UnknownMeasure, "There is no measure with the code 'b6_on_time'."),
        (figure(unit=None), errors.UnitMismatch, "The figure has no unit; B6_ON_TIME is measured in %."),
        (figure(unit="  "), errors.UnitMismatch, "The figure has no unit; B6_ON_TIME is measured in %."),
        (figure(unit="share"), errors.UnitMismatch, "B6_ON_TIME is measured in %, not in this unit."),
        (figure(value="100.01"), errors.ImplausibleValue, "B6_ON_TIME cannot be above 100 %."),
        (figure(value="-0.01"), errors.ImplausibleValue, "B6_ON_TIME cannot be below 0 %."),
        (figure(value="NaN"), errors.ImplausibleValue, "This is not a number of a sensible size."),
        (figure(value="1E-21"), errors.ImplausibleValue, "This is not a number of a sensible size."),
        (figure(value="1E+1000000"), errors.ImplausibleValue, "This is not a number of a sensible size."),
        (figure(value="0E+1000000"), errors.ImplausibleValue, "This is not a number of a sensible size."),
        (
            figure("B6_FLIGHTS", value="1E+19", unit="flights"),
            errors.ImplausibleValue,
            "This is not a number of a sensible size.",
        ),
        (figure(period="2013-11-01"), errors.PeriodInFuture, "2013-11 is not over yet."),
        (
            figure(period="2013-07-01", value="71.50"),
            errors.DuplicateActual,
            "B6_ON_TIME was recorded for 2013-07 before, with this very value.",
        ),
        (
            figure(period="2013-07-01", value="72"),
            errors.DuplicateActual,
            "B6_ON_TIME was recorded for 2013-07 before, with 71.5 %.",
        ),
        (figure(period="2013-06-01"), errors.PeriodClosed, "2013-06 lies in a cycle that is closed."),
    ],
)
def test_a_wrong_figure_is_refused_by_its_reason(given: Figure, refusal: type[FigureRefused], sentence: str) -> None:
    [verdict] = rules.judge([given], STANDING)

    assert verdict is not None
    assert type(verdict) is refusal
    assert verdict.message == sentence


@pytest.mark.parametrize(
    "given",
    [
        figure(),
        figure(value="0"),
        figure(value="100"),
        figure(period="2013-10-01"),
        figure(period="2012-12-01"),
        figure("B6_FLIGHTS", value="-3", unit="flights"),
        figure("B6_FLIGHTS", value="1E+18", unit="flights"),
    ],
)
def test_a_good_figure_is_recorded(given: Figure) -> None:
    assert rules.judge([given], STANDING) == [None]


def test_the_first_good_one_of_equal_figures_counts() -> None:
    verdicts = rules.judge([figure(unit=None), figure(value="81"), figure(value="82"), figure(value="81")], STANDING)

    assert [type(verdict) for verdict in verdicts] == [
        errors.UnitMismatch,
        type(None),
        errors.DuplicateInRequest,
        errors.DuplicateInRequest,
    ]
    assert verdicts[3] is not None
    assert verdicts[3].message == "Item 1 of this request is B6_ON_TIME for 2013-08 already."


def test_every_refusal_has_a_code_of_its_own_and_says_what_helps() -> None:
    assert set(errors.KINDS.values()) == set(FigureRefused.__subclasses__())
    assert all(kind.help for kind in errors.KINDS.values())


def test_the_newest_figure_of_each_cycle_moves() -> None:
    fresh = {
        (SHARE, date(2013, 9, 1)): Decimal(79),
        (SHARE, date(2013, 8, 1)): Decimal(80),
        (SHARE, date(2013, 2, 1)): Decimal(70),
        (FLIGHTS, date(2012, 8, 1)): Decimal(500),
    }

    moved = rules.newest_by_cycle(fresh, STANDING.recorded, STANDING.cycles)

    assert moved == {(SHARE, OPEN.cycle_id): Decimal(79), (SHARE, CLOSED.cycle_id): Decimal(70)}


def test_an_older_month_that_comes_later_moves_nothing() -> None:
    known = {(SHARE, date(2013, 9, 1)): Decimal(79)}

    assert rules.newest_by_cycle({(SHARE, date(2013, 8, 1)): Decimal(80)}, known, [OPEN]) == {}


@given(st.permutations([date(2013, month, 1) for month in range(7, 13)]), st.integers(0, 6))
def test_after_any_order_of_deliveries_the_newest_month_stands(months: list[date], first: int) -> None:
    values = {(SHARE, month): Decimal(month.month) for month in months}
    early = dict(list(values.items())[:first])
    late = dict(list(values.items())[first:])

    stands = rules.newest_by_cycle(early, {}, [OPEN])
    stands |= rules.newest_by_cycle(late, early, [OPEN])

    assert stands == {(SHARE, OPEN.cycle_id): Decimal(12)}


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_the_month_after_begins_where_the_month_ends(on: date) -> None:
    after = rules.month_after(on.replace(day=1))

    assert after.day == 1
    assert 28 <= (after - on.replace(day=1)).days <= 31


@pytest.mark.parametrize(
    ("measure", "field"),
    [
        (NewMeasure(code="a/b", name="A", unit_of_measure="%", unit_id=UNIT), "code"),
        (NewMeasure(code="A", name=" ", unit_of_measure="%", unit_id=UNIT), "name"),
        (NewMeasure(code="A", name="A", name_zh="", unit_of_measure="%", unit_id=UNIT), "nameZh"),
        (NewMeasure(code="A", name="A", unit_of_measure="", unit_id=UNIT), "unitOfMeasure"),
        (NewMeasure(code="A", name="A", unit_of_measure="x" * 41, unit_id=UNIT), "unitOfMeasure"),
        (
            NewMeasure(code="A", name="A", unit_of_measure="%", unit_id=UNIT, low=Decimal(1), high=Decimal(1)),
            "low",
        ),
        (NewMeasure(code="A", name="A", unit_of_measure="%", unit_id=UNIT, low=Decimal("0E+1000000")), "low"),
        (NewMeasure(code="A", name="A", unit_of_measure="%", unit_id=UNIT, high=Decimal("1E+1000000")), "high"),
    ],
)
def test_a_measure_must_be_whole(measure: NewMeasure, field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        rules.check_measure(measure)

    assert refused.value.field == field
