"""In which unit of measure a formula counts: products multiply units, sums need equal ones.

A unit is a product of powers, read from its text: `CNY/seat`, `t·km`, `flights`; `1` or nothing is a bare number. `%`
is a unit like any other, so that `100% * A / B` counts in percent and `1 - SHARE` is refused. Zero is zero in any unit.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from domain.scorecards.errors import FormulaInvalid, FormulaUnitMismatch
from domain.scorecards.formulas.terms import Call, Expression, Negative, Number, Pair, Reference, Sign, YearToDate

Unit = tuple[tuple[str, int], ...]
"""Names and powers, none of them zero, in the order of names; nothing is a bare number."""
BARE: Unit = ()
_SPLIT = re.compile(r"\s*([/·*])\s*")
HELP = "Give numbers their unit in braces or as percent, as in 60{min/h} or 100%."


def read(text: str) -> Unit:
    """The unit that a text names."""
    powers: Counter[str] = Counter()
    sign = 1
    for part in _SPLIT.split(text.strip()):
        match part:
            case "/":
                sign = -1
            case "·" | "*":
                sign = 1
            case "" | "1":
                pass
            case _:
                powers[part] += sign
    return _ordered(powers)


def write(unit: Unit) -> str:
    """The unit as a text: `CNY·km/seat`, or `1` for a bare number."""
    above = [name for name, power in unit for _ in range(power)]
    below = [name for name, power in unit for _ in range(-power)]
    return "/".join(["·".join(above) or "1", *below])


def of(expression: Expression, units: Mapping[str, str]) -> Unit | None:
    """The unit of a formula over measures of these units, by their codes; None if it is zero in every unit.

    FormulaUnitMismatch, FormulaInvalid for a code that is not among them.
    """
    match expression:
        case Number(value=value, unit=unit):
            return None if value == 0 and not unit else read(unit)
        case Reference(code=code) | YearToDate(code=code):
            return _of_measure(code, units)
        case Negative(of=inner):
            return of(inner, units)
        case Pair(sign=sign, left=left, right=right):
            return _of_pair(sign, of(left, units), of(right, units))
        case Call(arguments=arguments):
            return _common([of(one, units) for one in arguments], "compare")


def check(expression: Expression, units: Mapping[str, str], declared: str) -> None:
    """FormulaUnitMismatch unless the formula counts in the declared unit of measure."""
    found = of(expression, units)
    if found is not None and found != read(declared):
        raise FormulaUnitMismatch(
            f"The formula counts in {write(found)}, but the measure is counted in {declared}.", help=HELP
        )


def _of_measure(code: str, units: Mapping[str, str]) -> Unit:
    if code not in units:
        raise FormulaInvalid(f"There is no measure with the code {code[:64]!r}.", help="Read `measures` for the codes.")
    return read(units[code])


def _of_pair(sign: Sign, left: Unit | None, right: Unit | None) -> Unit | None:
    if sign in (Sign.PLUS, Sign.MINUS):
        return _common([left, right], "add" if sign is Sign.PLUS else "subtract")
    if left is None or right is None:
        return None
    powers: Counter[str] = Counter(dict(left))
    for name, power in right:
        powers[name] += power if sign is Sign.TIMES else -power
    return _ordered(powers)


def _common(units: Sequence[Unit | None], verb: str) -> Unit | None:
    known = [unit for unit in units if unit is not None]
    if len(set(known)) > 1:
        first, other = list(dict.fromkeys(known))[:2]
        raise FormulaUnitMismatch(f"One cannot {verb} {write(first)} and {write(other)}.", help=HELP)
    return known[0] if known else None


def _ordered(powers: Mapping[str, int]) -> Unit:
    return tuple(sorted((name, power) for name, power in powers.items() if power))
