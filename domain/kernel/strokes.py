"""A use case in one statement, which looks, locks, and writes receipt, change and journal, all or nothing.

For what everybody does all day. The statement knows only the case in which nothing is in the way. When it has written
nothing, it is looked why: the key came before, a rule refuses, or others moved it on in the meantime; then it is
written under the lock.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

import orjson
from tortoise.transactions import in_transaction

from domain.kernel import database, journal
from domain.kernel.actor import Actor
from domain.kernel.errors import KeyReused, NotFound
from domain.kernel.journal import Told
from domain.kernel.views import SLOT_TYPES, Facts, Slots, slot_value
from domain.kernel.work import Plain, check_key, hash_intent

if TYPE_CHECKING:
    import asyncpg

    from domain.kernel.database import Connection

Given = Mapping[str, object]
"""Values by the names of slots."""


class Statement:
    """A text with slots of the actor and of what is given, as `{value}::numeric`; composed once for everybody."""

    def __init__(self, text: str, facts: Facts | None = None) -> None:
        slots = _Slots(facts)
        self.sql = text.format_map(slots)
        self.names = tuple(slots.names)

    def values(self, actor: Actor, given: Given) -> list[object]:
        """The parameters in their order."""
        return [given[name] if name in given else slot_value(name, actor) for name in self.names]


class _Slots(Slots):
    def __missing__(self, name: str) -> str:
        if name in SLOT_TYPES or name in self.facts:
            return super().__missing__(name)
        if name not in self.names:
            self.names.append(name)
        return f"${self.names.index(name) + 1}"


Refuse = Callable[["asyncpg.Record"], None]
"""The rules, over what was seen: raises why nothing could be written, if it is for one of them."""


class Stroke:
    """The statements of one use case.

    `taken` is a select that locks and yields the row that all is about, with the columns that the rest needs, if the
    actor may do it, it may be done, and nobody changed it since the statement began. `changes` are further parts of the
    `with`, over the part `acted`: that row, or none when the key came before. `told` is the event, in columns of
    `acted`. `look` yields one row for the rules if the actor may see what it is about. `lock` waits for others who
    change it.
    """

    def __init__(
        self, *, taken: str, changes: str, told: Told, look: str, lock: str, facts: Facts | None = None
    ) -> None:
        parts = told.parts("acted")
        self.write = Statement(
            _WRITE.replace("[taken]", taken).replace("[changes]", changes).replace("[told]", parts), facts
        )
        self.look = Statement(_LOOK.replace("[look]", look), facts)
        self.lock = Statement(lock, facts)
        self._kinds = {told.kind.__name__: True}

    async def __call__(
        self, actor: Actor, *, key: str, intent: Sequence[object], given: Given, answer: Plain, refuse: Refuse
    ) -> Plain:
        """The answer, never null, of now or of when the key came first; NotFound for what the actor may not see."""
        check_key(key)
        values = {**self._of_request(actor, key, intent, answer), **given}
        with database.tenant(actor.tenant_id):
            async with database.writing() as connection:
                found = await self._try(connection, actor, values, answer=answer, refuse=refuse)
            if found is not None:
                return found
            async with in_transaction(), database.connection() as connection:
                await connection.execute(self.lock.sql, *self.lock.values(actor, values))
                # What it is about stands still now; the key may be taken by work on something else.
                found = await self._try(connection, actor, values, answer=answer, refuse=refuse)
        assert found is not None, "it moved on although it was locked"
        return found

    def _of_request(self, actor: Actor, key: str, intent: Sequence[object], answer: Plain) -> Given:
        return {
            "actor_id": actor.id,
            "key": key,
            "intent": hash_intent(intent),
            "answer": orjson.dumps(answer).decode(),
            "request_id": actor.request_id,
            "readers": journal.readers_of(self._kinds),
        }

    async def _try(
        self, connection: "Connection", actor: Actor, values: Given, *, answer: Plain, refuse: Refuse
    ) -> Plain:
        """The answer; None when what it is about has moved on."""
        if await connection.fetchval(self.write.sql, *self.write.values(actor, values)):
            return answer
        seen = await connection.fetchrow(self.look.sql, *self.look.values(actor, values))
        assert seen is not None, "there is one row, with or without a receipt"
        if seen["receipt_intent"] is not None:
            if seen["receipt_intent"] != values["intent"]:
                raise KeyReused
            return orjson.loads(seen["receipt_answer"])
        if not seen["is_seen"]:
            raise NotFound
        refuse(seen)
        return None


_LOOK = """
select r.intent_hash as receipt_intent, r.answer as receipt_answer, s.*
from (select) one
left join receipt r on r.tenant_id = {tenant} and r.actor_id = {actor_id}::uuid and r.key = {key}::text
left join lateral (select true as is_seen, l.* from ([look]) l) s on true
"""
_WRITE = """
with taken as (
  [taken]
), opened as (
  insert into receipt (tenant_id, actor_id, key, intent_hash, answer, at)
  select {tenant}, {actor_id}::uuid, {key}::text, {intent}::bytea, {answer}::jsonb, {now} from taken
  on conflict do nothing returning true
), acted as (
  select taken.* from taken cross join opened
), [changes], [told]
select exists(select from acted)
"""
