"""The words of scorecards, and what somebody writes who keeps one."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from domain.objectives.terms import Audience
from domain.scorecards.scoring.kinds import Rule
from domain.scorecards.scoring.lines import LargerBetter
from domain.scorecards.scoring.terms import Aggregation, ExtraKind, Gate

AS_IT_IS = LargerBetter(target=Decimal(100))
"""The rule of what is a score already: 100 is target met."""


class CardState(StrEnum):
    """CLOSED once every month of the cycle is closed."""

    DRAFT = "DRAFT"
    PUBLISHED = "PUBLISHED"
    CLOSED = "CLOSED"


class ItemKind(StrEnum):
    """From where score flows into an item."""

    MEASURE = "MEASURE"
    OBJECTIVE = "OBJECTIVE"
    SCORECARD = "SCORECARD"


class Timing(StrEnum):
    """A leading figure moves first; a lagging one shows what came of it."""

    LEAD = "LEAD"
    LAG = "LAG"


class Months(StrEnum):
    """How the months of a cycle make the one figure that is scored."""

    LATEST = "LATEST"
    SUM = "SUM"
    MEAN = "MEAN"


class InitiativeState(StrEnum):
    """How far an initiative is."""

    PLANNED = "PLANNED"
    RUNNING = "RUNNING"
    DONE = "DONE"
    STOPPED = "STOPPED"


class GapKind(StrEnum):
    """What a card lacks, or says why it lacks it."""

    PERSPECTIVE_MISSING = "PERSPECTIVE_MISSING"
    PERSPECTIVE_WITHOUT_ITEMS = "PERSPECTIVE_WITHOUT_ITEMS"
    NO_LINE_TO_STRATEGY = "NO_LINE_TO_STRATEGY"
    OPERATIONAL = "OPERATIONAL"


@dataclass(frozen=True, slots=True, kw_only=True)
class PerspectiveDraft:
    """A perspective of a card as it shall be."""

    perspective: str
    """Its code, such as FINANCIAL."""
    weight: int
    aggregation: Aggregation | None = None
    """The policy's unless named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemDraft:
    """An item as it shall be; exactly one of measure, objective and card below, as its kind says."""

    title: str
    perspective: str
    kind: ItemKind
    weight: int
    rule: Rule = AS_IT_IS
    title_zh: str | None = None
    timing: Timing = Timing.LAG
    months: Months = Months.LATEST
    cap: Decimal | None = None
    floor: Decimal | None = None
    gate: Gate | None = None
    baseline: Decimal | None = None
    threshold: Decimal | None = None
    target: Decimal | None = None
    stretch: Decimal | None = None
    measure_id: UUID | None = None
    objective_id: UUID | None = None
    of_scorecard_id: UUID | None = None
    strategic_objective_id: UUID | None = None
    serves_item_id: UUID | None = None
    operational: str | None = None
    """Why it serves no strategic objective."""
    is_confidential: bool = False
    position_kpi_id: UUID | None = None
    id: UUID | None = None
    """A new one unless told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InitiativeDraft:
    """What is undertaken so that an item is reached."""

    title: str
    title_zh: str | None = None
    item_id: UUID | None = None
    owner_id: UUID | None = None
    starts_on: date | None = None
    due_on: date | None = None
    state: InitiativeState = InitiativeState.PLANNED
    id: UUID | None = None
    """A new one unless told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CardDraft:
    """The whole content of a card as it shall be."""

    perspectives: tuple[PerspectiveDraft, ...] = ()
    items: tuple[ItemDraft, ...] = ()
    initiatives: tuple[InitiativeDraft, ...] = ()
    audience: Audience = Audience.CHAIN
    difficulty: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtraDraft:
    """Points outside of the weighted base, or a veto: then `ceiling` is the best grade left, None leaves nothing."""

    kind: ExtraKind
    period: date
    title: str
    evidence: str
    points: Decimal | None = None
    ceiling: str | None = None
    id: UUID | None = None
    """A new one unless told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KpiDraft:
    """A key figure of a position."""

    title: str
    perspective: str
    weight: int
    rule: Rule
    title_zh: str | None = None
    timing: Timing = Timing.LAG
    months: Months = Months.LATEST
    measure_id: UUID | None = None
    strategic_objective_id: UUID | None = None
    operational: str | None = None
    id: UUID | None = None
    """A new one unless told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCard:
    """A card to be begun, of a unit or of a person; without content it begins as their mode or position says."""

    cycle_id: UUID
    unit_id: UUID | None = None
    person_id: UUID | None = None
    content: CardDraft | None = None
    id: UUID | None = None
    """A new one unless told."""
