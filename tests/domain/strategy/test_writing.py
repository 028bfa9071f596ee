"""A strategy is written as a draft, published as a version, and its parts live on by their codes."""

from dataclasses import replace
from decimal import Decimal
from uuid import UUID

import orjson
import pytest

from domain.kernel.actor import Actor, Role
from domain.kernel.errors import InvalidInput, NotFound, NotPermitted, StaleVersion
from domain.kernel.ids import new_id
from domain.strategy import content, service, service_intents, service_publishing
from domain.strategy.errors import NothingToPublish, StrategyIncomplete
from domain.strategy.terms import NewPerspective
from tests.domain.organisations import Organisation, found, furnish
from tests.domain.strategy.maps import AGAIN, INTENT, MAP, Written, link, objective, office, published, written

PARTS = ("theme", "long_term_goal", "strategic_objective", "causal_link", "waypoint", "intent", "strategy_version")


async def counts(organisation: Organisation) -> dict[str, int]:
    return {table: await organisation.count(table) for table in PARTS}


async def test_what_is_written_is_a_draft_and_nothing_else(organisation: Organisation) -> None:
    strategy = await written(organisation)

    kept = await organisation.value("select draft from strategy where id = $1", strategy.id)
    assert content.read(orjson.loads(str(kept))) == MAP
    assert set((await counts(organisation)).values()) == {0}
    assert await organisation.facts("StrategyDrafted") == [("StrategyDrafted", strategy.id)]


async def test_publishing_makes_rows_of_the_draft_and_keeps_a_version(organisation: Organisation) -> None:
    strategy = await published(organisation)

    assert await counts(organisation) == {
        "theme": 3,
        "long_term_goal": 1,
        "strategic_objective": 4,
        "causal_link": 3,
        "waypoint": 2,
        "intent": 4,
        "strategy_version": 1,
    }
    [row] = await organisation.rows("select * from strategy where id = $1", strategy.id)
    assert (row["mission"], row["published_version"], row["draft"], row["version"]) == (MAP.mission, 1, None, 2)
    [version] = await organisation.rows("select version, content, published_by_id from strategy_version")
    assert content.read(orjson.loads(version["content"])) == MAP
    assert (version["version"], version["published_by_id"]) == (1, organisation["Ada"])
    assert len(await organisation.facts("IntentChanged")) == 4


async def test_parts_live_on_by_their_codes_and_what_is_left_out_retires(organisation: Organisation) -> None:
    strategy = await published(organisation)
    before = await strategy.objective("C1")
    dropped = await strategy.objective("L1")
    other = objective("C1", "PROCESS", title="Renamed", theme="T1", intent=None)
    await strategy.write(
        replace(
            MAP,
            themes=MAP.themes[:2],
            goals=(),
            objectives=(MAP.objectives[0], other, objective("N1", "CUSTOMER"), objective("N2", "LEARNING")),
            links=(link("N1", "F1"),),
        )
    )
    await strategy.publish()

    assert await strategy.objective("C1") == before
    assert await strategy.codes("strategic_objective") == ["F1", "C1", "N1", "N2"]
    assert await strategy.codes("theme") == ["T1", "T2"]
    assert await strategy.codes("long_term_goal") == []
    assert await organisation.value("select retired_at from strategic_objective where id = $1", dropped)
    assert await organisation.value("select count(*) from causal_link where retired_at is null") == 1
    assert await organisation.value("select count(*) from intent where strategic_objective_id = $1", before) == 1


async def test_what_was_retired_comes_back_as_what_it_was(organisation: Organisation) -> None:
    strategy = await published(organisation)
    before = await strategy.objective("L1")
    smaller = replace(MAP, objectives=MAP.objectives[:3], links=(link("P1", "C1"),))
    await strategy.write(smaller)
    await strategy.publish(reason="Nobody is hired.")
    await strategy.write(MAP)
    await strategy.publish()

    assert await strategy.objective("L1") == before
    assert await strategy.codes("strategic_objective") == ["F1", "C1", "P1", "L1"]
    assert await organisation.value("select count(*) from causal_link where retired_at is null") == 3
    rows = await organisation.rows("select version, reason from strategy_version order by version")
    assert [tuple(row) for row in rows] == [(1, None), (2, "Nobody is hired."), (3, None)]


async def test_an_incomplete_map_is_not_published_and_nothing_is_written(organisation: Organisation) -> None:
    bare = replace(MAP, objectives=(objective("F1", "FINANCIAL", intent=None, theme="T1"),), links=())
    strategy = await written(organisation, bare)

    with pytest.raises(StrategyIncomplete) as refused:
        await strategy.publish(reason="Finance first.")

    assert refused.value.message == "The strategic objective F1 has no intent."
    assert set((await counts(organisation)).values()) == {0}
    assert await strategy.version() == 1


async def test_without_a_draft_there_is_nothing_to_publish(organisation: Organisation) -> None:
    strategy = await published(organisation)

    with pytest.raises(NothingToPublish):
        await strategy.publish()


async def test_an_intent_has_versions_that_stay_and_holds_at_once(organisation: Organisation) -> None:
    strategy = await published(organisation)
    intent_id = await strategy.intend("C1", AGAIN)

    rows = await organisation.rows(
        "select id, version, what_changes from intent where strategic_objective_id = $1 order by version",
        await strategy.objective("C1"),
    )
    assert [(row["version"], row["what_changes"]) for row in rows] == [
        (1, INTENT.what_changes),
        (2, AGAIN.what_changes),
    ]
    assert rows[-1]["id"] == intent_id
    assert await strategy.version() == 3
    assert len(await organisation.facts("IntentChanged")) == 5


async def test_a_draft_that_was_begun_before_does_not_bring_old_words_back(organisation: Organisation) -> None:
    strategy = await published(organisation)
    await strategy.write(MAP)
    await strategy.intend("C1", AGAIN)
    await strategy.publish()

    said = await organisation.value(
        "select what_changes from intent where strategic_objective_id = $1 order by version desc",
        await strategy.objective("C1"),
    )
    assert said == AGAIN.what_changes
    kept = await organisation.value("select content from strategy_version where version = 2")
    intents = {one.code: one.intent for one in content.read(orjson.loads(str(kept))).objectives}
    assert intents == {"F1": INTENT, "C1": AGAIN, "P1": INTENT, "L1": INTENT}


async def test_an_intent_that_says_the_same_or_of_what_is_retired_is_refused(organisation: Organisation) -> None:
    strategy = await published(organisation)
    with pytest.raises(InvalidInput):
        await strategy.intend("C1", INTENT)
    await strategy.write(replace(MAP, objectives=MAP.objectives[:3], links=()))
    await strategy.publish(reason="Nobody is hired.")

    with pytest.raises(InvalidInput, match="retired"):
        await strategy.intend("L1", AGAIN)


async def test_the_long_term_goal_stands_with_its_waypoints(organisation: Organisation) -> None:
    strategy = await published(organisation)
    await strategy.write(MAP)
    await strategy.publish()

    rows = await organisation.rows("select year, value from waypoint order by year")
    assert [tuple(row) for row in rows] == [(2026, Decimal(80)), (2028, Decimal("86.25"))]


async def test_a_unit_has_one_strategy_that_moves_on_by_versions(organisation: Organisation) -> None:
    strategy = await written(organisation)
    unit_id, keeper = organisation.units["GROUP"], office(organisation)

    for version in (0, 2):
        with pytest.raises(StaleVersion):
            await service.write_map(keeper, unit_id, MAP, version=version, key=str(new_id()))
    with pytest.raises(StaleVersion):
        await service_publishing.publish(keeper, strategy.id, version=7, key=str(new_id()))
    with pytest.raises(NotFound):
        await service.write_map(keeper, organisation.units["AIR"], MAP, version=1, key=str(new_id()))
    assert await organisation.count("strategy") == 1


async def test_a_repeat_answers_as_the_first_time(organisation: Organisation) -> None:
    keeper, unit_id = office(organisation), organisation.units["GROUP"]
    first = await service.write_map(keeper, unit_id, MAP, version=0, key="map")
    assert await service.write_map(keeper, unit_id, MAP, version=0, key="map") == first
    for _ in range(2):
        await service_publishing.publish(keeper, first, version=1, key="publish")
    objective_id = await Written(organisation, first).objective("C1")
    intents = {await service_intents.write(keeper, objective_id, AGAIN, version=2, key="intent") for _ in range(2)}

    assert len(intents) == 1
    assert await Written(organisation, first).version() == 3


async def test_the_owner_must_be_known_in_the_group(organisation: Organisation) -> None:
    stranger = replace(MAP, objectives=(objective("F1", "FINANCIAL", owner_id=new_id()),), links=())

    with pytest.raises(InvalidInput) as refused:
        await written(organisation, stranger)

    assert refused.value.field == "strategicObjectives.0.owner"


async def test_a_group_names_its_own_perspectives_and_keeps_them(organisation: Organisation) -> None:
    keeper = office(organisation)
    usual = await organisation.rows("select code from perspective")
    planet = NewPerspective(code="PLANET", name="Planet", name_zh="地球")
    finance = NewPerspective(code="FINANCIAL", name="Money")
    with pytest.raises(InvalidInput, match="CUSTOMER, LEARNING, PROCESS"):
        await service.write_perspectives(keeper, [planet, finance], key="few")
    rest = [NewPerspective(code=code, name=code) for code in ("CUSTOMER", "PROCESS", "LEARNING")]
    first = await service.write_perspectives(keeper, [planet, finance, *rest], key="all")

    rows = await organisation.rows("select id, code, name from perspective order by position")
    assert usual == []
    assert [row["code"] for row in rows] == ["PLANET", "FINANCIAL", "CUSTOMER", "PROCESS", "LEARNING"]
    assert (rows[0]["id"], rows[1]["name"]) == (first, "Money")


ROLES = [Role.EMPLOYEE, Role.MANAGER, Role.HR_PARTNER, Role.ADMINISTRATOR]


@pytest.mark.parametrize("role", ROLES)
async def test_only_the_strategy_office_writes_strategies(organisation: Organisation, role: Role) -> None:
    strategy = await published(organisation)
    await strategy.write(MAP)
    objective_id, actor = await strategy.objective("C1"), organisation.actor("Bo", role)
    version, unit_id = await strategy.version(), organisation.units["GROUP"]

    for attempt in (
        service.write_map(actor, unit_id, MAP, version=version, key="a"),
        service_publishing.publish(actor, strategy.id, version=version, key="b"),
        service_intents.write(actor, objective_id, AGAIN, version=version, key="c"),
        service.write_perspectives(actor, [NewPerspective(code="X", name="x")], key="d"),
    ):
        with pytest.raises(NotPermitted):
            await attempt
    assert await strategy.version() == version
    assert await organisation.value("select count(*) from receipt where key = any('{a,b,c,d}')") == 0


async def test_another_group_finds_nothing(organisation: Organisation) -> None:
    strategy = await published(organisation)
    other = await furnish(await found())
    stranger: Actor = office(other)
    objective_id: UUID = await strategy.objective("C1")

    for attempt in (
        service.write_map(stranger, organisation.units["GROUP"], MAP, version=2, key="a"),
        service_publishing.publish(stranger, strategy.id, version=2, key="b"),
        service_intents.write(stranger, objective_id, AGAIN, version=2, key="c"),
    ):
        with pytest.raises(NotFound):
            await attempt
    assert await other.count("strategy") == 0
