"""The words of transmission: the parts in which one sees how much of the strategy arrives, and why one is missing."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Part(StrEnum):
    """What is told of the cascade of a unit; in parts of one."""

    ASSIGNED = "ASSIGNED"
    CARRIED = "CARRIED"
    OVER_ASSIGNMENT = "OVER_ASSIGNMENT"
    LINE_OF_SIGHT = "LINE_OF_SIGHT"
    WEIGHTED_LINE_OF_SIGHT = "WEIGHTED_LINE_OF_SIGHT"
    OBJECTIVE_REACH = "OBJECTIVE_REACH"
    ORPHAN_GOALS = "ORPHAN_GOALS"
    INTENT_FIDELITY = "INTENT_FIDELITY"
    STRUCTURE = "STRUCTURE"
    EMPHASIS = "EMPHASIS"
    PRIORITY_ORDER = "PRIORITY_ORDER"
    RECALL = "RECALL"
    TRANSMISSION_FIDELITY = "TRANSMISSION_FIDELITY"
    INTERLOCK_COVERAGE = "INTERLOCK_COVERAGE"
    PROMISES_INSIDE = "PROMISES_INSIDE"
    PROMISES_ACROSS = "PROMISES_ACROSS"
    CONFLICTS = "CONFLICTS"
    SYNERGY = "SYNERGY"
    EFFECTIVE_TO_NOMINAL = "EFFECTIVE_TO_NOMINAL"
    EFFECTIVE_TO_DECLARED = "EFFECTIVE_TO_DECLARED"
    NOMINAL_TO_DECLARED = "NOMINAL_TO_DECLARED"


class Missing(StrEnum):
    """Why a part has no value: never because it is zero."""

    NO_PEOPLE = "NO_PEOPLE"
    NO_GOALS = "NO_GOALS"
    NO_STRATEGY = "NO_STRATEGY"
    NOTHING_THROWN_DOWN = "NOTHING_THROWN_DOWN"
    NOT_ASKED = "NOT_ASKED"
    TOO_FEW_ANSWERS = "TOO_FEW_ANSWERS"
    NO_INTERLOCKS = "NO_INTERLOCKS"
    NOTHING_DUE = "NOTHING_DUE"
    NO_SCORECARD = "NO_SCORECARD"
    TOO_FEW_MONTHS = "TOO_FEW_MONTHS"
    LACKS_PARTS = "LACKS_PARTS"


@dataclass(frozen=True, slots=True)
class Found:
    """A part with its value, of so many; or why there is none, and of an index which of its parts lack."""

    value: Decimal | None
    n: int | None
    """Null where it would tell who answered."""
    missing: Missing | None = None
    lacks: tuple[Part, ...] = ()


def lacking(why: Missing, *lacks: Part, n: int | None = 0) -> Found:
    """There is no value."""
    return Found(None, n, why, lacks)


@dataclass(frozen=True, slots=True)
class Loss:
    """What the targets of a level lose, of those that were thrown further down: 1 is the level at the top."""

    level: int
    targets: int
    value: Decimal | None


@dataclass(frozen=True, slots=True)
class ThemeShare:
    """A theme with the part of all emphasis that was declared for it, and the part that goals give it."""

    theme_id: str | None
    """Null for what serves no theme of this strategy."""
    name: str | None
    name_zh: str | None
    declared: Decimal
    given: Decimal


@dataclass(frozen=True, slots=True)
class PerspectiveShare:
    """The part of a perspective by what was declared, by the card's weights, and by what really moves the score."""

    code: str
    name: str | None
    name_zh: str | None
    declared: Decimal | None
    nominal: Decimal | None
    effective: Decimal | None


@dataclass(frozen=True, slots=True)
class Health:
    """All that is told of the cascade of a unit with all units below it."""

    parts: dict[Part, Found]
    losses: tuple[Loss, ...]
    themes: tuple[ThemeShare, ...]
    perspectives: tuple[PerspectiveShare, ...]
