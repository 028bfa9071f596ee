"""Modes as the schema shows them: values by the names of its fields, features with their origin, the fit in words."""

from collections.abc import Mapping, Sequence
from typing import cast

from domain.kernel import ids, numbers, percents
from domain.kernel.views import Json as Shown
from domain.modes import rules, templates, values, words
from domain.modes.rules import Fit, FitLine
from domain.modes.terms import Feature, Held, Incentive, Json, Mode, Range, Span

Row = Mapping[str, Shown]
_NOTHING: Row = {values.field(feature): None for feature in Feature}


def mode_values(found: Mapping[Feature, Json]) -> Row:
    """The values of some features; those of the others are null."""
    return {**_NOTHING, **{values.field(feature): _value(feature, value) for feature, value in found.items()}}


def of_mode(mode: Mode) -> Row:
    """The values of a whole mode."""
    return mode_values({feature: held.value for feature, held in mode.features.items()})


def features(mode: Mode) -> Sequence[Row]:
    """Every feature with its value, and where that comes from."""
    lines = {line.held.feature: line for line in rules.fit(mode).lines}
    return [_feature(mode, held, lines.get(held.feature)) for held in mode.features.values()]


def _feature(mode: Mode, held: Held, line: FitLine | None) -> Row:
    setting = held.setting
    return {
        "feature": held.feature,
        "value": mode_values({held.feature: held.value}),
        "origin": held.origin,
        "setting": ids.public("mst", setting.id) if setting else None,
        "inherited": bool(setting and setting.depth),
        "unit": ids.public("unt", setting.unit_id) if setting else None,
        "unitName": setting.unit_name if setting else None,
        "unitNameZh": setting.unit_name_zh if setting else None,
        "since": setting.since.isoformat() if setting else None,
        "setBy": ids.public("per", setting.set_by_id) if setting and setting.set_by_id else None,
        "setByName": setting.set_by_name if setting else None,
        "reason": setting.reason if setting else None,
        "locked": bool(setting and setting.is_locked),
        "open": held.locked_by is None,
        "range": range_of(line.range) if line else None,
        "inRange": line.is_inside if line else None,
        "recommended": mode_values(_recommended(mode, held.feature)),
    }


def _recommended(mode: Mode, feature: Feature) -> Mapping[Feature, Json]:
    found = templates.recommended(mode.form, mode.style, mode.life_cycle)
    return {feature: found[feature]} if feature in found else {}


def range_of(fits: Range) -> Row:
    """A range as bounds or as words, and in a sentence's words in both languages."""
    said = words.fitting(fits)
    bounds = (fits.low, fits.high) if isinstance(fits, Span) else (None, None)
    listed: Sequence[str] = [] if isinstance(fits, Span) else list(fits.words)
    return {"low": bounds[0], "high": bounds[1], "words": listed, "text": said.en, "textZh": said.zh}


def deviations(fit: Fit) -> Sequence[Row]:
    """What does not fit, and why it is so."""
    return [_deviation(fit, line) for line in fit.deviations]


def _deviation(fit: Fit, line: FitLine) -> Row:
    said = words.deviation(line.held.feature, line.observed, line.range, fit.style)
    setting = line.held.setting
    return {
        "feature": line.held.feature,
        "observed": line.observed if isinstance(line.observed, str) else words.number(line.observed),
        "range": range_of(line.range),
        "weight": line.weight,
        "text": said.en,
        "textZh": said.zh,
        "reason": line.reason,
        "setting": ids.public("mst", setting.id) if setting else None,
        "unitName": setting.unit_name if setting else None,
        "unitNameZh": setting.unit_name_zh if setting else None,
    }


def _value(feature: Feature, value: Json) -> Shown:
    match feature:
        case Feature.PERSPECTIVES:
            return _weights(value, "perspective", templates.PERSPECTIVES)
        case Feature.INCENTIVES:
            return _weights(value, "incentive", tuple(Incentive))
        case Feature.DISTRIBUTION:
            found = cast("Mapping[str, Json]", value)
            pairs = cast("Sequence[tuple[str, int]]", found["quotas"])
            listed = [{"grade": grade, "percent": share} for grade, share in pairs]
            return {"policy": found["policy"], "quotas": listed, "smallestGroup": found["smallest"]}
        case Feature.SCORING:
            found = cast("Mapping[str, Json]", value)
            names = {"rule": "rule", "cap": "cap", "floor": "floor", "missing": "missingData", "covered": "coveredMin"}
            return {shown: found[name] for name, shown in names.items()}
        case _:
            return cast("Shown", value)


def _weights(value: Json, name: str, order: Sequence[str]) -> Sequence[Row]:
    """Each with its percent, which read 100 together; in the usual order, others behind by their codes."""
    weights = cast("Mapping[str, int]", value)
    keys = [*(key for key in order if key in weights), *sorted(weights.keys() - set(order))]
    shares = percents.apportioned(100, [weights[key] for key in keys])
    return [{name: key, "weight": weights[key], "percent": share} for key, share in zip(keys, shares, strict=True)]


def fit_value(fit: Fit) -> str:
    """From 0 to 1."""
    return numbers.plain(fit.value)
