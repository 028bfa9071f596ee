"""A query that no plan answers is counted by the field that is at fault; no query of the phone app is one."""

import json
from dataclasses import replace
from pathlib import Path

import graphql
import pytest
import structlog
from graphql import OperationDefinitionNode, OperationType

from api.observing import Metrics
from api.reading.execution import Reader
from tests.api.reading.desk import Desk, context

MANIFEST = Path(__file__).parents[3] / "mobile" / "trusted.json"
TRUSTED: dict[str, str] = json.loads(MANIFEST.read_text(encoding="utf-8"))
EXAMPLES = {"ID!": "objective ACTIVE", "[ID!]!": "objective ACTIVE"}


def counting(desk: Desk) -> tuple[Desk, Metrics]:
    metrics = Metrics()
    reader = Reader(desk.schema, desk.reader.planner, metrics.count_fallback)
    return replace(desk, reader=reader), metrics


def told(metrics: Metrics) -> list[str]:
    """The lines of the counter, without those that say when it began."""
    return [line for line in metrics.render().decode().splitlines() if line.startswith("catchball_fallbacks_total{")]


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("{ changes { nextToken } }", "Query.changes"),
        ("{ viewer { zone } later: changes { nextToken } }", "Query.changes"),
        ("{ __schema { queryType { name } } }", "Query.__schema"),
        ('{ ...A } fragment A on Query { __type(name: "Unit") { name } }', "Query.__type"),
    ],
)
async def test_a_query_that_is_not_planned_is_counted_by_its_field(desk: Desk, text: str, field: str) -> None:
    desk, metrics = counting(desk)

    for _ in range(2):
        assert await desk.reader.answer(desk.prepare(text), desk.world.actor("Dina")) is None

    assert told(metrics) == [f'catchball_fallbacks_total{{field="{field}",operation=""}} 2.0']
    assert (await desk.execute("Dina", text)).errors is None


async def test_a_query_that_is_answered_in_parts_is_counted_by_its_directive(desk: Desk) -> None:
    desk, metrics = counting(desk)
    prepared = desk.prepare("{ viewer { zone } ... @defer { objectives { totalCount } } }")
    dina = context(desk.world.actor("Dina"))

    await desk.reader.deliver(replace(prepared, deferring=prepared.document), dina)

    assert told(metrics) == ['catchball_fallbacks_total{field="@defer",operation=""} 1.0']


async def test_a_query_that_is_not_planned_is_told_in_the_log(desk: Desk) -> None:
    desk, _ = counting(desk)
    prepared = desk.prepare("{ changes { nextToken } }")

    with structlog.testing.capture_logs() as lines:
        await desk.reader.answer(prepared, desk.world.actor("Dina"))

    assert lines == [
        {
            "event": "fallback",
            "log_level": "info",
            "field": "Query.changes",
            "operation": "",
            "document": prepared.document_hash,
        }
    ]


async def test_only_a_trusted_operation_is_counted_by_its_name(desk: Desk) -> None:
    desk, metrics = counting(desk)
    prepared = desk.prepare("query Feed { changes { nextToken } }")
    trusted = replace(prepared, operation_name="Feed", trusted_id="sha256:x")
    dina = desk.world.actor("Dina")

    await desk.reader.answer(replace(prepared, operation_name="Feed"), dina)
    await desk.reader.answer(trusted, dina)
    await desk.reader.answer(replace(trusted, operation_name=None), dina)

    unnamed = prepared.document_hash[:12]
    assert set(told(metrics)) == {
        f'catchball_fallbacks_total{{field="Query.changes",operation="{name}"}} 1.0' for name in ("", "Feed", unnamed)
    }


async def test_a_refused_argument_and_a_mutation_are_no_fallbacks(desk: Desk) -> None:
    desk, metrics = counting(desk)
    dina = desk.world.actor("Dina")

    for text in ("{ objectives(first: 0) { totalCount } }", "mutation { signOut { __typename } }"):
        assert await desk.reader.answer(desk.prepare(text), dina) is None

    assert told(metrics) == []


async def test_no_query_of_the_phone_app_is_a_fallback(desk: Desk) -> None:
    desk, metrics = counting(desk)
    kinds: list[OperationType] = []

    for text in TRUSTED.values():
        assert "@defer" not in text
        [operation] = [one for one in graphql.parse(text).definitions if isinstance(one, OperationDefinitionNode)]
        kinds.append(operation.operation)
        if operation.operation is OperationType.QUERY:
            assert await desk.plan("Dina", text, **_variables(desk, operation))

    assert kinds.count(OperationType.QUERY) >= 8
    assert told(metrics) == []


def _variables(desk: Desk, operation: OperationDefinitionNode) -> dict[str, object]:
    """Something for every variable that the document needs."""
    found: dict[str, object] = {}
    for one in operation.variable_definitions or ():
        kind = graphql.print_ast(one.type)
        if kind.endswith("!") and one.default_value is None:
            found[one.variable.name.value] = desk.world.ids[EXAMPLES[kind]] if kind in EXAMPLES else "x"
    return found
