"""Without a connection the app opens, shows what it remembers, and says so."""

from playwright.sync_api import expect

from tests.mobile.phone import Account, NewPhone


def test_a_reload_shows_what_the_phone_remembers(new_phone: NewPhone, employee: Account, active_goal: str) -> None:
    phone = new_phone()
    phone.sign_in(employee)
    expect(phone.page.locator(".goal-card").filter(has_text="Be on time")).to_be_visible()

    phone.cut_off()
    phone.page.reload()

    expect(phone.page.locator(".goal-card").filter(has_text="Be on time")).to_be_visible()
    expect(phone.page.get_by_text("Offline. You see what this phone remembers.")).to_be_visible()


def test_a_deep_address_opens_too(new_phone: NewPhone, employee: Account, active_goal: str) -> None:
    phone = new_phone()
    phone.sign_in(employee)
    phone.open(active_goal)
    expect(phone.page.get_by_role("heading", level=1)).to_have_text("Be on time")

    phone.cut_off()
    phone.open(active_goal)

    expect(phone.page.get_by_role("heading", level=1)).to_have_text("Be on time")


def test_a_screen_that_was_never_seen_says_so_and_fills_once_there_is_a_connection(
    new_phone: NewPhone, employee: Account
) -> None:
    phone = new_phone()
    phone.sign_in(employee)
    phone.cut_off()

    phone.tab("Inbox")

    expect(phone.page.get_by_text("Not on this phone yet")).to_be_visible()
    phone.reconnect()
    expect(phone.page.get_by_text("Not on this phone yet")).to_have_count(0)


def test_signing_in_says_that_it_needs_a_connection(new_phone: NewPhone, employee: Account) -> None:
    phone = new_phone()
    phone.page.goto(phone.url)
    expect(phone.button("Sign in")).to_be_visible()
    phone.cut_off()

    phone.page.get_by_label("Login").fill(employee.login)
    phone.page.get_by_label("Password", exact=True).fill(employee.password)
    phone.button("Sign in").click()

    expect(phone.page.get_by_role("alert")).to_have_text("No connection. Signing in needs one.")


HOLD_REQUESTS = """(() => {
  const real = window.fetch;
  window.held = [];
  window.fetch = (to, how) => window.held === null || !String(to.url ?? to).includes("graphql")
    ? real(to, how)
    : new Promise((_, fail) => window.held.push(() => fail(new TypeError("Failed to fetch"))));
})()"""
CONNECTION_IS_BACK = """async () => {
  const held = window.held;
  window.held = null;
  dispatchEvent(new Event("online"));
  await new Promise((go) => setTimeout(go, 300));
  held.forEach((fail) => fail());
  await new Promise((go) => setTimeout(go, 300));
}"""
"""The listeners of the event have run before what was asked fails, and the screen was drawn again after that."""


def test_a_connection_that_comes_back_while_the_first_question_fails_is_noticed(
    new_phone: NewPhone, employee: Account, active_goal: str
) -> None:
    phone = new_phone()
    phone.sign_in(employee)
    expect(phone.page.locator(".goal-card").filter(has_text="Be on time")).to_be_visible()
    phone.page.add_init_script(HOLD_REQUESTS)
    phone.page.reload()
    phone.page.wait_for_function("window.held.length > 0")

    phone.page.evaluate(CONNECTION_IS_BACK)

    expect(phone.page.locator(".goal-card").filter(has_text="Be on time")).to_be_visible()
    expect(phone.page.get_by_text("Offline. You see what this phone remembers.")).to_have_count(0)
