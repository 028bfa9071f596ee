"""Use cases of corrections: an actual is never changed, but may get a newer revision, with a reason and who said so.

While its month is open the correction counts at once. After the closing it is proposed, and counts once a second person
approves: the owner of the measure or the strategy office.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from uuid import UUID

from domain.kernel import clock, permits
from domain.kernel.actor import Actor
from domain.kernel.errors import InvalidInput, NotPermitted
from domain.kernel.ids import new_id
from domain.kernel.permits import Action, Relation
from domain.kernel.work import Work, begin
from domain.scorecards import events, rules, service, service_figures, views
from domain.scorecards.errors import AdjustmentDecided, AdjustmentPending, RevisionMoved
from domain.scorecards.model import Adjustment, Measure
from domain.scorecards.service_figures import NewActual
from domain.scorecards.terms import AdjustmentState, Figure, Known, Quality, Source


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAdjustment:
    """What a month of a measure shall come to; `revision` is the one to be corrected, 0 where there is none."""

    measure_id: UUID
    period: date
    value: Decimal
    unit_of_measure: str | None
    revision: int
    reason: str
    quality: Quality = Quality.CORRECTED
    id: UUID = field(default_factory=new_id)


async def adjust(actor: Actor, new: NewAdjustment, *, key: str) -> UUID:
    """The id of the adjustment: applied, or proposed if its month is closed.

    NotFound; the refusals of a figure; RevisionMoved, AdjustmentPending.
    """
    facts = (new.measure_id, new.period, new.value, new.unit_of_measure, new.revision, new.reason, new.quality)
    async with begin(actor, key=key, intent=("adjust", *facts)) as work:
        if work.replay is not None:
            return UUID(str(work.replay))
        measure = await work.lock(views.MEASURE, Measure, new.measure_id)
        permits.require(Action.ADJUST_ACTUAL, _relations(actor, measure))
        _check(new, measure, today=clock.today(actor.zone))
        is_closed = await _is_closed(work, new.period)
        await _require_revision(work, new.measure_id, new.period, new.revision)
        await _require_none_pending(work, new)
        await (_propose(work, new, measure) if is_closed else _apply_at_once(work, new))
        work.reply(str(new.id))
    return new.id


def _relations(actor: Actor, measure: Measure) -> frozenset[Relation]:
    return service.relations_to(actor, owner_id=measure.owner_id, provider_id=measure.provider_id)


def _check(new: NewAdjustment, measure: Measure, *, today: date) -> None:
    figure = Figure(measure=measure.code, period=new.period, value=new.value, unit_of_measure=new.unit_of_measure)
    known = Known(id=measure.id, unit_of_measure=measure.unit_of_measure, low=measure.low, high=measure.high)
    refusal = rules.of_period(new.period, today) or rules.of_value(figure, known)
    if refusal is not None:
        raise refusal
    rules.check_said(new.reason, "reason")


async def _is_closed(work: Work, period: date) -> bool:
    return any(cycle.is_closed and cycle.holds(period) for cycle in await service_figures.cycles(work))


async def _require_revision(work: Work, measure_id: UUID, period: date, revision: int) -> None:
    found = await work.connection.fetchval(
        "select max(revision) from actual where tenant_id = $1 and measure_id = $2 and period = $3",
        work.actor.tenant_id,
        measure_id,
        period,
    )
    if (found or 0) != revision:
        raise RevisionMoved(found or 0)


async def _require_none_pending(work: Work, new: NewAdjustment) -> None:
    found = await work.connection.fetchval(
        """select id from adjustment
           where tenant_id = $1 and measure_id = $2 and period = $3 and state = 'PROPOSED'""",
        work.actor.tenant_id,
        new.measure_id,
        new.period,
    )
    if found is not None:
        raise AdjustmentPending


async def _propose(work: Work, new: NewAdjustment, measure: Measure) -> None:
    await _insert(work, new, is_after_closing=True, state=AdjustmentState.PROPOSED, actual_id=None)
    hearers = (measure.owner_id,) if measure.owner_id else ()
    work.record(
        events.AdjustmentProposed(
            subject_id=measure.id, adjustment_id=new.id, period=new.period.isoformat(), hearers=hearers
        )
    )


async def _apply_at_once(work: Work, new: NewAdjustment) -> None:
    if new.revision == 0:
        raise InvalidInput("This month has no actual yet: record it.", field="period")
    actual = _actual(new, work.actor.person_id, work.actor.client_id)
    await _add(work, actual, new.id)
    await _insert(work, new, is_after_closing=False, state=AdjustmentState.APPLIED, actual_id=actual.id)


def _actual(new: NewAdjustment, person_id: UUID | None, client_id: UUID | None) -> NewActual:
    return NewActual(
        id=new_id(),
        measure_id=new.measure_id,
        period=new.period,
        revision=new.revision + 1,
        value=new.value,
        quality=new.quality,
        source=Source.PARTNER if client_id else Source.HAND,
        person_id=person_id,
        client_id=client_id,
        reason=new.reason.strip(),
    )


async def _add(work: Work, actual: NewActual, adjustment_id: UUID) -> None:
    before = await service_figures.known(work, [actual.measure_id])
    fresh = await service_figures.add(work, [actual])
    await service_figures.move_key_results(work, fresh, before, await service_figures.cycles(work))
    work.record(
        events.ActualAdjusted(
            subject_id=actual.measure_id,
            adjustment_id=adjustment_id,
            period=actual.period.isoformat(),
            is_after_closing=actual.is_after_closing,
        )
    )


async def _insert(
    work: Work, new: NewAdjustment, *, is_after_closing: bool, state: AdjustmentState, actual_id: UUID | None
) -> None:
    now = clock.now()
    await work.connection.execute(
        """insert into adjustment
             (tenant_id, id, measure_id, period, revision, value, quality, reason, is_after_closing, proposed_by_id,
              client_id, proposed_at, state, decided_at, actual_id)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)""",
        work.actor.tenant_id,
        new.id,
        new.measure_id,
        new.period,
        new.revision,
        new.value,
        new.quality,
        new.reason.strip(),
        is_after_closing,
        work.actor.person_id,
        work.actor.client_id,
        now,
        state,
        now if actual_id else None,
        actual_id,
    )


async def approve(actor: Actor, adjustment_id: UUID, *, key: str, answer: str | None = None) -> UUID:
    """Let a proposed correction count: never one's own. NotFound, AdjustmentDecided, RevisionMoved."""
    async with begin(actor, key=key, intent=("approve_adjustment", adjustment_id, answer)) as work:
        if work.replay is not None:
            return adjustment_id
        asked = await _open(work, adjustment_id)
        measure = await work.lock(views.MEASURE, Measure, asked.measure_id)
        _require_second(actor, asked, measure)
        if answer is not None:
            rules.check_said(answer, "answer")
        await _require_revision(work, asked.measure_id, asked.period, asked.revision)
        actual = NewActual(
            id=new_id(),
            measure_id=asked.measure_id,
            period=asked.period,
            revision=asked.revision + 1,
            value=asked.value,
            quality=Quality(asked.quality),
            source=Source.PARTNER if asked.client_id else Source.HAND,
            person_id=asked.proposed_by_id,
            client_id=asked.client_id,
            approved_by_id=actor.person_id,
            reason=asked.reason,
            is_after_closing=True,
        )
        await _add(work, actual, asked.id)
        await _settle(work, asked, AdjustmentState.APPLIED, answer=answer, actual_id=actual.id)
        work.reply(str(adjustment_id))
    return adjustment_id


async def decline(actor: Actor, adjustment_id: UUID, *, key: str, answer: str) -> UUID:
    """Refuse a proposed correction with a reason. NotFound, AdjustmentDecided."""
    async with begin(actor, key=key, intent=("decline_adjustment", adjustment_id, answer)) as work:
        if work.replay is not None:
            return adjustment_id
        asked = await _open(work, adjustment_id)
        measure = await Measure.get(id=asked.measure_id)
        _require_second(actor, asked, measure)
        rules.check_said(answer, "answer")
        await _settle(work, asked, AdjustmentState.DECLINED, answer=answer)
        _refused(work, asked, AdjustmentState.DECLINED)
        work.reply(str(adjustment_id))
    return adjustment_id


async def withdraw(actor: Actor, adjustment_id: UUID, *, key: str) -> UUID:
    """Take a proposed correction back. NotFound, AdjustmentDecided."""
    async with begin(actor, key=key, intent=("withdraw_adjustment", adjustment_id)) as work:
        if work.replay is not None:
            return adjustment_id
        asked = await _open(work, adjustment_id)
        permits.require(Action.WITHDRAW_ADJUSTMENT, [Relation.PROPOSER] if _is_own(actor, asked) else [])
        await _settle(work, asked, AdjustmentState.WITHDRAWN)
        _refused(work, asked, AdjustmentState.WITHDRAWN)
        work.reply(str(adjustment_id))
    return adjustment_id


async def _open(work: Work, adjustment_id: UUID) -> Adjustment:
    asked = await work.lock(views.ADJUSTMENT, Adjustment, adjustment_id)
    if asked.state != AdjustmentState.PROPOSED:
        raise AdjustmentDecided(asked.state)
    return asked


def _require_second(actor: Actor, asked: Adjustment, measure: Measure) -> None:
    permits.require(Action.DECIDE_ADJUSTMENT, _relations(actor, measure))
    if actor.person_id is None or _is_own(actor, asked):
        raise NotPermitted("A second person decides on this correction.")


def _is_own(actor: Actor, asked: Adjustment) -> bool:
    return actor.id in (asked.proposed_by_id, asked.client_id)


async def _settle(
    work: Work,
    asked: Adjustment,
    state: AdjustmentState,
    *,
    answer: str | None = None,
    actual_id: UUID | None = None,
) -> None:
    await work.connection.execute(
        """update adjustment set state = $3, decided_by_id = $4, decided_at = $5, answer = $6, actual_id = $7
           where tenant_id = $1 and id = $2""",
        work.actor.tenant_id,
        asked.id,
        state,
        work.actor.person_id,
        clock.now(),
        (answer or "").strip() or None,
        actual_id,
    )


def _refused(work: Work, asked: Adjustment, state: AdjustmentState) -> None:
    hearers = (asked.proposed_by_id,) if asked.proposed_by_id else ()
    work.record(
        events.AdjustmentRefused(
            subject_id=asked.measure_id,
            adjustment_id=asked.id,
            period=asked.period.isoformat(),
            state=state,
            hearers=hearers,
        )
    )
