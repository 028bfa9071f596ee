"""Nothing is made or lost: entries move amounts, once for each key, and never more than an account holds."""

import asyncio
from uuid import UUID

import asyncpg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.kernel import database
from domain.kernel.errors import DomainError, InvalidInput, NotFound
from domain.kernel.work import begin
from domain.progress import service_ledger
from domain.progress.errors import AlreadyReversed, BalanceTooLow
from domain.progress.ledger import AMOUNT_MAX, ISSUE, REWARDS, Currency, Holder, NewEntry, person, team
from tests.domain.progress import ground as grounds
from tests.domain.progress.ground import Ground

TEAM = team(UUID(int=77))
PEOPLE = 4


def coins(source: Holder, target: Holder, amount: int, key: str) -> NewEntry:
    return NewEntry(currency=Currency.COIN, source=source, target=target, amount=amount, reason="TRIED", key=key)


async def post(ground: Ground, *entries: NewEntry) -> int:
    async with begin(ground.operator) as work:
        return await service_ledger.post(work, entries)


async def reverse(ground: Ground, entry_id: UUID) -> UUID:
    async with begin(ground.operator) as work:
        return await service_ledger.reverse(work, entry_id, reason="TAKEN_BACK")


async def held(ground: Ground, holder: Holder) -> int:
    return (await service_ledger.balances(ground.operator, holder))[Currency.COIN]


async def total(ground: Ground) -> object:
    return await ground.organisation.value("select coalesce(sum(balance), 0)::bigint from ledger_account")


async def test_what_one_account_gets_another_gives(ground: Ground) -> None:
    one = person(ground.people[0])

    new = await post(ground, coins(ISSUE, one, 100, "a"), coins(one, TEAM, 30, "b"))

    assert (new, await held(ground, one), await held(ground, TEAM), await held(ground, ISSUE)) == (2, 70, 30, -100)
    assert await total(ground) == 0


async def test_a_key_that_is_known_moves_nothing_again(ground: Ground) -> None:
    one = person(ground.people[0])
    await post(ground, coins(ISSUE, one, 100, "a"))

    new = await post(ground, coins(ISSUE, one, 100, "a"))

    assert (new, await held(ground, one), await ground.organisation.count("ledger_entry")) == (0, 100, 1)


async def test_nobody_spends_what_they_do_not_hold_and_nothing_is_written_then(ground: Ground) -> None:
    one, other = person(ground.people[0]), person(ground.people[1])
    await post(ground, coins(ISSUE, one, 100, "a"))

    with pytest.raises(BalanceTooLow):
        await post(ground, coins(ISSUE, other, 5, "b"), coins(one, REWARDS, 101, "c"))

    assert (await held(ground, one), await held(ground, other)) == (100, 0)
    assert await ground.organisation.count("ledger_entry") == 1


async def test_of_two_who_spend_the_last_hundred_one_wins(ground: Ground) -> None:
    one = person(ground.people[0])
    await post(ground, coins(ISSUE, one, 100, "a"))

    told = await asyncio.gather(
        *(post(ground, coins(one, REWARDS, 100, f"redeem {at}")) for at in range(8)), return_exceptions=True
    )

    assert sorted(str(type(answer).__name__) for answer in told) == ["BalanceTooLow"] * 7 + ["int"]
    assert (await held(ground, one), await held(ground, REWARDS), await total(ground)) == (0, 100, 0)


async def test_a_contra_entry_takes_back_one_whole_entry_once(ground: Ground) -> None:
    one = person(ground.people[0])
    entry = coins(ISSUE, one, 100, "a")
    await post(ground, entry)

    contra = await reverse(ground, entry.id)

    assert await held(ground, one) == 0
    for again in (entry.id, contra):
        with pytest.raises(AlreadyReversed):
            await reverse(ground, again)
    lines = await service_ledger.lines(ground.operator, one, first=10)
    assert {(line.amount, line.reverses_id) for line in lines} == {(100, None), (-100, entry.id)}


async def test_what_was_spent_cannot_be_taken_back(ground: Ground) -> None:
    one = person(ground.people[0])
    entry = coins(ISSUE, one, 100, "a")
    await post(ground, entry, coins(one, REWARDS, 1, "b"))

    with pytest.raises(BalanceTooLow):
        await reverse(ground, entry.id)

    assert await held(ground, one) == 99


async def test_what_is_not_there_cannot_be_taken_back(ground: Ground) -> None:
    with pytest.raises(NotFound):
        await reverse(ground, UUID(int=5))


@pytest.mark.parametrize(
    ("entry", "field"),
    [
        (coins(ISSUE, TEAM, 0, "k"), "amount"),
        (coins(ISSUE, TEAM, AMOUNT_MAX + 1, "k"), "amount"),
        (coins(REWARDS, TEAM, 1, "k"), "currency"),
        (coins(person(UUID(int=8)), person(UUID(int=9)), 1, "k"), "currency"),
        (coins(ISSUE, TEAM, 1, " "), "key"),
    ],
)
async def test_an_entry_has_an_amount_a_way_and_a_key(ground: Ground, entry: NewEntry, field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        await post(ground, entry)

    assert refused.value.field == field


@pytest.mark.parametrize(
    "bent",
    [
        "update ledger_account set balance = balance + 1",
        "insert into ledger_account values (current_tenant(), gen_random_uuid(), 'COIN', 'PERSON', 5)",
        "update ledger_entry set amount = 1",
        "delete from ledger_entry",
        "delete from ledger_account",
    ],
)
async def test_no_role_of_the_application_bends_the_ledger(ground: Ground, bent: str) -> None:
    await post(ground, coins(ISSUE, TEAM, 5, "a"))

    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await ground.organisation.rows(bent)


async def test_a_contra_entry_of_another_amount_is_refused_by_the_database(ground: Ground) -> None:
    entry = coins(ISSUE, TEAM, 5, "a")
    await post(ground, entry)

    with pytest.raises(asyncpg.CheckViolationError):
        await ground.organisation.rows(
            "insert into ledger_entry (tenant_id, id, currency, from_kind, from_id, to_kind, to_id, amount, reason, "
            "key, reverses_id, at) select tenant_id, gen_random_uuid(), currency, to_kind, to_id, from_kind, from_id, "
            "4, 'X', 'x', id, at from ledger_entry"
        )


holders = st.sampled_from(["issue", "rewards", "team", *range(PEOPLE)])
moves = st.tuples(holders, holders, st.integers(1, 60), st.integers(0, 30))
rounds = st.lists(st.lists(moves | st.integers(0, 30), min_size=1, max_size=6), min_size=1, max_size=8)


def _holder(ground: Ground, name: object) -> Holder:
    known = {"issue": ISSUE, "rewards": REWARDS, "team": TEAM}
    return person(ground.people[name]) if isinstance(name, int) else known[str(name)]


async def _try(ground: Ground, deed: tuple[object, object, int, int] | int) -> None:
    """A move under one of a few keys, or a contra of what such a key wrote; refusals are part of the game."""
    try:
        if isinstance(deed, int):
            found = await ground.organisation.value("select id from ledger_entry where key = $1", f"k{deed}")
            if isinstance(found, UUID):
                await reverse(ground, found)
        else:
            source, target, amount, key = deed
            entry = coins(_holder(ground, source), _holder(ground, target), amount, f"k{key}")
            await post(ground, entry)
    except DomainError:
        pass


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(made=rounds)
async def test_whatever_is_tried_at_once_the_sum_is_zero_and_nobody_owes(
    database: str, made: list[list[object]]
) -> None:
    ground = await grounds.lay(PEOPLE)
    for deeds in made:
        await asyncio.gather(*(_try(ground, one) for one in deeds))  # type: ignore[arg-type]

        assert await total(ground) == 0
        assert (
            await ground.organisation.value("select count(*) from ledger_account where balance < 0 and kind <> 'ISSUE'")
            == 0
        )
    assert (
        await ground.organisation.rows(
            "select from ledger_account a where a.balance <> (select coalesce(sum(case when e.to_id = a.holder_id then "
            "e.amount else -e.amount end), 0) from ledger_entry e where e.currency = a.currency "
            "and a.holder_id in (e.from_id, e.to_id))"
        )
        == []
    )


async def test_a_page_of_the_ledger_is_newest_first_and_goes_on(ground: Ground) -> None:
    one = person(ground.people[0])
    for amount in (5, 6, 7):
        await post(ground, coins(ISSUE, one, amount, f"a{amount}"))
    with database.tenant(ground.organisation.tenant_id):
        seen = await service_ledger.lines(ground.operator, one, first=2)
        rest = await service_ledger.lines(ground.operator, one, first=2, after=seen[-1].id)

    assert [line.amount for line in (*seen, *rest)] == [7, 6, 5]


async def test_a_page_goes_on_behind_an_entry_of_ones_own_only(ground: Ground) -> None:
    entry = coins(ISSUE, person(ground.people[0]), 5, "a")
    await post(ground, entry)

    for first, after, field in ((2, entry.id, "after"), (0, None, "first"), (101, None, "first")):
        with pytest.raises(InvalidInput) as refused:
            await service_ledger.lines(ground.operator, person(ground.people[1]), first=first, after=after)
        assert refused.value.field == field
