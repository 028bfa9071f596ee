"""A target goes down in slices that add up to it, and nobody is taken to have agreed."""

from decimal import Decimal

import pytest

from domain.kernel.errors import InvalidInput, NotFound, NotPermitted, StaleVersion
from domain.kernel.ids import new_id
from domain.objectives.cascading import service_answering, service_throwing
from domain.objectives.cascading.errors import AlignmentSettled, NotSplittable, SplitNotConserved
from domain.objectives.cascading.terms import Division, Part, Receiver, SplitMethod
from domain.objectives.errors import ObjectiveNotActive
from tests.domain.objectives.cascading import throws
from tests.domain.objectives.cascading.throws import promised, receivers, slices, throw
from tests.domain.objectives.company import Company

KEPT = "select method, state, reserve, version, waiver from target_split where key_result_id = $1"
THROWN = """select p.name, a.amount, a.state, a.asked_id from alignment a
            join person p on p.tenant_id = a.tenant_id and p.id = a.receiver_id
            where parent_key_result_id = $1 and a.state <> 'WITHDRAWN' order by 1"""


async def test_a_target_is_thrown_to_those_who_answer_to_its_owner(company: Company) -> None:
    _, key_result = await promised(company)

    await throw(company, key_result, receivers(company, Dina=30, Emil=60), reserve=10)

    [split] = await company.organisation.rows(KEPT, key_result)
    assert tuple(split) == ("GIVEN", "PUBLISHED", Decimal(10), 1, None)
    rows = await company.organisation.rows(THROWN, key_result)
    assert [tuple(row) for row in rows] == [
        ("Dina", Decimal(30), "PROPOSED_DOWN", company["Dina"]),
        ("Emil", Decimal(60), "PROPOSED_DOWN", company["Emil"]),
    ]
    assert len(await company.organisation.facts("SliceThrown")) == 2
    assert await company.organisation.facts("TargetThrown") == [("TargetThrown", key_result)]


async def test_thirty_thirty_and_fifty_of_a_hundred_are_not_published(company: Company) -> None:
    _, key_result = await promised(company, "Bo")
    to = receivers(company, Chen=30, Dina=30, Emil=50)
    before = await company.everything()

    with pytest.raises(SplitNotConserved, match="10 more than the target"):
        await throw(company, key_result, to, by="Bo")

    assert await company.everything() == before
    await throw(company, key_result, to, by="Bo", publish=False)
    with pytest.raises(SplitNotConserved, match="10 more than the target"):
        await service_throwing.publish(company.actor("Bo"), key_result, version=1, key="publish")
    await service_throwing.publish(company.actor("Bo"), key_result, version=1, key="waived", waiver="A buffer.")
    [split] = await company.organisation.rows(KEPT, key_result)
    assert tuple(split) == ("GIVEN", "PUBLISHED", Decimal(0), 2, "A buffer.")


async def test_a_draft_is_known_to_nobody_but_its_author(company: Company) -> None:
    _, key_result = await promised(company)

    await throw(company, key_result, receivers(company, Dina=30), publish=False)

    rows = await company.organisation.rows(THROWN, key_result)
    assert [tuple(row) for row in rows] == [("Dina", Decimal(30), "DRAFT", None)]
    assert await company.organisation.facts("SliceThrown", "TargetThrown") == []
    [alignment] = (await slices(company, key_result)).values()
    with pytest.raises(NotFound):
        await service_answering.accept(company.actor("Dina"), alignment, version=1, key="accept")


async def test_a_draft_is_thrown_away_and_another_begins_anew(company: Company) -> None:
    _, key_result = await promised(company)
    await throw(company, key_result, receivers(company, Dina=30), publish=False)

    for key in ("away", "away"):
        await service_throwing.discard(company.actor("Chen"), key_result, version=1, key=key)

    assert await slices(company, key_result) == {}
    assert await company.organisation.rows(KEPT, key_result) == []
    assert await company.organisation.facts("AlignmentWithdrawn") == []
    await throw(company, key_result, receivers(company, Dina=100))
    with pytest.raises(AlignmentSettled):
        await service_throwing.discard(company.actor("Chen"), key_result, version=1, key="late")


async def test_who_throws_again_keeps_what_is_the_same_and_what_was_accepted(company: Company) -> None:
    _, key_result = await promised(company, "Bo")
    await throw(company, key_result, receivers(company, Chen=30, Dina=30, Emil=40), by="Bo")
    first = await slices(company, key_result)
    await throws.accept(company, first["Chen"], by="Chen")

    await throw(company, key_result, receivers(company, Dina=30, Emil=20), by="Bo", version=1, reserve=20)

    second = await slices(company, key_result)
    assert (second["Chen"], second["Dina"]) == (first["Chen"], first["Dina"])
    assert second["Emil"] != first["Emil"]
    states = await company.organisation.value("select state from alignment where id = $1", first["Emil"])
    assert states == "WITHDRAWN"
    assert await company.organisation.facts("AlignmentWithdrawn") == [("AlignmentWithdrawn", first["Emil"])]


async def test_a_split_is_closed_when_everybody_answered_and_it_adds_up(company: Company) -> None:
    _, key_result = await promised(company)
    await throw(company, key_result, receivers(company, Dina=60, Emil=40))
    thrown, chen = await slices(company, key_result), company.actor("Chen")
    await throws.accept(company, thrown["Dina"], by="Dina")

    with pytest.raises(InvalidInput, match="1 slices still wait"):
        await service_throwing.close(chen, key_result, version=1, key="waits")
    emil = company.actor("Emil")
    await service_answering.decline(emil, thrown["Emil"], version=1, key="decline", reason="I have no crew.")
    with pytest.raises(SplitNotConserved, match="40 less than the target"):
        await service_throwing.close(chen, key_result, version=1, key="lacks")
    await service_throwing.close(chen, key_result, version=1, key="close", reserve=Decimal(40))

    [split] = await company.organisation.rows(KEPT, key_result)
    assert tuple(split) == ("GIVEN", "CLOSED", Decimal(40), 2, None)
    with pytest.raises(AlignmentSettled):
        await throw(company, key_result, receivers(company, Emil=40), version=2)


async def test_what_is_thrown_twice_with_one_key_goes_down_once(company: Company) -> None:
    _, key_result = await promised(company)
    division = Division(method=SplitMethod.EQUAL)
    chen, to = company.actor("Chen"), receivers(company, Dina=1, Emil=1)

    for _ in range(2):
        await service_throwing.cascade_target(chen, key_result, to, division, key="once")

    assert await company.organisation.count("alignment") == 2
    with pytest.raises(StaleVersion):
        await service_throwing.cascade_target(chen, key_result, to, division, key="twice")


@pytest.mark.parametrize("name", ["Bo", "Dina", "Sofia", "Hugo", "Partner"])
async def test_only_the_owner_throws_a_target_down(company: Company, name: str) -> None:
    _, key_result = await promised(company)
    before = await company.everything()

    with pytest.raises(NotFound if name == "Dina" else NotPermitted):
        await throw(company, key_result, receivers(company, Dina=100), by=name)

    assert await company.everything() == before


@pytest.mark.parametrize(
    ("name", "unit", "field"),
    [("Bo", None, "person"), ("Chen", None, "person"), ("Oskar", None, "person"), ("Dina", "AIR", "unit")],
)
async def test_a_target_goes_to_people_below_for_units_of_theirs(
    company: Company, name: str, unit: str | None, field: str
) -> None:
    _, key_result = await promised(company)
    unit_id = company.organisation.units[unit] if unit else None
    receiver = Receiver(person_id=company[name], unit_id=unit_id, part=Part(name=name, amount=Decimal(100)))

    with pytest.raises(InvalidInput) as refused:
        await throw(company, key_result, [receiver])

    assert refused.value.field == f"receivers.0.{field}"


async def test_a_receiver_is_named_once(company: Company) -> None:
    _, key_result = await promised(company)

    with pytest.raises(InvalidInput, match="named twice"):
        await throw(company, key_result, receivers(company, Dina=50) * 2)


async def test_only_a_promised_figure_can_be_thrown_down(company: Company) -> None:
    draft = await company.draft(throws.TOP, owner="Chen")
    [key_result] = await company.key_results(draft)
    with pytest.raises(ObjectiveNotActive):
        await throw(company, key_result, receivers(company, Dina=100))
    _, promise = await promised(company)
    await company.organisation.rows("update key_result set target = 0, start = -1 where id = $1", promise)

    with pytest.raises(NotSplittable):
        await throw(company, promise, receivers(company, Dina=100))
    with pytest.raises(NotFound):
        await throw(company, new_id(), receivers(company, Dina=100))
