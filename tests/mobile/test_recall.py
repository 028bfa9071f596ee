"""The one-minute question on the phone: first in one's own words, then which priorities were meant."""

import pytest
from playwright.sync_api import Locator, expect

from tests.furnish import Team
from tests.mobile import recalls
from tests.mobile.phone import Account, NewPhone, Phone
from tests.running import Client, Product, until

TITLE = "What does our strategy want?"
TRUST = "Be trusted by every guest"


@pytest.fixture
def reader(product: Product, team: Team) -> Client:
    """The employee at another device, once everybody was asked."""
    recalls.ask(product, team)
    return product.somebody(team, "employee")


@pytest.fixture
def question(reader: Client) -> str:
    """The employee's."""
    found = recalls.question(reader)
    assert found is not None
    return str(found["id"])


@pytest.fixture
def phone(new_phone: NewPhone, employee: Account, question: str) -> Phone:
    """The employee's."""
    phone = new_phone()
    phone.sign_in(employee)
    return phone


def card(phone: Phone) -> Locator:
    return phone.page.get_by_role("region", name=TITLE)


def say(phone: Phone, *words: str) -> None:
    for at, word in enumerate(words, start=1):
        phone.page.get_by_label(f"Word {at}").fill(word)
    phone.button("That is what I remember" if words else "Nothing comes to my mind").click()


def test_today_asks_and_a_minute_later_it_is_answered(phone: Phone, reader: Client, question: str) -> None:
    card(phone).get_by_role("link", name="Take a minute").click()
    say(phone, "trust", "zeppelins")
    expect(phone.page.get_by_role("heading", name="“trust”: which of these did you mean?")).to_be_visible()
    phone.button(TRUST).click()
    expect(phone.page.get_by_role("heading", name="“zeppelins”: which of these did you mean?")).to_be_visible()
    expect(phone.button(TRUST)).to_have_count(0)

    phone.button("None of these").click()

    expect(phone.page.get_by_role("heading", name="Thank you")).to_be_visible()
    phone.nothing_waits()
    assert recalls.answer(reader, question) == {
        "state": "ANSWERED",
        "words": ["trust", "zeppelins"],
        "marks": [{"word": 1, "priority": {"title": TRUST}}],
    }
    phone.open("/")
    expect(card(phone)).to_have_count(0)


def test_no_priority_is_shown_before_the_words_are_fixed(phone: Phone) -> None:
    phone.open("/recall")
    expect(phone.page.get_by_label("Word 1")).to_be_visible()

    expect(phone.page.get_by_text(TRUST)).to_have_count(0)
    assert TRUST not in phone.page.content()


def test_a_line_appears_when_the_last_one_is_filled_up_to_five(phone: Phone) -> None:
    phone.open("/recall")
    lines = phone.page.locator("form input")
    expect(lines).to_have_count(1)

    for at in range(1, 6):
        phone.page.get_by_label(f"Word {at}").fill(f"word {at}")

    expect(lines).to_have_count(5)


def test_a_word_said_twice_is_not_sent(phone: Phone, reader: Client) -> None:
    phone.open("/recall")
    phone.page.get_by_label("Word 1").fill("Trust")
    phone.page.get_by_label("Word 2").fill("trust ")

    phone.button("That is what I remember").click()

    expect(phone.page.get_by_text("You wrote one of them twice.")).to_be_visible()
    found = recalls.question(reader)
    assert found is not None
    assert found["state"] == "ASKED"


def test_whoever_remembers_nothing_may_say_so(phone: Phone, reader: Client, question: str) -> None:
    phone.open("/recall")

    say(phone)

    expect(phone.page.get_by_role("heading", name="Thank you")).to_be_visible()
    phone.nothing_waits()
    assert recalls.answer(reader, question)["state"] == "ANSWERED"


def test_a_mark_can_be_taken_back_before_the_last(phone: Phone, reader: Client, question: str) -> None:
    phone.open("/recall")
    say(phone, "trust", "profit")
    phone.button("Spend less on the ground").click()

    phone.button("Back to the word before").click()
    phone.button(TRUST).click()
    phone.button("None of these").click()

    expect(phone.page.get_by_role("heading", name="Thank you")).to_be_visible()
    phone.nothing_waits()
    assert recalls.answer(reader, question)["marks"] == [{"word": 1, "priority": {"title": TRUST}}]


def test_it_can_be_put_off_until_tomorrow(phone: Phone) -> None:
    card(phone).get_by_role("button", name="Not today").click()

    expect(card(phone)).to_have_count(0)
    phone.page.reload()
    expect(phone.page.get_by_text("A clear page")).to_be_visible()
    expect(card(phone)).to_have_count(0)
    phone.page.clock.install()
    phone.page.clock.fast_forward("24:00:00")
    phone.page.reload()
    expect(card(phone)).to_be_visible()


def test_the_inbox_leads_to_the_question(phone: Phone) -> None:
    phone.tab("Inbox")

    phone.page.get_by_role("link").filter(has_text="A question of one minute for you").click()

    expect(phone.page).to_have_url(f"{phone.url}/recall")


def test_without_a_connection_the_words_are_kept_and_asked_on_later(phone: Phone, reader: Client) -> None:
    phone.open("/recall")
    expect(phone.page.get_by_label("Word 1")).to_be_visible()
    phone.cut_off()

    say(phone, "trust")

    expect(phone.page.get_by_text("Your words are kept on this phone.")).to_be_visible()
    assert phone.waiting() == ["recall"]
    phone.reconnect()
    expect(phone.page.get_by_role("heading", name="“trust”: which of these did you mean?")).to_be_visible()
    until(lambda: (recalls.question(reader) or {}).get("words") == ["trust"], "the words are said")
