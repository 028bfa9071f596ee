"""Refreshing a device's session: rotation, lost answers, copies in other hands, and the end."""

import asyncio
import random
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from api.identity import expiring, signing_in
from api.identity.authority import Authority
from api.identity.signing_in import Admission
from domain.inbox import service as inbox
from domain.inbox.terms import PushAddress
from domain.kernel import clock
from domain.kernel.actor import Role
from domain.kernel.errors import NotFound
from domain.people import sessions
from domain.people.sessions import EndReason
from tests.api.identity.conftest import House

SECOND, MINUTE, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(days=1)


async def refresh(authority: Authority, token: str) -> Admission | None:
    return await signing_in.refresh(authority, token, request_id="request-of-test")


async def successor(authority: Authority, token: str) -> str:
    admission = await refresh(authority, token)
    assert admission is not None
    return admission.refresh_token


async def test_each_refresh_gives_a_new_token_and_a_new_access_token(authority: Authority, house: House) -> None:
    first = await house.enter(authority, "Dina")

    second = await refresh(authority, first.refresh_token)

    assert second is not None
    assert second.refresh_token != first.refresh_token
    assert second.access_token != first.access_token
    assert replace(second.actor, request_id=None) == authority.tokens.verify(second.access_token).actor


async def test_only_hashes_of_tokens_are_stored(authority: Authority, house: House) -> None:
    first = await house.enter(authority, "Dina")
    second = await successor(authority, first.refresh_token)

    row = await house.session(first.actor.session_id)

    parsed = [sessions.parse(text) for text in (first.refresh_token, second)]
    assert [row["replaced_hash"], row["refresh_hash"]] == [sessions.digest(token) for token in parsed if token]


async def test_a_lost_answer_is_given_again_for_a_minute(authority: Authority, house: House) -> None:
    first = await house.enter(authority, "Dina")
    second = await successor(authority, first.refresh_token)

    clock.advance(59 * SECOND)

    assert await successor(authority, first.refresh_token) == second


async def test_a_token_is_replaced_at_most_once_a_minute(authority: Authority, house: House) -> None:
    first = await house.enter(authority, "Dina")
    second = await successor(authority, first.refresh_token)

    clock.advance(59 * SECOND)
    assert await successor(authority, second) == second
    clock.advance(SECOND)
    assert await successor(authority, second) != second


async def test_eight_at_once_get_the_same_successor(authority: Authority, house: House) -> None:
    first = await house.enter(authority, "Dina")

    answers = await asyncio.gather(*(successor(authority, first.refresh_token) for _ in range(8)))

    assert len(set(answers)) == 1
    assert (await house.session(first.actor.session_id))["generation"] == 1


async def test_a_copied_token_ends_the_whole_family(authority: Authority, house: House) -> None:
    first = await house.enter(authority, "Dina")
    second = await successor(authority, first.refresh_token)
    clock.advance(MINUTE)

    assert await refresh(authority, first.refresh_token) is None
    assert await refresh(authority, second) is None

    row = await house.session(first.actor.session_id)
    assert (row["ended_at"], row["ended_reason"]) == (clock.now(), "REUSED")
    assert await house.organisation.facts("RefreshTokenReused", "SessionEnded") == [
        ("RefreshTokenReused", first.actor.session_id),
        ("SessionEnded", first.actor.session_id),
    ]
    assert authority.denied.holds(first.actor.session_id or UUID(int=0))


async def test_a_thief_who_comes_first_is_found_out_when_the_owner_comes(authority: Authority, house: House) -> None:
    stolen = (await house.enter(authority, "Dina")).refresh_token
    thiefs = await successor(authority, stolen)
    clock.advance(10 * MINUTE)
    thiefs = await successor(authority, thiefs)

    assert await refresh(authority, stolen) is None
    assert await refresh(authority, thiefs) is None


async def test_a_forged_token_ends_nobodys_session(authority: Authority, house: House) -> None:
    admission = await house.enter(authority, "Dina")
    token = sessions.parse(admission.refresh_token)
    assert token is not None
    forged = sessions.derive(bytes(32), token.tenant_id, session_id=token.session_id, generation=0)

    assert await refresh(authority, sessions.write(forged)) is None
    assert await refresh(authority, "nonsense") is None
    assert await house.organisation.facts("SessionEnded") == []
    assert await refresh(authority, admission.refresh_token) is not None


@pytest.mark.parametrize("rest", [30 * DAY, 90 * DAY])
async def test_a_device_that_rested_too_long_has_to_sign_in(
    authority: Authority, house: House, rest: timedelta
) -> None:
    admission = await house.enter(authority, "Dina")
    clock.advance(rest)

    assert await refresh(authority, admission.refresh_token) is None
    assert (await house.session(admission.actor.session_id))["ended_reason"] == "EXPIRED"


async def test_a_busy_device_has_to_sign_in_after_ninety_days(authority: Authority, house: House) -> None:
    token = (await house.enter(authority, "Dina")).refresh_token
    for _ in range(4):
        clock.advance(20 * DAY)
        token = await successor(authority, token)
    clock.advance(10 * DAY)

    assert await refresh(authority, token) is None


async def test_roles_are_those_of_the_day_of_the_refresh(authority: Authority, house: House) -> None:
    admission = await house.enter(authority, "Chen")
    await house.organisation.rows(
        "update reporting_line set valid_to = '2026-11-21' where manager_id = $1", house.organisation["Chen"]
    )
    clock.advance(DAY)

    again = await refresh(authority, admission.refresh_token)

    assert admission.actor.roles == {Role.EMPLOYEE, Role.MANAGER}
    assert again is not None
    assert again.actor.roles == {Role.EMPLOYEE}


async def test_a_disabled_account_ends_its_sessions_at_their_refresh(authority: Authority, house: House) -> None:
    admission = await house.enter(authority, "Dina")
    await house.organisation.rows("update account set disabled_at = now() where login = $1", house.logins["Dina"])

    assert await refresh(authority, admission.refresh_token) is None
    assert (await house.session(admission.actor.session_id))["ended_reason"] == "ACCOUNT_DISABLED"


async def test_signing_out_ends_tokens_and_silences_the_phone(authority: Authority, house: House) -> None:
    admission = await house.enter(authority, "Dina")
    device_id = await inbox.register_device(admission.actor, push_address())
    session_id = admission.actor.session_id or UUID(int=0)

    await signing_in.end_session(authority, admission.actor, session_id, reason=EndReason.SIGNED_OUT)

    assert authority.denied.holds(session_id)
    assert await refresh(authority, admission.refresh_token) is None
    dead = await house.organisation.rows("select dead_at, dead_reason from device where id = $1", device_id)
    assert [tuple(row) for row in dead] == [(clock.now(), "signed out")]
    assert await house.organisation.facts("SessionEnded", "DeviceForgotten") == [
        ("SessionEnded", session_id),
        ("DeviceForgotten", device_id),
    ]


async def test_another_device_of_mine_can_be_signed_out(authority: Authority, house: House) -> None:
    lost, kept = [await house.enter(authority, "Dina") for _ in range(2)]
    lost_id = lost.actor.session_id or UUID(int=0)

    await signing_in.end_session(authority, kept.actor, lost_id, reason=EndReason.SIGNED_OUT_REMOTELY)

    assert await refresh(authority, lost.refresh_token) is None
    assert await refresh(authority, kept.refresh_token) is not None
    assert not authority.denied.holds(kept.actor.session_id or UUID(int=0))


async def test_nobody_can_end_a_session_that_is_not_theirs(
    authority: Authority, house: House, other_house: House
) -> None:
    mine = await house.enter(authority, "Dina")
    for stranger in [await house.enter(authority, "Chen"), await other_house.enter(authority, "Dina")]:
        with pytest.raises(NotFound):
            await signing_in.end_session(
                authority, stranger.actor, mine.actor.session_id or UUID(int=0), reason=EndReason.SIGNED_OUT_REMOTELY
            )

    assert await refresh(authority, mine.refresh_token) is not None
    assert await house.organisation.facts("SessionEnded") == []


async def test_a_session_ends_once(authority: Authority, house: House) -> None:
    admission = await house.enter(authority, "Dina")
    session_id = admission.actor.session_id or UUID(int=0)
    await signing_in.end_session(authority, admission.actor, session_id, reason=EndReason.SIGNED_OUT)

    with pytest.raises(NotFound):
        await signing_in.end_session(authority, admission.actor, session_id, reason=EndReason.SIGNED_OUT)

    assert await house.organisation.facts("SessionEnded") == [("SessionEnded", session_id)]


async def test_a_refresh_token_signs_its_own_device_out(authority: Authority, house: House) -> None:
    admission = await house.enter(authority, "Dina")

    async def sign_out() -> UUID | None:
        return await signing_in.sign_out_by_token(authority, admission.refresh_token, request_id="request-of-test")

    assert await sign_out() == admission.actor.session_id
    assert await sign_out() is None
    assert (await house.session(admission.actor.session_id))["ended_reason"] == "SIGNED_OUT"


async def test_a_phone_in_a_drawer_is_rung_no_more(authority: Authority, house: House) -> None:
    forgotten = await house.enter(authority, "Dina")
    device_id = await inbox.register_device(forgotten.actor, push_address())
    clock.advance(29 * DAY)
    used = await house.enter(authority, "Dina")
    clock.advance(DAY)

    await expiring.end_expired_sessions()

    dead = "select dead_at from device where id = $1"
    assert await house.organisation.value(dead, device_id) == clock.now()
    assert await house.organisation.facts("SessionEnded") == [("SessionEnded", forgotten.actor.session_id)]
    assert (await house.session(forgotten.actor.session_id))["ended_reason"] == "EXPIRED"
    assert (await house.session(used.actor.session_id))["ended_at"] is None


@pytest.mark.parametrize("lost_percent", [1, 5])
async def test_lost_answers_sign_nobody_out(authority: Authority, house: House, lost_percent: int) -> None:
    """Sixty devices refresh every quarter of an hour for a day, and ask again when the answer was lost."""
    chance = random.Random(20_261_120 + lost_percent)

    async def insist(token: str) -> str:
        answer = await successor(authority, token)
        while chance.randrange(100) < lost_percent:
            clock.advance(SECOND)
            answer = await successor(authority, token)
        return answer

    tokens = [(await house.enter(authority, "Dina")).refresh_token for _ in range(60)]
    for _ in range(96):
        clock.advance(15 * MINUTE)
        tokens = await asyncio.gather(*(insist(token) for token in tokens))

    generations = await house.organisation.rows("select distinct generation, ended_at from session")
    assert [tuple(row) for row in generations] == [(96, None)]
    assert await house.organisation.facts("RefreshTokenReused") == []


def push_address() -> PushAddress:
    return PushAddress(
        endpoint="https://push.example/a",
        p256dh=b"\x04" + bytes(64),
        auth=bytes(16),
        vapid_key_id="key",
        locale="en",
        zone="UTC",
    )
