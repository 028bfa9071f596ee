"""What the slow reader met on its way: the cases that generated documents are to hit, counted where they occur."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

DIGITS_BIG = 17
"""A number of so many digits is more than a double holds."""


@dataclass(slots=True)
class Remarks:
    """Of one answer."""

    met: set[str] = field(default_factory=set[str])
    hidden: set[str] = field(default_factory=set[str])
    """The rows that an edge leads to and the actor may not see."""
    unknown: set[str] = field(default_factory=set[str])
    """The ids asked for that name no row of the tenant."""

    def clear(self) -> None:
        """Before the document is walked once more."""
        self.met.clear()
        self.hidden.clear()
        self.unknown.clear()

    def value(self, found: object) -> None:
        """A field of a row."""
        if found is None:
            self.met.add("null")
        elif found == []:
            self.met.add("an empty list")
        elif isinstance(found, str):
            if not found.isascii():
                self.met.add("Unicode")
            if len(found) > DIGITS_BIG and found.lstrip("-").replace(".", "").isdigit():
                self.met.add("a big number")

    def length(self, number: int) -> None:
        """How long a list is."""
        if number == 0:
            self.met.add("an empty list")

    def page(self, leading: Sequence[str], first: int, end: int) -> None:
        """A page shows the rows from `first` to before `end` of those with these leading values of their order."""
        self.length(end - first)
        if end == first:
            return
        shown = leading[first:end]
        if len(set(shown)) < len(shown):
            self.met.add("a tie in the order")
        if first > 0 or end < len(leading):
            self.met.add("a border of a page")
        if (first > 0 and leading[first - 1] == shown[0]) or (end < len(leading) and leading[end] == shown[-1]):
            self.met.add("a tie at the border of a page")

    def hide(self, keys: Iterable[str]) -> None:
        """Rows that an edge leads to but the actor may not see."""
        self.hidden.update(keys)
