"""The goal tree, targets and the question of a minute: accessible, in their bounds, in both languages and themes."""

import pytest
from playwright.sync_api import expect

from tests.furnish import Team
from tests.mobile import cascades, recalls, strategies
from tests.mobile.cascades import Line, Thrown
from tests.mobile.phone import Account, NewPhone, Phone
from tests.mobile.test_looks import LOOKS, examine, scrolls_sideways
from tests.running import Product

SIZES = [(320, "100%"), (390, "200%")]


def ready(phone: Phone, path: str) -> Phone:
    """The screen, once nothing of it is under way."""
    phone.open(path)
    expect(phone.page.locator(".skeleton")).to_have_count(0)
    expect(phone.page.get_by_role("treeitem", name="Loading")).to_have_count(0)
    return phone


@pytest.mark.parametrize(("language", "colours"), LOOKS, ids=["-".join(look) for look in LOOKS])
def test_the_goal_tree_is_fit_for_everybody(
    new_phone: NewPhone, employee: Account, axe: str, *, line: Line, language: str, colours: str
) -> None:
    phone = new_phone(language=language, colours=colours)
    phone.sign_in(employee)

    found = examine(ready(phone, "/goals"), axe, "goals")
    found += examine(ready(phone, f"/goals/{line.lowest}"), axe, "goal")
    found += examine(ready(phone, f"/cascade/{line.lowest}"), axe, "my line")
    found += examine(ready(phone, f"/cascade/{line.top}"), axe, "from the top")
    phone.page.locator(".branch > button").last.click()
    expect(phone.page.locator(".branch")).to_have_count(4)
    found += examine(phone, axe, "one level further")

    assert found == []


@pytest.mark.parametrize(("language", "colours"), LOOKS, ids=["-".join(look) for look in LOOKS])
def test_targets_are_fit_for_everybody(
    new_phone: NewPhone, employee: Account, axe: str, *, thrown: Thrown, language: str, colours: str
) -> None:
    phone = new_phone(language=language, colours=colours)
    phone.sign_in(employee)

    found = examine(ready(phone, "/approvals"), axe, "queue")
    found += examine(ready(phone, f"/slices/{thrown.slice}"), axe, "target")
    phone.page.locator(".actions .button").first.click()
    found += examine(phone, axe, "offer")

    assert found == []


@pytest.mark.parametrize(("language", "colours"), LOOKS, ids=["-".join(look) for look in LOOKS])
def test_the_question_of_a_minute_is_fit_for_everybody(
    new_phone: NewPhone, employee: Account, axe: str, *, product: Product, team: Team, language: str, colours: str
) -> None:
    recalls.ask(product, team)
    phone = new_phone(language=language, colours=colours)
    phone.sign_in(employee)

    found = examine(ready(phone, "/"), axe, "today")
    found += examine(ready(phone, "/recall"), axe, "words")
    phone.page.locator("form input").fill("zeppelins")
    phone.page.locator("form .primary").click()
    expect(phone.page.locator(".choices")).to_be_visible()
    found += examine(phone, axe, "marks")
    phone.page.locator(".choices .plain").click()
    expect(phone.page.locator(".nothing")).to_be_visible()
    found += examine(phone, axe, "thanks")

    assert found == []


@pytest.mark.parametrize(("width", "size"), SIZES)
def test_trees_targets_and_the_question_fit_the_smallest_phone_and_the_largest_text(
    new_phone: NewPhone,
    employee: Account,
    *,
    product: Product,
    team: Team,
    line: Line,
    thrown: Thrown,
    width: int,
    size: str,
) -> None:
    aims = strategies.publish(product, team).aims
    cascades.reach(product, team, line.top, aims["TRUST"])
    recalls.open_round(product, team)
    phone = new_phone()
    phone.page.set_viewport_size({"width": width, "height": 844})
    phone.sign_in(employee)

    wide: list[str] = []
    for path in ("/", "/goals", f"/cascade/{line.lowest}", f"/slices/{thrown.slice}", "/recall"):
        ready(phone, path)
        phone.page.evaluate("(size) => { document.documentElement.style.fontSize = size; }", size)
        wide += [path] if scrolls_sideways(phone.page) else []

    assert wide == []
