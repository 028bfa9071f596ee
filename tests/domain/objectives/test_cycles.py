"""A cycle is opened once, and its closing judges what was promised and archives what never was."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from domain.kernel import clock
from domain.kernel.actor import Role
from domain.kernel.errors import InvalidInput, NotFound, NotPermitted
from domain.kernel.ids import new_id
from domain.objectives import service, service_approvals, service_cycles
from domain.objectives.service_cycles import NewCycle
from domain.objectives.terms import ObjectiveDraft
from tests.domain.scorecards.ground import Ground, figure, key_result, lay, year

NOON = datetime(2026, 6, 20, 4, tzinfo=UTC)


@pytest.fixture
async def ground(database: str) -> Ground:
    return await lay()


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with clock.frozen(NOON):
        yield


async def state(ground: Ground) -> object:
    return await ground.organisation.value("select state from objective where id = $1", ground.objective_id)


@pytest.mark.parametrize(
    ("flights", "judged"), [("1200", "ACHIEVED"), ("1300", "ACHIEVED"), ("1199", "MISSED"), ("900", "MISSED")]
)
async def test_a_promise_is_achieved_from_a_hundred_percent_on(ground: Ground, flights: str, judged: str) -> None:
    await ground.record(figure("2026-05-01", "80"), figure("2026-05-01", flights, measure="FLIGHTS", unit="flights"))

    await service_cycles.close_cycle(ground.office, ground.cycle_id)

    assert await state(ground) == judged
    assert await ground.organisation.value("select closed_at from objective where id = $1", ground.objective_id) == NOON


async def test_what_was_never_promised_is_archived_and_its_request_withdrawn(ground: Ground) -> None:
    emil = ground.organisation.actor("Emil")
    smiles = replace(key_result("Smiles", 100, unit="%", start=0, target=1, measure_id=new_id()), measure_id=None)
    written = ObjectiveDraft(title="Smile", weight=10, key_results=(smiles,))
    waiting = await service.draft(emil, written, key="waiting")
    draft = await service.draft(emil, written, key="draft")
    await service_approvals.submit(emil, waiting, version=1, key="submit")

    await service_cycles.close_cycle(ground.office, ground.cycle_id)

    rows = await ground.organisation.rows("select state from objective where id = any($1)", [waiting, draft])
    assert [row["state"] for row in rows] == ["ARCHIVED", "ARCHIVED"]
    assert await ground.organisation.value("select state from approval where objective_id = $1", waiting) == "WITHDRAWN"
    counted = await ground.organisation.value(
        """select array[payload ->> 'achieved', payload ->> 'missed', payload ->> 'archived'] from journal
           where kind = 'CycleClosed' and subject_id = $1""",
        ground.cycle_id,
    )
    assert counted == ["0", "1", "2"]


async def test_closing_twice_changes_nothing_more(ground: Ground) -> None:
    await service_cycles.close_cycle(ground.office, ground.cycle_id)
    entries = await ground.organisation.count("journal")

    with clock.frozen(datetime(2026, 7, 1, tzinfo=UTC)):
        await service_cycles.close_cycle(ground.office, ground.cycle_id)

    assert await ground.organisation.count("journal") == entries
    closed_at = await ground.organisation.value("select closed_at from cycle where id = $1", ground.cycle_id)
    assert closed_at == NOON


@pytest.mark.parametrize("roles", [(), (Role.MANAGER,), (Role.HR_PARTNER,), (Role.ADMINISTRATOR,)])
async def test_only_the_strategy_office_keeps_cycles(ground: Ground, roles: tuple[Role, ...]) -> None:
    chen = ground.organisation.actor("Chen", *roles)

    with pytest.raises(NotPermitted):
        await service_cycles.close_cycle(chen, ground.cycle_id)
    with pytest.raises(NotPermitted):
        await service_cycles.open_cycle(chen, year(2027))

    assert await state(ground) == "ACTIVE"
    assert await ground.organisation.count("cycle") == 2


async def test_two_cycles_do_not_begin_on_the_same_day(ground: Ground) -> None:
    with pytest.raises(InvalidInput) as refused:
        await service_cycles.open_cycle(ground.office, year(2026))

    assert refused.value.field == "startsOn"


async def test_a_cycle_ends_after_it_begins(ground: Ground) -> None:
    upside_down = NewCycle(name="2027", starts_on=date(2027, 2, 1), ends_on=date(2027, 1, 31))

    with pytest.raises(InvalidInput) as refused:
        await service_cycles.open_cycle(ground.office, upside_down)

    assert refused.value.field == "endsOn"


async def test_opening_twice_under_one_key_opens_once(ground: Ground) -> None:
    cycle = year(2027)

    first = await service_cycles.open_cycle(ground.office, cycle, key="once")
    again = await service_cycles.open_cycle(ground.office, cycle, key="once")

    assert first == again == cycle.id
    assert await ground.organisation.count("cycle") == 3


async def test_a_cycle_of_another_tenant_does_not_exist(ground: Ground) -> None:
    other = await lay()

    with pytest.raises(NotFound):
        await service_cycles.close_cycle(ground.office, other.cycle_id)

    assert await state(other) == "ACTIVE"
    assert Decimal(0) == await other.organisation.value("select progress from objective limit 1")
