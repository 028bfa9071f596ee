"""Divides a target: by equal parts, weights, history, capacity, or history and capacity together, within bounds.

Section 2.2.2 of the domain's paper. Slices and reserve add up to the total exactly: what rounding leaves goes to the
largest remainders. Within bounds each slice is in proportion to its basis until it meets one ("water-filling"): the
slices are b·λ, held between low and high, for the one λ at which they add up. Without bounds no slice has another sign
than what is divided.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction
from math import ceil, floor

from domain.kernel import numbers
from domain.kernel.errors import InvalidInput
from domain.objectives.cascading.errors import SplitImpossible
from domain.objectives.cascading.terms import Division, Part, SplitMethod

PARTS_MAX = 200
DECIMALS = 2
"""Slices have at least as many decimals as this, and as many as the total and the reserve."""


@dataclass(frozen=True, slots=True)
class _Slot:
    """A part in units of the finest step: its basis and its bounds; None is no bound."""

    name: str
    basis: Fraction
    low: int | None
    high: int | None

    def at(self, level: Fraction) -> Fraction:
        """How much it takes when the water stands at this level."""
        wanted = self.basis * level
        if self.low is not None and wanted < self.low:
            return Fraction(self.low)
        return Fraction(self.high) if self.high is not None and wanted > self.high else wanted


def divide(total: Decimal, parts: Sequence[Part], division: Division) -> tuple[Decimal, ...]:
    """The slices in the order of the parts; InvalidInput or SplitImpossible, which says what stands in the way."""
    _check(total, parts, division)
    if division.method is SplitMethod.GIVEN:
        return tuple(_given(part, at, whole=division.whole) for at, part in enumerate(parts))
    decimals = _decimals(total, division)
    units = _units(total, decimals) - _units(division.reserve, decimals)
    slots = _slots(units, parts, _basis(parts, division), decimals)
    with localcontext(prec=60):
        return tuple(Decimal(one).scaleb(-decimals) for one in _filled(units, slots, decimals))


def _check(total: Decimal, parts: Sequence[Part], division: Division) -> None:
    if not 1 <= len(parts) <= PARTS_MAX:
        raise InvalidInput(f"A target is divided among 1 to {PARTS_MAX} receivers.", field="receivers")
    for value, field in ((total, "total"), (division.reserve, "reserve")):
        _check_number(value, field)
    for at, part in enumerate(parts):
        for name in ("history", "capacity", "amount", "low", "high"):
            value: Decimal | None = getattr(part, name)
            if value is not None:
                _check_number(value, f"receivers.{at}.{name}")
        if part.low is not None and part.high is not None and part.low > part.high:
            raise SplitImpossible(f"The lowest slice of {part.name} lies above its highest.")


def _check_number(value: Decimal, field: str) -> None:
    if not numbers.is_storable(value):
        raise InvalidInput("This is not a number of a sensible size and fineness.", field=field)


def _given(part: Part, at: int, *, whole: bool) -> Decimal:
    if part.amount is None:
        raise InvalidInput(f"Say how much {part.name} gets.", field=f"receivers.{at}.amount")
    if whole and part.amount % 1:
        raise SplitImpossible(f"{part.name} shall get whole units, and {part.amount.normalize():f} is none.")
    return part.amount


def _decimals(total: Decimal, division: Division) -> int:
    needed = max(_decimals_of(total), _decimals_of(division.reserve))
    if not division.whole:
        return max(DECIMALS, needed)
    if _decimals_of(_exact_difference(total, division.reserve)):
        raise SplitImpossible(
            "What is left without the reserve is no whole number, so that whole slices cannot add up."
        )
    return needed


def _exact_difference(total: Decimal, reserve: Decimal) -> Decimal:
    with localcontext(prec=60):
        return total - reserve


def _decimals_of(value: Decimal) -> int:
    with localcontext(prec=60):
        exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _units(value: Decimal, decimals: int) -> int:
    return int(Fraction(value) * 10**decimals)


def _basis(parts: Sequence[Part], division: Division) -> list[Fraction]:
    match division.method:
        case SplitMethod.WEIGHT:
            return _column(parts, "weight", lambda part: part.weight)
        case SplitMethod.HISTORY:
            return _column(parts, "history", lambda part: part.history)
        case SplitMethod.CAPACITY:
            return _column(parts, "capacity", lambda part: part.capacity)
        case SplitMethod.HYBRID:
            return _hybrid(parts, division.history_share)
        case _:
            return [Fraction(1)] * len(parts)


def _hybrid(parts: Sequence[Part], history_share: Decimal | None) -> list[Fraction]:
    """λ·history + (1-λ)·capacity, each as a part of its sum."""
    if history_share is None or not 0 <= history_share <= 1:
        raise InvalidInput("The share of history goes from 0 to 1.", field="historyShare")
    share = Fraction(history_share)
    history = _column(parts, "history", lambda part: part.history)
    capacity = _column(parts, "capacity", lambda part: part.capacity)
    total = sum(history), sum(capacity)
    pairs = zip(history, capacity, strict=True)
    return [share * one / total[0] + (1 - share) * other / total[1] for one, other in pairs]


def _column(parts: Sequence[Part], name: str, take: Callable[[Part], int | Decimal | None]) -> list[Fraction]:
    found: list[Fraction] = []
    for at, part in enumerate(parts):
        value = take(part)
        if value is None or value < 0:
            raise InvalidInput(f"Say the {name} of {part.name}, 0 or more.", field=f"receivers.{at}.{name}")
        found.append(Fraction(value))
    if not any(found):
        raise InvalidInput(f"Nobody has any {name} to divide by.", field=f"receivers.0.{name}")
    return found


def _slots(units: int, parts: Sequence[Part], basis: Sequence[Fraction], decimals: int) -> list[_Slot]:
    """Bounds are drawn in to whole steps; where none is said, no slice has another sign than what is divided."""
    step = 10**decimals
    return [
        _Slot(
            part.name,
            one,
            (0 if units >= 0 else None) if part.low is None else ceil(Fraction(part.low) * step),
            (0 if units <= 0 else None) if part.high is None else floor(Fraction(part.high) * step),
        )
        for part, one in zip(parts, basis, strict=True)
    ]


def _filled(units: int, slots: Sequence[_Slot], decimals: int) -> list[int]:
    _check_feasible(units, slots, decimals)
    level = _level(units, slots)
    exact = [slot.at(level) for slot in slots]
    slices = [floor(one) for one in exact]
    left = units - sum(slices)
    by_remainder = sorted(range(len(slots)), key=lambda at: (slices[at] - exact[at], at))
    for at in by_remainder[:left]:
        slices[at] += 1
    return slices


def _check_feasible(units: int, slots: Sequence[_Slot], decimals: int) -> None:
    """SplitImpossible unless the slices can add up; who brings nothing to a division gets what their bounds demand."""
    for slot in slots:
        if slot.low is not None and slot.high is not None and slot.low > slot.high:
            raise SplitImpossible(f"The bounds of {slot.name} leave no room for a slice.")
    lowest = [slot.low if slot.basis else int(slot.at(Fraction(0))) for slot in slots]
    highest = [slot.high if slot.basis else int(slot.at(Fraction(0))) for slot in slots]
    names, wanted = [slot.name for slot in slots], _shown(units, decimals)
    if (least := _sum(lowest)) is not None and least > units:
        together, bounds = _shown(least, decimals), _named(names, lowest, decimals)
        raise SplitImpossible(f"The lowest slices are {together}, more than the {wanted} to be divided: {bounds}.")
    if (most := _sum(highest)) is not None and most < units:
        together, bounds = _shown(most, decimals), _named(names, highest, decimals)
        raise SplitImpossible(f"The highest slices are {together}, less than the {wanted} to be divided: {bounds}.")


def _sum(bounds: Sequence[int | None]) -> int | None:
    """All together; None if one of them has no bound."""
    known = [one for one in bounds if one is not None]
    return sum(known) if len(known) == len(bounds) else None


def _shown(units: int, decimals: int) -> str:
    return f"{Decimal(units).scaleb(-decimals).normalize():f}"


def _named(names: Sequence[str], bounds: Sequence[int | None], decimals: int) -> str:
    pairs = zip(names, bounds, strict=True)
    return ", ".join(f"{name} {_shown(bound, decimals)}" for name, bound in pairs if bound) or "all 0"


def _level(units: int, slots: Sequence[_Slot]) -> Fraction:
    """The level at which the slots hold so much together: what they hold rises with it, in straight pieces."""
    bounds = [
        bound / slot.basis for slot in slots if slot.basis for bound in (slot.low, slot.high) if bound is not None
    ]
    corners = sorted(set(bounds))
    first, last = 0, len(corners)
    while first < last:
        middle = (first + last) // 2
        if sum(slot.at(corners[middle]) for slot in slots) < units:
            first = middle + 1
        else:
            last = middle
    return _between(units, slots, corners, first)


def _between(units: int, slots: Sequence[_Slot], corners: Sequence[Fraction], at: int) -> Fraction:
    """The level between the corners before and at this place, where those that meet no bound rise together."""
    if at < len(corners) and sum(slot.at(corners[at]) for slot in slots) == units:
        return corners[at]
    inside = (corners[at - 1] if at else None, corners[at] if at < len(corners) else None)
    probe = _probe(*inside)
    rising = [slot for slot in slots if slot.basis and slot.at(probe) == slot.basis * probe]
    held = sum(slot.at(probe) for slot in slots if slot not in rising)
    return (units - held) / sum((slot.basis for slot in rising), Fraction(0))


def _probe(before: Fraction | None, behind: Fraction | None) -> Fraction:
    """A level in a piece."""
    if before is None:
        return Fraction(0) if behind is None else behind - 1
    return before + 1 if behind is None else (before + behind) / 2
