"""The strategy map on the phone: what a unit wants, what leads to what, and what each part of it is for."""

import re
from typing import cast

import pytest
from playwright.sync_api import Locator, expect

from tests.furnish import Team
from tests.mobile import scorecards, strategies
from tests.mobile.phone import Account, NewPhone, Phone
from tests.mobile.strategies import Published
from tests.running import Product


def card(phone: Phone, title: str) -> Locator:
    """A strategic objective on the map."""
    return phone.page.locator(".map a").filter(has_text=title)


def ends(phone: Phone) -> set[tuple[int, int]]:
    """From which height to which the lines of the map run."""
    script = """() => [...document.querySelectorAll(".map path:first-child")].map((one) => {
      const numbers = one.getAttribute("d").match(/-?\\d+/g).map(Number);
      return [numbers[1], numbers[7]]; })"""
    return {(begin, end) for begin, end in cast("list[list[int]]", phone.page.evaluate(script))}


def edges(phone: Phone, aim: str) -> tuple[int, int]:
    """At which heights of the map a card begins and ends."""
    script = """(aim) => {
      const top = document.querySelector(".map").getBoundingClientRect().top;
      const box = document.querySelector(`[data-aim="${aim}"]`).getBoundingClientRect();
      return [Math.round(box.top - top), Math.round(box.bottom - top)]; }"""
    begin, end = cast("list[int]", phone.page.evaluate(script, aim))
    return begin, end


@pytest.mark.usefixtures("strategy")
def test_a_unit_without_a_map_says_so_and_leads_to_the_one_above(new_phone: NewPhone, employee: Account) -> None:
    phone = new_phone()
    phone.sign_in(employee)
    phone.tab("Goals")

    phone.page.get_by_role("link", name="Strategy").click()

    expect(phone.page.get_by_role("heading", name="No strategy map yet")).to_be_visible()
    expect(phone.page.get_by_text("Sales has published no map of its own.")).to_be_visible()
    phone.page.get_by_role("link", name="The map above: Group").click()
    expect(phone.page.get_by_role("heading", level=1)).to_have_text("Group")
    expect(card(phone, "Be trusted by every guest")).to_be_visible()


def test_without_any_map_above_nothing_is_offered(new_phone: NewPhone, employee: Account) -> None:
    phone = new_phone()
    phone.sign_in(employee)

    phone.open("/strategy")

    expect(phone.page.get_by_role("heading", name="No strategy map yet")).to_be_visible()
    expect(phone.page.locator(".nothing a")).to_have_count(0)


def test_each_perspective_is_a_row_with_what_the_unit_wants_and_how_much_it_weighs(
    new_phone: NewPhone, employee: Account, strategy: Published
) -> None:
    phone = new_phone()
    phone.sign_in(employee)

    phone.open(f"/strategy/{strategy.unit}")

    expect(phone.page.get_by_text("The airline that people recommend.")).to_be_visible()
    rows = phone.page.locator(".map section h2")
    assert rows.all_inner_texts() == ["Finance", "Customers", "Internal processes"]
    expect(card(phone, "Earn more with the same fleet")).to_contain_text("50% · Guests first")
    expect(card(phone, "Spend less on the ground")).to_contain_text("25% · Guests first")


def test_lines_run_up_from_causes_to_effects_with_sign_and_lag(
    new_phone: NewPhone, employee: Account, strategy: Published
) -> None:
    phone = new_phone()
    phone.sign_in(employee)

    phone.open(f"/strategy/{strategy.unit}")

    texts = phone.page.locator(".map text")
    expect(texts).to_have_count(2)
    assert sorted(texts.all_text_contents()) == ["+6", "−2"]
    profit, trust, cost = (edges(phone, strategy.aims[code]) for code in ("PROFIT", "TRUST", "COST"))
    assert ends(phone) == {(trust[0], profit[1]), (cost[0], trust[1])}
    expect(phone.page.locator(".map .minus")).to_have_count(1)


def test_what_the_lines_say_is_told_in_words_as_well(
    new_phone: NewPhone, employee: Account, strategy: Published
) -> None:
    phone = new_phone()
    phone.sign_in(employee)
    phone.open(f"/strategy/{strategy.unit}")

    phone.page.get_by_text("What leads to what: 2 links").click()

    told = phone.page.locator("details li")
    expect(told).to_have_count(2)
    against = told.filter(has_text="Spend less on the ground → Be trusted by every guest")
    expect(against).to_contain_text(re.compile(r"weakens\s*after 2 months\s*Desks are missed\."))
    expect(phone.page.locator(".map svg[aria-hidden=true] text")).to_have_count(2)


def test_what_measures_a_strategic_objective_shows_its_light(
    new_phone: NewPhone, employee: Account, product: Product, team: Team, strategy: Published
) -> None:
    scorecards.for_aim(product, team, strategy.aims["TRUST"])
    phone = new_phone()
    phone.sign_in(employee)

    phone.open(f"/strategy/{strategy.unit}")

    expect(card(phone, "Be trusted by every guest")).to_contain_text("On target")
    expect(card(phone, "Earn more with the same fleet")).not_to_contain_text("target")


def test_a_tap_opens_why_what_changes_and_what_will_not_be_done(
    new_phone: NewPhone, employee: Account, strategy: Published
) -> None:
    phone = new_phone()
    phone.sign_in(employee)
    phone.open(f"/strategy/{strategy.unit}")

    card(phone, "Be trusted by every guest").click()

    expect(phone.page.get_by_role("heading", level=1)).to_have_text("Be trusted by every guest")
    assert phone.page.locator(".card h3 + p").all_inner_texts() == list(strategies.INTENT.values())
    expect(phone.page.get_by_text("Wang Qiang")).to_be_visible()
    follows = phone.page.get_by_role("region", name="Follows from")
    expect(follows).to_contain_text("Spend less on the ground")
    follows.get_by_role("link").click()
    expect(phone.page.get_by_role("heading", level=1)).to_have_text("Spend less on the ground")


def test_without_a_connection_the_map_stays(new_phone: NewPhone, employee: Account, strategy: Published) -> None:
    phone = new_phone()
    phone.sign_in(employee)
    phone.open(f"/strategy/{strategy.unit}")
    expect(card(phone, "Be trusted by every guest")).to_be_visible()
    phone.cut_off()

    phone.page.reload()

    expect(phone.page.get_by_text("Offline. You see what this phone remembers.")).to_be_visible()
    expect(card(phone, "Be trusted by every guest")).to_be_visible()
    expect(phone.page.locator(".map g")).to_have_count(2)


def test_a_team_without_a_scorecard_is_led_to_the_one_above(
    new_phone: NewPhone, employee: Account, product: Product, team: Team, strategy: Published
) -> None:
    above = scorecards.for_aim(product, team, strategy.aims["TRUST"])
    phone = new_phone()
    phone.sign_in(employee)
    phone.open("/scorecard")

    phone.page.get_by_role("link", name="The scorecard above: Group").click()

    expect(phone.page).to_have_url(f"{phone.url}/scorecard/{above}")
    expect(phone.page.get_by_role("heading", level=1)).to_have_text("Group")
