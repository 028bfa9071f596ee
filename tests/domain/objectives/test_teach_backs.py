"""An intent is inherited over agreed edges, said back by who serves it, and confirmed by the line."""

import pytest

from domain.kernel.errors import DomainError, InvalidInput, NotFound, NotPermitted
from domain.kernel.ids import new_id
from domain.objectives import service_teach_backs
from domain.objectives.errors import IntentMovedOn, ObjectiveNotActive, SayBackConfirmed, SayBackNotWaiting
from tests.domain.objectives import cascade_of_intent
from tests.domain.objectives import company as companies
from tests.domain.objectives.cascade_of_intent import LINE, Cascade
from tests.domain.objectives.company import Company
from tests.domain.strategy.maps import AGAIN, INTENT

EVERYBODY = list(LINE)


@pytest.fixture
async def cascade(company: Company) -> Cascade:
    return await cascade_of_intent.plant(company)


async def test_every_level_inherits_the_intent_and_nothing_is_said_at_first(cascade: Cascade) -> None:
    assert await cascade.levels() == {"Ada": 1, "Bo": 2, "Chen": 3, "Dina": 4, "Emil": 4}
    assert set((await cascade.states()).values()) == {"UNSAID"}
    assert await cascade.levels("F1") == {}


async def test_a_changed_intent_makes_all_four_levels_stale_until_they_say_it_back(cascade: Cascade) -> None:
    for owner in EVERYBODY:
        await cascade.settle(owner)
    assert set((await cascade.states()).values()) == {"CURRENT"}
    assert await cascade.fidelity() == (5, 5, 5, 5)

    await cascade.strategy.intend("C1", AGAIN)

    assert await cascade.states() == dict.fromkeys(EVERYBODY, "STALE")
    assert await cascade.fidelity() == (5, 5, 0, 0)
    climbed: list[int] = []
    for owner in EVERYBODY:
        await cascade.settle(owner)
        climbed.append((await cascade.fidelity())[3])
    assert climbed == [1, 2, 3, 4, 5]


async def test_a_chain_is_faithful_only_from_its_top(cascade: Cascade) -> None:
    for owner in ("Dina", "Chen"):
        await cascade.settle(owner)
    assert await cascade.fidelity() == (5, 5, 2, 0)

    await cascade.settle("Ada")
    await cascade.settle("Bo")

    assert await cascade.fidelity() == (5, 5, 4, 4)
    assert await cascade.fidelity("CREW") == (2, 2, 1, 1)


async def test_what_no_intent_reaches_is_neither_confirmed_nor_faithful(cascade: Cascade) -> None:
    await cascade.promise("Oskar")
    for owner in EVERYBODY:
        await cascade.settle(owner)

    assert await cascade.fidelity() == (6, 5, 5, 5)
    assert await cascade.fidelity("SIDE") == (1, 0, 0, 0)


async def test_who_inherits_two_intents_says_both_back(cascade: Cascade) -> None:
    await cascade.align("Bo", to="P1")
    for owner in EVERYBODY:
        await cascade.settle(owner)
    assert await cascade.states("P1") == {"Bo": "UNSAID", "Chen": "UNSAID", "Dina": "UNSAID", "Emil": "UNSAID"}
    assert await cascade.fidelity() == (5, 5, 1, 1)

    for owner in ("Bo", "Chen"):
        await cascade.settle(owner, code="P1")

    assert await cascade.fidelity() == (5, 5, 3, 3)


async def test_of_several_ways_up_one_that_is_confirmed_is_enough(cascade: Cascade) -> None:
    await cascade.align("Chen", to="Ada")
    for owner in ("Ada", "Chen", "Dina"):
        await cascade.settle(owner)

    assert (await cascade.levels())["Chen"] == 2
    assert await cascade.fidelity() == (5, 5, 3, 3)


@pytest.mark.parametrize(
    "state", ["DRAFT", "PROPOSED_DOWN", "PROPOSED_UP", "COUNTER_PROPOSED", "DECLINED", "WITHDRAWN"]
)
async def test_only_agreed_edges_carry_an_intent(company: Company, state: str) -> None:
    cascade = await cascade_of_intent.plant(company)
    await cascade.align("Bo", to="P1", state=state)

    assert await cascade.levels("P1") == {}


async def test_a_draft_inherits_nothing_and_what_is_over_is_passed_through(cascade: Cascade) -> None:
    await cascade.promise("Hugo", parent="Dina", state="SUBMITTED")
    await cascade.promise("Aron", parent="Hugo")
    await cascade.promise("Delia", parent="Emil", state="ACHIEVED")
    await cascade.promise("Oskar", parent="Delia")

    assert (await cascade.levels())["Oskar"] == 6
    assert {"Hugo", "Aron", "Delia"}.isdisjoint(await cascade.levels())


async def test_a_circle_ends_by_itself(cascade: Cascade) -> None:
    await cascade.align("Ada", to="Dina")
    for owner in EVERYBODY:
        await cascade.settle(owner)

    assert await cascade.levels() == {"Ada": 1, "Bo": 2, "Chen": 3, "Dina": 4, "Emil": 4}
    assert await cascade.fidelity() == (5, 5, 5, 5)


async def test_saying_returning_and_saying_again(cascade: Cascade) -> None:
    said = await cascade.say("Dina", "  We fly.  ")
    assert (await cascade.states())["Dina"] == "SAID"
    chen = cascade.company.actor("Chen")
    await service_teach_backs.give_back(chen, said, reason="And the guests?", key="back")
    assert (await cascade.states())["Dina"] == "RETURNED"

    await cascade.say("Dina", "Guests leave on time.")

    assert (await cascade.states())["Dina"] == "SAID"
    rows = await cascade.company.organisation.rows("select words, state, answer from teach_back order by id")
    assert [tuple(row) for row in rows] == [
        ("We fly.", "RETURNED", "And the guests?"),
        ("Guests leave on time.", "SAID", None),
    ]
    facts = await cascade.company.organisation.facts("IntentSaidBack", "SayBackReturned", "SayBackAccepted")
    assert [kind for kind, _ in facts] == ["IntentSaidBack", "SayBackReturned", "IntentSaidBack"]


async def test_what_is_said_anew_replaces_what_waits(cascade: Cascade) -> None:
    first = await cascade.say("Dina", "One.")
    second = await cascade.say("Dina", "Two.")

    with pytest.raises(SayBackNotWaiting):
        await service_teach_backs.confirm(cascade.company.actor("Chen"), first, key="late")
    await service_teach_backs.confirm(cascade.company.actor("Chen"), second, key="now")
    rows = await cascade.company.organisation.rows("select state from teach_back order by id")
    assert [row["state"] for row in rows] == ["REPLACED", "CONFIRMED"]


async def test_what_was_said_of_an_older_version_is_not_confirmed(cascade: Cascade) -> None:
    old, said = await cascade.intent(), await cascade.say("Dina")
    await cascade.strategy.intend("C1", AGAIN)

    with pytest.raises(IntentMovedOn):
        await service_teach_backs.confirm(cascade.company.actor("Chen"), said, key="late")
    with pytest.raises(IntentMovedOn):
        await service_teach_backs.say_back(
            cascade.company.actor("Dina"), cascade.objectives["Dina"], old, "Old words.", key="old"
        )
    assert (await cascade.states())["Dina"] == "STALE"


async def test_what_is_confirmed_is_not_said_again_until_the_intent_changes(cascade: Cascade) -> None:
    await cascade.settle("Dina")
    with pytest.raises(SayBackConfirmed):
        await cascade.say("Dina")
    await cascade.strategy.intend("C1", AGAIN)
    await cascade.strategy.intend("C1", INTENT)

    assert (await cascade.states())["Dina"] == "STALE"
    await cascade.settle("Dina")
    assert (await cascade.states())["Dina"] == "CURRENT"


async def test_only_a_promised_objective_says_an_intent_that_it_inherits(cascade: Cascade) -> None:
    await cascade.promise("Oskar")
    with pytest.raises(InvalidInput, match="does not serve"):
        await cascade.say("Oskar")
    await cascade.promise("Hugo", parent="Dina", state="SUBMITTED")
    with pytest.raises(ObjectiveNotActive):
        await cascade.say("Hugo")
    with pytest.raises(InvalidInput):
        await cascade.say("Dina", "   ")
    assert await cascade.company.organisation.count("teach_back") == 0


async def test_a_repeat_answers_as_the_first_time(cascade: Cascade) -> None:
    dina, chen, intent_id = cascade.company.actor("Dina"), cascade.company.actor("Chen"), await cascade.intent()
    said = {
        await service_teach_backs.say_back(dina, cascade.objectives["Dina"], intent_id, "Once.", key="say")
        for _ in range(2)
    }
    for _ in range(2):
        await service_teach_backs.confirm(chen, *said, key="confirm")

    assert await cascade.company.organisation.count("teach_back") == 1


TABLE = {
    "say": {"Dina"},
    "confirm": {"Chen", "Bo", "Ada", "Sofia"},
    "return": {"Chen", "Bo", "Ada", "Sofia"},
}
SEES = {"Dina", "Chen", "Bo", "Ada", "Hugo", "Sofia", "Partner"}
PEOPLE = ("Dina", "Emil", "Chen", "Bo", "Ada", "Hugo", "Sofia", "Aron", "Oskar", "Delia", "Partner", "Stranger")


@pytest.mark.parametrize("deed", TABLE)
async def test_each_may_do_exactly_what_the_table_says(cascade: Cascade, deed: str) -> None:
    said = await cascade.say("Dina")
    intent_id, found = await cascade.intent(), dict[str, str]()
    for name in PEOPLE:
        actor = cascade.company.actor(name)
        try:
            async with companies.trial(actor.tenant_id):
                if deed == "say":
                    await service_teach_backs.say_back(
                        actor, cascade.objectives["Dina"], intent_id, "Mine.", key=str(new_id())
                    )
                elif deed == "confirm":
                    await service_teach_backs.confirm(actor, said, key=str(new_id()))
                else:
                    await service_teach_backs.give_back(actor, said, reason="Why?", key=str(new_id()))
            found[name] = "done"
        except DomainError as refusal:
            found[name] = refusal.code

    expected = {
        name: "done" if name in TABLE[deed] else "not_permitted" if name in SEES else "not_found" for name in PEOPLE
    }
    assert found == expected


async def test_nobody_confirms_what_they_said_themselves(cascade: Cascade) -> None:
    await cascade.promise("Sofia", parent="Ada")
    said = await cascade.say("Sofia")

    with pytest.raises(NotPermitted):
        await service_teach_backs.confirm(cascade.company.actor("Sofia"), said, key="own")
    assert (await cascade.states())["Sofia"] == "SAID"


async def test_another_group_finds_nothing(cascade: Cascade) -> None:
    said, other = await cascade.say("Dina"), await companies.lay()

    for attempt in (
        service_teach_backs.say_back(
            other.actor("Dina"), cascade.objectives["Dina"], await cascade.intent(), "Mine.", key="a"
        ),
        service_teach_backs.confirm(other.actor("Sofia"), said, key="b"),
    ):
        with pytest.raises(NotFound):
            await attempt


async def test_whom_a_changed_intent_asks(cascade: Cascade) -> None:
    """Each owner once, with what stands nearest to the strategy, and who has said it back not at all."""
    first = cascade.objectives["Dina"]
    await cascade.promise("Dina", parent="Dina")
    await cascade.say("Chen")
    async with companies.begin(cascade.company.organisation.operator) as work:
        rows = await service_teach_backs.owners_to_ask(work.connection, await cascade.intent())

    assert len(rows) == 4
    assert {row["owner_id"]: row["objective_id"] for row in rows} == {
        cascade.company[name]: first if name == "Dina" else cascade.objectives[name]
        for name in ("Ada", "Bo", "Dina", "Emil")
    }
