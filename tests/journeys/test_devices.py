"""Devices over the wire: hints on a live socket, shared phones, signing out, and forgetting."""

import json
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from typing import cast

from websockets.sync.client import ClientConnection, connect
from websockets.typing import Subprotocol

from tests.furnish import Team
from tests.journeys.approving import decide, submitted
from tests.notifications.push_service import Subscription
from tests.running import Client, Product, until

SUBSCRIPTION = "subscription Hints { hints { topic at } }"
PATIENCE_SECONDS = 20.0


@contextmanager
def live(client: Client) -> Generator[ClientConnection]:
    """The client's socket, subscribed to hints."""
    address = client.url.replace("http", "ws", 1) + "/graphql"
    with connect(address, subprotocols=[Subprotocol("graphql-transport-ws")]) as socket:
        say(socket, type="connection_init", payload={"authorization": f"Bearer {client.token}"})
        assert hear(socket)["type"] == "connection_ack"
        say(socket, id="1", type="subscribe", payload={"query": SUBSCRIPTION})
        until(lambda: stirred(client, socket), "the subscription is open")
        yield socket


def stirred(client: Client, socket: ClientConnection) -> bool:
    """Changes something of the client's own, and tells whether the socket has heard of it."""
    client.act("changeSettings", "... on Viewer { zone }", zone="UTC")
    try:
        socket.recv(timeout=0.5)
    except TimeoutError:
        return False
    return True


def say(socket: ClientConnection, **message: object) -> None:
    socket.send(json.dumps(message))


def hear(socket: ClientConnection) -> Mapping[str, object]:
    return cast("Mapping[str, object]", json.loads(socket.recv(timeout=PATIENCE_SECONDS)))


def hint_about(socket: ClientConnection, topic: str) -> Mapping[str, object]:
    """The next hint about such things; those about oneself, from the opening, are passed over."""
    while True:
        message = hear(socket)
        payload = cast("Mapping[str, Mapping[str, Mapping[str, object]]]", message["payload"])
        if payload["data"]["hints"]["topic"] == topic:
            return message


def subscribed(product: Product, client: Client) -> Subscription:
    """A browser's subscription, not yet registered."""
    viewer = cast("dict[str, str]", client.ask("{ viewer { pushKey } }")["viewer"])
    return product.pushes.subscribe(application_key=viewer["pushKey"])


def register(client: Client, browser: Subscription, **values: object) -> dict[str, object]:
    document = """mutation Register($input: RegisterDeviceInput!) { registerDevice(input: $input) {
        __typename ... on DeviceRegistered { id } ... on Problem { code } ... on InvalidInput { field } } }"""
    given = {"endpoint": browser.endpoint, "locale": "en", "zone": "Asia/Shanghai"} | browser.keys | values
    return cast("dict[str, object]", client.ask(document, input=given)["registerDevice"])


def forget(client: Client, browser: Subscription) -> dict[str, object]:
    document = """mutation Forget($input: ForgetDeviceInput!) { forgetDevice(input: $input) {
        __typename ... on DeviceForgotten { id } ... on Problem { code } } }"""
    return cast("dict[str, object]", client.ask(document, input={"endpoint": browser.endpoint})["forgetDevice"])


def rings(product: Product, browser: Subscription) -> int:
    return sum(push.subscription_id == browser.id for push in product.pushes.received)


def inbox_kinds(client: Client) -> list[str]:
    found = cast("dict[str, list[dict[str, str]]]", client.ask("{ inbox { nodes { kind } } }")["inbox"])
    return [one["kind"] for one in found["nodes"]]


def pushes_of_sessions(client: Client) -> list[bool]:
    found = client.ask("{ viewer { sessions { nodes { pushes } } } }")["viewer"]
    sessions = cast("dict[str, dict[str, list[dict[str, bool]]]]", found)["sessions"]["nodes"]
    return [one["pushes"] for one in sessions]


def test_a_hint_comes_when_somebody_else_decides_about_me(product: Product, team: Team) -> None:
    employee, manager = product.somebody(team, "employee"), product.somebody(team, "manager")
    objective = submitted(employee)
    until(lambda: "APPROVAL_REQUESTED" in inbox_kinds(manager), "the request has arrived")

    with live(employee) as socket:
        approved = decide(manager, "approveObjective", objective)
        hint = hint_about(socket, "objective")

    assert approved["state"] == "ACTIVE"
    assert (hint["id"], hint["type"]) == ("1", "next")


def test_a_hint_comes_to_the_manager_when_somebody_submits(product: Product, team: Team) -> None:
    employee, manager = product.somebody(team, "employee"), product.somebody(team, "manager")

    with live(manager) as socket:
        submitted(employee)
        hint = hint_about(socket, "objective")

    assert hint["type"] == "next"


def test_a_shared_phone_rings_for_whoever_registered_it_last(product: Product, team: Team) -> None:
    first, second = product.somebody(team, "manager"), product.somebody(team, "next")
    employee = product.somebody(team, "employee")
    phone = subscribed(product, first)

    devices = [register(one, phone) for one in (first, second)]
    submitted(employee)
    until(lambda: "APPROVAL_REQUESTED" in inbox_kinds(first), "the first person has the request in the inbox")

    assert devices[0] == devices[1]
    assert rings(product, phone) == 0
    assert (pushes_of_sessions(first), pushes_of_sessions(second)) == ([False], [True])


def test_a_phone_is_silent_after_signing_out(product: Product, team: Team) -> None:
    employee, manager = product.somebody(team, "employee"), product.somebody(team, "manager")
    phone, other = subscribed(product, manager), product.somebody(team, "manager")
    laptop = subscribed(product, other)
    register(manager, phone)
    register(other, laptop)

    signed_out = manager.ask("mutation { signOut { __typename } }")
    submitted(employee)
    until(lambda: rings(product, laptop) == 1, "the other device rings")

    assert signed_out == {"signOut": {"__typename": "SignedOut"}}
    assert rings(product, phone) == 0
    assert pushes_of_sessions(other) == [True]


def test_a_forgotten_browser_is_silent_and_unknown(product: Product, team: Team) -> None:
    manager = product.somebody(team, "manager")
    browser = subscribed(product, manager)
    registered = register(manager, browser)

    forgotten = forget(manager, browser)

    assert forgotten == {"__typename": "DeviceForgotten", "id": registered["id"]}
    assert forget(product.somebody(team, "head"), browser)["code"] == "not_found"
    assert pushes_of_sessions(manager) == [False]


def test_a_browser_that_cannot_be_rung_is_refused(product: Product, team: Team) -> None:
    manager = product.somebody(team, "manager")
    browser = subscribed(product, manager)

    wrong = [
        register(manager, browser, **values)
        for values in ({"endpoint": "nowhere"}, {"p256dh": "AAAA"}, {"auth": "*"}, {"locale": "xx"}, {"zone": "Mars"})
    ]

    assert [(one["code"], one["field"]) for one in wrong] == [
        ("invalid_input", field) for field in ("endpoint", "p256dh", "auth", "locale", "zone")
    ]
    assert pushes_of_sessions(manager) == [False]
