"""Signing in and out, and what stays on the phone."""

from playwright.sync_api import expect

from tests.mobile.phone import Account, NewPhone


def test_a_wrong_password_is_told_and_nothing_else_happens(new_phone: NewPhone, employee: Account) -> None:
    phone = new_phone()
    phone.page.goto(phone.url)

    phone.page.get_by_label("Login").fill(employee.login)
    phone.page.get_by_label("Password", exact=True).fill("not this one")
    phone.button("Sign in").click()

    expect(phone.page.get_by_role("alert")).to_have_text("Login and password do not match.")
    expect(phone.page.locator(".tabs")).to_have_count(0)


def test_the_language_can_be_chosen_before_signing_in(new_phone: NewPhone) -> None:
    phone = new_phone()
    phone.page.goto(phone.url)

    phone.button("简体中文").click()

    expect(phone.button("登录")).to_be_visible()
    assert phone.page.evaluate("document.documentElement.lang") == "zh-CN"


def test_signing_in_leads_to_today_and_a_reload_stays_there(new_phone: NewPhone, employee: Account) -> None:
    phone = new_phone()

    phone.sign_in(employee)
    phone.page.reload()

    expect(phone.page.get_by_role("heading", level=1)).to_contain_text(employee.name)


def test_no_token_is_kept_where_a_script_could_find_it(new_phone: NewPhone, employee: Account) -> None:
    phone = new_phone()

    phone.sign_in(employee)

    assert phone.page.evaluate("document.cookie") == ""
    assert phone.page.evaluate("Object.keys(localStorage).sort()") == ["locale", "person", "theme", "viewer"]
    assert [(cookie.get("httpOnly"), cookie.get("sameSite")) for cookie in phone.context.cookies()] == [
        (True, "Strict")
    ]


def test_an_ended_session_asks_to_sign_in_and_keeps_what_was_not_sent(
    new_phone: NewPhone, employee: Account, active_goal: str
) -> None:
    phone = new_phone()
    phone.sign_in(employee)
    phone.open(active_goal)
    phone.button("Check in").first.click()
    phone.cut_off()
    phone.button("Save check-in").click()
    phone.says("Kept on this phone.")

    # Closed before there is a connection: a page that still has its token would send at once.
    phone.page.goto("about:blank")
    phone.context.clear_cookies()
    phone.reconnect()
    phone.page.goto(phone.url + active_goal)

    expect(phone.page.locator(".note")).to_contain_text("Your session has ended.")
    assert phone.waiting() == ["checkIn"]


def test_signing_out_forgets_everything(new_phone: NewPhone, employee: Account) -> None:
    phone = new_phone()
    phone.sign_in(employee)
    phone.tab("Me")

    phone.button("Sign out").last.click()

    expect(phone.button("Sign in")).to_be_visible()
    assert phone.page.evaluate("localStorage.getItem('viewer')") is None
    phone.page.reload()
    expect(phone.button("Sign in")).to_be_visible()
