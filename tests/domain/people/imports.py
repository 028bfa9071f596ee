"""A small file of an organisation, and what the tests of imports do with it."""

from datetime import UTC, date, datetime, timedelta

import pytest

from domain.kernel import clock
from domain.people import service_importing
from domain.people.importing import Problem
from domain.people.service_importing import FileRefused, Options, Preview
from tests.domain.organisations import Organisation
from tests.domain.people import reference

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
TODAY = date(2026, 3, 2)
DAY = timedelta(days=1)
TITLES = (
    "person_code,name,name_zh,email,unit_code,parent_unit_code,unit_name,unit_kind,form,"
    "position_code,position_title,share,manager_code,dotted_manager_codes,valid_from\n"
)
GROUP = """\
a,Ann,安,ann@example.com,G,,Group,GROUP,HOLDING,CHIEF,Head,,,,2020-01-01
b,Ben,,,S,G,Shop,COMPANY,RETAIL,MD,Director,,a,,2021-05-01
c,Cem,,,S1,S,Floor,DEPARTMENT,,CLERK,Clerk,60,b,a,2022-02-01
c,,,,S,,,,,CLERK,,40,,,2023-07-01
d,Dai,,,S1,,,,,CLERK,,,b,,2019-06-01
,,,,S2,S,Store,DEPARTMENT,,,,,,,
"""


async def look(organisation: Organisation, rows: str, titles: str = TITLES, **options: bool) -> Preview:
    with clock.frozen(NOW):
        return await service_importing.preview(
            organisation.operator,
            (titles + rows).encode(),
            Options(**options),  # type: ignore[arg-type]
        )


async def load(organisation: Organisation, rows: str, titles: str = TITLES, **options: bool) -> Preview:
    found = await look(organisation, rows, titles, **options)
    with clock.frozen(NOW):
        await service_importing.apply(organisation.operator, found, password_hash="locked", say=silent)
    return found


def silent(done: int, total: int) -> None:
    assert 0 <= done <= total


async def refused(organisation: Organisation, rows: str, titles: str = TITLES, **options: bool) -> list[Problem]:
    before = [await organisation.count(table) for table in ("person", "unit", "journal", "import_run")]
    with pytest.raises(FileRefused) as refusal:
        await load(organisation, rows, titles, **options)
    assert [await organisation.count(table) for table in ("person", "unit", "journal", "import_run")] == before
    return list(refusal.value.problems)


def differences(found: Preview) -> list[tuple[str, str, str]]:
    return [(difference.kind, difference.code, difference.words) for difference in found.plan.differences]


async def jobs(organisation: Organisation, person: str) -> list[tuple[object, ...]]:
    rows = await organisation.rows(
        """select u.code, e.share, e.is_primary, e.valid_from, e.valid_to from employment e
           join unit u on u.id = e.unit_id join person p on p.id = e.person_id where p.code = $1
           order by e.valid_from, e.share desc""",
        person,
    )
    return [tuple(row) for row in rows]


async def lines(organisation: Organisation, person: str) -> list[tuple[object, ...]]:
    rows = await organisation.rows(
        """select m.code, l.kind, l.valid_from, l.valid_to from reporting_line l
           join person p on p.id = l.person_id join person m on m.id = l.manager_id where p.code = $1
           order by l.valid_from, l.kind desc, m.code""",
        person,
    )
    return [tuple(row) for row in rows]


async def is_closed(organisation: Organisation) -> None:
    """The closures are right on every date on which anything begins or ends."""
    lines_, units = await reference.reporting_edges(organisation), await reference.unit_edges(organisation)
    for on in sorted({edge.valid_from for edge in (*lines_, *units)}):
        assert await reference.stored_reporting(organisation, on) == reference.transitive(lines_, on)
        wanted = reference.transitive(units, on) | await reference.standing_units(organisation, on)
        assert await reference.stored_units(organisation, on) == wanted
