"""Refusals of single figures. Each has its own class, so that a partner's program can tell them apart."""

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
    help = "Ask the strategy office: what people were judged by does not change any more."


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
    help = "An actual is recorded once and stays."


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
    )
}
"""By their codes, as a receipt stores them."""
