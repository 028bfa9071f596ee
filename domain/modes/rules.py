"""Decisions about modes: which value holds, how well a mode fits, what may be set, and from when on."""

import dataclasses
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar, cast

from domain.kernel.errors import InvalidInput
from domain.modes import templates, words
from domain.modes.errors import FeatureLocked, ReasonNeeded
from domain.modes.terms import (
    Chain,
    Feature,
    Held,
    Json,
    LifeCycle,
    Mode,
    Observed,
    Origin,
    ParentingStyle,
    Placed,
    Range,
    Span,
)
from domain.people import rules as people
from domain.people.rules import Change
from domain.people.terms import Dated

REASON_CHARACTERS_MAX = 1000
WORDS_CHARACTERS_MAX = 2000
Period = TypeVar("Period", bound=Dated)
MayUnlock = Callable[[Placed], bool]
"""Whether who acts may change a locked setting of the unit itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FitLine:
    """An observable feature beside the range of its style; it weighs `weight` of 100."""

    held: Held
    observed: Observed
    range: Range
    weight: int
    is_inside: bool

    @property
    def reason(self) -> str | None:
        """Why it departs, in the words of who set it."""
        return self.held.setting.reason if self.held.setting else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """How well a mode fits its style, from 0 to 1, and every feature that was looked at."""

    style: ParentingStyle
    value: Decimal
    lines: Sequence[FitLine]

    @property
    def deviations(self) -> list[FitLine]:
        """The lines outside of their ranges."""
        return [line for line in self.lines if not line.is_inside]


def resolve(chain: Chain) -> Mode:
    """The mode that follows from the settings of a unit and of those above: for each feature the highest locked one,
    else the nearest one, else the template of the unit's form, the style and the life cycle that hold."""
    found: dict[Feature, list[Placed]] = {feature: [] for feature in Feature}
    for setting in sorted(chain.settings, key=lambda one: one.depth):
        found[setting.feature].append(setting)
    style = _held(Feature.PARENTING_STYLE, found, templates.style_of(chain.form))
    life_cycle = _held(Feature.LIFE_CYCLE, found, templates.life_cycle())
    known = (ParentingStyle(str(style.value)), LifeCycle(str(life_cycle.value)))
    defaults = templates.recommended(chain.form, *known)
    held = {feature: _held(feature, found, defaults.get(feature)) for feature in Feature}
    held |= {style.feature: style, life_cycle.feature: life_cycle}
    return Mode(form=chain.form, style=known[0], life_cycle=known[1], features=held)


def _held(feature: Feature, found: Mapping[Feature, Sequence[Placed]], default: Json) -> Held:
    """`found` holds the nearest settings first."""
    placed = found[feature]
    locks = [one for one in placed if one.is_locked and one.depth > 0]
    locked_by = locks[-1] if locks else None
    setting = locked_by or (placed[0] if placed else None)
    return Held(feature=feature, value=setting.value if setting else default, setting=setting, locked_by=locked_by)


def fit(mode: Mode, observed: Mapping[Feature, Observed] | None = None) -> Fit:
    """The weight of the observable features inside the ranges of the style.

    `observed` takes the place of what the mode says, where somebody knows better, such as how many key figures
    headquarters set indeed.
    """
    seen = {feature: observable(feature, mode.value(feature)) for feature in templates.FIT_WEIGHTS} | dict(
        observed or {}
    )
    ranges = templates.RANGES[mode.style]
    lines = [
        FitLine(
            held=mode.features[feature],
            observed=seen[feature],
            range=ranges[feature],
            weight=weight,
            is_inside=is_inside(seen[feature], ranges[feature]),
        )
        for feature, weight in templates.FIT_WEIGHTS.items()
    ]
    total = sum(templates.FIT_WEIGHTS.values())
    return Fit(
        style=mode.style, value=Decimal(sum(line.weight for line in lines if line.is_inside)) / total, lines=lines
    )


def observable(feature: Feature, value: Json) -> Observed:
    """What is looked at: a count, a word, or of perspectives the share of the financial one in percent, exactly."""
    if feature is Feature.PERSPECTIVES:
        weights = cast("Mapping[str, int]", value)
        return Fraction(100 * weights.get(templates.FINANCIAL, 0), sum(weights.values()))
    return Fraction(value) if isinstance(value, int) else str(value)


def is_inside(observed: Observed, fits: Range) -> bool:
    """Whether what is observed fits."""
    if isinstance(fits, Span):
        return isinstance(observed, Fraction) and fits.low <= observed <= fits.high
    return observed in fits.words


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What shall hold in a unit from a day on, and why; the features of one request share lock and reason."""

    values: Mapping[Feature, Json]
    reason: str | None = None
    is_locked: bool = False
    origin: Origin = Origin.SET


def with_wish(chain: Chain, wish: Wish, own: Callable[[Feature, Json], Placed]) -> Chain:
    """The chain as it would be; `own` makes a setting of the unit itself."""
    kept = [one for one in chain.settings if one.depth > 0 or one.feature not in wish.values]
    return Chain(form=chain.form, settings=[*(own(*pair) for pair in wish.values.items()), *kept])


def check_open(mode: Mode, features: Iterable[Feature], *, may_unlock: MayUnlock) -> None:
    """FeatureLocked when a unit above holds one of them locked, or this one does and the actor may not unlock it."""
    for feature in features:
        held = mode.features[feature]
        if held.locked_by:
            raise FeatureLocked(feature, held.locked_by)
        check_unlocked([held.setting] if held.setting else [], may_unlock=may_unlock)


def check_unlocked(settings: Iterable[Placed], *, may_unlock: MayUnlock) -> None:
    """FeatureLocked when one of the unit's own settings is locked and the actor may not unlock it."""
    for one in settings:
        if one.depth == 0 and one.is_locked and not may_unlock(one):
            raise FeatureLocked(one.feature, one)


def check_reasons(mode: Mode, features: Iterable[Feature]) -> None:
    """ReasonNeeded when one of these own features of the mode lies outside of its range and nothing says why."""
    chosen = set(features)
    unexplained = [line for line in fit(mode).deviations if line.held.feature in chosen and not line.reason]
    if unexplained:
        raise ReasonNeeded(
            [words.deviation(line.held.feature, line.observed, line.range, mode.style).en for line in unexplained]
        )


def templated(mode: Mode, *, may_unlock: MayUnlock) -> dict[Feature, Json]:
    """What an applied template changes: what lies within its range stays, and so does what is locked."""
    wanted = templates.recommended(mode.form, mode.style, mode.life_cycle).items()
    return {
        feature: value
        for feature, value in wanted
        if not _suits(mode, feature, value) and _is_open(mode.features[feature], may_unlock)
    }


def _suits(mode: Mode, feature: Feature, value: Json) -> bool:
    """Whether the feature is in the range of the style, or where there is none, as the template has it."""
    present, ranges = mode.value(feature), templates.RANGES[mode.style]
    return is_inside(observable(feature, present), ranges[feature]) if feature in ranges else present == value


def _is_open(held: Held, may_unlock: MayUnlock) -> bool:
    own = held.setting if held.setting and held.setting.depth == 0 else None
    return held.locked_by is None and (own is None or not own.is_locked or may_unlock(own))


def difference(one: Mode, other: Mode) -> list[tuple[Held, Held]]:
    """The features in which two modes differ, in their order."""
    pairs = ((one.features[feature], other.features[feature]) for feature in Feature)
    return [(here, there) for here, there in pairs if here.value != there.value]


def take_place(rows: Sequence[Period], new: Period, *, today: date) -> Change[Period]:
    """`new` holds from its beginning until the next recorded change; InvalidInput when that is all past."""
    held = people.holding(rows, new.valid_from)
    later = [row.valid_from for row in rows if row.valid_from > new.valid_from]
    until = held[0].valid_to if held else min(later, default=date.max)
    _check_open_period(until, today)
    new = dataclasses.replace(new, valid_to=until)
    return people.replace(held[0], new, today=today) if held else Change(added=(new,))


def end(rows: Sequence[Period], on: date, *, today: date) -> Change[Period]:
    """Nothing is recorded from the day on; InvalidInput when something of it is past."""
    for row in rows:
        if row.valid_to > on:
            _check_open_period(row.valid_to, today)
    return people.end_from(rows, on)


def _check_open_period(until: date, today: date) -> None:
    if until <= today:
        help_ = f"Choose {until} or a later date."
        raise InvalidInput(f"What held before {until} is history and stays.", field="validFrom", help=help_)


def check_reason(reason: str | None) -> str | None:
    """The reason without space around it; None when nothing is said. InvalidInput when it is too long."""
    return _text(reason, "reason", most=REASON_CHARACTERS_MAX)


def check_words(text: str, text_zh: str | None, *, field: str) -> tuple[str, str | None]:
    """What a factor means, in both languages; the Chinese may be missing."""
    said = _text(text, f"{field}.words", most=WORDS_CHARACTERS_MAX)
    if said is None:
        raise InvalidInput("Say in words what the factor means for the mode.", field=f"{field}.words")
    return said, _text(text_zh, f"{field}.wordsZh", most=WORDS_CHARACTERS_MAX)


def _text(text: str | None, field: str, *, most: int) -> str | None:
    said = (text or "").strip()
    if len(said) > most or people.CONTROL.search(said.replace("\n", "")):
        raise InvalidInput(f"This has at most {most} readable characters.", field=field)
    return said or None
