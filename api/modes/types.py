"""Modes in the schema: how performance is managed in a unit, where that comes from, and how well it fits."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated

import strawberry

from api.people.types import Person, Unit
from api.planned import (
    AfterCursor,
    AsOf,
    BeforeCursor,
    Connection,
    FirstCount,
    LastCount,
    Node,
    page,
    planned,
)
from domain.modes.terms import (
    ApprovalChain,
    CycleLength,
    DefaultRule,
    DistributionPolicy,
    Factor,
    Feature,
    Incentive,
    Interlocks,
    LifeCycle,
    MissingData,
    Origin,
    ParentingStyle,
    RatingScale,
    ReviewCadence,
)

ModeFeatureName = strawberry.enum(Feature, name="ModeFeatureName", description="What a mode settles.")
strawberry.enum(ParentingStyle, description="How headquarters adds value to a unit.")
strawberry.enum(LifeCycle, description="The stage that a business is in.")
strawberry.enum(CycleLength, description="For how long goals are set.")
strawberry.enum(ReviewCadence, description="How often headquarters reviews a unit.")
strawberry.enum(ApprovalChain, description="Who approves the key figures of a unit's departments.")
strawberry.enum(RatingScale, description="Whether a unit rates by the scale of the group.")
strawberry.enum(Interlocks, name="InterlockLevel", description="How many promises between units are expected.")
strawberry.enum(DistributionPolicy, description="Whether grades are guided by quotas.")
strawberry.enum(DefaultRule, description="By which rule a new item of a scorecard is scored unless it names another.")
strawberry.enum(MissingData, name="ModeMissingData", description="What becomes of the weight of an item without data.")
strawberry.enum(Incentive, name="IncentiveKind", description="A kind of incentive.")
strawberry.enum(Factor, name="DesignFactor", description="What a mode is designed by.")
strawberry.enum(Origin, name="ModeOrigin", description="Where the value of a feature comes from.")


@strawberry.type(description="What a perspective weighs in the scorecards of a unit.")
class PerspectiveWeight:
    perspective: str = strawberry.field(description="The code of the perspective, such as `FINANCIAL`.")
    weight: int = strawberry.field(description="Its weight, relative to those of the others.")
    percent: int = strawberry.field(description="The weight in whole percent; those of all perspectives read 100.")


@strawberry.type(description="What a kind of incentive weighs among all incentives of a unit.")
class IncentiveShare:
    incentive: Incentive = strawberry.field(description="The kind of incentive.")
    weight: int = strawberry.field(description="Its weight, relative to those of the others.")
    percent: int = strawberry.field(description="The weight in whole percent; those of all kinds read 100.")


@strawberry.type(description="How items of a scorecard are scored unless they say otherwise.")
class ModeScoring:
    rule: DefaultRule = strawberry.field(description="The rule.")
    cap: Decimal | None = strawberry.field(description="The highest score of an item; null without a limit.")
    floor: Decimal | None = strawberry.field(description="The lowest score of an item; null without a limit.")
    missing_data: MissingData = strawberry.field(description="What becomes of the weight of an item without data.")
    covered_min: Decimal = strawberry.field(
        description="The share of the weight, from 0 to 1, that must have data before there is a score at all."
    )


@strawberry.type(description="How many of a group may have a grade, as a guide.")
class GradeQuota:
    grade: str = strawberry.field(description="The grade.")
    percent: int = strawberry.field(description="Its share in whole percent; those of all grades add up to 100.")


@strawberry.type(description="Whether and how grades are guided by quotas.")
class ModeDistribution:
    policy: DistributionPolicy = strawberry.field(description="Whether there are quotas.")
    quotas: list[GradeQuota] = strawberry.field(description="The quotas, the best grade first; at most ten.")
    smallest_group: int = strawberry.field(description="Smaller groups than this are exempt; never below ten.")


@strawberry.type(description="Values of the features of a mode; a feature that is not settled is null.")
class ModeValues:
    parenting_style: ParentingStyle | None = strawberry.field(description="How headquarters parents the unit.")
    life_cycle: LifeCycle | None = strawberry.field(description="The stage that the business is in.")
    perspectives: list[PerspectiveWeight] | None = strawberry.field(
        description="What each perspective of a scorecard weighs; at most ten."
    )
    cycle: CycleLength | None = strawberry.field(description="For how long goals are set.")
    review_cadence: ReviewCadence | None = strawberry.field(description="How often headquarters reviews the unit.")
    scoring: ModeScoring | None = strawberry.field(description="How items are scored unless they say otherwise.")
    hq_kpis: int | None = strawberry.field(description="How many key figures headquarters sets for the unit.")
    hq_kpi_share: int | None = strawberry.field(
        description="Which share of the unit's key figures headquarters sets, in whole percent."
    )
    approval_chain: ApprovalChain | None = strawberry.field(description="Who approves its departments' key figures.")
    distribution: ModeDistribution | None = strawberry.field(description="How grades are distributed.")
    incentives: list[IncentiveShare] | None = strawberry.field(description="How incentives are mixed; at most four.")
    rating_scale: RatingScale | None = strawberry.field(description="By whose scale the unit rates.")
    interlocks: Interlocks | None = strawberry.field(description="How many promises with other units are expected.")
    currency: str | None = strawberry.field(description="In which currency money is stated, by ISO 4217.")


@strawberry.type(description="What of a feature fits a parenting style: numbers between two bounds, or some words.")
class ModeRange:
    low: int | None = strawberry.field(description="The lowest number that fits; null for words.")
    high: int | None = strawberry.field(description="The highest number that fits; null for words.")
    words: list[str] = strawberry.field(description="The words that fit; empty for numbers.")
    text: str = strawberry.field(description="The range in English.")
    text_zh: str = strawberry.field(description="The range in Chinese.")


@strawberry.type(description="A feature of a unit's mode, and where its value comes from.")
class ModeFeature:
    feature: Feature = strawberry.field(description="Which feature.")
    value: ModeValues = strawberry.field(description="Its value, under its own name; all other fields are null.")
    origin: Origin = strawberry.field(description="Where the value comes from.")
    setting: strawberry.ID | None = strawberry.field(
        description="The setting it comes from, for `node`; null where nothing is set and the template holds."
    )
    inherited: bool = strawberry.field(description="Whether it was set in a unit above.")
    unit: strawberry.ID | None = strawberry.field(description="The unit in which it was set.")
    unit_name: str | None = strawberry.field(description="The English name of that unit.")
    unit_name_zh: str | None = strawberry.field(description="The Chinese name of that unit.")
    since: date | None = strawberry.field(description="Since when it has been set so.")
    set_by: strawberry.ID | None = strawberry.field(description="The person who set it.")
    set_by_name: str | None = strawberry.field(description="The name of that person, if people are shared with you.")
    reason: str | None = strawberry.field(description="Why, in the words of who set it.")
    locked: bool = strawberry.field(description="Whether it is locked where it was set, so that it holds below.")
    open: bool = strawberry.field(description="Whether this unit can set it: no unit above has locked it.")
    range: ModeRange | None = strawberry.field(
        description="What fits the parenting style; null for features that the fit does not look at."
    )
    in_range: bool | None = strawberry.field(description="Whether the value fits; null where nothing is looked at.")
    recommended: ModeValues = strawberry.field(
        description="What the template of form, style and life cycle recommends for this feature, under its own name."
    )


@strawberry.type(description="An observable feature that lies outside of the range of its style.")
class ModeDeviation:
    feature: Feature = strawberry.field(description="Which feature.")
    observed: str = strawberry.field(description="What is observed: a number or a word.")
    range: ModeRange = strawberry.field(description="What would fit.")
    weight: int = strawberry.field(description="What the feature weighs in the fit, of 100.")
    text: str = strawberry.field(description="The deviation as an English sentence.")
    text_zh: str = strawberry.field(description="The deviation as a Chinese sentence.")
    reason: str | None = strawberry.field(description="Why it is so, in the words of who set it; null if not told.")
    setting: strawberry.ID | None = strawberry.field(description="The setting it comes from, for `node`.")
    unit_name: str | None = strawberry.field(description="The English name of the unit in which it was set.")
    unit_name_zh: str | None = strawberry.field(description="The Chinese name of the unit in which it was set.")


@strawberry.type(description="How well the mode of a unit fits its parenting style.")
class ModeFit(Node):
    unit: Unit | None = strawberry.field(description="The unit.")
    style: ParentingStyle = strawberry.field(description="The parenting style that it is held against.")
    value: Decimal = strawberry.field(
        description="The weight of the observable features inside the ranges of the style, from 0 to 1."
    )
    deviations: list[ModeDeviation] = strawberry.field(description="What lies outside, with the reasons; at most six.")


@strawberry.type(
    description="What a feature is in one unit during a period; it holds below until something nearer does."
)
class ModeSetting(Node):
    feature: Feature = strawberry.field(description="Which feature.")
    value: ModeValues = strawberry.field(description="Its value, under its own name; all other fields are null.")
    locked: bool = strawberry.field(description="Whether units below cannot override it.")
    origin: Origin = strawberry.field(description="Whether somebody set it or applied a template.")
    reason: str | None = strawberry.field(description="Why, in the words of who set it.")
    set_at: datetime = strawberry.field(description="When it was decided.")
    valid_from: date = strawberry.field(description="The first day.")
    valid_to: date | None = strawberry.field(description="The day after the last one; null while it is open.")
    unit: Unit | None = strawberry.field(description="In which unit.")
    set_by: Person | None = strawberry.field(description="Who decided it.")
    overrides: "ModeSetting | None" = strawberry.field(
        description="The nearest setting above that it takes the place of; null if it takes that of the template."
    )
    overruled_by: "ModeSetting | None" = strawberry.field(
        description="The locked setting above that holds instead of it."
    )


@strawberry.type(description="What a factor means for how a unit is managed: one line of its design record.")
class ModeFactor(Node):
    factor: Factor = strawberry.field(description="Which factor.")
    words: str = strawberry.field(description="What it means, in English.")
    words_zh: str | None = strawberry.field(description="What it means, in Chinese.")
    features: list[Feature] = strawberry.field(description="The features that are as they are because of it.")
    written_at: datetime = strawberry.field(description="When it was written.")
    valid_from: date = strawberry.field(description="The first day.")
    valid_to: date | None = strawberry.field(description="The day after the last one; null while it is open.")
    unit: Unit | None = strawberry.field(description="Of which unit.")
    written_by: Person | None = strawberry.field(description="Who wrote it.")


@strawberry.type(description="How performance is managed in a unit, as it is on a date.")
class Mode(Node):
    version: int = strawberry.field(
        description="Counts the changes of the unit's own settings: to be given back as `expectedVersion`."
    )
    unit: Unit | None = strawberry.field(description="The unit.")
    values: ModeValues = strawberry.field(description="What holds, from wherever it comes.")
    features: list[ModeFeature] = strawberry.field(description="Each feature with the origin of its value; fourteen.")
    fit: ModeFit | None = strawberry.field(description="How well it fits the parenting style.")
    factors: list[ModeFactor] = strawberry.field(
        description="The unit's design record: what each factor means for the mode; at most eight."
    )
    designed_percent: int = strawberry.field(
        description="How much of the design record is written, in whole percent; 100 before a unit goes live."
    )
    settings = page(Connection[ModeSetting], "What was set in this very unit, in all times, the newest first.")
    overrides = page(
        Connection[ModeSetting], "What is set in units below on the date, the newest first: the override report."
    )


UnitArgument = Annotated[strawberry.ID, strawberry.argument(description="The id of the unit.")]


@strawberry.type
class ModeQueries:
    @strawberry.field(description="How performance is managed in a unit on a date, and where each feature comes from.")
    def mode_of(self, unit: UnitArgument, as_of: AsOf = strawberry.UNSET) -> Mode | None:
        planned()

    @strawberry.field(description="How well the mode of a unit fits its parenting style, with every deviation.")
    def mode_fit(self, unit: UnitArgument, as_of: AsOf = strawberry.UNSET) -> ModeFit | None:
        planned()

    @strawberry.field(description="The modes of the units of the group, by the codes of the units.")
    def modes(
        self,
        first: FirstCount = 20,
        after: AfterCursor = strawberry.UNSET,
        last: LastCount = strawberry.UNSET,
        before: BeforeCursor = strawberry.UNSET,
        below: Annotated[
            strawberry.ID | None, strawberry.argument(description="Only this unit and those below it.")
        ] = strawberry.UNSET,
        as_of: AsOf = strawberry.UNSET,
    ) -> Connection[Mode]:
        planned()
