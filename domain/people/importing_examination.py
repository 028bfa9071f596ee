"""Looks at a whole file before anything is written: its problems, and the plan when there are none."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from domain.people import importing_checks, importing_plan, importing_wishes
from domain.people.importing import UNIT_COLUMNS, Problem, Sheet
from domain.people.importing_plan import MakeId, Plan
from domain.people.importing_present import Present

ROUNDS_MAX = 100
"""How often rows that lean on a skipped row are looked for."""


@dataclass(frozen=True, slots=True)
class Examination:
    """`plan` is None when the problems stand in the way; with a plan they are of rows that are skipped."""

    plan: Plan | None
    problems: tuple[Problem, ...]


def examine(sheet: Sheet, present: Present, problems: Sequence[Problem], *, make_id: MakeId) -> Examination:
    """All rows count: one problem is enough to plan nothing."""
    found, plan = _look(sheet, present, make_id)
    known = (*problems, *found)
    return Examination(None if known else plan, known)


def examine_skipping(sheet: Sheet, present: Present, problems: Sequence[Problem], *, make_id: MakeId) -> Examination:
    """Persons with a wrong row are left out, and whoever leans on them; what their rows say of units still counts."""
    known = list(problems)
    for _ in range(ROUNDS_MAX):
        if any(problem.row == 1 for problem in known):
            return Examination(None, tuple(known))
        found, plan = _look(_without(sheet, known), present, make_id)
        if not found:
            return Examination(plan, tuple(sorted(known, key=lambda problem: problem.row)))
        known += found
    return Examination(None, tuple(known))


def examine_ending(sheet: Sheet, present: Present, problems: Sequence[Problem], *, make_id: MakeId) -> Examination:
    """As `examine`, and who is absent from the file is ended; so no row may be skipped."""
    wishes, _ = importing_wishes.gather(sheet)
    in_the_way = [*problems, *importing_checks.check_ending(wishes, present)]
    examined = examine(sheet, present, in_the_way, make_id=make_id)
    if examined.plan is not None:
        importing_plan.end_absent(examined.plan, present)
    return examined


def _look(sheet: Sheet, present: Present, make_id: MakeId) -> tuple[list[Problem], Plan | None]:
    wishes, contradictions = importing_wishes.gather(sheet)
    found = contradictions + importing_checks.check(wishes, present)
    if found:
        return found, None
    plan = importing_plan.plan(wishes, present, make_id=make_id)
    return plan.problems, plan


def _without(whole: Sheet, problems: Iterable[Problem]) -> Sheet:
    """A problem of a unit takes all its rows along; of a person's rows only what they say of units stays."""
    rows = (*whole.rows, *whole.spoilt)
    by_number = {row.number: row for row in rows}
    units = {""}
    spoilt: set[int] = set()
    for problem in problems:
        spoilt.add(problem.row)
        if problem.column in UNIT_COLUMNS:
            units.add(by_number[problem.row].unit_code)
    persons = {row.person_code for row in rows if row.number in spoilt or row.unit_code in units} - {""}
    return Sheet(
        whole.columns,
        tuple(
            row.of_unit() if row.number in spoilt or row.person_code in persons else row
            for row in rows
            if row.unit_code not in units
        ),
    )
