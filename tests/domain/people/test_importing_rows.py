"""A file is read row by row: what is wrong says where it is and what to do."""

from datetime import date

import pytest

from domain.people import importing
from domain.people.importing import Problem, Row

TITLES = "person_code,name,unit_code,share,valid_from,dotted_manager_codes,email\n"


def problems(text: str) -> list[tuple[int, str, str]]:
    _, found = importing.read(text.encode())
    return [(problem.row, problem.column, problem.code) for problem in found]


def test_a_row_is_read_with_its_types() -> None:
    sheet, found = importing.read(f"{TITLES}p1, Ada ,OPS,80,2026-01-31,p2; p3;p2,ada@example.com\n".encode())

    assert found == []
    assert sheet.rows == (
        Row(
            number=2,
            person_code="p1",
            name="Ada",
            unit_code="OPS",
            share=80,
            valid_from=date(2026, 1, 31),
            dotted_manager_codes=("p2", "p3"),
            email="ada@example.com",
        ),
    )


@pytest.mark.parametrize(
    "content",
    [
        "\ufeffunit_code,name\nOPS,李娜\n".encode(),
        "unit_code,name\nOPS,李娜\n".encode(),
        "UNIT_CODE , Name\r\nOPS,李娜\r\n".encode(),
        'unit_code,name\n"OPS","李娜"'.encode(),
    ],
    ids=["byte order mark", "plain", "titles in capitals, lines of Windows", "quoted, without a last line break"],
)
def test_files_of_all_programs_are_read_alike(content: bytes) -> None:
    sheet, found = importing.read(content)

    assert found == []
    assert [(row.number, row.unit_code, row.name) for row in sheet.rows] == [(2, "OPS", "李娜")]


def test_a_quoted_cell_may_hold_commas_and_quotes_and_empty_rows_are_passed_over() -> None:
    text = 'unit_code,unit_name\nOPS,"Operations, ""the"" floor"\n,\n\nAIR,Air\n'

    sheet, found = importing.read(text.encode())

    assert found == []
    assert [(row.number, row.unit_name) for row in sheet.rows] == [(2, 'Operations, "the" floor'), (5, "Air")]


def test_a_line_break_in_a_quoted_cell_is_kept_within_its_row() -> None:
    sheet, found = importing.read(b'unit_code,unit_name\nOPS,"Opera\ntions"\nAIR,Air\n')

    assert [(problem.row, problem.column, problem.code) for problem in found] == [(2, "unit_name", "invalid_input")]
    assert [(row.number, row.unit_code) for row in sheet.rows] == [(3, "AIR")]


@pytest.mark.parametrize(
    ("cells", "column", "code"),
    [
        ("p1,Ada,OPS,eighty,,,", "share", "unreadable"),
        ("p1,Ada,OPS,0,,,", "share", "invalid_input"),
        ("p1,Ada,OPS,101,,,", "share", "invalid_input"),
        ("p1,Ada,OPS,,31.01.2026,,", "valid_from", "unreadable"),
        ("p1,Ada,OPS,,2026-02-30,,", "valid_from", "unreadable"),
        ("p1,Ada,OPS,,0026-02-20,,", "valid_from", "invalid_input"),
        ("p 1 ,Ada,,,,,", "unit_code", "invalid_input"),
        ("p/1,Ada,OPS,,,,", "person_code", "invalid_input"),
        ("p\0,Ada,OPS,,,,", "person_code", "invalid_input"),
        ("p1,Ada,OPS,,,p2;p/3,", "dotted_manager_codes", "invalid_input"),
        ("p1,Ada,OPS,,,,ada", "email", "invalid_input"),
        ("p1,Ada,OPS,,,,,,,", "", "too_many_cells"),
    ],
)
def test_a_wrong_cell_is_a_problem_of_its_row_and_column(cells: str, column: str, code: str) -> None:
    assert problems(f"{TITLES}p0,Bo,OPS,,,,\n{cells}\n") == [(3, column, code)]


@pytest.mark.parametrize(
    ("titles", "column", "code"),
    [
        ("unit_code,salary", "salary", "unknown_column"),
        ("unit_code,name,name", "name", "column_twice"),
        ("person_code,name", "unit_code", "column_missing"),
        ("", "unit_code", "column_missing"),
    ],
)
def test_wrong_titles_are_a_problem_of_the_first_row(titles: str, column: str, code: str) -> None:
    assert problems(f"{titles}\nOPS,1,2\n") == [(1, column, code)]


def test_a_file_in_another_encoding_is_refused_with_its_line() -> None:
    _, found = importing.read("unit_code,name\nOPS,Ada\nOPS,Zoë\n".encode("latin-1"))

    assert found == [
        Problem(
            row=3,
            column="",
            code="not_utf8",
            message="The file is not in UTF-8 from this line on.",
            help="Save it as CSV UTF-8.",
        )
    ]


def test_a_stray_quote_is_refused_with_its_line() -> None:
    assert problems('unit_code,name\nOPS,"Ada\nOPS,Bo\n') == [(3, "", "not_csv")]


def test_the_columns_are_those_that_the_description_lists() -> None:
    listed = [line.split("|")[1] for line in (importing.__doc__ or "").splitlines() if line.startswith("| ")]

    assert tuple(name.strip() for cell in listed[1:] for name in cell.split(",")) == importing.COLUMNS
