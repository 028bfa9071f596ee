"""What is thrown down is accepted, declined or countered; nothing is deleted, and silence is no consent."""

from decimal import Decimal
from uuid import UUID

import pytest

from domain.kernel.actor import Actor
from domain.kernel.errors import InvalidInput, NotFound, NotPermitted, StaleVersion
from domain.kernel.ids import new_id
from domain.objectives import service
from domain.objectives.cascading import service_answering
from domain.objectives.cascading.errors import AlignmentSettled, RoundsSpent
from domain.objectives.cascading.service_binding import Wish
from tests.domain.objectives.cascading import throws
from tests.domain.objectives.cascading.throws import FLIGHTS, TOP, accept, promised, receivers, slices, throw
from tests.domain.objectives.company import Company

STATE = "select state, amount, counter_amount, rounds, asked_id, reason from alignment where id = $1"
SAID = "select act, amount, reason, resources from alignment_turn where alignment_id = $1 order by number"


async def thrown(company: Company, *, target: int = 100) -> UUID:
    """Everything of a target of Chen's to Dina."""
    _, key_result = await promised(company, target=target)
    await throw(company, key_result, receivers(company, Dina=target))
    return (await slices(company, key_result))["Dina"]


async def state(company: Company, alignment_id: UUID) -> tuple[object, ...]:
    [row] = await company.organisation.rows(STATE, alignment_id)
    return tuple(row)


async def counter(company: Company, alignment_id: UUID, amount: int) -> None:
    now = await throws.version(company, alignment_id)
    dina, key = company.actor("Dina"), str(new_id())
    await service_answering.counter(
        dina,
        alignment_id,
        Decimal(amount),
        version=now,
        key=key,
        reason="Two aircraft are in repair.",
        resources="One more.",
    )


async def insist(company: Company, alignment_id: UUID) -> None:
    now = await throws.version(company, alignment_id)
    chen, key = company.actor("Chen"), str(new_id())
    await service_answering.insist(chen, alignment_id, version=now, key=key, reason="We need it.")


async def test_who_accepts_has_a_draft_with_that_target(company: Company) -> None:
    alignment = await thrown(company)

    objective, key_result = await accept(company, alignment, by="Dina")

    [made] = await company.organisation.rows(
        "select owner_id, unit_id, title, state, weight, parent_id from objective where id = $1", objective
    )
    assert tuple(made) == (company["Dina"], company.organisation.units["CREW"], "Flights", "DRAFT", 0, None)
    [measured] = await company.organisation.rows(
        "select title, kind, unit_of_measure, weight, start, target from key_result where id = $1", key_result
    )
    assert tuple(measured) == ("Flights", "INCREASE", "flights", 100, Decimal(0), Decimal(100))
    assert (await state(company, alignment))[:2] == ("ACCEPTED", Decimal(100))
    assert (await state(company, alignment))[4] is None
    facts = await company.organisation.facts("ObjectiveDrafted", "AlignmentAccepted")
    assert facts[-2:] == [("ObjectiveDrafted", objective), ("AlignmentAccepted", alignment)]


async def test_a_slice_starts_as_far_from_its_target_as_the_whole(company: Company) -> None:
    _, key_result = await promised(company)
    await company.organisation.rows("update key_result set start = 40 where id = $1", key_result)
    await throw(company, key_result, receivers(company, Dina=30, Emil=70))
    dina = (await slices(company, key_result))["Dina"]

    _, own = await accept(company, dina, by="Dina", wish=Wish(title="My share", weight=10))

    assert await company.organisation.value("select start from key_result where id = $1", own) == Decimal(12)


async def test_a_draft_that_has_such_a_key_result_is_taken(company: Company) -> None:
    alignment = await thrown(company)
    draft = await company.draft(TOP)
    [key_result] = await company.key_results(draft)

    assert await accept(company, alignment, by="Dina", wish=Wish(objective_id=draft)) == (draft, key_result)
    assert await company.version(draft) == 2


async def test_a_draft_without_it_gets_one_more(company: Company) -> None:
    alignment = await thrown(company)
    draft = await company.draft()

    objective, key_result = await accept(company, alignment, by="Dina", wish=Wish(objective_id=draft))

    assert objective == draft
    assert (await company.key_results(draft))[2:] == [key_result]


async def test_what_was_accepted_stays_in_the_draft(company: Company) -> None:
    alignment = await thrown(company)
    objective, key_result = await accept(company, alignment, by="Dina")
    other = throws.replace(TOP, title="Mine", key_results=(throws.replace(FLIGHTS, target=Decimal(50), id=key_result),))
    without = throws.replace(TOP, key_results=(FLIGHTS,))
    dina = company.actor("Dina")

    for changed in (other, without):
        with pytest.raises(InvalidInput, match="its target stays"):
            await service.edit(dina, objective, changed, version=1, key=str(new_id()))
    same = throws.replace(TOP, title="Mine", key_results=(throws.replace(FLIGHTS, id=key_result),))
    await service.edit(dina, objective, same, version=1, key="same")

    assert await company.organisation.value("select title from objective where id = $1", objective) == "Mine"


async def test_who_declines_says_why_and_nothing_is_deleted(company: Company) -> None:
    alignment = await thrown(company)
    dina = company.actor("Dina")

    with pytest.raises(InvalidInput):
        await service_answering.decline(dina, alignment, version=1, key="silent", reason=" ")
    await service_answering.decline(dina, alignment, version=1, key="decline", reason="No crew.")

    assert await state(company, alignment) == ("DECLINED", Decimal(100), None, 0, None, "No crew.")
    said = await company.organisation.rows(SAID, alignment)
    assert [tuple(row) for row in said] == [("PROPOSE", Decimal(100), None, None), ("DECLINE", None, "No crew.", None)]


async def test_a_counter_is_accepted_with_a_draft_of_that_amount(company: Company) -> None:
    alignment = await thrown(company)
    await counter(company, alignment, 80)
    waiting = await state(company, alignment)

    chen = company.actor("Chen")
    await service_answering.accept_counter(chen, alignment, version=2, key="accept")

    why = "Two aircraft are in repair."
    assert waiting == ("COUNTER_PROPOSED", Decimal(100), Decimal(80), 1, company["Chen"], why)
    assert await state(company, alignment) == ("ACCEPTED", Decimal(80), Decimal(80), 1, None, why)
    target = "select k.target from key_result k join alignment a on a.child_key_result_id = k.id where a.id = $1"
    assert await company.organisation.value(target, alignment) == Decimal(80)
    owner = "select o.owner_id from objective o join alignment a on a.child_id = o.id where a.id = $1"
    assert await company.organisation.value(owner, alignment) == company["Dina"]


async def test_after_three_rounds_the_line_manager_is_told(company: Company) -> None:
    alignment = await thrown(company)
    for amount in (80, 85, 90):
        await counter(company, alignment, amount)
        assert await company.organisation.facts("AlignmentEscalated") == []
        await insist(company, alignment)

    with pytest.raises(RoundsSpent):
        await counter(company, alignment, 95)

    assert await company.organisation.facts("AlignmentEscalated") == [("AlignmentEscalated", alignment)]
    told = "select payload ->> 'told_id' from journal where kind = 'AlignmentEscalated'"
    assert await company.organisation.value(told) == str(company["Bo"])
    assert await company.organisation.value("select escalated_at is not null from alignment where id = $1", alignment)
    assert (await state(company, alignment))[4] == company["Dina"]


@pytest.mark.parametrize("amount", ["100", "0", "-5", "NaN", "1E+30"])
async def test_a_counter_is_another_amount_of_the_same_sign(company: Company, amount: str) -> None:
    alignment = await thrown(company)
    dina = company.actor("Dina")

    with pytest.raises(InvalidInput) as refused:
        await service_answering.counter(dina, alignment, Decimal(amount), version=1, key="c", reason="So.")

    assert refused.value.field == "amount"


@pytest.mark.parametrize(
    ("name", "refusal"),
    [("Chen", NotPermitted), ("Bo", NotPermitted), ("Emil", NotFound), ("Oskar", NotFound), ("Stranger", NotFound)],
)
async def test_only_who_is_asked_answers(company: Company, name: str, refusal: type[Exception]) -> None:
    alignment = await thrown(company)
    actor = company.actor(name)

    with pytest.raises(refusal):
        await service_answering.accept(actor, alignment, version=1, key="accept")
    with pytest.raises(refusal):
        await service_answering.decline(actor, alignment, version=1, key="decline", reason="No.")

    assert (await state(company, alignment))[0] == "PROPOSED_DOWN"


async def test_an_answer_binds_to_what_was_read(company: Company) -> None:
    alignment = await thrown(company)
    await counter(company, alignment, 80)
    await insist(company, alignment)

    with pytest.raises(StaleVersion):
        await service_answering.accept(company.actor("Dina"), alignment, version=1, key="accept")


async def test_what_is_settled_is_answered_no_more(company: Company) -> None:
    alignment = await thrown(company)
    await accept(company, alignment, by="Dina")
    chen = company.actor("Chen")

    with pytest.raises(AlignmentSettled):
        await service_answering.withdraw(chen, alignment, version=2, key="withdraw")


async def test_who_threw_takes_back_what_waits(company: Company) -> None:
    alignment = await thrown(company)
    chen = company.actor("Chen")

    await service_answering.withdraw(chen, alignment, version=1, key="withdraw", reason="Too early.")

    assert (await state(company, alignment))[0] == "WITHDRAWN"
    told = "select payload ->> 'told_id' from journal where kind = 'AlignmentWithdrawn'"
    assert await company.organisation.value(told) == str(company["Dina"])


async def test_what_waits_when_its_cycle_ends_is_accepted_no_more(company: Company) -> None:
    alignment = await thrown(company)
    await company.close()

    with pytest.raises(InvalidInput, match="over"):
        await accept(company, alignment, by="Dina")

    assert (await state(company, alignment))[0] == "PROPOSED_DOWN"


async def test_a_repeated_answer_makes_one_objective(company: Company) -> None:
    alignment = await thrown(company)
    dina: Actor = company.actor("Dina")
    before = await company.organisation.count("objective")

    for _ in range(3):
        await service_answering.accept(dina, alignment, version=1, key="same")

    assert await company.organisation.count("objective") == before + 1
