"""A compiled plan: the SQL text and how its parameters are found for each request."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from api.reading.computing import Fill
from domain.kernel.actor import Actor

Variables = Mapping[str, object]
Bind = Callable[[Actor, Variables], object]
ROW = '"."'
"""The name of a derived table that becomes JSON as a whole: no response key can be written so and shadow it."""
ROW_MARK = "*"
"""No name of GraphQL holds it."""
_PLACEHOLDER = re.compile(r"\$(\d+)::")


@dataclass(frozen=True, slots=True)
class Plan:
    """One statement that answers the whole selection as the bytes of one JSON object."""

    sql: str
    binds: tuple[Bind, ...]
    fills: tuple[Fill, ...] = ()
    """What rules compute out of the answer."""
    outline: str | None = None
    """Of one row: its whole object but for ROW_MARK, the row's id, if no more is asked for than that and its type."""

    def values(self, actor: Actor, variables: Variables) -> list[object]:
        """The parameters in their order; InvalidInput for an argument out of its range."""
        return [bind(actor, variables) for bind in self.binds]


class Parameters:
    """Numbers the parameters of a statement; the same key gets the same number."""

    def __init__(self) -> None:
        self._numbers: dict[object, int] = {}
        self.binds: list[Bind] = []

    def slot(self, key: object, type_name: str, bind: Bind) -> str:
        """The placeholder of a parameter, with its PostgreSQL type."""
        if key not in self._numbers:
            self.binds.append(bind)
            self._numbers[key] = len(self.binds)
        return f"${self._numbers[key]}::{type_name}"

    def plan(self, sql: str, fills: Sequence[Fill]) -> Plan:
        """The plan of a text with these placeholders; a slot that it does not use is left out."""
        used = sorted({int(number) for number in _PLACEHOLDER.findall(sql)})
        places = {number: place for place, number in enumerate(used, start=1)}
        text = _PLACEHOLDER.sub(lambda found: f"${places[int(found[1])]}::", sql)
        return Plan(sql=text, binds=tuple(self.binds[number - 1] for number in used), fills=tuple(fills))
