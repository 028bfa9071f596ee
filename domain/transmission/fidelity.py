"""How faithfully a strategy arrives: emphasis, and the indexes that are made of parts. Domain's paper, 2.2.5 and 2.2.6.

Exact fractions, rounded half up at twenty decimals where a part ends. An index is the geometric mean of its parts: one
that is zero makes it zero, and it has no value while one of them is missing.
"""

from collections.abc import Hashable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

from domain.objectives.cascading.coverage import rounded
from domain.scorecards.scoring import aggregates
from domain.scorecards.scoring.terms import Aggregation
from domain.transmission.terms import Found, Missing, Part, lacking

Key = TypeVar("Key", bound=Hashable)
PLACES = 20
OVER_ASSIGNMENT_MAX = Decimal("1.1")
"""1 + the buffer that is approved for the sum of the lowest slices: a policy of ours."""
DISTANCE_MAX = Decimal("0.25")
"""A07: further apart, what is declared, weighed and lived is said to be ambiguous."""
LIMITS: Mapping[Part, Decimal] = {
    Part.OVER_ASSIGNMENT: OVER_ASSIGNMENT_MAX,
    Part.EFFECTIVE_TO_NOMINAL: DISTANCE_MAX,
    Part.EFFECTIVE_TO_DECLARED: DISTANCE_MAX,
    Part.NOMINAL_TO_DECLARED: DISTANCE_MAX,
}
"""Above which a part is an alarm."""


def is_alarm(part: Part, value: Decimal | None) -> bool | None:
    """Whether the part is above its limit; None where it has no limit or no value."""
    return None if value is None or part not in LIMITS else value > LIMITS[part]


def parts_of(weights: Mapping[Key, int | Fraction]) -> Mapping[Key, Fraction]:
    """Weights as parts of one; empty where nothing weighs anything."""
    total = sum(map(Fraction, weights.values()), Fraction(0))
    return {key: Fraction(weight) / total for key, weight in weights.items()} if total else {}


def distance(left: Mapping[Key, Fraction], right: Mapping[Key, Fraction]) -> Fraction:
    """The total variation of two distributions, ½Σ|p - q|: 0 for the same, 1 for disjoint ones.

    An effective weight may be negative: then it can exceed 1.
    """
    nothing = Fraction(0)
    return sum((abs(left.get(key, nothing) - right.get(key, nothing)) for key in {*left, *right}), nothing) / 2


def agreement(left: Mapping[Key, Fraction], right: Mapping[Key, Fraction]) -> Fraction:
    """1 - the distance: how alike two distributions are, as what is recognised and what objectives weigh."""
    return 1 - distance(left, right)


def emphasis(declared: Mapping[str, int], given: Mapping[str, Fraction]) -> Fraction | None:
    """How alike declared weights of themes and the parts that goals give them are; what is left of one is unaligned.

    None where no theme weighs anything.
    """
    wanted = parts_of(declared)
    if not wanted:
        return None
    unaligned = 1 - sum(given.values(), Fraction(0))
    return agreement({**wanted, None: Fraction(0)}, {**given, None: unaligned})


def structure(carried: Found, reach: Found) -> Found:
    """What arrives of the structure: the carried share; the reach of objectives where no target was thrown down."""
    if carried.value is not None:
        return carried
    return reach if reach.value is not None else lacking(Missing.LACKS_PARTS, Part.CARRIED, Part.OBJECTIVE_REACH)


def transmission(parts: Mapping[Part, Found]) -> Found:
    """STF: the geometric mean of structure, emphasis and what people recall."""
    return index({part: parts[part] for part in (Part.STRUCTURE, Part.EMPHASIS, Part.RECALL)})


def synergy(parts: Mapping[Part, Found]) -> Found:
    """The geometric mean of STF, interlock coverage, promises kept across units, and 1 - the share of conflicts."""
    conflicts = parts[Part.CONFLICTS]
    peace = Found(None if conflicts.value is None else 1 - conflicts.value, conflicts.n, conflicts.missing)
    taken = (Part.TRANSMISSION_FIDELITY, Part.INTERLOCK_COVERAGE, Part.PROMISES_ACROSS)
    return index({part: parts[part] for part in taken} | {Part.CONFLICTS: peace})


def index(parts: Mapping[Part, Found]) -> Found:
    """The geometric mean of all parts; without a value, and saying which, while one is missing."""
    known = {part: found.value for part, found in parts.items() if found.value is not None}
    if len(known) < len(parts):
        return lacking(Missing.LACKS_PARTS, *(part for part in parts if part not in known))
    return Found(geometric(list(known.values())), len(parts))


def geometric(values: list[Decimal]) -> Decimal:
    """The geometric mean, half up at twenty decimals; zero where one value is zero or below."""
    found = aggregates.aggregate(Aggregation.GEOMETRIC, [(1, value) for value in values])
    assert found is not None
    return found


def ratio(part: Fraction | Decimal | int, whole: Fraction | Decimal | int) -> Decimal:
    """At twenty decimals, half up."""
    return rounded(Fraction(part) / Fraction(whole), PLACES)
