"""Which numbers can be kept: one rule for every slice, judged before anything is computed with them."""

from decimal import Decimal

NUMBER_MAX = Decimal(10) ** 18
DECIMALS_MAX = 20


def is_sensible(value: Decimal) -> bool:
    """A finite number between -10**18 and 10**18."""
    # The size is read off the exponent first: `abs` rounds, and overflows on 1E+1000000.
    return value.is_finite() and value.adjusted() <= NUMBER_MAX.adjusted() and value.copy_abs() <= NUMBER_MAX


def is_fine_enough(value: Decimal) -> bool:
    """A finite number of at most 20 decimals as it is written."""
    exponent = value.as_tuple().exponent
    return isinstance(exponent, int) and exponent >= -DECIMALS_MAX


def is_storable(value: Decimal) -> bool:
    """Both of sensible size and fine enough."""
    return is_sensible(value) and is_fine_enough(value)


def plain(value: Decimal) -> str:
    """The number without exponent and trailing zeros: `12.5`, `100`, `0`."""
    if value == 0:
        return "0"
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
