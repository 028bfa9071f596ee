"""Rounds of recall for tests: the strategy office asks the whole group about three strategic objectives."""

from typing import cast

from tests.furnish import Team
from tests.mobile import strategies
from tests.mobile.scorecards import done
from tests.running import Client, Product

QUESTION = "{ recallQuestion { id state words priorities { id title } } }"
NODE = """query Question($id: ID!) { node(id: $id) { ... on RecallQuestion {
  state words marks { word priority { title } } } } }"""


def ask(product: Product, team: Team) -> str:
    """The strategy and the round about it; everybody of the group has a question of their own now."""
    strategies.publish(product, team)
    return open_round(product, team)


def open_round(product: Product, team: Team) -> str:
    """A round about a strategy that is published already."""
    office = product.somebody(team, "strategy")
    cycle = cast("dict[str, dict[str, dict[str, str]]]", office.ask("{ home { cycle { id } } }"))["home"]["cycle"]["id"]
    given = {"unit": f"unt_{team.units['GROUP']}", "cycle": cycle, "k": 2, "days": 14}
    return cast("str", done(office.act("askRecall", "... on RecallRound { id }", **given))["id"])


def question(reader: Client) -> dict[str, object] | None:
    """What waits for the reader."""
    return cast("dict[str, object] | None", reader.ask(QUESTION)["recallQuestion"])


def answer(reader: Client, question_id: str) -> dict[str, object]:
    """What became of a question."""
    return cast("dict[str, object]", reader.ask(NODE, id=question_id)["node"])
