"""Weights as percent that read 100: rounded by the largest remainder, so that no sum shows 99 or 101."""

from collections.abc import Sequence
from decimal import Decimal


def of(weights: Sequence[int], *, decimals: int = 0) -> list[Decimal]:
    """The share of each weight in percent, exactly 100 together; zeros where nothing weighs anything."""
    return [Decimal(part).scaleb(-decimals) for part in apportioned(100 * 10**decimals, weights)]


def apportioned(whole: int, weights: Sequence[int]) -> list[int]:
    """A whole number divided by weight into whole parts that add up to it; zeros where nothing weighs anything.

    Each is rounded down, and what is left goes to the largest remainders, of equal ones to the first. Weights are
    whole and not negative.
    """
    total = sum(weights)
    if not total:
        return [0] * len(weights)
    shares = [divmod(weight * whole, total) for weight in weights]
    left = whole - sum(part for part, _ in shares)
    first = set(sorted(range(len(weights)), key=lambda at: (-shares[at][1], at))[:left])
    return [part + (at in first) for at, (part, _) in enumerate(shares)]
