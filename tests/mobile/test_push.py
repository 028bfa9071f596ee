"""A push on the phone: shown as it was written, answered with one tap, opened when one has to look."""

from collections.abc import Callable

from playwright.sync_api import expect

from notifications.channels.webpush import envelope
from notifications.channels.webpush.envelope import Button, Note
from tests.mobile import goals
from tests.mobile.goals import Goal
from tests.mobile.phone import Account, Caller, NewPhone, Phone, decoded

Call = Callable[[Account], Caller]


def request_of(phone: Phone, goal: Goal, *, approval: str) -> dict[str, object]:
    """The push that a request for approval brings."""
    note = Note(
        title="A goal waits for you",
        body="Approve it now, or look closer first.",
        language="en",
        navigate=f"{phone.url}/approvals/{approval}",
        tag=f"APPROVAL_REQUESTED:{goal.id}",
        kind="APPROVAL_REQUESTED",
        subject=goal.id,
        version=goal.version,
        buttons=[Button("APPROVE", "Approve"), Button("OPEN", "Look closer")],
    )
    return decoded(envelope.write(note))


def test_a_push_is_shown_with_its_buttons_and_in_its_language(
    new_phone: NewPhone, caller: Call, employee: Account, manager: Account
) -> None:
    owner = caller(employee)
    goal = goals.submit(owner, "Fewer late gates")
    phone = new_phone()
    phone.sign_in(manager)

    phone.receive(request_of(phone, goal, approval=goals.approval(owner, goal)))

    shown = phone.shown_notification()
    assert (shown["title"], shown["body"], shown["lang"]) == (
        "A goal waits for you",
        "Approve it now, or look closer first.",
        "en",
    )
    assert shown["actions"] == ["Approve", "Look closer"]


def test_a_push_refreshes_what_is_on_the_screen(
    new_phone: NewPhone, caller: Call, employee: Account, manager: Account
) -> None:
    phone = new_phone()
    phone.sign_in(manager)
    phone.tab("Approve")
    owner = caller(employee)
    goal = goals.submit(owner, "Fewer late gates")

    phone.receive(request_of(phone, goal, approval=goals.approval(owner, goal)))

    expect(phone.page.locator(".ask-card").filter(has_text=goal.title)).to_have_count(1)


def test_the_approve_button_approves_without_opening_anything(
    new_phone: NewPhone, caller: Call, employee: Account, manager: Account
) -> None:
    owner = caller(employee)
    goal = goals.submit(owner, "Fewer late gates")
    phone = new_phone()
    phone.sign_in(manager)
    phone.receive(request_of(phone, goal, approval=goals.approval(owner, goal)))
    before = phone.page.url

    phone.tap_notification("APPROVE")

    assert goals.state(owner, goal) == "ACTIVE"
    assert phone.page.url == before
    assert phone.notifications() == []


def test_a_goal_that_changed_is_not_approved_from_the_shade_but_opened(
    new_phone: NewPhone, caller: Call, employee: Account, manager: Account
) -> None:
    owner = caller(employee)
    goal = goals.submit(owner, "Fewer late gates")
    phone = new_phone()
    phone.sign_in(manager)
    old = request_of(phone, goal, approval=goals.approval(owner, goal))
    changed = goals.change_after_submitting(owner, goal, title="Far fewer late gates")
    phone.receive(old)

    phone.tap_notification("APPROVE")

    assert goals.state(owner, changed) == "SUBMITTED"
    expect(phone.page.get_by_role("heading", level=1)).to_have_text("Far fewer late gates")


def test_a_tap_on_the_push_opens_the_card(
    new_phone: NewPhone, caller: Call, employee: Account, manager: Account
) -> None:
    owner = caller(employee)
    goal = goals.submit(owner, "Fewer late gates")
    phone = new_phone()
    phone.sign_in(manager)
    phone.receive(request_of(phone, goal, approval=goals.approval(owner, goal)))

    phone.tap_notification()

    expect(phone.page.get_by_role("heading", level=1)).to_have_text("Fewer late gates")
    expect(phone.button("Approve")).to_be_visible()


def test_without_a_connection_the_approval_waits_and_is_sent_later(
    new_phone: NewPhone, caller: Call, employee: Account, manager: Account
) -> None:
    owner = caller(employee)
    goal = goals.submit(owner, "Fewer late gates")
    phone = new_phone()
    phone.sign_in(manager)
    phone.receive(request_of(phone, goal, approval=goals.approval(owner, goal)))
    phone.cut_off()

    phone.tap_notification("APPROVE")
    assert phone.waiting() == ["approve"]
    phone.reconnect()
    phone.sync()

    phone.nothing_waits()
    assert goals.state(owner, goal) == "ACTIVE"


def test_no_push_can_lead_out_of_the_app(new_phone: NewPhone, manager: Account) -> None:
    phone = new_phone()
    phone.sign_in(manager)
    note = Note(
        title="Look", body="", language="en", navigate="https://elsewhere.example/x", tag="t", kind="K", subject=""
    )
    phone.receive(decoded(envelope.write(note)))

    phone.tap_notification()

    phone.page.wait_for_url(f"{phone.url}/x")
