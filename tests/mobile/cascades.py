"""A cascade for tests: a target of the manager's, which can serve the strategy, thrown down in slices.

Of a hundred flights thirty go to the employee, fifty to the peer, and twenty are held back.
"""

from dataclasses import dataclass
from typing import cast

from tests.furnish import Team
from tests.mobile.scorecards import done
from tests.running import Client, Product

FLIGHTS = {"title": "Flights", "kind": "INCREASE", "unitOfMeasure": "flights", "weight": 100, "start": "0"}
OBJECTIVE = "... on Objective { id version keyResults { id } }"
SLICES = "{ slices(state: PROPOSED_DOWN) { nodes { id version } } }"
ALIGNMENT = "... on Alignment { id state version amount counterAmount child { id } }"
SEEN = """query Seen($id: ID!) { alignment(id: $id) { id state version amount counterAmount reason
  turns { act resources } } }"""
VERSION = "query Version($id: ID!) { objective(id: $id) { version } }"
Row = dict[str, object]


@dataclass(frozen=True, slots=True)
class Thrown:
    """The ids of the manager's goal and of the slices of the employee and of the peer."""

    goal: str
    slice: str
    peers: str


@dataclass(frozen=True, slots=True)
class Line:
    """The manager's goal, the employee's that holds a slice of it, and one that serves that."""

    top: str
    middle: str
    lowest: str


def throw(product: Product, team: Team) -> Thrown:
    """The manager's goal is approved, and its target waits with two for an answer."""
    head, manager = product.somebody(team, "head"), product.somebody(team, "manager")
    objective = done(_draft(manager, "Fly more"))
    goal = str(objective["id"])
    sent = done(manager.act("submitObjective", OBJECTIVE, id=goal, expectedVersion=objective["version"]))
    done(head.act("approveObjective", OBJECTIVE, id=goal, expectedVersion=sent["version"]))
    receivers = [
        {"person": f"per_{team.persons[who]}", "amount": amount} for who, amount in (("employee", "30"), ("peer", "50"))
    ]
    [key_result] = cast("list[dict[str, str]]", objective["keyResults"])
    fields = "... on KeyResult { id split { difference } }"
    given = {"keyResult": key_result["id"], "method": "GIVEN", "receivers": receivers, "reserve": "20"}
    done(manager.act("cascadeTarget", fields, **given))
    employee, peer = product.somebody(team, "employee"), product.somebody(team, "peer")
    return Thrown(goal, _waiting(employee), _waiting(peer))


def draft(owner: Client, title: str, *, parent: str) -> str:
    """A goal that serves another one."""
    return str(done(_draft(owner, title, parent=parent))["id"])


def carry(product: Product, team: Team, thrown: Thrown) -> Line:
    """The employee takes the slice, and promises it and a goal for it; two drafts shall serve beside them."""
    employee, manager = product.somebody(team, "employee"), product.somebody(team, "manager")
    middle = accept(employee, thrown.slice)
    promise(product, team, middle)
    lowest = draft(employee, "Fewer late gates", parent=middle)
    promise(product, team, lowest)
    draft(employee, "Keep crews rested", parent=middle)
    draft(manager, "Buy planes", parent=thrown.goal)
    return Line(thrown.goal, middle, lowest)


def _draft(owner: Client, title: str, *, parent: str | None = None) -> Row:
    told: Row = {"title": title, "weight": 50, "keyResults": [FLIGHTS | {"target": "100"}], "audience": "GROUP"}
    return owner.act("draftObjective", OBJECTIVE, **told, parent=parent)


def _waiting(receiver: Client) -> str:
    found = cast("dict[str, dict[str, list[dict[str, str]]]]", receiver.ask(SLICES))
    [one] = found["slices"]["nodes"]
    return one["id"]


def accept(receiver: Client, alignment: str) -> str:
    """The goal that holds the slice from now on."""
    seen_now = seen(receiver, alignment)
    found = done(
        receiver.act("acceptAlignment", ALIGNMENT, id=alignment, expectedVersion=seen_now["version"], weight=40)
    )
    return cast("dict[str, str]", found["child"])["id"]


def counter(receiver: Client, alignment: str, amount: str) -> None:
    """The receiver offers another amount."""
    version = seen(receiver, alignment)["version"]
    given = {"id": alignment, "amount": amount, "reason": "Two are in repair.", "expectedVersion": version}
    done(receiver.act("counterSlice", ALIGNMENT, **given))


def seen(reader: Client, alignment: str) -> Row:
    return cast("Row", reader.ask(SEEN, id=alignment)["alignment"])


def reach(product: Product, team: Team, goal: str, aim: str) -> None:
    """The manager's goal serves a strategic objective for which the manager answers as well."""
    manager = product.somebody(team, "manager")
    given = {"child": goal, "strategicObjective": aim, "method": "WEIGHTED"}
    found = done(manager.act("proposeAlignment", ALIGNMENT, **given))
    assert found["state"] == "ACCEPTED"


def promise(product: Product, team: Team, goal: str) -> None:
    """The employee's draft is approved by the manager."""
    owner, manager = product.somebody(team, "employee"), product.somebody(team, "manager")
    version = cast("dict[str, object]", owner.ask(VERSION, id=goal)["objective"])["version"]
    sent = done(owner.act("submitObjective", OBJECTIVE, id=goal, expectedVersion=version))
    done(manager.act("approveObjective", OBJECTIVE, id=goal, expectedVersion=sent["version"]))
