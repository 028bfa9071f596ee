"""What people of the demo promise: goals by department, made fit for a person and a cycle."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from random import Random
from typing import cast

from domain.kernel.ids import new_id
from domain.objectives.terms import KeyResultDraft, KeyResultKind
from domain.people.terms import Locale

SOURCE = Path(__file__).parent / "data" / "goals.toml"
ANYBODY = "ANY"

Words = tuple[str, str]
"""In English and in Chinese."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """A key result as it is written down for everybody; `first` and `second` are start and target, or low and high."""

    title: Words
    kind: KeyResultKind
    unit: Words
    weight: int
    first: Decimal
    second: Decimal

    def decimals(self) -> int:
        """How finely its values are told: at least so finely that a tenth of the way can be told."""
        written = max(-cast("int", value.as_tuple().exponent) for value in (self.first, self.second))
        if self.kind is KeyResultKind.MILESTONE or abs(self.second - self.first) >= 10:
            return written
        return max(written, 1 if abs(self.second - self.first) >= 1 else 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """An objective as it is written down for everybody."""

    title: Words
    why: Words | None
    results: tuple[Result, ...]


def said(words: Words, locale: Locale) -> str:
    """In the language of a person."""
    return words[1] if locale is Locale.CHINESE else words[0]


def read() -> Mapping[str, Sequence[Goal]]:
    """All goals, by the department that they are for, or ANYBODY."""
    with SOURCE.open("rb") as opened:
        listed = cast("list[dict[str, object]]", tomllib.load(opened)["goal"])
    goals: dict[str, list[Goal]] = {}
    for one in listed:
        goals.setdefault(cast("str", one["for"]), []).append(_goal(one))
    return goals


def _goal(given: Mapping[str, object]) -> Goal:
    rows = cast("list[tuple[str, str, str, str, int, float, float]]", given["results"])
    return Goal(
        title=_words(given["title"]),
        why=_words(given["why"]) if "why" in given else None,
        results=tuple(_result(*row) for row in rows),
    )


def _words(given: object) -> Words:
    english, chinese = cast("list[str]", given)
    return english, chinese


def _result(english: str, chinese: str, kind: str, unit: str, weight: int, *values: float) -> Result:
    first, second = (Decimal(str(value)) for value in values)
    unit_english, _, unit_chinese = unit.partition("|")
    return Result(
        title=(english, chinese),
        kind=KeyResultKind(kind),
        unit=(unit_english, unit_chinese or unit_english),
        weight=weight,
        first=first,
        second=second,
    )


def key_result(result: Result, locale: Locale, *, cycles_ago: int, chance: Random) -> KeyResultDraft:
    """The result for one person: half a step lower for each cycle ago, and a little different for everybody."""
    words = {"title": said(result.title, locale), "unit_of_measure": said(result.unit, locale)}
    common = {**words, "kind": result.kind, "weight": result.weight, "id": new_id()}
    if result.kind is KeyResultKind.RANGE:
        return KeyResultDraft(**common, low=result.first, high=result.second)  # type: ignore[arg-type]
    if result.kind is KeyResultKind.MILESTONE:
        return KeyResultDraft(**common, start=result.first, target=result.second)  # type: ignore[arg-type]
    span = result.second - result.first
    start = told(result.first - span * _steps_back(result, cycles_ago), result.decimals())
    stretch = 1 + Decimal(chance.choice((-10, -5, 0, 0, 5))) / 100
    target = told(start + span * stretch, result.decimals())
    return KeyResultDraft(**common, start=start, target=target)  # type: ignore[arg-type]


def _steps_back(result: Result, cycles_ago: int) -> Decimal:
    """Half a step for each cycle, but no share beyond 0 or 100 and nothing below 0."""
    steps = Decimal(cycles_ago) / 2
    first, second = (one - (result.second - result.first) * steps for one in (result.first, result.second))
    is_share = result.unit[0] == "%"
    fits = min(first, second) >= 0 and (not is_share or max(first, second) <= 100)
    return steps if fits else Decimal(0)


def told(value: Decimal, decimals: int) -> Decimal:
    """Rounded half-up to so many decimals."""
    return value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
