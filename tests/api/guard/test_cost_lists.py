"""What lists cost that are no pages: by their ids, by their limits, and pages by the greatest of their sizes."""

import pytest
from graphql import GraphQLSchema, OperationDefinitionNode, build_schema, parse

from api.guard.cost import points, price

SIZES = {("Goal", "results"): 10, ("Approval", "changes"): 200}
PAGE = "a: people(first: $a, last: 100) { nodes { name } }"


@pytest.fixture(scope="module")
def schema() -> GraphQLSchema:
    return build_schema(
        """
        interface Node { id: ID! }
        type Goal implements Node { id: ID! name: String results: [Result!]! }
        type Result { name: String goal: Goal tags: [String!]! }
        type Approval { changes: [Change!]! }
        type Change { field: String }
        type Person { name: String reports(first: Int = 20, last: Int): People! }
        type People { nodes: [Person!]! edges: [Edge!]! totalCount: Int! }
        type Edge { node: Person! }
        type Query {
          node(id: ID!): Node
          nodes(ids: [ID!]!): [Node]!
          goal: Goal
          approval: Approval
          people(first: Int = 20, last: Int): People!
          totalCount: Int
        }
        """
    )


def cost_of(schema: GraphQLSchema, text: str, **variables: object) -> int:
    document = parse(text)
    operation = document.definitions[0]
    assert isinstance(operation, OperationDefinitionNode)
    return points(price(schema, document, operation, list_sizes=SIZES), variables)


@pytest.mark.parametrize(
    ("text", "cost"),
    [
        ('{ nodes(ids: ["a", "b", "c"]) { id } }', 3),
        ('{ nodes(ids: "a") { id } }', 1),
        ('{ nodes(ids: ["a", "b"]) { ... on Goal { results { goal { id } } } } }', 2 * (1 + 5 * 2)),
        ("{ nodes(ids: []) { id } node(id: 1) { id } }", 1),
    ],
)
def test_nodes_cost_as_many_as_their_ids(schema: GraphQLSchema, text: str, cost: int) -> None:
    assert cost_of(schema, text) == cost


def test_ids_of_a_variable_are_counted(schema: GraphQLSchema) -> None:
    text = "query($ids: [ID!]! = [1, 2]) { nodes(ids: $ids) { ... on Goal { results { name } } } }"

    assert cost_of(schema, text, ids=["x"] * 100) == 100 * 6
    assert cost_of(schema, text, ids="x") == 6
    assert cost_of(schema, text) == 12


@pytest.mark.parametrize(
    ("text", "cost"),
    [
        ("{ goal { results { name tags } } }", 1 + 5),
        ("{ goal { results { goal { results { goal { results { name } } } } } } }", 1 + 5 * (2 + 5 * (2 + 5))),
        ("{ approval { changes { field } } }", 1 + 5),
    ],
)
def test_a_short_list_costs_what_it_is_expected_to_hold(schema: GraphQLSchema, text: str, cost: int) -> None:
    assert cost_of(schema, text) == cost


@pytest.mark.parametrize(("given", "cost"), [({}, 102), ({"a": None}, 102), ({"a": 7}, 102)])
def test_the_greatest_size_that_is_given_sets_the_price(
    schema: GraphQLSchema, given: dict[str, object], cost: int
) -> None:
    assert cost_of(schema, f"query($a: Int) {{ {PAGE} }}", **given) == cost


def test_a_null_size_hides_no_other_on_any_level(schema: GraphQLSchema) -> None:
    text = """query($a: Int) { people(first: $a, last: 100) {
                nodes { reports(first: $a, last: 100) { nodes { name } } } } }"""

    assert cost_of(schema, text, a=None) == 2 + 100 * (1 + 2 + 100)
    assert cost_of(schema, text) == 2 + 100 * (1 + 2 + 100)


@pytest.mark.parametrize("sizes", ["first: null, last: null", "last: null", "first: null"])
def test_sizes_that_are_null_leave_the_default(schema: GraphQLSchema, sizes: str) -> None:
    assert cost_of(schema, f"{{ people({sizes}) {{ nodes {{ name }} }} }}") == 22


def test_the_greater_of_two_variables_is_charged(schema: GraphQLSchema) -> None:
    text = "query($a: Int = 3, $b: Int) { people(first: $a, last: $b) { nodes { name } } }"

    assert cost_of(schema, text, b=40) == 42
    assert cost_of(schema, text, a=50, b=40) == 52
    assert cost_of(schema, text) == 5


@pytest.mark.parametrize(
    ("text", "cost"),
    [
        ("{ people { totalCount } }", 22),
        ("{ people { a: totalCount b: totalCount } }", 42),
        ("{ people { ...Counted } } fragment Counted on People { totalCount }", 22),
        ("{ people { ... { nodes { name } totalCount } } }", 2 + 20 + 20),
        ("{ people(first: 10) { nodes { reports(first: 1) { totalCount } } } }", 2 + 10 * (1 + 2 + 20)),
        ("{ totalCount }", 20),
    ],
)
def test_a_count_costs_twenty_for_each_parent(schema: GraphQLSchema, text: str, cost: int) -> None:
    assert cost_of(schema, text) == cost
