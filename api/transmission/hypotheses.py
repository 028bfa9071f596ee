"""The links of a strategy map put to the test in the schema: what the figures say of each."""

from decimal import Decimal
from typing import Annotated

import strawberry
from strawberry import Info

from api.mutating import actor, row_id
from api.objectives.targets.previews import told
from domain.kernel import ids
from domain.strategy.terms import LinkSign
from domain.transmission import service_hypotheses
from domain.transmission.hypotheses import Untold, Verdict
from domain.transmission.service_hypotheses import End, Hypothesis, Stands

strawberry.enum(Verdict, name="HypothesisVerdict", description="What the figures say of a link of the map.")
strawberry.enum(Untold, name="HypothesisOpenReason", description="Why the figures say nothing of a link.")


@strawberry.type(description="The measure that stands for a strategic objective in a test.")
class HypothesisMeasure:
    measure: strawberry.ID = strawberry.field(description="The id of the measure.")
    code: str = strawberry.field(description="Its short name.")
    name: str = strawberry.field(description="Its name in English.")
    name_zh: str | None = strawberry.field(description="Its name in Chinese.")
    more_is_better: bool = strawberry.field(description="Whether more of it is better, as its scorecard says.")


@strawberry.type(description="A strategic objective at an end of a link, and the measure that stands for it.")
class HypothesisEnd:
    strategic_objective: strawberry.ID = strawberry.field(description="The id of the strategic objective.")
    code: str = strawberry.field(description="Its short name on the map.")
    title: str = strawberry.field(description="What it wants, in English.")
    title_zh: str | None = strawberry.field(description="What it wants, in Chinese.")
    measure: HypothesisMeasure | None = strawberry.field(
        description="Of a cause the leading, of an effect the lagging figure that the nearest scorecard has for it; "
        "null without one, and for partners that do not read measures."
    )


@strawberry.type(description="How the changes of two figures go together so many months apart.")
class HypothesisAtLag:
    lag_months: int = strawberry.field(description="How many months the effect comes after the cause.")
    correlation: Decimal = strawberry.field(description="From -1 to 1, to four decimals.")
    pairs: int = strawberry.field(description="Of how many pairs of months.")


@strawberry.type(
    description="A link of the map, and what the figures say of it: whether a change of the cause in a month goes with "
    "a change of the effect as many months later as the map says. That two figures move together proves no cause; that "
    "they do not is worth a talk."
)
class CausalHypothesis:
    link: strawberry.ID = strawberry.field(description="The id of the link.")
    cause: HypothesisEnd = strawberry.field(description="What is to lead to the effect.")
    effect: HypothesisEnd = strawberry.field(description="What is to follow.")
    sign: LinkSign = strawberry.field(description="Whether more of the cause is to bring more or less of the effect.")
    lag_months: int = strawberry.field(description="After how many months, as the map says.")
    hypothesis: str = strawberry.field(description="Why, in the words of the map.")
    verdict: Verdict = strawberry.field(description="What the figures say.")
    why: Untold | None = strawberry.field(description="Why they say nothing; null where they do.")
    pairs: int = strawberry.field(description="Of how many pairs of months; fewer than 12 are not enough data.")
    correlation: Decimal | None = strawberry.field(
        description="How the changes go together at that lag, from -1 to 1 to four decimals, where better goes with "
        "better above zero; null without enough data."
    )
    low: Decimal | None = strawberry.field(description="The lower end of its interval of 95 in 100.")
    high: Decimal | None = strawberry.field(description="The upper end.")
    agreeing: Decimal | None = strawberry.field(
        description="The share of pairs in which both changed as the map says, of those in which both changed."
    )
    strongest_lag: int | None = strawberry.field(
        description="At how many months the changes go together most, either way; null without enough data."
    )
    lags: list[HypothesisAtLag] = strawberry.field(
        description="The same at other lags, up to twelve months or the one of the map; empty without enough data."
    )


@strawberry.type(description="The links of a strategy map, put to the test by the figures there are.")
class StrategyHypotheses:
    links: list[CausalHypothesis] = strawberry.field(description="One for each link, at most 200, by their causes.")
    supported: int = strawberry.field(description="How many the figures support.")
    contradicted: int = strawberry.field(description="How many they contradict.")
    open: int = strawberry.field(description="Of how many they say nothing.")


@strawberry.type
class HypothesisQueries:
    @strawberry.field(
        description="What the figures say of the links of a strategy map, for whoever reads strategies. Of links "
        "between figures that have nothing to do with each other, some five in a hundred seem to be told."
    )
    async def hypotheses(
        self,
        info: Info,
        strategy_map: Annotated[strawberry.ID, strawberry.argument(description="The id of the strategy.")],
    ) -> StrategyHypotheses:
        asks = actor(info)
        with told():
            found = await service_hypotheses.hypotheses_of(asks, row_id("stg", strategy_map))
        verdicts = [one.judged.verdict for one in found.links]
        return StrategyHypotheses(
            links=[_link(one, names_measures=found.names_measures) for one in found.links],
            supported=verdicts.count(Verdict.SUPPORTED),
            contradicted=verdicts.count(Verdict.CONTRADICTED),
            open=verdicts.count(Verdict.OPEN),
        )


def _link(one: Hypothesis, *, names_measures: bool) -> CausalHypothesis:
    return CausalHypothesis(
        link=strawberry.ID(ids.public("lnk", one.link_id)),
        cause=_end(one.cause, names_measures=names_measures),
        effect=_end(one.effect, names_measures=names_measures),
        sign=one.sign,
        lag_months=one.lag_months,
        hypothesis=one.words,
        verdict=one.judged.verdict,
        why=one.judged.why,
        pairs=one.judged.pairs,
        correlation=one.judged.correlation,
        low=one.judged.low,
        high=one.judged.high,
        agreeing=one.judged.agreeing,
        strongest_lag=one.judged.strongest_lag,
        lags=[
            HypothesisAtLag(lag_months=at.lag_months, correlation=at.correlation, pairs=at.pairs)
            for at in one.judged.lags
        ],
    )


def _end(end: End, *, names_measures: bool) -> HypothesisEnd:
    return HypothesisEnd(
        strategic_objective=strawberry.ID(ids.public("sob", end.id)),
        code=end.code,
        title=end.title,
        title_zh=end.title_zh,
        measure=_measure(end.measure) if end.measure is not None and names_measures else None,
    )


def _measure(one: Stands) -> HypothesisMeasure:
    return HypothesisMeasure(
        measure=strawberry.ID(ids.public("msr", one.id)),
        code=one.code,
        name=one.name,
        name_zh=one.name_zh,
        more_is_better=one.better > 0,
    )
