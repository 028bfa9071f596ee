"""Refusals of single figures. Each has its own class, so that a partner's program can tell them apart."""

from collections.abc import Sequence

from domain.kernel.errors import DomainError


class FigureRefused(DomainError):
    """One figure of a request was not recorded; the others are not touched by it."""

    code = "figure_refused"


class UnknownMeasure(FigureRefused):
    """No measure has this code."""

    code = "unknown_measure"
    help = "Read `measures` for the codes."


class UnitMismatch(FigureRefused):
    """The figure comes without a unit of measure, or in another one."""

    code = "unit_mismatch"
    help = "Convert the value and name the measure's unit exactly as it is written."


class InvalidPeriod(FigureRefused):
    """The period is not the first day of a month."""

    code = "invalid_period"
    help = "Name a month by its first day, such as 2013-07-01."


class PeriodInFuture(FigureRefused):
    """The month is not over."""

    code = "period_in_future"
    help = "Send it when the month is over: an actual is recorded once and stays."


class PeriodClosed(FigureRefused):
    """The figure is late: the month lies in a cycle that is closed."""

    code = "period_closed"
    help = "Use `adjustActual` and say why: after the closing it counts once a second person approves."


class ImplausibleValue(FigureRefused):
    """The value lies outside of the measure's plausible limits."""

    code = "implausible_value"
    help = "Check the value and its unit of measure."


class DuplicateInRequest(FigureRefused):
    """An earlier figure of the same request has the same measure and month."""

    code = "duplicate_in_request"
    help = "Send one figure for each measure and month."


class DuplicateActual(FigureRefused):
    """The measure has an actual for this month."""

    code = "duplicate_actual"
    help = "An actual is recorded once and stays; `adjustActual` corrects it and says why."


class CalculatedMeasure(FigureRefused):
    """The measure is computed from others."""

    code = "calculated_measure"
    help = "Record the measures that its formula names."


class NotProvider(FigureRefused):
    """Who tells the figure is not the one who tells this measure's."""

    code = "not_provider"
    help = "Ask the strategy office to name you as the provider of this measure."


KINDS: dict[str, type[FigureRefused]] = {
    kind.code: kind
    for kind in (
        UnknownMeasure,
        UnitMismatch,
        InvalidPeriod,
        PeriodInFuture,
        PeriodClosed,
        ImplausibleValue,
        DuplicateInRequest,
        DuplicateActual,
        CalculatedMeasure,
        NotProvider,
    )
}
"""By their codes, as a receipt stores them."""


class UnitOfMeasureFixed(DomainError):
    """The measure has actuals, which are counted in its unit of measure."""

    code = "unit_of_measure_fixed"
    help = "Define another measure in the other unit; a formula can convert this one's figures."

    def __init__(self, unit_of_measure: str) -> None:
        super().__init__(f"Actuals are counted in {unit_of_measure} already.")


class FormulaInvalid(DomainError):
    """The formula cannot be read, or names what there is not."""

    code = "formula_invalid"

    def __init__(self, message: str, *, position: int | None = None, help: str | None = None) -> None:
        super().__init__(message, help=help)
        self.position = position
        """At which character of the formula, from 1."""


class FormulaUnitMismatch(DomainError):
    """The units of measure do not go together."""

    code = "formula_unit_mismatch"


class FormulaCircular(DomainError):
    """The measure would be computed from itself."""

    code = "formula_circular"
    help = "Leave one of these references out."

    def __init__(self, path: Sequence[str]) -> None:
        super().__init__(f"This would compute a measure from itself: {' → '.join(path)}.")
        self.path = tuple(path)


class RevisionMoved(DomainError):
    """The month has another revision than the one that was to be corrected."""

    code = "revision_moved"
    help = "Look at the newest revision, then decide again."

    def __init__(self, revision: int) -> None:
        super().__init__(f"This month is at revision {revision}." if revision else "This month has no actual.")


class AdjustmentPending(DomainError):
    """A correction of this month waits for its decision."""

    code = "adjustment_pending"
    help = "Decide it or withdraw it first."

    def __init__(self) -> None:
        super().__init__("A correction of this month waits for a decision already.")


class AdjustmentDecided(DomainError):
    """The correction waits for no decision."""

    code = "adjustment_decided"

    def __init__(self, state: str) -> None:
        super().__init__(f"This correction was {state.lower()} already.")
