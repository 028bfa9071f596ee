"""Use cases of the ledger: write entries, take one back, and say what accounts hold."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

import asyncpg

from domain.kernel import clock, database
from domain.kernel.actor import Actor
from domain.kernel.errors import InvalidInput, NotFound
from domain.kernel.work import Work
from domain.progress import ledger
from domain.progress.errors import AlreadyReversed, BalanceTooLow
from domain.progress.ledger import ENTRIES_MAX, Currency, Holder, NewEntry

PAGE_MAX = 100
_END = datetime(9999, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """An entry as the holder of one account reads it; an amount below zero went out."""

    id: UUID
    currency: Currency
    amount: int
    reason: str
    reverses_id: UUID | None
    at: datetime


async def post(work: Work, entries: Sequence[NewEntry]) -> int:
    """How many of them are new, all or none of those: BalanceTooLow if an account would fall below zero.

    An entry whose key is known was written before and changes nothing. The unit of work ends with a refusal.
    """
    if not 1 <= len(entries) <= ENTRIES_MAX:
        raise InvalidInput(f"At most {ENTRIES_MAX} entries at once.")
    for one in entries:
        ledger.check(one)
    columns = [
        (e.id, e.currency, e.source.kind, e.source.id, e.target.kind, e.target.id, e.amount, e.reason, e.key)
        for e in entries
    ]
    given = (list(one) for one in zip(*columns, strict=True))
    try:
        done = await work.connection.execute(_POST, work.actor.tenant_id, clock.now(), *given)
    except asyncpg.CheckViolationError as error:
        raise _refusal(error) from None
    return int(done.removeprefix("INSERT 0 "))


async def reverse(work: Work, entry_id: UUID, *, reason: str) -> UUID:
    """The id of the contra entry of a whole entry.

    NotFound, AlreadyReversed, or BalanceTooLow when what is to be taken back was spent.
    """
    values = work.actor.tenant_id, entry_id, reason, clock.now()
    try:
        contra: UUID | None = await work.connection.fetchval(_REVERSE, *values)
    except asyncpg.UniqueViolationError:
        raise AlreadyReversed from None
    except asyncpg.CheckViolationError as error:
        raise _refusal(error) from None
    if contra is None:
        raise NotFound
    return contra


def _refusal(error: asyncpg.CheckViolationError) -> Exception:
    known: Mapping[str, type[BalanceTooLow | AlreadyReversed]] = {
        "ledger_account_covered": BalanceTooLow,
        "ledger_entry_contra": AlreadyReversed,
    }
    found = known.get(error.constraint_name or "")
    return found() if found else error


async def balances(actor: Actor, holder: Holder) -> dict[Currency, int]:
    """What the accounts of a holder hold, 0 where nothing was ever moved."""
    sql = "select currency, balance from ledger_account where tenant_id = $1 and holder_id = $2"
    with database.tenant(actor.tenant_id):
        async with database.connection() as connection:
            rows = await connection.fetch(sql, actor.tenant_id, holder.id)
    found = {Currency(row["currency"]): int(row["balance"]) for row in rows}
    return {currency: found.get(currency, 0) for currency in Currency}


async def lines(actor: Actor, holder: Holder, *, first: int, after: UUID | None = None) -> list[Line]:
    """Entries of a holder, newest first, behind one of them."""
    if not 1 <= first <= PAGE_MAX:
        raise InvalidInput(f"Ask for 1 to {PAGE_MAX} entries.", field="first")
    with database.tenant(actor.tenant_id):
        async with database.connection() as connection:
            at = _END if after is None else await connection.fetchval(_AT, actor.tenant_id, holder.id, after)
            if at is None:
                raise InvalidInput("This names no entry of yours.", field="after")
            rows = await connection.fetch(_LINES, actor.tenant_id, holder.id, at, after or UUID(int=0), first)
    return [
        Line(
            id=row["id"],
            currency=Currency(row["currency"]),
            amount=row["amount"],
            reason=row["reason"],
            reverses_id=row["reverses_id"],
            at=row["at"],
        )
        for row in rows
    ]


_POST = """
insert into ledger_entry (tenant_id, id, currency, from_kind, from_id, to_kind, to_id, amount, reason, key, at)
select $1, e.*, $2
from unnest($3::uuid[], $4::text[], $5::text[], $6::uuid[], $7::text[], $8::uuid[], $9::bigint[], $10::text[],
            $11::text[]) e
on conflict (tenant_id, key) do nothing"""
_REVERSE = """
insert into ledger_entry (tenant_id, id, currency, from_kind, from_id, to_kind, to_id, amount, reason, key, reverses_id,
                          at)
select tenant_id, gen_random_uuid(), currency, to_kind, to_id, from_kind, from_id, amount, $3, 'contra:' || id, id, $4
from ledger_entry where tenant_id = $1 and id = $2
returning id"""
_AT = "select at from ledger_entry where tenant_id = $1 and id = $3 and $2 in (from_id, to_id)"
_SPENT = " and from_kind <> 'ISSUE'"
_SIDE = """
(select id, currency, {sign}amount as amount, reason, reverses_id, at from ledger_entry
 where tenant_id = $1 and {side} = $2{only} and (at, id) < ($3, $4) order by at desc, id desc limit $5)"""
_CAME = _SIDE.format(sign="", side="to_id", only="")
_WENT = _SIDE.format(sign="-", side="from_id", only=_SPENT)
_LINES = f"select * from ({_CAME} union all {_WENT}) e order by at desc, id desc limit $5"
