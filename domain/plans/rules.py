"""What a version of an annual plan may be, and which lines a request comes to."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from domain.kernel.errors import InvalidInput
from domain.kernel.numbers import plain
from domain.people import rules as people
from domain.plans import checks
from domain.plans.errors import PlanNotDraft, PlanNotSubmitted, ProfitDiffers
from domain.plans.terms import MONEY, Account, Cell, Line, NewPlan, PlanRow, PlanState, StatedTotal, Tree

MONTHS = 12
LINES_MAX = 5000
"""Amounts that one request may write."""
ROWS_MAX = LINES_MAX // MONTHS
STATED_MAX = 500
CELLS_PER_PLAN_MAX = 24
"""How many accounts, volumes counted by what they are measured in, one plan may have."""
HEADS = "FTE"
"""What headcount is counted in: full-time equivalents."""


def check_plan(plan: NewPlan) -> None:
    """InvalidInput unless names, year, currency and dates are what they should be."""
    checks.check_names(plan.name, plan.name_zh)
    checks.check_year(plan.year)
    checks.check_currency(plan.currency)
    begins = first_day(plan)
    if begins.day != 1 or abs(begins.year - plan.year) > 1:
        raise InvalidInput("A plan begins on the first day of a month in or next to its year.", field="startsOn")
    if plan.tree_on is not None and not people.FIRST_DAY <= plan.tree_on < people.LAST_DAY:
        raise InvalidInput("The tree of units is not known on this day.", field="treeOn")


def first_day(plan: NewPlan) -> date:
    """The first day of its first month."""
    return plan.starts_on or date(plan.year, 1, 1)


def months(starts_on: date) -> list[date]:
    """The first days of its twelve months."""
    first = starts_on.year * MONTHS + starts_on.month - 1
    return [date(number // MONTHS, number % MONTHS + 1, 1) for number in range(first, first + MONTHS)]


def check_request(rows: Sequence[PlanRow], stated: Sequence[StatedTotal]) -> None:
    """InvalidInput for a request that holds nothing, or more than is written at once."""
    if not rows and not stated:
        raise InvalidInput("Send rows or stated totals.", field="rows")
    if len(rows) > ROWS_MAX:
        raise InvalidInput(f"Send at most {ROWS_MAX} rows at once, {LINES_MAX} lines.", field="rows")
    if len(stated) > STATED_MAX:
        raise InvalidInput(f"Send at most {STATED_MAX} stated totals at once.", field="statedTotals")


def lines(rows: Sequence[PlanRow], tree: Tree) -> list[Line]:
    """Each month of each row. InvalidInput with the path of the mistake; units must stand in the tree."""
    found: list[Line] = []
    periods = months(tree.starts_on)
    seen: set[Cell] = set()
    for at, row in enumerate(rows):
        cell = _cell(row, tree, f"rows.{at}")
        if cell in seen:
            raise InvalidInput("An earlier row has the same unit, account and unit of measure.", field=f"rows.{at}")
        seen.add(cell)
        if len(row.amounts) != MONTHS:
            raise InvalidInput("A row has twelve amounts, null for a month without one.", field=f"rows.{at}.amounts")
        for month, (period, amount) in enumerate(zip(periods, row.amounts, strict=True)):
            _check_amount(row.account, amount, f"rows.{at}.amounts.{month}")
            found.append(Line(cell, period, amount))
    return found


def stated(totals: Sequence[StatedTotal], tree: Tree) -> dict[Cell, Decimal | None]:
    """What is stated, by its place. InvalidInput with the path of the mistake."""
    found: dict[Cell, Decimal | None] = {}
    for at, total in enumerate(totals):
        cell = _cell(total, tree, f"statedTotals.{at}")
        if cell in found:
            raise InvalidInput("An earlier total states the same.", field=f"statedTotals.{at}")
        _check_amount(total.account, total.amount, f"statedTotals.{at}.amount")
        found[cell] = total.amount
    return found


def check_profits(given: Sequence[Line], computed: Mapping[tuple[Cell, date], Decimal]) -> None:
    """ProfitDiffers for the first given profit that is not revenue minus cost; without both of them it is 0."""
    for line in given:
        is_so = computed.get((line.cell, line.period), Decimal(0))
        if line.amount is not None and line.amount != is_so:
            month = f"{line.period:%Y-%m}"
            raise ProfitDiffers(
                f"The profit given for {month} is {plain(line.amount)}, but revenue minus cost is {plain(is_so)}."
            )


def require_draft(state: str) -> None:
    """PlanNotDraft unless it may be written."""
    if state != PlanState.DRAFT:
        raise PlanNotDraft


def require_submitted(state: str) -> None:
    """PlanNotSubmitted unless it waits for a decision."""
    if state != PlanState.SUBMITTED:
        raise PlanNotSubmitted


def counted_in(account: Account, unit_of_measure: str | None, currency: str, *, path: str = "unitOfMeasure") -> str:
    """What amounts of an account are counted in. InvalidInput for a volume of nothing, and for other money."""
    if account is Account.VOLUME:
        if unit_of_measure is None:
            raise InvalidInput("Say what the volume is counted in, such as flights.", field=path)
        checks.check_unit_of_measure(unit_of_measure, path)
        return unit_of_measure
    usual = currency if account in MONEY else HEADS
    if unit_of_measure not in (None, usual):
        raise InvalidInput(f"{account} is counted in {usual} here.", field=path)
    return usual


def _cell(given: PlanRow | StatedTotal, tree: Tree, path: str) -> Cell:
    unit_id = tree.units.get(given.unit)
    if unit_id is None:
        raise InvalidInput(f"No unit of the plan's tree has the code {given.unit[:64]!r}.", field=f"{path}.unit")
    measure = counted_in(given.account, given.unit_of_measure, tree.currency, path=f"{path}.unitOfMeasure")
    return Cell(unit_id, given.account, measure)


def _check_amount(account: Account, amount: Decimal | None, path: str) -> None:
    if amount is None:
        return
    checks.check_amount(amount, path)
    if amount < 0 and account in (Account.VOLUME, Account.HEADCOUNT):
        raise InvalidInput(f"{account} cannot be negative.", field=path)
