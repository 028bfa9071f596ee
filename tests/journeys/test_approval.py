"""An approval travels from a phone to a phone: over HTTP, through the worker, to a push service that decrypts it."""

from concurrent.futures import ThreadPoolExecutor
from typing import cast

import asyncpg
import pytest

from domain.kernel import clock
from tests.conftest import complete
from tests.furnish import Team
from tests.journeys import approving
from tests.journeys.approving import OBJECTIVE, decide, draft, read, submit, submitted
from tests.notifications.push_service import Subscription
from tests.running import Client, Product, until


def ringing(product: Product, client: Client) -> Subscription:
    """The client's browser is rung from now on."""
    key = client.ask("{ viewer { pushKey } }")["viewer"]
    subscription = product.pushes.subscribe(application_key=cast("dict[str, str]", key)["pushKey"])
    document = """mutation Register($input: RegisterDeviceInput!) { registerDevice(input: $input) { __typename } }"""
    given = {"endpoint": subscription.endpoint, "locale": "en", "zone": "Asia/Shanghai"} | subscription.keys
    assert client.ask(document, input=given)["registerDevice"] == {"__typename": "DeviceRegistered"}
    return subscription


def kinds_at(product: Product, subscription: Subscription) -> list[object]:
    """The kinds of the pushes that rang this phone."""
    here = [push for push in product.pushes.received if push.subscription_id == subscription.id]
    return [cast("dict[str, object]", push.notification["data"])["kind"] for push in here]


def journal(product: Product, team: Team) -> list[str]:
    """The kinds of what happened in the team, read where it is written: the feed waits for writes of other teams."""

    async def read_kinds() -> list[str]:
        connection = await asyncpg.connect(product.settings.database_url)
        try:
            rows = await connection.fetch("SELECT kind FROM journal WHERE tenant_id = $1", team.tenant_id)
            return [row["kind"] for row in rows]
        finally:
            await connection.close()

    return complete(read_kinds())


def test_a_goal_is_drafted_submitted_seen_and_approved_and_both_phones_ring(product: Product, team: Team) -> None:
    employee, manager = product.somebody(team, "employee"), product.somebody(team, "manager")
    her_phone, his_phone = ringing(product, employee), ringing(product, manager)

    objective = submitted(employee)
    until(lambda: kinds_at(product, his_phone), "the manager's phone rings")
    queue = manager.ask(
        "{ approvals { totalCount nodes { state requestedBy { name } objective { id version title } "
        "changes { field keyResult before after } } } home { openApprovalCount unreadCount } }"
    )
    approved = decide(manager, "approveObjective", objective)
    until(lambda: kinds_at(product, her_phone), "the employee's phone rings")

    assert objective["state"] == "SUBMITTED"
    waiting = cast("dict[str, object]", queue["approvals"])
    [request] = cast("list[dict[str, object]]", waiting["nodes"])
    assert request["requestedBy"] == {"name": "Lin Mei"}
    assert {"field": "title", "keyResult": None, "before": None, "after": objective["title"]} in cast(
        "list[object]", request["changes"]
    )
    assert queue["home"] == {"openApprovalCount": 1, "unreadCount": 1}
    assert approved["state"] == "ACTIVE"
    assert approved["progress"] == "0"
    assert kinds_at(product, his_phone) == ["APPROVAL_REQUESTED"]
    assert kinds_at(product, her_phone) == ["OBJECTIVE_APPROVED"]
    assert manager.ask("{ home { openApprovalCount unreadCount } }")["home"] == {
        "openApprovalCount": 0,
        "unreadCount": 0,
    }


def test_of_eight_simultaneous_approvals_one_wins(product: Product, team: Team) -> None:
    employee, manager = product.somebody(team, "employee"), product.somebody(team, "manager")
    her_phone = ringing(product, employee)
    objective = submitted(employee)

    with ThreadPoolExecutor(8) as together:
        taps = [together.submit(decide, manager, "approveObjective", objective) for _ in range(8)]
        answers = [tap.result() for tap in taps]
    until(lambda: kinds_at(product, her_phone), "the employee's phone rings")
    kinds = journal(product, team)

    assert sorted(str(answer["__typename"]) for answer in answers) == ["Objective", *["StaleVersion"] * 7]
    assert [answer["current"] for answer in answers if answer["__typename"] == "StaleVersion"] == [
        {"id": objective["id"], "version": 3, "state": "ACTIVE"}
    ] * 7
    assert kinds.count("ObjectiveApproved") == 1
    assert kinds_at(product, her_phone) == ["OBJECTIVE_APPROVED"]


def test_a_retry_with_the_same_key_is_answered_the_same_and_changes_nothing(product: Product, team: Team) -> None:
    employee, manager = product.somebody(team, "employee"), product.somebody(team, "manager")
    objective = submitted(employee)

    first = decide(manager, "approveObjective", objective, idempotencyKey="tap-1")
    again = decide(manager, "approveObjective", objective, idempotencyKey="tap-1")
    other = decide(manager, "approveObjective", {**objective, "version": 3}, idempotencyKey="tap-1")

    assert again == first
    assert first["version"] == 3
    assert other["code"] == "key_reused"
    assert journal(product, team).count("ObjectiveApproved") == 1


@pytest.mark.parametrize("code", ["peer", "outsider", "administrator"])
def test_who_is_not_in_the_line_finds_nothing_to_approve(product: Product, team: Team, code: str) -> None:
    employee, somebody = product.somebody(team, "employee"), product.somebody(team, code)
    objective = submitted(employee)

    answer = decide(somebody, "approveObjective", objective)

    assert answer["code"] == "not_found"
    assert read(somebody, objective) is None
    assert read(employee, objective) == objective | {"__typename": "Objective"}


def test_a_person_of_another_tenant_finds_nothing(product: Product, team: Team) -> None:
    employee, stranger = product.somebody(team, "employee"), product.somebody(product.team(), "manager")
    objective = submitted(employee)

    answer = decide(stranger, "approveObjective", objective)

    assert answer["code"] == "not_found"
    assert read(stranger, objective) is None


def test_nobody_approves_an_own_goal(product: Product, team: Team) -> None:
    employee = product.somebody(team, "employee")
    objective = submitted(employee)

    answer = decide(employee, "approveObjective", objective)

    assert answer["code"] == "not_permitted"
    assert read(employee, objective) == objective | {"__typename": "Objective"}


def test_the_managers_manager_sees_the_request_but_does_not_decide_it(product: Product, team: Team) -> None:
    employee, head = product.somebody(team, "employee"), product.somebody(team, "head")
    objective = submitted(employee)

    answer = decide(head, "approveObjective", objective)

    assert answer["code"] == "not_permitted"
    assert cast("dict[str, object]", read(head, objective))["viewerCan"] == []


def test_a_goal_is_only_submitted_when_its_weights_add_up(product: Product, team: Team) -> None:
    employee = product.somebody(team, "employee")
    objective = draft(employee, keyResults=[approving.key_result("Half", 50)])

    answer = submit(employee, objective)

    assert answer["code"] == "weights_not_100"
    assert answer["message"] == "The weights of the key results add up to 50 %, not to 100 %."
    assert read(employee, objective) == objective | {"__typename": "Objective"}


def test_a_declined_goal_stays_with_its_owner_who_edits_and_submits_it_again(product: Product, team: Team) -> None:
    employee, manager = product.somebody(team, "employee"), product.somebody(team, "manager")
    objective = submitted(employee)

    declined = decide(manager, "declineObjective", objective, reason="Aim at half a day.")
    results = cast("list[dict[str, object]]", declined["keyResults"])
    content = [
        approving.key_result(str(one["title"]), int(str(one["weight"])), id=one["id"], target="150") for one in results
    ]
    edited = employee.act(
        "editObjective",
        OBJECTIVE,
        id=objective["id"],
        title=objective["title"],
        weight=40,
        keyResults=content,
        expectedVersion=declined["version"],
    )
    resubmitted = submit(employee, edited)

    assert declined["state"] == "DECLINED"
    assert cast("dict[str, object]", declined["approval"])["decisionNote"] == "Aim at half a day."
    assert edited["state"] == "DRAFT"
    assert cast("dict[str, object]", resubmitted["approval"])["changes"] == [
        {"field": "keyResult.target", "keyResult": title, "before": "100", "after": "150"}
        for title in ("Answered in a day", "Guests who come back")
    ]


def test_a_question_of_the_approver_is_answered_by_the_next_submission(product: Product, team: Team) -> None:
    employee, manager = product.somebody(team, "employee"), product.somebody(team, "manager")
    objective = submitted(employee)

    asked = decide(manager, "requestInformation", objective, reason="Which guests?")
    answered = submit(employee, asked, note="All who wrote to us.")

    assert asked["state"] == "INFORMATION_REQUESTED"
    assert asked["viewerCan"] == []
    assert answered["state"] == "SUBMITTED"
    assert cast("dict[str, object]", answered["approval"])["changes"] == []


def test_a_withdrawn_goal_is_a_draft_again_and_leaves_the_managers_queue(product: Product, team: Team) -> None:
    employee, manager = product.somebody(team, "employee"), product.somebody(team, "manager")
    objective = submitted(employee)

    withdrawn = employee.act("withdrawObjective", OBJECTIVE, id=objective["id"], expectedVersion=objective["version"])

    assert withdrawn["state"] == "DRAFT"
    assert read(manager, objective) is None
    assert manager.ask("{ approvals { totalCount } }") == {"approvals": {"totalCount": 0}}


def test_who_stands_in_decides_in_the_managers_place(product: Product, team: Team) -> None:
    employee, manager = product.somebody(team, "employee"), product.somebody(team, "manager")
    stand_in = product.somebody(team, "outsider")
    today = clock.today("UTC").isoformat()
    delegated = manager.act(
        "delegateApprovals",
        "... on Delegation { to { name } }",
        to=f"per_{team.persons['outsider']}",
        startsOn=today,
        endsOn=today,
        reason="Away",
    )
    objective = submitted(employee)

    approved = decide(stand_in, "approveObjective", objective)

    assert delegated["to"] == {"name": "Ana Ruiz"}
    assert approved["state"] == "ACTIVE"
    assert cast("dict[str, object]", approved["approval"])["decidedBy"] == {"name": "Ana Ruiz"}
