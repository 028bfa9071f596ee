"""Fields that rules compute are answered by the plan as by the executor, in one call for all rows of an answer."""

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypedDict, cast

import pytest

from api.reading import resolving
from api.reading.catalogue import gather
from api.reading.computing import Fill, filled
from api.reading.execution import Reader
from api.reading.planning import Planner
from domain.kernel.views import Computed, Json
from domain.objectives.views_traces import PROGRESS_TRACE
from tests.api.reading.desk import SECRET, Desk, statements

TRACE = "progressTrace { progress shares { keyResult title weight progress share contribution } }"
EXPLAINED = f"{{ objectives(first: 100) {{ nodes {{ id progress {TRACE} }} }} }}"


class Trace(TypedDict):
    progress: str | None
    shares: list[dict[str, str]]


class Node(TypedDict):
    id: str
    progress: str | None
    progressTrace: Trace | None


@dataclass(slots=True)
class Rules:
    """Rules that count how often they are asked, and fail for a row whose first key result has a certain title."""

    calls: list[int] = field(default_factory=list[int])
    title: str | None = None

    def compute(self, rows: Sequence[Json]) -> Sequence[Json]:
        self.calls.append(len(rows))
        if any(title == self.title for row in rows for _, title, *_ in cast("Sequence[Sequence[object]]", row)[:1]):
            raise ArithmeticError("these rules do not know this title")
        return PROGRESS_TRACE.compute(rows)


@pytest.fixture
def rules(desk: Desk) -> Generator[Rules]:
    """The desk's schema with counting rules."""
    found = Rules()
    catalogue = gather()
    objective = catalogue.views["Objective"]
    fields = {**objective.fields, "progressTrace": replace(PROGRESS_TRACE, compute=found.compute)}
    views = {**catalogue.views, "Objective": replace(objective, fields=fields)}
    kept = desk.reader
    planner = Planner(desk.schema, replace(catalogue, views=views), SECRET, {"push_key": "key"})
    resolving.attach(desk.schema, planner)
    desk.reader = Reader(desk.schema, planner)
    yield found
    desk.reader = kept
    resolving.attach(desk.schema, kept.planner)


async def both(desk: Desk, name: str, text: str, **variables: object) -> dict[str, object]:
    """The answer, the same by the planner and by the executor."""
    planned = await desk.ask(name, text, **variables)
    result = await desk.execute(name, text, **variables)
    assert (result.errors, result.data) == (None, planned)
    return planned


def nodes_of(answer: Mapping[str, object]) -> list[Node]:
    """The only list of an answer."""
    return cast("Mapping[str, Mapping[str, list[Node]]]", answer)["objectives"]["nodes"]


async def test_every_progress_that_is_seen_is_explained_by_lines_that_add_up(desk: Desk) -> None:
    nodes = nodes_of(await both(desk, "Sofia", EXPLAINED))

    assert len(nodes) > 5
    assert [one["progressTrace"] and one["progressTrace"]["progress"] for one in nodes] == [
        one["progress"] for one in nodes
    ]
    assert any(one["progress"] is not None for one in nodes)


async def test_the_rules_are_asked_once_for_all_rows_and_by_one_statement(desk: Desk, rules: Rules) -> None:
    await desk.plan("Sofia", EXPLAINED)
    rules.calls.clear()

    async with statements() as seen:
        answer = await desk.ask("Sofia", EXPLAINED)

    assert rules.calls == [len(nodes_of(answer))]
    assert len(seen) == 1


@pytest.mark.parametrize(
    "text",
    [
        "{ objectives { edges { cursor node { a: progressTrace { progress } b: progressTrace { __typename } } } } }",
        """{ home { objectives { nodes { ...F } } } } fragment F on Objective { t: progressTrace { ...G ...H } }
        fragment G on ProgressTrace { shares { __typename } } fragment H on ProgressTrace { s: shares { n: title } }""",
        """query($no: Boolean = false) { objectives { nodes { parent { progressTrace { progress } }
        progressTrace { progress shares { weight @include(if: $no) title } } } } }""",
        "{ objectives(last: 2) { totalCount nodes { children { nodes { progressTrace { shares { share } } } } } } }",
    ],
)
async def test_it_is_asked_for_as_any_other_object(desk: Desk, text: str) -> None:
    await both(desk, "Dina", text)
    await both(desk, "Sofia", text)


async def test_it_is_found_below_a_node_and_below_nodes(desk: Desk) -> None:
    nodes = nodes_of(await desk.ask("Sofia", EXPLAINED))
    ids = [one["id"] for one in nodes][:3]
    text = f"query($ids: [ID!]!, $id: ID!) {{ node(id: $id) {{ id ...T }} nodes(ids: $ids) {{ id ...T }} }} \
      fragment T on Objective {{ {TRACE} }}"

    found = await both(desk, "Sofia", text, id=ids[0], ids=[*ids, "obj_none"])

    bare = [{"id": one["id"], "progressTrace": one["progressTrace"]} for one in nodes[:3]]
    assert found == {"node": bare[0], "nodes": [*bare, None]}


async def test_another_type_may_have_another_field_under_the_same_key(desk: Desk) -> None:
    nodes = nodes_of(await desk.ask("Sofia", EXPLAINED))
    [asked] = (await desk.ask("Chen", "{ approvals(first: 1) { nodes { id } } }")).values()
    [approval] = cast("Mapping[str, list[Mapping[str, str]]]", asked)["nodes"]
    text = """query($ids: [ID!]!) { nodes(ids: $ids) {
      ... on Objective { x: progressTrace { progress } } ... on Approval { x: objective { progress } } } }"""

    found = await both(desk, "Sofia", text, ids=[nodes[0]["id"], approval["id"]])

    assert found["nodes"] == [{"x": {"progress": nodes[0]["progress"]}}, {"x": {"progress": None}}]


async def test_rules_that_fail_for_one_row_leave_the_others_and_say_where(desk: Desk, rules: Rules) -> None:
    text = "{ objectives(first: 100) { nodes { id progressTrace { progress shares { title } } } } }"
    whole = nodes_of(await desk.ask("Sofia", text))
    rules.title = next(title for title in map(first_title, whole) if title)

    data, errors = await desk.respond("Sofia", text)

    failing = [at for at, one in enumerate(whole) if first_title(one) == rules.title]
    assert [(message, path) for message, _, path in cast("list[tuple[str, object, object]]", errors)] == [
        ("these rules do not know this title", ["objectives", "nodes", at, "progressTrace"]) for at in failing
    ]
    left = [{**one, "progressTrace": None} if at in failing else one for at, one in enumerate(whole)]
    assert data == {"objectives": {"nodes": left}}


def first_title(node: Node) -> str | None:
    """Of the first line, if there is one."""
    shares = node["progressTrace"]["shares"] if node["progressTrace"] else []
    return shares[0]["title"] if shares else None


def test_what_is_masked_or_missing_on_the_way_stays_null() -> None:
    doubled = Computed(inputs="", compute=lambda rows: [int(str(one)) * 2 for one in rows])
    fill = Fill(number=1, path=("a", "b", "c"), field="T.c", computed=doubled, shape=lambda value: value)

    found = filled(
        b'{"a":[{"b":null},{},{"b":{"c":null}},{"b":[{"c":[1,2]},{"c":[0,2]},{"c":"5"},{"c":[1,3]}]}]}', [fill]
    )

    assert found == b'{"a":[{"b":null},{},{"b":{"c":null}},{"b":[{"c":4},{"c":[0,2]},{"c":"5"},{"c":6}]}]}'
