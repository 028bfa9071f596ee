"""What an operation costs, known before it runs: scalars are free, objects 1, pages by their size.

A page is a field with a `first` or `last` argument: 2 + size x (the cost of one item). A list with
an `ids` argument costs as many items as it names. A short list without a size costs its limit, but
at most 5 items: lists hold few items where their limit only bounds the worst, and five a level
already makes lists within lists too dear. A `totalCount` costs 20, for it asks of up to 10,001 rows
who may see them. A root field of a mutation costs 10 more, a deferred fragment 1 more each time it
comes. Every operation is priced once, as a number or, where variables set sizes, as a function of
the variables.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import TypeAlias

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLList,
    GraphQLNamedType,
    GraphQLNonNull,
    GraphQLSchema,
    InlineFragmentNode,
    IntValueNode,
    ListValueNode,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    Undefined,
    ValueNode,
    VariableNode,
    get_named_type,
    is_abstract_type,
    is_composite_type,
    is_leaf_type,
    is_object_type,
)

from api.guard.limits import is_deferred
from api.guard.refusal import Refusal, entry

Variables: TypeAlias = Mapping[str, object]
Price: TypeAlias = int | Callable[[Variables], int]
ListSizes: TypeAlias = Mapping[tuple[str, str], int]
"""The limits of lists that take no size, by the names of their type and field."""

PAGE_SIZE_DEFAULT = 20
PAGE_SIZE_MAX = 100
OBJECT_POINTS = 1
PAGE_POINTS = 2
LIST_SIZE_EXPECTED = 5
COUNT_FIELD = "totalCount"
COUNT_POINTS = 20
MUTATION_POINTS = 10
DEFERRED_POINTS = 1


def price(
    schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode, *, list_sizes: ListSizes
) -> Price:
    """The price of one operation of a validated document, in points."""
    root = schema.get_root_type(operation.operation)
    assert root is not None, "a validated operation has a root type"
    pricing = _Pricing(schema, document, operation, list_sizes=list_sizes)
    selections = pricing.selections(operation.selection_set, root)
    if operation.operation is not OperationType.MUTATION:
        return selections
    return total([MUTATION_POINTS * len(operation.selection_set.selections), selections])


def points(cost: Price, variables: Variables) -> int:
    """The cost in points for these variables, at least 1."""
    return max(1, cost if isinstance(cost, int) else cost(variables))


def total(prices: Iterable[Price]) -> Price:
    """The sum, kept a number while all parts are numbers."""
    fixed, open_prices = divide(prices)
    if not open_prices:
        return sum(fixed)
    constant = sum(fixed)
    return lambda variables: constant + sum(part(variables) for part in open_prices)


def greatest(prices: Iterable[Price]) -> Price:
    """The largest, for selections of which only one can apply."""
    fixed, open_prices = divide(prices)
    constant = max(fixed, default=0)
    if not open_prices:
        return constant
    return lambda variables: max(constant, *(part(variables) for part in open_prices))


def times(size: Price, item: Price) -> Price:
    """Size x item."""
    if isinstance(size, int) and isinstance(item, int):
        return size * item
    if isinstance(size, int):
        return lambda variables: size * points_of(item, variables)
    return lambda variables: size(variables) * points_of(item, variables)


def points_of(part: Price, variables: Variables) -> int:
    """The number that a price is for these variables."""
    return part if isinstance(part, int) else part(variables)


def divide(prices: Iterable[Price]) -> tuple[list[int], list[Callable[[Variables], int]]]:
    """Numbers apart from functions."""
    fixed: list[int] = []
    open_prices: list[Callable[[Variables], int]] = []
    for part in prices:
        if isinstance(part, int):
            fixed.append(part)
        else:
            open_prices.append(part)
    return fixed, open_prices


def bounded(size: object) -> int:
    """A page size from 0 to 100; raises Refusal for others, so that no resolver must check it."""
    if size is None or isinstance(size, bool) or not isinstance(size, int | float):
        return PAGE_SIZE_DEFAULT
    if not 0 <= size <= PAGE_SIZE_MAX:
        message = f"A page holds 0 to {PAGE_SIZE_MAX} items."
        raise Refusal([entry("BAD_USER_INPUT", message)], status=400, legacy_status=200)
    return int(size)


def named_type(definition: GraphQLField) -> GraphQLNamedType:
    """The type of a field without lists and non-null."""
    return get_named_type(definition.type)  # pyright: ignore[reportUnknownMemberType, reportUnknownArgumentType] - a generic of graphql-core


def is_list(definition: GraphQLField) -> bool:
    """Whether a field gives a list of anything."""
    of_type: object = definition.type  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType] - as above
    if isinstance(of_type, GraphQLNonNull):
        of_type = of_type.of_type  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType] - as above
    return isinstance(of_type, GraphQLList)


class _Pricing:
    """Prices the selections of one operation; every fragment is priced once."""

    def __init__(
        self,
        schema: GraphQLSchema,
        document: DocumentNode,
        operation: OperationDefinitionNode,
        *,
        list_sizes: ListSizes,
    ) -> None:
        self._schema = schema
        self._list_sizes = list_sizes
        self._fragments = {
            node.name.value: node for node in document.definitions if isinstance(node, FragmentDefinitionNode)
        }
        self._defaults = {node.variable.name.value: node.default_value for node in operation.variable_definitions or ()}
        self._priced: dict[str, Price] = {}
        self._parted: dict[str, tuple[Price, Price]] = {}

    def selections(self, selection_set: SelectionSetNode, parent: GraphQLNamedType) -> Price:
        """The sum of what applies always and the dearest of what applies to one type each."""
        always: list[Price] = []
        by_type: dict[str, list[Price]] = {}
        for selection in selection_set.selections:
            if isinstance(selection, FieldNode):
                always.append(self.field(selection, parent))
                continue
            on_type, part = self._fragment(selection, parent)
            part = total([part, DEFERRED_POINTS * is_deferred(selection)])
            is_choice = is_abstract_type(parent) and is_object_type(on_type)
            (by_type.setdefault(on_type.name, []) if is_choice else always).append(part)
        return total([*always, greatest(total(parts) for parts in by_type.values())])

    def _fragment(self, selection: object, parent: GraphQLNamedType) -> tuple[GraphQLNamedType, Price]:
        if isinstance(selection, InlineFragmentNode):
            condition = selection.type_condition
            on_type = self._type(condition.name.value) if condition else parent
            return on_type, self.selections(selection.selection_set, on_type)
        assert isinstance(selection, FragmentSpreadNode)
        node = self._fragments[selection.name.value]
        on_type = self._type(node.type_condition.name.value)
        if node.name.value not in self._priced:
            self._priced[node.name.value] = self.selections(node.selection_set, on_type)
        return on_type, self._priced[node.name.value]

    def _type(self, name: str) -> GraphQLNamedType:
        named = self._schema.get_type(name)
        assert named is not None, "a validated condition names a type"
        return named

    def field(self, node: FieldNode, parent: GraphQLNamedType) -> Price:
        definition = self._definition(node, parent)
        if definition is None or is_leaf_type(named_type(definition)):
            return COUNT_POINTS if node.name.value == COUNT_FIELD else 0
        assert node.selection_set is not None, "a validated composite field has selections"
        if {"first", "last"} & definition.args.keys():
            return self._page(node, definition)
        item = total([OBJECT_POINTS, self.selections(node.selection_set, named_type(definition))])
        return times(self._list_size(node, definition, parent), item)

    def _list_size(self, node: FieldNode, definition: GraphQLField, parent: GraphQLNamedType) -> Price:
        if is_list(definition) and "ids" in definition.args:
            given = next((one.value for one in node.arguments or () if one.name.value == "ids"), None)
            return 0 if given is None else self._number_of_ids(given)
        return min(self._list_sizes.get((parent.name, node.name.value), 1), LIST_SIZE_EXPECTED)

    def _number_of_ids(self, given: ValueNode) -> Price:
        if isinstance(given, ListValueNode):
            return len(given.values)
        if not isinstance(given, VariableNode):
            return 1
        name = given.name.value
        literal = self._defaults.get(name)
        absent = [None] * len(literal.values) if isinstance(literal, ListValueNode) else literal
        return lambda variables: length(variables.get(name, absent))

    def _definition(self, node: FieldNode, parent: GraphQLNamedType) -> GraphQLField | None:
        if not is_composite_type(parent):
            return None
        return self._schema.get_field(parent, node.name.value)

    def _page(self, node: FieldNode, definition: GraphQLField) -> Price:
        assert node.selection_set is not None
        named = named_type(definition)
        size = self._size(node, definition)
        if is_list(definition):
            item = total([OBJECT_POINTS, self.selections(node.selection_set, named)])
            return total([PAGE_POINTS, times(size, item)])
        item, beside = self._page_parts(node.selection_set, named)
        return total([PAGE_POINTS, times(size, item), beside])

    def _page_parts(self, selection_set: SelectionSetNode, page: GraphQLNamedType) -> tuple[Price, Price]:
        """What a page asks per item, and once: `edges` is only a wrapper of its nodes."""
        items: list[Price] = []
        beside: list[Price] = []
        for selection in selection_set.selections:
            if not isinstance(selection, FieldNode):
                item, once = self._fragment_parts(selection, page)
                items.append(item)
                beside.append(total([once, DEFERRED_POINTS * is_deferred(selection)]))
                continue
            definition = self._definition(selection, page)
            is_listed = definition is not None and is_list(definition)
            part = self.field(selection, page)
            if selection.name.value == "edges":
                part = total([part, -OBJECT_POINTS])
            (items if is_listed else beside).append(part)
        return total(items), total(beside)

    def _fragment_parts(self, selection: object, page: GraphQLNamedType) -> tuple[Price, Price]:
        if isinstance(selection, InlineFragmentNode):
            return self._page_parts(selection.selection_set, page)
        assert isinstance(selection, FragmentSpreadNode)
        name = selection.name.value
        if name not in self._parted:
            self._parted[name] = self._page_parts(self._fragments[name].selection_set, page)
        return self._parted[name]

    def _size(self, node: FieldNode, definition: GraphQLField) -> Price:
        """The greatest size that is given, else the default: null is as good as absent."""
        asked = [one.value for one in node.arguments or () if one.name.value in ("first", "last")]
        literals = [bounded(int(one.value[:9])) for one in map(as_integer, asked) if one is not None]
        names = [one.name.value for one in asked if isinstance(one, VariableNode)]
        given = definition.args["first"].default_value if "first" in definition.args else None
        default = bounded(None if given is Undefined else given)
        if not names:
            return max(literals, default=default)
        defaults = {name: as_integer(self._defaults.get(name)) for name in names}
        absent = {name: None if found is None else int(found.value[:9]) for name, found in defaults.items()}

        def size(variables: Variables) -> int:
            sizes = [variables.get(name, absent[name]) for name in names]
            return max([*literals, *(bounded(one) for one in sizes if one is not None)], default=default)

        return size


def as_integer(literal: ValueNode | None) -> IntValueNode | None:
    """The literal if it is a number."""
    return literal if isinstance(literal, IntValueNode) else None


def length(given: object) -> int:
    """How many ids a variable holds: one alone is a list of one."""
    if isinstance(given, list):
        return len(given)  # pyright: ignore[reportUnknownArgumentType] - JSON
    return 0 if given is None else 1
