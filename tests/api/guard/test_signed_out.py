"""A device that is signed out hears no more, in the running product."""

import json
from typing import cast

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.frames import Close
from websockets.sync.client import connect
from websockets.typing import Subprotocol

from tests.furnish import PASSWORD, Team
from tests.running import Product

PROTOCOL = Subprotocol("graphql-transport-ws")
PATIENCE_SECONDS = 10.0
SIGN_IN = "mutation In($input: SignInInput!) { signIn(input: $input) { ... on SignedIn { accessToken } } }"
SIGN_OUT = "mutation { signOut { __typename } }"


def test_signing_out_closes_the_socket_of_the_device(product: Product, team: Team) -> None:
    phone = product.client()
    given = {"login": team.login("peer"), "password": PASSWORD, "device": {"name": "Phone", "kind": "NATIVE"}}
    phone.token = str(cast("dict[str, object]", phone.ask(SIGN_IN, input=given)["signIn"])["accessToken"])
    address = product.url.replace("http", "ws") + "/graphql"

    with connect(address, subprotocols=[PROTOCOL]) as socket:
        payload = {"authorization": f"Bearer {phone.token}"}
        socket.send(json.dumps({"type": "connection_init", "payload": payload}))
        assert json.loads(socket.recv(PATIENCE_SECONDS)) == {"type": "connection_ack"}
        answer = phone.ask(SIGN_OUT)
        with pytest.raises(ConnectionClosed) as ended:
            socket.recv(PATIENCE_SECONDS)

    assert answer == {"signOut": {"__typename": "SignedOut"}}
    assert ended.value.rcvd == Close(4403, "Signed out")
