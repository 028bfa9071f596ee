"""What a formula is made of."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Function(StrEnum):
    """What can be called."""

    MIN = "min"
    MAX = "max"
    SUM = "sum"
    AVG = "avg"
    IF_MISSING = "if_missing"
    YTD = "ytd"


class Sign(StrEnum):
    """What stands between two parts."""

    PLUS = "+"
    MINUS = "-"
    TIMES = "*"
    OVER = "/"


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it is written, in a unit; without one it counts nothing."""

    value: Decimal
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """The value of a measure, some months before."""

    code: str
    months_back: int = 0


@dataclass(frozen=True, slots=True)
class YearToDate:
    """The sum of a measure from January up to the month."""

    code: str


@dataclass(frozen=True, slots=True)
class Negative:
    """The same with the other sign."""

    of: "Expression"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two parts and what is done with them."""

    sign: Sign
    left: "Expression"
    right: "Expression"


@dataclass(frozen=True, slots=True)
class Call:
    """A function of some parts; `ytd` is none of these."""

    function: Function
    arguments: tuple["Expression", ...]


Expression = Number | Reference | YearToDate | Negative | Pair | Call


def parts(expression: Expression) -> Iterator[Expression]:
    """The expression and everything inside of it."""
    waiting: list[Expression] = [expression]
    while waiting:
        one = waiting.pop()
        yield one
        match one:
            case Negative(of=of):
                waiting.append(of)
            case Pair(left=left, right=right):
                waiting += (left, right)
            case Call(arguments=arguments):
                waiting += arguments
            case _:
                pass


def codes(expression: Expression) -> set[str]:
    """The codes of the measures that it names."""
    return {one.code for one in parts(expression) if isinstance(one, Reference | YearToDate)}
