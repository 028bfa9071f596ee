"""A promise between units from its proposal to the receiver's word: who may do what, and what is written."""

from datetime import date, timedelta

import pytest

from domain.kernel import clock
from domain.kernel.errors import InvalidInput, NotFound, NotPermitted, StaleVersion
from domain.kernel.ids import new_id
from domain.people.service_moves import Move, move_person
from domain.transmission.interlocks import rules, service, service_proposing
from domain.transmission.interlocks.errors import InterlockOverdue, InterlockSettled, NotTheirUnit
from domain.transmission.interlocks.rules import Standing
from domain.transmission.interlocks.terms import InterlockSide, InterlockStatus, NewInterlock, Party, Terms
from tests.domain.objectives import company as companies
from tests.domain.objectives.company import goal
from tests.domain.transmission.interlocks.promising import DUE, TERMS, Ground

EVERYBODY = ("Ada", "Bo", "Chen", "Dina", "Emil", "Hugo", "Sofia", "Aron", "Oskar", "Delia")
ACTS = ("amend", "confirm", "decline", "deliver", "accept", "reject", "withdraw")
MAY = {
    "PROPOSED": {"amend": {"Oskar"}, "confirm": {"Dina"}, "decline": {"Dina"}, "withdraw": {"Oskar"}},
    "CONFIRMED": {"deliver": {"Dina"}, "withdraw": {"Oskar"}},
    "DELIVERED": {"accept": {"Oskar"}, "reject": {"Oskar"}},
    "ACCEPTED": {},
    "REJECTED": {"deliver": {"Dina"}, "withdraw": {"Oskar"}},
    "DECLINED": {},
    "WITHDRAWN": {},
}
"""Of a promise that Oskar, who receives, proposed to Dina."""
SEES = {"Ada", "Bo", "Chen", "Dina", "Hugo", "Sofia", "Oskar"}


async def test_from_the_proposal_to_a_promise_that_was_kept(ground: Ground) -> None:
    found = await ground.propose()
    steps = [("confirm", "Dina"), ("deliver", "Dina"), ("reject", "Oskar"), ("deliver", "Dina"), ("accept", "Oskar")]
    stood = [await ground.status(found)]
    for act, by in steps:
        await ground.do(act, found, by)
        stood.append(await ground.status(found))

    assert stood == ["PROPOSED", "CONFIRMED", "DELIVERED", "REJECTED", "DELIVERED", "ACCEPTED"]
    assert await ground.outcome(found) == "KEPT"
    rows = await ground.company.organisation.rows("select kind, status, words, by_id from interlock_step order by id")
    dina, oskar = ground.company["Dina"], ground.company["Oskar"]
    assert [tuple(row) for row in rows] == [
        ("PROPOSED", "PROPOSED", None, oskar),
        ("CONFIRMED", "CONFIRMED", None, dina),
        ("DELIVERED", "DELIVERED", "So.", dina),
        ("REJECTED", "REJECTED", "So.", oskar),
        ("DELIVERED", "DELIVERED", "So.", dina),
        ("ACCEPTED", "ACCEPTED", "So.", oskar),
    ]
    facts = await ground.company.organisation.rows("select kind, hearers from journal where subject_type = 'interlock'")
    assert [row["kind"] for row in facts] == [
        "InterlockProposed",
        "InterlockConfirmed",
        "InterlockDelivered",
        "InterlockRejected",
        "InterlockDelivered",
        "InterlockAccepted",
    ]
    assert {tuple(row["hearers"]) for row in facts} == {(dina, oskar)}
    assert (await ground.value("deliveries", found), await ground.value("version", found)) == (2, 6)


async def test_who_proposes_for_others_has_both_confirm(ground: Ground) -> None:
    found = await ground.propose(by="Chen")

    await ground.do("confirm", found, "Oskar")
    assert await ground.status(found) == "PROPOSED"
    await ground.do("confirm", found, "Dina")

    assert await ground.status(found) == "CONFIRMED"


@pytest.mark.parametrize("name", EVERYBODY)
async def test_who_may_propose(ground: Ground, name: str) -> None:
    """Both sides, who manages one of them, and the strategy office."""
    if name in {"Dina", "Oskar", "Chen", "Bo", "Ada", "Sofia"}:
        await ground.propose(by=name)
        return
    before = await ground.everything()

    with pytest.raises(NotPermitted):
        await ground.propose(by=name)

    assert await ground.everything() == before


@pytest.mark.parametrize("status", MAY)
async def test_everybody_can_do_what_they_are_offered_and_nothing_else(ground: Ground, status: str) -> None:
    met: dict[str, set[str]] = {}
    for name in EVERYBODY:
        found = await ground.reach(status)
        offered = await ground.can(found, name)
        assert (offered is not None) == (name in SEES)
        for act in ACTS:
            if act.upper() in (offered or []):
                await ground.do(act, found, name)
                met.setdefault(act, set()).add(name)
                found = await ground.reach(status)
                continue
            before = await ground.everything()
            with pytest.raises((NotPermitted, InterlockSettled) if name in SEES else NotFound):
                await ground.do(act, found, name)
            assert await ground.everything() == before

    assert met == MAY[status]


async def test_an_amended_proposal_is_confirmed_anew(ground: Ground) -> None:
    found = await ground.propose(by="Chen")
    await ground.do("confirm", found, "Oskar")

    await ground.do("amend", found, "Chen")

    assert await ground.value("receiver_confirmed_at", found) is None
    assert await ground.value("output", found) == "Other"
    await ground.do("confirm", found, "Dina")
    assert await ground.status(found) == "PROPOSED"


@pytest.mark.parametrize(("days", "outcome"), [(10, "KEPT"), (11, "BROKEN")])
async def test_the_day_of_the_delivery_decides_and_not_that_of_the_answer(
    ground: Ground, days: int, outcome: str
) -> None:
    found = await ground.reach("CONFIRMED")
    clock.advance(timedelta(days=days))
    await ground.do("deliver", found, "Dina")
    clock.advance(timedelta(days=30))

    await ground.do("accept", found, "Oskar")

    assert await ground.outcome(found) == outcome


async def test_a_promise_that_was_missed_cannot_be_withdrawn(ground: Ground) -> None:
    found = await ground.reach("CONFIRMED")
    clock.advance(timedelta(days=11))
    before = await ground.everything()

    with pytest.raises(InterlockOverdue):
        await ground.do("withdraw", found, "Oskar")

    assert await ground.everything() == before
    assert "WITHDRAW" not in (await ground.can(found, "Oskar") or [])
    assert await ground.outcome(found) == "BROKEN"


@pytest.mark.parametrize("status", sorted(InterlockStatus))
async def test_the_views_tell_the_same_outcome_as_the_rules(ground: Ground, status: str) -> None:
    found = await ground.reach(status)
    for days in (0, 10, 1):
        clock.advance(timedelta(days=days))
        delivered_on = await ground.value("delivered_on", found)
        assert delivered_on is None or isinstance(delivered_on, date)
        standing = Standing(
            status=InterlockStatus(status), is_confirmed_by_both=True, due_on=DUE, delivered_on=delivered_on
        )

        assert await ground.outcome(found) == rules.outcome(standing, today=companies.today())


async def test_a_former_manager_neither_sees_it_nor_hands_it_over(ground: Ground) -> None:
    found = await ground.reach("CONFIRMED")
    organisation = ground.company.organisation
    assert await ground.can(found, "Chen") == ["HAND_OVER"]
    people, units = organisation.persons, organisation.units
    move = Move(person_id=people["Dina"], on=companies.today(), unit_id=units["SIDE"], manager_id=people["Delia"])

    await move_person(organisation.operator, move)

    assert [await ground.can(found, name) for name in ("Chen", "Bo", "Delia")] == [None, None, ["HAND_OVER"]]
    with pytest.raises(NotFound):
        await ground.hand_over(found, InterlockSide.PROVIDER, "Emil", by="Chen")
    await ground.hand_over(found, InterlockSide.PROVIDER, "Emil", by="Delia")


async def test_who_proposed_for_others_sees_no_more_of_it_once_it_holds(ground: Ground) -> None:
    found = await ground.propose(by="Chen")
    organisation = ground.company.organisation
    people = organisation.persons
    move = Move(
        person_id=people["Dina"],
        on=companies.today(),
        unit_id=organisation.units["SIDE"],
        manager_id=people["Delia"],
    )
    await move_person(organisation.operator, move)
    assert await ground.can(found, "Chen") == ["AMEND", "WITHDRAW"]

    await ground.do("confirm", found, "Oskar")
    await ground.do("confirm", found, "Dina")

    assert await ground.can(found, "Chen") is None
    await ground.do("withdraw", found, "Oskar")

    assert await ground.can(found, "Chen") is None
    facts = await organisation.rows("select kind from journal where $1 = any(hearers) order by id", people["Chen"])
    assert [row["kind"] for row in facts if row["kind"].startswith("Interlock")] == [
        "InterlockProposed",
        "InterlockConfirmed",
    ]


@pytest.mark.parametrize(
    ("side", "by", "permitted"),
    [
        (InterlockSide.PROVIDER, "Chen", True),
        (InterlockSide.RECEIVER, "Chen", False),
        (InterlockSide.RECEIVER, "Ada", True),
        (InterlockSide.RECEIVER, "Sofia", True),
        (InterlockSide.PROVIDER, "Dina", False),
        (InterlockSide.PROVIDER, "Hugo", False),
    ],
)
async def test_a_side_is_handed_over_by_whoever_manages_it(
    ground: Ground,
    side: InterlockSide,
    by: str,
    permitted: bool,  # noqa: FBT001 - a column of the table
) -> None:
    found = await ground.reach("DELIVERED")
    if not permitted:
        with pytest.raises(NotPermitted):
            await ground.hand_over(found, side, "Emil", by=by)
        return

    await ground.hand_over(found, side, "Emil", by=by)

    assert await ground.value(f"{side.lower()}_id", found) == ground.company["Emil"]
    assert await ground.value(f"{side.lower()}_unit_id", found) == ground.company.organisation.units["CREW"]
    assert await ground.status(found) == "DELIVERED"


async def test_who_takes_over_a_proposal_confirms_it_themselves(ground: Ground) -> None:
    found = await ground.propose()

    await ground.hand_over(found, InterlockSide.RECEIVER, "Delia", by="Ada")

    await ground.do("confirm", found, "Dina")
    assert await ground.status(found) == "PROPOSED"
    await ground.do("confirm", found, "Delia")
    assert await ground.status(found) == "CONFIRMED"


@pytest.mark.parametrize(("side", "to"), [(InterlockSide.RECEIVER, "Dina"), (InterlockSide.PROVIDER, "Oskar")])
async def test_nobody_stands_for_both_sides(ground: Ground, side: InterlockSide, to: str) -> None:
    found = await ground.reach("CONFIRMED")

    with pytest.raises(InvalidInput) as refused:
        await ground.hand_over(found, side, to, by="Sofia")

    assert refused.value.field == "to"


async def test_nobody_judges_what_they_delivered(ground: Ground) -> None:
    found = await ground.reach("DELIVERED")
    await ground.hand_over(found, InterlockSide.PROVIDER, "Emil", by="Chen")

    with pytest.raises(InvalidInput, match="judge"):
        await ground.hand_over(found, InterlockSide.RECEIVER, "Dina", by="Sofia")


async def test_another_group_sees_and_does_nothing(ground: Ground) -> None:
    found = await ground.reach("DELIVERED")
    other = await companies.lay()

    with pytest.raises(NotFound):
        await service.accept(other.actor("Oskar"), found, version=3, key="k")
    new = NewInterlock(
        cycle_id=other.cycle_id,
        provider=Party(person_id=ground.company["Dina"]),
        receiver=Party(person_id=other["Oskar"]),
        terms=TERMS,
    )
    with pytest.raises(InvalidInput) as refused:
        await service_proposing.propose(other.actor("Oskar"), new, key="k")
    assert refused.value.field == "provider"


async def test_a_repeat_with_the_same_key_changes_nothing_more(ground: Ground) -> None:
    company, found = ground.company, await ground.reach("CONFIRMED")
    dina, oskar = company.actor("Dina"), company.actor("Oskar")
    new = NewInterlock(
        cycle_id=company.cycle_id,
        provider=Party(person_id=company["Dina"]),
        receiver=Party(person_id=company["Oskar"]),
        terms=TERMS,
    )
    first = await service_proposing.propose(oskar, new, key="p")
    await service.deliver(dina, found, version=2, key="d", words="There.")
    await service.reject(oskar, found, version=3, key="r", reason="No.")
    before = await ground.everything()

    assert await service_proposing.propose(oskar, new, key="p") == first
    assert await service.deliver(dina, found, version=2, key="d", words="There.") == found
    assert await service.reject(oskar, found, version=3, key="r", reason="No.") == found

    assert await ground.everything() == before


async def test_a_version_that_moved_on_is_told(ground: Ground) -> None:
    found = await ground.reach("CONFIRMED")
    before = await ground.everything()

    with pytest.raises(StaleVersion):
        await service.deliver(ground.company.actor("Dina"), found, version=1, key="d")

    assert await ground.everything() == before


@pytest.mark.parametrize("act", ["decline", "reject", "withdraw"])
async def test_a_no_has_a_reason(ground: Ground, act: str) -> None:
    found = await ground.reach("DELIVERED" if act == "reject" else "PROPOSED")

    with pytest.raises(InvalidInput) as refused:
        await ground.do(act, found, "Dina" if act == "decline" else "Oskar", words=" ")

    assert refused.value.field == "reason"


@pytest.mark.parametrize("due_on", [date(2026, 6, 9), date(2027, 1, 1)])
async def test_it_is_due_in_its_cycle_and_not_in_the_past(ground: Ground, due_on: date) -> None:
    with pytest.raises(InvalidInput) as refused:
        await ground.propose(terms=Terms(output="O", criteria="C", due_on=due_on))

    assert refused.value.field == "dueOn"


async def test_nobody_promises_to_themselves_or_for_a_unit_of_others(ground: Ground) -> None:
    company = ground.company
    with pytest.raises(InvalidInput):
        await ground.propose(receiver="Dina", by="Dina")

    def of(unit: str) -> NewInterlock:
        unit_id = company.organisation.units[unit]
        return NewInterlock(
            cycle_id=company.cycle_id,
            provider=Party(person_id=company["Chen"], unit_id=unit_id),
            receiver=Party(person_id=company["Oskar"]),
            terms=TERMS,
        )

    for unit in ("AIR", "SIDE"):
        with pytest.raises(NotTheirUnit):
            await service_proposing.propose(company.actor("Chen"), of(unit), key=str(new_id()))
    found = await service_proposing.propose(company.actor("Chen"), of("CREW"), key=str(new_id()))
    assert await ground.value("provider_unit_id", found) == company.organisation.units["CREW"]


async def test_an_objective_that_is_named_must_be_seen(ground: Ground) -> None:
    draft = await ground.company.draft(goal(title="Mine alone"))

    with pytest.raises(NotFound):
        await ground.propose(objective_id=draft)

    assert await ground.propose(by="Dina", objective_id=draft)


async def test_nothing_is_promised_in_a_closed_cycle(ground: Ground) -> None:
    await ground.company.close()

    with pytest.raises(InvalidInput) as refused:
        await ground.propose()

    assert refused.value.field == "cycle"
