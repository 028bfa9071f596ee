"""What a file wants: its rows gathered into units, positions and persons, and where rows contradict each other."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from domain.people.importing import UNIT_COLUMNS, Problem, Row, Sheet
from domain.people.rules import SHARE_MAX

POSITION_COLUMNS = ("position_title", "position_title_zh")
PERSON_COLUMNS = ("name", "name_zh", "email", "locale", "zone", "manager_code", "dotted_manager_codes", "login")


@dataclass(frozen=True, slots=True)
class JobWish:
    """One employment of a person; `share` is percent of full time."""

    row: int
    unit_code: str
    position_code: str
    share: int
    since: date | None


@dataclass(frozen=True, slots=True)
class PersonWish:
    """A person; name, managers and login stand in the first row, whose job is the primary one."""

    row: Row
    jobs: tuple[JobWish, ...]


@dataclass(frozen=True, slots=True)
class Wishes:
    """By code. Units and positions are rows in which all that the file says of them is gathered."""

    columns: frozenset[str]
    units: dict[str, Row]
    positions: dict[str, Row]
    persons: dict[str, PersonWish]

    @property
    def rows(self) -> int:
        """How many persons and units the file speaks of."""
        return len(self.persons) + len(self.units)


def gather(sheet: Sheet) -> tuple[Wishes, list[Problem]]:
    """The wishes, and a problem for each row that says something else than an earlier one."""
    problems: list[Problem] = []
    units = _joined(((row.unit_code, row) for row in sheet.rows), UNIT_COLUMNS[1:], problems)
    posts = ((row.position_code, row) for row in sheet.rows if row.position_code)
    positions = _joined(posts, POSITION_COLUMNS, problems)
    peopled = [row for row in sheet.rows if row.person_code]
    firsts = _joined(((row.person_code, row) for row in peopled), PERSON_COLUMNS, problems)
    rows_of: dict[str, list[Row]] = {code: [] for code in firsts}
    for row in peopled:
        rows_of[row.person_code].append(row)
    persons: dict[str, PersonWish] = {}
    for code, first in firsts.items():
        jobs, wrong = _jobs(rows_of[code])
        problems += wrong
        persons[code] = PersonWish(first, jobs)
    problems += [_nameless(row) for row in sheet.rows if not row.person_code and (row.name or row.position_code)]
    return Wishes(sheet.columns, units, positions, persons), problems


def _joined(coded: Iterable[tuple[str, Row]], columns: Sequence[str], problems: list[Problem]) -> dict[str, Row]:
    """The first row of each code, with blank cells filled from later rows of the same code."""
    found: dict[str, Row] = {}
    for code, row in coded:
        known = found.setdefault(code, row)
        if known is not row:
            found[code] = _filled(known, row, columns, problems)
    return found


def _filled(known: Row, row: Row, columns: Sequence[str], problems: list[Problem]) -> Row:
    missing: dict[str, str] = {}
    for column in columns:
        said, says = getattr(known, column), getattr(row, column)
        if says and not said:
            missing[column] = says
        elif says and says != said:
            problems.append(_contradiction(known, row, column))
    return replace(known, **missing) if missing else known


def _contradiction(known: Row, row: Row, column: str) -> Problem:
    return Problem(
        row=row.number,
        column=column,
        code="contradiction",
        message=f"Row {known.number} says {getattr(known, column)!r}, this one {getattr(row, column)!r}.",
        help="Say the same in both rows, or leave this cell blank.",
    )


def _nameless(row: Row) -> Problem:
    return Problem(
        row=row.number,
        column="person_code",
        code="person_code_missing",
        message="The row names a person or a position, but has no person_code.",
        help="Give the person's code, or leave all cells of the person blank.",
    )


def _jobs(rows: Sequence[Row]) -> tuple[tuple[JobWish, ...], list[Problem]]:
    problems = [_shareless(row) for row in rows if row.share is None and len(rows) > 1]
    problems += [_postless(row) for row in rows if not row.position_code]
    jobs = tuple(
        JobWish(row.number, row.unit_code, row.position_code, row.share or SHARE_MAX, row.valid_from) for row in rows
    )
    total = sum(job.share for job in jobs)
    if total > SHARE_MAX and not problems:
        problems.append(_too_much(rows[-1], total))
    if len({(job.unit_code, job.position_code) for job in jobs}) < len(jobs):
        problems.append(_twice(rows[-1]))
    return jobs, problems


def _shareless(row: Row) -> Problem:
    return Problem(
        row=row.number,
        column="share",
        code="share_missing",
        message=f"{row.person_code} has several rows, so each needs its share.",
        help="Give the percent of full time; together they are at most 100.",
    )


def _postless(row: Row) -> Problem:
    return Problem(
        row=row.number,
        column="position_code",
        code="position_missing",
        message=f"{row.person_code} has no position in this row.",
        help="Give the code of the post.",
    )


def _too_much(row: Row, total: int) -> Problem:
    return Problem(
        row=row.number,
        column="share",
        code="shares_exceed_100",
        message=f"The rows of {row.person_code} add up to {total} %.",
        help="Lower a share so that they add up to at most 100.",
    )


def _twice(row: Row) -> Problem:
    return Problem(
        row=row.number,
        column="position_code",
        code="employment_twice",
        message=f"{row.person_code} stands twice in the same position of the same unit.",
        help="Remove one of the rows.",
    )
