"""Lets what was planned happen, one step after the other, each at its own instant."""

from collections.abc import Awaitable, Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random

from api.demo import notes
from api.demo.dates import working_time
from api.demo.goals import said, told
from api.demo.promises import Fate, Promise
from api.demo.roster import Person
from api.demo.settling import Settled
from domain.kernel import clock
from domain.objectives import service, service_approvals, service_check_ins
from domain.objectives.terms import KeyResultDraft, KeyResultKind

Act = Callable[[], Awaitable[object]]
HOUR = timedelta(hours=1)
RAISED = ("I raised the first target, as we agreed.", "按商量好的，我提高了第一个目标值。")


@dataclass(frozen=True, slots=True)
class Step:
    """Something that somebody did."""

    at: datetime
    act: Act


async def tell(steps: Iterable[Step], *, until: datetime, passed: Callable[[int, int], None]) -> int:
    """Do every step up to an instant, in the order of time; how many. `passed` hears how far it is."""
    due = sorted((step for step in steps if step.at <= until), key=lambda step: step.at)
    for number, step in enumerate(due, start=1):
        with clock.frozen(step.at):
            await step.act()
        passed(number, len(due))
    return len(due)


class Teller:
    """Turns promises into the steps of their owners and approvers."""

    def __init__(self, settled: Settled, now: datetime) -> None:
        self._settled = settled
        self._now = now
        self._chance = Random(settled.roster.seed + 3)

    def steps(self, promise: Promise) -> Iterator[Step]:
        """From the first draft to the last check-in."""
        begun_at = promise.begun_at
        yield Step(begun_at, lambda: self._draft(promise))
        if promise.fate is Fate.DRAFT:
            return
        submitted_at = begun_at + HOUR * self._chance.uniform(0.3, 5)
        yield Step(submitted_at, lambda: self._submit(promise, version=1, note=promise.note))
        answered_at = self._next_day(submitted_at)
        match promise.fate:
            case Fate.PROMISED:
                yield Step(answered_at, lambda: self._approve(promise))
                yield from self._check_ins(promise, after=answered_at)
            case Fate.ASKED:
                at = min(answered_at, self._now - HOUR / 2)
                yield Step(at, lambda: self._answer(promise, service_approvals.request_information))
            case Fate.DECLINED:
                yield Step(answered_at, lambda: self._answer(promise, service_approvals.decline))
            case Fate.WAITING_AGAIN:
                yield Step(answered_at, lambda: self._answer(promise, service_approvals.decline))
                yield from self._try_again(promise, after=answered_at)
            case _:
                return

    def _next_day(self, at: datetime) -> datetime:
        return working_time((at + timedelta(days=1)).date(), self._chance)

    def _draft(self, promise: Promise) -> Awaitable[object]:
        return service.draft(
            self._settled.actor(promise.owner),
            promise.written,
            key=f"draft {promise.id}",
            objective_id=promise.id,
            cycle_id=promise.cycle_id,
        )

    def _submit(self, promise: Promise, *, version: int, note: str | None) -> Awaitable[object]:
        actor = self._settled.actor(promise.owner)
        key = f"submit {version} {promise.id}"
        difficulty = _difficulty(promise)
        return service_approvals.submit(actor, promise.id, version=version, key=key, note=note, difficulty=difficulty)

    def _approve(self, promise: Promise) -> Awaitable[object]:
        actor = self._settled.actor(promise.approver)
        return service_approvals.approve(actor, promise.id, version=2, key=f"approve {promise.id}")

    def _answer(self, promise: Promise, decide: Callable[..., Awaitable[object]]) -> Awaitable[object]:
        actor = self._settled.actor(promise.approver)
        return decide(actor, promise.id, version=2, key=f"answer {promise.id}", reason=promise.answer)

    def _try_again(self, promise: Promise, *, after: datetime) -> Iterator[Step]:
        """Edited after a refusal, and submitted once more: the approver sees what changed."""
        edited_at = after + timedelta(days=3)
        first, *others = promise.written.key_results
        content = replace(promise.written, key_results=(_raised(first), *others))
        actor, key = self._settled.actor(promise.owner), f"edit {promise.id}"
        yield Step(edited_at, lambda: service.edit(actor, promise.id, content, version=3, key=key))
        note = said(RAISED, promise.owner.locale)
        yield Step(edited_at + HOUR, lambda: self._submit(promise, version=4, note=note))

    def _check_ins(self, promise: Promise, *, after: datetime) -> Iterator[Step]:
        first, last = promise.period.starts_on, promise.period.ends_on
        for visit in promise.visits:
            if visit <= after:
                continue
            fraction = min(1.0, (visit.date() - first).days / (last - first).days)
            for at, key_result in enumerate(promise.written.key_results):
                value = _value(key_result, fraction, pace=promise.paces[at], chance=self._chance)
                confidence = _confidence(promise.paces[at], self._chance)
                note = self._note(promise.owner, promise.paces[at]) if at == 0 else None
                act = self._check_in(promise.owner, key_result, value, confidence=confidence, note=note)
                yield Step(visit + timedelta(minutes=2 * at), act)

    def _check_in(
        self, owner: Person, key_result: KeyResultDraft, value: Decimal, *, confidence: int, note: str | None
    ) -> Act:
        key_result_id, actor = key_result.id, self._settled.actor(owner)
        if key_result_id is None:
            raise LookupError("the key results of the demo have ids")

        def act() -> Awaitable[object]:
            key = f"check in {key_result_id} {clock.now()}"
            return service_check_ins.check_in(actor, key_result_id, value, key=key, confidence=confidence, note=note)

        return act

    def _note(self, owner: Person, pace: float) -> str | None:
        texts = notes.AHEAD if pace >= 1.08 else notes.ON_TRACK if pace >= 0.8 else notes.BEHIND
        return said(self._chance.choice(texts), owner.locale) if self._chance.random() < 0.6 else None


def _difficulty(promise: Promise) -> int:
    """How hard it feels, from 1 to 5: to who will be slow, harder."""
    return min(5, max(1, round(6 - 3 * promise.paces[0]))) if promise.paces else 3


def _raised(first: KeyResultDraft) -> KeyResultDraft:
    """A tenth more of the way; a range gets narrower."""
    if first.kind is KeyResultKind.MILESTONE and first.target is not None:
        return replace(first, target=first.target + 1)
    if first.start is None or first.target is None:
        return replace(first, weight=first.weight)
    step = told((first.target - first.start) / 10, _decimals(first))
    return replace(first, target=first.target + (step or (1 if first.target > first.start else -1)))


def _value(key_result: KeyResultDraft, fraction: float, *, pace: float, chance: Random) -> Decimal:
    """Where it stands when this fraction of the cycle is over: faster at first, never quite evenly."""
    start, target, low, high = key_result.start, key_result.target, key_result.low, key_result.high
    if low is not None and high is not None:
        half = (high - low) / 2
        return max(told(low + half + half * _decimal(chance.gauss(0, 0.6)), _decimals(key_result)), Decimal(0))
    if start is None or target is None:
        raise LookupError("a key result that is no range has a start and a target")
    if key_result.kind is KeyResultKind.MILESTONE:
        return Decimal(min(int(target), int(float(target) * pace * fraction + 0.35)))
    way = pace * fraction**0.85 + chance.gauss(0, 0.03)
    value = told(start + (target - start) * _decimal(way), _decimals(key_result))
    return min(max(value, Decimal(0)), Decimal(100)) if key_result.unit_of_measure == "%" else max(value, Decimal(0))


def _decimals(key_result: KeyResultDraft) -> int:
    """As finely as its limits are written."""
    limits = (key_result.start, key_result.target, key_result.low, key_result.high)
    exponents = [limit.as_tuple().exponent for limit in limits if limit is not None]
    return max(-exponent for exponent in exponents if isinstance(exponent, int))


def _decimal(number: float) -> Decimal:
    return Decimal(str(round(number, 4)))


def _confidence(pace: float, chance: Random) -> int:
    return min(10, max(1, round(4 + 8 * (pace - 0.6) + chance.gauss(0, 0.7))))
