"""While the app is open, what changes elsewhere appears by itself."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.mobile import goals
from tests.mobile.phone import Account, Caller, NewPhone
from tests.running import until

Call = Callable[[Account], Caller]


def test_a_goal_that_is_submitted_elsewhere_appears_in_the_open_queue(
    new_phone: NewPhone, caller: Call, employee: Account, manager: Account
) -> None:
    owner = caller(employee)
    phone = new_phone()
    said: list[str] = []
    phone.page.on("websocket", lambda socket: socket.on("framesent", lambda frame: said.append(str(frame))))
    phone.sign_in(manager)
    phone.tab("Approve")
    until(lambda: any("subscribe" in frame for frame in said), "the phone listens")

    goals.submit(owner, "Fewer late gates")

    expect(phone.page.locator(".ask-card").filter(has_text="Fewer late gates")).to_have_count(1)
    expect(phone.page.get_by_role("link", name="Approve 1")).to_be_visible()
