"""The goal tree on the phone: up to the strategy, my path open, and down to what serves a goal."""

import pytest
from playwright.sync_api import Locator, Response, expect

from tests.furnish import PASSWORD, Team
from tests.mobile import cascades, strategies
from tests.mobile.cascades import Line, Thrown
from tests.mobile.phone import DOCUMENTS, Account, NewPhone, Phone
from tests.running import Product


@pytest.fixture
def phone(new_phone: NewPhone, employee: Account) -> Phone:
    """The employee's."""
    phone = new_phone()
    phone.sign_in(employee)
    return phone


def row(phone: Phone, text: str) -> Locator:
    """A place of the tree."""
    return phone.page.get_by_role("treeitem").filter(has_text=text)


def rows(phone: Phone) -> list[str]:
    """What the tree shows, from above: how deep, and its first line."""
    items = phone.page.get_by_role("treeitem").all()
    return [f"{one.get_attribute('aria-level')} {one.inner_text().splitlines()[0]}" for one in items]


def has_focus(phone: Phone, text: str) -> None:
    expect(row(phone, text)).to_be_focused()


def test_a_goal_leads_to_its_tree_with_the_line_above_it_open(phone: Phone, line: Line) -> None:
    phone.open(f"/goals/{line.lowest}")

    phone.page.get_by_role("link", name="Goal tree").click()

    expect(phone.page).to_have_url(f"{phone.url}/cascade/{line.lowest}")
    expect(row(phone, "One more serves it")).to_be_visible()
    assert rows(phone) == [
        "1 Fly more",
        "2 Flights",
        "3 Fewer late gates",
        "3 One more serves it",
        "2 What else serves it",
    ]
    expect(row(phone, "Fewer late gates")).to_have_attribute("aria-current", "true")


def test_the_list_of_goals_leads_to_each_tree(phone: Phone, line: Line) -> None:
    phone.open("/goals")

    phone.page.get_by_role("link", name="Goal tree: Fewer late gates").click()

    expect(phone.page).to_have_url(f"{phone.url}/cascade/{line.lowest}")


def test_the_line_ends_at_the_strategy_or_says_that_it_does_not(
    phone: Phone, product: Product, team: Team, line: Line
) -> None:
    phone.open(f"/cascade/{line.lowest}")
    expect(phone.page.get_by_text("Nobody has agreed yet which part of the strategy this goal serves.")).to_be_visible()

    cascades.reach(product, team, line.top, strategies.publish(product, team).aims["TRUST"])
    phone.page.reload()

    expect(phone.page.locator(".serves")).to_contain_text("Be trusted by every guest")


def test_each_goal_says_how_it_serves_and_whether_it_counts(phone: Phone, line: Line) -> None:
    phone.open(f"/cascade/{line.middle}")

    expect(row(phone, "Flights")).to_contain_text("Slice of 30 · counts 100%")
    expect(row(phone, "Fewer late gates")).to_contain_text("By weight · counts 100%")
    expect(row(phone, "Fewer late gates")).to_contain_text("Active")
    expect(row(phone, "Keep crews rested")).to_contain_text("By weight · waits for an answer")


def test_who_threw_sees_what_is_carried_and_what_nobody_has_taken_yet(
    new_phone: NewPhone, manager: Account, *, product: Product, team: Team, line: Line, thrown: Thrown
) -> None:
    cascades.counter(product.somebody(team, "peer"), thrown.peers, "40")
    phone = new_phone()
    phone.sign_in(manager)

    phone.open(f"/cascade/{line.top}")

    expect(row(phone, "Fly more")).to_contain_text("Thrown down: 80% assigned, 30% carried")
    row(phone, "Slice of 50 · another amount was offered").get_by_role("link").click()
    expect(phone.page).to_have_url(f"{phone.url}/slices/{thrown.peers}")


def test_the_others_beside_my_line_come_when_they_are_asked_for(phone: Phone, line: Line) -> None:
    phone.open(f"/cascade/{line.lowest}")

    phone.button("One more serves it").click()

    expect(row(phone, "Keep crews rested")).to_be_visible()
    expect(row(phone, "One more serves it")).to_have_count(0)
    has_focus(phone, "Flights")


def test_a_level_is_asked_for_when_it_is_opened(phone: Phone, line: Line) -> None:
    asked: list[Response] = []
    phone.page.on("response", lambda answer: asked.extend([answer] if is_branch(answer) else []))
    phone.open(f"/cascade/{line.top}")
    expect(row(phone, "Flights")).to_have_attribute("aria-expanded", "false")
    assert asked == []

    row(phone, "Flights").get_by_role("button").click()

    expect(row(phone, "Fewer late gates")).to_have_attribute("aria-level", "3")
    assert len(asked) == 1


def is_branch(answer: Response) -> bool:
    return DOCUMENTS["Branch"] in (answer.request.post_data or "")


def test_the_whole_tree_can_be_walked_by_keys(phone: Phone, line: Line) -> None:
    phone.open(f"/cascade/{line.lowest}")
    expect(row(phone, "One more serves it")).to_be_visible()
    row(phone, "Fewer late gates").focus()
    keys = phone.page.keyboard

    keys.press("ArrowLeft")
    has_focus(phone, "Flights")
    keys.press("ArrowLeft")
    expect(row(phone, "Flights")).to_have_attribute("aria-expanded", "false")
    keys.press("ArrowUp")
    has_focus(phone, "Fly more")
    keys.press("End")
    has_focus(phone, "What else serves it")
    keys.press("Home")
    keys.press("ArrowRight")
    has_focus(phone, "Flights")
    keys.press("ArrowRight")
    expect(row(phone, "Flights")).to_have_attribute("aria-expanded", "true")
    keys.press("ArrowDown")
    has_focus(phone, "Fewer late gates")
    keys.press("Enter")

    expect(phone.page).to_have_url(f"{phone.url}/goals/{line.lowest}")


def test_one_place_of_the_tree_takes_the_tab_key_and_nothing_within_it(phone: Phone, line: Line) -> None:
    phone.open(f"/cascade/{line.lowest}")
    expect(row(phone, "One more serves it")).to_be_visible()

    stops = phone.page.locator(".tree").locator('a, button, [role="treeitem"]')
    reached = [one.inner_text().splitlines()[0] for one in stops.all() if one.get_attribute("tabindex") == "0"]

    assert reached == ["Fewer late gates"]


def test_without_a_connection_the_tree_stays_and_an_unknown_level_says_so(phone: Phone, line: Line) -> None:
    phone.open(f"/cascade/{line.lowest}")
    expect(row(phone, "One more serves it")).to_be_visible()
    phone.cut_off()

    phone.page.reload()

    expect(row(phone, "Fewer late gates")).to_be_visible()
    expect(phone.page.get_by_text("Offline. You see what this phone remembers.")).to_be_visible()
    phone.button("What else serves it").click()
    expect(row(phone, "Not on this phone yet")).to_be_visible()


@pytest.mark.usefixtures("line")
def test_a_goal_that_is_not_shared_has_no_tree(new_phone: NewPhone, team: Team) -> None:
    phone = new_phone()
    phone.sign_in(Account(login=team.login("outsider"), password=PASSWORD, name="Ana Ruiz"))

    phone.open("/cascade/obj_01a200c2-b9f8-722e-9431-a47185797ab9")

    expect(phone.page.get_by_role("heading", name="Nothing to see here")).to_be_visible()
