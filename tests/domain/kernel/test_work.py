"""One transaction, one receipt, one answer; and what it leaves in the journal."""

import asyncio
from datetime import UTC, datetime

import asyncpg
import pytest

from domain.kernel import clock
from domain.kernel.errors import InvalidInput, KeyReused
from domain.kernel.ids import new_id
from domain.kernel.work import again_if_undone, begin
from tests.domain.kernel.kettles import LISTENERS, Broken, KettleBoiled, boiled, kettle
from tests.domain.organisations import Organisation

NOON = datetime(2026, 6, 10, 4, tzinfo=UTC)


async def receipts(organisation: Organisation) -> list[tuple[str, object]]:
    rows = await organisation.rows("select key, answer from receipt where key like 'tea%' order by key")
    return [(row["key"], row["answer"]) for row in rows]


async def test_the_journal_and_its_queue_are_written_with_the_commit(organisation: Organisation) -> None:
    with clock.frozen(NOON):
        answer = await kettle(organisation).boil("tea")

    [entry] = await organisation.rows("select * from journal where kind = 'KettleBoiled'")
    assert (str(entry["subject_id"]), entry["subject_type"], entry["at"]) == (answer, "kettle", NOON)
    assert (entry["actor_person_id"], entry["actor_client_id"]) == (organisation["Ada"], None)
    assert (entry["hearers"], entry["payload"]) == ([organisation["Ada"]], '{"cups": 1}')
    unread = await organisation.rows("select reader, run_at, attempts from journal_unread where id = $1", entry["id"])
    assert {tuple(row) for row in unread} == {(reader, NOON, 0) for reader in LISTENERS}


async def test_a_rollback_leaves_neither_journal_nor_queue_nor_receipt(organisation: Organisation) -> None:
    broken = kettle(organisation)
    broken.is_broken = True
    unread = await organisation.count("journal_unread")

    with pytest.raises(Broken):
        await broken.boil("tea")

    assert await boiled(organisation) == []
    assert await organisation.count("journal_unread") == unread
    assert await receipts(organisation) == []


async def test_a_repeat_with_the_same_key_and_intent_hears_the_first_answer(organisation: Organisation) -> None:
    tea = kettle(organisation)

    answers = [await tea.boil("tea") for _ in range(3)]

    assert len(set(answers)) == 1
    assert [str(one) for one in await boiled(organisation)] == answers[:1]
    assert await receipts(organisation) == [("tea", f'"{answers[0]}"')]


async def test_another_intent_under_the_same_key_is_refused(organisation: Organisation) -> None:
    tea = kettle(organisation)
    await tea.boil("tea", cups=1)

    with pytest.raises(KeyReused):
        await tea.boil("tea", cups=2)

    assert len(await boiled(organisation)) == 1


async def test_the_key_of_somebody_else_is_another_key(organisation: Organisation) -> None:
    answers = [await kettle(organisation, name).boil("tea") for name in ("Ada", "Bo")]

    assert [str(one) for one in await boiled(organisation)] == answers


async def test_without_a_key_every_call_counts(organisation: Organisation) -> None:
    tea = kettle(organisation)

    for _ in range(2):
        await tea.boil(None)

    assert len(await boiled(organisation)) == 2
    assert await receipts(organisation) == []


async def test_after_a_refusal_the_same_key_may_be_tried_again(organisation: Organisation) -> None:
    tea = kettle(organisation)
    tea.is_broken = True
    with pytest.raises(Broken):
        await tea.boil("tea")
    tea.is_broken = False

    answer = await tea.boil("tea")

    assert [str(one) for one in await boiled(organisation)] == [answer]


@pytest.mark.parametrize("key", ["", "k" * 201, "nul\x00", " "])
async def test_a_key_that_cannot_be_kept_is_refused(organisation: Organisation, key: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        await kettle(organisation).boil(key)

    assert refused.value.field == "idempotencyKey"
    assert await boiled(organisation) == []


async def test_the_longest_key_is_kept(organisation: Organisation) -> None:
    await kettle(organisation).boil("茶" * 200)

    assert len(await boiled(organisation)) == 1


async def test_keyed_work_that_forgets_its_answer_fails_instead_of_running_twice(organisation: Organisation) -> None:
    with pytest.raises(RuntimeError, match="keyed work replies"):
        async with begin(organisation.actor("Ada"), key="tea") as work:
            work.record(KettleBoiled(subject_id=new_id()))

    assert await boiled(organisation) == []


async def test_eight_duplicates_at_once_have_one_effect_and_one_answer(organisation: Organisation) -> None:
    tea = kettle(organisation)

    answers = await asyncio.gather(*(tea.boil("tea") for _ in range(8)))

    assert [str(one) for one in await boiled(organisation)] == [answers[0]]
    assert len(set(answers)) == 1


async def test_duplicates_that_are_cancelled_in_the_middle_leave_it_to_the_others(organisation: Organisation) -> None:
    tea = kettle(organisation)
    tea.go_on.clear()
    running = [asyncio.create_task(tea.boil("tea")) for _ in range(8)]
    for _ in range(3):
        await asyncio.wait_for(tea.entered.wait(), 10)
        tea.entered.clear()
        assert tea.inside is not None
        tea.inside.cancel()
    next(task for task in reversed(running) if not task.cancelling()).cancel()
    tea.go_on.set()

    answers = await asyncio.gather(*running, return_exceptions=True)

    kept = {one for one in answers if isinstance(one, str)}
    assert [str(one) for one in await boiled(organisation)] == [*kept]
    assert [type(one) for one in answers].count(asyncio.CancelledError) == 4


async def test_many_keys_at_once_have_one_effect_each(organisation: Organisation) -> None:
    tea = kettle(organisation)

    answers = await asyncio.gather(*(tea.boil(f"tea {number % 10}") for number in range(60)))

    assert sorted(str(one) for one in await boiled(organisation)) == sorted(set(answers))
    assert len(set(answers)) == 10


async def test_events_of_one_unit_of_work_keep_their_order(organisation: Organisation) -> None:
    wanted = [new_id() for _ in range(20)]

    async with begin(organisation.actor("Ada")) as work:
        for kettle_id in wanted:
            work.record(KettleBoiled(subject_id=kettle_id))

    assert await boiled(organisation) == wanted


async def test_whoever_waits_for_a_name_goes_on_after_the_commit(organisation: Organisation) -> None:
    actor, order, first_is_in = organisation.actor("Ada"), list[str](), asyncio.Event()
    released = asyncio.Event()

    async def first() -> None:
        async with begin(actor) as work:
            await work.wait_for("kettle")
            first_is_in.set()
            await released.wait()
            order.append("first")

    async def second() -> None:
        await first_is_in.wait()
        async with begin(actor) as work:
            await work.wait_for("another name")
            released.set()
            await work.wait_for("kettle")
            order.append("second")

    await asyncio.gather(first(), second())

    assert order == ["first", "second"]


@pytest.mark.parametrize("code", ["40P01", "40001"])
async def test_what_was_undone_to_end_a_deadlock_is_done_once_more_and_no_more(
    organisation: Organisation, code: str
) -> None:
    calls = list[int]()

    async def boil(failures: int) -> str:
        calls.append(failures)
        async with begin(organisation.actor("Ada"), key=f"tea {failures}") as work:
            work.record(KettleBoiled(subject_id=organisation["Ada"]))
            if calls.count(failures) <= failures:
                await work.connection.execute(f"do $$ begin raise exception using errcode = '{code}'; end $$")
            work.reply("hot")
        return "hot"

    once = await again_if_undone(lambda: boil(1))
    with pytest.raises(asyncpg.TransactionRollbackError):
        await again_if_undone(lambda: boil(2))

    assert once == "hot"
    assert calls == [1, 1, 2, 2]
    assert len(await boiled(organisation)) == 1
    assert [key for key, _ in await receipts(organisation)] == ["tea 1"]
