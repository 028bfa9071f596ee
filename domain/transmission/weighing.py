"""What the perspectives of a scorecard are said to weigh, weigh, and move: A07 and section 2.1.4 of the domain's paper.

Declared is what the mode of the unit says, nominal what its card says, effective how much of the differences from month
to month a perspective makes. The further they are apart, the less people can know what counts.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from domain.scorecards.scoring import effective
from domain.transmission import fidelity
from domain.transmission.terms import Found, Missing, Part, PerspectiveShare, lacking


@dataclass(frozen=True, slots=True)
class Weighed:
    """A perspective of a card: its name and its relative weight."""

    name: str
    name_zh: str | None
    weight: int


Shares = Mapping[str, Fraction]


Months = Sequence[Mapping[str, Decimal]]


def compared(nominal: Mapping[str, int], months: Months) -> Months:
    """The months in which every perspective that weighs something was scored: no others are compared."""
    codes = [code for code, weight in nominal.items() if weight]
    return [month for month in months if all(code in month for code in codes)] if codes else ()


def effective_shares(nominal: Mapping[str, int], months: Months) -> Shares | None:
    """What each perspective moved over the months that are compared; None for fewer than three, or for months that are
    all alike."""
    codes = [code for code, weight in nominal.items() if weight]
    rows = [[month[code] for code in codes] for month in compared(nominal, months)]
    found = effective.weights([nominal[code] for code in codes], rows) if codes else None
    return None if found is None else {code: Fraction(one) for code, one in zip(codes, found, strict=True)}


def distances(declared: Shares, nominal: Shares | None, moved: Shares | None, months: int) -> Mapping[Part, Found]:
    """How far the three are apart, each from each; `moved` is learnt from so many months."""
    if not nominal:
        return dict.fromkeys(_PAIRS, lacking(Missing.NO_SCORECARD))
    found = {Part.NOMINAL_TO_DECLARED: _apart(nominal, declared, len(nominal))}
    for part, other in ((Part.EFFECTIVE_TO_NOMINAL, nominal), (Part.EFFECTIVE_TO_DECLARED, declared)):
        found[part] = lacking(Missing.TOO_FEW_MONTHS, n=months) if moved is None else _apart(moved, other, months)
    return found


_PAIRS = (Part.EFFECTIVE_TO_NOMINAL, Part.EFFECTIVE_TO_DECLARED, Part.NOMINAL_TO_DECLARED)


def _apart(left: Shares, right: Shares, n: int) -> Found:
    return Found(fidelity.ratio(fidelity.distance(left, right), 1), n)


def shares(
    declared: Shares, cards: Mapping[str, Weighed], nominal: Shares | None, moved: Shares | None
) -> tuple[PerspectiveShare, ...]:
    """Perspective by perspective: those of the card in its order, then what was only declared."""
    codes = dict.fromkeys([*cards, *declared])
    return tuple(
        PerspectiveShare(
            code=code,
            name=cards[code].name if code in cards else None,
            name_zh=cards[code].name_zh if code in cards else None,
            declared=_part(declared, code),
            nominal=_part(nominal, code),
            effective=_part(moved, code),
        )
        for code in codes
    )


def _part(of: Shares | None, code: str) -> Decimal | None:
    return fidelity.ratio(of.get(code, Fraction(0)), 1) if of else None
