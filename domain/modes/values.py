"""What a feature can be: each value is checked once, when it comes in, and read back as a typed thing."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import cast

from domain.kernel import numbers
from domain.kernel.errors import InvalidInput
from domain.modes.terms import (
    ApprovalChain,
    CycleLength,
    DefaultRule,
    DistributionPolicy,
    Feature,
    Incentive,
    Interlocks,
    Json,
    LifeCycle,
    MissingData,
    Mode,
    ParentingStyle,
    RatingScale,
    ReviewCadence,
)
from domain.people import rules as people

WEIGHT_MAX = 1000
PERSPECTIVES_MAX = 10
GRADES_MAX = 10
GRADE_CHARACTERS_MAX = 16
HQ_KPIS_MAX = 200
GROUP_SMALLEST = 10
"""Quotas say nothing of a smaller group, so none may be asked to keep them."""
GROUP_LARGEST = 10_000
CAPS = (Decimal(100), Decimal(1000))
FLOORS = (Decimal(-1000), Decimal(99))

WORDS: Mapping[Feature, type[StrEnum]] = {
    Feature.PARENTING_STYLE: ParentingStyle,
    Feature.LIFE_CYCLE: LifeCycle,
    Feature.CYCLE: CycleLength,
    Feature.REVIEW_CADENCE: ReviewCadence,
    Feature.APPROVAL_CHAIN: ApprovalChain,
    Feature.RATING_SCALE: RatingScale,
    Feature.INTERLOCKS: Interlocks,
}
"""Features that are one word."""
COUNTS: Mapping[Feature, int] = {Feature.HQ_KPIS: HQ_KPIS_MAX, Feature.HQ_KPI_SHARE: 100}
"""Features that are a whole number from 0 to this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scoring:
    """How items are scored unless they say otherwise; `covered` is the least weight with figures, from 0 to 1."""

    rule: DefaultRule
    cap: Decimal | None
    floor: Decimal | None
    missing: MissingData
    covered: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Distribution:
    """Quotas of grades in whole percent, as a guide for groups of at least `smallest`."""

    policy: DistributionPolicy
    quotas: Mapping[str, int]
    smallest: int


def scoring(mode: Mode) -> Scoring:
    """The scoring defaults of a mode."""
    found = _mapping(mode.value(Feature.SCORING))
    return Scoring(
        rule=DefaultRule(str(found["rule"])),
        cap=_decimal(found["cap"]),
        floor=_decimal(found["floor"]),
        missing=MissingData(str(found["missing"])),
        covered=Decimal(str(found["covered"])),
    )


def distribution(mode: Mode) -> Distribution:
    """The distribution policy of a mode."""
    found = _mapping(mode.value(Feature.DISTRIBUTION))
    quotas = dict(cast("Sequence[tuple[str, int]]", found["quotas"]))
    policy = DistributionPolicy(str(found["policy"]))
    return Distribution(policy=policy, quotas=quotas, smallest=cast("int", found["smallest"]))


def weights(mode: Mode, feature: Feature) -> Mapping[str, int]:
    """The relative weights of perspectives, by their codes, or of incentives."""
    return cast("Mapping[str, int]", mode.value(feature))


def field(feature: Feature) -> str:
    """The feature as a field of the schema, `hqKpis`."""
    first, *rest = feature.lower().split("_")
    return first + "".join(word.capitalize() for word in rest)


def checked(feature: Feature, value: Json) -> Json:
    """The value in its normal form; InvalidInput with the path of what is wrong."""
    path = f"values.{field(feature)}"
    if feature in WORDS:
        return _word(value, WORDS[feature], path)
    if feature in COUNTS:
        return _whole(value, 0, COUNTS[feature], path=path)
    return _CHECKS[feature](value, path)


def _perspectives(value: Json, path: str) -> Json:
    found = _weights(value, path, most=PERSPECTIVES_MAX)
    for code in found:
        people.check_code(code, field=path)
    return found


def _incentives(value: Json, path: str) -> Json:
    found = _weights(value, path, most=len(Incentive))
    for one in found:
        _word(one, Incentive, path)
    return {str(one): found.get(one, 0) for one in Incentive}


def _weights(value: Json, path: str, *, most: int) -> dict[str, int]:
    if not isinstance(value, Mapping) or not 1 <= len(value) <= most:
        raise InvalidInput(f"Name 1 to {most} of them with their weights.", field=path)
    found = {name: _whole(weight, 0, WEIGHT_MAX, path=path) for name, weight in value.items()}
    if not any(found.values()):
        raise InvalidInput("At least one of them weighs something.", field=path)
    return found


def _scoring(value: Json, path: str) -> Json:
    found = _mapping(value)
    cap = _bounded(found.get("cap"), CAPS, f"{path}.cap")
    floor = _bounded(found.get("floor"), FLOORS, f"{path}.floor")
    covered = _bounded(found.get("covered"), (Decimal(0), Decimal(1)), f"{path}.covered")
    if covered is None:
        raise InvalidInput("Say which weight must be covered, from 0 to 1.", field=f"{path}.covered")
    return {
        "rule": _word(found.get("rule"), DefaultRule, f"{path}.rule"),
        "cap": _plain(cap),
        "floor": _plain(floor),
        "missing": _word(found.get("missing"), MissingData, f"{path}.missing"),
        "covered": _plain(covered),
    }


def _distribution(value: Json, path: str) -> Json:
    found = _mapping(value)
    policy = _word(found.get("policy"), DistributionPolicy, f"{path}.policy")
    quotas = _quotas(found.get("quotas"), f"{path}.quotas")
    smallest = found.get("smallest")
    is_guide = policy == DistributionPolicy.GUIDE
    if is_guide != bool(quotas):
        raise InvalidInput("A guide has quotas, and nothing else has.", field=f"{path}.quotas")
    if is_guide and (not 2 <= len(quotas) <= GRADES_MAX or sum(quotas.values()) != 100):
        raise InvalidInput(f"Quotas of 2 to {GRADES_MAX} grades add up to 100 %.", field=f"{path}.quotas")
    at_least = GROUP_SMALLEST if smallest is None else smallest
    return {
        "policy": policy,
        "quotas": [[grade, share] for grade, share in quotas.items()],
        "smallest": _whole(at_least, GROUP_SMALLEST, GROUP_LARGEST, path=f"{path}.smallest"),
    }


def _quotas(value: Json, path: str) -> dict[str, int]:
    """Pairs of a grade and its share, from the best on: an array, because an object of `jsonb` keeps no order."""
    pairs = [cast("Sequence[Json]", pair) for pair in (value if isinstance(value, list | tuple) else ())]
    found = {str(grade): _whole(share, 0, 100, path=path) for grade, share in pairs}
    if len(found) < len(pairs):
        raise InvalidInput("Each grade has one quota.", field=path)
    for grade in found:
        if not grade.strip() == grade != "" or len(grade) > GRADE_CHARACTERS_MAX or not grade.isprintable():
            raise InvalidInput(f"A grade has 1 to {GRADE_CHARACTERS_MAX} characters.", field=path)
    return found


def _currency(value: Json, path: str) -> Json:
    if not isinstance(value, str) or len(value) != 3 or not (value.isascii() and value.isalpha() and value.isupper()):
        raise InvalidInput("A currency is three capital letters by ISO 4217, such as CNY.", field=path)
    return value


_CHECKS: Mapping[Feature, Callable[[Json, str], Json]] = {
    Feature.PERSPECTIVES: _perspectives,
    Feature.INCENTIVES: _incentives,
    Feature.SCORING: _scoring,
    Feature.DISTRIBUTION: _distribution,
    Feature.CURRENCY: _currency,
}


def _word(value: Json, words: type[StrEnum], path: str) -> str:
    if not isinstance(value, str) or value not in words.__members__:
        raise InvalidInput(f"Use one of {', '.join(words.__members__)}.", field=path)
    return value


def _whole(value: Json, low: int, high: int, *, path: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise InvalidInput(f"This is a whole number from {low} to {high}.", field=path)
    return value


def _bounded(value: Json, bounds: tuple[Decimal, Decimal], path: str) -> Decimal | None:
    try:
        found = _decimal(value)
    except InvalidOperation:
        raise InvalidInput("This is no number.", field=path) from None
    if found is not None and not (numbers.is_storable(found) and bounds[0] <= found <= bounds[1]):
        raise InvalidInput(f"This is a number from {bounds[0]} to {bounds[1]}.", field=path)
    return found


def _decimal(value: Json) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def _plain(value: Decimal | None) -> str | None:
    return None if value is None else numbers.plain(value)


def _mapping(value: Json) -> Mapping[str, Json]:
    return value if isinstance(value, Mapping) else {}
