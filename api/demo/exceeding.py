"""The retail company asks that targets exceed the last ones; one of them may stay below, as two people agreed."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from decimal import Decimal
from functools import partial
from uuid import UUID

from api.demo.dates import Period, morning
from api.demo.goals import Words, said
from api.demo.promises import Fate, Promise
from api.demo.settling import Settled
from api.demo.story import Step
from domain.kernel.actor import Actor
from domain.kernel.ids import new_id
from domain.objectives import service
from domain.objectives.targets import service_exemptions, service_policies
from domain.objectives.targets.ratchet import DIRECTED
from domain.objectives.targets.rules import Plea
from domain.objectives.targets.service_policies import NewPolicy
from domain.objectives.targets.terms import ExemptionKind
from domain.objectives.terms import KeyResultDraft, ObjectiveDraft
from domain.scorecards import service_promises

UNIT = "RET"
WHY = "Who reached a target keeps it; growth is asked of nobody who was weak for a half-year."
OWNER, HR_PARTNER = "RET-MER-2.1", "GRP-HR.3"
TITLE: Words = ("Hold what we reached while the bridge is closed", "大桥封闭期间守住已有成果")
REASON = "The bridge to our two largest shops is closed until the end of the half-year."
EVIDENCE = "Notice of the city's road office; counts at the doors of both shops since it was closed."
PART = Decimal("0.8")
"""Of the last target's way."""
DIFFICULTY = 4


class Exceeding:
    """Tells of the rule and of its one exemption: asked, granted by the manager, confirmed by the HR partner."""

    def __init__(self, settled: Settled, cycles: Sequence[Period], cycle_id: UUID) -> None:
        self._settled = settled
        self._before, self._period = cycles[-2:]
        self._cycle_id = cycle_id
        self._objective_id = new_id()
        self._exemption_id: UUID | None = None

    def steps(self, promises: Sequence[Promise]) -> Iterator[Step]:
        """The rule before anybody writes, the exemption when the cycle has begun."""
        yield Step(morning(self._period.starts_on, days=-55), self._keep_rule)
        last = next(one for one in promises if self._is_last(one))
        at = morning(self._period.starts_on, days=15)
        for after, act in enumerate((partial(self._ask, last), self._agree, partial(self._promise, last))):
            yield Step(at + timedelta(days=after), act)

    def _is_last(self, promise: Promise) -> bool:
        return promise.owner.slot == OWNER and promise.period == self._before and promise.fate is Fate.PROMISED

    def _actor(self, slot: str) -> Actor:
        return self._settled.actor(self._settled.roster[slot])

    async def _keep_rule(self) -> None:
        new = NewPolicy(
            unit_id=self._settled.units[UNIT],
            valid_from=self._period.starts_on - timedelta(days=55),
            reason=WHY,
            is_on=True,
        )
        await service_policies.keep_policy(self._actor("GRP-STR.head"), new, key=f"rule of {UNIT}")

    async def _ask(self, last: Promise) -> None:
        owner, key_result = self._actor(OWNER), _directed(last)
        written = _written(last, key_result)
        await service.draft(owner, written, key="draft below", objective_id=self._objective_id, cycle_id=self._cycle_id)
        plea = Plea(
            previous_id=_id(key_result),
            kind=ExemptionKind.MARKET_SHOCK,
            reason=REASON,
            evidence=EVIDENCE,
            lowest_target=written.key_results[0].target or Decimal(0),
            expires_on=self._period.ends_on,
        )
        self._exemption_id = await service_exemptions.ask(owner, self._objective_id, plea, key="ask below")

    async def _agree(self) -> None:
        assert self._exemption_id is not None, "it was asked on the day before"
        manager = self._settled.roster[OWNER].manager
        assert manager is not None, "only the chair has no manager"
        granting = self._settled.actor(manager)
        await service_exemptions.grant(granting, self._exemption_id, version=1, key="grant below")
        await service_exemptions.confirm(self._actor(HR_PARTNER), self._exemption_id, version=2, key="confirm below")

    async def _promise(self, last: Promise) -> None:
        owner, row_id = self._actor(OWNER), self._objective_id
        await service_promises.submit(owner, row_id, version=1, key="submit below", difficulty=DIFFICULTY)
        approver = self._settled.actor(last.approver)
        await service_promises.approve(approver, row_id, version=2, key="approve below")


def _directed(last: Promise) -> KeyResultDraft:
    return next(one for one in last.written.key_results if one.kind in DIRECTED)


def _id(key_result: KeyResultDraft) -> UUID:
    assert key_result.id is not None, "the key results of the demo have ids"
    return key_result.id


def _written(last: Promise, before: KeyResultDraft) -> ObjectiveDraft:
    """What the last one said, with a shorter way."""
    start, target = before.start or Decimal(0), before.target or Decimal(0)
    lower = KeyResultDraft(
        id=new_id(),
        title=before.title,
        kind=before.kind,
        unit_of_measure=before.unit_of_measure,
        weight=100,
        start=start,
        target=(start + (target - start) * PART).quantize(Decimal("0.1")),
        continues_id=before.id,
    )
    return ObjectiveDraft(title=said(TITLE, last.owner.locale), weight=10, key_results=(lower,))
