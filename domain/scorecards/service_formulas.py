"""Keeps the formulas of measures: only what can be read, counts in the right unit, and leads in no circle."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from domain.kernel.work import Work
from domain.people import service_rows
from domain.scorecards import rules
from domain.scorecards.errors import FormulaCircular, FormulaInvalid, FormulaUnitMismatch
from domain.scorecards.formulas import ordering, parsing, terms, units
from domain.scorecards.formulas.terms import Expression

FORMULAS = "formulas"
"""The name under which a tenant's formulas are held, by who changes one and by who computes them."""


@dataclass(frozen=True, slots=True)
class Written:
    """A formula as it is written for a measure that is there."""

    measure_id: UUID
    code: str
    unit_of_measure: str
    formula: str


@dataclass(frozen=True, slots=True)
class _Named:
    """What is known of the measures that formulas name, by code."""

    ids: Mapping[str, UUID]
    units: Mapping[str, str]


async def settle(work: Work, formulas: Sequence[Written]) -> None:
    """Check them and keep which measures they name. FormulaInvalid, FormulaUnitMismatch, FormulaCircular."""
    if not formulas:
        return
    await work.wait_for(FORMULAS)
    read = {one.code: parsing.parse(one.formula) for one in formulas}
    named = await _named(work, list({code for expression in read.values() for code in terms.codes(expression)}))
    for one in formulas:
        units.check(read[one.code], named.units, one.unit_of_measure)
    await _refuse_circles(work, read, named)
    await forget(work, [one.measure_id for one in formulas])
    rows = [(one.measure_id, named.ids[code]) for one in formulas for code in sorted(terms.codes(read[one.code]))]
    columns = {"measure_id": "uuid", "input_id": "uuid"}
    await service_rows.insert(work.connection, "measure_input", work.actor.tenant_id, columns=columns, rows=rows)


async def forget(work: Work, measure_ids: Sequence[UUID]) -> None:
    """What the formulas of these measures named."""
    await work.connection.execute(
        "delete from measure_input where tenant_id = $1 and measure_id = any($2)",
        work.actor.tenant_id,
        list(measure_ids),
    )


async def units_of(work: Work, codes: Sequence[str]) -> Mapping[str, str]:
    """The units of measure of the measures that are there, by code."""
    return (await _named(work, codes)).units


async def check_users(work: Work, measure_id: UUID) -> None:
    """FormulaUnitMismatch when a formula that names the measure does not go with its present unit of measure."""
    rows = await work.connection.fetch(
        """select m.code, m.unit_of_measure, m.formula from measure_input i
           join measure m on m.tenant_id = i.tenant_id and m.id = i.measure_id
           where i.tenant_id = $1 and i.input_id = $2 order by m.code""",
        work.actor.tenant_id,
        measure_id,
    )
    read = {row["code"]: parsing.parse(row["formula"]) for row in rows}
    named = await _named(work, list({code for expression in read.values() for code in terms.codes(expression)}))
    for row in rows:
        try:
            units.check(read[row["code"]], named.units, row["unit_of_measure"])
        except FormulaUnitMismatch as refusal:
            raise FormulaUnitMismatch(f"{row['code']} is computed from it. {refusal.message}") from refusal


async def _named(work: Work, codes: Sequence[str]) -> _Named:
    rows = await work.connection.fetch(
        "select id, code, unit_of_measure from measure where tenant_id = $1 and code = any($2)",
        work.actor.tenant_id,
        [code for code in codes if rules.can_be_code(code)],
    )
    return _Named({row["code"]: row["id"] for row in rows}, {row["code"]: row["unit_of_measure"] for row in rows})


async def _refuse_circles(work: Work, read: Mapping[str, Expression], named: _Named) -> None:
    rows = await work.connection.fetch(
        """with recursive above (measure_id, input_id) as (
             select measure_id, input_id from measure_input where tenant_id = $1 and measure_id = any($2)
             union
             select i.measure_id, i.input_id from above a
             join measure_input i on i.tenant_id = $1 and i.measure_id = a.input_id)
           select m.code, n.code as input from above a
           join measure m on m.tenant_id = $1 and m.id = a.measure_id
           join measure n on n.tenant_id = $1 and n.id = a.input_id""",
        work.actor.tenant_id,
        list(named.ids.values()),
    )
    inputs: dict[str, set[str]] = {}
    for row in rows:
        inputs.setdefault(row["code"], set()).add(row["input"])
    inputs |= {code: terms.codes(expression) for code, expression in read.items()}
    for code in read:
        path = ordering.circle(code, inputs)
        if path is not None:
            raise FormulaCircular(path)
    if any(ordering.chain(code, inputs) > ordering.CHAIN_MAX for code in read):
        raise FormulaInvalid(f"At most {ordering.CHAIN_MAX} formulas stand one upon the other.")
