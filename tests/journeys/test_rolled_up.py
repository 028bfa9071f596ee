"""A check-in reaches the goal above it: over HTTP, through the worker, onto the parent."""

from typing import cast

from tests.furnish import Team
from tests.journeys.approving import Objective, decide, draft, submit
from tests.running import Client, Product, until


def promised(employee: Client, manager: Client, title: str, **values: object) -> Objective:
    return decide(manager, "approveObjective", submit(employee, draft(employee, title, **values)))


def rolled_up(client: Client, objective: Objective) -> object:
    document = "query Read($id: ID!) { objective(id: $id) { rolledUpProgress } }"
    found = client.ask(document, id=objective["id"])["objective"]
    return cast("dict[str, object]", found)["rolledUpProgress"]


def test_a_check_in_below_moves_the_goal_above(product: Product, team: Team) -> None:
    employee, manager = product.somebody(team, "employee"), product.somebody(team, "manager")
    above = promised(employee, manager, "Every guest is answered")
    below = promised(employee, manager, "Every letter is answered", parent=above["id"], weight=25)
    until(lambda: rolled_up(employee, above) == "0", "the promises are carried up")

    key_result = cast("list[dict[str, object]]", below["keyResults"])[0]["id"]
    done = employee.act("checkIn", "... on CheckIn { id }", keyResult=key_result, value="50")

    assert done["__typename"] == "CheckIn"
    # 60 % of the goal below at 50 % makes 30 %, which weighs 25 beside the 100 of the goal above.
    until(lambda: rolled_up(employee, above) == "6", "the check-in is carried up")
    assert rolled_up(employee, below) == "30"
