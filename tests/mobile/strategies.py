"""Strategy maps for tests: the strategy office publishes one for the group; a goal of the employee serves it.

PROFIT follows from TRUST after six months, and COST works against TRUST after two; nothing of it is at SALES itself.
The manager answers for all of them, and the goal of the employee inherits the intent of TRUST.
"""

from dataclasses import dataclass
from typing import cast

from tests.furnish import Team
from tests.mobile import scorecards
from tests.mobile.scorecards import done
from tests.running import Client, Product, until

INTENT = {
    "why": "Who trusts us comes back.",
    "whatChanges": "Every promise has a date.",
    "willNotDo": "We do not buy praise.",
}
AIMS = (
    # code, title, Chinese title, perspective, weight
    ("PROFIT", "Earn more with the same fleet", "用同样的机队赚得更多", "FINANCIAL", 2),
    ("TRUST", "Be trusted by every guest", "赢得每位客人的信任", "CUSTOMER", 1),
    ("COST", "Spend less on the ground", "降低地面成本", "PROCESS", 1),
)
LINKS = [
    {"cause": "TRUST", "effect": "PROFIT", "sign": "POSITIVE", "lagMonths": 6, "hypothesis": "Guests come back."},
    {"cause": "COST", "effect": "TRUST", "sign": "NEGATIVE", "lagMonths": 2, "hypothesis": "Desks are missed."},
]
AIM_IDS = "... on Strategy { id version strategicObjectives { id code } }"
WORKS = "query Works($id: ID!) { objective(id: $id) { intents { state } } }"


@dataclass(frozen=True, slots=True)
class Published:
    """The map of the group: its strategic objectives by their codes."""

    unit: str
    version: int
    aims: dict[str, str]


def publish(product: Product, team: Team) -> Published:
    """The map of the group."""
    office = product.somebody(team, "strategy")
    unit = f"unt_{team.units['GROUP']}"
    done(office.act("writePerspectives", "", perspectives=scorecards.PERSPECTIVES))
    told = {"startsOn": "2026-01-01", "endsOn": "2029-12-31", "causalLinks": LINKS}
    themes = [{"code": "GUESTS", "name": "Guests first", "nameZh": "客人第一", "weight": 1}]
    vision = {"vision": "The airline that people recommend.", "visionZh": "大家都推荐的航空公司。"}
    owner = f"per_{team.persons['manager']}"
    aims = [
        {"code": code, "title": title, "titleZh": chinese, "perspective": perspective, "weight": weight}
        | {"theme": "GUESTS", "owner": owner, "intent": INTENT}
        for code, title, chinese, perspective, weight in AIMS
    ]
    content = told | vision | {"themes": themes, "strategicObjectives": aims}
    draft = done(office.act("writeStrategyMap", AIM_IDS, unit=unit, expectedVersion=0, **content))
    reason = "Learning follows next year."
    named = {"id": draft["id"], "expectedVersion": draft["version"], "reason": reason}
    strategy = done(office.act("publishStrategy", AIM_IDS, **named))
    found = cast("list[dict[str, str]]", strategy["strategicObjectives"])
    return Published(unit, cast("int", strategy["version"]), {one["code"]: one["id"] for one in found})


def serve(product: Product, team: Team, goal: str, aim: str) -> None:
    """The goal of the employee serves the strategic objective, and the manager has agreed."""
    proposal = {"child": goal, "method": "QUALITATIVE", "counted": False, "strategicObjective": aim}
    fields = "... on Alignment { id version }"
    proposed = done(product.somebody(team, "employee").act("proposeAlignment", fields, **proposal))
    named = {"id": proposed["id"], "expectedVersion": proposed["version"]}
    done(product.somebody(team, "manager").act("acceptAlignment", fields, **named))


def say_back(product: Product, team: Team, goal: str, aim: str, words: str) -> None:
    """The employee says the intent back at another device."""
    owner = product.somebody(team, "employee")
    intent = _intent(owner, aim)
    done(owner.act("sayBack", "... on TeachBack { id }", objective=goal, intent=intent, words=words))


def sharpen(product: Product, team: Team, published: Published, aim: str) -> None:
    """The intent of a strategic objective becomes another."""
    told = {"strategicObjective": aim, "intent": INTENT | {"why": "Two of three guests come back."}}
    office = product.somebody(team, "strategy")
    done(office.act("writeIntent", "... on Intent { id }", expectedVersion=published.version, **told))


def state(product: Product, team: Team, goal: str) -> str:
    """How the goal stands to the only intent that it inherits."""
    found = product.somebody(team, "employee").ask(WORKS, id=goal)
    [one] = cast("dict[str, list[dict[str, str]]]", found["objective"])["intents"]
    return one["state"]


def becomes(product: Product, team: Team, goal: str, wanted: str) -> None:
    """Until the goal stands so."""
    until(lambda: state(product, team, goal) == wanted, f"the intent is {wanted}")


def _intent(reader: Client, aim: str) -> str:
    document = "query Intent($id: ID!) { node(id: $id) { ... on StrategicObjective { intent { id } } } }"
    found = cast("dict[str, dict[str, str]]", reader.ask(document, id=aim)["node"])
    return found["intent"]["id"]
