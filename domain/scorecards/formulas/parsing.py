"""Reads a formula: one walk over its signs, no execution, and a limit on everything."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NoReturn

from domain.kernel import numbers
from domain.scorecards.errors import FormulaInvalid
from domain.scorecards.formulas.terms import (
    Call,
    Expression,
    Function,
    Negative,
    Number,
    Pair,
    Reference,
    Sign,
    YearToDate,
    codes,
)

CHARACTERS_MAX = 1000
PARTS_MAX = 200
DEPTH_MAX = 20
CODES_MAX = 16
ARGUMENTS_MAX = 20
MONTHS_BACK_MAX = 24
_TOKEN = re.compile(
    r"""(?P<space>\s+)
      | (?P<number>\d+(?:\.\d+)?)
      | (?P<name>[^\W\d]\w*(?:\.\w+)*)
      | (?P<quoted>"(?:[^"]|"")*")
      | (?P<unit>\{[^{}]*\})
      | (?P<sign>[-+*/(),\[\]%])""",
    re.VERBOSE,
)
_WIDE = str.maketrans({"×": "*", "÷": "/", "（": "(", "）": ")", "，": ",", "−": "-", "＋": "+"})
"""What a Chinese keyboard or a schoolbook writes; each is one sign for another, so that positions stay."""
_END = "the end"


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    position: int
    """From 1."""


@dataclass(slots=True)
class _Reader:
    """Where the reading stands, and how much has been read."""

    tokens: list[_Token]
    at: int = 0
    parts: int = 0
    depth: int = 0
    calls: "dict[str, Function]" = field(default_factory=lambda: {one.value: one for one in Function})

    @property
    def next(self) -> _Token:
        return self.tokens[self.at]

    def take(self) -> _Token:
        token = self.tokens[self.at]
        self.at += 1
        return token

    def takes(self, *signs: str) -> _Token | None:
        """The next token, if it is one of these signs."""
        return self.take() if self.next.kind == "sign" and self.next.text in signs else None

    def need(self, sign: str) -> None:
        if not self.takes(sign):
            self.stop(f"{sign} is expected, but there is {self.next.text}.")

    def made(self, expression: Expression) -> Expression:
        """Counts a part."""
        self.parts += 1
        if self.parts > PARTS_MAX:
            self.stop(f"A formula has at most {PARTS_MAX} parts.")
        return expression

    def stop(self, message: str, *, help: str | None = None) -> NoReturn:
        raise FormulaInvalid(message, position=self.next.position, help=help)


def parse(text: str) -> Expression:
    """The tree of a formula; FormulaInvalid with the position of what cannot be read."""
    if len(text) > CHARACTERS_MAX:
        raise FormulaInvalid(f"A formula has at most {CHARACTERS_MAX} characters.")
    reader = _Reader(_tokens(text.translate(_WIDE)))
    found = _sum(reader)
    if reader.next.kind != _END:
        hint = "Write decimals with a point, as 0.5." if reader.next.text == "," else None
        reader.stop(f"{reader.next.text} is not expected here.", help=hint)
    if len(codes(found)) > CODES_MAX:
        raise FormulaInvalid(f"A formula names at most {CODES_MAX} measures.", help="Compute a part as a measure.")
    return found


def _tokens(text: str) -> list[_Token]:
    found: list[_Token] = []
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None or match.lastgroup is None:
            raise FormulaInvalid(
                f"{text[at]!r} means nothing in a formula.",
                position=at + 1,
                help='Codes with other signs than letters, digits, "_" and "." stand in double quotes.',
            )
        if match.lastgroup != "space":
            found.append(_Token(match.lastgroup, match.group(), at + 1))
        at = match.end()
    return [*found, _Token(_END, _END, len(text) + 1)]


def _sum(reader: _Reader) -> Expression:
    return _chain(reader, _product, "+", "-")


def _product(reader: _Reader) -> Expression:
    return _chain(reader, _signed, "*", "/")


def _chain(reader: _Reader, part: Callable[[_Reader], Expression], *signs: str) -> Expression:
    found = part(reader)
    while token := reader.takes(*signs):
        found = reader.made(Pair(Sign(token.text), found, part(reader)))
    return found


def _signed(reader: _Reader) -> Expression:
    reader.depth += 1
    if reader.depth > DEPTH_MAX:
        reader.stop(f"Brackets and signs stand at most {DEPTH_MAX} deep.", help="Compute a part as a measure.")
    found = reader.made(Negative(_signed(reader))) if reader.takes("-") else _one(reader)
    reader.depth -= 1
    return found


def _one(reader: _Reader) -> Expression:
    token = reader.next
    if token.kind == "number":
        return _number(reader)
    if token.kind == "quoted":
        return _reference(reader, reader.take().text[1:-1].replace('""', '"'))
    if token.kind == "name":
        name = reader.take().text
        return _call(reader, token) if reader.takes("(") else _reference(reader, name)
    if not reader.takes("("):
        reader.stop(f"A number, a measure or a bracket is expected, but there is {token.text}.")
    found = _sum(reader)
    reader.need(")")
    return found


def _number(reader: _Reader) -> Expression:
    value = Decimal(reader.next.text)
    if not numbers.is_storable(value):
        reader.stop("This is not a number of a sensible size.")
    reader.take()
    if reader.takes("%"):
        return reader.made(Number(value, "%"))
    unit = reader.take().text[1:-1].strip() if reader.next.kind == "unit" else ""
    return reader.made(Number(value, unit))


def _reference(reader: _Reader, code: str) -> Expression:
    months_back = 0
    if reader.takes("["):
        reader.need("-")
        months_back = _months_back(reader)
        reader.need("]")
    return reader.made(Reference(code, months_back))


def _months_back(reader: _Reader) -> int:
    text = reader.next.text
    if not (text.isdecimal() and text.isascii() and 1 <= int(text[:4]) <= MONTHS_BACK_MAX and len(text) <= 2):
        reader.stop(f"A formula looks 1 to {MONTHS_BACK_MAX} months back, as in CODE[-1].")
    reader.take()
    return int(text)


def _call(reader: _Reader, name: _Token) -> Expression:
    function = reader.calls.get(name.text.lower())
    if function is None:
        message = f"There is no function {name.text}."
        raise FormulaInvalid(message, position=name.position, help=f"There are {', '.join(reader.calls)}.")
    arguments = [_sum(reader)]
    while reader.takes(","):
        if len(arguments) == ARGUMENTS_MAX:
            reader.stop(f"A function takes at most {ARGUMENTS_MAX} parts.")
        arguments.append(_sum(reader))
    reader.need(")")
    return reader.made(_called(function, tuple(arguments), name))


def _called(function: Function, arguments: tuple[Expression, ...], name: _Token) -> Expression:
    if function is Function.YTD:
        match arguments:
            case (Reference(code=code, months_back=0),):
                return YearToDate(code)
            case _:
                raise FormulaInvalid("ytd takes one measure, as in ytd(CODE).", position=name.position)
    if function is Function.IF_MISSING and len(arguments) != 2:
        message = "if_missing takes two parts: what is meant, and what to take where it is missing."
        raise FormulaInvalid(message, position=name.position)
    return Call(function, arguments)
