"""Signing in and out as a client sees it: the running product over HTTP."""

from typing import cast

import httpx
import pytest

from api.identity import keys
from tests.furnish import PASSWORD, Team
from tests.running import Client, Product, until

SIGN_IN = """mutation SignIn($input: SignInInput!) { signIn(input: $input) {
  __typename ... on SignedIn { accessToken expiresInSeconds refreshToken viewer { person { name } roles
    sessions { nodes { id name current pushes } } } }
  ... on Problem { code message help } ... on TooManyAttempts { retryAfterSeconds } } }"""
REFRESH = """mutation Refresh($input: RefreshSessionInput!) { refreshSession(input: $input) {
  __typename ... on SignedIn { accessToken refreshToken viewer { person { name } } } ... on Problem { code } } }"""
SIGN_OUT = "mutation { signOut { __typename ... on SignedOut { id } ... on Problem { code } } }"
END = """mutation End($input: EndSessionInput!) { endSession(input: $input) {
  __typename ... on SignedOut { id } ... on Problem { code } } }"""
SESSIONS = "{ viewer { sessions { nodes { id name current } } } }"
ENDED = {"__typename": "SessionEnded", "code": "session_ended"}


def came_in(client: Client, login: str, *, kind: str = "NATIVE", name: str = "Phone") -> dict[str, object]:
    """The answer to a sign-in with the right password; the client keeps its access token."""
    given = {"login": login, "password": PASSWORD, "device": {"name": name, "kind": kind}}
    answer = cast("dict[str, object]", client.ask(SIGN_IN, input=given)["signIn"])
    client.token = str(answer["accessToken"])
    return answer


def refreshed(client: Client, token: str | None = None) -> dict[str, object]:
    client.token = None
    return cast("dict[str, object]", client.ask(REFRESH, input={"refreshToken": token})["refreshSession"])


def sessions(client: Client) -> list[dict[str, object]]:
    viewer = cast("dict[str, dict[str, list[dict[str, object]]]]", client.ask(SESSIONS)["viewer"])
    return viewer["sessions"]["nodes"]


def test_whoever_comes_in_is_told_who_they_are(product: Product, team: Team) -> None:
    answer = came_in(product.client(), team.login("manager"), name="Wang's phone")

    viewer = cast("dict[str, object]", answer["viewer"])
    (session,) = cast("dict[str, list[dict[str, object]]]", viewer["sessions"])["nodes"]
    assert (answer["__typename"], answer["expiresInSeconds"]) == ("SignedIn", 600)
    assert (viewer["person"], viewer["roles"]) == ({"name": "Wang Qiang"}, ["EMPLOYEE", "MANAGER"])
    assert (session["name"], session["current"], session["pushes"]) == ("Wang's phone", True, False)


def test_a_wrong_password_is_answered_by_a_sentence(product: Product, team: Team) -> None:
    given = {"login": team.login("peer"), "password": "wrong", "device": {"name": "Phone"}}
    client = product.client()

    answers = [client.ask(SIGN_IN, input=given)["signIn"] for _ in range(11)]

    assert (
        answers[:10]
        == [
            {
                "__typename": "WrongCredentials",
                "code": "wrong_credentials",
                "message": "This login and password do not belong together.",
                "help": "Check both, or ask your administrator for a new password.",
            }
        ]
        * 10
    )
    last = cast("dict[str, object]", answers[10])
    assert (last["__typename"], last["code"]) == ("TooManyAttempts", "too_many_attempts")
    assert not list(client.http.cookies.jar)


def test_a_browser_keeps_its_refresh_token_in_a_cookie(product: Product, team: Team) -> None:
    browser = product.client()
    answer = came_in(browser, team.login("employee"), kind="BROWSER")

    header = browser.answers[-1].headers["set-cookie"]
    assert answer["refreshToken"] is None
    assert header.startswith("catchball_refresh=cbr_")
    assert header.endswith("; Path=/graphql; Max-Age=2592000; HttpOnly; SameSite=Strict")

    again = refreshed(browser)
    assert (again["__typename"], again["refreshToken"]) == ("SignedIn", None)
    assert again["viewer"] == {"person": {"name": "Lin Mei"}}
    assert browser.answers[-1].headers["set-cookie"] != header


def test_a_browser_that_signs_out_loses_its_cookie_and_its_token(product: Product, team: Team) -> None:
    browser = product.client()
    came_in(browser, team.login("employee"), kind="BROWSER")
    answer = cast("dict[str, object]", browser.ask(SIGN_OUT)["signOut"])

    assert answer["__typename"] == "SignedOut"
    assert str(answer["id"]).startswith("ses_")
    assert "Max-Age=0" in browser.answers[-1].headers["set-cookie"]
    assert not list(browser.http.cookies.jar)
    assert browser.post({"query": SESSIONS}).status_code == 401
    assert refreshed(browser) == ENDED


def test_a_browser_whose_access_token_is_gone_can_still_sign_out(product: Product, team: Team) -> None:
    browser = product.client()
    came_in(browser, team.login("employee"), kind="BROWSER")
    browser.token = None

    assert cast("dict[str, object]", browser.ask(SIGN_OUT)["signOut"])["__typename"] == "SignedOut"
    assert browser.ask(SIGN_OUT)["signOut"] == ENDED


def test_an_app_gets_its_refresh_token_in_the_answer(product: Product, team: Team) -> None:
    app = product.client()
    first = str(came_in(app, team.login("employee"))["refreshToken"])

    second = refreshed(app, first)

    assert "set-cookie" not in app.answers[-1].headers
    assert second["refreshToken"] != first
    assert refreshed(app, first)["refreshToken"] == second["refreshToken"]
    assert refreshed(app, "nonsense") == ENDED
    assert refreshed(app) == ENDED


def test_a_lost_phone_is_signed_out_from_the_other_one(product: Product, team: Team) -> None:
    lost, kept = product.client(), product.client()
    refresh_token = str(came_in(lost, team.login("employee"), name="Lost")["refreshToken"])
    came_in(kept, team.login("employee"), name="Kept")
    assert lost.post({"query": SESSIONS}).status_code == 200
    lost_id = next(session["id"] for session in sessions(kept) if session["name"] == "Lost")

    assert kept.ask(END, input={"id": lost_id})["endSession"] == {"__typename": "SignedOut", "id": lost_id}

    refusal = lost.post({"query": SESSIONS})
    assert (refusal.status_code, refusal.headers["www-authenticate"]) == (401, 'Bearer error="invalid_token"')
    assert refreshed(lost, refresh_token) == ENDED
    assert [session["name"] for session in sessions(kept)] == ["Kept"]
    assert kept.ask(END, input={"id": lost_id})["endSession"] == {"__typename": "NotFound", "code": "not_found"}


@pytest.mark.parametrize("who", ["a colleague", "another tenant", "a made-up id", "another kind of id"])
def test_only_my_own_devices_are_found(product: Product, team: Team, who: str) -> None:
    me, other = product.client(), product.client()
    came_in(me, team.login("employee"))
    came_in(other, product.team().login("employee") if who == "another tenant" else team.login("peer"))
    theirs = {"a made-up id": "ses_nothing", "another kind of id": f"per_{team.persons['employee']}"}

    answer = me.ask(END, input={"id": theirs.get(who) or sessions(other)[0]["id"]})["endSession"]

    assert answer == {"__typename": "NotFound", "code": "not_found"}
    assert other.post({"query": SESSIONS}).status_code == 200


def test_nobody_can_end_a_session_without_signing_in(product: Product) -> None:
    assert product.client().ask(END, input={"id": "ses_x"})["endSession"] == ENDED


def test_the_keys_are_published_and_hold_no_secret(product: Product) -> None:
    published = httpx.get(f"{product.url}/.well-known/jwks.json")

    (key,) = published.json()["keys"]
    assert sorted(key) == ["alg", "crv", "kid", "kty", "use", "x", "y"]
    assert key["kid"] == keys.Keyring(product.settings.key_folder).signing().kid


def test_a_token_answer_is_never_compressed(product: Product) -> None:
    form = {"grant_type": "client_credentials", "client_id": "cli_x", "client_secret": "cbs_x"}
    answer = httpx.post(f"{product.url}/oauth/token", data=form, headers={"accept-encoding": "zstd, br, gzip"})

    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")
    assert (answer.headers["cache-control"], answer.headers.get("content-encoding")) == ("no-store", None)


def test_another_process_refuses_a_signed_out_device_too(product: Product, second_web: str, team: Team) -> None:
    client = product.client()
    came_in(client, team.login("employee"))
    elsewhere = Client(second_web, client.http, token=client.token)
    assert elsewhere.post({"query": SESSIONS}).status_code == 200

    client.ask(SIGN_OUT)

    until(lambda: elsewhere.post({"query": SESSIONS}).status_code == 401, "the other process refuses the token")
