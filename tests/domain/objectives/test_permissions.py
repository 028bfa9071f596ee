"""Who may do what with an objective: every use case by everybody in every state, and what a refusal leaves behind."""

from collections.abc import AsyncGenerator
from uuid import UUID

import pytest

from domain.kernel import clock, database, views
from domain.kernel.errors import DomainError
from domain.kernel.permits import Action
from domain.objectives.terms import Audience, ObjectiveState
from domain.objectives.views import FACTS, OBJECTIVE, VIEWER_CAN
from tests.domain.objectives.company import NOON, Company
from tests.domain.objectives.stages import ATTEMPTS, PEOPLE, outcome, reach

OWNER, APPROVERS = {"Dina"}, {"Chen", "Delia"}
SEES_REQUEST = {"Dina", "Chen", "Bo", "Ada", "Delia", "Hugo", "Sofia", "Partner"}
TABLE = {
    # action: the state in which it is tried, who may, who sees it; to all others it does not exist
    Action.EDIT: ("DRAFT", OWNER, OWNER),
    Action.SUBMIT: ("DRAFT", OWNER, OWNER),
    Action.WITHDRAW: ("SUBMITTED", OWNER, SEES_REQUEST),
    Action.APPROVE: ("SUBMITTED", APPROVERS, SEES_REQUEST),
    Action.DECLINE: ("SUBMITTED", APPROVERS, SEES_REQUEST),
    Action.REQUEST_INFORMATION: ("SUBMITTED", APPROVERS, SEES_REQUEST),
    Action.CHECK_IN: ("ACTIVE", OWNER, SEES_REQUEST),
}
Stages = dict[tuple[str, str], UUID]


@pytest.fixture(scope="module")
async def stages(shared: Company) -> AsyncGenerator[Stages]:
    """An objective of Dina's in every state for every audience."""
    with clock.frozen(NOON):
        yield {
            (state, audience): await reach(shared, state, audience) for state in ObjectiveState for audience in Audience
        }


@pytest.mark.parametrize("name", PEOPLE)
@pytest.mark.parametrize("action", TABLE)
async def test_each_may_do_exactly_what_the_table_says(
    shared: Company, stages: Stages, action: Action, name: str
) -> None:
    state, may, sees = TABLE[action]

    found = await outcome(shared, name, action, stages[state, "CHAIN"])

    assert found == ("done" if name in may else "not_permitted" if name in sees else "not_found")


def test_every_use_case_stands_in_the_table() -> None:
    assert TABLE.keys() == ATTEMPTS.keys()


@pytest.mark.parametrize("action", TABLE)
async def test_a_refusal_leaves_nothing_behind(shared: Company, stages: Stages, action: Action) -> None:
    state, may, _ = TABLE[action]
    before = await shared.everything()

    for name in sorted(set(PEOPLE) - may):
        with pytest.raises(DomainError):
            await ATTEMPTS[action](shared, shared.actor(name), stages[state, "CHAIN"])

    assert await shared.everything() == before


def sees(name: str, state: str, audience: str) -> bool:
    """The rule in plain words: a draft is its owner's; the rest is the line's; a promise also its audience's."""
    if name == "Stranger":
        return False
    if name == "Dina":
        return True
    if state == "DRAFT":
        return False
    if name in SEES_REQUEST:
        return True
    was_promised = state in {"ACTIVE", "ACHIEVED", "MISSED", "CANCELLED", "ARCHIVED"}
    return was_promised and (audience == "GROUP" or (audience == "UNIT" and name == "Emil"))


@pytest.mark.parametrize("name", PEOPLE)
async def test_each_sees_exactly_what_is_shared_with_them(shared: Company, stages: Stages, name: str) -> None:
    seen = {key: await _is_visible(shared, name, objective_id) for key, objective_id in stages.items()}

    assert seen == {(state, audience): sees(name, state, audience) for state, audience in stages}


async def _is_visible(company: Company, name: str, objective_id: UUID) -> bool:
    actor = company.actor(name)
    sql, values = views.visible_row(OBJECTIVE, objective_id, actor)
    with database.tenant(actor.tenant_id):
        async with database.connection() as connection:
            return await connection.fetchval(sql, *values) is not None


@pytest.mark.parametrize("name", PEOPLE)
async def test_viewer_can_is_what_the_use_cases_then_allow(shared: Company, stages: Stages, name: str) -> None:
    shown: dict[tuple[str, str], set[str]] = {}
    allowed: dict[tuple[str, str], set[str]] = {}
    for state in ObjectiveState:
        objective_id = stages[state, "CHAIN"]
        for action in ATTEMPTS:
            if await outcome(shared, name, action, objective_id) == "done":
                allowed.setdefault((name, state), set()).add(action)
        if can := await _viewer_can(shared, name, objective_id):
            shown[name, state] = can

    assert shown == allowed


async def _viewer_can(company: Company, name: str, objective_id: UUID) -> set[str]:
    actor, slots = company.actor(name), views.Slots(FACTS, row="o")
    sql = f"select {VIEWER_CAN.format_map(slots)} from objective o where o.id = '{objective_id}'"
    with database.tenant(actor.tenant_id):
        async with database.connection() as connection:
            return set(await connection.fetchval(sql, *slots.values_for(actor)) or ())


async def test_what_was_never_submitted_stays_its_owners_when_its_cycle_is_archived(company: Company) -> None:
    never = await company.draft()
    withdrawn = await company.submitted()
    await ATTEMPTS[Action.WITHDRAW](company, company.actor("Dina"), withdrawn)
    rewritten = await company.submitted()
    await ATTEMPTS[Action.DECLINE](company, company.actor("Chen"), rewritten)
    await ATTEMPTS[Action.EDIT](company, company.actor("Dina"), rewritten)
    asked = await company.submitted()

    await company.close()

    for objective_id in (never, withdrawn, rewritten, asked):
        assert await company.state(objective_id) == "ARCHIVED"
        seen = {name for name in PEOPLE if await _is_visible(company, name, objective_id)}
        assert seen == (SEES_REQUEST if objective_id == asked else {"Dina"})
