"""What can be read, declared as data: tables, columns, edges, and the SQL that says who may see which rows.

SQL texts hold slots in braces. `{row}` is the alias of the view's row, `{child}` that of an edge's target,
`{value}` an argument. Of the actor: `{tenant}` uuid, `{me}` uuid or null, `{client}` uuid or null, `{session}`
uuid or null, `{roles}` and `{scopes}` text[], `{today}` date in the tenant's zone, `{as_of}` the date asked for,
`{now}` timestamptz, and the facts that a view declares.
Of the installation: `{push_key}` text, the public key that a browser needs to subscribe to pushes.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from domain.kernel import clock
from domain.kernel.actor import Actor


class Kind(StrEnum):
    """How a column becomes JSON."""

    TEXT = "TEXT"
    INTEGER = "INTEGER"
    BOOLEAN = "BOOLEAN"
    DECIMAL = "DECIMAL"
    INSTANT = "INSTANT"
    DATE = "DATE"
    LIST = "LIST"


@dataclass(frozen=True, slots=True)
class Column:
    """A scalar field: an SQL expression over `{row}`."""

    sql: str
    kind: Kind = Kind.TEXT


@dataclass(frozen=True, slots=True)
class Strands:
    """The short lists that a long one is woven of, such as those of some persons, each in its order by an index.

    They spare the walk past the rows of others, and grant nothing: `visible` is still asked about each row. The order
    must begin with an instant.
    """

    column: str
    """The column of `{child}` that says to which strand a row belongs."""
    keys: str
    """A select of uuids, the strands that are wanted, over the actor's slots and the argument's `{value}`."""
    of: str = ""
    """The view that the keys are of, where they are all that the actor sees of it: who sees most of it, walks."""


@dataclass(frozen=True, slots=True)
class Filter:
    """An argument that narrows a page: a predicate over `{child}` and `{value}`."""

    sql: str
    type: str
    """The PostgreSQL type of the value: `uuid` (a public id of `prefix`), `text`, `text[]`, `date`, `boolean`."""
    prefix: str | None = None
    leaves_few: bool = False
    """Whether an index finds the few rows that it leaves; of a boolean, the few for which it is true."""
    otherwise: str | None = None
    """What narrows the page, or picks the one row, where the argument is absent or null."""
    strands: Strands | None = None
    """The strands whose rows it leaves, where no index finds all of them in order."""


@dataclass(frozen=True, slots=True)
class Order:
    """Columns of `{child}` that are never null and end in the id, with their PostgreSQL types."""

    columns: tuple[tuple[str, str], ...]
    descending: bool = False


@dataclass(frozen=True, slots=True)
class One:
    """An edge to at most one row: a predicate over `{row}` and `{child}`."""

    view: str
    on: str
    filters: Mapping[str, Filter] = field(default_factory=dict[str, Filter])
    takes_as_of: bool = False
    implied: bool = False
    """Who sees `{row}` sees `{child}`: it is a part of it, so its own predicate need not be asked again."""


@dataclass(frozen=True, slots=True)
class Many:
    """An edge to a short list: at most `limit` rows, fewer where the field has an argument `first` that says so."""

    view: str
    on: str
    order: str
    limit: int
    implied: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """An edge to a long list, by keyset pages. The first order is the default."""

    view: str
    on: str
    orders: Mapping[str, Order]
    filters: Mapping[str, Filter] = field(default_factory=dict[str, Filter])
    takes_as_of: bool = False
    implied: bool = False
    """Who sees `{row}` sees `{child}`: it is a part of it, so its own predicate need not be asked again."""
    strands: Strands | None = None
    """Those of all that the actor sees, for a page that no filter with strands of its own narrows."""


Json = object
"""What JSON holds; a number that must be exact is a text."""


@dataclass(frozen=True, slots=True)
class Computed:
    """A field that rules compute in Python from what SQL finds, for all rows of an answer at once."""

    inputs: str
    """An SQL expression over `{row}` that yields as JSON what the rules need of one row."""
    compute: Callable[[Sequence[Json]], Sequence[Json]]
    """Pure: one value for each input, in their order. Objects are mappings by the names of the schema's fields."""
    list_sizes: Mapping[tuple[str, str], int] = field(default_factory=dict[tuple[str, str], int])
    """The limits of the lists in a value, by the names of their type and field."""


Field = Column | One | Many | Page | Computed


@dataclass(frozen=True, slots=True)
class Fact:
    """What holds of the actor whichever row is asked about: found once in a statement, and only when it is needed."""

    sql: str
    """An expression over the slots of the actor."""
    type: str
    is_rare: bool = False
    """Whether statements that name it seldom ask for it. It is called as a function of the database then, which a
    migration makes (`Function.definition`): what is not called need not be set up either."""


Facts = Mapping[str, Fact]
"""By the names of their slots."""


@dataclass(frozen=True, slots=True)
class Function:
    """A rare fact as PostgreSQL knows it; `takes` are slots, in the order of its parameters."""

    name: str
    takes: tuple[str, ...]
    types: tuple[str, ...]
    returns: str
    body: str

    def called(self, slots: Mapping[str, str]) -> str:
        """The call, with what these slots stand for."""
        return f"{self.name}({', '.join(slots[one] for one in self.takes)})"

    def definition(self) -> str:
        """What a migration says to make it."""
        head = f"create or replace function {self.name}({', '.join(self.types)}) returns {self.returns}"
        return f"{head} language plpgsql stable parallel safe as $$begin return {self.body}; end$$;"


def function_of(name: str, facts: Facts) -> Function:
    """The function of a rare fact."""
    parameters = _Parameters()
    body = facts[name].sql.format_map(parameters)
    takes = tuple(parameters)
    types = tuple(SLOT_TYPES.get(one) or facts[one].type for one in takes)
    return Function(name=f"fact_{name}", takes=takes, types=types, returns=facts[name].type, body=body)


class _Parameters(dict[str, str]):
    """Numbers the slots of a function's body."""

    def __missing__(self, name: str) -> str:
        if name == "tenant":
            return "current_tenant()"
        self[name] = f"${len(self) + 1}"
        return self[name]


@dataclass(frozen=True, slots=True)
class Reach:
    """A way to what an actor sees of a long table, for all those who see little of it.

    It spares them the walk past the rows of others, and grants nothing: `visible` is still asked about each row.
    """

    ids: str
    """A select of ids over the actor's slots: every row that the actor sees is among them, each found by an index."""
    widely: Callable[[Actor], bool]
    """Whether the actor sees most rows, and so finds some soon by walking."""


@dataclass(frozen=True, slots=True)
class View:
    """A type of the schema as it is read. `visible` is the whole truth about who may see a row."""

    name: str
    prefix: str
    source: str
    """A table, or a sub-select in parentheses that may use the actor's slots; it has `tenant_id` and `id`."""
    fields: Mapping[str, Field]
    visible: str
    masks: Mapping[str, str] = field(default_factory=dict[str, str])
    """Predicates without which a field is null, or a short list empty."""
    facts: Facts = field(default_factory=dict[str, Fact])
    """Slots for the texts of this view and of edges that lead to it."""
    reach: Reach | None = None


Roots = Mapping[str, One | Page]
Extensions = Mapping[str, Mapping[str, Field]]
"""Fields that a higher slice adds to a view of a lower one."""

Value = object
SLOT_TYPES: Mapping[str, str] = {
    "tenant": "uuid",
    "me": "uuid",
    "client": "uuid",
    "session": "uuid",
    "roles": "text[]",
    "scopes": "text[]",
    "today": "date",
    "now": "timestamptz",
}
_SLOT_VALUES: Mapping[str, Callable[[Actor], Value]] = {
    "tenant": lambda actor: actor.tenant_id,
    "me": lambda actor: actor.person_id,
    "client": lambda actor: actor.client_id,
    "session": lambda actor: actor.session_id,
    "roles": lambda actor: sorted(actor.roles),
    "scopes": lambda actor: sorted(actor.scopes),
    "today": lambda actor: clock.today(actor.zone),
    "now": lambda _: clock.now(),
}


def slot_value(name: str, actor: Actor) -> Value:
    """What the actor's slot of this name holds."""
    return _SLOT_VALUES[name](actor)


class Slots(dict[str, str]):
    """Gives each slot of the actor a numbered parameter the first time that a text asks for it."""

    def __init__(self, facts: Facts | None = None, **fixed: str) -> None:
        super().__init__(fixed)
        self.names: list[str] = []
        self.facts = facts or {}

    def __missing__(self, name: str) -> str:
        if name in self.facts:
            fact = self.facts[name]
            found = function_of(name, self.facts).called(self) if fact.is_rare else fact.sql.format_map(self)
            return f"(select {found})::{fact.type}"
        source = "today" if name == "as_of" else name
        if source not in self.names:
            self.names.append(source)
        return f"${self.names.index(source) + 1}::{SLOT_TYPES[source]}"

    def values_for(self, actor: Actor) -> list[Value]:
        """The parameters in their order."""
        return [slot_value(name, actor) for name in self.names]


def visible_row(view: View, row_id: UUID, actor: Actor) -> tuple[str, list[Value]]:
    """A statement that yields the id of one row if the actor may see it, and its parameters."""
    slots = Slots(view.facts, row="r")
    condition = view.visible.format_map(slots)
    source = view.source.format_map(slots)
    wanted = f"r.tenant_id = {slots['tenant']} and r.id = ${len(slots.names) + 1}"
    # The id is a parameter, so that the statement is prepared once for all rows.
    return f"select r.id from {source} r where {wanted} and ({condition})", [*slots.values_for(actor), row_id]
