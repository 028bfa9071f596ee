"""What comes out of scoring a card: the score, and line by line how it came about."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from domain.modes.scales import Carried
from domain.scorecards.scoring.facts import DataState
from domain.scorecards.scoring.kinds import Rule
from domain.scorecards.scoring.terms import Aggregation, LeftOut, ScoreStatus, StepKind, Treatment


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemLine:
    """What one item adds.

    `raw` is what the rule says, `score` that within cap and floor. `share_before` and `share` are percent of the whole
    card: of everything that applies, and after what is left out was spread over the rest; each reads 100 in all.
    `contribution` is points of the weighted whole, before gates and everything after; only a card that has a score has
    contributions.
    """

    key: str
    title: str
    perspective: str
    rule: Rule
    state: DataState
    weight: int
    share_before: Decimal
    share: Decimal
    value: Decimal | None = None
    age_days: int = 0
    origin: str | None = None
    fact: str | None = None
    raw: Decimal | None = None
    score: Decimal | None = None
    contribution: Decimal | None = None
    left_out: LeftOut | None = None
    treatment: Treatment | None = None
    is_confidential: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PerspectiveLine:
    """A perspective's score before and after gates; None if none of its items has one."""

    key: str
    weight: int
    aggregation: Aggregation
    share: Decimal
    score: Decimal | None = None
    gated: Decimal | None = None


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
    """How a score came about: all contributions and all steps add up to it, to the last digit.

    `carried` is the whole before and after it was carried from the unit's own scale onto the group's, if they differ.
    `ceilings` are the grades that losses and vetoes allow at best, `extras_left_out` those that are not in force,
    `gates_not_judged` the items whose gate stays undecided for want of data.
    """

    policy: str
    as_of: date
    items: tuple[ItemLine, ...]
    perspectives: tuple[PerspectiveLine, ...]
    steps: tuple[Step, ...] = ()
    carried: Carried | None = None
    ceilings: tuple[Ceiling, ...] = ()
    extras_left_out: tuple[str, ...] = ()
    gates_not_judged: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CardScore:
    """A score, or why there is none. `covered` is the share of the applicable weight with a score, from 0 to 1."""

    value: Decimal | None
    status: ScoreStatus
    covered: Decimal
    grade: str | None
    pay_multiple: Decimal | None
    trace: Trace
