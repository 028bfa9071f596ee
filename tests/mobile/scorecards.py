"""Scorecards for tests: the strategy office keeps them, the employee tells the figures, the worker scores them.

The card of SALES holds finance (3 of 4) with revenue at 80 of 100, a figure of long ago, and a secret; and
customers (1 of 4) with 78 % on the way from 70 to 80 %. Three points were earned beside them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import cast

from domain.kernel import clock
from tests.furnish import Team
from tests.running import Client, Product, until

PERSPECTIVES = [
    {"code": code, "name": name, "nameZh": chinese}
    for code, name, chinese in (
        ("FINANCIAL", "Finance", "财务"),
        ("CUSTOMER", "Customers", "客户"),
        ("PROCESS", "Internal processes", "内部流程"),
        ("LEARNING", "Learning and growth", "学习与成长"),
    )
]
WEIGHTS = {"FINANCIAL": 3, "CUSTOMER": 1}
FIGURES = {
    # code: name, Chinese name, unit of measure, figures by how many months they are back
    "REVENUE": ("Revenue of all shops", "门店总收入", "MCNY", {2: "70", 1: "80"}),
    "COMPLAINTS": ("Complaints", "投诉", "letters", {5: "12"}),
    "SECRET": ("Sale of the old terminal", "旧航站楼出售", "MCNY", {2: "5", 1: "5"}),
    "ON_TIME": ("Flights on time", "航班准点率", "%", {2: "74", 1: "78"}),
}
SCORE = "query Score($id: ID!) { scorecard(id: $id) { score { value } } }"
ITEMS = 16
Item = dict[str, object]


@dataclass(frozen=True, slots=True)
class Cards:
    """The ids of what was published."""

    sales: str
    group: str
    measures: dict[str, str]


def keep(product: Product, team: Team) -> Cards:
    """The cards of SALES and of the group above it, scored."""
    office, teller = product.somebody(team, "strategy"), product.somebody(team, "employee")
    done(office.act("writePerspectives", "", perspectives=PERSPECTIVES))
    measures = {code: _measure(office, team, code) for code in FIGURES}
    _tell(teller, {code: (unit, values) for code, (_, _, unit, values) in FIGURES.items()})
    cycle = _cycle(office)
    sales = _publish(office, f"unt_{team.units['SALES']}", cycle, items(measures), _extra())
    below: Item = {"title": "Sales", "titleZh": "销售部", "perspective": "CUSTOMER", "kind": "SCORECARD", "weight": 1}
    group = _publish(office, f"unt_{team.units['GROUP']}", cycle, [below | {"ofScorecard": sales}])
    for card in (sales, group):
        until(lambda card=card: _value(office, card), "the card is scored")
    return Cards(sales, group, measures)


def wide(product: Product, team: Team) -> str:
    """The card of OPS, with as many items as fit on a phone; beside `keep`, which names the perspectives."""
    office, teller = product.somebody(team, "strategy"), product.somebody(team, "employee")
    content: list[Item] = []
    for at in range(ITEMS):
        code = f"SHARE_{at}"
        title = f"Share of flights that left on time, {at}"
        told: Item = {"name": title, "nameZh": f"航班准点率 {at}", "unitOfMeasure": "%"}
        measure = _define(office, team, code, told)
        usual: Item = {"title": title, "perspective": tuple(WEIGHTS)[at % 2], "kind": "MEASURE", "weight": at + 1}
        rule = {"largerBetter": {"target": "83.857142", "baseline": "0.125"}}
        content.append(usual | {"rule": rule, "measure": measure, "operational": "It is asked for."})
    _tell(teller, {f"SHARE_{at}": ("%", {2: "61.25", 1: f"{at + 60}.375"}) for at in range(ITEMS)})
    card = _publish(office, f"unt_{team.units['OPS']}", _cycle(office), content)
    until(lambda: _value(office, card), "the card is scored")
    return card


def for_aim(product: Product, team: Team, aim: str) -> str:
    """A card of the group that measures a strategic objective: 78 % on the way to 80 %; `publish` of a map first."""
    office, teller = product.somebody(team, "strategy"), product.somebody(team, "employee")
    measure = _measure(office, team, "ON_TIME")
    _tell(teller, {"ON_TIME": ("%", {1: "78"})})
    content = [item("ON_TIME", measure, "CUSTOMER", 1, "80", operational=None, strategicObjective=aim)]
    card = _publish(office, f"unt_{team.units['GROUP']}", _cycle(office), content)
    until(lambda: _value(office, card), "the card is scored")
    return card


def item(code: str, measure: str, perspective: str, weight: int, target: str, **told: object) -> Item:
    """Of a measure, the more the better."""
    name, chinese, _, _ = FIGURES[code]
    usual = {"title": name, "titleZh": chinese, "perspective": perspective, "kind": "MEASURE", "weight": weight}
    rule = {"rule": {"largerBetter": {"target": target}}}
    return usual | rule | {"measure": measure, "operational": "It is asked for."} | told


def items(measures: dict[str, str]) -> list[Item]:
    on_time = {"rule": {"largerBetter": {"target": "80", "baseline": "70"}}}
    return [
        item("REVENUE", measures["REVENUE"], "FINANCIAL", 2, "100"),
        item("COMPLAINTS", measures["COMPLAINTS"], "FINANCIAL", 1, "10"),
        item("SECRET", measures["SECRET"], "FINANCIAL", 1, "10", confidential=True),
        item("ON_TIME", measures["ON_TIME"], "CUSTOMER", 1, "80", **on_time),
    ]


def done(answer: dict[str, object]) -> dict[str, object]:
    """What was changed; a refusal fails the test by its sentence."""
    assert "message" not in answer, answer
    return answer


def _cycle(office: Client) -> str:
    found = cast("dict[str, dict[str, dict[str, str]]]", office.ask("{ home { cycle { id } } }"))
    return found["home"]["cycle"]["id"]


def _measure(office: Client, team: Team, code: str) -> str:
    name, chinese, unit_of_measure, _ = FIGURES[code]
    return _define(office, team, code, {"name": name, "nameZh": chinese, "unitOfMeasure": unit_of_measure})


def _define(office: Client, team: Team, code: str, told: dict[str, object]) -> str:
    """A measure of SALES for which the manager answers and whose figures the employee tells."""
    people = {"owner": f"per_{team.persons['manager']}", "provider": f"per_{team.persons['employee']}"}
    whole = told | people | {"code": code, "unit": f"unt_{team.units['SALES']}"}
    return cast("str", done(office.act("defineMeasure", "... on Measure { id }", **whole))["id"])


def _tell(teller: Client, told: Mapping[str, tuple[str, Mapping[int, str]]]) -> None:
    """Figures, with their unit of measure, by how many months they are back."""
    figures = [
        {"measure": code, "period": _month(back), "value": value, "unitOfMeasure": unit}
        for code, (unit, values) in told.items()
        for back, value in values.items()
    ]
    answer = done(teller.act("recordActuals", "... on RecordedActuals { refused }", items=figures))
    assert answer["refused"] == 0


def _month(back: int) -> str:
    """The first day of this month or of one before."""
    first = clock.today("UTC").replace(day=1)
    for _ in range(back):
        first = (first - timedelta(days=1)).replace(day=1)
    return first.isoformat()


def _extra() -> dict[str, object]:
    told: dict[str, object] = {"title": "Rescue at sea", "evidence": "Report 7", "points": "3"}
    return {"kind": "BONUS", "period": _month(0)} | told


def _publish(office: Client, unit: str, cycle: str, content: list[Item], extra: dict[str, object] | None = None) -> str:
    """A card that everybody sees."""
    used = {one["perspective"] for one in content}
    perspectives = [{"perspective": code, "weight": weight} for code, weight in WEIGHTS.items() if code in used]
    told = {"perspectives": perspectives, "items": content, "audience": "GROUP"}
    fields = "... on Scorecard { id version }"
    card = done(office.act("createScorecard", fields, unit=unit, cycle=cycle, content=told))
    card = done(office.act("publishScorecard", fields, id=card["id"], expectedVersion=card["version"]))
    if extra:
        version = card["version"]
        done(office.act("addScorecardExtra", fields, id=card["id"], expectedVersion=version, extra=extra))
    return cast("str", card["id"])


def _value(office: Client, card: str) -> object:
    found = cast("dict[str, dict[str, object]]", office.ask(SCORE, id=card)["scorecard"])
    return found["score"] and found["score"]["value"]
