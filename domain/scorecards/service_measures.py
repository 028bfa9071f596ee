"""Use case of measures that are there: they are called, told, expected or computed otherwise."""

from uuid import UUID

from domain.kernel import clock, permits
from domain.kernel.actor import Actor
from domain.kernel.permits import Action
from domain.kernel.work import Work, begin
from domain.scorecards import events, rules, service, service_formulas, views
from domain.scorecards.errors import UnitOfMeasureFixed
from domain.scorecards.model import Measure
from domain.scorecards.service_formulas import Written
from domain.scorecards.terms import MeasureContent


async def change_measure(actor: Actor, measure_id: UUID, content: MeasureContent, *, version: int, key: str) -> UUID:
    """Replace all that can be changed of a measure; its code and its unit stay.

    NotFound, StaleVersion; UnitOfMeasureFixed once it has actuals; the refusals of its formula.
    """
    intent = ("change_measure", measure_id, version, content)
    async with begin(actor, key=key, intent=intent) as work:
        if work.replay is not None:
            return measure_id
        # Before the measure, as the reader of formulas does: who waits for one holds not the other.
        await work.wait_for(service_formulas.FORMULAS)
        measure = await work.lock(views.MEASURE, Measure, measure_id, version=version)
        permits.require(Action.DEFINE_MEASURE, service.relations_of(actor))
        rules.check_content(content)
        await service.require_persons(work, [content.owner_id, content.provider_id])
        await _keep(work, measure, content)
        work.reply(str(measure_id))
    return measure_id


async def _keep(work: Work, measure: Measure, content: MeasureContent) -> None:
    is_other_unit = content.unit_of_measure != measure.unit_of_measure
    if is_other_unit and await _has_actuals(work, measure.id):
        raise UnitOfMeasureFixed(measure.unit_of_measure)
    written, before = (content.formula, content.missing_inputs), (measure.formula, measure.missing_inputs)
    await _write(work, measure, content, is_formula_changed=written != before)
    if content.formula is None:
        await service_formulas.forget(work, [measure.id])
    else:
        named = Written(measure.id, measure.code, content.unit_of_measure, content.formula)
        await service_formulas.settle(work, [named])
    if is_other_unit:
        await service_formulas.check_users(work, measure.id)
    work.record(events.MeasureChanged(subject_id=measure.id, is_formula_changed=written != before))


async def _has_actuals(work: Work, measure_id: UUID) -> bool:
    found = await work.connection.fetchval(
        "select exists (select from actual where tenant_id = $1 and measure_id = $2)",
        work.actor.tenant_id,
        measure_id,
    )
    return bool(found)


async def _write(work: Work, measure: Measure, content: MeasureContent, *, is_formula_changed: bool) -> None:
    formula_at = clock.now() if is_formula_changed else measure.formula_at
    await work.connection.execute(
        """update measure set name = $3, name_zh = $4, unit_of_measure = $5, low = $6, high = $7, owner_id = $8,
             provider_id = $9, lag_days = $10, formula = $11, missing_inputs = $12, formula_at = $13,
             version = version + 1
           where tenant_id = $1 and id = $2""",
        work.actor.tenant_id,
        measure.id,
        content.name,
        content.name_zh,
        content.unit_of_measure,
        content.low,
        content.high,
        content.owner_id,
        content.provider_id,
        content.lag_days,
        content.formula,
        content.missing_inputs,
        None if content.formula is None else formula_at,
    )
