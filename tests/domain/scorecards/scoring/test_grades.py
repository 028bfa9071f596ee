"""Grades, their ceilings and what they pay; seats by quotas; how an OKR reads."""

from dataclasses import replace
from decimal import Decimal

import pytest

from domain.kernel.errors import InvalidInput
from domain.scorecards.scoring import grades, quotas
from domain.scorecards.scoring.grades import OkrZone
from domain.scorecards.scoring.policy import GRADES, Grade, Policy
from domain.scorecards.scoring.quotas import Quota
from tests.domain.scorecards.scoring.samples import numbers

D = Decimal
POLICY = Policy(version="1")
BELL = (Quota(grade="A", share=333), Quota(grade="B", share=334), Quota(grade="C", share=333))


def grade(score: str, policy: Policy = POLICY) -> str:
    return policy.grades[grades.place(D(score), policy)].code


@pytest.mark.parametrize(
    ("score", "expected"),
    [
        ("110", "A"),
        ("109.99999999999999999999", "B"),
        ("100", "B"),
        ("99.99", "C"),
        ("80", "C"),
        ("79.99", "D"),
        ("60", "D"),
        ("59.99", "E"),
        ("0", "E"),
        ("-5", "E"),
        ("130", "A"),
    ],
)
def test_an_edge_belongs_to_the_better_grade(score: str, expected: str) -> None:
    assert grade(score) == expected


@pytest.mark.parametrize(("score", "expected"), [("99.95", "B"), ("99.949", "C"), ("79.95", "C"), ("79.94", "D")])
def test_a_policy_may_round_before_the_grade_is_looked_up(score: str, expected: str) -> None:
    assert grade(score, replace(POLICY, grade_step=D("0.1"))) == expected


@pytest.mark.parametrize(
    ("score", "multiple"),
    [
        ("130", 3),
        ("120", "2.5"),
        ("110", 2),
        ("109.99", "1.9995"),
        ("105", "1.75"),
        ("100", "1.5"),
        ("90", "1.25"),
        ("80", 1),
        ("70", "0.5"),
        ("60", 0),
        ("59", 0),
        ("-10", 0),
    ],
)
def test_pay_rises_without_a_cliff(score: str, multiple: object) -> None:
    assert grades.pay_multiple(D(score), 0, POLICY) == D(str(multiple))


@pytest.mark.parametrize(("score", "multiple"), [("120", "1.5"), ("105", "1.5"), ("90", "1.25"), ("70", "0.5")])
def test_a_ceiling_limits_pay_and_raises_none(score: str, multiple: str) -> None:
    assert grades.pay_multiple(D(score), grades.known("C", POLICY), POLICY) == D(multiple)


def test_of_several_ceilings_the_lowest_holds() -> None:
    assert grades.ceiling(["B", "D", "C"], POLICY) == grades.known("D", POLICY)
    assert grades.ceiling([], POLICY) == 0


def scale(*rows: tuple[str, object, object, object]) -> tuple[Grade, ...]:
    return tuple(
        Grade(
            code=code,
            from_score=None if low is None else D(str(low)),
            pay_low=D(str(least)),
            pay_high=D(str(most)),
        )
        for code, low, least, most in rows
    )


@pytest.mark.parametrize(
    ("rows", "field"),
    [
        ((), "grades"),
        ((("A", 90, 1, 2), ("A", None, 1, 1)), "grades"),
        ((("A", None, 1, 2), ("B", None, 1, 1)), "grades.0"),
        ((("A", 90, 1, 2), ("B", 80, 0, 1)), "grades.1"),
        ((("A", 90, 2, 1), ("B", None, 1, 1)), "grades.0.payLow"),
        ((("A", 80, 2, 3), ("B", 90, 1, 2), ("C", None, 1, 1)), "grades"),
        ((("A", 90, 2, 3), ("B", None, 1, 1)), "grades"),
        ((("A", 90, 2, 3), ("B", None, 1, 2)), "grades"),
        ((("A", 130, 2, 3), ("B", None, 2, 2)), "grades"),
    ],
)
def test_grades_that_make_no_sense_cannot_be_made(
    rows: tuple[tuple[str, object, object, object], ...], field: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        replace(POLICY, grades=scale(*rows))

    assert refused.value.field == field


def test_the_multiples_are_those_of_the_state_supervisor() -> None:
    assert [(one.code, one.pay_low, one.pay_high) for one in GRADES] == [
        ("A", 2, 3),
        ("B", D("1.5"), 2),
        ("C", 1, D("1.5")),
        ("D", 0, 1),
        ("E", 0, 0),
    ]


@pytest.mark.parametrize(
    ("score", "expected", "zone"),
    [
        ("100", "1.0", OkrZone.DELIVERED),
        ("65", "0.7", OkrZone.DELIVERED),
        ("64.99", "0.6", OkrZone.PROGRESS),
        ("35", "0.4", OkrZone.PROGRESS),
        ("34.99", "0.3", OkrZone.FAILED),
        ("5", "0.1", OkrZone.FAILED),
        ("4.99", "0.0", OkrZone.FAILED),
        ("140", "1.0", OkrZone.DELIVERED),
        ("-3", "0.0", OkrZone.FAILED),
    ],
)
def test_an_okr_grade_is_rounded_half_up_before_its_zone_is_read(score: str, expected: str, zone: OkrZone) -> None:
    found = grades.okr_grade(D(score))

    assert (str(found), grades.okr_zone(found)) == (expected, zone)


def test_four_people_in_thirds_sit_one_two_one() -> None:
    with pytest.raises(InvalidInput):
        quotas.seats(["A"] * 4, BELL, group_min=4)

    twelve = quotas.seats(["A"] * 6 + ["B"] * 4 + ["C"] * 2, BELL)

    assert twelve is not None
    assert [(one.grade, one.seats, one.taken, one.deviation) for one in twelve] == [
        ("A", 4, 6, 2),
        ("B", 4, 4, 0),
        ("C", 4, 2, -2),
    ]


@pytest.mark.parametrize(("people", "seats"), [(10, [3, 4, 3]), (11, [4, 4, 3]), (100, [33, 34, 33])])
def test_seats_are_whole_and_add_up_to_the_people(people: int, seats: list[int]) -> None:
    found = quotas.seats(["B"] * people, BELL)

    assert found is not None
    assert [one.seats for one in found] == seats


def test_fewer_than_ten_have_no_quotas() -> None:
    assert quotas.seats(["A"] * 9, BELL) is None


def test_a_better_department_has_no_fewer_top_seats() -> None:
    good = (Quota(grade="A", share=30), Quota(grade="B", share=70))
    bad = (Quota(grade="A", share=1), Quota(grade="B", share=9))

    quotas.check_guides([good, bad])

    for guides in ([bad, good], [good, BELL], [good, (Quota(grade="A", share=0),)]):
        with pytest.raises(InvalidInput):
            quotas.check_guides(guides)


def test_what_lies_between_departments_is_told_beside_quotas() -> None:
    assert quotas.explained_by_group([numbers(80, 80), numbers(100, 100)]) == 1
    assert quotas.explained_by_group([numbers(80, 100), numbers(80, 100)]) == 0
    assert quotas.explained_by_group([numbers(80, 90), numbers(90, 100)]) == D("0.5")
    assert quotas.explained_by_group([numbers(80), numbers(80)]) is None
    assert quotas.explained_by_group([]) is None
