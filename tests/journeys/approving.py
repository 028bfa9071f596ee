"""What the journeys of an approval say to the API."""

from collections.abc import Mapping
from typing import cast

from tests.running import Client

OBJECTIVE = """... on Objective { id title state version versionHash progress viewerCan
  approval { id state decidedBy { name } decisionNote changes { field keyResult before after } }
  keyResults { id title weight current progress } }"""
STALE = "... on StaleVersion { current { id version state } }"

Objective = dict[str, object]


def key_result(title: str, weight: int, **values: object) -> dict[str, object]:
    """A key result from 0 to 100 % unless told otherwise."""
    kind = {"kind": "INCREASE", "unitOfMeasure": "%", "start": "0", "target": "100"}
    return {"title": title, "weight": weight} | kind | values


def draft(client: Client, title: str = "Answer every guest within a day", **values: object) -> Objective:
    """A new objective of 40 % with two key results that weigh 100 together."""
    content: Mapping[str, object] = {
        "title": title,
        "weight": 40,
        "keyResults": [key_result("Answered in a day", 60), key_result("Guests who come back", 40)],
    }
    return client.act("draftObjective", OBJECTIVE, **{**content, **values})


def submit(client: Client, objective: Objective, **values: object) -> Objective:
    """The objective as submitted, or the problem."""
    version = objective["version"]
    return client.act("submitObjective", OBJECTIVE, id=objective["id"], expectedVersion=version, **values)


def decide(client: Client, mutation: str, objective: Objective, **values: object) -> Objective:
    """The objective as decided, or the problem."""
    given = {"id": objective["id"], "expectedVersion": objective["version"]} | values
    return client.act(mutation, f"{OBJECTIVE} {STALE}", **given)


def submitted(client: Client, title: str = "Answer every guest within a day") -> Objective:
    """A new objective that waits for the manager."""
    return submit(client, draft(client, title))


def read(client: Client, objective: Objective) -> Objective | None:
    """The objective as the client sees it now."""
    document = f"query Read($id: ID!) {{ node(id: $id) {{ __typename {OBJECTIVE} }} }}"
    return cast("Objective | None", client.ask(document, id=objective["id"])["node"])
