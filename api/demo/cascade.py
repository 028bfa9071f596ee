"""Targets on their way down in the running cycle: slices that were accepted, declined, countered, and that wait."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial
from uuid import UUID

from api.demo.dates import Period, recently, working_time
from api.demo.promises import Promise
from api.demo.settling import Settled
from api.demo.story import Step
from domain.kernel.work import begin
from domain.objectives.cascading import service_answering, service_throwing
from domain.objectives.cascading.service_binding import Wish
from domain.objectives.cascading.terms import Division, Part, Receiver, SplitMethod
from domain.objectives.terms import KeyResultKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Slice:
    """What somebody is thrown by what they bring, and what they make of it; without an answer it waits for them."""

    slot: str
    history: int
    accepted_as: str | None = None
    declined: str | None = None
    offered: tuple[int, str] | None = None
    """Percent of the slice, and why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Throw:
    """Who divides the target of their first promise that starts at zero, on which day of the cycle or how lately."""

    slot: str
    slices: tuple[Slice, ...]
    day: int | None = None
    days_ago: int = 0


THROWS = (
    Throw(
        slot="RET.head",
        day=4,
        slices=(
            Slice(slot="RET-STO.head", history=31, accepted_as="New households through our shops"),
            Slice(slot="RET-ONL.head", history=22, accepted_as="线上新增月购家庭"),
            Slice(slot="RET-MER.head", history=7, declined="A range wins no household by itself; shops and online do."),
        ),
    ),
    Throw(
        slot="RET-ONL.head",
        days_ago=4,
        slices=(
            Slice(slot="RET-ONL-1.lead", history=11),
            Slice(
                slot="RET-ONL-2.lead", history=8, offered=(70, "Until the new checkout is live we can only do this.")
            ),
            Slice(slot="RET-ONL-3.lead", history=5, accepted_as="Fewer questions about deliveries"),
        ),
    ),
)
"""The slice that waits is that of the young employee's manager."""


class Cascade:
    """Tells how targets were thrown down and answered."""

    def __init__(self, settled: Settled, period: Period, now: datetime) -> None:
        self._settled = settled
        self._period = period
        self._now = now

    def steps(self, promises: Sequence[Promise]) -> Iterator[Step]:
        """Each throw, and on the next days its answers."""
        for throw in THROWS:
            promise = next(one for one in promises if self._is_of(one, throw.slot))
            key_result_id = _divisible(promise)
            at = self._at(throw)
            yield Step(at, partial(self._throw, throw, promise, key_result_id))
            for after, one in enumerate(throw.slices, start=1):
                yield Step(at + timedelta(hours=7 * after), partial(self._answer, one, key_result_id))

    def _is_of(self, promise: Promise, slot: str) -> bool:
        return promise.owner.slot == slot and promise.period == self._period

    def _at(self, throw: Throw) -> datetime:
        chance = self._settled.chance(17)
        if throw.day is None:
            return recently(self._now, throw.days_ago, chance)
        return working_time(self._period.starts_on + timedelta(days=throw.day), chance)

    async def _throw(self, throw: Throw, promise: Promise, key_result_id: UUID) -> None:
        receivers = [self._receiver(one) for one in throw.slices]
        division = Division(method=SplitMethod.HISTORY)
        actor = self._settled.actor(promise.owner)
        key = f"throw {key_result_id}"
        await service_throwing.cascade_target(actor, key_result_id, receivers, division, key=key)

    def _receiver(self, one: Slice) -> Receiver:
        person = self._settled.roster[one.slot]
        return Receiver(
            person_id=person.id,
            unit_id=self._settled.units[person.unit],
            part=Part(name=person.name[0], history=Decimal(one.history)),
        )

    async def _answer(self, one: Slice, key_result_id: UUID) -> None:
        person = self._settled.roster[one.slot]
        actor = self._settled.actor(person)
        async with begin(actor) as work:
            row = await work.connection.fetchrow(
                """select id, amount from alignment
                   where tenant_id = $1 and parent_key_result_id = $2 and receiver_id = $3""",
                actor.tenant_id,
                key_result_id,
                person.id,
            )
        assert row is not None, "it was thrown"
        thrown_id, key = row["id"], f"answer {row['id']}"
        if one.accepted_as is not None:
            await service_answering.accept(actor, thrown_id, version=1, key=key, wish=Wish(title=one.accepted_as))
        elif one.declined is not None:
            await service_answering.decline(actor, thrown_id, version=1, key=key, reason=one.declined)
        elif one.offered is not None:
            percent, reason = one.offered
            amount = (row["amount"] * percent / 100).quantize(Decimal("0.1"))
            await service_answering.counter(actor, thrown_id, amount, version=1, key=key, reason=reason)


def _divisible(promise: Promise) -> UUID:
    """The key result that parts add up to: a figure that rises from zero."""
    rising = (one for one in promise.written.key_results if one.kind is KeyResultKind.INCREASE and one.start == 0)
    found = next(rising).id
    assert found is not None, "the key results of the demo have ids"
    return found
