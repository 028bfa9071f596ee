"""Which mode is recommended by enterprise form, parenting style and life cycle, and what fits a style: as data.

Styles: M. Goold and A. Campbell, "Strategies and Styles: The Role of the Centre in Managing Diversified Corporations",
Blackwell 1987 (financial control, strategic control, strategic planning); in Chinese practice 财务管控, 战略管控 and
运营管控. They say which features differ, and which way. The numbers, the weights of the fit and the moves by life cycle
and form are policy defaults of this product, to be validated in each group.
"""

from collections.abc import Mapping
from functools import lru_cache

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
    ParentingStyle,
    Range,
    RatingScale,
    ReviewCadence,
    Span,
    Words,
)
from domain.people.terms import EnterpriseForm

SOURCE = "Goold and Campbell 1987, observable features; numbers are policy defaults to be validated per group."
FINANCIAL, CUSTOMER, PROCESS, LEARNING = "FINANCIAL", "CUSTOMER", "PROCESS", "LEARNING"
PERSPECTIVES = (FINANCIAL, CUSTOMER, PROCESS, LEARNING)
"""The codes of the four perspectives that every template weighs."""
_FC, _SC, _OC = ParentingStyle

FIT_WEIGHTS: Mapping[Feature, int] = {
    Feature.HQ_KPIS: 25,
    Feature.PERSPECTIVES: 20,
    Feature.REVIEW_CADENCE: 20,
    Feature.APPROVAL_CHAIN: 15,
    Feature.RATING_SCALE: 10,
    Feature.INTERLOCKS: 10,
}
"""What each observable feature weighs in the fit, of 100: most, what takes a unit's attention month by month. Of the
perspectives it is the share of the financial one that is looked at."""

RANGES: Mapping[ParentingStyle, Mapping[Feature, Range]] = {
    _FC: {
        Feature.HQ_KPIS: Span(3, 6),
        Feature.PERSPECTIVES: Span(70, 100),
        Feature.REVIEW_CADENCE: Words((ReviewCadence.QUARTER,)),
        Feature.APPROVAL_CHAIN: Words((ApprovalChain.LINE, ApprovalChain.LINE_AND_NEXT)),
        Feature.RATING_SCALE: Words((RatingScale.OWN,)),
        Feature.INTERLOCKS: Words((Interlocks.FEW,)),
    },
    _SC: {
        Feature.HQ_KPIS: Span(8, 15),
        Feature.PERSPECTIVES: Span(40, 60),
        Feature.REVIEW_CADENCE: Words((ReviewCadence.MONTH, ReviewCadence.QUARTER)),
        Feature.APPROVAL_CHAIN: Words((ApprovalChain.HQ_SAMPLE,)),
        Feature.RATING_SCALE: Words((RatingScale.PARTLY,)),
        Feature.INTERLOCKS: Words((Interlocks.SOME,)),
    },
    _OC: {
        Feature.HQ_KPIS: Span(15, 25),
        Feature.PERSPECTIVES: Span(30, 45),
        Feature.REVIEW_CADENCE: Words((ReviewCadence.MONTH,)),
        Feature.APPROVAL_CHAIN: Words((ApprovalChain.HQ,)),
        Feature.RATING_SCALE: Words((RatingScale.GROUP,)),
        Feature.INTERLOCKS: Words((Interlocks.MANY,)),
    },
}
_STYLES: Mapping[str, ParentingStyle] = {
    EnterpriseForm.HOLDING: _FC,
    EnterpriseForm.REAL_ESTATE: _FC,
    EnterpriseForm.AIRLINE: _OC,
    EnterpriseForm.LOGISTICS: _OC,
    EnterpriseForm.ENERGY: _OC,
}
_LIFE_CYCLE = LifeCycle.MATURE

_PLAIN: Mapping[ParentingStyle, Mapping[Feature, Json]] = {
    _FC: {
        Feature.REVIEW_CADENCE: ReviewCadence.QUARTER,
        Feature.HQ_KPIS: 5,
        Feature.HQ_KPI_SHARE: 30,
        Feature.APPROVAL_CHAIN: ApprovalChain.LINE,
        Feature.RATING_SCALE: RatingScale.OWN,
        Feature.INTERLOCKS: Interlocks.FEW,
    },
    _SC: {
        Feature.REVIEW_CADENCE: ReviewCadence.QUARTER,
        Feature.HQ_KPIS: 12,
        Feature.HQ_KPI_SHARE: 50,
        Feature.APPROVAL_CHAIN: ApprovalChain.HQ_SAMPLE,
        Feature.RATING_SCALE: RatingScale.PARTLY,
        Feature.INTERLOCKS: Interlocks.SOME,
    },
    _OC: {
        Feature.REVIEW_CADENCE: ReviewCadence.MONTH,
        Feature.HQ_KPIS: 20,
        Feature.HQ_KPI_SHARE: 70,
        Feature.APPROVAL_CHAIN: ApprovalChain.HQ,
        Feature.RATING_SCALE: RatingScale.GROUP,
        Feature.INTERLOCKS: Interlocks.MANY,
    },
}
_WEIGHTS: Mapping[ParentingStyle, tuple[int, int, int, int]] = {
    _FC: (75, 9, 8, 8),
    _SC: (50, 20, 18, 12),
    _OC: (36, 24, 25, 15),
}
_BY_LIFE_CYCLE: Mapping[LifeCycle, tuple[int, int, int, int]] = {
    LifeCycle.START_UP: (-5, 0, 0, 5),
    LifeCycle.GROWTH: (0, 4, -3, -1),
    LifeCycle.MATURE: (5, -3, 0, -2),
    LifeCycle.DECLINE: (5, -5, 5, -5),
}
"""A start-up learns, what grows wins customers, what is mature earns cash, what declines keeps cash and minds risk."""
_BY_FORM: Mapping[str, tuple[int, int, int, int]] = {
    **dict.fromkeys(("AIRLINE", "MANUFACTURING", "LOGISTICS", "ENERGY"), (0, -3, 3, 0)),
    **dict.fromkeys(("RETAIL", "HOSPITALITY", "HEALTHCARE"), (0, 3, -3, 0)),
    **dict.fromkeys(("TECHNOLOGY", "PROFESSIONAL_SERVICES"), (0, 0, -3, 3)),
}
"""What flows lives by its processes, what serves by its customers, what works in projects by what it learns."""
_RULES: Mapping[str, DefaultRule] = {
    **dict.fromkeys(("TECHNOLOGY", "PROFESSIONAL_SERVICES"), DefaultRule.MILESTONES),
    **dict.fromkeys(("HOLDING", "FINANCIAL_SERVICES", "REAL_ESTATE"), DefaultRule.EFFICACY),
}
"""Projects are scored by milestones, portfolios by the standards of their industries, other business by the year."""
_CYCLES: Mapping[LifeCycle, CycleLength] = {
    LifeCycle.START_UP: CycleLength.QUARTER,
    LifeCycle.GROWTH: CycleLength.HALF_YEAR,
    LifeCycle.MATURE: CycleLength.YEAR,
    LifeCycle.DECLINE: CycleLength.HALF_YEAR,
}
_INCENTIVES: Mapping[ParentingStyle, tuple[int, int, int, int]] = {
    _FC: (60, 10, 10, 20),
    _SC: (45, 20, 20, 15),
    _OC: (40, 25, 25, 10),
}
_INCENTIVES_BY_LIFE_CYCLE: Mapping[LifeCycle, tuple[int, int, int, int]] = {
    LifeCycle.START_UP: (-15, 0, 5, 10),
    LifeCycle.GROWTH: (-5, 0, 5, 0),
    LifeCycle.MATURE: (0, 0, 0, 0),
    LifeCycle.DECLINE: (5, 5, -5, -5),
}
_NO_QUOTAS: Json = {"policy": DistributionPolicy.NONE, "quotas": [], "smallest": 10}
_QUOTAS: Json = {
    "policy": DistributionPolicy.GUIDE,
    "quotas": [["A", 10], ["B", 30], ["C", 45], ["D", 10], ["E", 5]],
    "smallest": 10,
}


def style_of(form: str) -> ParentingStyle:
    """The style in which a business of this form is parented where nobody says so: the limited one in the middle."""
    return _STYLES.get(form, ParentingStyle.STRATEGIC_CONTROL)


def life_cycle() -> LifeCycle:
    """The stage that holds where nobody says so."""
    return _LIFE_CYCLE


@lru_cache(maxsize=200)
def recommended(form: str, style: ParentingStyle, life_cycle: LifeCycle) -> Mapping[Feature, Json]:
    """What each feature should be; a template says nothing of style and life cycle themselves, nor of the currency."""
    is_guided = style is ParentingStyle.OPERATING_CONTROL and life_cycle is LifeCycle.MATURE
    return {
        **_PLAIN[style],
        Feature.PERSPECTIVES: _weights(form, style, life_cycle),
        Feature.CYCLE: _CYCLES[life_cycle],
        Feature.SCORING: _scoring(form, life_cycle),
        Feature.DISTRIBUTION: _QUOTAS if is_guided else _NO_QUOTAS,
        Feature.INCENTIVES: _incentives(style, life_cycle),
    }


def _weights(form: str, style: ParentingStyle, life_cycle: LifeCycle) -> Json:
    moves = zip(_WEIGHTS[style], _BY_LIFE_CYCLE[life_cycle], _BY_FORM.get(form, (0, 0, 0, 0)), strict=True)
    return dict(zip(PERSPECTIVES, map(sum, moves), strict=True))


def _scoring(form: str, life_cycle: LifeCycle) -> Json:
    rule = _RULES.get(form, DefaultRule.STRETCH)
    return {
        "rule": DefaultRule.OKR if life_cycle is LifeCycle.START_UP else rule,
        "cap": "120",
        "floor": "0",
        "missing": MissingData.RENORMALISE,
        "covered": "0.7",
    }


def _incentives(style: ParentingStyle, life_cycle: LifeCycle) -> Json:
    moves = zip(_INCENTIVES[style], _INCENTIVES_BY_LIFE_CYCLE[life_cycle], strict=True)
    return dict(zip(map(str, Incentive), map(sum, moves), strict=True))
