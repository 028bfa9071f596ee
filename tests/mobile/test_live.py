"""What changes elsewhere is on the screen soon, even when nobody could say so at once."""

from collections.abc import Callable

from playwright.sync_api import WebSocketRoute, expect

from tests.mobile import goals
from tests.mobile.phone import Account, Caller, NewPhone
from tests.running import until

Call = Callable[[Account], Caller]
SOME_NEWS = """() => {
  const channel = new BroadcastChannel("catchball");
  for (let at = 0; at < 30; at += 6) setTimeout(() => channel.postMessage({ kind: "changed" }), at);
}"""


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


def test_news_that_comes_while_a_screen_opens_does_not_leave_it_empty(
    new_phone: NewPhone, caller: Call, employee: Account
) -> None:
    goal, phone = goals.submit(caller(employee), "Fewer late gates"), new_phone()
    phone.sign_in(employee)
    phone.tab("Goals")
    expect(phone.page.get_by_text(goal.title)).to_be_visible()

    phone.page.evaluate(SOME_NEWS)
    phone.page.get_by_text(goal.title).first.click()

    expect(phone.page.get_by_role("heading", level=1)).to_have_text(goal.title)
