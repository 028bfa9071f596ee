"""Checking in: two taps when nothing changed, and never lost without a connection."""

from collections.abc import Callable
from typing import cast

from playwright.sync_api import expect

from tests.mobile import goals
from tests.mobile.phone import Account, Caller, NewPhone

Call = Callable[[Account], Caller]


def said(reader: Caller, goal_path: str) -> list[tuple[object, object, object]]:
    goal = cast(
        "dict[str, dict[str, list[dict[str, object]]]]", reader.ask("Goal", id=goal_path.split("/")[2])["objective"]
    )
    return [(one["value"], one["confidence"], one["note"]) for one in goal["checkIns"]["nodes"]]


def test_two_taps_are_enough(new_phone: NewPhone, caller: Call, employee: Account, active_goal: str) -> None:
    phone = new_phone()
    phone.sign_in(employee)
    phone.open(active_goal)

    phone.button("Check in").click()
    phone.button("Save check-in").click()

    phone.says("Checked in")
    expect(phone.page.locator(".history li")).to_have_count(1)
    assert said(caller(employee), active_goal) == [("50", 7, None)]


def test_value_confidence_and_note_can_be_said(
    new_phone: NewPhone, caller: Call, employee: Account, active_goal: str
) -> None:
    phone = new_phone()
    phone.sign_in(employee)
    phone.open(active_goal)

    phone.button("Check in").click()
    phone.page.get_by_label("Current value").first.fill("72,5")
    phone.page.get_by_label("How sure are you to get there?").fill("4")
    phone.button("Add a note").click()
    phone.page.get_by_label("Note").fill("Two gates more.")
    phone.button("Save check-in").click()

    phone.says("Checked in")
    expect(phone.page.locator(".history")).to_contain_text("Two gates more.")
    assert said(caller(employee), active_goal) == [("72.5", 4, "Two gates more.")]


def test_the_slider_moves_with_keys(new_phone: NewPhone, employee: Account, active_goal: str) -> None:
    phone = new_phone()
    phone.sign_in(employee)
    phone.open(active_goal)
    phone.button("Check in").click()

    slider = phone.page.get_by_role("slider", name="Current value")
    slider.press("ArrowRight")

    assert float(phone.page.get_by_role("textbox", name="Current value").input_value()) == float(slider.input_value())
    assert float(slider.input_value()) > 50


def test_a_milestone_of_one_step_is_a_switch(
    new_phone: NewPhone, caller: Call, employee: Account, manager: Account
) -> None:
    owner = caller(employee)
    goal = goals.submit(owner, "Open the gate", results=[goals.milestone("The gate is open", steps=1)])
    goals.approve(caller(manager), goal)
    phone = new_phone()
    phone.sign_in(employee)
    phone.open(f"/goals/{goal.id}")
    phone.button("Check in").click()

    phone.page.get_by_role("switch", name="It is done").check()
    phone.button("Save check-in").click()

    expect(phone.page.locator(".history li")).to_contain_text("done The gate is open")
    assert said(owner, f"/goals/{goal.id}") == [("1", 7, None)]


def test_a_milestone_of_several_steps_is_counted(
    new_phone: NewPhone, caller: Call, employee: Account, manager: Account
) -> None:
    owner = caller(employee)
    goal = goals.submit(owner, "Open the gates", results=[goals.milestone("Gates open", steps=6)])
    goals.approve(caller(manager), goal)
    phone = new_phone()
    phone.sign_in(employee)
    phone.open(f"/goals/{goal.id}")
    phone.button("Check in").click()

    phone.page.get_by_role("slider", name="Current value").press("ArrowRight")
    phone.button("Save check-in").click()

    expect(phone.page.locator(".history li")).to_contain_text("1 steps Gates open")
    assert said(owner, f"/goals/{goal.id}") == [("1", 7, None)]


def test_without_a_connection_it_is_kept_and_sent_by_the_worker_later(
    new_phone: NewPhone, caller: Call, employee: Account, active_goal: str
) -> None:
    phone = new_phone()
    phone.sign_in(employee)
    phone.open(active_goal)
    phone.button("Check in").click()
    phone.cut_off()
    phone.page.get_by_label("Current value").first.fill("61")
    phone.button("Save check-in").click()
    phone.says("Kept on this phone. Will be sent when you are online.")
    expect(phone.page.locator(".key-result")).to_contain_text("61 %")
    expect(phone.page.locator(".key-result")).to_contain_text("waiting to be sent")
    phone.page.goto("about:blank")
    phone.reconnect()

    phone.sync()

    phone.open(active_goal)
    expect(phone.page.locator(".history li")).to_have_count(1)
    assert said(caller(employee), active_goal) == [("61", 7, None)]


def test_what_cannot_be_sent_can_be_seen_and_thrown_away(
    new_phone: NewPhone, employee: Account, active_goal: str
) -> None:
    phone = new_phone()
    phone.sign_in(employee)
    phone.open(active_goal)
    phone.button("Check in").click()
    phone.cut_off()
    phone.button("Save check-in").click()
    phone.says("Kept on this phone.")

    phone.tab("Me")
    expect(phone.page.get_by_text("Check-in · Flights on time")).to_be_visible()
    phone.button("Discard").click()

    expect(phone.page.get_by_text("Not sent yet")).to_have_count(0)
    assert phone.waiting() == []
