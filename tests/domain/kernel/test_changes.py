"""The change feed loses nothing and shows nothing twice, however writers come and go."""

import asyncio
import random
from datetime import UTC, datetime
from uuid import UUID

import pytest

from domain.kernel import changes, clock
from domain.kernel.changes import Token
from domain.kernel.errors import InvalidInput, NotPermitted
from domain.kernel.ids import new_id
from domain.kernel.work import begin
from tests.domain.kernel.kettles import KettleBoiled, boiled, kettle
from tests.domain.organisations import Organisation

START = Token(0, 0)
PATIENCE_SECONDS = 20.0


async def read_on(organisation: Organisation, token: Token, *, limit: int = 100) -> tuple[list[UUID], Token]:
    """The kettles that Ada heard of since the token, page by page, and where she stands then."""
    heard: list[UUID] = []
    while True:
        feed = await changes.since(organisation.actor("Ada"), token, limit=limit)
        heard += [one.subject_id for one in feed.changes if one.kind == "KettleBoiled"]
        token = feed.token
        if not feed.has_more:
            return heard, token


async def follow(organisation: Organisation, token: Token, wanted: int) -> list[UUID]:
    """Asks again and again, as a client does, until so many kettles were heard of."""
    heard: list[UUID] = []
    async with asyncio.timeout(PATIENCE_SECONDS):
        while len(heard) < wanted:
            found, token = await read_on(organisation, token, limit=7)
            heard += found
            await asyncio.sleep(0)
    return heard


async def now(organisation: Organisation) -> Token:
    return (await changes.since(organisation.actor("Ada"), None, limit=1)).token


async def test_a_first_token_is_now_and_empty(organisation: Organisation) -> None:
    await kettle(organisation).boil(None)

    feed = await changes.since(organisation.actor("Ada"), None, limit=10)

    assert (feed.changes, feed.has_more) == ((), False)


async def test_a_change_tells_what_happened_to_what_and_when(organisation: Organisation) -> None:
    token = await now(organisation)
    with clock.frozen(datetime(2026, 6, 10, 4, tzinfo=UTC)):
        answer = await kettle(organisation).boil(None)
    await follow(organisation, token, 1)

    feed = await changes.since(organisation.actor("Ada"), token, limit=10)

    [change] = [one for one in feed.changes if str(one.subject_id) == answer]
    assert (change.kind, change.subject_type) == ("KettleBoiled", "kettle")
    assert change.at == datetime(2026, 6, 10, 4, tzinfo=UTC)


async def quietly(organisation: Organisation, token: Token, wanted: int) -> tuple[list[UUID], Token]:
    """Asks from the same token until it moved on over so many transactions; older ones may run elsewhere."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while True:
            heard, later = await read_on(organisation, token)
            if later.transaction >= token.transaction + wanted:
                return heard, later
            await asyncio.sleep(0)


async def test_a_token_moves_on_although_nothing_was_heard(organisation: Organisation) -> None:
    token = await now(organisation)
    for _ in range(3):
        await kettle(organisation, "Bo").boil(None)

    before, later = await quietly(organisation, token, 3)
    answer = await kettle(organisation, "Ada").boil(None)

    assert (before, later.entry) == ([], 0)
    assert [str(one) for one in await follow(organisation, later, 1)] == [answer]


async def test_a_token_at_the_end_lies_behind_what_others_heard_since(organisation: Organisation) -> None:
    token = await now(organisation)
    answer = await kettle(organisation, "Ada").boil(None)
    await kettle(organisation, "Bo").boil(None)
    await follow(organisation, token, 1)

    heard, later = await quietly(organisation, token, 2)

    assert ([str(one) for one in heard], later.entry) == ([answer], 0)
    assert (await read_on(organisation, later))[0] == []


async def test_a_token_stays_before_whoever_still_writes(organisation: Organisation) -> None:
    slow = kettle(organisation)
    slow.go_on.clear()
    late = asyncio.create_task(_boil_with_an_early_number(organisation, slow.entered, slow.go_on))
    await slow.entered.wait()
    await kettle(organisation, "Bo").boil(None)

    _, waiting = await read_on(organisation, START)
    slow.go_on.set()

    assert await follow(organisation, waiting, 1) == [await late]


async def test_the_feed_is_found_by_who_hears_it(organisation: Organisation) -> None:
    ada, bo = organisation["Ada"], organisation["Bo"]
    async with begin(organisation.actor("Ada")) as work:
        work.record(KettleBoiled(subject_id=new_id(), hearers=(ada, bo, ada)))
        work.record(KettleBoiled(subject_id=new_id()))
        work.record(KettleBoiled(subject_id=new_id(), hearers=(bo,)))

    told = await organisation.rows(
        """select h.person_id, h.xid = j.xid as is_of_its_transaction, j.subject_id
           from journal_hearer h join journal j using (tenant_id, id)
           where j.kind = 'KettleBoiled' order by h.id, h.person_id"""
    )
    first, _, third = await boiled(organisation)
    assert [tuple(row) for row in told] == [*((one, True, first) for one in sorted((ada, bo))), (bo, True, third)]


async def test_a_token_of_the_future_is_kept(organisation: Organisation) -> None:
    token = Token(2**62, 5)

    feed = await changes.since(organisation.actor("Ada"), token, limit=10)

    assert feed == changes.Feed((), token, has_more=False)


async def test_only_hearers_hear(organisation: Organisation) -> None:
    token = await now(organisation)
    await kettle(organisation, "Bo").boil(None)
    await kettle(organisation, "Ada").boil(None)

    heard = await follow(organisation, token, 1)

    assert heard == (await boiled(organisation))[1:]


async def test_pages_follow_one_another_without_gap_or_repeat(organisation: Organisation) -> None:
    token = await now(organisation)
    for _ in range(3):
        async with begin(organisation.actor("Ada")) as work:
            for _ in range(4):
                work.record(KettleBoiled(subject_id=new_id(), hearers=(organisation["Ada"],)))
    await follow(organisation, token, 12)

    for size in (1, 2, 5, 12, 100):
        heard, _ = await read_on(organisation, token, limit=size)
        assert heard == await boiled(organisation)


async def test_nothing_is_lost_and_nothing_repeated_under_ten_writers(organisation: Organisation) -> None:
    token, chance = await now(organisation), random.Random(7)
    writers, each = 10, 12

    async def write(number: int) -> None:
        for _ in range(each):
            async with begin(organisation.actor("Ada")) as work:
                work.record(KettleBoiled(subject_id=new_id(), hearers=(organisation["Ada"],)))
                await work.connection.fetchval("select pg_current_xact_id()")
                if number % 3 == 0:
                    await work.connection.execute("select pg_sleep($1)", chance.random() / 50)

    following = asyncio.create_task(follow(organisation, token, writers * each))
    await asyncio.gather(*(write(number) for number in range(writers)))
    heard = await following

    assert len(heard) == writers * each
    assert sorted(heard) == sorted(await boiled(organisation))


async def test_a_late_commit_is_still_heard_after_a_later_one(organisation: Organisation) -> None:
    token, slow = await now(organisation), kettle(organisation)
    slow.go_on.clear()
    late = asyncio.create_task(_boil_with_an_early_number(organisation, slow.entered, slow.go_on))
    await slow.entered.wait()
    await kettle(organisation).boil(None)

    before, between = await read_on(organisation, token)
    slow.go_on.set()
    late_id = await late
    heard = await follow(organisation, between, 2)

    assert before == []
    assert heard[0] == late_id
    assert sorted(heard) == sorted(await boiled(organisation))


async def _boil_with_an_early_number(organisation: Organisation, entered: asyncio.Event, go_on: asyncio.Event) -> UUID:
    kettle_id = new_id()
    async with begin(organisation.actor("Ada")) as work:
        work.record(KettleBoiled(subject_id=kettle_id, hearers=(organisation["Ada"],)))
        await work.connection.fetchval("select pg_current_xact_id()")
        entered.set()
        await go_on.wait()
    return kettle_id


async def test_a_client_has_no_feed(organisation: Organisation) -> None:
    with pytest.raises(NotPermitted):
        await changes.since(organisation.operator, START, limit=10)


@pytest.mark.parametrize("limit", [0, -1, 101])
async def test_a_page_has_its_limits(organisation: Organisation, limit: int) -> None:
    with pytest.raises(InvalidInput) as refused:
        await changes.since(organisation.actor("Ada"), START, limit=limit)

    assert refused.value.field == "first"


@pytest.mark.parametrize("token", [Token(0, 0), Token(1, 2), Token(2**63 - 1, 2**63 - 1), Token(0xABC, 0)])
def test_a_token_survives_its_text(token: Token) -> None:
    assert changes.parse(token.text()) == token


@pytest.mark.parametrize(
    "text",
    [
        "",
        ".",
        "1",
        "1.",
        ".1",
        "1.2.3",
        "-1.0",
        "0.-1",
        "+1.0",
        " 1.0",
        "1.0\n",
        "1_0.0",
        "0x1.0",
        "AB.0",
        "g.0",
        "01.0",
        "１.0",
        "8000000000000000.0",
        "0.8000000000000000",
        "1" * 5000 + ".0",
    ],
)
def test_anything_else_is_no_token(text: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        changes.parse(text)

    assert refused.value.field == "since"
