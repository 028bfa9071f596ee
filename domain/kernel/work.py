"""The unit of work: one transaction, one tenant, one receipt, and the events that it leaves in the journal."""

import hashlib
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, TypeVar
from uuid import UUID

import asyncpg
import orjson
from tortoise.models import Model
from tortoise.transactions import in_transaction

from domain.kernel import clock, database, journal, views
from domain.kernel.actor import Actor
from domain.kernel.errors import InvalidInput, KeyReused, NotFound, StaleVersion
from domain.kernel.events import Event

if TYPE_CHECKING:
    from domain.kernel.database import Connection

KEY_CHARACTERS_MAX = 200
Row = TypeVar("Row", bound=Model)
Answer = TypeVar("Answer")
Plain = str | int | bool | None | Sequence["Plain"] | Mapping[str, "Plain"]
"""What a receipt can hold."""

RECEIPT_LIFETIME = timedelta(days=7)
"""A phone may stay offline for as long and still repeat a request harmlessly."""


_ANSWER = """answered as (
  update receipt set answer = {2}::jsonb where tenant_id = {tenant} and actor_id = {0}::uuid and key = {1}::text
)"""


class Work:
    """What a use case works with between `begin` and commit."""

    def __init__(self, actor: Actor, connection: "Connection") -> None:
        self.actor = actor
        self.connection = connection
        self.replay: Plain = None
        """The answer that this key was given before; a use case that finds one returns it and does nothing."""
        self._answer: Plain = None
        self._events: list[Event] = []

    def record(self, event: Event) -> None:
        """Leave a fact in the journal, written with the commit."""
        self._events.append(event)

    def reply(self, answer: Plain) -> None:
        """What a repeat with the same key shall hear."""
        self._answer = answer

    async def lock(self, view: views.View, model: type[Row], row_id: UUID, *, version: int | None = None) -> Row:
        """The row, locked until commit. NotFound if the actor may not see it, StaleVersion if it moved on.

        It keeps its key, so that others may refer to it meanwhile: a foreign key does not wait for this lock.
        """
        sql, values = views.visible_row(view, row_id, self.actor)
        if await self.connection.fetchval(f"{sql} for no key update of r", *values) is None:
            raise NotFound
        row = await model.get(id=row_id)
        if version is not None and getattr(row, "version", version) != version:
            raise StaleVersion(row_id)
        return row

    async def see(self, view: views.View, row_id: UUID) -> None:
        """NotFound if the actor may not see the row."""
        sql, values = views.visible_row(view, row_id, self.actor)
        if await self.connection.fetchval(sql, *values) is None:
            raise NotFound

    async def wait_for(self, what: str) -> None:
        """Go on when no other unit of work of the tenant holds this name, and hold it until commit."""
        name = f"{self.actor.tenant_id}:{what}"
        await self.connection.execute("select pg_advisory_xact_lock(hashtextextended($1, 0))", name)

    async def wait_beside(self, what: str) -> None:
        """Go on when nobody holds this name alone, by `wait_for`, and hold it until commit with others like this."""
        name = f"{self.actor.tenant_id}:{what}"
        await self.connection.execute("select pg_advisory_xact_lock_shared(hashtextextended($1, 0))", name)

    async def open_receipt(self, key: str, intent: bytes) -> None:
        """Take the key, or find the answer that it was given; waits for whoever holds it now."""
        check_key(key)
        opened = await self.connection.fetchval(
            """insert into receipt (tenant_id, actor_id, key, intent_hash, at) values ($1, $2, $3, $4, $5)
               on conflict do nothing returning true""",
            self.actor.tenant_id,
            self.actor.id,
            key,
            intent,
            clock.now(),
        )
        if not opened:
            self.replay = await self._earlier_answer(key, intent)

    async def _earlier_answer(self, key: str, intent: bytes) -> Plain:
        row = await self.connection.fetchrow(
            "select intent_hash, answer from receipt where tenant_id = $1 and actor_id = $2 and key = $3",
            self.actor.tenant_id,
            self.actor.id,
            key,
        )
        if row is None or row["intent_hash"] != intent:
            raise KeyReused
        return orjson.loads(row["answer"])

    async def finish(self, key: str | None) -> None:
        """Write the journal and the receipt, in one statement, last thing before the commit."""
        if key is None or self.replay is not None:
            if self._events:
                await journal.write(self.connection, self.actor, self._events)
            return
        if self._answer is None:
            raise RuntimeError("keyed work replies, or a repeat would do it again")
        answered = (self.actor.id, key, orjson.dumps(self._answer).decode())
        await journal.write(self.connection, self.actor, self._events, beside=_ANSWER, values=answered)


@asynccontextmanager
async def begin(actor: Actor, *, key: str | None = None, intent: Sequence[object] = ()) -> AsyncGenerator[Work]:
    """One transaction of the actor's tenant.

    `key` makes it idempotent: a repeat with the same key and intent finds the first answer in `work.replay`;
    another intent under the same key is KeyReused. Whoever comes at the same time waits for the first.
    """
    with database.tenant(actor.tenant_id):
        async with in_transaction(), database.connection() as connection:
            work = Work(actor, connection)
            if key is not None:
                await work.open_receipt(key, hash_intent(intent))
            yield work
            await work.finish(key)


async def visible(view: views.View, row_id: UUID, actor: Actor) -> bool:
    """Whether the actor may see the row, asked outside of any work."""
    sql, values = views.visible_row(view, row_id, actor)
    return await database.fetch_value(actor.tenant_id, sql, values) is not None


async def again_if_undone(use_case: Callable[[], Awaitable[Answer]]) -> Answer:
    """The answer of a use case that takes a key, called once more if PostgreSQL undid it to end a deadlock."""
    try:
        return await use_case()
    except asyncpg.TransactionRollbackError:
        return await use_case()


def check_key(key: str) -> None:
    """InvalidInput unless it can name a request."""
    if not key.strip() or len(key) > KEY_CHARACTERS_MAX or "\x00" in key:
        raise InvalidInput(f"A key has 1 to {KEY_CHARACTERS_MAX} characters.", field="idempotencyKey")


def hash_intent(intent: Sequence[object]) -> bytes:
    """What a key stands for; the same key with another intent is refused."""
    return hashlib.sha256(orjson.dumps(intent, default=str)).digest()


async def forget_receipts() -> int:
    """Forget receipts that nobody will ask for any more, for all tenants; how many."""
    before = clock.now() - RECEIPT_LIFETIME
    forgotten = 0
    for row in await database.gate().fetch("select id from tenant"):
        with database.tenant(row["id"]):
            async with database.connection() as connection:
                done = await connection.execute(
                    "delete from receipt where tenant_id = $1 and at < $2", row["id"], before
                )
        forgotten += int(done.removeprefix("DELETE "))
    return forgotten
