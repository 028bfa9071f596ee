"""Documents opened once: parsed, measured, validated, priced, and kept by the hash of their text."""

import hashlib
import re
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graphql import (
    ASTValidationRule,
    DocumentNode,
    GraphQLError,
    GraphQLSchema,
    GraphQLSyntaxError,
    OperationDefinitionNode,
    OperationType,
    VariableDefinitionNode,
    parse,
    specified_rules,
    validate,
)
from graphql.validation.rules import overlapping_fields_can_be_merged
from graphql.validation.validate import ValidationAbortedError

from api.guard import cost, deferring
from api.guard.deferring import Deferring
from api.guard.limits import Extent, Limits, measure
from api.guard.operations import Prepared
from api.guard.refusal import Refusal, entry, too_complex

# PostgreSQL text cannot hold it, so no string of a request may.
NUL_IN_DOCUMENT = re.compile(r"\x00|\\u(?:0000|\{0+\})")
KEPT_DOCUMENTS_MAX = 1000
# Comparing what overlaps is the one rule that is not linear; the default lets 0.5 s pass.
overlapping_fields_can_be_merged.MAX_COMPLEXITY_BUDGET = 20_000
VALIDATION_ERRORS_MAX = 5


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation of an opened document and what is known of it before it runs."""

    node: OperationDefinitionNode
    price: cost.Price
    introspects: bool
    defers: bool


@dataclass(frozen=True, slots=True)
class Document:
    """A document that passed every check, with its operations by name ("" without one).

    `node` and the operations are without `@defer`; what would be deferred is kept in `deferring`.
    """

    text_hash: str
    node: DocumentNode
    operations: Mapping[str, Operation]
    trusted_id: str | None
    deferring: Deferring | None = None

    def choose(self, name: str | None) -> Operation:
        """The operation to run; raises Refusal when the request does not say which."""
        if name is None and len(self.operations) == 1:
            return next(iter(self.operations.values()))
        if name is None:
            raise unresolved("The document has several operations: say which by operationName.")
        if name not in self.operations:
            raise unresolved("The document has no operation of that name.")
        return self.operations[name]

    def prepare(self, operation: Operation, variables: Mapping[str, object], *, cost_max: int) -> Prepared:
        """The operation with its variables; raises Refusal when they make it too expensive."""
        node = operation.node
        points = cost.points(operation.price, variables)
        if points > cost_max:
            raise too_complex(
                f"The operation costs {points} points: at most {cost_max} are allowed.",
                limit="cost",
                allowed=cost_max,
                requested=points,
            )
        name = node.name.value if node.name else None
        deferred = self._deferred(operation, variables)
        return Prepared(self.text_hash, self.node, node, name, variables, points, self.trusted_id, deferred)

    def _deferred(self, operation: Operation, variables: Mapping[str, object]) -> DocumentNode | None:
        """The document with its `@defer`, where the answer may come in parts: a change is answered at once."""
        node, found = operation.node, self.deferring
        if not operation.defers or found is None or node.operation is not OperationType.QUERY:
            return None
        return found.document if found.may_apply(node, variables) else None


def unresolved(message: str) -> Refusal:
    """Refuses a request that names no operation of its document."""
    return Refusal([entry("OPERATION_RESOLUTION_FAILURE", message)], status=422, legacy_status=200)


def unparsable(message: str) -> Refusal:
    """Refuses a text that is no GraphQL document."""
    return Refusal([entry("GRAPHQL_PARSE_FAILED", message)], status=400, legacy_status=200)


def invalid(errors: Sequence[GraphQLError]) -> Refusal:
    """Refuses a document that does not fit the schema.

    The audit suite counts a fault of variable definitions alone as one of the variables: 400.
    """
    entries = [
        entry("GRAPHQL_VALIDATION_FAILED", error.message)
        | {"locations": [place.formatted for place in error.locations or ()][:1]}
        for error in errors
    ]
    if isinstance(errors[0], ValidationAbortedError):
        return too_complex("The selections of the document overlap too much to be compared.")
    is_of_variables = all(isinstance(node, VariableDefinitionNode) for error in errors for node in error.nodes or ())
    status = 400 if is_of_variables else 422
    return Refusal(entries, status=status, legacy_status=200, edition_status=422)


class Documents:
    """Opens documents against one schema; free texts are kept in a bounded least-recently-used map.

    A refused text is kept as its refusal, so that sending it again costs no second validation.
    """

    def __init__(
        self,
        schema: GraphQLSchema,
        *,
        limits: Limits | None = None,
        rules: Sequence[type[ASTValidationRule]] = specified_rules,
        kept_max: int = KEPT_DOCUMENTS_MAX,
        list_sizes: cost.ListSizes | None = None,
    ) -> None:
        self.schema = schema
        self.limits = limits or Limits()
        self._rules = tuple(rules)
        self._list_sizes = list_sizes or {}
        self._kept: OrderedDict[str, Document | Refusal] = OrderedDict()
        self._kept_max = kept_max

    def open(self, text: str) -> Document:
        """The document of a free text; raises Refusal."""
        text_hash = hash_text(text)
        kept = self._kept.get(text_hash)
        if kept is None:
            kept = self._keep(text_hash, text)
        else:
            self._kept.move_to_end(text_hash)
        if isinstance(kept, Refusal):
            raise kept.with_traceback(None)
        return kept

    def _keep(self, text_hash: str, text: str) -> Document | Refusal:
        try:
            opened: Document | Refusal = self.check(text, text_hash)
        except Refusal as refusal:
            opened = refusal
        self._kept[text_hash] = opened
        if len(self._kept) > self._kept_max:
            self._kept.popitem(last=False)
        return opened

    def check(self, text: str, text_hash: str, trusted_id: str | None = None) -> Document:
        """Checks a text in full; a trusted one is measured by tests, not by the limits."""
        node = self._parse(text)
        extents = measure(node, self.limits) if trusted_id is None else measure(node, UNLIMITED)
        errors = validate(self.schema, node, self._rules, VALIDATION_ERRORS_MAX, hide_suggestions=True)
        if errors:
            raise invalid(errors)
        if not any(extent.deferred for extent in extents.values()):
            return Document(text_hash, node, self._operations(node, node, extents), trusted_id)
        plain, found = deferring.apart(node)
        return Document(text_hash, plain, self._operations(node, plain, extents), trusted_id, found)

    def _parse(self, text: str) -> DocumentNode:
        if NUL_IN_DOCUMENT.search(text):
            raise unparsable("The document holds the character U+0000.")
        tokens = self.limits.tokens
        try:
            return parse(text, max_lexical_tokens=tokens, max_comments=tokens)
        except GraphQLSyntaxError as error:
            raise unparsable(error.message) from None

    def _operations(
        self, node: DocumentNode, plain: DocumentNode, extents: Mapping[str, Extent]
    ) -> dict[str, Operation]:
        """The operations of `plain`, at the prices of those of `node`."""
        found: dict[str, Operation] = {}
        for sent, definition in zip(node.definitions, plain.definitions, strict=True):
            if isinstance(sent, OperationDefinitionNode) and isinstance(definition, OperationDefinitionNode):
                name = definition.name.value if definition.name else ""
                price, extent = cost.price(self.schema, node, sent, list_sizes=self._list_sizes), extents[name]
                found[name] = Operation(definition, price, extent.introspects, extent.deferred > 0)
        return found


def hash_text(text: str) -> str:
    """The SHA-256 of a document's text in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


HUGE = 1_000_000
UNLIMITED = Limits(
    tokens=HUGE, depth=HUGE, introspection_depth=HUGE, aliases=HUGE, deferred=HUGE, root_fields=HUGE,
    duplicates=HUGE, directives=HUGE, fragments=HUGE, operations=HUGE, fields=HUGE, cost=HUGE,
)  # fmt: skip
