"""The change feed: what became visible since a token, in an order in which nothing is lost under concurrency.

Entries are ordered by the transaction that wrote them and shown only below the oldest transaction still running,
so that an entry committed late can never lie behind a token that was given out.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from domain.kernel import database
from domain.kernel.actor import Actor
from domain.kernel.errors import InvalidInput, NotPermitted

if TYPE_CHECKING:
    import asyncpg

PAGE_MAX = 100
_NUMBER = "0|[1-9a-f][0-9a-f]{0,14}|[1-7][0-9a-f]{15}"
_TOKEN = re.compile(rf"(?P<transaction>{_NUMBER})\.(?P<entry>{_NUMBER})", re.ASCII)
"""As `Token.text` writes it: two numbers below 2**63 in hexadecimal."""


@dataclass(frozen=True, slots=True, order=True)
class Token:
    """How far a client has read: a transaction and an entry of it."""

    transaction: int
    entry: int

    def text(self) -> str:
        """The token as clients hold it."""
        return f"{self.transaction:x}.{self.entry:x}"


@dataclass(frozen=True, slots=True)
class Change:
    """A fact of which the actor is a hearer."""

    kind: str
    subject_type: str
    subject_id: UUID
    at: datetime


@dataclass(frozen=True, slots=True)
class Feed:
    """A page of changes; `token` continues behind it."""

    changes: tuple[Change, ...]
    token: Token
    has_more: bool


def parse(text: str) -> Token:
    """The token in a client's text; InvalidInput for anything else."""
    numbers = _TOKEN.fullmatch(text)
    if numbers is None:
        raise InvalidInput("This is no token of the change feed.", field="since")
    return Token(int(numbers["transaction"], 16), int(numbers["entry"], 16))


async def since(actor: Actor, token: Token | None, *, limit: int) -> Feed:
    """What the acting person heard since the token; without one, an empty page whose token is now."""
    if actor.person_id is None:
        raise NotPermitted("Only a person has a change feed.")
    if not 1 <= limit <= PAGE_MAX:
        raise InvalidInput(f"`first` goes from 1 to {PAGE_MAX}.", field="first")
    with database.tenant(actor.tenant_id):
        async with database.connection() as connection:
            if token is None:
                horizon = await connection.fetchval("select pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
                return Feed((), Token(horizon, 0), has_more=False)
            rows = await connection.fetch(_SINCE, actor.tenant_id, actor.person_id, *_bounds(token), limit + 1)
    return _feed(rows, token, limit)


def _bounds(token: Token) -> tuple[str, int]:
    return str(token.transaction), token.entry


# A join from the horizon, so that a page of nothing tells it too, and of the very snapshot that the page is read in.
_SINCE = """
select h.horizon::text::bigint as horizon, e.* from (select pg_snapshot_xmin(pg_current_snapshot()) as horizon) h
left join lateral (
  select w.xid::text::bigint as transaction, w.id, j.kind, j.subject_type, j.subject_id, j.at
  from journal_hearer w join journal j on j.tenant_id = w.tenant_id and j.id = w.id
  where w.tenant_id = $1 and w.person_id = $2
    and w.xid >= ($3::text)::xid8 and (w.xid > ($3::text)::xid8 or w.id > $4) and w.xid < h.horizon
  order by w.xid, w.id limit $5) e on true
order by e.transaction, e.id
"""


def _feed(rows: "list[asyncpg.Record]", token: Token, limit: int) -> Feed:
    found = [row for row in rows if row["id"] is not None]
    shown, has_more = found[:limit], len(found) > limit
    changes = tuple(Change(row["kind"], row["subject_type"], row["subject_id"], row["at"]) for row in shown)
    if has_more:
        return Feed(changes, Token(shown[-1]["transaction"], shown[-1]["id"]), has_more=True)
    # All below the horizon was looked at, so a quiet client does not look at it again; what comes later lies behind it.
    return Feed(changes, max(token, Token(rows[0]["horizon"], 0)), has_more=False)
