"""From operations to TypeScript and trusted documents."""

import hashlib
from pathlib import Path

import pytest
from graphql import build_schema, parse

from mobile import codegen
from mobile.codegen import InvalidOperations, Trusted
from mobile.typescript import MissingTypename

SCHEMA = """
interface Named { name: String! }
enum Size { SMALL LARGE }
type Ball implements Named { name: String! size: Size! weight: Decimal owner: Player }
type Player implements Named { name: String! balls(first: Int = 20): [Ball!]! }
type Lost { at: String! }
type Torn { at: String! reason: String }
union Found = Ball | Lost | Torn
scalar Decimal
input Throw { to: ID! note: String hard: Boolean! = false part: Part }
input Part { size: Size! }
type Query { ball(id: ID!): Ball found(id: ID!): Found! named: [Named]! }
type Mutation { throwBall(input: Throw!): Found! }
"""


def rendered(text: str) -> list[str]:
    schema = build_schema(SCHEMA)
    document = parse(text)
    codegen.check(schema, document)
    return codegen.render(schema, document).splitlines()


def test_nullable_fields_may_be_null_and_others_not() -> None:
    lines = rendered("query One($id: ID!) { ball(id: $id) { name weight } }")

    assert "export type OneData = { ball: { name: string; weight: string | null; } | null; };" in lines
    assert "export type OneVariables = { id: string; };" in lines


def test_an_alias_names_the_field() -> None:
    lines = rendered("query One { mine: ball(id: 1) { heavy: weight } }")

    assert "export type OneData = { mine: { heavy: string | null; } | null; };" in lines


def test_enums_become_unions_of_their_names() -> None:
    lines = rendered("query One { ball(id: 1) { size } }")

    assert 'export type Size = "SMALL" | "LARGE";' in lines
    assert "export type OneData = { ball: { size: Size; } | null; };" in lines


def test_a_union_is_told_apart_by_its_typename_and_equal_branches_join() -> None:
    lines = rendered("query One { found(id: 1) { __typename ... on Ball { name } ... on Lost { at } } }")

    assert (
        "export type OneData = { found: "
        '{ __typename: "Ball"; name: string; } | { __typename: "Lost"; at: string; } | { __typename: "Torn"; }; };'
    ) in lines


def test_an_interface_takes_in_every_type_that_has_it() -> None:
    lines = rendered("query One { named { __typename name } }")

    assert 'export type OneData = { named: ({ __typename: "Ball" | "Player"; name: string; } | null)[]; };' in lines


def test_a_union_without_typename_is_refused() -> None:
    with pytest.raises(MissingTypename, match="Found"):
        rendered("query One { found(id: 1) { ... on Ball { name } } }")


def test_fragments_are_exported_and_merged_with_what_stands_beside_them() -> None:
    lines = rendered(
        "fragment Core on Ball { name owner { name } }query One { ball(id: 1) { ...Core owner { balls { size } } } }"
    )

    assert "export type Core = { name: string; owner: { name: string; } | null; };" in lines
    assert (
        "export type OneData = { ball: "
        "{ name: string; owner: { name: string; balls: ({ size: Size; })[]; } | null; } | null; };"
    ) in lines


def test_a_skipped_field_may_be_missing() -> None:
    lines = rendered("query One($short: Boolean!) { ball(id: 1) { name @skip(if: $short) size } }")

    assert "export type OneData = { ball: { name?: string; size: Size; } | null; };" in lines


def test_inputs_are_exported_and_what_has_a_default_may_be_left_out() -> None:
    lines = rendered("mutation Go($input: Throw!) { throwBall(input: $input) { __typename } }")

    assert "export type Part = { size: Size; };" in lines
    assert "export type Throw = { to: string; note?: string | null; hard?: boolean; part?: Part | null; };" in lines


def test_a_variable_with_a_default_may_be_left_out() -> None:
    lines = rendered("query One($first: Int! = 3) { ball(id: 1) { owner { balls(first: $first) { name } } } }")

    assert "export type OneVariables = { first?: number; };" in lines


def test_a_field_that_the_schema_lacks_is_named() -> None:
    schema = build_schema(SCHEMA)

    with pytest.raises(InvalidOperations, match="Did you mean 'weight'"):
        codegen.check(schema, parse("query One { ball(id: 1) { wight } }"))


def test_an_operation_needs_a_name() -> None:
    with pytest.raises(InvalidOperations, match="has no name"):
        codegen.check(build_schema(SCHEMA), parse("{ named { __typename } }"))


def test_a_document_is_its_operation_and_exactly_the_fragments_that_it_reaches() -> None:
    document = parse(
        "fragment Inner on Player { name }"
        "fragment Outer on Ball { owner { ...Inner } }"
        "fragment Other on Ball { name }"
        "query One { ball(id: 1) { ...Outer } }"
        "query Two { ball(id: 1) { ...Other } }"
    )

    first, second = codegen.trusted_documents(document)

    assert first.text == (
        "query One {\n  ball(id: 1) {\n    ...Outer\n  }\n}\n\n"
        "fragment Inner on Player {\n  name\n}\n\n"
        "fragment Outer on Ball {\n  owner {\n    ...Inner\n  }\n}"
    )
    assert second.text == "query Two {\n  ball(id: 1) {\n    ...Other\n  }\n}\n\nfragment Other on Ball {\n  name\n}"
    assert first.id == "sha256:" + hashlib.sha256(first.text.encode()).hexdigest()


def test_the_manifest_only_grows() -> None:
    old = {"sha256:a": "query Old { x }"}

    grown = codegen.append(old, [Trusted("New", "sha256:b", "query New { y }")])

    assert grown == {"sha256:a": "query Old { x }", "sha256:b": "query New { y }"}
    assert list(grown) == ["sha256:a", "sha256:b"]


def test_generating_twice_changes_nothing(tmp_path: Path) -> None:
    schema, operations = tmp_path / "schema.graphql", tmp_path / "operations"
    generated, manifest = tmp_path / "documents.ts", tmp_path / "trusted.json"
    operations.mkdir()
    schema.write_text(SCHEMA)
    (operations / "one.graphql").write_text("query One { named { __typename name } }")

    def generate() -> tuple[str, str]:
        codegen.generate(schema, operations, generated=generated, manifest=manifest)
        return generated.read_text(), manifest.read_text()

    assert generate() == generate()
