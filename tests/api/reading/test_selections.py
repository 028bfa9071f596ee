"""Selections: aliases, fragments, directives, variables, nodes of every type, odd characters, big numbers."""

from typing import cast

import pytest

from tests.api.reading.desk import Desk, statements
from tests.api.reading.world import HUGE, ODD_TITLE

NODES = {
    "objective ACTIVE": "Objective",
    "key_result 0": "KeyResult",
    "check_in 0": "CheckIn",
    "approval 0": "Approval",
    "cycle": "Cycle",
    "person Chen": "Person",
    "unit CREW": "Unit",
    "position 0": "Position",
    "employment 0": "Employment",
    "delegation 0": "Delegation",
    "measure 0": "Measure",
    "actual 0": "Actual",
    "adjustment 0": "Adjustment",
    "objective session": "Session",
    "alignment 2 COUNTER_PROPOSED": "Alignment",
    "annual_plan 0": "AnnualPlan",
    "assumption 0": "Assumption",
    "scorecard_perspective 0": "CardPerspective",
    "causal_link 0": "CausalLink",
    "contribution 0": "Contribution",
    "statement proposed": "ContributionStatement",
    "derivation 0": "Derivation",
    "exceed_test 0": "ExceedTest",
    "initiative 0": "Initiative",
    "intent of C1": "Intent",
    "investment 0": "Investment",
    "item_score 0": "ItemScore",
    "long_term_goal 0": "LongTermGoal",
    "mode AIR": "Mode",
    "mode_factor 0": "ModeFactor",
    "fit AIR": "ModeFit",
    "mode_setting 0": "ModeSetting",
    "perspective 0": "Perspective",
    "plan_line 0": "PlanLine",
    "plan_total 0": "PlanTotal",
    "position_kpi 0": "PositionKpi",
    "ratchet_policy 0": "RatchetPolicy",
    "revision_flag 0": "RevisionFlag",
    "score 0": "Score",
    "scorecard AIR": "Scorecard",
    "scorecard_extra 0": "ScorecardExtra",
    "scorecard_item 0": "ScorecardItem",
    "scoring_policy 0": "ScoringPolicy",
    "strategic objective P1": "StrategicObjective",
    "strategy of GROUP": "Strategy",
    "strategy_version 0": "StrategyVersion",
    "target_adjustment 0": "TargetAdjustment",
    "exemption waiting": "TargetExemption",
    "teach-back that waits": "TeachBack",
    "theme 0": "Theme",
    "waypoint 0": "Waypoint",
    "cascade health AIR": "CascadeHealth",
    "company_value 0": "CompanyValue",
    "feedback report waits": "FeedbackReport",
    "feedback request waits": "FeedbackRequest",
    "feedback_thread 0": "FeedbackThread",
    "feedback_version 0": "FeedbackVersion",
    "feedback_widening 0": "FeedbackWidening",
    "interlock PROPOSED": "Interlock",
    "praise 0": "Praise",
    "praised words": "FeedbackMessage",
    "recall priority F1": "RecallPriority",
    "recall question of Dina": "RecallQuestion",
    "recall_mark 0": "RecallMark",
    "recall_round 0": "RecallRound",
}
OFFICE = (
    "AnnualPlan",
    "CascadeHealth",
    "ExceedTest",
    "FeedbackReport",
    "PlanLine",
    "PlanTotal",
    "TargetAdjustment",
    "TargetExemption",
)
OTHERS = {"Delegation": "Chen", "FeedbackThread": "Chen", "RecallMark": "Bo"} | dict.fromkeys(OFFICE, "Sofia")
"""Who sees what Dina does not."""


@pytest.mark.parametrize(("name", "type_name"), NODES.items())
async def test_a_node_of_every_type_is_found_by_its_id(desk: Desk, name: str, type_name: str) -> None:
    text = "query($id: ID!) { node(id: $id) { __typename id ... on Node { again: id } } }"
    who = OTHERS.get(type_name, "Dina")

    answer = await desk.ask(who, text, id=desk.world.ids[name])

    wanted = desk.world.ids[name]
    assert answer == {"node": {"__typename": type_name, "id": wanted, "again": wanted}}
    assert (await desk.execute(who, text, id=wanted)).data == answer


async def test_every_type_that_is_a_node_is_tested(desk: Desk) -> None:
    interface = desk.schema.type_map["Node"]

    assert {one.name for one in desk.schema.get_possible_types(interface)} == {*NODES.values(), "InboxItem"}  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "public_id", ["", "x", "obj_", "obj_1", "vwr_{}", "hom_{}", "chg_{}", "zzz_{}", "per_{}", "obj_\x00"]
)
async def test_an_id_that_names_nothing_finds_nothing(desk: Desk, public_id: str) -> None:
    wanted = public_id.format(desk.world.company["Dina"]) if public_id != "per_{}" else desk.world.ids["nobody"]
    text = "query($id: ID!, $ids: [ID!]!) { node(id: $id) { id } nodes(ids: $ids) { id } }"

    answer = await desk.ask("Dina", text, id=wanted, ids=[wanted, wanted])

    assert answer == {"node": None, "nodes": [None, None]}
    assert (await desk.execute("Dina", text, id=wanted, ids=[wanted, wanted])).data == answer


async def test_nodes_come_in_the_order_of_their_ids(desk: Desk) -> None:
    ids = desk.world.ids
    wanted = [ids["unit AIR"], ids["nobody"], ids["objective DRAFT"], ids["person Bo"], ids["unit AIR"]]

    answer = await desk.ask("Dina", "query($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }", ids=wanted)

    names = ["Unit", None, "Objective", "Person", "Unit"]
    assert answer["nodes"] == [
        {"__typename": name, "id": one} if name else None for name, one in zip(names, wanted, strict=True)
    ]


async def test_one_id_alone_is_a_list_of_one(desk: Desk) -> None:
    wanted = desk.world.ids["unit AIR"]

    answer = await desk.ask("Dina", f'{{ nodes(ids: "{wanted}") {{ id }} }}')

    assert answer == {"nodes": [{"id": wanted}]}


async def test_at_most_a_hundred_nodes_are_asked_for(desk: Desk) -> None:
    text, wanted = "query($ids: [ID!]!) { nodes(ids: $ids) { id } }", desk.world.ids["unit AIR"]

    many = await desk.ask("Dina", text, ids=[wanted] * 100)
    refusal = await desk.refusal("Dina", text, ids=[wanted] * 101)

    assert many["nodes"] == [{"id": wanted}] * 100
    assert refusal == ("Ask for at most 100 nodes.", "BAD_USER_INPUT")


async def test_one_field_under_two_names_with_two_arguments(desk: Desk) -> None:
    text = """{ one: objectives(first: 1, orderBy: TITLE) { nodes { title } }
                two: objectives(first: 2, orderBy: TITLE, filter: {mine: false}) { totalCount nodes { title } } }"""

    answer = await desk.ask("Dina", text)

    assert answer == {
        "one": {"nodes": [{"title": "Flights"}]},
        "two": {"totalCount": 1, "nodes": [{"title": "Fly more"}]},
    }


async def test_merged_selections_keep_the_order_of_first_mention(desk: Desk) -> None:
    text = """query($id: ID!) { objective(id: $id) { ...A title ...B unit { code } } }
              fragment A on Objective { cycle { name } state }
              fragment B on Objective { cycle { startsOn } unit { name } ...A }"""

    answer = await desk.ask("Dina", text, id=desk.world.ids["objective ACTIVE"])

    assert answer == {
        "objective": {
            "cycle": {"name": "2026", "startsOn": "2026-01-01"},
            "state": "ACTIVE",
            "title": "Leave on time",
            "unit": {"name": "Flight crew", "code": "CREW"},
        }
    }
    assert list(cast("dict[str, object]", answer["objective"])) == ["cycle", "state", "title", "unit"]


@pytest.mark.parametrize(
    ("variables", "shown"),
    [({}, ["a", "d"]), ({"yes": False}, ["d"]), ({"no": True}, ["a"]), ({"yes": False, "no": True}, [])],
)
async def test_what_is_skipped_is_not_there(desk: Desk, variables: dict[str, object], shown: list[str]) -> None:
    text = """query($yes: Boolean! = true, $no: Boolean! = false) { viewer {
                a: locale @include(if: $yes) b: locale @skip(if: true)
                ... @skip(if: $no) { d: zone }
                ... on Viewer @include(if: false) { e: zone } } }"""

    answer = await desk.ask("Dina", text, **variables)

    assert list(cast("dict[str, object]", answer["viewer"])) == shown
    assert (await desk.execute("Dina", text, **variables)).data == answer


@pytest.mark.parametrize(
    "text",
    [
        "{ viewer { zone @skip(if: true) } }",
        "{ viewer @skip(if: true) { zone } }",
        "{ objectives { nodes @skip(if: true) { id } } }",
        "{ objectives { edges { cursor @skip(if: true) } } }",
        "{ objectives { pageInfo { endCursor @skip(if: true) } } }",
        "{ objectives { nodes { keyResults { id @skip(if: true) } } } }",
        '{ node(id: "nothing") { id @skip(if: true) } }',
    ],
)
async def test_an_empty_selection_is_an_empty_object(desk: Desk, text: str) -> None:
    answer = await desk.ask("Dina", text)

    assert (await desk.execute("Dina", text)).data == answer


async def test_type_names_are_told_at_every_level(desk: Desk) -> None:
    text = """{ __typename objectives(first: 1) { __typename pageInfo { __typename }
                edges { __typename node { __typename } } nodes { keyResults { __typename } } } }"""

    answer = await desk.ask("Dina", text)

    assert answer == {
        "__typename": "Query",
        "objectives": {
            "__typename": "ObjectiveConnection",
            "pageInfo": {"__typename": "PageInfo"},
            "edges": [{"__typename": "ObjectiveEdge", "node": {"__typename": "Objective"}}],
            "nodes": [{"keyResults": [{"__typename": "KeyResult"}, {"__typename": "KeyResult"}]}],
        },
    }


async def test_a_type_name_may_be_another_fields_name(desk: Desk) -> None:
    text = "query($id: ID!) { node(id: $id) { __typename: id ... on Objective { title } } }"
    wanted = desk.world.ids["objective ACTIVE"]

    answer = await desk.ask("Dina", text, id=wanted)

    assert answer == {"node": {"__typename": wanted, "title": "Leave on time"}}
    assert (await desk.execute("Dina", text, id=wanted)).data == answer


async def test_every_character_arrives_as_it_was_written(desk: Desk) -> None:
    text = "query($id: ID!) { objective(id: $id) { title why parent { state } } }"

    answer = await desk.ask("Chen", text, id=desk.world.ids["objective odd"])

    assert answer == {"objective": {"title": ODD_TITLE, "why": "多行\n文字", "parent": {"state": "ACTIVE"}}}


async def test_numbers_of_any_size_are_exact_strings_without_exponents(desk: Desk) -> None:
    text = """query($id: ID!) { objective(id: $id) {
                keyResults { start target current } checkIns(first: 2) { nodes { value } } } }"""

    answer = await desk.ask("Dina", text, id=desk.world.ids["objective big"])

    assert answer["objective"] == {
        "keyResults": [
            {"start": f"-{HUGE}", "target": f"{HUGE}", "current": "3.142857142857"},
            {"start": "40", "target": "20", "current": "20"},
        ],
        "checkIns": {"nodes": [{"value": "20"}, {"value": "3.142857142857"}]},
    }


async def test_null_is_null_and_a_list_without_rows_is_empty(desk: Desk) -> None:
    text = (
        "query($id: ID!) { objective(id: $id) { why progress submittedAt approval { id } children { nodes { id } } } }"
    )

    answer = await desk.ask("Dina", text, id=desk.world.ids["objective DRAFT"])

    assert answer["objective"] == {
        "why": None,
        "progress": None,
        "submittedAt": None,
        "approval": None,
        "children": {"nodes": []},
    }


async def test_instants_tell_microseconds_and_their_offset(desk: Desk) -> None:
    text = "query($id: ID!) { objective(id: $id) { checkIns(first: 1) { nodes { recordedAt } } createdAt } }"

    answer = await desk.ask("Dina", text, id=desk.world.ids["objective big"])

    assert answer["objective"] == {
        "checkIns": {"nodes": [{"recordedAt": "2026-06-10T04:00:00.0015+00:00"}]},
        "createdAt": "2026-06-10T04:00:00+00:00",
    }


async def test_a_plan_is_compiled_once_for_a_document_whatever_its_values(desk: Desk) -> None:
    text = "query($id: ID!, $first: Int) { objective(id: $id) { checkIns(first: $first) { nodes { id } } } }"

    async with statements() as seen:
        for first, name in ((1, "ACTIVE"), (2, "big"), (3, "odd")):
            await desk.plan("Dina", text, id=desk.world.ids[f"objective {name}"], first=first)

    assert len(seen) == 3
    assert len(set(seen)) == 1


NAMES = (*"cdeipqs", "t1", "t2", "t3", "_", "nodes", "place")


@pytest.mark.parametrize("name", NAMES)
async def test_any_response_key_may_be_chosen_at_every_level(desk: Desk, name: str) -> None:
    person = desk.world.ids["person Dina"]
    documents = {
        f"{{ {name}: viewer {{ locale }} }}": {name: {"locale": "en"}},
        f"{{ viewer {{ {name}: locale }} }}": {"viewer": {name: "en"}},
        f'{{ node(id: "{person}") {{ {name}: id }} }}': {"node": {name: person}},
        f"{{ people(first: 1) {{ {name}: nodes {{ __typename }} }} }}": {"people": {name: [{"__typename": "Person"}]}},
        f"{{ people(first: 1) {{ nodes {{ {name}: __typename }} }} }}": {"people": {"nodes": [{name: "Person"}]}},
        f"{{ people(last: 1) {{ {name}: nodes {{ {name}: __typename }} }} }}": {"people": {name: [{name: "Person"}]}},
        f"{{ people(first: 1) {{ edges {{ {name}: __typename }} }} }}": {"people": {"edges": [{name: "PersonEdge"}]}},
        f"{{ people(first: 1) {{ pageInfo {{ {name}: hasNextPage }} }} }}": {"people": {"pageInfo": {name: True}}},
    }

    for text, wanted in documents.items():
        assert await desk.ask("Dina", text) == wanted
