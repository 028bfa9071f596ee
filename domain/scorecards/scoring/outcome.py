"""What comes out of scoring a card: the score, and line by line how it came about."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from domain.scorecards.scoring.facts import DataState
from domain.scorecards.scoring.kinds import Rule
from domain.scorecards.scoring.terms import Aggregation, LeftOut, ScoreStatus, StepKind, Treatment


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemLine:
    """What one item adds.

    `raw` is what the rule says, `score` that within cap and floor; None if it was left out. `share_before` and `share`
    are percent of the whole card with everything that applies, and after what is left out was spread over the rest;
    each reads 100 in all. `contribution` is points of the weighted whole, before gates and everything after.
    """

    key: str
    title: str
    perspective: str
    rule: Rule
    state: DataState
    value: Decimal | None
    age_days: int
    origin: str | None
    fact: str | None
    weight: int
    raw: Decimal | None
    score: Decimal | None
    share_before: Decimal
    share: Decimal
    contribution: Decimal
    left_out: LeftOut | None
    treatment: Treatment | None
    is_confidential: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PerspectiveLine:
    """A perspective's score before and after gates; None if none of its items has one."""

    key: str
    weight: int
    aggregation: Aggregation
    score: Decimal | None
    gated: Decimal | None
    share: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What else moved the score: `key` names the perspective, item or extra, `amount` is in points."""

    kind: StepKind
    amount: Decimal
    key: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ceiling:
    """The best grade that an item or a veto allows."""

    grade: str
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """How a score came about: all contributions and all steps add up to it, to the last digit."""

    policy: str
    as_of: date
    items: Sequence[ItemLine]
    perspectives: Sequence[PerspectiveLine]
    steps: Sequence[Step]
    ceilings: Sequence[Ceiling]
    extras_left_out: Sequence[str]
    gates_not_judged: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class CardScore:
    """A score, or why there is none. `covered` is the share of the applicable weight with a score, from 0 to 1."""

    value: Decimal | None
    status: ScoreStatus
    covered: Decimal
    grade: str | None
    pay_multiple: Decimal | None
    trace: Trace
