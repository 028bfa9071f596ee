"""Turns the phone's GraphQL operations into TypeScript types and the manifest of trusted documents."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from graphql import (
    DocumentNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    GraphQLSchema,
    OperationDefinitionNode,
    Visitor,
    build_schema,
    parse,
    print_ast,
    validate,
    visit,
)

from mobile.typescript import Types

MOBILE = Path(__file__).parent
SCHEMA = MOBILE.parent / "schema.graphql"
OPERATIONS = MOBILE / "operations"
GENERATED = MOBILE / "src" / "documents.gen.ts"
MANIFEST = MOBILE / "trusted.json"

HEADER = """\
// Written by `python -m mobile.build` from operations/*.graphql; change those instead.
export type Document<Data, Variables> = string & {
  readonly __types?: (variables: Variables) => Data;
};
"""


@dataclass(frozen=True)
class Trusted:
    """One operation with all its fragments; `id` is `sha256:` and the hex digest of `text`."""

    name: str
    id: str
    text: str


class InvalidOperations(Exception):
    """The operations do not fit the schema; the text names every mismatch."""


def read_operations(folder: Path) -> DocumentNode:
    """All *.graphql files of the folder as one document, in the order of their names."""
    files = sorted(folder.glob("*.graphql"))
    return parse("\n".join(file.read_text("utf-8") for file in files), no_location=False)


def check(schema: GraphQLSchema, document: DocumentNode) -> None:
    """Raise InvalidOperations unless every operation is named and valid against the schema."""
    errors: list[GraphQLError] = validate(schema, document, max_errors=20)
    unnamed = any(operation.name is None for operation in operations_of(document))
    if errors or unnamed:
        lines = [str(error) for error in errors] + ["An operation has no name."] * unnamed
        raise InvalidOperations("\n\n".join(lines))


def operations_of(document: DocumentNode) -> list[OperationDefinitionNode]:
    """The operations of the document in their written order."""
    return [node for node in document.definitions if isinstance(node, OperationDefinitionNode)]


def fragments_of(document: DocumentNode) -> dict[str, FragmentDefinitionNode]:
    """The fragments of the document by name."""
    fragments = [node for node in document.definitions if isinstance(node, FragmentDefinitionNode)]
    return {fragment.name.value: fragment for fragment in fragments}


def trusted_documents(document: DocumentNode) -> list[Trusted]:
    """One trusted document per operation, each with exactly the fragments that it reaches."""
    fragments = fragments_of(document)
    trusted: list[Trusted] = []
    for operation in operations_of(document):
        assert operation.name is not None
        reached = _reached(operation, fragments)
        text = "\n\n".join(print_ast(node) for node in [operation, *reached])
        digest = hashlib.sha256(text.encode()).hexdigest()
        trusted.append(Trusted(operation.name.value, f"sha256:{digest}", text))
    return trusted


def append(manifest: dict[str, str], documents: list[Trusted]) -> dict[str, str]:
    """The manifest with the new documents at its end; what an older app may still send stays."""
    return manifest | {document.id: document.text for document in documents}


def render(schema: GraphQLSchema, document: DocumentNode) -> str:
    """The TypeScript module: types of fragments, answers, variables and one id per operation."""
    types = Types(schema, fragments_of(document))
    parts = [types.fragment(name) for name in sorted(fragments_of(document))]
    for operation, trusted in zip(operations_of(document), trusted_documents(document), strict=True):
        name = trusted.name
        parts.append(f"export type {name}Data = {types.answer(operation)};")
        parts.append(f"export type {name}Variables = {types.variables(operation)};")
        parts.append(f"export const {name}: Document<{name}Data, {name}Variables> =\n  {json.dumps(trusted.id)};")
    return "\n".join([HEADER, *types.named(), *parts]) + "\n"


def generate(
    schema_file: Path = SCHEMA,
    operations: Path = OPERATIONS,
    *,
    generated: Path = GENERATED,
    manifest: Path = MANIFEST,
) -> None:
    """Write the TypeScript module and the manifest; InvalidOperations when the schema disagrees."""
    schema = build_schema(schema_file.read_text("utf-8"))
    document = read_operations(operations)
    check(schema, document)
    known: dict[str, str] = json.loads(manifest.read_text("utf-8")) if manifest.exists() else {}
    grown = append(known, trusted_documents(document))
    generated.write_text(render(schema, document), "utf-8")
    manifest.write_text(json.dumps(grown, indent=1, ensure_ascii=False) + "\n", "utf-8")


class _Spreads(Visitor):
    """Collects the names of the fragments that a node spreads."""

    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []

    def enter_fragment_spread(self, node: FragmentSpreadNode, *_: object) -> None:
        self.names.append(node.name.value)


def _reached(
    operation: OperationDefinitionNode, fragments: dict[str, FragmentDefinitionNode]
) -> list[FragmentDefinitionNode]:
    reached: dict[str, FragmentDefinitionNode] = {}
    waiting = _spread_names(operation)
    while waiting:
        name = waiting.pop(0)
        if name not in reached:
            reached[name] = fragments[name]
            waiting += _spread_names(fragments[name])
    return [reached[name] for name in sorted(reached)]


def _spread_names(node: OperationDefinitionNode | FragmentDefinitionNode) -> list[str]:
    spreads = _Spreads()
    visit(node, spreads)
    return spreads.names
