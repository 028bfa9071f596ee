"""Targets sent down on the phone: accept, decline, offer another amount; and what comes back to who threw them."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from tests.furnish import Team
from tests.mobile import cascades, goals
from tests.mobile.cascades import Thrown
from tests.mobile.phone import Account, Caller, NewPhone, Phone
from tests.running import Client, Product

LONGER_THAN_THE_TOAST = 6_000


@pytest.fixture
def reader(product: Product, team: Team) -> Client:
    """The employee at another device."""
    return product.somebody(team, "employee")


@pytest.fixture
def phone(new_phone: NewPhone, employee: Account) -> Phone:
    """The employee's."""
    return quiet(new_phone, employee)


def quiet(new_phone: NewPhone, account: Account) -> Phone:
    """A phone that hears nothing by itself and whose time moves as the test wants."""
    phone = new_phone()
    phone.page.route_web_socket("**/graphql", lambda socket: socket.close())
    phone.page.clock.install()
    phone.sign_in(account)
    return phone


def card(phone: Phone) -> Locator:
    return phone.page.locator(".ask-card").filter(has_text="Flights")


def let_the_toast_end(phone: Phone) -> None:
    phone.page.clock.run_for(LONGER_THAN_THE_TOAST)
    phone.nothing_waits()


def test_a_target_comes_with_who_throws_it_and_of_how_much_it_is_a_part(phone: Phone, thrown: Thrown) -> None:
    phone.open("/approvals")

    expect(card(phone)).to_contain_text("Wang Qiang")
    expect(card(phone)).to_contain_text("throws you a target")
    expect(card(phone)).to_contain_text("30 flights of 100 flights")
    expect(card(phone)).to_contain_text("Serves “Fly more”")


def test_one_tap_accepts_once_the_toast_has_ended(phone: Phone, thrown: Thrown, reader: Client) -> None:
    phone.open("/approvals")

    card(phone).get_by_role("button", name="Accept").click()

    phone.says("Accepted: Flights")
    expect(card(phone)).to_have_count(0)
    assert cascades.seen(reader, thrown.slice)["state"] == "PROPOSED_DOWN"
    let_the_toast_end(phone)
    assert cascades.seen(reader, thrown.slice)["state"] == "ACCEPTED"
    phone.open(f"/slices/{thrown.slice}")
    phone.page.get_by_role("link", name="Open the goal").click()
    expect(phone.page.get_by_role("heading", level=1)).to_have_text("Flights")


def test_undo_brings_the_target_back_and_sends_nothing(phone: Phone, thrown: Thrown, reader: Client) -> None:
    phone.open("/approvals")
    card(phone).get_by_role("button", name="Accept").click()

    phone.button("Undo").click()
    let_the_toast_end(phone)

    expect(card(phone)).to_have_count(1)
    assert cascades.seen(reader, thrown.slice)["version"] == 1


def test_declining_needs_words(phone: Phone, thrown: Thrown, reader: Client) -> None:
    phone.open("/approvals")
    card(phone).get_by_role("button", name="Not yet…").click()

    phone.button("Decline").click()
    expect(phone.page.get_by_role("dialog").locator(".problem")).to_have_text(
        "Please say why; it helps more than the answer itself."
    )
    phone.button("The capacity is not there.").click()
    phone.button("Decline").click()
    phone.says("Declined: Flights")
    let_the_toast_end(phone)

    found = cascades.seen(reader, thrown.slice)
    assert (found["state"], found["reason"]) == ("DECLINED", "The capacity is not there.")


def test_an_offer_names_another_amount_says_why_and_what_it_would_take(
    phone: Phone, thrown: Thrown, reader: Client
) -> None:
    phone.open(f"/slices/{thrown.slice}")
    phone.button("Not yet…").click()
    phone.page.get_by_label("What can you promise? Asked: 30 flights").fill("24")
    phone.page.get_by_label("Why?").fill("Two are in repair.")
    phone.page.get_by_label("What would you need for all of it? (optional)").fill("One more aircraft")

    phone.button("Offer 24").click()
    phone.says("Offered: Flights")
    let_the_toast_end(phone)

    found = cascades.seen(reader, thrown.slice)
    assert (found["state"], found["counterAmount"], found["reason"]) == ("COUNTER_PROPOSED", "24", "Two are in repair.")
    assert found["turns"] == [
        {"act": "PROPOSE", "resources": None},
        {"act": "COUNTER", "resources": "One more aircraft"},
    ]


@pytest.mark.parametrize(
    ("amount", "problem"),
    [
        ("30", "That is what was asked. Accept it, or name another amount."),
        ("", "A number, please."),
        ("-5", "A number, please."),
        ("many", "A number, please."),
    ],
)
def test_an_offer_that_is_none_is_not_sent(phone: Phone, thrown: Thrown, *, amount: str, problem: str) -> None:
    phone.open(f"/slices/{thrown.slice}")
    phone.button("Not yet…").click()
    phone.page.get_by_label("What can you promise? Asked: 30 flights").fill(amount)
    phone.button("The capacity is not there.").click()

    phone.page.get_by_role("dialog").locator(".actions .primary").click()

    expect(phone.page.get_by_role("dialog").locator(".problem")).to_have_text(problem)
    assert phone.waiting() == []


def test_without_a_connection_an_answer_is_kept_and_sent_once(phone: Phone, thrown: Thrown, reader: Client) -> None:
    phone.open("/approvals")
    expect(card(phone)).to_have_count(1)
    phone.cut_off()

    card(phone).get_by_role("button", name="Accept").click()
    phone.page.clock.run_for(LONGER_THAN_THE_TOAST)
    expect(phone.page.get_by_text("Offline. You see what this phone remembers.")).to_be_visible()
    expect(card(phone)).to_have_count(0)
    assert phone.waiting() == ["slice"]
    phone.reconnect()
    phone.nothing_waits()

    assert cascades.seen(reader, thrown.slice)["version"] == 2


def test_an_answer_to_what_was_settled_meanwhile_opens_it_as_it_stands(
    phone: Phone, thrown: Thrown, reader: Client
) -> None:
    phone.open("/approvals")
    expect(card(phone)).to_have_count(1)
    cascades.counter(reader, thrown.slice, "20")

    card(phone).get_by_role("button", name="Accept").click()
    let_the_toast_end(phone)

    expect(phone.page).to_have_url(f"{phone.url}/slices/{thrown.slice}?do=changed")
    expect(phone.page.get_by_text("It changed while you looked. This is how it stands now.")).to_be_visible()
    expect(phone.page.locator(".history")).to_contain_text("offered 20 flights")


@pytest.mark.usefixtures("thrown")
def test_the_inbox_leads_to_the_target(phone: Phone) -> None:
    phone.tab("Inbox")

    phone.page.get_by_role("link").filter(has_text="Wang Qiang throws a target to you").click()

    expect(phone.page.get_by_role("heading", level=1)).to_have_text("Flights")
    expect(phone.page.get_by_text("30 flights of 100 flights")).to_be_visible()
    expect(phone.button("Accept")).to_be_visible()


def test_an_offer_comes_back_and_is_taken(
    new_phone: NewPhone, manager: Account, thrown: Thrown, product: Product, team: Team
) -> None:
    peer = product.somebody(team, "peer")
    cascades.counter(peer, thrown.peers, "40")
    phone = quiet(new_phone, manager)
    phone.tab("Approve")
    expect(card(phone)).to_contain_text("Tom Brandt")
    expect(card(phone)).to_contain_text("Two are in repair.")

    card(phone).get_by_role("button", name="Accept 40 flights").click()
    let_the_toast_end(phone)

    found = cascades.seen(peer, thrown.peers)
    assert (found["state"], found["amount"]) == ("ACCEPTED", "40")


def test_who_stands_by_the_amount_says_why(
    new_phone: NewPhone, manager: Account, thrown: Thrown, product: Product, team: Team
) -> None:
    peer = product.somebody(team, "peer")
    cascades.counter(peer, thrown.peers, "40")
    phone = quiet(new_phone, manager)
    phone.open(f"/slices/{thrown.peers}")
    phone.button("Not yet…").click()
    phone.page.get_by_label("Why?").fill("The planes are back in March.")

    phone.button("Stand by it").click()
    let_the_toast_end(phone)

    found = cascades.seen(peer, thrown.peers)
    assert (found["state"], found["reason"]) == ("PROPOSED_DOWN", "The planes are back in March.")


def test_the_inbox_leads_to_a_goal_that_shall_serve_mine(
    new_phone: NewPhone,
    caller: Callable[[Account], Caller],
    *,
    manager: Account,
    employee: Account,
    thrown: Thrown,
    reader: Client,
) -> None:
    goal = goals.approve(caller(manager), goals.submit(caller(employee), "Fewer late gates"))
    proposed = reader.act(
        "proposeAlignment", "... on Alignment { id }", child=goal.id, parent=thrown.goal, method="SHARED"
    )
    phone = quiet(new_phone, manager)
    phone.open("/inbox")
    phone.page.get_by_role("link").filter(has_text="Lin Mei wants to align goals with you").click()
    expect(phone.page.get_by_role("heading", level=1)).to_have_text("Fewer late gates")
    expect(phone.page.get_by_text("Serves “Fly more”")).to_be_visible()

    phone.button("Accept").click()
    let_the_toast_end(phone)

    assert cascades.seen(reader, str(proposed["id"]))["state"] == "ACCEPTED"
