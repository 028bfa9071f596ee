"""What happens to a slice reaches the inboxes of both sides, and the scores above."""

from decimal import Decimal
from uuid import UUID

from domain.kernel import relay, relay_sets
from domain.objectives import service_check_ins, service_roll_up, service_roll_up_proof
from domain.objectives.cascading import service_answering
from notifications import announcements
from tests.domain.objectives.cascading import throws
from tests.domain.objectives.cascading.throws import accept, promised, receivers, slices, throw
from tests.domain.objectives.company import Company

READERS = {announcements.READER: announcements.hear}
SETS = {service_roll_up.READER: service_roll_up.hear}


async def hear() -> None:
    await relay.show_due(READERS)
    await relay_sets.show_due(SETS)


async def inbox(company: Company, name: str) -> list[tuple[str, str]]:
    rows = await company.organisation.rows(
        """select kind, state from inbox_item where person_id = $1 and subject_type = 'alignment'
           order by created_at, id""",
        company[name],
    )
    return [(row["kind"], row["state"]) for row in rows]


async def thrown(company: Company) -> UUID:
    _, key_result = await promised(company)
    await throw(company, key_result, receivers(company, Dina=100))
    return (await slices(company, key_result))["Dina"]


async def test_the_receiver_is_asked_and_the_thrower_told(company: Company) -> None:
    alignment = await thrown(company)
    await hear()
    asked = await inbox(company, "Dina")

    await accept(company, alignment, by="Dina")
    await hear()

    assert asked == [("TARGET_THROWN", "OPEN")]
    assert await inbox(company, "Dina") == [("TARGET_THROWN", "DONE")]
    assert await inbox(company, "Chen") == [("ALIGNMENT_ACCEPTED", "OPEN")]


async def test_each_turn_asks_the_other_side(company: Company) -> None:
    alignment = await thrown(company)
    dina, chen = company.actor("Dina"), company.actor("Chen")
    await hear()
    await service_answering.counter(dina, alignment, Decimal(80), version=1, key="counter", reason="So.")
    await hear()
    countered = [await inbox(company, name) for name in ("Dina", "Chen")]
    await service_answering.insist(chen, alignment, version=2, key="insist", reason="No.")
    await hear()

    assert countered == [[("TARGET_THROWN", "DONE")], [("TARGET_COUNTERED", "OPEN")]]
    assert await inbox(company, "Chen") == [("TARGET_COUNTERED", "DONE")]
    assert await inbox(company, "Dina") == [("TARGET_THROWN", "DONE"), ("TARGET_INSISTED", "OPEN")]


async def test_what_is_heard_late_asks_nobody(company: Company) -> None:
    alignment = await thrown(company)
    await service_answering.withdraw(company.actor("Chen"), alignment, version=1, key="withdraw")

    await hear()

    assert await inbox(company, "Dina") == [("ALIGNMENT_WITHDRAWN", "OPEN")]


async def test_an_accepted_slice_counts_above_once_it_is_promised(company: Company) -> None:
    top, key_result = await promised(company)
    await throw(company, key_result, receivers(company, Dina=40, Emil=60))
    both = await slices(company, key_result)
    for name, reached in (("Dina", 20), ("Emil", 60)):
        wish = throws.Wish(weight=50)
        objective, own = await accept(company, both[name], by=name, wish=wish)
        await throws.approve(company, objective, owner=name)
        await service_check_ins.check_in(company.actor(name), own, Decimal(reached), key=name)

    await hear()

    score = await company.organisation.value("select score from roll_up where objective_id = $1", top)
    assert score == Decimal("37.5")  # its own 0 weighs 100, 50 and 100 weigh 50 each
    assert await service_roll_up_proof.drift(company.tenant_id) == 0
