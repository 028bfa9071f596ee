"""Met or not, milestones, periods and peers."""

from datetime import date
from decimal import Decimal

import pytest

from domain.kernel.errors import InvalidInput
from domain.scorecards.scoring import kinds
from domain.scorecards.scoring.evidence import Binary, Keeping, Maintain, Milestone, Milestones, Peers, PeerScale
from domain.scorecards.scoring.facts import MilestoneFact, Observation
from domain.scorecards.scoring.kinds import NoPoints
from domain.scorecards.scoring.lines import Direction
from tests.domain.scorecards.scoring.samples import TODAY, number, numbers, points

D = Decimal
ONE_THIRD, TWO_THIRDS = D("33.33333333333333333333"), D("66.66666666666666666667")


@pytest.mark.parametrize(
    ("rule", "actual", "expected"),
    [
        (Binary(), 0, 0),
        (Binary(), 1, 100),
        (Binary(threshold=D(5)), "4.99", 0),
        (Binary(threshold=D(5)), 5, 100),
        (Binary(threshold=D(5), direction=Direction.SMALLER), 5, 100),
        (Binary(threshold=D(5), direction=Direction.SMALLER), "5.01", 0),
    ],
)
def test_met_is_all_and_the_threshold_is_met(rule: Binary, actual: object, expected: int) -> None:
    assert points(rule, actual) == expected


def project(*, late_loss: str = "0", start_share: str = "0", gate: bool = False) -> Milestones:
    return Milestones(
        milestones=(
            Milestone(key="design", weight=1, due_on=date(2026, 3, 31), is_gate=gate),
            Milestone(key="pilot", weight=1, due_on=date(2026, 6, 30)),
            Milestone(key="launch", weight=2, due_on=date(2026, 9, 30)),
        ),
        late_loss_per_day=D(late_loss),
        start_share=D(start_share),
    )


def done(key: str, on: date, *, evidence: bool = True) -> MilestoneFact:
    return MilestoneFact(key=key, done_on=on, has_evidence=evidence)


def reached(rule: Milestones, as_of: date, *facts: MilestoneFact) -> D | None:
    return kinds.score(rule, Observation(milestones=facts), as_of).points


DESIGN = done("design", date(2026, 3, 20))
AFTER_ALL = date(2026, 12, 31)


def test_nothing_is_zero_before_it_is_due() -> None:
    found = kinds.score(project(), Observation(), date(2026, 3, 30))

    assert (found.points, found.reason) == (None, NoPoints.NOTHING_DUE)
    assert reached(project(), date(2026, 3, 31)) == 0


def test_what_is_not_due_yet_is_left_out_and_what_is_done_early_counts() -> None:
    assert reached(project(), date(2026, 4, 1), DESIGN) == 100
    assert reached(project(), date(2026, 6, 30), DESIGN) == 50
    assert reached(project(), date(2026, 6, 30), DESIGN, done("launch", date(2026, 6, 1))) == 75
    assert reached(project(), AFTER_ALL, DESIGN) == 25


def test_done_counts_from_its_day_on_and_only_with_evidence() -> None:
    assert reached(project(), date(2026, 3, 31), done("design", date(2026, 4, 1))) == 0
    assert reached(project(), date(2026, 4, 1), done("design", date(2026, 4, 1))) == 100
    assert reached(project(), date(2026, 4, 1), done("design", date(2026, 3, 1), evidence=False)) == 0


@pytest.mark.parametrize(
    ("day", "expected"),
    [(date(2026, 3, 31), 100), (date(2026, 4, 1), 90), (date(2026, 4, 10), 0), (date(2026, 4, 20), 0)],
)
def test_each_day_late_costs_its_part_and_never_more_than_all(day: date, expected: int) -> None:
    assert reached(project(late_loss="0.1"), date(2026, 5, 1), done("design", day)) == expected


def test_a_start_earns_half_under_the_fifty_fifty_rule() -> None:
    begun = MilestoneFact(key="design", started_on=date(2026, 2, 1))

    assert reached(project(start_share="0.5"), date(2026, 3, 31), begun) == 50
    assert reached(project(), date(2026, 3, 31), begun) == 0


def test_what_comes_after_a_gate_does_not_count_before_the_gate_is_done() -> None:
    pilot = done("pilot", date(2026, 6, 1))

    assert reached(project(gate=True), date(2026, 6, 30), pilot) == 0
    assert reached(project(gate=True), date(2026, 6, 30), DESIGN, pilot) == 100
    assert reached(project(gate=False), date(2026, 6, 30), pilot) == 50


def test_work_begun_or_done_ahead_never_costs_points() -> None:
    begun = MilestoneFact(key="pilot", started_on=date(2026, 4, 1))
    early = done("pilot", date(2026, 3, 1))

    assert reached(project(start_share="0.5"), date(2026, 4, 2), DESIGN, begun) == 100
    assert reached(project(gate=True), date(2026, 3, 1), early) is None


@pytest.mark.parametrize(
    ("keeping", "periods", "expected"),
    [
        (Keeping.ABOVE, (95, 94, 96, None, None), TWO_THIRDS),
        (Keeping.ABOVE, (95, None, 96), TWO_THIRDS),
        (Keeping.ABOVE, (None, None, 96), ONE_THIRD),
        (Keeping.BELOW, (95, "95.01"), 50),
        (Keeping.WITHIN, ("90.25", "90.24", "99.75", "99.76"), 50),
        (Keeping.ABOVE, (None, None), None),
        (Keeping.ABOVE, (), None),
    ],
)
def test_a_gap_before_the_newest_report_was_not_kept(
    keeping: Keeping, periods: tuple[object, ...], expected: D | int | None
) -> None:
    rule = Maintain(keeping=keeping, plan=D(95))
    given = tuple(None if one is None else number(one) for one in periods)

    assert kinds.score(rule, Observation(periods=given), TODAY).points == expected


def test_a_plan_below_zero_has_its_tolerance_on_both_sides() -> None:
    rule = Maintain(keeping=Keeping.WITHIN, plan=D(-100))

    found = kinds.score(rule, Observation(periods=numbers(-105, -95, "-105.1", "-94.9")), TODAY)

    assert found.points == 50


SEVEN = numbers(10, 20, 30, 40, 50, 60, 70)


def among(others: tuple[D, ...], actual: object, *, rule: Peers | None = None) -> kinds.Points:
    return kinds.score(rule or Peers(), Observation(value=number(actual), peers=others), TODAY)


@pytest.mark.parametrize(
    ("actual", "expected"),
    [(5, "6.25"), (75, "93.75"), (35, "43.75"), (40, "50"), (10, "12.5")],
)
def test_a_place_among_eight_is_its_percentile_where_ties_share_a_rank(actual: int, expected: str) -> None:
    assert among(SEVEN, actual).points == D(expected)


def test_all_who_are_equal_are_in_the_middle() -> None:
    assert among(numbers(*[5] * 7), 5).points == 50


def test_where_smaller_is_better_the_smallest_is_first() -> None:
    assert among(SEVEN, 5, rule=Peers(direction=Direction.SMALLER)).points == D("93.75")


def test_fewer_than_eight_with_oneself_say_nothing() -> None:
    assert among(SEVEN[:6], 5).reason == NoPoints.TOO_FEW_PEERS
    assert among(SEVEN, 5).reason is None


def test_standard_scores_lie_around_their_centre() -> None:
    others = numbers(1, 1, 1, 1, 3, 3, 3)

    assert among(others, 3, rule=Peers(scale=PeerScale.Z)).points == 60
    assert among(others, 3, rule=Peers(scale=PeerScale.Z, direction=Direction.SMALLER)).points == 40
    assert among(numbers(*[3] * 7), 3, rule=Peers(scale=PeerScale.Z)).reason == NoPoints.NO_VARIATION


def milestone(weight: int = 1, key: str = "a") -> Milestone:
    return Milestone(key=key, weight=weight, due_on=TODAY)


@pytest.mark.parametrize("weight", [0, -1, 1_000_001])
def test_a_milestone_weighs_something(weight: int) -> None:
    with pytest.raises(InvalidInput):
        milestone(weight)


@pytest.mark.parametrize(
    ("milestones", "late", "start", "field"),
    [
        ((), 0, 0, "milestones"),
        ((milestone(), milestone(2)), 0, 0, "milestones"),
        ((milestone(),), "1.1", 0, "lateLossPerDay"),
        ((milestone(),), "-0.1", 0, "lateLossPerDay"),
        ((milestone(),), 0, 1, "startShare"),
    ],
)
def test_milestones_that_make_no_sense_cannot_be_made(
    milestones: tuple[Milestone, ...], late: object, start: object, field: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        Milestones(milestones=milestones, late_loss_per_day=number(late), start_share=number(start))

    assert refused.value.field == field


def test_spread_and_tolerance_have_their_limits() -> None:
    with pytest.raises(InvalidInput):
        Peers(spread=D(0))
    with pytest.raises(InvalidInput):
        Maintain(keeping=Keeping.WITHIN, plan=D(1), tolerance=D("1.01"))
