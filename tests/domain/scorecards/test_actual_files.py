"""A file of figures is refused row by row, recorded once, and shows first what it would change."""

import hashlib
from collections.abc import Iterator
from decimal import Decimal

import pytest

from domain.kernel import clock
from domain.people.service_importing import FileRefused
from domain.scorecards import actual_lines, service_actual_files
from domain.scorecards.service_actual_files import FilePreview
from domain.scorecards.terms import Quality
from tests.domain.scorecards.ground import Ground, figure, lay
from tests.domain.scorecards.test_actuals import NOON

TITLES = "measure,period,value,unit\n"
GOOD = TITLES + "ON_TIME,2026-04,75,%\nFLIGHTS,2026-04-01,1100,flights\n"


@pytest.fixture
async def ground(database: str) -> Ground:
    return await lay()


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with clock.frozen(NOON):
        yield


async def read(ground: Ground, text: str | bytes, *, skip_wrong: bool = False) -> FilePreview:
    content = text.encode() if isinstance(text, str) else text
    return await service_actual_files.preview(ground.office, "april.csv", content, skip_wrong=skip_wrong)


async def record(ground: Ground, text: str | bytes, *, skip_wrong: bool = False) -> int:
    found = await read(ground, text, skip_wrong=skip_wrong)
    return await service_actual_files.apply(ground.office, found, skip_wrong=skip_wrong)


async def test_a_file_is_recorded_with_its_hash_and_rows(ground: Ground) -> None:
    assert await record(ground, GOOD) == 2

    rows = await ground.organisation.rows(
        """select m.code, a.value, a.source, a.file_row, f.sha256, f.name, a.person_id from actual a
           join measure m on m.id = a.measure_id join actual_file f on f.id = a.file_id order by a.file_row"""
    )
    sha256, bo = hashlib.sha256(GOOD.encode()).hexdigest(), ground.organisation["Bo"]
    assert [tuple(row) for row in rows] == [
        ("ON_TIME", Decimal(75), "CSV", 2, sha256, "april.csv", bo),
        ("FLIGHTS", Decimal(1100), "CSV", 3, sha256, "april.csv", bo),
    ]
    assert (await ground.stands())[0] == (Decimal(75), Decimal(50))


async def test_a_preview_writes_nothing(ground: Ground) -> None:
    facts = await ground.organisation.count("journal")

    found = await read(ground, GOOD)

    assert [(one.row, one.measure, one.value) for one in found.fresh] == [
        (2, "ON_TIME", Decimal(75)),
        (3, "FLIGHTS", Decimal(1100)),
    ]
    assert await ground.organisation.count("actual") == 0
    assert await ground.organisation.count("actual_file") == 0
    assert await ground.organisation.count("journal") == facts


async def test_the_same_file_again_changes_nothing(ground: Ground) -> None:
    await record(ground, GOOD)
    facts = await ground.organisation.count("journal")

    found = await read(ground, GOOD)

    assert (found.fresh, found.unchanged, found.read_before_at) == ((), 2, NOON)
    assert await record(ground, GOOD) == 0
    assert await ground.organisation.count("actual") == 2
    assert await ground.organisation.count("journal") == facts


async def test_one_wrong_row_keeps_the_whole_file_out(ground: Ground) -> None:
    text = GOOD + "ON_TIME,2026-03,101,%\nGONE,2026-03,1,%\n"

    with pytest.raises(FileRefused) as refused:
        await record(ground, text)

    assert [(one.row, one.code) for one in refused.value.problems] == [(4, "implausible_value"), (5, "unknown_measure")]
    assert await ground.organisation.count("actual") == 0


async def test_wrong_rows_are_skipped_on_demand(ground: Ground) -> None:
    text = GOOD + 'ON_TIME,2026-03,"70,5",%\nON_TIME,2026-02,70,%\n'

    assert await record(ground, text, skip_wrong=True) == 3

    rows = await ground.organisation.rows("select file_row from actual order by 1")
    assert [row[0] for row in rows] == [2, 3, 5]


async def test_another_value_of_a_recorded_month_is_a_problem_and_no_overwriting(ground: Ground) -> None:
    await ground.record(figure("2026-04-01", "74"))

    with pytest.raises(FileRefused) as refused:
        await record(ground, GOOD)

    [problem] = refused.value.problems
    assert (problem.row, problem.code) == (2, "duplicate_actual")
    assert "adjustActual" in problem.help


async def test_what_somebody_recorded_meanwhile_keeps_the_file_out(ground: Ground) -> None:
    found = await read(ground, GOOD)
    await ground.record(figure("2026-04-01", "74"))

    with pytest.raises(FileRefused):
        await service_actual_files.apply(ground.office, found, skip_wrong=False)

    assert await ground.organisation.count("actual") == 1
    assert await ground.organisation.count("actual_file") == 0


async def test_a_file_of_a_century_is_one_transaction(ground: Ground) -> None:
    months = [f"{year}-{month:02}" for year in range(1910, 2010) for month in range(1, 13)]
    text = TITLES + "".join(f"ON_TIME,{month},75,%\nFLIGHTS,{month},9,flights\n" for month in months)

    assert await record(ground, text) == 2400
    assert await ground.organisation.facts("ActualsRecorded") != []


def problems(text: str | bytes) -> list[tuple[int, str, str]]:
    content = text.encode() if isinstance(text, str) else text
    return [(one.row, one.column, one.message) for one in actual_lines.read(content).problems]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_files_come_in_the_encodings_and_delimiters_of_spreadsheets(encoding: str, delimiter: str) -> None:
    text = "Measure,Period,Value,Unit,Quality\n准点率,2026-04,-75.50,分钟,estimated\n,,,,\n".replace(",", delimiter)

    sheet = actual_lines.read(text.encode(encoding))

    [one] = sheet.figures
    assert sheet.problems == ()
    assert (one.measure, one.period.isoformat(), one.value) == ("准点率", "2026-04-01", Decimal("-75.50"))
    assert (one.unit_of_measure, one.quality, one.row) == ("分钟", Quality.ESTIMATED, 2)


@pytest.mark.parametrize("value", ["75,5", "1.234,5", "1,234", "-0,5", "1 234,50"])
def test_a_decimal_comma_is_refused_in_a_clear_sentence(value: str) -> None:
    [(row, column, message)] = problems(f'{TITLES}ON_TIME,2026-04,"{value}",%\n')

    assert (row, column) == (2, "value")
    assert message.startswith(f"{value!r} holds a comma")


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ("ON_TIME,2026-13,75,%", "period"),
        ("ON_TIME,2026-04-02,75,%", "period"),
        ("ON_TIME,April,75,%", "period"),
        ("ON_TIME,0000-04,75,%", "period"),
        ("ON_TIME,2026-04,75 %,%", "value"),
        ("ON_TIME,2026-04,1e5,%", "value"),
        ("ON_TIME,2026-04,,%", "value"),
        ("ON_TIME,2026-04,NaN,%", "value"),
        ("ON_TIME,2026-04,٧٥,%", "value"),
        ("ON_TIME,2026-04,75,%,OK", ""),
    ],
)
def test_a_row_that_cannot_be_read_says_which_cell(cells: str, column: str) -> None:
    assert [found[:2] for found in problems(f"{TITLES}{cells}\n")] == [(2, column)]


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("", 1),
        ("measure,period,value\n", 1),
        ("measure,period,value,unit,colour\n", 1),
        ("measure,measure,period,value,unit\n", 1),
        (TITLES + 'ON_TIME,2026-04,"75,%\n', 2),
        (b"measure,period,value,unit\nON_TIME,2026-04,75,\xff\xff\xff\n", 1),
        (TITLES + "\n" * 100_001, 100_002),
        ("measure,period,value,unit,quality\nA,2026-04,1,%,DISPUTED\n", 2),
    ],
)
def test_a_file_that_cannot_be_read_says_where(text: str | bytes, row: int) -> None:
    found = problems(text)

    assert found
    assert {one[0] for one in found} == {row}
