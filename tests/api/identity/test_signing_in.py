"""Signing in by login and password."""

from dataclasses import replace
from datetime import timedelta

import pytest
from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

from api.guard.bucket import Bucket
from api.identity import authority as authorities
from api.identity import signing_in
from api.identity.authority import Authority
from api.identity.passwords import Passwords
from api.identity.signing_in import Admission, TooManyAttempts, WrongCredentials
from api.settings import Settings
from domain.kernel import clock
from domain.kernel.actor import Role
from domain.kernel.errors import InvalidInput
from domain.kernel.work import begin
from domain.people import service_accounts
from domain.people.sessions import EndReason, SessionKind
from tests.api.identity.conftest import PASSWORD, QUICK, Failures, House, wrong


async def test_the_right_password_lets_a_device_in(authority: Authority, house: House) -> None:
    admission = await house.enter(authority, "Chen")

    verified = authority.tokens.verify(admission.access_token)
    assert replace(verified.actor, session_id=None) == replace(house.organisation.actor("Chen", Role.MANAGER))
    assert admission.expires_in_seconds == 600
    row = await house.session(verified.actor.session_id)
    assert (row["name"], row["kind"], row["generation"], row["ended_at"]) == ("Phone of Chen", "NATIVE", 0, None)
    assert await house.organisation.facts("SignedIn") == [("SignedIn", verified.actor.session_id)]


async def test_a_person_without_reports_is_no_manager(authority: Authority, house: House) -> None:
    admission = await house.enter(authority, "Dina")

    assert admission.actor.roles == {Role.EMPLOYEE}


async def test_capitals_and_spaces_around_a_login_do_not_matter(authority: Authority, house: House) -> None:
    knock = house.knock("Dina")

    admission = await signing_in.sign_in(authority, replace(knock, login=f"  {knock.login.upper()} "))

    assert isinstance(admission, Admission)


async def test_a_wrong_password_is_refused_and_noted(authority: Authority, house: House) -> None:
    answer = await signing_in.sign_in(authority, wrong(house.knock("Dina")))

    assert answer == WrongCredentials()
    assert await house.organisation.count("session") == 0
    rows = await house.organisation.rows("select payload, request_id from journal where kind = 'SignInRefused'")
    assert [tuple(row) for row in rows] == [('{"reason": "WRONG_PASSWORD"}', "request-of-test")]


@pytest.mark.parametrize("login", ["nobody@example.com", "", "\x00", "x" * 300])
async def test_an_unknown_login_hears_the_same_as_a_wrong_password(
    authority: Authority, house: House, login: str
) -> None:
    answer = await signing_in.sign_in(authority, replace(house.knock("Dina"), login=login))

    assert answer == WrongCredentials()


async def test_no_password_fits_an_unknown_login(authority: Authority) -> None:
    assert [await authority.passwords.verify(None, word) for word in ("", PASSWORD, "x" * 2000)] == [False] * 3


async def test_a_disabled_account_is_refused_like_a_wrong_password(authority: Authority, house: House) -> None:
    await house.organisation.rows("update account set disabled_at = now() where login = $1", house.logins["Dina"])

    assert await signing_in.sign_in(authority, house.knock("Dina")) == WrongCredentials()
    reason = await house.organisation.value("select payload ->> 'reason' from journal where kind = 'SignInRefused'")
    assert reason == "DISABLED"


async def test_who_has_left_the_group_is_refused(authority: Authority, house: House) -> None:
    await house.organisation.rows(
        "update employment set valid_to = '2026-11-01' where person_id = $1", house.organisation["Dina"]
    )

    assert await signing_in.sign_in(authority, house.knock("Dina")) == WrongCredentials()
    assert await house.organisation.count("session") == 0


async def test_ten_failures_close_the_door_for_a_login_from_one_address(authority: Authority, house: House) -> None:
    knock = house.knock("Dina")
    answers = [await signing_in.sign_in(authority, wrong(knock)) for _ in range(11)]

    assert answers[:10] == [WrongCredentials()] * 10
    assert isinstance(answers[10], TooManyAttempts)
    assert 80 <= answers[10].retry_after_seconds <= 90
    assert isinstance(await signing_in.sign_in(authority, knock), TooManyAttempts)
    assert isinstance(await signing_in.sign_in(authority, replace(knock, address="her own phone")), Admission)
    assert isinstance(await signing_in.sign_in(authority, house.knock("Emil")), Admission)


async def test_successes_do_not_count_as_attempts(authority: Authority, house: House) -> None:
    for _ in range(12):
        await house.enter(authority, "Dina")

    assert await house.organisation.count("session") == 12


async def test_without_redis_people_still_come_in(
    database_open: None, settings: Settings, house: House, failures: Failures
) -> None:
    async with Redis(host="127.0.0.1", port=1, retry=Retry(NoBackoff(), 0)) as nowhere:
        meter = Bucket(nowhere, count_failure=failures.add)
        lonely = authorities.start(
            settings, nowhere, meter=meter, count_failure=failures.add, passwords=Passwords(QUICK)
        )
        answers = [await signing_in.sign_in(lonely, wrong(house.knock("Dina"))) for _ in range(11)]
        admission = await house.enter(lonely, "Dina")
        assert admission.actor.session_id is not None
        await signing_in.end_session(lonely, admission.actor, admission.actor.session_id, reason=EndReason.SIGNED_OUT)
        lonely.close()

    assert answers == [WrongCredentials()] * 11
    assert lonely.denied.holds(admission.actor.session_id)
    assert failures.count == 11 * 3 + 3 + 3 + 1


async def test_a_hash_under_old_parameters_is_renewed_at_sign_in(authority: Authority, house: House) -> None:
    older = Passwords()
    weaker = authority.passwords
    stored = "select password_hash from account where login = $1"
    before = await house.organisation.value(stored, house.logins["Dina"])
    assert older.needs_rehash(str(before))
    assert not weaker.needs_rehash(str(before))

    renewing = replace(authority, passwords=older)
    await house.enter(renewing, "Dina")

    after = str(await house.organisation.value(stored, house.logins["Dina"]))
    assert after.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert isinstance(await signing_in.sign_in(renewing, house.knock("Dina")), Admission)
    older.close()


async def test_a_login_is_given_once_in_all_tenants(authority: Authority, house: House) -> None:
    operator = house.organisation.operator
    async with begin(operator) as work:
        await work.connection.execute("delete from login where login = $1", house.logins["Dina"])
        await work.connection.execute("delete from account where login = $1", house.logins["Dina"])

    with pytest.raises(InvalidInput, match="taken"):
        async with begin(operator) as work:
            await service_accounts.open_account(
                work, house.organisation["Dina"], login=house.logins["Emil"].upper(), password_hash="x"
            )

    assert await house.organisation.count("account") == 4


async def test_a_browser_and_an_app_keep_their_tokens_differently(authority: Authority, house: House) -> None:
    admission = await house.enter(authority, "Dina", kind=SessionKind.BROWSER)

    assert admission.kind is SessionKind.BROWSER
    clock.advance(timedelta(seconds=30))
    again = await signing_in.refresh(authority, admission.refresh_token, request_id="r")
    assert again is not None
    assert again.kind is SessionKind.BROWSER
