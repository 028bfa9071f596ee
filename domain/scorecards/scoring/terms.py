"""The words of a score: a card with its items and extras, the policy it is computed by, and what comes out.

Weights are relative whole numbers: 2 and 3 are 40 % and 60 %. An item of weight 0 counts nothing and may be a gate.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from domain.modes.scales import Scale
from domain.scorecards.scoring.arithmetic import HUNDRED, ONE, ZERO, crossed, refuse
from domain.scorecards.scoring.facts import Observation
from domain.scorecards.scoring.kinds import Rule

WEIGHT_MAX = 1_000_000
ITEMS_MAX = 100
EXTRAS_MAX = 50


class Aggregation(StrEnum):
    """How scores become one: the weighted mean, the weighted geometric mean, or the lowest."""

    ARITHMETIC = "ARITHMETIC"
    GEOMETRIC = "GEOMETRIC"
    MINIMUM = "MINIMUM"


class Missing(StrEnum):
    """What becomes of an item without data: left out, zero, the last known value, or no score at all."""

    RENORMALISE = "RENORMALISE"
    ZERO = "ZERO"
    CARRY_FORWARD = "CARRY_FORWARD"
    BLOCK = "BLOCK"


class ExtraKind(StrEnum):
    """What counts beside the weighted items."""

    BONUS = "BONUS"
    PENALTY = "PENALTY"
    VETO = "VETO"


class VetoKind(StrEnum):
    """What a veto does: the score is zero, or the grade has a ceiling while the score stays as it is."""

    ZERO = "ZERO"
    GRADE_CEILING = "GRADE_CEILING"


class ScoreStatus(StrEnum):
    """Whether there is a number: too little data and a missing item that blocks have none."""

    SCORED = "SCORED"
    INSUFFICIENT_DATA = "INSUFFICIENT_DATA"
    BLOCKED = "BLOCKED"


class LeftOut(StrEnum):
    """Why an item has no score."""

    NOT_APPLICABLE = "NOT_APPLICABLE"
    NOT_DUE = "NOT_DUE"
    MISSING = "MISSING"
    DISPUTED = "DISPUTED"
    TOO_FEW_PEERS = "TOO_FEW_PEERS"
    NO_VARIATION = "NO_VARIATION"


class Treatment(StrEnum):
    """What was made of an item that has no data."""

    CARRIED_FORWARD = "CARRIED_FORWARD"
    ZERO_BY_POLICY = "ZERO_BY_POLICY"
    ZERO_WITHHELD = "ZERO_WITHHELD"


class StepKind(StrEnum):
    """What moved the score of a card beside its items, in the order in which it happens."""

    IMBALANCE = "IMBALANCE"
    GATE = "GATE"
    SCALE = "SCALE"
    DIFFICULTY = "DIFFICULTY"
    BONUS = "BONUS"
    BONUS_LIMIT = "BONUS_LIMIT"
    PENALTY = "PENALTY"
    PENALTY_LIMIT = "PENALTY_LIMIT"
    TOTAL_LIMIT = "TOTAL_LIMIT"
    VETO = "VETO"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """While its item scores below `at_least`, the others score at most `limit`.

    `perspectives` says which others, all of them when empty. `drops_difficulty`: the coefficient gives nothing then.
    """

    at_least: Decimal = HUNDRED
    limit: Decimal = ZERO
    perspectives: tuple[str, ...] = ()
    drops_difficulty: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CardPerspective:
    """A view of the strategy, such as customers; `aggregation` is the policy's unless told otherwise."""

    key: str
    weight: int
    aggregation: Aggregation | None = None

    def __post_init__(self) -> None:
        refuse(not 0 <= self.weight <= WEIGHT_MAX, f"A weight is a whole number from 0 to {WEIGHT_MAX:,}.", "weight")


@dataclass(frozen=True, slots=True, kw_only=True)
class CardItem:
    """What is scored, by which rule, from what facts. Cap and floor are the policy's unless told otherwise.

    `is_confidential` is carried into the trace for those who show it; a confidential item counts as any other.
    """

    key: str
    title: str
    perspective: str
    weight: int
    rule: Rule
    observation: Observation
    cap: Decimal | None = None
    floor: Decimal | None = None
    gate: Gate | None = None
    is_confidential: bool = False

    def __post_init__(self) -> None:
        refuse(not 0 <= self.weight <= WEIGHT_MAX, f"A weight is a whole number from 0 to {WEIGHT_MAX:,}.", "weight")
        refuse(crossed(self.floor, self.cap), "The floor lies below the cap.", "floor")


@dataclass(frozen=True, slots=True, kw_only=True)
class Extra:
    """Bonus, penalty or veto outside of the weights, by whom and on what evidence.

    `points` are 0 or more; a penalty is taken off. One that is not `in_force` (under appeal, lifted) counts nothing.
    """

    kind: ExtraKind
    key: str
    title: str
    evidence: str
    authority: str
    points: Decimal = ZERO
    veto: VetoKind | None = None
    ceiling: str | None = None
    in_force: bool = True

    def __post_init__(self) -> None:
        refuse(not self.evidence.strip(), "Say what proves it.", "evidence")
        refuse(not self.authority.strip(), "Say who decided it.", "authority")
        refuse(self.points < 0, "Points are 0 or more: a penalty is taken off by its kind.", "points")
        is_veto = self.kind == ExtraKind.VETO
        refuse(is_veto != (self.veto is not None), "A veto says of which kind it is; nothing else does.", "veto")
        refuse(is_veto and self.points != 0, "A veto has no points.", "points")
        has_ceiling = self.veto == VetoKind.GRADE_CEILING
        refuse(has_ceiling != (self.ceiling is not None), "A grade ceiling names the best grade allowed.", "ceiling")


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What is scored at a day. `difficulty` is the coefficient of the unit's task, 1 for an ordinary one.

    `onto` is the scale of the group, where the unit's mode scores items on another one: the whole is carried onto it.
    """

    as_of: date
    perspectives: tuple[CardPerspective, ...]
    items: tuple[CardItem, ...]
    extras: tuple[Extra, ...] = ()
    difficulty: Decimal = ONE
    onto: Scale | None = None

    def __post_init__(self) -> None:
        refuse(not 1 <= len(self.perspectives) <= 20, "A card has 1 to 20 perspectives.", "perspectives")
        refuse(not 1 <= len(self.items) <= ITEMS_MAX, f"A card has 1 to {ITEMS_MAX} items.", "items")
        refuse(len(self.extras) > EXTRAS_MAX, f"A card has at most {EXTRAS_MAX} extras.", "extras")
        refuse(not Decimal("0.5") <= self.difficulty <= 2, "The coefficient lies between 0.5 and 2.", "difficulty")
        known = {one.key for one in self.perspectives}
        refuse(len(known) < len(self.perspectives), "Two perspectives have the same key.", "perspectives")
        refuse(len({one.key for one in self.items}) < len(self.items), "Two items have the same key.", "items")
        for at, item in enumerate(self.items):
            refuse(item.perspective not in known, "The card has no such perspective.", f"items.{at}.perspective")
            shut = set(item.gate.perspectives) if item.gate else set[str]()
            refuse(not shut <= known, "The card has no such perspective.", f"items.{at}.gate.perspectives")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """Between what an item and the whole may lie, and what bonus and penalty may come to together."""

    item_floor: Decimal | None = ZERO
    item_cap: Decimal | None = Decimal(120)
    total_floor: Decimal | None = ZERO
    total_cap: Decimal | None = Decimal(130)
    bonus_max: Decimal = Decimal(5)
    penalty_max: Decimal = Decimal(10)

    def __post_init__(self) -> None:
        refuse(crossed(self.item_floor, self.item_cap), "The floor lies below the cap.", "itemFloor")
        refuse(crossed(self.total_floor, self.total_cap), "The floor lies below the cap.", "totalFloor")
        refuse(self.bonus_max < 0, "A limit is 0 or more.", "bonusMax")
        refuse(self.penalty_max < 0, "A limit is 0 or more.", "penaltyMax")
