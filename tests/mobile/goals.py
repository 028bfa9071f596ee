"""Goals for tests, made over HTTP by their owner."""

from dataclasses import dataclass
from typing import cast
from uuid import uuid4

from tests.mobile.phone import Caller


@dataclass(frozen=True, kw_only=True)
class Goal:
    """As the owner has it; `version` is the one to decide on."""

    id: str
    title: str
    version: int


def result(title: str, *, weight: int = 100, target: str = "90") -> dict[str, object]:
    """A key result that rises from 50 percent."""
    return {
        "title": title,
        "kind": "INCREASE",
        "unitOfMeasure": "%",
        "weight": weight,
        "start": "50",
        "target": target,
    }


def draft(owner: Caller, title: str, *, results: list[dict[str, object]] | None = None) -> Goal:
    made = owner.send(
        "DraftObjective",
        title=title,
        why="Because it helps.",
        weight=20,
        keyResults=results or [result("Flights on time")],
        idempotencyKey=str(uuid4()),
    )
    return Goal(id=cast("str", made["id"]), title=title, version=cast("int", made["version"]))


def milestone(title: str, *, steps: int) -> dict[str, object]:
    """A key result that is counted from nothing to its last step."""
    return result(title) | {"kind": "MILESTONE", "unitOfMeasure": "steps", "start": "0", "target": str(steps)}


def submit(owner: Caller, title: str, *, results: list[dict[str, object]] | None = None) -> Goal:
    """A goal that waits for the manager."""
    goal = draft(owner, title, results=results)
    key = str(uuid4())
    sent = owner.send(
        "SubmitObjective", id=goal.id, note="Please look.", expectedVersion=goal.version, idempotencyKey=key
    )
    return Goal(id=goal.id, title=title, version=cast("int", sent["version"]))


def approve(manager: Caller, goal: Goal) -> Goal:
    key = str(uuid4())
    sent = manager.send("ApproveObjective", id=goal.id, expectedVersion=goal.version, idempotencyKey=key)
    return Goal(id=goal.id, title=goal.title, version=cast("int", sent["version"]))


def state(reader: Caller, goal: Goal) -> str:
    return cast("str", seen(reader, goal)["state"])


def seen(reader: Caller, goal: Goal) -> dict[str, object]:
    """The goal as the app would show it to the reader."""
    return cast("dict[str, object]", reader.ask("Goal", id=goal.id)["objective"])


def submit_again(owner: Caller, goal: Goal) -> Goal:
    """The goal as it stands goes to the manager."""
    sent = owner.send("SubmitObjective", id=goal.id, expectedVersion=goal.version, idempotencyKey=str(uuid4()))
    return Goal(id=goal.id, title=goal.title, version=cast("int", sent["version"]))


def last_word(reader: Caller, goal: Goal) -> str:
    """What the approver wrote last."""
    return cast("dict[str, str]", seen(reader, goal)["approval"])["decisionNote"]


def edit_and_submit(owner: Caller, goal: Goal, *, title: str | None = None, target: str = "90") -> Goal:
    """The owner rewrites the goal, keeping its key result, and sends it again."""
    known = cast("list[dict[str, object]]", seen(owner, goal)["keyResults"])[0]
    content = {"title": title or goal.title, "why": "Because it helps.", "weight": 20}
    results = [result("Flights on time", target=target) | {"id": known["id"]}]
    edited = owner.send(
        "EditObjective",
        id=goal.id,
        **content,
        keyResults=results,
        expectedVersion=goal.version,
        idempotencyKey=str(uuid4()),
    )
    return submit_again(owner, Goal(id=goal.id, title=str(content["title"]), version=cast("int", edited["version"])))


def change_after_submitting(owner: Caller, goal: Goal, *, title: str) -> Goal:
    """The owner takes the goal back, renames it and sends it again."""
    key = str(uuid4())
    taken = owner.send("WithdrawObjective", id=goal.id, expectedVersion=goal.version, idempotencyKey=key)
    back = Goal(id=goal.id, title=goal.title, version=cast("int", taken["version"]))
    return edit_and_submit(owner, back, title=title)


def approval(reader: Caller, goal: Goal) -> str:
    """The id of the approval that the goal waits for."""
    return cast("dict[str, str]", seen(reader, goal)["approval"])["id"]
