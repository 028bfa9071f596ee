"""What the views declare, asked of the database one text at a time for all rows of a tenant, and kept by the question.

An answer that is not there yet is noted as missing; `Store.fetch` asks for all that is missing.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar, cast
from uuid import UUID

from domain.kernel import database
from domain.kernel.actor import Actor
from domain.kernel.views import Facts, Filter, Slots, View

if TYPE_CHECKING:
    import asyncpg

    Records = list[asyncpg.Record]

Key = str
"""The id of a row; of some also what tells it from others with that id."""
Side = tuple[View, str | None]
"""A view, as of a date."""
Found = TypeVar("Found")
Question = tuple[UUID, str, str]
"""The tenant, a statement and its parameters."""
APART = {"FeedbackReaction": "kind", "FieldChange": "at", "Cascade": "depth"}
"""Views of which several rows have one id, and the column that tells these apart."""
CONSTANTS = {"push_key": "'key'"}


class Missing(Exception):
    """The answer is not there yet."""


@dataclass(slots=True)
class Store:
    """What the database answered, for all actors: what does not depend on who asks is asked once for a tenant."""

    answers: dict[Question, "Records"] = field(default_factory=dict[Question, "Records"])
    missing: dict[Question, list[object]] = field(default_factory=dict[Question, list[object]])

    async def fetch(self) -> None:
        """Asks for everything that is missing."""
        for question, values in self.missing.items():
            with database.tenant(question[0]):
                async with database.connection() as connection:
                    self.answers[question] = await connection.fetch(question[1], *values)
        self.missing.clear()


@dataclass(slots=True)
class Archive:
    """All that one actor may ask."""

    actor: Actor
    facts: Facts
    store: Store
    _kept: dict[object, object] = field(default_factory=dict[object, object])

    def where(self, view: View, condition: str, as_of: str | None) -> frozenset[Key]:
        """The rows for which a predicate over `{row}` or `{child}` holds."""

        def sql(slots: Slots) -> str:
            return _select(view, slots, _key(view, "one"), condition.format_map(slots))

        def kept(rows: "Records") -> frozenset[Key]:
            return frozenset(row[0] for row in rows)

        return self._answer(("where", view.name, condition, as_of), sql, kept, as_of=as_of)

    def values(self, view: View, expression: str, as_of: str | None) -> Mapping[Key, object]:
        """What an expression over `{row}` or `{child}` yields for each row."""

        def sql(slots: Slots) -> str:
            return _select(view, slots, f"{_key(view, 'one')}, {expression.format_map(slots)}", "true")

        def kept(rows: "Records") -> Mapping[Key, object]:
            return {row[0]: row[1] for row in rows}

        return self._answer(("values", view.name, expression, as_of), sql, kept, as_of=as_of)

    def places(self, view: View, order: str, as_of: str | None) -> Mapping[Key, int]:
        """The place of each row in the order of the database."""

        def sql(slots: Slots) -> str:
            return f"{_select(view, slots, _key(view, 'one'), 'true')} order by {order.format_map(slots)}"

        def kept(rows: "Records") -> Mapping[Key, int]:
            return {row[0]: place for place, row in enumerate(rows)}

        return self._answer(("places", view.name, order, as_of), sql, kept, as_of=as_of)

    def reached(self, parent: Side, child: Side, on: str) -> Mapping[Key, Sequence[Key]]:
        """Which rows an edge leads to from each row, whoever may see them."""
        (above, above_as_of), (below, as_of) = parent, child

        def sql(slots: Slots) -> str:
            outer = self._slots(above_as_of, names=slots.names, row="parent")
            pair = self._slots(as_of, names=slots.names, row="parent", child="one")
            both = f"{_key(above, 'parent')}, {_key(below, 'one')}"
            parents = f", {above.source.format_map(outer)} parent"
            condition = f"parent.tenant_id = {slots['tenant']} and ({on.format_map(pair)})"
            return _select(below, slots, both, condition, more=parents)

        def kept(rows: "Records") -> Mapping[Key, Sequence[Key]]:
            found: dict[Key, list[Key]] = {}
            for row in rows:
                found.setdefault(row[0], []).append(row[1])
            return found

        question = ("reached", above.name, above_as_of, below.name, as_of, on)
        return self._answer(question, sql, kept, as_of=as_of)

    def _answer(
        self,
        key: object,
        sql: Callable[[Slots], str],
        kept: "Callable[[Records], Found]",
        *,
        as_of: str | None,
    ) -> Found:
        if key not in self._kept:
            slots = self._slots(as_of, names=[], row="one", child="one")
            text, values = sql(slots), slots.values_for(self.actor)
            question = (self.actor.tenant_id, text, repr(values))
            if question not in self.store.answers:
                self.store.missing[question] = values
                raise Missing
            self._kept[key] = kept(self.store.answers[question])
        return cast("Found", self._kept[key])

    def _slots(self, as_of: str | None, *, names: list[str], **aliases: str) -> Slots:
        slots = Slots(self.facts, **(CONSTANTS | aliases | ({"as_of": as_of} if as_of else {})))
        slots.names = names
        return slots


def _key(view: View, alias: str) -> str:
    column = APART.get(view.name)
    return f"{alias}.id::text" if column is None else f"{alias}.id || '.' || {alias}.{column}"


def _select(view: View, slots: Slots, wanted: str, condition: str, *, more: str = "") -> str:
    source = view.source.format_map(slots)
    return f"select {wanted} from {source} one{more} where one.tenant_id = {slots['tenant']} and ({condition})"


def filtered(filters: Mapping[str, Filter], arguments: Mapping[str, object]) -> list[str]:
    """The predicates of the arguments that were given, their values written into the text."""
    found: list[str] = []
    for path, one in filters.items():
        name, _, inner = path.partition(".")
        value = arguments.get(name)
        if inner:
            value = cast("Mapping[str, object]", value or {}).get(inner)
        if value is None:
            found += [one.otherwise] if one.otherwise else []
        else:
            found.append(one.sql.replace("{value}", _written(value, one)))
    return found


def _written(value: object, one: Filter) -> str:
    """The value as an SQL literal."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        texts = ", ".join(f"'{text}'" for text in cast("list[str]", value))
        return f"array[{texts}]::text[]"
    text = str(value)
    if one.prefix is not None:
        prefix, _, text = text.partition("_")
        return f"'{text}'::uuid" if prefix == one.prefix else "null::uuid"
    return f"'{text}'::{one.type}"
