"""What modes are told in the schema: typed inputs, and what the domain makes of them."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import cast

import strawberry

from api.mutating import row_id, text
from api.objectives.mutations import KEY
from domain.kernel.errors import InvalidInput
from domain.kernel.numbers import is_storable, plain
from domain.modes import values
from domain.modes.service import Change
from domain.modes.service_record import FactorDraft
from domain.modes.terms import (
    ApprovalChain,
    CycleLength,
    DefaultRule,
    DistributionPolicy,
    Factor,
    Feature,
    Incentive,
    Interlocks,
    Json,
    LifeCycle,
    MissingData,
    ParentingStyle,
    RatingScale,
    ReviewCadence,
)

VERSION = "The `version` of the mode that you decided on; if it moved on since, the answer is StaleVersion."
FROM = "The first day; today unless named. What already ended is history and stays."
UNIT = "The unit whose mode changes."
WHY = "Why, for those who read it later; needed where a feature lies outside of the range of the style."


@strawberry.input(description="What a perspective is to weigh.")
class PerspectiveWeightInput:
    perspective: str = strawberry.field(description="The code of one of the group's perspectives.")
    weight: int = strawberry.field(description="Its weight from 0 to 1,000, relative to those of the others.")


@strawberry.input(description="What a kind of incentive is to weigh.")
class IncentiveShareInput:
    incentive: Incentive = strawberry.field(description="The kind of incentive.")
    weight: int = strawberry.field(description="Its weight from 0 to 1,000, relative to those of the others.")


@strawberry.input(description="How items are to be scored unless they say otherwise.")
class ModeScoringInput:
    rule: DefaultRule = strawberry.field(description="The rule.")
    missing_data: MissingData = strawberry.field(description="What becomes of the weight of an item without data.")
    covered_min: Decimal = strawberry.field(description="The share of the weight that must have data, from 0 to 1.")
    cap: Decimal | None = strawberry.field(default=strawberry.UNSET, description="The highest score, 100 to 1,000.")
    floor: Decimal | None = strawberry.field(default=strawberry.UNSET, description="The lowest score, -1,000 to 99.")


@strawberry.input(description="How many of a group may have a grade.")
class GradeQuotaInput:
    grade: str = strawberry.field(description="The grade, at most 16 characters.")
    percent: int = strawberry.field(description="Its share in whole percent.")


@strawberry.input(description="How grades are to be distributed.")
class ModeDistributionInput:
    policy: DistributionPolicy = strawberry.field(description="Whether there are quotas.")
    quotas: list[GradeQuotaInput] = strawberry.field(
        default_factory=list[GradeQuotaInput],
        description="Two to ten quotas for a guide, the best grade first; they add up to 100.",
    )
    smallest_group: int | None = strawberry.field(
        default=strawberry.UNSET, description="Smaller groups are exempt; ten unless named, and never fewer."
    )


@strawberry.input(description="Values of features; what is left out stays as it is.")
class ModeValuesInput:
    parenting_style: ParentingStyle | None = strawberry.field(
        default=strawberry.UNSET, description="How headquarters parents the unit."
    )
    life_cycle: LifeCycle | None = strawberry.field(default=strawberry.UNSET, description="The stage it is in.")
    perspectives: list[PerspectiveWeightInput] | None = strawberry.field(
        default=strawberry.UNSET, description="What each perspective weighs; one to ten, each once."
    )
    cycle: CycleLength | None = strawberry.field(default=strawberry.UNSET, description="For how long goals are set.")
    review_cadence: ReviewCadence | None = strawberry.field(
        default=strawberry.UNSET, description="How often headquarters reviews the unit."
    )
    scoring: ModeScoringInput | None = strawberry.field(default=strawberry.UNSET, description="How items are scored.")
    hq_kpis: int | None = strawberry.field(
        default=strawberry.UNSET, description="How many key figures headquarters sets, 0 to 200."
    )
    hq_kpi_share: int | None = strawberry.field(
        default=strawberry.UNSET, description="Which share of its key figures headquarters sets, 0 to 100."
    )
    approval_chain: ApprovalChain | None = strawberry.field(
        default=strawberry.UNSET, description="Who approves its departments' key figures."
    )
    distribution: ModeDistributionInput | None = strawberry.field(
        default=strawberry.UNSET, description="How grades are distributed."
    )
    incentives: list[IncentiveShareInput] | None = strawberry.field(
        default=strawberry.UNSET, description="How incentives are mixed, each once; a kind left out weighs nothing."
    )
    rating_scale: RatingScale | None = strawberry.field(
        default=strawberry.UNSET, description="By whose scale the unit rates."
    )
    interlocks: Interlocks | None = strawberry.field(
        default=strawberry.UNSET, description="How many promises with other units are expected."
    )
    currency: str | None = strawberry.field(
        default=strawberry.UNSET, description="The currency by ISO 4217, such as `CNY`."
    )


@strawberry.input(description="Features of a unit's mode to set.")
class SetModeInput:
    unit: strawberry.ID = strawberry.field(description=UNIT)
    values: ModeValuesInput = strawberry.field(description="What is to hold; at least one feature.")
    expected_version: int = strawberry.field(description=VERSION)
    idempotency_key: str = strawberry.field(description=KEY)
    valid_from: date | None = strawberry.field(default=strawberry.UNSET, description=FROM)
    locked: bool = strawberry.field(default=False, description="Whether units below cannot override these features.")
    reason: str | None = strawberry.field(default=strawberry.UNSET, description=WHY)


@strawberry.input(description="Features of a unit's mode that shall follow from above again.")
class InheritModeInput:
    unit: strawberry.ID = strawberry.field(description=UNIT)
    features: list[Feature] = strawberry.field(description="Which features.")
    expected_version: int = strawberry.field(description=VERSION)
    idempotency_key: str = strawberry.field(description=KEY)
    valid_from: date | None = strawberry.field(default=strawberry.UNSET, description=FROM)


@strawberry.input(description="A template to apply to a unit.")
class ApplyModeTemplateInput:
    unit: strawberry.ID = strawberry.field(description=UNIT)
    expected_version: int = strawberry.field(description=VERSION)
    idempotency_key: str = strawberry.field(description=KEY)
    style: ParentingStyle | None = strawberry.field(
        default=strawberry.UNSET, description="The parenting style from now on; without it the one that holds."
    )
    life_cycle: LifeCycle | None = strawberry.field(
        default=strawberry.UNSET, description="The stage from now on; without it the one that holds."
    )
    valid_from: date | None = strawberry.field(default=strawberry.UNSET, description=FROM)
    reason: str | None = strawberry.field(default=strawberry.UNSET, description="Why the template is applied.")


@strawberry.input(description="What a factor means for the mode of a unit.")
class ModeFactorInput:
    factor: Factor = strawberry.field(description="Which factor.")
    words: str = strawberry.field(description="What it means, in English; at most 2,000 characters.")
    words_zh: str | None = strawberry.field(default=strawberry.UNSET, description="What it means, in Chinese.")
    features: list[Feature] = strawberry.field(
        default_factory=list[Feature], description="The features that are as they are because of it."
    )


@strawberry.input(description="Lines of a unit's design record; lines of other factors stay.")
class WriteModeFactorsInput:
    unit: strawberry.ID = strawberry.field(description=UNIT)
    factors: list[ModeFactorInput] = strawberry.field(description="The factors, each once.")
    expected_version: int = strawberry.field(description=VERSION)
    idempotency_key: str = strawberry.field(description=KEY)
    valid_from: date | None = strawberry.field(default=strawberry.UNSET, description=FROM)


def change(unit: str, version: int, valid_from: object) -> Change:
    """Whose mode changes, on which version, and from when on; NotFound for what is no unit."""
    on = valid_from if isinstance(valid_from, date) else None
    return Change(unit_id=row_id("unt", unit), version=version, valid_from=on)


def given(told: ModeValuesInput) -> Mapping[Feature, Json]:
    """The values that are named, as the domain keeps them."""
    found = {feature: getattr(told, feature.lower()) for feature in Feature}
    return {
        feature: _JSON.get(feature, cast("Callable[[object], Json]", _plain))(value)
        for feature, value in found.items()
        if value is not None and value is not strawberry.UNSET
    }


def drafts(told: WriteModeFactorsInput) -> list[FactorDraft]:
    """The lines of the design record as the domain takes them."""
    return [
        FactorDraft(factor=one.factor, words=one.words, words_zh=text(one.words_zh), features=tuple(one.features))
        for one in told.factors
    ]


def _plain(value: str | int) -> Json:
    return str(value) if isinstance(value, str) else value


def _perspectives(told: list[PerspectiveWeightInput]) -> Json:
    return _once(Feature.PERSPECTIVES, [(one.perspective, one.weight) for one in told])


def _incentives(told: list[IncentiveShareInput]) -> Json:
    return _once(Feature.INCENTIVES, [(str(one.incentive), one.weight) for one in told])


def _once(feature: Feature, pairs: list[tuple[str, int]]) -> Json:
    """InvalidInput where one of them is named twice: the second would silently win."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise InvalidInput("Each of them is named once.", field=f"values.{values.field(feature)}")
    return found


def _scoring(told: ModeScoringInput) -> Json:
    return {
        "rule": str(told.rule),
        "cap": _number(told.cap, "cap"),
        "floor": _number(told.floor, "floor"),
        "missing": str(told.missing_data),
        "covered": _number(told.covered_min, "coveredMin"),
    }


def _number(value: object, name: str) -> str | None:
    if not isinstance(value, Decimal):
        return None
    if not is_storable(value):
        raise InvalidInput("This is not a number of a sensible size.", field=f"values.scoring.{name}")
    return plain(value)


def _distribution(told: ModeDistributionInput) -> Json:
    smallest = told.smallest_group
    return {
        "policy": str(told.policy),
        "quotas": [[one.grade, one.percent] for one in told.quotas],
        "smallest": smallest if isinstance(smallest, int) else None,
    }


_JSON: Mapping[Feature, Callable[..., Json]] = {
    Feature.PERSPECTIVES: _perspectives,
    Feature.INCENTIVES: _incentives,
    Feature.SCORING: _scoring,
    Feature.DISTRIBUTION: _distribution,
}
