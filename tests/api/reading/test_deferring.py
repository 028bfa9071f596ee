"""`@defer` over views: whatever is deferred, the parts come to the same answer, and a root field is one statement."""

from collections.abc import Mapping
from dataclasses import replace
from random import Random

import graphql
import orjson
import pytest
from graphql import (
    ExecutionResult,
    FragmentSpreadNode,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
    Visitor,
)

from api.guard import delivery
from api.guard.delivery import Following, Part, Step
from tests.api import parts
from tests.api.parts import Json
from tests.api.reading.desk import Desk, context, statements
from tests.api.reading.documents import Author
from tests.api.reading.world import READERS

DOCUMENTS = 150
DEFERRED_MAX = 10
CHANCE = 0.3
CHAPTERS = 5
"""Each is a test of its own, so that workers share them."""


async def run(step: Step) -> Following:
    return await step()


async def deliver(desk: Desk, name: str, text: str, variables: Mapping[str, object]) -> list[Json]:
    """All parts of an answer; one that comes at once is a part without `hasNext`."""
    prepared = desk.prepare(text, variables)
    asked = replace(prepared, deferring=prepared.document)
    results = await desk.reader.deliver(asked, context(desk.world.actor(name)))
    if isinstance(results, ExecutionResult):
        assert results.errors is None
        return [{"data": results.data}]
    first = delivery.encode_first(results.initial_result, {})
    found: list[Part] = [part async for part in delivery.parts(results, first, run=run)]
    return [orjson.loads(part.body) for part in found]


def canonical(data: object) -> bytes:
    return orjson.dumps(data, option=orjson.OPT_SORT_KEYS)


class Deferrer(Visitor):
    """Puts some selections of a document into deferred fragments, and defers some of its fragments."""

    def __init__(self, random: Random) -> None:
        super().__init__()
        self.random = random
        self.deferred = 0

    def leave_selection_set(self, node: SelectionSetNode, *_: object) -> SelectionSetNode:
        """Called by graphql-core when all below is done."""
        return SelectionSetNode(selections=tuple(self._wrapped(one) for one in node.selections))

    def _wrapped(self, node: SelectionNode) -> SelectionNode:
        if self.deferred >= DEFERRED_MAX or self.random.random() > CHANCE:
            return node
        self.deferred += 1
        condition = self.random.choice(("", "", "if: true, ", "if: false, "))
        frame = graphql.parse(f'{{ ... @defer({condition}label: "{self.deferred}") {{ x }} }}').definitions[0]
        assert isinstance(frame, OperationDefinitionNode)
        inline = frame.selection_set.selections[0]
        assert isinstance(inline, InlineFragmentNode)
        if isinstance(node, FragmentSpreadNode):
            directives = (*(node.directives or ()), *(inline.directives or ()))
            return FragmentSpreadNode(name=node.name, directives=directives)
        return InlineFragmentNode(
            type_condition=None, directives=inline.directives, selection_set=SelectionSetNode(selections=(node,))
        )


@pytest.mark.parametrize("chapter", range(CHAPTERS))
async def test_all_parts_together_are_the_answer_of_the_plan(desk: Desk, chapter: int) -> None:
    in_parts = 0

    for seed in range(chapter, DOCUMENTS, CHAPTERS):
        random = Random(seed)
        text, variables = Author(desk.schema, desk.world.ids, {}, random).write()
        deferred = graphql.print_ast(graphql.visit(graphql.parse(text), Deferrer(random)))
        for name in random.sample(READERS, k=2):
            found = await deliver(desk, name, deferred, variables)
            in_parts += len(found) > 1
            whole = parts.merged(found) if len(found) > 1 else found[0]
            planned = await desk.plan(name, text, **variables)
            assert canonical(whole) == canonical(orjson.loads(planned)), (deferred, variables, name)
            assert await desk.plan(name, deferred, **variables) == planned

    assert in_parts > 0


@pytest.mark.parametrize("chapter", range(CHAPTERS))
async def test_what_is_deferred_asks_for_no_more_than_each_root_field_once(desk: Desk, chapter: int) -> None:
    for seed in range(chapter, DOCUMENTS // 3, CHAPTERS):
        random = Random(seed)
        text, variables = Author(desk.schema, desk.world.ids, {}, random).write()
        deferred = graphql.print_ast(graphql.visit(graphql.parse(text), Deferrer(random)))
        async with statements() as at_once:
            await desk.execute("Dina", text, **variables)
        async with statements() as in_parts:
            await deliver(desk, "Dina", deferred, variables)

        assert sorted(in_parts) == sorted(at_once), deferred


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("{ viewer { person { id } ... @defer { roles zone } } }", 1),
        ("{ objectives(first: 20) { nodes { id ... @defer { title keyResults { title } owner { name } } } } }", 1),
        ("{ objectives { nodes { ...F @defer } ... @defer { totalCount } } } fragment F on Objective { title }", 1),
        ("{ viewer { zone } ... @defer { objectives { totalCount } } }", 2),
        ("{ viewer { zone } ... @defer { objectives { totalCount } people { totalCount } } }", 3),
        ("{ viewer { zone } ... @defer { viewer { locale } ... @defer { people { totalCount } } } }", 2),
        ("{ ... @defer { viewer { zone } } ... @defer { viewer { locale } } }", 1),
    ],
)
async def test_a_root_field_is_one_statement_however_it_is_deferred(desk: Desk, text: str, number: int) -> None:
    async with statements() as seen:
        found = await deliver(desk, "Dina", text, {})

    assert len(found) > 1
    assert len(seen) == number


async def test_a_deferred_root_field_is_asked_for_after_the_first_part(desk: Desk) -> None:
    prepared = desk.prepare("{ viewer { zone } ... @defer { objectives { totalCount } } }")
    asked = replace(prepared, deferring=prepared.document)

    async with statements() as seen:
        results = await desk.reader.deliver(asked, context(desk.world.actor("Dina")))
        assert not isinstance(results, ExecutionResult)
        before = results.initial_result.data
        async with statements() as after:
            [_] = [one async for one in results.subsequent_results]

    assert before == {"viewer": {"zone": "Asia/Shanghai"}}
    assert (len(seen), len(after)) == (2, 1)


async def test_what_is_computed_in_python_may_come_later(desk: Desk) -> None:
    text = "{ viewer { zone } ... @defer { changes { hasMore } } }"

    whole = parts.merged(await deliver(desk, "Dina", text, {}))

    assert whole == {"data": (await desk.execute("Dina", text.replace("@defer", ""))).data}


async def test_an_argument_out_of_its_range_is_an_error_of_its_part(desk: Desk) -> None:
    found = await deliver(desk, "Dina", "{ viewer { zone } ... @defer { objectives(first: 0) { totalCount } } }", {})

    assert found[1] == {
        "completed": [
            {
                "id": "0",
                "errors": [
                    {
                        "message": "`first` goes from 1 to 100.",
                        "extensions": {"code": "BAD_USER_INPUT"},
                        "locations": [{"line": 1, "column": 32}],
                        "path": ["objectives"],
                    }
                ],
            }
        ],
        "hasNext": False,
    }
