"""`catchball import --actuals` as an operator runs it."""

import pytest

from domain.kernel.ids import new_id
from tests.api.test_importing import Place, place

__all__ = ["place"]
TITLES = "measure,period,value,unit\n"
FIGURES = f"{TITLES}ON_TIME,2013-04,75,%\nON_TIME,2013-05,76.5,%\n"


@pytest.fixture
async def measured(place: Place) -> Place:
    """With a unit, and its measure ON_TIME."""
    unit_id = new_id()
    await place.connection.execute(
        "insert into unit (tenant_id, id, code, kind, created_at) values ($1, $2, 'AIR', 'COMPANY', now())",
        place.tenant_id,
        unit_id,
    )
    await place.connection.execute(
        """insert into measure (tenant_id, id, code, name, unit_of_measure, unit_id, created_at)
           values ($1, $2, 'ON_TIME', 'On time', '%', $3, '2026-01-01')""",
        place.tenant_id,
        new_id(),
        unit_id,
    )
    return place


async def test_a_dry_run_shows_what_would_be_recorded_and_records_nothing(measured: Place) -> None:
    code, lines, errors = measured.run(FIGURES, "--actuals", "--dry-run")

    assert (code, errors) == (0, "")
    assert lines == ["new: 2, as before: 0", "  row 2: ON_TIME 2013-04 = 75 %", "  row 3: ON_TIME 2013-05 = 76.5 %"]
    assert await measured.count("actual") == 0


async def test_a_file_is_recorded_once(measured: Place) -> None:
    first, _, _ = measured.run(FIGURES, "--actuals")
    again, lines, _ = measured.run(FIGURES, "--actuals")

    assert (first, again) == (0, 0)
    assert lines[1:] == ["No difference: every figure is recorded as the file says."]
    assert lines[0].startswith("This file was read before, on ")
    assert await measured.count("actual") == 2


async def test_wrong_rows_are_told_and_nothing_is_recorded(measured: Place) -> None:
    code, lines, errors = measured.run(f'{FIGURES}ON_TIME,2013-06,"7,5",%\n', "--actuals")

    assert code == 1
    [line] = lines
    assert line.startswith("row 4, value: '7,5' holds a comma, which is a decimal point to some")
    assert line.endswith(" Write decimals with a point and thousands without a sign: 1234.5.")
    assert errors == "catchball: Nothing was changed: 1 problems were found in the file.\n"
    assert await measured.count("actual") == 0


async def test_what_is_for_persons_is_not_for_figures(measured: Place) -> None:
    code, _, errors = measured.run(FIGURES, "--actuals", "--end-absent")

    assert code == 1
    assert errors == "catchball: --end-absent is for persons: leave it out with --actuals.\n"
