"""Intents where they arrive: said back by who promised, confirmed or returned by who manages, also offline."""

import re

import pytest
from playwright.sync_api import expect

from tests.furnish import Team
from tests.mobile import strategies
from tests.mobile.phone import Account, NewPhone, Phone
from tests.mobile.strategies import Published
from tests.running import Product

WORDS = "Nobody hears a time from me that I cannot keep."


def say(phone: Phone, words: str) -> None:
    phone.page.get_by_label("Say it back in your own words").fill(words)
    phone.button("Say it back").click()


def test_an_intent_is_said_back_from_its_strategic_objective(
    new_phone: NewPhone, employee: Account, product: Product, team: Team, *, strategy: Published, serving_goal: str
) -> None:
    phone = new_phone()
    phone.sign_in(employee)
    phone.open(f"/strategy/aim/{strategy.aims['TRUST']}")
    mine = phone.page.get_by_role("region", name="Your goals that serve it")
    expect(mine).to_contain_text("Not said back yet")

    say(phone, WORDS)

    phone.says("Said back")
    expect(mine).to_contain_text("Waits for an answer")
    expect(mine.locator(".said")).to_contain_text(WORDS)
    assert strategies.state(product, team, serving_goal) == "SAID"


def test_no_words_say_nothing(
    new_phone: NewPhone, employee: Account, product: Product, team: Team, serving_goal: str
) -> None:
    phone = new_phone()
    phone.sign_in(employee)
    phone.open(f"/strategy/goal/{serving_goal}")

    say(phone, "  ")

    expect(phone.page.get_by_text("Please use your own words.")).to_be_visible()
    assert phone.waiting() == []
    assert strategies.state(product, team, serving_goal) == "UNSAID"


def test_offline_my_words_wait_and_are_sent_once_there_is_a_connection(
    new_phone: NewPhone, employee: Account, product: Product, team: Team, serving_goal: str
) -> None:
    phone = new_phone()
    phone.sign_in(employee)
    phone.open(f"/strategy/goal/{serving_goal}")
    expect(phone.button("Say it back")).to_be_visible()
    phone.cut_off()

    say(phone, WORDS)

    expect(phone.page.get_by_text("waiting to be sent")).to_be_visible()
    assert phone.waiting() == ["sayBack"]
    phone.reconnect()
    phone.nothing_waits()
    strategies.becomes(product, team, serving_goal, "SAID")
    expect(phone.page.get_by_text("Waits for an answer")).to_be_visible()


def test_words_that_wait_can_be_changed(new_phone: NewPhone, employee: Account, serving_goal: str) -> None:
    phone = new_phone()
    phone.sign_in(employee)
    phone.open(f"/strategy/goal/{serving_goal}")
    expect(phone.button("Say it back")).to_be_visible()
    phone.cut_off()
    say(phone, WORDS)

    phone.button("Change it").click()

    expect(phone.page.get_by_label("Say it back in your own words")).to_have_value(WORDS)
    assert phone.waiting() == []


def test_who_manages_finds_it_in_the_inbox_and_confirms(
    new_phone: NewPhone,
    manager: Account,
    product: Product,
    team: Team,
    *,
    strategy: Published,
    serving_goal: str,
) -> None:
    strategies.say_back(product, team, serving_goal, strategy.aims["TRUST"], WORDS)
    phone = new_phone()
    phone.sign_in(manager)
    phone.tab("Inbox")

    phone.page.get_by_role("link", name=re.compile("Lin Mei said an intent back to you")).click()

    expect(phone.page).to_have_url(f"{phone.url}/strategy/goal/{serving_goal}")
    expect(phone.page.locator(".said")).to_contain_text(WORDS)
    phone.button("Understood").click()
    phone.says("Confirmed: Be on time")
    strategies.becomes(product, team, serving_goal, "CURRENT")


def test_a_confirmation_can_be_undone_for_five_seconds(
    new_phone: NewPhone,
    manager: Account,
    product: Product,
    team: Team,
    *,
    strategy: Published,
    serving_goal: str,
) -> None:
    strategies.say_back(product, team, serving_goal, strategy.aims["TRUST"], WORDS)
    phone = new_phone()
    phone.sign_in(manager)
    phone.open(f"/strategy/aim/{strategy.aims['TRUST']}")
    phone.page.get_by_role("region", name="Waits for your answer").get_by_role("button", name="Understood").click()
    expect(phone.page.get_by_text("waiting to be sent")).to_be_visible()

    phone.button("Undo").click()

    expect(phone.button("Understood")).to_be_visible()
    assert phone.waiting() == []
    assert strategies.state(product, team, serving_goal) == "SAID"


def test_what_is_returned_needs_a_reason_which_the_owner_reads(
    new_phone: NewPhone,
    employee: Account,
    manager: Account,
    product: Product,
    team: Team,
    *,
    strategy: Published,
    serving_goal: str,
) -> None:
    strategies.say_back(product, team, serving_goal, strategy.aims["TRUST"], WORDS)
    phone = new_phone()
    phone.sign_in(manager)
    phone.open(f"/strategy/goal/{serving_goal}")
    phone.button("Once more…").click()
    phone.button("Ask").click()
    expect(phone.page.get_by_text("Please say why")).to_be_visible()

    phone.page.get_by_label("What should be seen differently?").fill("And what of the dates?")
    phone.button("Ask").click()

    strategies.becomes(product, team, serving_goal, "RETURNED")
    hers = new_phone()
    hers.sign_in(employee)
    hers.open(f"/strategy/goal/{serving_goal}")
    expect(hers.page.locator(".meta").first).to_contain_text("Once more, please")
    expect(hers.page.locator(".note")).to_contain_text("And what of the dates?")
    expect(hers.button("Say it back")).to_be_visible()


def test_a_changed_intent_makes_what_was_said_out_of_date(
    new_phone: NewPhone,
    employee: Account,
    product: Product,
    team: Team,
    *,
    strategy: Published,
    serving_goal: str,
) -> None:
    trust = strategy.aims["TRUST"]
    strategies.say_back(product, team, serving_goal, trust, WORDS)
    strategies.sharpen(product, team, strategy, trust)
    phone = new_phone()
    phone.sign_in(employee)

    phone.open(f"/strategy/{strategy.unit}")

    expect(phone.page.locator(".map a").filter(has_text="Be trusted")).to_contain_text("Changed since it was said")
    phone.page.locator(".map a").filter(has_text="Be trusted").click()
    expect(phone.page.get_by_text("Two of three guests come back.")).to_be_visible()
    say(phone, "Two of three come back because I keep my word.")
    phone.says("Said back")
    assert strategies.state(product, team, serving_goal) == "SAID"


def test_an_intent_that_moves_on_while_one_writes_keeps_the_words(
    new_phone: NewPhone,
    employee: Account,
    product: Product,
    team: Team,
    *,
    strategy: Published,
    serving_goal: str,
) -> None:
    phone = new_phone()
    phone.sign_in(employee)
    phone.open(f"/strategy/goal/{serving_goal}")
    box = phone.page.get_by_label("Say it back in your own words")
    box.fill(WORDS)
    strategies.sharpen(product, team, strategy, strategy.aims["TRUST"])
    phone.page.evaluate("dispatchEvent(new Event('online'))")
    expect(phone.page.get_by_text("Two of three guests come back.")).to_be_visible()

    phone.button("Say it back").click()

    phone.says("The intent has changed.")
    expect(box).to_have_value(WORDS)
    assert phone.waiting() == []
    assert strategies.state(product, team, serving_goal) == "UNSAID"


@pytest.mark.usefixtures("strategy")
def test_a_goal_that_serves_nothing_says_so(new_phone: NewPhone, employee: Account, active_goal: str) -> None:
    phone = new_phone()
    phone.sign_in(employee)

    phone.open(active_goal.replace("/goals/", "/strategy/goal/"))

    expect(phone.page.get_by_role("heading", name="No intent reaches this goal")).to_be_visible()
