"""Computes a formula without keeping anything: how an analyst tries one before it is written for a measure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from domain.kernel import numbers
from domain.kernel.actor import Actor, Scope
from domain.kernel.errors import InvalidInput, NotPermitted
from domain.kernel.work import Work, begin
from domain.people import rules as people
from domain.scorecards import service_formulas
from domain.scorecards.formulas import evaluating, parsing, terms, units
from domain.scorecards.formulas.evaluating import Outcome
from domain.scorecards.terms import Missing, MissingInputs

GIVEN_MAX = 400
_READ = frozenset({Scope.MEASURES_READ, Scope.ACTUALS_WRITE})
Given = Mapping[tuple[str, date], Decimal]
"""Values by code and month."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What the formula comes to, in which unit of measure, and the measures that it names."""

    outcome: Outcome
    unit_of_measure: str | None
    """None if it is zero in every unit."""
    codes: tuple[str, ...]


async def formula(actor: Actor, text: str, period: date, given: Given, *, missing: MissingInputs) -> Preview:
    """With the given values, and those that were told for what is not given. FormulaInvalid, FormulaUnitMismatch."""
    if actor.person_id is None and actor.scopes.isdisjoint(_READ):
        raise NotPermitted("Reading measures needs the scope measures:read.")
    _check(period, given)
    expression = parsing.parse(text)
    named = sorted(terms.codes(expression))
    async with begin(actor) as work:
        unit = units.of(expression, await service_formulas.units_of(work, named))
        told = await _told(work, named, period)
    known: Mapping[tuple[str, date], Decimal | Missing] = {**told, **given}
    return Preview(
        outcome=evaluating.evaluate(expression, period, lambda code, month: known.get((code, month)), missing),
        unit_of_measure=None if unit is None else units.write(unit),
        codes=tuple(named),
    )


def _check(period: date, given: Given) -> None:
    if len(given) > GIVEN_MAX:
        raise InvalidInput(f"Give at most {GIVEN_MAX} values.", field="inputs")
    for month in (period, *(at for _, at in given)):
        if month.day != 1 or not people.FIRST_DAY <= month < people.LAST_DAY:
            raise InvalidInput("Name a month by its first day, such as 2013-07-01.", field="period")
    if not all(numbers.is_storable(value) for value in given.values()):
        raise InvalidInput("This is not a number of a sensible size.", field="inputs")


async def _told(work: Work, codes: list[str], period: date) -> dict[tuple[str, date], Decimal | Missing]:
    rows = await work.connection.fetch(
        """select m.code, a.period, a.value, a.missing from measure m
           join current_actual a on a.tenant_id = m.tenant_id and a.measure_id = m.id
           where m.tenant_id = $1 and m.code = any($2) and a.period between $3 and $4""",
        work.actor.tenant_id,
        codes,
        evaluating.months_before(period, parsing.MONTHS_BACK_MAX),
        period,
    )
    return {
        (row["code"], row["period"]): Missing(row["missing"]) if row["value"] is None else row["value"] for row in rows
    }
