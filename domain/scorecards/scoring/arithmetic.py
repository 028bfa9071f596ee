"""The one way to compute: a fixed context, and rounding half up at twenty decimals where a level ends."""

from collections.abc import Callable, Sequence
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext
from functools import wraps
from itertools import pairwise
from typing import ParamSpec, TypeVar

from domain.kernel.errors import InvalidInput
from domain.objectives.progress import FINEST

ZERO = Decimal(0)
ONE = Decimal(1)
HUNDRED = Decimal(100)
EXACT = Context(prec=120, rounding=ROUND_HALF_UP)
"""Holds sums and products of three numbers below 10**18 with twenty decimals without rounding, and tells every quotient
of such numbers from a tie, so that nothing is rounded up twice."""

Given = ParamSpec("Given")
Result = TypeVar("Result")


def exact(function: Callable[Given, Result]) -> Callable[Given, Result]:
    """The function, computing in the fixed context whatever that of the thread is."""

    @wraps(function)
    def computing(*args: Given.args, **kwargs: Given.kwargs) -> Result:
        with localcontext(EXACT):
            return function(*args, **kwargs)

    return computing


def finest(value: Decimal) -> Decimal:
    """Where a level ends: half up at twenty decimals, and never a negative zero."""
    return value.quantize(FINEST, context=EXACT) + ZERO


@exact
def shown(value: Decimal, decimals: int) -> Decimal:
    """For people: half up. 0.35 is 0.4 to one decimal, where binary numbers make 0.3 of it."""
    return value.quantize(Decimal(1).scaleb(-decimals)) + ZERO


def bounded(value: Decimal, low: Decimal | None, high: Decimal | None) -> Decimal:
    """Not below the floor, not above the cap; either may be missing."""
    if low is not None and value < low:
        return low
    return high if high is not None and value > high else value


def crossed(floor: Decimal | None, cap: Decimal | None) -> bool:
    """Whether the floor does not lie below the cap; either may be missing."""
    return floor is not None and cap is not None and floor >= cap


def refuse(wrong: bool, message: str, field: str) -> None:  # noqa: FBT001 - the condition is what is refused
    """InvalidInput if something is wrong with the field."""
    if wrong:
        raise InvalidInput(message, field=field)


def rises(values: Sequence[Decimal]) -> bool:
    """Each above the one before."""
    return all(low < high for low, high in pairwise(values))


def goes_one_way(values: Sequence[Decimal]) -> bool:
    """Never down, or never up."""
    steps = list(pairwise(values))
    return all(low <= high for low, high in steps) or all(low >= high for low, high in steps)
