"""All scoring rules together, and the points that a rule makes of what was observed."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from domain.scorecards.scoring import evidence, lines, tables
from domain.scorecards.scoring.arithmetic import exact, finest
from domain.scorecards.scoring.evidence import PEERS_MIN, Binary, Maintain, Milestones, Peers
from domain.scorecards.scoring.facts import Observation
from domain.scorecards.scoring.lines import Asymmetric, LargerBetter, Okr, SignedTarget, SmallerBetter, Steps
from domain.scorecards.scoring.tables import Bands, Efficacy, Interpolated, Ordinal, Range, Stretch

Rule = (
    LargerBetter
    | SmallerBetter
    | Range
    | Binary
    | Milestones
    | Bands
    | Interpolated
    | Efficacy
    | Stretch
    | Steps
    | Asymmetric
    | SignedTarget
    | Peers
    | Okr
    | Maintain
    | Ordinal
)


class RuleKind(StrEnum):
    """Which formula makes points of an actual."""

    LARGER_BETTER = "LARGER_BETTER"
    SMALLER_BETTER = "SMALLER_BETTER"
    RANGE = "RANGE"
    BINARY = "BINARY"
    MILESTONES = "MILESTONES"
    BANDS = "BANDS"
    INTERPOLATED = "INTERPOLATED"
    EFFICACY = "EFFICACY"
    STRETCH = "STRETCH"
    STEPS = "STEPS"
    ASYMMETRIC = "ASYMMETRIC"
    SIGNED_TARGET = "SIGNED_TARGET"
    PEERS = "PEERS"
    OKR = "OKR"
    MAINTAIN = "MAINTAIN"
    ORDINAL = "ORDINAL"


KINDS: dict[RuleKind, type[Rule]] = {
    RuleKind.LARGER_BETTER: LargerBetter,
    RuleKind.SMALLER_BETTER: SmallerBetter,
    RuleKind.RANGE: Range,
    RuleKind.BINARY: Binary,
    RuleKind.MILESTONES: Milestones,
    RuleKind.BANDS: Bands,
    RuleKind.INTERPOLATED: Interpolated,
    RuleKind.EFFICACY: Efficacy,
    RuleKind.STRETCH: Stretch,
    RuleKind.STEPS: Steps,
    RuleKind.ASYMMETRIC: Asymmetric,
    RuleKind.SIGNED_TARGET: SignedTarget,
    RuleKind.PEERS: Peers,
    RuleKind.OKR: Okr,
    RuleKind.MAINTAIN: Maintain,
    RuleKind.ORDINAL: Ordinal,
}
KIND_OF: dict[type[Rule], RuleKind] = {rule: kind for kind, rule in KINDS.items()}


class NoPoints(StrEnum):
    """Why a rule says nothing about what was observed."""

    NO_VALUE = "NO_VALUE"
    NOTHING_DUE = "NOTHING_DUE"
    NO_REPORT = "NO_REPORT"
    TOO_FEW_PEERS = "TOO_FEW_PEERS"
    NO_VARIATION = "NO_VARIATION"
    UNKNOWN_ZONE = "UNKNOWN_ZONE"


@dataclass(frozen=True, slots=True)
class Points:
    """What a rule says: points at twenty decimals and perhaps the best grade allowed, or why it says nothing."""

    points: Decimal | None = None
    reason: NoPoints | None = None
    ceiling: str | None = None


def kind_of(rule: Rule) -> RuleKind:
    """The name under which the rule is written."""
    return KIND_OF[type(rule)]


@exact
def score(rule: Rule, seen: Observation, as_of: date) -> Points:
    """What the rule makes of measured facts; cap and floor are the item's affair."""
    match rule:
        case Milestones():
            return _or(evidence.milestone_points(rule, seen.milestones, as_of), NoPoints.NOTHING_DUE)
        case Maintain():
            return _or(evidence.kept(rule, seen.periods), NoPoints.NO_REPORT)
        case Ordinal():
            return _zone(rule, seen.zone)
        case _:
            return Points(reason=NoPoints.NO_VALUE) if seen.value is None else _of_value(rule, seen.value, seen)


def _of_value(
    rule: lines.Line | tables.Table | Binary | Peers,
    actual: Decimal,
    seen: Observation,
) -> Points:
    match rule:
        case Binary():
            return Points(evidence.met(rule, actual))
        case Peers():
            few = len(seen.peers) + 1 < PEERS_MIN
            return _or(
                evidence.place(rule, actual, seen.peers), NoPoints.TOO_FEW_PEERS if few else NoPoints.NO_VARIATION
            )
        case Range() | Bands() | Interpolated() | Efficacy() | Stretch():
            return Points(finest(tables.points(rule, actual)))
        case SignedTarget():
            return Points(finest(lines.points(rule, actual)), ceiling=lines.ceiling(rule, actual))
        case _:
            return Points(finest(lines.points(rule, actual)))


def _zone(rule: Ordinal, zone: str | None) -> Points:
    if zone is None:
        return Points(reason=NoPoints.NO_VALUE)
    return _or(tables.zone_points(rule, zone), NoPoints.UNKNOWN_ZONE)


def _or(points: Decimal | None, reason: NoPoints) -> Points:
    return Points(reason=reason) if points is None else Points(finest(points))
