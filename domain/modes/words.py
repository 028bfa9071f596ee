"""Modes in words, in English and Chinese: why a feature does not fit."""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from typing import NamedTuple

from domain.modes.terms import Feature, Observed, ParentingStyle, Range, Span

_SHOWN = Decimal("0.0001")


class Text(NamedTuple):
    """The same in both languages."""

    en: str
    zh: str


STYLES: Mapping[ParentingStyle, Text] = {
    ParentingStyle.FINANCIAL_CONTROL: Text("financial control", "财务管控"),
    ParentingStyle.STRATEGIC_CONTROL: Text("strategic control", "战略管控"),
    ParentingStyle.OPERATING_CONTROL: Text("operating control", "运营管控"),
}
_OBSERVED: Mapping[Feature, Text] = {
    Feature.HQ_KPIS: Text("Key figures set by headquarters", "总部设定的关键指标数"),
    Feature.PERSPECTIVES: Text("Weight of the financial perspective in percent", "财务维度权重(%)"),
    Feature.REVIEW_CADENCE: Text("Reviews by headquarters", "总部复盘频率"),
    Feature.APPROVAL_CHAIN: Text("Approval of department key figures", "部门指标审批"),
    Feature.RATING_SCALE: Text("Rating scale", "评级标尺"),
    Feature.INTERLOCKS: Text("Promises between units", "跨单位互锁"),
}
_WORDS: Mapping[str, Text] = {
    "MONTH": Text("each month", "每月"),
    "QUARTER": Text("each quarter", "每季"),
    "HALF_YEAR": Text("each half-year", "每半年"),
    "YEAR": Text("each year", "每年"),
    "LINE": Text("the line alone", "直线经理"),
    "LINE_AND_NEXT": Text("the line and the next above", "直线经理及上一级"),
    "HQ_SAMPLE": Text("a sample by headquarters", "总部抽查"),
    "HQ": Text("headquarters", "总部"),
    "OWN": Text("its own", "自有"),
    "PARTLY": Text("partly the group's", "部分统一"),
    "GROUP": Text("the group's", "集团统一"),
    "FEW": Text("few", "少"),
    "SOME": Text("some", "若干"),
    "MANY": Text("many", "多"),
}


def deviation(feature: Feature, observed: Observed, fits: Range, style: ParentingStyle) -> Text:
    """What is observed, and what fits the style."""
    name, seen, range_, asks = _OBSERVED[feature], _observed(observed), fitting(fits), STYLES[style]
    return Text(
        f"{name.en}: {seen.en}; what fits {asks.en} is {range_.en}.",
        f"{name.zh}:{seen.zh};{asks.zh}适合{range_.zh}。",
    )


def fitting(fits: Range) -> Text:
    """A range in words."""
    if isinstance(fits, Span):
        return Text(f"{fits.low} to {fits.high}", f"{fits.low}至{fits.high}")
    texts = [_observed(word) for word in fits.words]
    return Text(" or ".join(one.en for one in texts), "或".join(one.zh for one in texts))


def number(exact: Fraction) -> str:
    """To four decimals, half up: finer than any share that misses a border by a weight."""
    with localcontext() as context:
        context.prec = 40
        shown = (Decimal(exact.numerator) / exact.denominator).quantize(_SHOWN, ROUND_HALF_UP)
    return f"{shown.normalize():f}"


def _observed(observed: Observed) -> Text:
    if isinstance(observed, Fraction):
        return Text(number(observed), number(observed))
    return _WORDS.get(observed, Text(observed, observed))
