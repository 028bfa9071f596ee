"""What changes elsewhere is on the screen soon, even when nobody could say so at once."""

from collections.abc import Callable

from playwright.sync_api import WebSocketRoute, expect

from tests.mobile import goals
from tests.mobile.phone import Account, Caller, NewPhone
from tests.running import until

Call = Callable[[Account], Caller]


def test_what_changed_while_the_socket_was_gone_is_seen_when_it_is_back(
    new_phone: NewPhone, caller: Call, employee: Account, manager: Account
) -> None:
    owner, phone = caller(employee), new_phone()
    sockets: list[WebSocketRoute] = []

    def keep(socket: WebSocketRoute) -> None:
        sockets.append(socket)
        socket.connect_to_server()

    phone.context.route_web_socket("**/graphql", keep)
    phone.sign_in(manager)
    phone.tab("Approve")
    until(lambda: phone.page.wait_for_timeout(20) or sockets, "the app listens")

    sockets[0].close()
    goal = goals.submit(owner, "Fewer late gates")

    expect(phone.page.locator(".ask-card").filter(has_text=goal.title)).to_have_count(1)
