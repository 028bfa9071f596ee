"""Deciding on the phone: one tap, five seconds to think again, and never on what one has not seen."""

from collections.abc import Callable
from uuid import uuid4

from playwright.sync_api import Locator, expect

from tests.mobile import goals
from tests.mobile.phone import Account, Caller, NewPhone, Phone
from tests.running import until

Call = Callable[[Account], Caller]
LONGER_THAN_THE_TOAST = 6_000


def card(phone: Phone, title: str) -> Locator:
    return phone.page.locator(".ask-card").filter(has_text=title)


def at_queue(new_phone: NewPhone, manager: Account) -> Phone:
    """A phone that hears nothing by itself and whose time moves as the test wants."""
    phone = new_phone()
    phone.page.route_web_socket("**/graphql", lambda socket: socket.close())
    phone.page.clock.install()
    phone.sign_in(manager)
    phone.tab("Approve")
    return phone


def let_the_toast_end(phone: Phone) -> None:
    phone.page.clock.run_for(LONGER_THAN_THE_TOAST)


def test_one_tap_approves_once_the_toast_has_ended(
    new_phone: NewPhone, caller: Call, employee: Account, manager: Account
) -> None:
    owner = caller(employee)
    goal = goals.submit(owner, "Fewer late gates")
    phone = at_queue(new_phone, manager)

    card(phone, goal.title).get_by_role("button", name="Approve").click()

    phone.says("Approved: Fewer late gates")
    expect(card(phone, goal.title)).to_have_count(0)
    assert goals.state(owner, goal) == "SUBMITTED"
    let_the_toast_end(phone)
    expect(phone.page.locator(".toast")).to_have_count(0)
    phone.nothing_waits()
    assert goals.state(owner, goal) == "ACTIVE"


def test_undo_brings_the_card_back_and_sends_nothing(
    new_phone: NewPhone, caller: Call, employee: Account, manager: Account
) -> None:
    owner = caller(employee)
    goal = goals.submit(owner, "Fewer late gates")
    phone = at_queue(new_phone, manager)
    card(phone, goal.title).get_by_role("button", name="Approve").click()

    phone.button("Undo").click()
    let_the_toast_end(phone)

    expect(card(phone, goal.title)).to_have_count(1)
    phone.nothing_waits()
    assert goals.state(owner, goal) == "SUBMITTED"


def test_leaving_the_app_sends_at_once(new_phone: NewPhone, caller: Call, employee: Account, manager: Account) -> None:
    owner = caller(employee)
    goal = goals.submit(owner, "Fewer late gates")
    phone = at_queue(new_phone, manager)
    card(phone, goal.title).get_by_role("button", name="Approve").click()
    phone.says("Approved")

    phone.page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")

    until(lambda: goals.state(owner, goal) == "ACTIVE", "the goal is active")


def test_a_long_swipe_approves_and_a_short_one_does_nothing(
    new_phone: NewPhone, caller: Call, employee: Account, manager: Account
) -> None:
    owner = caller(employee)
    goal = goals.submit(owner, "Fewer late gates")
    phone = at_queue(new_phone, manager)

    phone.swipe(card(phone, goal.title), 60)
    phone.page.clock.run_for(400)
    expect(phone.page.locator(".toast")).to_have_count(0)
    phone.swipe(card(phone, goal.title), 160)
    phone.page.clock.run_for(400)

    phone.says("Approved: Fewer late gates")


def test_a_swipe_the_other_way_asks_for_words(
    new_phone: NewPhone, caller: Call, employee: Account, manager: Account
) -> None:
    goal = goals.submit(caller(employee), "Fewer late gates")
    phone = at_queue(new_phone, manager)

    phone.swipe(card(phone, goal.title), -160)
    phone.page.clock.run_for(400)

    expect(phone.page.get_by_role("dialog")).to_contain_text("Throw it back")


def test_declining_needs_words_and_a_quick_one_needs_no_typing(
    new_phone: NewPhone, caller: Call, employee: Account, manager: Account
) -> None:
    owner = caller(employee)
    goal = goals.submit(owner, "Fewer late gates")
    phone = at_queue(new_phone, manager)
    card(phone, goal.title).get_by_role("button", name="Not yet…").click()

    phone.button("Decline").click()
    expect(phone.page.get_by_role("dialog").locator(".problem")).to_have_text(
        "Please say why; it helps more than the answer itself."
    )
    phone.button("Is the target bold enough?").click()
    phone.button("Decline").click()
    phone.says("Declined: Fewer late gates")
    let_the_toast_end(phone)
    phone.nothing_waits()

    assert goals.state(owner, goal) == "DECLINED"
    assert goals.last_word(owner, goal) == "Is the target bold enough?"


def test_a_goal_that_changed_meanwhile_opens_instead_of_being_approved(
    new_phone: NewPhone, caller: Call, employee: Account, manager: Account
) -> None:
    owner = caller(employee)
    goal = goals.submit(owner, "Fewer late gates")
    phone = at_queue(new_phone, manager)
    expect(card(phone, goal.title)).to_have_count(1)
    goals.change_after_submitting(owner, goal, title="Far fewer late gates")

    card(phone, goal.title).get_by_role("button", name="Approve").click()
    phone.says("Approved")
    let_the_toast_end(phone)

    expect(phone.page.get_by_role("heading", level=1)).to_have_text("Far fewer late gates")
    expect(phone.page.locator(".note")).to_contain_text("It changed while you looked.")
    assert goals.state(owner, goal) == "SUBMITTED"
    assert phone.waiting() == []


def test_a_card_that_changes_under_the_thumb_leads_to_a_closer_look(
    new_phone: NewPhone, caller: Call, employee: Account, manager: Account
) -> None:
    owner = caller(employee)
    goal = goals.submit(owner, "Fewer late gates")
    phone = at_queue(new_phone, manager)
    expect(card(phone, goal.title)).to_have_count(1)
    goals.change_after_submitting(owner, goal, title="Far fewer late gates")
    phone.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(card(phone, "Far fewer")).to_contain_text("It changed while you looked.")

    card(phone, "Far fewer").get_by_role("button", name="Look closer").click()

    expect(phone.page.get_by_role("heading", level=1)).to_have_text("Far fewer late gates")
    assert phone.waiting() == []


def test_the_card_shows_what_changed_since_the_last_decision(
    new_phone: NewPhone, caller: Call, employee: Account, manager: Account
) -> None:
    owner, approver = caller(employee), caller(manager)
    goal = goals.submit(owner, "Fewer late gates")
    key = str(uuid4())
    asked = approver.send(
        "RequestInformation", id=goal.id, reason="Why 90?", expectedVersion=goal.version, idempotencyKey=key
    )
    goals.edit_and_submit(
        owner, goals.Goal(id=goal.id, title=goal.title, version=int(str(asked["version"]))), target="95"
    )
    phone = at_queue(new_phone, manager)

    expect(card(phone, goal.title).locator("del")).to_have_text(["90"])
    expect(card(phone, goal.title).locator("ins")).to_have_text(["95"])
