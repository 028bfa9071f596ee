"""Drafting and editing: what is stored, what is refused, and what stays untouched by a refusal."""

import asyncio
from dataclasses import replace
from decimal import Decimal
from uuid import UUID

import pytest

from domain.kernel.errors import InvalidInput, NotFound, NotPermitted, StaleVersion
from domain.kernel.ids import new_id
from domain.kernel.work import begin
from domain.objectives import rules, service, service_approvals, service_cycles, versions
from domain.objectives.errors import ObjectiveNotEditable
from domain.objectives.model import Objective
from domain.objectives.views import OBJECTIVE
from tests.domain.objectives.company import FEWER, GOAL, KEY_RESULT, Company, goal


async def stored_numbers(company: Company, objective_id: object) -> list[tuple[object, ...]]:
    rows = await company.organisation.rows(
        "select start, target, low, high from key_result where objective_id = $1 order by position", objective_id
    )
    return [tuple(row) for row in rows]


async def test_a_draft_belongs_to_who_writes_it_in_the_main_unit(company: Company) -> None:
    objective_id = await company.draft()

    [row] = await company.organisation.rows("select * from objective")
    assert (row["id"], row["owner_id"], row["state"], row["version"]) == (objective_id, company["Dina"], "DRAFT", 1)
    assert (row["unit_id"], row["cycle_id"]) == (company.organisation.units["CREW"], company.cycle_id)
    assert (row["progress"], row["submitted_at"], row["approved_at"]) == (None, None, None)
    assert await company.organisation.facts("ObjectiveDrafted") == [("ObjectiveDrafted", objective_id)]


async def test_the_newest_open_cycle_that_has_begun_is_taken(company: Company) -> None:
    objective_id = await service.draft(company.actor("Dina"), GOAL, key="k")

    assert (await company.organisation.value("select cycle_id from objective where id = $1", objective_id)) == (
        company.cycle_id
    )


@pytest.mark.parametrize(
    "number",
    ["0", "-0.5", "100000000", "123456789.25", "999999999999999999", "-1000000000000000000", "0.00000000000000000001"],
)
async def test_numbers_of_every_size_are_stored_exactly(shared: Company, number: str) -> None:
    start = Decimal(number)
    written = goal(key_results=(replace(KEY_RESULT, start=start, target=start + 1, weight=100),))

    objective_id = await shared.draft(written)

    assert await stored_numbers(shared, objective_id) == [(start, start + 1, None, None)]


async def test_the_hash_of_a_draft_is_that_of_what_is_stored(company: Company) -> None:
    written = goal(
        title="  Leave on time ", key_results=(replace(KEY_RESULT, title=" On time ", start=Decimal("7E+1")),)
    )

    objective_id = await company.draft(replace(written, key_results=(*written.key_results, FEWER)))
    drafted = await company.organisation.value("select version_hash from objective where id = $1", objective_id)
    await company.submit(objective_id)

    [row] = await company.organisation.rows("select title, version_hash from objective where id = $1", objective_id)
    titles = await company.organisation.rows("select title from key_result order by position")
    assert (row["title"], [one["title"] for one in titles]) == ("Leave on time", ["On time", "Complaints"])
    assert row["version_hash"] == drafted


async def test_an_edit_replaces_the_whole_content(company: Company) -> None:
    objective_id = await company.draft()
    first, second = await company.key_results(objective_id)
    turned = goal(
        title="Leave early",
        why="Guests wait",
        weight=30,
        key_results=(replace(FEWER, id=second, weight=50), replace(KEY_RESULT, title="New", weight=50)),
    )

    await service.edit(company.actor("Dina"), objective_id, turned, version=1, key="edit")

    [row] = await company.organisation.rows("select title, why, weight, version, state, version_hash from objective")
    stored = await company.organisation.rows("select id, title, weight, position from key_result order by position")
    identified = replace(
        turned, key_results=(turned.key_results[0], replace(turned.key_results[1], id=stored[1]["id"]))
    )
    assert tuple(row)[:5] == ("Leave early", "Guests wait", 30, 2, "DRAFT")
    assert row["version_hash"] == versions.version_hash(versions.content(identified))
    assert [tuple(one)[1:] for one in stored] == [("Complaints", 50, 1), ("New", 50, 2)]
    assert stored[0]["id"] == second
    assert stored[1]["id"] != first


async def test_only_one_of_two_edits_of_the_same_version_is_taken(company: Company) -> None:
    objective_id = await company.draft()
    dina = company.actor("Dina")

    answers = await asyncio.gather(
        *(
            service.edit(dina, objective_id, goal(title=title), version=1, key=title)
            for title in ("One", "Two", "Three", "Four")
        ),
        return_exceptions=True,
    )

    assert [type(one) for one in answers].count(StaleVersion) == 3
    assert await company.version(objective_id) == 2
    assert await company.organisation.facts("ObjectiveEdited") == [("ObjectiveEdited", objective_id)]


async def test_of_a_submission_and_an_edit_at_once_one_is_stale(company: Company) -> None:
    objective_id = await company.draft()
    dina = company.actor("Dina")

    answers = await asyncio.gather(
        service.edit(dina, objective_id, goal(title="Edited"), version=1, key="edit"),
        service_approvals.submit(dina, objective_id, version=1, key="submit"),
        return_exceptions=True,
    )

    won = [one for one in answers if one == objective_id]
    lost = [one for one in answers if isinstance(one, StaleVersion)]
    assert (len(won), len(lost)) == (1, 1)
    assert await company.version(objective_id) == 2


async def test_what_is_under_review_cannot_be_edited(company: Company) -> None:
    objective_id = await company.submitted()
    before = await company.everything()

    with pytest.raises(ObjectiveNotEditable):
        await service.edit(company.actor("Dina"), objective_id, goal(title="Late"), version=2, key="edit")

    assert await company.everything() == before


async def test_a_parent_must_be_seen(company: Company) -> None:
    hidden = await company.draft(owner="Emil")
    before = await company.everything()

    with pytest.raises(NotFound):
        await company.draft(goal(parent_id=hidden))
    with pytest.raises(NotFound):
        await company.draft(goal(parent_id=new_id()))

    assert await company.everything() == before


async def test_an_objective_does_not_serve_itself(company: Company) -> None:
    objective_id = await company.draft()

    with pytest.raises(InvalidInput) as refused:
        await service.edit(company.actor("Dina"), objective_id, goal(parent_id=objective_id), version=1, key="edit")

    assert refused.value.field == "parent"


async def test_objectives_do_not_serve_one_another_in_a_circle(company: Company) -> None:
    upper = await company.draft()
    middle = await company.draft(goal(parent_id=upper))
    lower = await company.draft(goal(parent_id=middle))
    before = await company.everything()

    with pytest.raises(InvalidInput) as refused:
        await service.edit(company.actor("Dina"), upper, goal(parent_id=lower), version=1, key="edit")

    assert refused.value.field == "parent"
    assert await company.everything() == before


async def line(company: Company, levels: int) -> list[UUID]:
    """Drafts that serve each other in a line, the top first."""
    made = [await company.draft()]
    for _ in range(levels - 1):
        made.append(await company.draft(goal(parent_id=made[-1])))
    return made


async def test_objectives_serve_each_other_over_32_levels_at_most(company: Company) -> None:
    *_, lowest = await line(company, rules.LEVELS_MAX)
    upper, lower = await line(company, 2)
    *_, middle = await line(company, rules.LEVELS_MAX - 1)
    dina, before = company.actor("Dina"), await company.organisation.count("objective")

    with pytest.raises(InvalidInput, match="at most 32 levels"):
        await company.draft(goal(parent_id=lowest))
    with pytest.raises(InvalidInput, match="at most 32 levels"):
        await service.edit(dina, upper, goal(parent_id=middle), version=1, key="two below")

    assert await company.organisation.count("objective") == before
    await service.edit(dina, lower, goal(parent_id=middle), version=1, key="itself alone")
    assert await company.organisation.value("select parent_id from objective where id = $1", lower) == middle


async def test_an_objective_that_is_being_edited_may_be_served_meanwhile(company: Company) -> None:
    mine, above = await company.draft(), await company.draft()
    is_held, is_linked = asyncio.Event(), asyncio.Event()

    async def hold() -> None:
        async with begin(company.actor("Dina")) as work:
            await work.lock(OBJECTIVE, Objective, above)
            is_held.set()
            await is_linked.wait()

    async def link() -> None:
        await is_held.wait()
        async with asyncio.timeout(10):
            await service.edit(company.actor("Dina"), mine, goal(parent_id=above), version=1, key="link")

    holding, linking = asyncio.create_task(hold()), asyncio.create_task(link())
    try:
        await linking
    finally:
        is_linked.set()
        await holding

    assert await company.version(mine) == 2


async def test_a_taken_id_is_refused_and_tells_nothing(company: Company) -> None:
    taken = await company.draft(owner="Emil")
    before = await company.everything()

    with pytest.raises(InvalidInput) as refused:
        await service.draft(company.actor("Dina"), GOAL, key="k", objective_id=taken)

    assert refused.value.field == "id"
    assert await company.everything() == before


async def test_a_client_made_id_is_kept(company: Company) -> None:
    wanted, key_result = new_id(), new_id()
    written = goal(key_results=(replace(KEY_RESULT, id=key_result, weight=100),))

    objective_id = await service.draft(company.actor("Dina"), written, key="k", objective_id=wanted)

    assert objective_id == wanted
    assert await company.key_results(objective_id) == [key_result]


async def test_a_key_result_of_somebody_else_cannot_be_taken_over(company: Company) -> None:
    [theirs, _] = await company.key_results(await company.draft(owner="Emil"))
    before = await company.everything()

    with pytest.raises(InvalidInput) as refused:
        await company.draft(goal(key_results=(replace(KEY_RESULT, id=theirs, weight=100),)))

    assert refused.value.field == "keyResults.0"
    assert await company.everything() == before


async def test_an_unknown_measure_is_refused_at_its_key_result(company: Company) -> None:
    with pytest.raises(InvalidInput) as refused:
        await company.draft(goal(key_results=(KEY_RESULT, replace(FEWER, measure_id=new_id()))))

    assert refused.value.field == "keyResults.1"


async def test_a_unit_of_others_is_refused(company: Company) -> None:
    with pytest.raises(InvalidInput) as refused:
        await service.draft(company.actor("Dina"), GOAL, key="k", unit_id=company.organisation.units["SIDE"])

    assert refused.value.field == "unit"


async def test_a_closed_cycle_takes_no_new_objective(company: Company) -> None:
    await service_cycles.close_cycle(company.actor("Sofia"), company.cycle_id)

    with pytest.raises(InvalidInput) as refused:
        await company.draft()

    assert refused.value.field == "cycle"


async def test_a_draft_at_the_moment_of_closing_is_archived_or_refused(company: Company) -> None:
    drafts = [company.draft(goal(title=str(number))) for number in range(6)]
    closing = service_cycles.close_cycle(company.actor("Sofia"), company.cycle_id)

    await asyncio.gather(*drafts[:3], closing, *drafts[3:], return_exceptions=True)

    assert await company.organisation.rows("select state from objective where state <> 'ARCHIVED'") == []


async def test_a_client_owns_no_objective(company: Company) -> None:
    with pytest.raises(NotPermitted):
        await service.draft(company.partner, GOAL, key="k")

    assert await company.organisation.count("objective") == 0
    assert await company.organisation.count("receipt") == 0


async def test_an_objective_is_not_lost_between_two_tenants_with_one_id(company: Company, shared: Company) -> None:
    wanted = new_id()

    for here in (company, shared):
        await service.draft(here.actor("Dina"), goal(title=str(here.tenant_id)), key="one", objective_id=wanted)

    for here in (company, shared):
        assert await here.organisation.value("select title from objective where id = $1", wanted) == str(here.tenant_id)
