"""Weights as percent that read 100: rounded by the largest remainder, so that no sum shows 99 or 101."""

from collections.abc import Sequence
from decimal import Decimal


def of(weights: Sequence[int], *, decimals: int = 0) -> list[Decimal]:
    """The share of each weight in percent, exactly 100 together; zeros where nothing weighs anything.

    Each is rounded down to so many decimals, and what is left goes to the largest remainders, of equal ones to the
    first. Weights are whole and not negative.
    """
    total, parts = sum(weights), 100 * 10**decimals
    if not total:
        return [Decimal(0)] * len(weights)
    shares = [divmod(weight * parts, total) for weight in weights]
    left = parts - sum(whole for whole, _ in shares)
    first = sorted(range(len(weights)), key=lambda at: (-shares[at][1], at))[:left]
    return [Decimal(whole + (at in first)).scaleb(-decimals) for at, (whole, _) in enumerate(shares)]
