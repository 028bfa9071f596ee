"""Tokens that are refused before they expire: known at once in every process, and without Redis in one."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from uuid import UUID

import pytest
from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

from api.guard.callers import Budget, Unauthenticated
from api.identity import signing_in
from api.identity.authority import Authority
from api.identity.denied import KEY, Denied
from api.identity.identifying import Identify
from domain.kernel import clock
from domain.kernel.ids import new_id
from domain.people.sessions import EndReason
from tests.api.identity.conftest import Failures, House

PATIENCE_SECONDS = 10.0


async def until(seen: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not seen():  # noqa: ASYNC110 - what is waited for happens in Redis
            await asyncio.sleep(0.005)


@asynccontextmanager
async def watching(denied: Denied) -> AsyncGenerator[None]:
    """Another process that has read the list and hears what is added."""
    known = new_id()
    task = asyncio.create_task(denied.watch())
    await denied.add(known, clock.now() + timedelta(minutes=1))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def test_every_process_hears_of_a_denied_session(redis: Redis, failures: Failures) -> None:
    here, there = [Denied(redis, count_failure=failures.add) for _ in range(2)]
    session_id = new_id()
    async with watching(there):
        await here.add(session_id, clock.now() + timedelta(minutes=10))
        await until(lambda: there.holds(session_id))

    assert here.holds(session_id)
    assert failures.count == 0


async def test_a_process_that_starts_later_reads_the_list(redis: Redis, failures: Failures) -> None:
    session_id = new_id()
    await Denied(redis, count_failure=failures.add).add(session_id, clock.now() + timedelta(minutes=10))
    later = Denied(redis, count_failure=failures.add)
    assert not later.holds(session_id)

    await later.read()

    assert later.holds(session_id)


async def test_a_denial_ends_when_the_tokens_have_expired(redis: Redis, failures: Failures) -> None:
    denied = Denied(redis, count_failure=failures.add)
    session_id, other = new_id(), new_id()
    await denied.add(session_id, clock.now() + timedelta(minutes=10))

    clock.advance(timedelta(minutes=10))

    assert not denied.holds(session_id)
    await denied.add(other, clock.now() + timedelta(minutes=10))
    assert await redis.zscore(KEY, str(session_id)) is None
    assert await redis.zscore(KEY, str(other)) == (clock.now() + timedelta(minutes=10)).timestamp()
    assert 0 < await redis.ttl(KEY) <= 7200


async def test_without_redis_a_denial_holds_in_its_own_process_and_is_counted(failures: Failures) -> None:
    async with Redis(host="127.0.0.1", port=1, retry=Retry(NoBackoff(), 0)) as nowhere:
        denied = Denied(nowhere, count_failure=failures.add)
        session_id = new_id()
        await denied.add(session_id, clock.now() + timedelta(minutes=10))
        assert failures.count == 1
        task = asyncio.create_task(denied.watch())
        await until(lambda: failures.count == 2)
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task

    assert denied.holds(session_id)


async def test_a_signed_out_device_is_refused_at_once(authority: Authority, house: House) -> None:
    identify = Identify(authority)
    admission = await house.enter(authority, "Dina")
    headers = {"authorization": f"Bearer {admission.access_token}"}
    caller = await identify(headers, {})

    await signing_in.end_session(
        authority, admission.actor, admission.actor.session_id or UUID(int=0), reason=EndReason.SIGNED_OUT
    )

    assert caller.actor == authority.tokens.verify(admission.access_token).actor
    with pytest.raises(Unauthenticated, match="signed out"):
        await identify(headers, {})


async def test_a_person_is_known_by_their_token(authority: Authority, house: House) -> None:
    admission = await house.enter(authority, "Dina")

    caller = await Identify(authority)({"authorization": f"bearer  {admission.access_token}"}, {})

    assert caller.client_key == f"person:{house.organisation['Dina']}"
    assert caller.budget == Budget(points_max=2000, points_per_second=100, credit=200)
    assert caller.subject == admission.actor.session_id
    assert caller.expires_at == (clock.now() + timedelta(minutes=10)).timestamp()
    assert (caller.may_send_free_documents, caller.may_introspect) == (True, True)


async def test_nobody_is_a_caller_too(authority: Authority) -> None:
    caller = await Identify(authority)({}, {"catchball_refresh": "a cookie opens nothing"})

    assert (caller.actor, caller.client_key, caller.expires_at) == (None, "", None)


@pytest.mark.parametrize("given", ["Bearer", "Bearer ", "Bearer abc", "Basic YTpi", "abc", "Bearer a b"])
async def test_bad_credentials_are_not_the_same_as_none(authority: Authority, given: str) -> None:
    with pytest.raises(Unauthenticated):
        await Identify(authority)({"authorization": given}, {})
