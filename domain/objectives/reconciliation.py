"""Whether the targets that objectives promise are those of the plan that they are derived from."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Context, Decimal
from enum import StrEnum

_EXACT = Context(prec=80)


class Agreement(StrEnum):
    """How promised targets stand to what is planned."""

    AGREES = "AGREES"
    DIFFERS = "DIFFERS"
    NO_TARGET = "NO_TARGET"
    SEVERAL_TARGETS = "SEVERAL_TARGETS"
    """The same measure has targets that differ from one another: one of them needs an owner who decides."""
    OTHER_UNIT = "OTHER_UNIT"
    """A target is counted in something else, so that nothing can be compared."""


@dataclass(frozen=True, slots=True)
class Target:
    """What a promised key result shall reach, and in what it is counted."""

    value: Decimal
    unit_of_measure: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """`difference` is how much more is promised than planned, where one target stands against the plan."""

    agreement: Agreement
    target: Decimal | None = None
    difference: Decimal | None = None


def compare(planned: Decimal, unit_of_measure: str, targets: Sequence[Target]) -> Verdict:
    """Equal targets of several objectives are one; nothing is tolerated."""
    if not targets:
        return Verdict(Agreement.NO_TARGET)
    if any(target.unit_of_measure != unit_of_measure for target in targets):
        return Verdict(Agreement.OTHER_UNIT)
    values = {target.value for target in targets}
    if len(values) > 1:
        return Verdict(Agreement.SEVERAL_TARGETS)
    [value] = values
    difference = _EXACT.subtract(value, planned)
    return Verdict(Agreement.DIFFERS if difference else Agreement.AGREES, value, difference)
