"""A card as of a month, put together from what is known, scored, and compared with what was kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from domain.kernel.ids import public
from domain.modes.scales import Scale
from domain.scorecards.cards import mode_scoring, readings
from domain.scorecards.cards.readings import Figures, Source
from domain.scorecards.cards.terms import ItemKind, Months
from domain.scorecards.rules import month_after
from domain.scorecards.scoring import cards, lights, replays
from domain.scorecards.scoring.facts import DataState, Observation
from domain.scorecards.scoring.kinds import Rule
from domain.scorecards.scoring.lights import Light
from domain.scorecards.scoring.outcome import CardScore
from domain.scorecards.scoring.policy import Policy
from domain.scorecards.scoring.terms import Card, CardItem, CardPerspective, Extra, Gate


@dataclass(frozen=True, slots=True, kw_only=True)
class Counting:
    """An item as it counts: what it reads, by which rule, with which weight."""

    id: UUID
    title: str
    perspective: str
    kind: ItemKind
    weight: int
    rule: Rule
    gate: Gate | None
    cap: Decimal | None
    floor: Decimal | None
    months: Months
    source_id: UUID
    is_confidential: bool
    lag_days: int = 0
    owed_by_scored: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A published card; `months` are those of its cycle that have begun.

    `policy` holds what the mode of the unit says of scoring; `onto` is the scale of the group, if it differs.
    """

    id: UUID
    starts_on: date
    months: Sequence[date]
    closed_through: date | None
    policy_id: UUID
    policy: Policy
    onto: Scale | None
    difficulty: Decimal
    perspectives: tuple[CardPerspective, ...]
    items: Sequence[Counting]
    extras: Sequence[tuple[date, Extra]]

    @property
    def open_months(self) -> list[date]:
        """Those that are scored anew."""
        return [month for month in self.months if self.closed_through is None or month > self.closed_through]

    @property
    def cards(self) -> list[UUID]:
        """The cards that count in it."""
        return [item.source_id for item in self.items if item.kind == ItemKind.SCORECARD]


@dataclass(frozen=True, slots=True, kw_only=True)
class Below:
    """The score of a card below as of a month, and by which version of the policy."""

    value: Decimal | None
    policy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What measures, objectives and cards below have come to; `waived` are months that do not apply."""

    figures: Mapping[UUID, Figures]
    waived: Mapping[UUID, frozenset[date]]
    objectives: Mapping[UUID, tuple[str, Decimal | None]]
    below: Mapping[UUID, Mapping[date, Below]]


@dataclass(frozen=True, slots=True)
class ItemRow:
    """What was read of an item, and its score."""

    state: str
    reading: Decimal | None
    value: Decimal | None
    light: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A score as it is kept, but for who computed it when."""

    status: str
    value: Decimal | None
    covered: Decimal
    grade: str | None
    light: str | None
    trace: object
    policy_id: UUID
    items: Mapping[UUID, ItemRow] = field(default_factory=dict[UUID, ItemRow])


Kept = Mapping[date, Row]
"""The scores of a card by month."""


def score(subject: Subject, facts: Facts, kept: Kept, since: date, today: date) -> dict[date, Row]:
    """What differs from what is kept: of the open months from one on, and always of the newest."""
    found: dict[date, Row] = {}
    before: Row | None = None
    for month in subject.months:
        row = kept.get(month)
        if month in subject.open_months and (month >= since or month == subject.months[-1] or row is None):
            card = card_of(subject, facts, kept, month=month, today=today)
            fresh = row_of(subject, card, cards.score(card, subject.policy), before)
            if fresh != row:
                found[month] = fresh
            row = fresh
        before = row
    return found


def as_below(subject: Subject, rows: Mapping[date, Row]) -> dict[date, Below]:
    """These scores as a card above reads them."""
    return {month: Below(value=row.value, policy=subject.policy.version) for month, row in rows.items()}


def card_of(subject: Subject, facts: Facts, kept: Kept, *, month: date, today: date) -> Card:
    """The card with what was read for this month, as the engine takes it."""
    last = kept.get(month) if month != subject.months[-1] else None
    return Card(
        as_of=month_after(month) - timedelta(days=1),
        perspectives=subject.perspectives,
        items=tuple(
            CardItem(
                key=str(item.id),
                title=item.title,
                perspective=item.perspective,
                weight=item.weight,
                rule=item.rule,
                observation=_read(
                    item, subject, facts, month=month, today=today, last=last and last.items.get(item.id)
                ),
                cap=item.cap,
                floor=item.floor,
                gate=item.gate,
                is_confidential=item.is_confidential,
            )
            for item in subject.items
        ),
        extras=tuple(extra for period, extra in subject.extras if period <= month),
        difficulty=subject.difficulty,
        onto=subject.onto,
    )


def _read(
    item: Counting, subject: Subject, facts: Facts, *, month: date, today: date, last: ItemRow | None
) -> Observation:
    """`last` is what was read when the month ended, None while it is the newest."""
    match item.kind:
        case ItemKind.MEASURE:
            source = Source(
                months=item.months,
                figures=facts.figures.get(item.source_id, {}),
                waived=facts.waived.get(item.source_id, frozenset()),
                lag_days=item.lag_days,
                owed_by_scored=item.owed_by_scored,
                fact=public("msr", item.source_id),
            )
            return readings.of_measure(source, starts_on=subject.starts_on, period=month, today=today)
        case ItemKind.OBJECTIVE:
            fact = public("obj", item.source_id)
            if month == subject.months[-1]:
                state, progress = facts.objectives[item.source_id]
                return readings.of_objective(state, progress, fact=fact)
            state = DataState(last.state) if last else DataState.NOT_DUE
            return readings.of_objective_then(state, last and last.reading, fact=fact)
        case ItemKind.SCORECARD:
            below = facts.below.get(item.source_id, {}).get(month)
            fact, value = public("scd", item.source_id), below and below.value
            here = None if value is None else mode_scoring.from_group(value, subject.policy, subject.onto)
            return readings.of_card(here, policy=below and below.policy, fact=fact)


def row_of(subject: Subject, card: Card, found: CardScore, before: Row | None) -> Row:
    """The score as it is kept; a light depends on the one of the month before."""
    bands = subject.policy.bands
    earlier = before.items if before else dict[UUID, ItemRow]()
    items: dict[UUID, ItemRow] = {}
    for item, line in zip(card.items, found.trace.items, strict=True):
        row_id, seen = UUID(item.key), item.observation
        was = earlier.get(row_id)
        light = lights.light(line.score, bands, before=_light(was and was.light), age_days=seen.age_days)
        items[row_id] = ItemRow(str(seen.state), seen.value, line.score, str(light))
    light = lights.light(found.value, bands, before=_light(before and before.light))
    return Row(
        status=str(found.status),
        value=found.value,
        covered=found.covered,
        grade=found.grade,
        light=str(light),
        trace=replays.trace_json(found.trace),
        policy_id=subject.policy_id,
        items=items,
    )


def _light(word: str | None) -> Light | None:
    return None if word is None else Light(word)
