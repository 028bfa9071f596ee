"""Writing a goal on the phone: problems told in place, weights that add up, drafts that are never lost."""

from collections.abc import Callable
from typing import cast

from playwright.sync_api import expect

from tests.mobile import goals
from tests.mobile.phone import Account, Caller, NewPhone, Phone

Call = Callable[[Account], Caller]


def write(phone: Phone, title: str) -> None:
    """A goal with one key result, as far as it can be saved."""
    phone.page.get_by_label("What do you want to achieve?").fill(title)
    phone.page.get_by_label("Name").fill("Flights on time")
    phone.page.get_by_label("From").fill("71")
    phone.page.get_by_label("To", exact=True).fill("85")
    phone.page.get_by_label("Unit").fill("%")


def mine(owner: Caller) -> list[dict[str, object]]:
    pages = cast("dict[str, dict[str, list[dict[str, object]]]]", owner.ask("Goals"))
    return pages["objectives"]["nodes"]


def test_a_goal_is_written_and_submitted_with_a_word(new_phone: NewPhone, caller: Call, employee: Account) -> None:
    phone = new_phone()
    phone.sign_in(employee)
    phone.page.get_by_role("link", name="New goal").click()
    write(phone, "Be the first in the air")

    phone.button("Submit…").click()
    phone.page.get_by_label("A word to your manager (optional)").fill("As we said.")
    phone.button("Submit").click()

    phone.says("Submitted")
    expect(phone.page.get_by_role("heading", level=1)).to_have_text("Be the first in the air")
    expect(phone.page.locator(".hero")).to_contain_text("Submitted")
    assert [
        (one["title"], one["state"]) for one in mine(caller(employee)) if one["title"] == "Be the first in the air"
    ] == [("Be the first in the air", "SUBMITTED")]


def test_every_problem_is_told_beside_its_field(new_phone: NewPhone, employee: Account) -> None:
    phone = new_phone()
    phone.sign_in(employee)
    phone.open("/goals/new")

    phone.button("Save draft").click()

    expect(phone.page.locator(".editor .problem:visible")).to_have_text(
        [
            "Say in a few words what you want to achieve.",
            "Name what will be different.",
            "A number, please.",
            "A number, please.",
            "In which unit?",
        ]
    )
    expect(phone.page.get_by_label("What do you want to achieve?")).to_be_focused()


def test_a_target_on_the_wrong_side_is_told(new_phone: NewPhone, employee: Account) -> None:
    phone = new_phone()
    phone.sign_in(employee)
    phone.open("/goals/new")
    write(phone, "Be quick")

    phone.button("Lower").click()
    phone.button("Save draft").click()

    expect(phone.page.locator(".editor .problem:visible")).to_have_text(
        ["To lower it, the target must be below the start."]
    )


def test_weights_that_do_not_add_up_keep_from_submitting_until_they_are_evened_out(
    new_phone: NewPhone, employee: Account
) -> None:
    phone = new_phone()
    phone.sign_in(employee)
    phone.open("/goals/new")
    write(phone, "Be quick")
    phone.button("Add a key result").click()
    expect(phone.page.locator(".weight-bar")).to_contain_text("The weights add up to 101 of 100 · one point too many")

    phone.button("Submit…").click()
    expect(phone.page.get_by_role("alert")).to_have_text("The weights must add up to 100 before you submit.")
    phone.button("Even out").click()

    expect(phone.page.locator(".weight-bar")).to_contain_text("The weights add up to 100")
    expect(phone.page.get_by_label("Weight", exact=False).nth(1)).to_have_value("50")
    expect(phone.page.get_by_label("Weight", exact=False).nth(2)).to_have_value("50")


def test_a_draft_written_without_a_connection_is_sent_with_its_submission_later(
    new_phone: NewPhone, caller: Call, employee: Account
) -> None:
    phone = new_phone()
    phone.sign_in(employee)
    phone.open("/goals/new")
    phone.cut_off()
    write(phone, "Written in the tunnel")
    phone.button("Save draft").click()
    phone.says("Kept on this phone.")
    phone.page.get_by_role("link", name="Written in the tunnel").click()
    phone.page.get_by_label("To", exact=True).fill("88")
    phone.button("Submit…").click()
    phone.button("Submit").click()
    expect(phone.page.get_by_role("link", name="Written in the tunnel")).to_contain_text("waiting to be sent")
    assert phone.waiting() == ["draft", "submit"]

    phone.reconnect()
    phone.sync()

    expect(phone.page.get_by_role("link", name="Written in the tunnel").first).to_contain_text("Submitted")
    found = [one for one in mine(caller(employee)) if one["title"] == "Written in the tunnel"]
    assert [one["state"] for one in found] == ["SUBMITTED"]
    results = cast("list[dict[str, object]]", caller(employee).ask("Goal", id=found[0]["id"])["objective"])
    assert cast("dict[str, list[dict[str, object]]]", results)["keyResults"][0]["target"] == "88"
    assert phone.waiting() == []


def test_a_goal_that_changed_elsewhere_is_not_overwritten(new_phone: NewPhone, caller: Call, employee: Account) -> None:
    phone = new_phone()
    phone.sign_in(employee)
    elsewhere = caller(employee)
    goal = goals.draft(elsewhere, "Read more")
    phone.open(f"/goals/{goal.id}/edit")
    expect(phone.page.get_by_label("What do you want to achieve?")).to_have_value("Read more")
    goals.submit_again(elsewhere, goal)

    phone.page.get_by_label("What do you want to achieve?").fill("Read less")
    phone.button("Save draft").click()

    expect(phone.page.get_by_role("alert")).to_contain_text("changed elsewhere")
    assert goals.seen(elsewhere, goal)["title"] == "Read more"
    assert phone.waiting() == []
