"""The exceed test of an objective that is submitted: what it continues, what the policy asks, and what is kept."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from domain.kernel import clock
from domain.kernel.errors import InvalidInput
from domain.kernel.ids import new_id
from domain.kernel.work import Work
from domain.objectives.model import KeyResult, Objective
from domain.objectives.targets import ambition, comparable, ratchet, service_continuing
from domain.objectives.targets.errors import TargetNotExceeding
from domain.objectives.targets.ratchet import Exemption, Past, Policy, Verdict
from domain.objectives.targets.service_continuing import Former
from domain.objectives.targets.terms import Outcome
from domain.objectives.terms import KeyResultKind
from domain.people import service_rows

if TYPE_CHECKING:
    import asyncpg

POLICY = """
select p.id, p.is_on, p.growth_percent, p.cap_percent, p.target_weight, p.actual_weight, p.saturation_percent
from unit_closure c
join ratchet_policy p on p.tenant_id = c.tenant_id and p.unit_id = c.ancestor_id
where c.tenant_id = {tenant} and c.descendant_id = {unit} and c.valid_from <= {today} and {today} < c.valid_to
  and p.valid_from <= {today} and {today} < p.valid_to
order by c.depth limit 1
"""
"""The policy in force for a unit: its own, or that of the nearest unit above that has one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known of a measure before the cycle: its months, the oldest first, and its plausible limits."""

    values: Sequence[Decimal] = ()
    low: Decimal | None = None
    high: Decimal | None = None


NOTHING_KNOWN = Known()
Measured = Callable[[Work, UUID], Awaitable[Mapping[UUID, Known]]]
"""Finds what is known of the measures to which the key results of an objective are tied; by measure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InForce:
    """A policy that is on."""

    id: UUID
    policy: Policy


@dataclass(frozen=True, slots=True, kw_only=True)
class Tested:
    """A key result that was tested, and against what."""

    key_result: KeyResult
    former: Former
    verdict: Verdict
    previous_target: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Examination:
    """What the tests of an objective came to, and how long that holds; nothing where no policy is on."""

    in_force: InForce | None = None
    tested: Sequence[Tested] = field(default=())

    @property
    def holds_until(self) -> date | None:
        """The last day of the first exemption to end among those that it rests on."""
        return min((_exemption(one).last_day for one in self.tested if _is_exempt(one)), default=None)


def in_force(row: "asyncpg.Record") -> InForce | None:
    """The policy of a row of `POLICY`, which may be empty; None where none is on."""
    if not row["is_on"]:
        return None
    names = ("growth_percent", "cap_percent", "target_weight", "actual_weight", "saturation_percent")
    return InForce(id=row["id"], policy=Policy(**{name: row[name] for name in names}))


async def examine(
    work: Work,
    objective: Objective,
    key_results: Sequence[KeyResult],
    *,
    under: InForce | None,
    measured: Measured | None,
) -> Examination:
    """TargetNotExceeding for the first target that is blocked; InvalidInput without a word on how hard they are."""
    if under is None:
        return Examination()
    if objective.difficulty is None:
        message = "Say how hard the targets are for you, from 1, easy, to 5, hardly possible."
        raise InvalidInput(message, field="difficulty")
    former = await service_continuing.former(work, objective.id)
    is_measured = any(row.measure_id is not None and row.id in former for row in key_results)
    known: Mapping[UUID, Known] = {}
    if measured is not None and is_measured:
        known = await measured(work, objective.id)
    found = [
        _test(row, former[row.id], under.policy, known.get(row.measure_id or row.id, NOTHING_KNOWN))
        for row in key_results
        if row.id in former and former[row.id][0].kind in ratchet.DIRECTED
    ]
    for one in found:
        if one.verdict.outcome is Outcome.BLOCKED:
            raise _refusal(one)
    return Examination(in_force=under, tested=found)


def _test(row: KeyResult, former: Sequence[Former], policy: Policy, known: Known) -> Tested:
    last = former[0]
    exemption = None if last.exemption is None else Exemption(lowest=last.exemption.lowest)
    if not _is_alike(row, last) or row.target is None or last.target is None:
        verdict = ratchet.measured_otherwise(exemption)
        return Tested(key_result=row, former=last, verdict=verdict, previous_target=None)
    past = _past(row, former, known)
    verdict = ratchet.judge(KeyResultKind(row.kind), row.target, past, policy, exemption=exemption)
    return Tested(key_result=row, former=last, verdict=verdict, previous_target=past.target)


def _is_alike(row: KeyResult, one: Former) -> bool:
    return (row.kind, row.unit_of_measure) == (one.kind, one.unit_of_measure)


def _past(row: KeyResult, former: Sequence[Former], known: Known) -> Past:
    last, falls = former[0], row.kind == KeyResultKind.DECREASE
    assert last.target is not None, "what has a direction has a target"
    return Past(
        target=comparable.target(last.target, last.adjustments),
        actuals=[
            comparable.actual(one.reached, one.adjustments)
            for one in former
            if one.reached is not None and _is_alike(row, one)
        ],
        best=known.low if falls else known.high,
        worst=known.high if falls else known.low,
        history=known.values[:-1],
    )


def _refusal(one: Tested) -> TargetNotExceeding:
    bar = one.verdict.bar
    return TargetNotExceeding(
        one.key_result.title,
        previous_id=one.former.id,
        previous=one.previous_target,
        minimum=None if bar is None else bar.minimum,
        direction="" if bar is None else ratchet.words(KeyResultKind(one.key_result.kind), bar),
    )


_COLUMNS = {
    "id": "uuid",
    "objective_id": "uuid",
    "key_result_id": "uuid",
    "previous_id": "uuid",
    "version": "integer",
    "position": "integer",
    "outcome": "text",
    "ground": "text",
    "target": "numeric",
    "previous_target": "numeric",
    "minimum": "numeric",
    "is_strict": "boolean",
    "reference": "numeric",
    "baseline": "numeric",
    "counted": "numeric",
    "guidance": "numeric",
    "is_new_level": "boolean",
    "bonus_cap": "integer",
    "policy_id": "uuid",
    "exemption_id": "uuid",
    "tested_at": "timestamptz",
}


async def keep(work: Work, objective: Objective, found: Examination) -> None:
    """Write what the tests said of this version, in one statement."""
    if found.in_force is None or not found.tested:
        return
    rows = [_row(objective, one, found.in_force) for one in found.tested]
    await service_rows.insert(work.connection, "exceed_test", work.actor.tenant_id, columns=_COLUMNS, rows=rows)


def _row(objective: Objective, one: Tested, under: InForce) -> tuple[object, ...]:
    row, verdict, bar = one.key_result, one.verdict, one.verdict.bar
    figures = ("minimum", "is_strict", "reference", "baseline", "counted", "guidance", "is_new_level")
    return (
        new_id(),
        objective.id,
        row.id,
        one.former.id,
        objective.version,
        row.position,
        verdict.outcome,
        verdict.ground,
        row.target,
        one.previous_target,
        *(None if bar is None else getattr(bar, name) for name in figures),
        _bonus_cap(one),
        under.id,
        _exemption(one).id if _is_exempt(one) else None,
        clock.now(),
    )


def _bonus_cap(one: Tested) -> int | None:
    bar, target = one.verdict.bar, one.key_result.target
    if bar is None or bar.baseline is None or target is None:
        return None
    return ambition.bonus_cap(KeyResultKind(one.key_result.kind), target, bar.baseline)


def _is_exempt(one: Tested) -> bool:
    return one.verdict.outcome is Outcome.EXEMPT


def _exemption(one: Tested) -> service_continuing.Agreed:
    assert one.former.exemption is not None, "who is exempt has an exemption"
    return one.former.exemption
