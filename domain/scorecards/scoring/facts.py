"""What is known of an item at a date, or in which way it is not known."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from domain.scorecards.scoring.arithmetic import refuse


class DataState(StrEnum):
    """Missing is not zero, and neither is what does not apply, is not due yet, or is disputed."""

    MEASURED = "MEASURED"
    NOT_APPLICABLE = "NOT_APPLICABLE"
    NOT_DUE = "NOT_DUE"
    MISSING = "MISSING"
    DISPUTED = "DISPUTED"


@dataclass(frozen=True, slots=True, kw_only=True)
class MilestoneFact:
    """How far a milestone is; done counts from its day on, and only with evidence."""

    key: str
    started_on: date | None = None
    done_on: date | None = None
    has_evidence: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """The facts of one item. Which of them matter is the rule's affair.

    `value` is the actual; of MISSING, the newest known one, which a policy may carry forward. `age_days` is how old the
    value is, `overdue_days` how long a missing one is owed, `withheld_by_owner` says that the scored unit owes it.
    `milestones` are for MILESTONES, `periods` for MAINTAIN (oldest first, None for a gap), `peers` for PEERS (the
    values of the others), `zone` for ORDINAL. `origin` (such as PARTNER or HAND) and `fact` (an id) are provenance.
    """

    state: DataState = DataState.MEASURED
    value: Decimal | None = None
    age_days: int = 0
    overdue_days: int = 0
    withheld_by_owner: bool = False
    milestones: tuple[MilestoneFact, ...] = ()
    periods: tuple[Decimal | None, ...] = ()
    peers: tuple[Decimal, ...] = ()
    zone: str | None = None
    origin: str | None = None
    fact: str | None = None

    def __post_init__(self) -> None:
        refuse(self.age_days < 0, "A value has an age of 0 or more days.", "ageDays")
        refuse(self.overdue_days < 0, "What is missing is owed for 0 or more days.", "overdueDays")
