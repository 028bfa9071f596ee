"""The file of an organisation: its columns, its rows, and what is wrong with a row taken by itself.

A file is CSV in UTF-8 (a byte order mark is allowed, quoted cells may hold line breaks) with a line of titles and one
row per employment. It says how the organisation stands; the import finds the differences.

| column | holds |
|---|---|
| person_code | the person's number or short name; blank: the row only describes a unit |
| name, name_zh, email | of the person |
| locale, zone | `en` or `zh-CN`; an IANA time zone; blank: English, and the tenant's zone |
| unit_code | the unit where the person works; always needed |
| parent_unit_code | the unit above; blank: as it is, or none for a new one |
| unit_name, unit_name_zh | needed once for a new unit |
| unit_kind | GROUP, COMPANY, DEPARTMENT or TEAM, needed once for a new unit |
| form | enterprise form of the unit; blank: its parent's |
| position_code | the post; needed with a person |
| position_title, position_title_zh | blank: as it is, or the code for a new one |
| share | percent of full time; blank: 100, needed when a person has several rows |
| manager_code | the line manager; blank: none |
| dotted_manager_codes | further managers, separated by semicolons |
| valid_from | `2026-01-31`, the day from which this row holds; blank: the day of the import |
| login | with which the person may sign in |

Only unit_code is obligatory as a column. A column that is left out changes nothing. The first row of a person is the
primary employment and the one whose name, managers and login count. A change takes effect on `valid_from` when that
is later than the day on which the present state began, else on the day of the import: history stays.
"""

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from domain.kernel import zones
from domain.kernel.errors import DomainError
from domain.people import rules

COLUMNS = (
    "person_code",
    "name",
    "name_zh",
    "email",
    "locale",
    "zone",
    "unit_code",
    "parent_unit_code",
    "unit_name",
    "unit_name_zh",
    "unit_kind",
    "form",
    "position_code",
    "position_title",
    "position_title_zh",
    "share",
    "manager_code",
    "dotted_manager_codes",
    "valid_from",
    "login",
)
UNIT_COLUMNS = ("unit_code", "parent_unit_code", "unit_name", "unit_name_zh", "unit_kind", "form")
OBLIGATORY = frozenset({"unit_code"})
ROWS_MAX = 500_000
CELL_CHARACTERS_MAX = 10_000
LOGIN_CHARACTERS_MAX = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Why a row cannot be taken; `row` counts as a spreadsheet does, with the titles in row 1."""

    row: int
    column: str
    code: str
    message: str
    help: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One employment, or with a blank `person_code` one unit. Blank cells are empty texts."""

    number: int
    person_code: str = ""
    name: str = ""
    name_zh: str = ""
    email: str = ""
    locale: str = ""
    zone: str = ""
    unit_code: str = ""
    parent_unit_code: str = ""
    unit_name: str = ""
    unit_name_zh: str = ""
    unit_kind: str = ""
    form: str = ""
    position_code: str = ""
    position_title: str = ""
    position_title_zh: str = ""
    share: int | None = None
    manager_code: str = ""
    dotted_manager_codes: tuple[str, ...] = ()
    valid_from: date | None = None
    login: str = ""

    def of_unit(self) -> "Row":
        """Only what the row says of its unit."""
        return Row(number=self.number, **{column: getattr(self, column) for column in UNIT_COLUMNS})


@dataclass(frozen=True, slots=True)
class Sheet:
    """The columns and rows of a file."""

    columns: frozenset[str]
    rows: tuple[Row, ...]
    spoilt: tuple[Row, ...] = ()
    """Rows with a problem: their person's code, and what they say of the unit."""


def read(content: bytes) -> tuple[Sheet, list[Problem]]:
    """The sheet, and what is wrong with its spoilt rows."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return _nothing(
            content.count(b"\n", 0, error.start) + 1,
            "not_utf8",
            "The file is not in UTF-8 from this line on.",
            help="Save it as CSV UTF-8.",
        )
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        return _read(reader)
    except csv.Error as error:
        return _nothing(reader.line_num, "not_csv", f"This is not CSV: {error}.", help="Look for a stray quote.")


def _nothing(row: int, code: str, message: str, *, help: str) -> tuple[Sheet, list[Problem]]:
    return Sheet(frozenset(), ()), [Problem(row=row, column="", code=code, message=message, help=help)]


def _read(reader: Iterator[list[str]]) -> tuple[Sheet, list[Problem]]:
    titles = [title.strip().lower() for title in next(reader, list[str]())]
    problems = _wrong_titles(titles)
    rows: list[Row] = []
    spoilt: list[Row] = []
    if problems:
        return Sheet(frozenset(titles), ()), problems
    for number, cells in enumerate(reader, 2):
        if not any(cell.strip() for cell in cells):
            continue
        if number > ROWS_MAX:
            return _nothing(number, "too_long", f"A file has at most {ROWS_MAX} rows.", help="Split it by company.")
        row, wrong = _row(number, titles, cells)
        problems += wrong
        (spoilt if wrong else rows).append(row)
    return Sheet(frozenset(titles), tuple(rows), tuple(spoilt)), problems


def _wrong_titles(titles: list[str]) -> list[Problem]:
    def problem(column: str, code: str, message: str) -> Problem:
        return Problem(row=1, column=column, code=code, message=message, help=f"Known columns: {', '.join(COLUMNS)}.")

    unknown = [problem(title, "unknown_column", f"{title!r} is no column.") for title in titles if title not in COLUMNS]
    twice = sorted({title for title in titles if titles.count(title) > 1})
    missing = sorted(OBLIGATORY - set(titles))
    return [
        *unknown,
        *(problem(title, "column_twice", f"The column {title} comes twice.") for title in twice),
        *(problem(title, "column_missing", f"The column {title} is missing.") for title in missing),
    ]


def _row(number: int, titles: list[str], cells: list[str]) -> tuple[Row, list[Problem]]:
    if len(cells) > len(titles):
        message = f"The row has {len(cells)} cells, but there are {len(titles)} titles."
        hint = "Put a cell that holds a comma into quotes."
        spoilt = Row(number=number)
        return spoilt, [Problem(row=number, column="", code="too_many_cells", message=message, help=hint)]
    texts = dict.fromkeys(titles, "") | {title: cell.strip() for title, cell in zip(titles, cells, strict=False)}
    problems = [
        Problem(
            row=number, column=column, code=error.code, message=error.message, help=error.help or "Change the cell."
        )
        for column, error in _refused(texts)
    ]
    if problems:
        return _spoilt(number, texts, problems), problems
    return _typed(number, texts), []


def _spoilt(number: int, texts: Mapping[str, str], problems: list[Problem]) -> Row:
    """Who the row is of, and what it says of the unit as far as it can be read."""
    wrong = {problem.column for problem in problems}
    readable = {column: texts[column] for column in UNIT_COLUMNS if column in texts and column not in wrong}
    person_code = texts.get("person_code", "")
    return Row(number=number, person_code=person_code, share=None, dotted_manager_codes=(), valid_from=None, **readable)


def _refused(texts: Mapping[str, str]) -> list[tuple[str, DomainError]]:
    found: list[tuple[str, DomainError]] = []
    for column, check in CHECKS.items():
        text = texts.get(column, "")
        if text or column in OBLIGATORY:
            try:
                check(text)
            except DomainError as error:
                found.append((column, error))
    return found


def _check_share(text: str) -> None:
    try:
        rules.check_share(int(text))
    except ValueError:
        raise rules.Unreadable(f"{text!r} is no whole number.", help="Write 1 to 100 without a percent sign.") from None


def _check_date(text: str) -> None:
    try:
        rules.check_date(date.fromisoformat(text))
    except ValueError:
        raise rules.Unreadable(f"{text!r} is no date.", help="Write it as 2026-01-31.") from None


def _check_codes(text: str) -> None:
    for code in _codes(text):
        rules.check_code(code)


def _check_login(text: str) -> None:
    if len(text) > LOGIN_CHARACTERS_MAX or not text.isprintable():
        raise rules.Unreadable(f"{text!r} is no login.", help=f"Use 1 to {LOGIN_CHARACTERS_MAX} characters.")


CHECKS: Mapping[str, Callable[[str], None]] = {
    "person_code": rules.check_code,
    "name": rules.check_name,
    "name_zh": rules.check_name,
    "email": rules.check_email,
    "locale": rules.check_locale,
    "zone": zones.check_zone,
    "unit_code": rules.check_code,
    "parent_unit_code": rules.check_code,
    "unit_name": rules.check_name,
    "unit_name_zh": rules.check_name,
    "unit_kind": rules.check_kind_word,
    "form": rules.check_form,
    "position_code": rules.check_code,
    "position_title": rules.check_name,
    "position_title_zh": rules.check_name,
    "share": _check_share,
    "manager_code": rules.check_code,
    "dotted_manager_codes": _check_codes,
    "valid_from": _check_date,
    "login": _check_login,
}


def _codes(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code.strip() for code in text.split(";") if code.strip()))


def _typed(number: int, texts: Mapping[str, str]) -> Row:
    plain = {
        column: text for column, text in texts.items() if column not in ("share", "dotted_manager_codes", "valid_from")
    }
    share, since = texts.get("share", ""), texts.get("valid_from", "")
    return Row(
        number=number,
        share=int(share) if share else None,
        dotted_manager_codes=_codes(texts.get("dotted_manager_codes", "")),
        valid_from=date.fromisoformat(since) if since else None,
        **plain,
    )
