"""The file of figures: its columns, its rows, and what is wrong with a row taken by itself.

A file is CSV in UTF-8 or GB 18030, its cells parted by commas, semicolons or tabs, with a line of titles and one row
for each measure and month.

| column | holds |
|---|---|
| measure | the code of the measure |
| period | the month: `2026-01` or `2026-01-01` |
| value | the number alone, its decimals after a point |
| unit | the measure's unit of measure, exactly as it is written |
| quality | `OK` or `ESTIMATED`; blank or left out: `OK` |
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from domain.people.importing import Problem
from domain.scorecards.terms import Figure, Quality

COLUMNS = ("measure", "period", "value", "unit", "quality")
OBLIGATORY = ("measure", "period", "value", "unit")
ROWS_MAX = 100_000
ENCODINGS = ("utf-8-sig", "gb18030")
_NUMBER = re.compile(r"[+-]?\d{1,40}(?:\.\d{1,40})?", re.ASCII)
_COMMA = re.compile(r"[+-]?[\d.\s']*\d,\d+", re.ASCII)
_MONTH = re.compile(r"(\d{4})-(\d{2})(?:-01)?", re.ASCII)
_TOLD = {quality.value: quality for quality in (Quality.OK, Quality.ESTIMATED)}


@dataclass(frozen=True, slots=True)
class Sheet:
    """The figures of a file, with their rows, and what is wrong with the others."""

    figures: tuple[Figure, ...] = ()
    problems: tuple[Problem, ...] = ()


class _Wrong(Exception):
    def __init__(self, column: str, message: str, help: str) -> None:
        super().__init__(message)
        self.column = column
        self.message = message
        self.help = help


def read(content: bytes) -> Sheet:
    """The figures that can be read, and the problems of those that cannot."""
    text = _text(content)
    if text is None:
        return _unreadable(
            1, "unknown_encoding", "The file is neither in UTF-8 nor in GB 18030.", "Save it as CSV UTF-8."
        )
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        return _read(reader)
    except csv.Error as error:
        return _unreadable(reader.line_num, "not_csv", f"This is not CSV: {error}.", "Look for a stray quote.")


def _text(content: bytes) -> str | None:
    for encoding in ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _delimiter(text: str) -> str:
    titles = text.partition("\n")[0]
    return max(",;\t", key=titles.count)


def _unreadable(row: int, code: str, message: str, help: str) -> Sheet:
    return Sheet(problems=(Problem(row=row, column="", code=code, message=message, help=help),))


def _read(reader: Iterator[list[str]]) -> Sheet:
    titles = [title.strip().lower() for title in next(reader, list[str]())]
    wrong = _wrong_titles(titles)
    if wrong:
        return Sheet(problems=wrong)
    figures: list[Figure] = []
    problems: list[Problem] = []
    for number, cells in enumerate(reader, 2):
        if number > ROWS_MAX + 1:
            return _unreadable(number, "too_long", f"A file has at most {ROWS_MAX} rows.", "Split it by year.")
        if not any(cell.strip() for cell in cells):
            continue
        try:
            figures.append(_figure(number, titles, cells))
        except _Wrong as wrong_cell:
            problems.append(
                Problem(
                    row=number,
                    column=wrong_cell.column,
                    code="unreadable",
                    message=wrong_cell.message,
                    help=wrong_cell.help,
                )
            )
    return Sheet(tuple(figures), tuple(problems))


def _wrong_titles(titles: list[str]) -> tuple[Problem, ...]:
    unknown = [(title, "unknown_column", f"{title!r} is no column.") for title in titles if title not in COLUMNS]
    twice = [
        (title, "column_twice", f"The column {title} comes twice.") for title in COLUMNS if titles.count(title) > 1
    ]
    missing = [
        (title, "column_missing", f"The column {title} is missing.") for title in OBLIGATORY if title not in titles
    ]
    hint = f"Known columns: {', '.join(COLUMNS)}."
    return tuple(
        Problem(row=1, column=column, code=code, message=message, help=hint)
        for column, code, message in (*unknown, *twice, *missing)
    )


def _figure(number: int, titles: list[str], cells: list[str]) -> Figure:
    if len(cells) > len(titles):
        message = f"The row has {len(cells)} cells, but there are {len(titles)} titles."
        raise _Wrong("", message, "Write decimals with a point, and put a cell that holds a comma into quotes.")
    texts = dict.fromkeys(COLUMNS, "") | {title: cell.strip() for title, cell in zip(titles, cells, strict=False)}
    return Figure(
        measure=texts["measure"],
        period=_period(texts),
        value=_value(texts),
        unit_of_measure=texts["unit"],
        quality=_quality(texts),
        row=number,
    )


def _period(texts: Mapping[str, str]) -> date:
    found = _MONTH.fullmatch(texts["period"])
    if found is None or not 1 <= int(found[2]) <= 12 or int(found[1]) == 0:
        raise _Wrong("period", f"{texts['period'][:40]!r} is no month.", "Write it as 2026-01.")
    return date(int(found[1]), int(found[2]), 1)


def _value(texts: Mapping[str, str]) -> Decimal:
    text = texts["value"]
    if _COMMA.fullmatch(text):
        raise _Wrong(
            "value",
            f"{text[:40]!r} holds a comma, which is a decimal point to some and parts thousands for others.",
            "Write decimals with a point and thousands without a sign: 1234.5.",
        )
    if not _NUMBER.fullmatch(text):
        raise _Wrong(
            "value", f"{text[:40]!r} is no number.", "Write the number alone; its unit stands in the column unit."
        )
    return Decimal(text)


def _quality(texts: Mapping[str, str]) -> Quality:
    text = texts["quality"].upper() or Quality.OK.value
    if text not in _TOLD:
        raise _Wrong("quality", f"{text[:40]!r} is no quality that can be told.", f"Write {' or '.join(_TOLD)}.")
    return _TOLD[text]
