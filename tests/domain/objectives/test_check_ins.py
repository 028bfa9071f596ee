"""A check-in moves its key result and its objective, exactly, and by whichever way the value comes."""

import asyncio
from dataclasses import replace
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.kernel import clock
from domain.kernel.actor import Actor, Role
from domain.kernel.errors import InvalidInput, NotFound
from domain.kernel.ids import new_id
from domain.kernel.work import begin
from domain.objectives import progress, service_actuals, service_check_ins
from domain.objectives.errors import ObjectiveNotActive
from domain.scorecards import service as scorecards
from domain.scorecards.terms import NewMeasure
from tests.domain.objectives.company import FEWER, KEY_RESULT, NOON, Company, goal

VALUES = st.decimals(-(10**9), 10**9, allow_nan=False, allow_infinity=False, places=3)


async def check_in(company: Company, key_result_id: UUID, value: object, **more: object) -> UUID:
    given_value = Decimal(str(value))
    return await service_check_ins.check_in(
        company.actor("Dina"),
        key_result_id,
        given_value,
        key=str(new_id()),
        **more,  # type: ignore[arg-type]
    )


async def stands(company: Company, objective_id: UUID) -> list[tuple[object, object]]:
    """Value and progress of each key result in order, then of the objective."""
    rows = await company.organisation.rows(
        """select position, current, progress from key_result where objective_id = $1
           union all select 99, null, progress from objective where id = $1 order by 1""",
        objective_id,
    )
    return [(row["current"], row["progress"]) for row in rows]


async def test_a_check_in_is_kept_and_moves_everything_above_it(company: Company) -> None:
    objective_id = await company.promised()
    first, _ = await company.key_results(objective_id)

    made = await check_in(company, first, "77.5", confidence=7, note="Better weather")

    [row] = await company.organisation.rows("select * from check_in")
    assert (row["id"], row["key_result_id"], row["objective_id"]) == (made, first, objective_id)
    assert (row["value"], row["confidence"], row["note"]) == (Decimal("77.5"), 7, "Better weather")
    assert (row["source"], row["author_id"], row["recorded_at"]) == ("PERSON", company["Dina"], clock.now())
    assert await stands(company, objective_id) == [
        (Decimal("77.5"), Decimal(75)),
        (Decimal(40), Decimal(0)),
        (None, Decimal(45)),
    ]
    assert await company.organisation.value("select latest_check_in_id from key_result where id = $1", first) == made
    assert await company.organisation.facts("CheckedIn") == [("CheckedIn", objective_id)]
    assert await company.version(objective_id) == 3


async def test_a_check_in_may_fall_behind_the_start_and_beyond_the_target(company: Company) -> None:
    objective_id = await company.promised()
    first, second = await company.key_results(objective_id)

    await check_in(company, first, 60)
    await check_in(company, second, 0)

    assert [reached for _, reached in await stands(company, objective_id)] == [
        Decimal(-100),
        Decimal(200),
        Decimal(20),
    ]


async def test_only_a_promise_is_checked_in_on(company: Company) -> None:
    objective_id = await company.submitted()
    first, _ = await company.key_results(objective_id)
    before = await company.everything()

    with pytest.raises(ObjectiveNotActive):
        await check_in(company, first, 75)

    assert await company.everything() == before


@pytest.mark.parametrize(
    ("value", "more", "field"),
    [
        ("NaN", {}, "value"),
        ("Infinity", {}, "value"),
        ("1E+19", {}, "value"),
        ("1E-21", {}, "value"),
        ("75", {"confidence": 11}, "confidence"),
        ("75", {"confidence": -1}, "confidence"),
        ("75", {"note": " "}, "note"),
        ("75", {"note": "x" * 2001}, "note"),
    ],
)
async def test_a_check_in_beyond_a_limit_is_refused(
    shared: Company, value: str, more: dict[str, object], field: str
) -> None:
    before = await shared.everything()

    with pytest.raises(InvalidInput) as refused:
        await check_in(shared, new_id(), value, **more)

    assert refused.value.field == field
    assert await shared.everything() == before


async def test_a_key_result_that_is_not_there_is_not_found(shared: Company) -> None:
    with pytest.raises(NotFound):
        await check_in(shared, new_id(), 75)


async def test_a_taken_id_of_a_check_in_is_refused(company: Company) -> None:
    first, second = await company.key_results(await company.promised())
    taken = await check_in(company, first, 71, check_in_id=new_id())
    before = await company.everything()

    with pytest.raises(InvalidInput) as refused:
        await check_in(company, second, 39, check_in_id=taken)

    assert refused.value.field == "id"
    assert await company.everything() == before


async def test_check_ins_at_once_are_all_kept_and_the_roll_up_knows_them_all(company: Company) -> None:
    objective_id = await company.promised()
    first, second = await company.key_results(objective_id)

    await asyncio.gather(*(check_in(company, one, 70) for one in (first, second) for _ in range(4)))
    await asyncio.gather(check_in(company, first, 75), check_in(company, second, 30))

    assert await company.organisation.count("check_in") == 10
    assert [reached for _, reached in await stands(company, objective_id)] == [Decimal(50)] * 3


async def test_a_check_in_that_is_sent_many_times_at_once_is_one(company: Company) -> None:
    first, _ = await company.key_results(await company.promised())
    dina = company.actor("Dina")

    made = await asyncio.gather(
        *(service_check_ins.check_in(dina, first, Decimal(75), key="the same") for _ in range(8))
    )

    assert len(set(made)) == 1
    assert await company.organisation.count("check_in") == 1
    assert [kind for kind, _ in await company.organisation.facts("CheckedIn")] == ["CheckedIn"]


async def test_a_check_in_is_part_of_the_work_around_it(company: Company) -> None:
    first, _ = await company.key_results(await company.promised())

    async def in_vain() -> None:
        async with begin(company.actor("Dina")):
            await check_in(company, first, 75)
            raise InvalidInput("Undo it.")

    with pytest.raises(InvalidInput):
        await in_vain()

    assert await company.organisation.count("check_in") == 0


async def test_a_key_names_one_check_in_only(company: Company) -> None:
    objective_id = await company.promised()
    first, second = await company.key_results(objective_id)
    dina = company.actor("Dina")

    told = await asyncio.gather(
        *(service_check_ins.check_in(dina, one, Decimal(30), key="one key") for one in (first, second)),
        return_exceptions=True,
    )

    assert sorted(type(one).__name__ for one in told) == ["KeyReused", "UUID"]
    assert await company.organisation.count("check_in") == 1


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(one=VALUES, other=VALUES)
async def test_the_stored_roll_up_is_the_formula(shared: Company, one: Decimal, other: Decimal) -> None:
    with clock.frozen(NOON):
        objective_id = await shared.promised(goal(weight=0 + 1, title=str(one)))
        first, second = await shared.key_results(objective_id)
        await check_in(shared, first, one)
        await check_in(shared, second, other)
        found = await stands(shared, objective_id)
        await shared.organisation.rows("update objective set state = 'ARCHIVED' where id = $1", objective_id)

    reached = [
        progress.of_key_result("INCREASE", one, start=Decimal(70), target=Decimal(80), low=None, high=None),
        progress.of_key_result("DECREASE", other, start=Decimal(40), target=Decimal(20), low=None, high=None),
    ]
    assert found == [
        (one, reached[0]),
        (other, reached[1]),
        (None, progress.of_objective([(60, reached[0]), (40, reached[1])])),
    ]


async def test_an_actual_and_a_check_in_of_the_same_value_leave_the_same_digits(company: Company) -> None:
    office = company.actor("Sofia")
    unit_id = company.organisation.units["AIR"]
    measure = NewMeasure(code="ON_TIME", name="On time", unit_of_measure="%", unit_id=unit_id)
    measure_id = await scorecards.define_measure(office, measure)
    thirds = (replace(KEY_RESULT, start=Decimal(0), target=Decimal(3)), FEWER)
    fed = (replace(thirds[0], measure_id=measure_id), FEWER)
    by_hand = await company.promised(goal(key_results=thirds))
    by_feed = await company.promised(goal(key_results=fed))
    first, _ = await company.key_results(by_hand)

    await check_in(company, first, 1)
    async with begin(_feeder(company)) as work:
        moved = await service_actuals.move_by_actuals(work, {(measure_id, company.cycle_id): Decimal(1)})

    assert moved == [by_feed]
    assert await stands(company, by_feed) == await stands(company, by_hand)
    assert (await stands(company, by_hand))[2] == (None, Decimal(20))


def _feeder(company: Company) -> Actor:
    return Actor(
        tenant_id=company.tenant_id,
        zone="UTC",
        client_id=company.partner.client_id,
        roles=frozenset({Role.PARTNER}),
    )
