"""What is asked of the servers: five reads, with documents, the rows that they are about, and what must be equal."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import cast

from tests.benchmarks.group_objectives import OBJECTIVES_EACH, objective_id
from tests.benchmarks.group_people import COMPANY, PEOPLE, person

STRIDE = 3
"""Every third person asks: enough that no rate limit is reached, and that each tenth of them leads a team."""
ASKERS = range(0, PEOPLE, STRIDE)
BLOCKS = 20
"""So many stretches of the list are asked for, one behind the other."""
PAGES = 5
NAMES = "abcde"


class Question(StrEnum):
    HOME = "home"
    TREE = "tree"
    LIST = "list"
    FEED = "feed"
    TRACE = "trace"


PERSONAL = frozenset({Question.HOME, Question.FEED})
"""What each person asks about their own; the others are asked about some objectives in turn."""
MEANINGS = {
    Question.HOME: "the app's first screen, by its trusted document",
    Question.TREE: "a company's 500 objectives in four levels with their 2,000 key results",
    Question.LIST: "500 objectives with six scalars each, from a place in the newest first",
    Question.FEED: "the newest twenty of an inbox with actor, objective and request, by the app's trusted document",
    Question.TRACE: "50 objectives with the lines that explain their progress, made by rules in Python",
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a stretch of the list begins: behind this row; the product's cursor for each page of it."""

    at: str
    id: str
    cursors: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Subjects:
    """What the requests are about, in their order; the same for every server."""

    places: Sequence[Place]
    """One for each stretch of the list."""

    def person(self, number: int) -> str:
        return person(ASKERS[number])

    def objective(self, number: int) -> str:
        """The head objective of a company; not of the first, whose head has the whole group below."""
        company = 1 + number % (PEOPLE // COMPANY - 1)
        return objective_id(company * COMPANY * OBJECTIVES_EACH)

    def block(self, number: int) -> int:
        return number % len(self.places)

    def place(self, number: int) -> Place:
        return self.places[self.block(number)]


NODE = """
fragment Node on Objective {
  id
  title
  state
  weight
  progress
  keyResults {
    id
    title
    start
    target
    current
    progress
  }
}
"""
TREE = f"""
query Tree($objective: ID!) {{
  objective(id: $objective) {{
    ...Node
    children(first: 22) {{
      nodes {{
        ...Node
        children(first: 13) {{
          nodes {{
            ...Node
            children(first: 9) {{
              nodes {{
                ...Node
              }}
            }}
          }}
        }}
      }}
    }}
  }}
}}
{NODE}"""
ROW = """
fragment Row on Objective {
  id
  title
  state
  weight
  progress
  createdAt
}
"""
LIST = (
    f"query List({', '.join(f'${name}: String' for name in NAMES)}) {{\n"
    + "".join(
        f"  {name}: objectives(first: 100, after: ${name}, filter: {{ state: [ACTIVE] }}) {{ nodes {{ ...Row }} }}\n"
        for name in NAMES
    )
    + "}\n"
    + ROW
)
"""Pages hold at most a hundred: five of them in one document, each behind its cursor."""
EXPLAINED = """
fragment Explained on Objective {
  id
  title
  progress
  progressTrace {
    progress
    shares {
      title
      weight
      share
      contribution
    }
  }
}
"""
TRACE = f"""
query Trace($after: String) {{
  objectives(first: 50, after: $after, filter: {{ state: [ACTIVE] }}) {{ nodes {{ ...Explained }} }}
}}
{EXPLAINED}"""
WALK = """
query Walk($after: String) {
  objectives(first: 100, after: $after, filter: { state: [ACTIVE] }) { nodes { id createdAt } pageInfo { endCursor } }
}
"""

UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
PREFIXED = re.compile(rf"(?:[a-z]{{2,3}}_)?({UUID})")
DECIMAL = re.compile(r"-?\d+(?:\.\d+)?")
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d.*")
CENT = Decimal("0.01")


def plain(given: object) -> object:
    """A value as every server means it: ids without prefix, numbers to two digits, instants; no opaque cursors."""
    if isinstance(given, Mapping):
        fields = cast("Mapping[str, object]", given)
        return {name: plain(value) for name, value in fields.items() if name != "endCursor"}
    if isinstance(given, list):
        return [plain(one) for one in cast("list[object]", given)]
    return plain_text(given) if isinstance(given, str) else given


def plain_text(given: str) -> object:
    if found := PREFIXED.fullmatch(given):
        return found.group(1)
    if DECIMAL.fullmatch(given):
        return Decimal(given).quantize(CENT, ROUND_HALF_UP)
    return datetime.fromisoformat(given) if INSTANT.fullmatch(given) else given


def asked(question: Question, answer: object) -> object:
    """The part of an answer that holds what was asked, in the shape of our schema."""
    fields = cast("dict[str, dict[str, object]]", cast("dict[str, object]", answer)["data"])
    if question is Question.LIST:
        return [row for page in fields.values() for row in cast("list[object]", page["nodes"])]
    (only,) = fields.values()
    return only
