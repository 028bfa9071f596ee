"""The scorecard on the phone: how it stands, and why, down to the facts."""

import re
from decimal import Decimal

import pytest
from playwright.sync_api import Locator, Response, expect

from tests.furnish import Team
from tests.mobile import scorecards
from tests.mobile.phone import DOCUMENTS, Account, NewPhone, Phone
from tests.mobile.scorecards import ITEMS, Cards
from tests.running import Product

BYTES_MAX = 12 * 1024


def row(phone: Phone, text: str) -> Locator:
    """The line of an item."""
    return phone.page.locator("li").filter(has_text=text)


@pytest.mark.usefixtures("cards")
def test_goals_lead_to_the_scorecard_of_my_unit(new_phone: NewPhone, employee: Account) -> None:
    phone = new_phone()
    phone.sign_in(employee)
    phone.tab("Goals")

    phone.page.get_by_role("link", name="Scorecard").click()

    expect(phone.page.get_by_role("heading", level=1)).to_have_text("Sales")
    expect(phone.page.get_by_role("img", name="Score 75.5, where 100 is target met")).to_be_visible()
    expect(phone.page.locator(".hero")).to_contain_text("Close to target")
    expect(phone.page.locator(".hero")).to_contain_text("There are data for 81% of the weight.")
    expect(row(phone, "Revenue of all shops")).to_contain_text("80 MCNY target 100 MCNY")
    expect(
        row(phone, "Flights on time").get_by_role("img", name="Trend of Flights on time: 74, 78, 78")
    ).to_be_visible()


@pytest.mark.usefixtures("cards")
def test_a_figure_of_long_ago_is_told_as_outdated_with_its_age(new_phone: NewPhone, employee: Account) -> None:
    phone = new_phone()
    phone.sign_in(employee)

    phone.open("/scorecard")

    expect(row(phone, "Complaints")).to_contain_text("Outdated")
    expect(row(phone, "Complaints")).to_contain_text(re.compile(r"figures up to \w+ \d{4}, 1\d\d days old"))
    expect(row(phone, "Revenue of all shops")).not_to_contain_text("Outdated")


@pytest.mark.usefixtures("cards")
def test_what_is_confidential_says_so_and_nothing_else(new_phone: NewPhone, employee: Account) -> None:
    phone = new_phone()
    phone.sign_in(employee)

    phone.open("/scorecard")

    expect(row(phone, "Confidential")).to_contain_text("Weighs 25% · It counts, but is not shown to you.")
    expect(phone.page.get_by_text("Sale of the old terminal")).to_have_count(0)


@pytest.mark.usefixtures("cards")
def test_who_keeps_the_card_sees_what_is_confidential_on_it(new_phone: NewPhone, manager: Account) -> None:
    phone = new_phone()
    phone.sign_in(manager)

    phone.open("/scorecard")

    expect(row(phone, "Sale of the old terminal")).to_be_visible()


@pytest.mark.usefixtures("cards")
def test_all_lines_add_up_to_the_score(new_phone: NewPhone, employee: Account) -> None:
    phone = new_phone()
    phone.sign_in(employee)
    phone.open("/scorecard")

    phone.page.get_by_role("link", name="Why this score?").click()

    expect(phone.page.get_by_role("heading", level=1)).to_have_text("Why 75.5?")
    expect(phone.page.locator(".sum-total")).to_have_text("Score75.50")
    lines = phone.page.locator(".sum > span.figure-small").all_inner_texts()
    assert lines == ["+40.00", "–", "+20.00", "+12.50", "+3.00"]
    assert sum(Decimal(line) for line in lines if line != "–") == Decimal("75.50")


@pytest.mark.usefixtures("cards")
def test_what_was_left_out_says_why_and_where_its_weight_went(new_phone: NewPhone, employee: Account) -> None:
    phone = new_phone()
    phone.sign_in(employee)

    phone.open("/scorecard/why")

    expect(row(phone, "Complaints")).to_contain_text("No data")
    expect(row(phone, "Complaints")).to_contain_text("Adds nothing. Its 18.75% went to the others.")
    expect(row(phone, "Revenue of all shops")).to_contain_text("37.5% → 50% of the score")
    expect(row(phone, "Flights on time")).to_contain_text("25% of the score")
    expect(row(phone, "Bonus")).to_contain_text("Rescue at sea")


@pytest.mark.usefixtures("cards")
def test_a_line_leads_down_to_month_value_source_and_person(new_phone: NewPhone, employee: Account) -> None:
    phone = new_phone()
    phone.sign_in(employee)
    phone.open("/scorecard/why")

    row(phone, "Flights on time").get_by_role("button").click()

    sheet = phone.page.get_by_role("dialog")
    expect(sheet).to_contain_text("70 % is worth 0 points, 80 % is worth 100; straight between.")
    expect(sheet).to_contain_text("Wang Qiang answers for it.")
    facts = sheet.get_by_role("list", name="Figures").get_by_role("listitem")
    expect(facts).to_have_count(2)
    expect(facts.first).to_contain_text(re.compile(r"78 %.*\d{4}.*Lin Mei · by hand", re.DOTALL))


def test_from_the_unit_above_the_reasons_lead_back_down(new_phone: NewPhone, employee: Account, cards: Cards) -> None:
    phone = new_phone()
    phone.sign_in(employee)
    phone.open("/scorecard")
    phone.button("Other scorecards").click()

    phone.page.get_by_role("region", name="Above").get_by_role("link", name=re.compile("Group")).click()

    expect(phone.page.get_by_role("heading", level=1)).to_have_text("Group")
    row(phone, "Sales").get_by_role("button").click()
    phone.page.get_by_role("link", name="Open the scorecard").click()
    expect(phone.page).to_have_url(f"{phone.url}/scorecard/{cards.sales}")
    expect(phone.page.get_by_role("heading", level=1)).to_have_text("Sales")


@pytest.mark.usefixtures("cards")
def test_without_a_connection_the_card_and_its_reasons_stay(new_phone: NewPhone, employee: Account) -> None:
    phone = new_phone()
    phone.sign_in(employee)
    phone.open("/scorecard")
    expect(phone.page.locator(".hero")).to_be_visible()
    phone.cut_off()

    phone.page.reload()
    phone.page.get_by_role("link", name="Why this score?").click()

    expect(phone.page.get_by_text("Offline. You see what this phone remembers.")).to_be_visible()
    expect(phone.page.locator(".sum-total")).to_have_text("Score75.50")


def test_a_unit_without_a_scorecard_says_so(new_phone: NewPhone, employee: Account) -> None:
    phone = new_phone()
    phone.sign_in(employee)

    phone.open("/scorecard")

    expect(phone.page.get_by_role("heading", name="No scorecard yet")).to_be_visible()


@pytest.mark.usefixtures("cards")
def test_a_card_of_sixteen_items_and_all_its_reasons_take_one_answer_of_at_most_12_kilobytes(
    new_phone: NewPhone, employee: Account, product: Product, team: Team
) -> None:
    card = scorecards.wide(product, team)
    phone = new_phone()
    phone.sign_in(employee)
    answers: list[Response] = []
    phone.page.on("response", lambda answer: answers.extend([answer] if is_about(answer, "Scorecard") else []))

    phone.open(f"/scorecard/{card}/why")
    expect(phone.page.locator("button.sum")).to_have_count(ITEMS)

    sizes = [len(answer.body()) for answer in answers]
    assert len(sizes) == 1
    assert max(sizes) <= BYTES_MAX, sizes


def is_about(response: Response, operation: str) -> bool:
    """Whether it answers this document of the app."""
    return DOCUMENTS[operation] in (response.request.post_data or "")
