"""Every screen in both languages, light and dark: accessible, in its bounds, within its budget."""

from collections.abc import Callable
from typing import cast

import pytest
from playwright.sync_api import Page, expect

from tests.mobile import goals
from tests.mobile.phone import Account, Caller, NewPhone, Phone
from tests.mobile.strategies import Published

Call = Callable[[Account], Caller]
TAP_PIXELS = 44
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
LOOKS = [("en-GB", "light"), ("en-GB", "dark"), ("zh-CN", "light"), ("zh-CN", "dark")]


def faults(page: Page, axe: str) -> list[str]:
    """What breaks WCAG 2.2 AA on the screen."""
    page.evaluate(axe)
    found = page.evaluate("(rules) => axe.run(document, {runOnly: rules}).then((done) => done.violations)", RULES)
    violations = cast("list[dict[str, object]]", found)
    return [f"{one['id']}: {cast('list[dict[str, str]]', one['nodes'])[0]['html'][:120]}" for one in violations]


def small_targets(page: Page) -> list[str]:
    """What a finger may miss: everything to tap that is smaller than 44 by 44 pixels."""
    script = """(least) => [...document.querySelectorAll("a, button, input, textarea, select")]
      .filter((one) => one.checkVisibility() && !one.matches(".skip") && !one.closest("[inert]"))
      .map((one) => [one, (one.closest("label") ?? one).getBoundingClientRect()])
      .filter(([, box]) => box.width < least - 0.5 || box.height < least - 0.5)
      .map(([one, box]) => `${one.outerHTML.slice(0, 80)} ${box.width}x${box.height}`)"""
    return cast("list[str]", page.evaluate(script, TAP_PIXELS))


def scrolls_sideways(page: Page) -> bool:
    return cast("bool", page.evaluate("document.documentElement.scrollWidth > innerWidth"))


def examine(phone: Phone, axe: str, screen: str) -> list[str]:
    sideways = ["scrolls sideways"] if scrolls_sideways(phone.page) else []
    return [f"{screen}: {fault}" for fault in [*faults(phone.page, axe), *small_targets(phone.page), *sideways]]


@pytest.mark.parametrize(("language", "colours"), LOOKS, ids=["-".join(look) for look in LOOKS])
def test_the_employees_screens_are_fit_for_everybody(
    new_phone: NewPhone, employee: Account, active_goal: str, axe: str, *, language: str, colours: str
) -> None:
    phone = new_phone(language=language, colours=colours)
    phone.page.goto(phone.url)
    expect(phone.page.locator("form")).to_be_visible()
    found = examine(phone, axe, "sign-in")
    phone.sign_in(employee)

    for path in ("/", "/goals", active_goal, "/goals/new", "/inbox", "/me"):
        phone.open(path)
        expect(phone.page.locator(".skeleton")).to_have_count(0)
        found += examine(phone, axe, path)
    phone.open(active_goal)
    phone.page.locator(".key-result .button").first.click()
    found += examine(phone, axe, "check-in")

    assert found == []


@pytest.mark.parametrize(("language", "colours"), LOOKS, ids=["-".join(look) for look in LOOKS])
def test_the_managers_screens_are_fit_for_everybody(
    new_phone: NewPhone, caller: Call, employee: Account, manager: Account, axe: str, *, language: str, colours: str
) -> None:
    owner = caller(employee)
    goal = goals.submit(owner, "Fewer late gates")
    phone = new_phone(language=language, colours=colours)
    phone.sign_in(manager)

    found: list[str] = []
    for path in ("/approvals", f"/approvals/{goals.approval(owner, goal)}", "/me"):
        phone.open(path)
        expect(phone.page.locator(".skeleton")).to_have_count(0)
        found += examine(phone, axe, path)
    phone.open("/approvals")
    phone.page.locator(".ask-card .button").first.click()
    found += examine(phone, axe, "reason")

    assert found == []


@pytest.mark.usefixtures("cards")
@pytest.mark.parametrize(("language", "colours"), LOOKS, ids=["-".join(look) for look in LOOKS])
def test_the_scorecard_and_its_reasons_are_fit_for_everybody(
    new_phone: NewPhone, employee: Account, axe: str, *, language: str, colours: str
) -> None:
    phone = new_phone(language=language, colours=colours)
    phone.sign_in(employee)

    found: list[str] = []
    for path, opener in (("/scorecard", "header .round"), ("/scorecard/why", "button.sum")):
        phone.open(path)
        expect(phone.page.locator(".skeleton")).to_have_count(0)
        found += examine(phone, axe, path)
        phone.page.locator(opener).first.click()
        expect(phone.page.locator("dialog .skeleton")).to_have_count(0)
        found += examine(phone, axe, f"{path} {opener}")

    assert found == []


@pytest.mark.usefixtures("cards")
@pytest.mark.parametrize(("width", "size"), [(320, "100%"), (390, "200%")])
def test_the_scorecard_fits_the_smallest_phone_and_the_largest_text(
    new_phone: NewPhone, employee: Account, width: int, size: str
) -> None:
    phone = new_phone()
    phone.page.set_viewport_size({"width": width, "height": 844})
    phone.sign_in(employee)

    wide: list[str] = []
    for path in ("/scorecard", "/scorecard/why"):
        phone.open(path)
        expect(phone.page.locator(".skeleton")).to_have_count(0)
        phone.page.evaluate("(size) => { document.documentElement.style.fontSize = size; }", size)
        wide += [path] if scrolls_sideways(phone.page) else []

    assert wide == []


@pytest.mark.parametrize(("language", "colours"), LOOKS, ids=["-".join(look) for look in LOOKS])
def test_the_strategy_and_its_intents_are_fit_for_everybody(
    new_phone: NewPhone,
    employee: Account,
    axe: str,
    *,
    strategy: Published,
    serving_goal: str,
    language: str,
    colours: str,
) -> None:
    phone = new_phone(language=language, colours=colours)
    phone.sign_in(employee)

    found: list[str] = []
    aim = f"/strategy/aim/{strategy.aims['TRUST']}"
    for path in ("/strategy", f"/strategy/{strategy.unit}", aim, f"/strategy/goal/{serving_goal}"):
        phone.open(path)
        expect(phone.page.locator(".skeleton")).to_have_count(0)
        found += examine(phone, axe, path)
    phone.open(f"/strategy/{strategy.unit}")
    phone.page.locator("summary").click()
    found += examine(phone, axe, "what leads to what")

    assert found == []


@pytest.mark.parametrize(("width", "size"), [(320, "100%"), (390, "200%")])
def test_the_strategy_fits_the_smallest_phone_and_the_largest_text(
    new_phone: NewPhone, employee: Account, *, strategy: Published, serving_goal: str, width: int, size: str
) -> None:
    phone = new_phone()
    phone.page.set_viewport_size({"width": width, "height": 844})
    phone.sign_in(employee)

    wide: list[str] = []
    for path in (f"/strategy/{strategy.unit}", f"/strategy/goal/{serving_goal}"):
        phone.open(path)
        expect(phone.page.locator(".skeleton")).to_have_count(0)
        phone.page.evaluate("(size) => { document.documentElement.style.fontSize = size; }", size)
        wide += [path] if scrolls_sideways(phone.page) else []

    assert wide == []


def test_text_twice_as_large_still_fits(new_phone: NewPhone, employee: Account, active_goal: str) -> None:
    phone = new_phone()
    phone.sign_in(employee)

    wide: list[str] = []
    for path in ("/", "/goals", active_goal, "/goals/new", "/inbox", "/me"):
        phone.open(path)
        expect(phone.page.locator(".skeleton")).to_have_count(0)
        phone.page.evaluate("document.documentElement.style.fontSize = '200%'")
        wide += [path] if scrolls_sideways(phone.page) else []

    assert wide == []


@pytest.mark.usefixtures("cards")
def test_written_from_right_to_left_everything_turns_and_fits(
    new_phone: NewPhone, employee: Account, active_goal: str, axe: str
) -> None:
    phone = new_phone()
    phone.sign_in(employee)

    found: list[str] = []
    for path in ("/", active_goal, "/goals/new", "/me", "/scorecard", "/scorecard/why"):
        phone.open(path)
        expect(phone.page.locator(".skeleton")).to_have_count(0)
        phone.page.evaluate("document.documentElement.dir = 'rtl'")
        found += examine(phone, axe, path)
    phone.open("/")
    phone.page.evaluate("document.documentElement.dir = 'rtl'")
    add = phone.page.locator(".add").bounding_box()

    assert found == []
    assert add is not None
    assert add["x"] < 40


def test_the_theme_can_be_chosen_and_stays(new_phone: NewPhone, employee: Account) -> None:
    phone = new_phone()
    phone.sign_in(employee)
    phone.tab("Me")

    phone.button("Dark").click()
    phone.page.reload()

    expect(phone.button("Dark")).to_have_attribute("aria-pressed", "true")
    assert phone.page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(25, 21, 18)"


def test_the_language_can_be_changed_at_once(new_phone: NewPhone, employee: Account) -> None:
    phone = new_phone()
    phone.sign_in(employee)
    phone.tab("Me")

    phone.button("简体中文").click()

    expect(phone.page.get_by_role("heading", level=1)).to_have_text("我的")
    expect(phone.page.get_by_role("navigation")).to_contain_text("今天")


def test_the_first_load_takes_at_most_eight_requests_and_60_kilobytes(new_phone: NewPhone, employee: Account) -> None:
    phone = new_phone()
    sizes: list[int] = []
    phone.page.on("requestfinished", lambda request: sizes.append(request.sizes()["responseBodySize"]))

    phone.page.goto(phone.url)
    expect(phone.page.locator("form")).to_be_visible()

    assert len(sizes) <= 8
    assert sum(sizes) <= 60_000


def test_the_app_can_be_installed(new_phone: NewPhone) -> None:
    phone = new_phone()
    phone.page.goto(phone.url)

    assert phone.installability_errors() in ([], ["in-incognito"])
