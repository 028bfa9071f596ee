"""A reading of a unit's cascade as it is kept, and as it is shown over the months."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import cast

from domain.kernel import numbers
from domain.kernel.views import Json
from domain.objectives.cascading import coverage
from domain.transmission import fidelity
from domain.transmission.terms import Found, Health, Loss, Part, PerspectiveShare, ThemeShare

MONTHS_MAX = 12
"""How many readings a trend goes back."""
THEMES_MAX = 21
"""Those of a strategy, and what serves none of them."""
PERSPECTIVES_MAX = 20
LEVELS_MAX = 32
LIST_SIZES: Mapping[tuple[str, str], int] = {
    ("CascadeFigures", "parts"): len(Part),
    ("CascadeFigures", "losses"): LEVELS_MAX,
    ("CascadeFigures", "themes"): THEMES_MAX,
    ("CascadeFigures", "perspectives"): PERSPECTIVES_MAX,
    ("CascadePart", "trend"): MONTHS_MAX,
    ("CascadePart", "lacks"): len(Part),
    ("LevelLoss", "trend"): MONTHS_MAX,
}
Kept = Mapping[str, tuple[str | None, int | None, str | None]]
"""By the name of a part or a level: the value in parts of one to the last digit, of how many, and why there is none."""
Trend = Sequence[tuple[str, Kept]]
"""Months, the oldest first, with what was kept of them."""


def kept(health: Health) -> Kept:
    """What is kept of a reading."""
    losses = {_level(one.level): (_exact(one.value), one.targets, None) for one in health.losses}
    return {str(part): (_exact(one.value), one.n, one.missing) for part, one in health.parts.items()} | losses


def month_of(day: date) -> date:
    """The month that a reading of this day belongs to."""
    return day.replace(day=1)


def shown(health: Health, trend: Trend) -> Mapping[str, Json]:
    """By the names of the schema, in percent to two decimals."""
    return {
        "parts": [_part(part, one, trend) for part, one in health.parts.items()],
        "losses": [_loss(one, trend) for one in health.losses[:LEVELS_MAX]],
        "themes": [_theme(one) for one in health.themes[:THEMES_MAX]],
        "perspectives": [_perspective(one) for one in health.perspectives[:PERSPECTIVES_MAX]],
    }


def _part(part: Part, found: Found, trend: Trend) -> Mapping[str, Json]:
    return {
        "kind": str(part),
        "value": _percent(found.value),
        "n": found.n,
        "alarm": fidelity.is_alarm(part, found.value),
        "missing": None if found.missing is None else str(found.missing),
        "lacks": [str(one) for one in found.lacks],
        "trend": _months(str(part), trend),
    }


def _loss(loss: Loss, trend: Trend) -> Mapping[str, Json]:
    value, months = _percent(loss.value), _months(_level(loss.level), trend)
    return {"level": loss.level, "targets": loss.targets, "value": value, "trend": months}


def _theme(one: ThemeShare) -> Mapping[str, Json]:
    return {
        "theme": None if one.theme_id is None else f"thm_{one.theme_id}",
        "name": one.name,
        "nameZh": one.name_zh,
        "declared": _percent(one.declared),
        "given": _percent(one.given),
    }


def _perspective(one: PerspectiveShare) -> Mapping[str, Json]:
    return {
        "code": one.code,
        "name": one.name,
        "nameZh": one.name_zh,
        "declared": _percent(one.declared),
        "nominal": _percent(one.nominal),
        "effective": _percent(one.effective),
    }


def _months(name: str, trend: Trend) -> list[Mapping[str, Json]]:
    return [_month(month, parts[name]) for month, parts in trend if name in parts]


def _month(month: str, of: tuple[str | None, int | None, str | None]) -> Mapping[str, Json]:
    value, n, missing = of
    percent = None if value is None else _percent(Decimal(value))
    return {"month": month, "value": percent, "n": n, "missing": cast("Json", missing)}


def _level(level: int) -> str:
    return f"LOSS_{level}"


def _exact(value: Decimal | None) -> str | None:
    return None if value is None else numbers.plain(value)


def _percent(value: Decimal | None) -> str | None:
    return None if value is None else numbers.plain(coverage.percent(Fraction(value)))
