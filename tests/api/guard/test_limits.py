"""The extent of documents, measured in linear time, equals that of walking every spread."""

import pytest
from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
    parse,
)
from hypothesis import given
from hypothesis import strategies as st

from api.guard.limits import Extent, Limits, measure
from api.guard.refusal import Refusal
from tests.api.guard.hostile import doubling, doubling_levels

WIDE = Limits(aliases=2**62, root_fields=2**62, fields=2**62, depth=2**62, duplicates=2**62)


def extent_of(text: str, limits: Limits = WIDE) -> Extent:
    return measure(parse(text), limits)[""]


@pytest.mark.parametrize(
    ("text", "depth", "introspection_depth", "fields", "root_fields", "aliases"),
    [
        ("{ a }", 1, 0, 1, 1, 0),
        ("{ a { b c { d } } }", 3, 0, 4, 1, 0),
        ("{ x: a y: a { z: b } }", 2, 0, 3, 2, 3),
        ("{ ... { a { ... on T { b } } } }", 2, 0, 2, 1, 0),
        ("{ ...F a { ...F } } fragment F on T { x: b { c } }", 3, 0, 5, 2, 2),
        ("{ __schema { types { name } } a }", 1, 3, 4, 2, 0),
        ("{ __type { ...F } } fragment F on T { b { c } }", 0, 3, 3, 1, 0),
        ("{ ...Q } fragment Q on Query { __schema { types { name } } }", 0, 3, 3, 1, 0),
        ("{ ...U } fragment F on T { a }", 0, 0, 0, 0, 0),
    ],
)
def test_the_extent_of_a_document_is_what_it_selects(  # noqa: PLR0917 - a table
    text: str, depth: int, introspection_depth: int, fields: int, root_fields: int, aliases: int
) -> None:
    extent = extent_of(text)

    assert extent.depth == depth
    assert extent.introspection_depth == introspection_depth
    assert extent.fields == fields
    assert extent.root_fields == root_fields
    assert extent.aliases == aliases


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("{ " + "a { " * 12 + "b" + " }" * 12 + " }", "levels"),
        ("{ __schema { " + "ofType { " * 19 + "name" + " }" * 19 + " } }", "introspection levels"),
        ("{ " + "... { " * 100 + "a" + " }" * 100 + " }", "nested selections"),
        ("{ a { " + " ".join(f"x{n}: b" for n in range(31)) + " } }", "aliases"),
        ("{ " + " ".join(f"f{n}" for n in range(21)) + " }", "root fields"),
        ("{ " + "... @defer { a } " * 11 + "}", "deferred fragments"),
        ("{ " + "...F " * 4 + "} fragment F on T { " + "... @defer { " * 3 + "a" + " }" * 4, "deferred fragments"),
        ("{ a { " + "b " * 21 + "} }", "repetitions of one name"),
        ("{ a { " + "b ... { b } " * 11 + "} }", "repetitions of one name"),
        ("{ " + "...F " * 21 + "} fragment F on T { a }", "repetitions of one name"),
        ("{ " + "x" * 64 + ": a }", "characters in a name"),
        ("query " + "@a " * 51 + "{ a }", "directives"),
        ("{ a } " + " ".join(f"fragment F{n} on T {{ a }}" for n in range(61)), "fragments"),
        (" ".join(f"query Q{n} {{ a }}" for n in range(11)), "operations"),
        (doubling_levels(13).replace("a: ", "").replace("b: selfAgain", "other"), "levels"),
    ],
)
def test_one_more_than_a_limit_is_refused_by_the_name_of_the_limit(text: str, what: str) -> None:
    with pytest.raises(Refusal) as refused:
        measure(parse(text), Limits())

    assert refused.value.code == "QUERY_TOO_COMPLEX"
    assert refused.value.errors[0]["extensions"] == {
        "code": "QUERY_TOO_COMPLEX",
        "limit": what,
        "allowed": refused.value.errors[0]["extensions"]["allowed"],  # pyright: ignore[reportIndexIssue]
    }


def test_doubling_fragments_are_counted_without_being_walked() -> None:
    extent = extent_of(doubling(59))

    assert extent.fields == 2**59


def test_a_cycle_of_fragments_ends_the_measuring() -> None:
    extent = extent_of("{ ...A } fragment A on T { a ...B } fragment B on T { b ...A ...B }")

    assert extent.root_fields >= 1


def walk(document: DocumentNode) -> tuple[int, int, int]:
    """Depth, fields and aliases by the slow way: every spread is walked again."""
    fragments = {
        node.name.value: node.selection_set for node in document.definitions if isinstance(node, FragmentDefinitionNode)
    }

    def visit(selection_set: SelectionSetNode, depth: int) -> tuple[int, int, int]:
        deepest, fields, aliases = depth, 0, 0
        for selection in selection_set.selections:
            inner = (depth, 0, 0)
            if isinstance(selection, FieldNode):
                fields += 1
                aliases += selection.alias is not None
                deepest = max(deepest, depth + 1)
                if selection.selection_set:
                    inner = visit(selection.selection_set, depth + 1)
            elif isinstance(selection, FragmentSpreadNode):
                inner = visit(fragments[selection.name.value], depth)
            elif isinstance(selection, InlineFragmentNode):
                inner = visit(selection.selection_set, depth)
            deepest = max(deepest, inner[0])
            fields += inner[1]
            aliases += inner[2]
        return deepest, fields, aliases

    operation = next(n for n in document.definitions if isinstance(n, OperationDefinitionNode))
    return visit(operation.selection_set, 0)


def selections(names: list[str]) -> st.SearchStrategy[str]:
    leaves = st.sampled_from(["a", "x: b", *(f"...{name}" for name in names)])
    blocks = st.recursive(
        leaves,
        lambda inner: st.tuples(
            st.sampled_from(["c", "y: c", "...", "... on T"]), st.lists(inner, min_size=1, max_size=3)
        ).map(lambda pair: f"{pair[0]} {{ {' '.join(pair[1])} }}"),
        max_leaves=6,
    )
    return st.lists(blocks, min_size=1, max_size=3).map(" ".join)


@st.composite
def documents(draw: st.DrawFn) -> str:
    count = draw(st.integers(0, 5))
    names = [f"F{n}" for n in range(count)]
    texts = [f"fragment {name} on T {{ {draw(selections(names[place + 1 :]))} }}" for place, name in enumerate(names)]
    texts.append(f"{{ {draw(selections(names))} }}")
    return " ".join(draw(st.permutations(texts)))


@given(documents())
def test_measuring_agrees_with_walking(text: str) -> None:
    document = parse(text)

    extent = measure(document, WIDE)[""]

    assert (extent.depth, extent.fields, extent.aliases) == walk(document)
