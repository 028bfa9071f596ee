"""Decisions about periods, shares, lines and words, without a database."""

from datetime import date, timedelta
from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.kernel.errors import DomainError, InvalidInput
from domain.people import closure, rules
from domain.people.closure import Edge
from domain.people.rules import Change
from domain.people.terms import Job, Line, LineKind
from tests.domain.people import reference

FIRST = date(2026, 1, 1)
FOREVER = date.max


def number(at: int) -> UUID:
    return UUID(int=at)


def day(at: int) -> date:
    return FIRST + timedelta(days=at)


def job(at: int, first: int, last: int | None, *, share: int = 50, primary: bool = True, unit: int = 1) -> Job:
    return Job(
        id=number(at),
        person_id=number(100),
        unit_id=number(unit),
        position_id=number(9),
        share=share,
        is_primary=primary,
        valid_from=day(first),
        valid_to=FOREVER if last is None else day(last),
    )


def line(at: int, first: int, last: int, *, manager: int = 2, kind: LineKind = LineKind.LINE) -> Line:
    return Line(
        id=number(at),
        person_id=number(1),
        manager_id=number(manager),
        kind=kind,
        valid_from=day(first),
        valid_to=day(last),
    )


def test_a_replaced_period_is_shortened_or_goes_when_it_begins_on_the_same_day() -> None:
    old, later, same = job(1, 0, None), job(2, 10, None), job(3, 0, None)

    assert rules.replace(old, later, today=day(5)) == Change(shortened=((old.id, day(10)),), added=(later,))
    assert rules.replace(old, same, today=day(5)) == Change(removed=(old.id,), added=(same,))


@pytest.mark.parametrize("ends", [4, 5])
def test_a_period_is_history_from_the_day_on_which_it_ends(ends: int) -> None:
    with pytest.raises(rules.HistoryClosed):
        rules.replace(job(1, 0, ends), job(2, 2, ends), today=day(5))


def test_a_period_that_ends_after_today_can_change_from_a_past_day_on() -> None:
    new = job(2, 2, 6)

    assert rules.replace(job(1, 0, 6), new, today=day(5)).added == (new,)


def test_ending_shortens_what_runs_and_removes_what_is_planned() -> None:
    past, running, planned = job(1, 0, 5), job(2, 5, 20), job(3, 20, None)

    change = rules.end_from([past, running, planned], day(10))

    assert change == Change(removed=(planned.id,), shortened=((running.id, day(10)),))
    assert rules.after([past, running, planned], change) == [past, job(2, 5, 10)]


def test_of_several_changes_the_earlier_end_counts() -> None:
    later: Change[Job] = Change(shortened=((number(1), day(9)),))
    earlier: Change[Job] = Change(shortened=((number(1), day(4)),))
    removal: Change[Job] = Change(removed=(number(1),))

    assert rules.merged([later, earlier]) == earlier
    assert rules.merged([later, removal]) == removal


@pytest.mark.parametrize(
    "jobs",
    [
        [],
        [job(1, 0, None, share=100)],
        [job(1, 0, 9, share=100), job(2, 9, None, share=100)],
        [job(1, 0, None, share=60), job(2, 3, None, share=40, primary=False, unit=2)],
        [job(1, 0, 5), job(2, 8, None)],
    ],
    ids=["none", "one", "one after the other", "two that fit", "with a gap"],
)
def test_employments_that_fit_are_taken(jobs: list[Job]) -> None:
    rules.check_jobs(jobs)


@pytest.mark.parametrize(
    ("jobs", "refusal"),
    [
        ([job(1, 0, None, share=60), job(2, 3, None, share=41, primary=False, unit=2)], rules.SharesExceeded),
        ([job(1, 0, None, primary=False)], rules.PrimaryRefused),
        ([job(1, 0, None), job(2, 3, None, unit=2)], rules.PrimaryRefused),
        ([job(1, 0, 5), job(2, 0, None, primary=False, unit=2)], rules.PrimaryRefused),
        ([job(1, 0, None), job(2, 3, None, primary=False)], rules.PeriodsOverlap),
    ],
    ids=["too much", "none primary", "two primary", "the primary one ends first", "the same twice"],
)
def test_employments_that_do_not_fit_are_refused(jobs: list[Job], refusal: type[DomainError]) -> None:
    with pytest.raises(refusal):
        rules.check_jobs(jobs)


@pytest.mark.parametrize(
    ("lines", "refusal"),
    [
        ([line(1, 0, 9), line(2, 8, 20, manager=3)], rules.PeriodsOverlap),
        ([line(1, 0, 9), line(2, 8, 20, kind=LineKind.DOTTED)], rules.PeriodsOverlap),
        ([line(1, 0, 9, manager=1)], InvalidInput),
    ],
    ids=["two line managers", "one manager twice", "oneself"],
)
def test_lines_that_do_not_fit_are_refused(lines: list[Line], refusal: type[DomainError]) -> None:
    with pytest.raises(refusal):
        rules.check_lines(lines)


def test_lines_that_fit_are_taken() -> None:
    dotted = line(3, 0, 20, manager=4, kind=LineKind.DOTTED)

    rules.check_lines([line(1, 0, 9), line(2, 9, 20, manager=3), dotted])


@pytest.mark.parametrize("code", ["a", "A-1.2_x", "员工 7", "x" * 64])
def test_codes_of_all_systems_are_taken(code: str) -> None:
    rules.check_code(code)


@pytest.mark.parametrize("code", ["", " a", "a ", "a/b", "a;b", "a,b", "a\nb", "a\0b", "x" * 65, "\u200b", "\ud800"])
def test_codes_that_a_file_could_not_carry_are_refused(code: str) -> None:
    with pytest.raises(InvalidInput):
        rules.check_code(code)


members = st.integers(0, 6).map(number)
days = st.integers(0, 12).map(day)


def edge(lower: UUID, upper: UUID, first: date, length: int) -> Edge:
    return Edge(lower, upper, first, first + timedelta(days=length))


def is_two(drawn: Edge) -> bool:
    return drawn.lower != drawn.upper


edges = st.lists(st.builds(edge, members, members, days, st.integers(1, 8)).filter(is_two), max_size=14)


def has_circle(drawn: list[Edge], on: date) -> bool:
    return any(upper == lower for upper, lower in reference.transitive(drawn, on))


@given(edges)
def test_a_circle_is_found_on_the_first_day_on_which_somebody_stands_above_themself(drawn: list[Edge]) -> None:
    found = closure.cycle_in_time(drawn)

    first = next((day(at) for at in range(25) if has_circle(drawn, day(at))), None)
    assert (found[0] if found else None) == first
    if found:
        on, way = found
        assert way[0] == way[-1]
        held = {(known.lower, known.upper) for known in drawn if known.holds(on)}
        assert all(step in held for step in pairwise(way))


@given(edges, members, members)
def test_a_chain_is_a_shortest_way_upwards(drawn: list[Edge], start: UUID, goal: UUID) -> None:
    on = day(6)
    uppers: dict[UUID, list[UUID]] = {}
    for known in drawn:
        if known.holds(on):
            uppers.setdefault(known.lower, []).append(known.upper)

    way = closure.chain(uppers, start, goal)

    wanted = 0 if start == goal else reference.transitive(drawn, on).get((goal, start))
    assert (len(way) - 1 if way else None) == wanted
