"""Values for arguments of generated documents: literals as a document writes them, and the same as JSON."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

from graphql import GraphQLEnumType, GraphQLNamedType

STATES = ("ACTIVE", "DRAFT", "SUBMITTED", "MISSED", "DECLINED")
SIZES = (1, 1, 2, 2, 3, 5, 7, 20, 24, 100)
YEARS = (2026, 2026, 2027, 2025)
SHORT = {"top": 20}
"""How many a list has at most that is no page, by the name of its field."""
DAYS = ("2026-02-28", "2026-03-01", "2026-06-10", "2024-01-01", "2020-01-01", "2030-12-31")
SEARCHES = ("i", "DINA", "%", "_", "no such", "准", "机", "")
PREFIXES = {
    "person": "per",
    "owner": "per",
    "objective": "obj",
    "serving": "obj",
    "root": "obj",
    "alignment": "aln",
    "unit": "unt",
    "parent": "unt",
    "below": "unt",
    "cycle": "cyc",
    "measure": "msr",
    "scorecard": "scd",
}
"""Of what kind an id should be, by the name of the argument or else of the field."""

CONFIDENTIAL = ("apv", "obj", "chk")


@dataclass(frozen=True, slots=True)
class Example:
    """One value."""

    literal: str
    value: object


@dataclass(frozen=True, slots=True)
class Examples:
    """Chosen by chance from what is in the world; `cursors` were given out for a list and its order."""

    ids: Mapping[str, str]
    cursors: Mapping[str, Sequence[str]]
    random: Random

    def scalar(self, named: GraphQLNamedType, argument: str, field: str) -> Example:
        """A value of a scalar or an enum."""
        if isinstance(named, GraphQLEnumType):
            word = self.random.choice(list(named.values))
            return Example(word, word)
        match named.name:
            case "Int" if argument == "year":
                year = self.random.choice(YEARS)
                return Example(str(year), year)
            case "Int":
                size = self.random.choice([one for one in SIZES if one <= SHORT.get(field, max(SIZES))])
                return Example(str(size), size)
            case "Boolean":
                flag = self.random.random() < 0.5
                return Example(str(flag).lower(), flag)
            case "Date":
                return quoted(self.random.choice(DAYS))
            case "ID":
                return quoted(self.id(PREFIXES.get(argument) or PREFIXES.get(field)))
            case _:
                return quoted(self.random.choice(SEARCHES))

    def id(self, prefix: str | None) -> str:
        """A public id, mostly of this kind; of any kind mostly one that holds more than others may read."""
        if prefix is None and self.random.random() < 0.4:
            prefix = self.random.choice(CONFIDENTIAL)
        fitting = [one for one in self.ids.values() if prefix is None or one.startswith(f"{prefix}_")]
        return self.random.choice(fitting if self.random.random() < 0.85 else list(self.ids.values()))

    def state(self) -> Example:
        """A state of an objective."""
        word = self.random.choice(STATES)
        return Example(word, word)

    def cursor(self, scope: str) -> Example | None:
        """A cursor that was given out for this list in this order."""
        found = self.cursors.get(scope)
        return quoted(self.random.choice(found)) if found else None

    def only_order(self, scope: str) -> str:
        """The order of a list that leaves no choice; empty where no cursor was given out."""
        return next((key.partition(":")[2] for key in self.cursors if key.startswith(f"{scope}:")), "")


def quoted(text: str) -> Example:
    """A text."""
    return Example(f'"{text}"', text)
