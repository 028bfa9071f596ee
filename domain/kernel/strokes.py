"""A use case in two statements: one looks, one writes receipt, change and journal, all or nothing.

For what everybody does all day. The rules judge between the two, outside of any transaction, so that nobody waits
for a lock while they think; what moved on meanwhile is looked at again, this time under the lock.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import orjson
from tortoise.transactions import in_transaction

from domain.kernel import database, journal
from domain.kernel.actor import Actor
from domain.kernel.errors import KeyReused, NotFound
from domain.kernel.events import Event
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """What the rules decided: the answer for repeats, the values to write, the facts for the journal."""

    answer: Plain
    given: Given
    events: Sequence[Event]


Decide = Callable[["asyncpg.Record"], Act]
"""The rules, over what was seen; raises the refusal."""


class Stroke:
    """The statements of one use case.

    `look` yields one row if the actor may see what it is about. `lock` waits for others who change it. `taken` is a
    select that yields and locks a row as long as that is what was seen. `changes` are further parts of the `with`,
    which depend on `opened`.
    """

    def __init__(self, *, look: str, lock: str, taken: str, changes: str, facts: Facts | None = None) -> None:
        self.look = Statement(_LOOK.replace("[look]", look), facts)
        self.lock = Statement(lock, facts)
        self.write = Statement(_WRITE.replace("[taken]", taken).replace("[changes]", changes), facts)

    async def __call__(
        self, actor: Actor, *, key: str, intent: Sequence[object], about: Given, decide: Decide
    ) -> Plain:
        """The answer, of now or of when the key came first; NotFound for what the actor may not see."""
        check_key(key)
        given = {"key": key, "intent": hash_intent(intent), "actor_id": actor.id, **about}
        with database.tenant(actor.tenant_id):
            async with database.writing() as connection:
                answer = await self._try(connection, actor, given, decide)
            if answer is not None:
                return answer
            async with in_transaction(), database.connection() as connection:
                await connection.execute(self.lock.sql, *self.lock.values(actor, given))
                # What it is about stands still now; the key may be taken by work on something else.
                answer = await self._try(connection, actor, given, decide)
                answer = answer or await self._try(connection, actor, given, decide)
        assert answer is not None, "it moved on although it was locked"
        return answer

    async def _try(self, connection: "Connection", actor: Actor, given: Given, decide: Decide) -> Plain:
        """The answer; None when what was seen has moved on, or the key was taken, since."""
        seen = await connection.fetchrow(self.look.sql, *self.look.values(actor, given))
        assert seen is not None, "there is one row, with or without a receipt"
        if seen["receipt_intent"] is not None:
            if seen["receipt_intent"] != given["intent"]:
                raise KeyReused
            return orjson.loads(seen["receipt_answer"])
        if not seen["is_seen"]:
            raise NotFound
        act = decide(seen)
        written = {
            **given,
            **act.given,
            "answer": orjson.dumps(act.answer).decode(),
            "request_id": actor.request_id,
            "events": journal.encoded(act.events),
            "readers": journal.readers(act.events),
        }
        is_done = await connection.fetchval(self.write.sql, *self.write.values(actor, written))
        return act.answer if is_done else None


_LOOK = """
select r.intent_hash as receipt_intent, r.answer as receipt_answer, s.*
from (select) one
left join receipt r on r.tenant_id = {tenant} and r.actor_id = {actor_id}::uuid and r.key = {key}::text
left join lateral (select true as is_seen, l.* from ([look]) l) s on true
"""
_WRITE = f"""
with taken as (
  [taken]
), opened as (
  insert into receipt (tenant_id, actor_id, key, intent_hash, answer, at)
  select {{tenant}}, {{actor_id}}::uuid, {{key}}::text, {{intent}}::bytea, {{answer}}::jsonb, {{now}} from taken
  on conflict do nothing returning true
), [changes], {journal.PARTS.replace("[source]", "opened cross join")}
select exists(select from opened)
"""
