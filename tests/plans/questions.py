"""What is explained: every query of the phone app as typical people ask it, and what partners ask."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from api.guard.trusted import read_manifest
from domain.kernel.actor import Actor, Role, Scope
from domain.kernel.ids import public
from tests.benchmarks.group_objectives import CURRENT, OBJECTIVES_EACH, Objective, approval_id, cycle_id, objective_id
from tests.benchmarks.group_people import COMPANY, person, unit
from tests.benchmarks.tables import TENANT

ROOT = Path(__file__).parents[2]
EMPLOYEE = 2 * COMPANY + 237
"""Somebody who leads nobody, in the third company."""
GOAL = Objective(EMPLOYEE * OBJECTIVES_EACH, EMPLOYEE, 0)
SERVED = public("obj", UUID(objective_id(2 * COMPANY * OBJECTIVES_EACH)))
"""A goal of who leads the third company: it has children in every department."""


@dataclass(frozen=True, slots=True)
class Question:
    """A document, who asks it, and with what."""

    name: str
    text: str
    who: str
    actor: Actor
    variables: Mapping[str, object]

    @property
    def has_pages(self) -> bool:
        """Whether the next page is asked for by the same document."""
        return "after: $after" in self.text


def _person(number: int, role: Role) -> Actor:
    me = UUID(person(number))
    return Actor(UUID(TENANT), "UTC", person_id=me, session_id=me, roles=frozenset({Role.EMPLOYEE, role}))


PEOPLE = {
    "employee": _person(EMPLOYEE, Role.EMPLOYEE),
    "manager": _person(2 * COMPANY + 230, Role.MANAGER),
    "manager of 500": _person(2 * COMPANY, Role.MANAGER),
    "HR partner": _person(2 * COMPANY + 1, Role.HR_PARTNER),
    "strategy office": _person(3, Role.STRATEGY_OFFICE),
}
PARTNER = Actor(
    UUID(TENANT),
    "UTC",
    client_id=UUID(int=1),
    roles=frozenset({Role.PARTNER}),
    scopes=frozenset({Scope.MEASURES_READ, Scope.OBJECTIVES_READ, Scope.PEOPLE_READ}),
)
CARD_OF = {"unit": public("unt", UUID(unit(COMPANY, EMPLOYEE))), "cycle": public("cyc", UUID(cycle_id(CURRENT)))}
VARIABLES: Mapping[str, Mapping[str, object]] = {
    "ApprovalDetail": {"id": public("apv", UUID(approval_id(GOAL)))},
    "Branch": {"id": public("obj", UUID(GOAL.id))},
    "FindPeople": {"search": "chen"},
    "Goal": {"id": public("obj", UUID(GOAL.id))},
    "GoalIntents": {"id": public("obj", UUID(GOAL.id))},
    "GoalTree": {"id": public("obj", UUID(GOAL.id))},
    "ItemFacts": {"id": public("sci", UUID(int=1))},
    "OtherScorecards": CARD_OF,
    "Scorecard": {"id": public("scd", UUID(int=1))},
    "Slice": {"id": public("aln", UUID(int=1))},
    "StrategicObjective": {"id": public("sob", UUID(int=1))},
    "UnitScorecard": CARD_OF,
    "UnitStrategy": CARD_OF,
    "UnitsAbove": CARD_OF,
}
"""Of documents that need some, by their names. The generated group keeps no scorecards."""
LISTS = {
    "objectives": "{ objectives(first: 20) { nodes { id title state } } }",
    "objectives, counted": "{ objectives(first: 20) { nodes { id } totalCount pageInfo { endCursor hasNextPage } } }",
    "objectives, page by page": """query($after: String) {
        objectives(first: 20, after: $after) { nodes { id title } pageInfo { endCursor hasNextPage } } }""",
    "objectives by title": "{ objectives(first: 20, orderBy: TITLE) { edges { cursor node { id title } } } }",
    "objectives that wait": "{ objectives(first: 20, filter: { state: [SUBMITTED] }) { nodes { id viewerCan } } }",
    "last objectives": "{ objectives(last: 20, orderBy: UPDATED) { nodes { id updatedAt } } }",
    "news of the line": """query($after: String) {
        checkIns(first: 20, after: $after, filter: { line: ALL }) {
            nodes { id value note recordedAt author { name } keyResult { title } } pageInfo { endCursor } } }""",
    "news of who reports": "{ checkIns(first: 20, filter: { line: DIRECT }) { nodes { id value author { name } } } }",
    "news below a goal": f"""{{ checkIns(first: 20, filter: {{ serving: "{SERVED}" }}) {{
        nodes {{ id value objective {{ title }} }} }} }}""",
    "all news": "{ checkIns(first: 20) { nodes { id value objective { title } } } }",
    "all news, counted": "{ checkIns(first: 1) { totalCount } }",
    "people": "{ people(first: 50) { nodes { id name unit { id } manager { id } } pageInfo { endCursor } } }",
    "units": "{ units(first: 50) { nodes { id code name people(first: 5) { nodes { id } } } } }",
}
"""What developers try first, asked by everybody."""
OF_PARTNERS = {
    "measures": "{ measures(first: 3) { nodes { code name unitOfMeasure latestActual { period value } } } }",
    "actuals": "{ measures(first: 20) { nodes { code actuals(first: 12) { nodes { period value recordedAt } } } } }",
    "progress": """{ objectives(first: 50, orderBy: UPDATED, filter: { state: [ACTIVE] }) {
        nodes { id title progress owner { id name } unit { code } keyResults { title current target measure { code } }
                checkIns(first: 3) { nodes { value recordedAt } } }
        pageInfo { hasNextPage endCursor } } }""",
    "structure": "{ units(first: 100, kind: COMPANY) { nodes { code name children(first: 20) { nodes { code } } } } }",
}


def everything() -> Iterator[Question]:
    """In the order of the record."""
    for name, text in of_the_app().items():
        variables = VARIABLES.get(name.partition(",")[0], {})
        for who, actor in PEOPLE.items():
            yield Question(name, text, who, actor, variables)
    for name, text in LISTS.items():
        for who, actor in (PEOPLE | {"partner": PARTNER}).items():
            yield Question(name, text, who, actor, {})
    for name, text in OF_PARTNERS.items():
        yield Question(f"{name}, for partners", text, "partner", PARTNER, {})


def of_the_app() -> dict[str, str]:
    """The queries of the phone app by their names; of one name, those of older apps are numbered backwards."""
    found: dict[str, str] = {}
    for text in reversed(read_manifest(ROOT / "mobile" / "trusted.json").values()):
        kind, _, rest = text.partition(" ")
        name = rest.split("(")[0].split(" ")[0]
        if kind == "query":
            older = sum(known.partition(",")[0] == name for known in found)
            found[f"{name}, older {older}" if older else name] = text
    return found
