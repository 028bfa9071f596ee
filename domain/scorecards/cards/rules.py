"""What may be written into a scorecard, and what it needs to be published."""

from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from uuid import UUID

from domain.kernel import numbers
from domain.kernel.errors import InvalidInput
from domain.kernel.ids import new_id
from domain.objectives.rules import TITLE_CHARACTERS_MAX, check_text
from domain.objectives.terms import Audience
from domain.people import rules as people
from domain.scorecards.cards import marks
from domain.scorecards.cards.errors import CountedTwice, OrphanKpi, PeriodNotClosable, ScorecardNotPublishable
from domain.scorecards.cards.marks import Marks
from domain.scorecards.cards.terms import (
    CardDraft,
    ExtraDraft,
    InitiativeDraft,
    ItemDraft,
    ItemKind,
    KpiDraft,
    PerspectiveDraft,
)
from domain.scorecards.rules import month_after
from domain.scorecards.scoring.arithmetic import ZERO
from domain.scorecards.scoring.evidence import Milestones, Peers
from domain.scorecards.scoring.facts import DataState, Observation
from domain.scorecards.scoring.kinds import Rule
from domain.scorecards.scoring.tables import Ordinal
from domain.scorecards.scoring.terms import WEIGHT_MAX, Card, CardItem, CardPerspective, Extra, ExtraKind, VetoKind

PERSPECTIVES_MAX = 10
ITEMS_MAX = 40
INITIATIVES_MAX = 40
EXTRAS_MAX = 40
KPIS = range(3, 8)
"""How many key figures a position or a person has."""
LEVELS_MAX = 16
"""How many levels of cards count in one another."""
STEPS_MAX = 3
"""Within how many steps a person's item leads to a strategic objective, or the gap is told."""
_READ_ELSEWHERE = (Milestones, Peers, Ordinal)
_NOTHING = Observation(state=DataState.NOT_DUE)


def check_card(written: CardDraft, *, is_of_person: bool) -> None:
    """InvalidInput, with the path of the first mistake. What is checked has its ids."""
    _check_sizes(written)
    if is_of_person and written.audience != Audience.CHAIN:
        raise InvalidInput("A person's card is seen by the person and their line alone.", field="audience")
    for at, item in enumerate(written.items):
        _check_item(item, f"items.{at}")
    for at, initiative in enumerate(written.initiatives):
        _check_initiative(initiative, written, f"initiatives.{at}")
    if written.items:
        engine_card(written)


def with_ids(written: CardDraft) -> CardDraft:
    """The content, with new ids for what has none."""
    return replace(
        written,
        items=tuple(replace(one, id=one.id or new_id()) for one in written.items),
        initiatives=tuple(replace(one, id=one.id or new_id()) for one in written.initiatives),
    )


def _check_sizes(written: CardDraft) -> None:
    limits = (
        ("perspectives", written.perspectives, PERSPECTIVES_MAX),
        ("items", written.items, ITEMS_MAX),
        ("initiatives", written.initiatives, INITIATIVES_MAX),
    )
    for name, rows, most in limits:
        if len(rows) > most:
            raise InvalidInput(f"A scorecard has at most {most} {name}.", field=name)
    if not numbers.is_storable(written.difficulty):
        raise InvalidInput("The coefficient lies between 0.5 and 2.", field="difficulty")
    for name, rows in (("items", written.items), ("initiatives", written.initiatives)):
        if len({one.id for one in rows}) < len(rows):
            raise InvalidInput("Two of these have the same id.", field=name)


def engine_card(written: CardDraft) -> Card:
    """The card as the engine takes it, without facts; InvalidInput where it does not."""
    return Card(
        as_of=date.max,
        perspectives=tuple(_perspective(one, f"perspectives.{at}") for at, one in enumerate(written.perspectives)),
        items=tuple(_engine_item(one, f"items.{at}") for at, one in enumerate(written.items)),
        difficulty=written.difficulty,
    )


def _perspective(one: PerspectiveDraft, path: str) -> CardPerspective:
    with _placed(path):
        return CardPerspective(key=one.perspective, weight=one.weight, aggregation=one.aggregation)


def _engine_item(one: ItemDraft, path: str) -> CardItem:
    with _placed(path):
        return CardItem(
            key=str(one.id),
            title=one.title,
            perspective=one.perspective,
            weight=one.weight,
            rule=one.rule,
            observation=_NOTHING,
            cap=one.cap,
            floor=one.floor,
            gate=one.gate,
        )


@contextmanager
def _placed(path: str) -> Generator[None]:
    """A mistake inside is told where it stands in the whole."""
    try:
        yield
    except InvalidInput as mistake:
        raise InvalidInput(mistake.message, field=f"{path}.{mistake.field}", help=mistake.help) from None


def _check_item(item: ItemDraft, path: str) -> None:
    check_text(item.title, f"{path}.title", characters_max=TITLE_CHARACTERS_MAX)
    if item.title_zh is not None:
        check_text(item.title_zh, f"{path}.titleZh", characters_max=TITLE_CHARACTERS_MAX)
    if item.operational is not None:
        check_text(item.operational, f"{path}.operational", characters_max=TITLE_CHARACTERS_MAX)
    _check_source(item, path)
    check_rule(item.rule, f"{path}.rule")
    if item.serves_item_id is not None and item.serves_item_id == item.id:
        raise InvalidInput("An item does not serve itself.", field=f"{path}.servesItem")
    told = Marks(baseline=item.baseline, threshold=item.threshold, target=item.target, stretch=item.stretch)
    values = (item.cap, item.floor, item.baseline, item.threshold, item.target, item.stretch)
    if not all(numbers.is_storable(one) for one in values if one is not None):
        raise InvalidInput("This is not a number of a sensible size.", field=path)
    marks.together(item.rule, told, path)


def _check_source(item: ItemDraft, path: str) -> None:
    told = {
        ItemKind.MEASURE: item.measure_id,
        ItemKind.OBJECTIVE: item.objective_id,
        ItemKind.SCORECARD: item.of_scorecard_id,
    }
    others = [kind for kind, row_id in told.items() if row_id is not None and kind != item.kind]
    if others:
        raise InvalidInput(f"Score flows from one source: this is an item of kind {item.kind}.", field=f"{path}.kind")
    if item.kind != ItemKind.MEASURE and told[item.kind] is None:
        raise InvalidInput("Say where the score flows from.", field=f"{path}.{item.kind.lower()}")


def check_rule(rule: Rule, path: str) -> None:
    """InvalidInput for rules whose facts are not figures of months."""
    if isinstance(rule, _READ_ELSEWHERE):
        raise InvalidInput(
            "A scorecard reads figures of months, which this rule does not look at.",
            field=f"{path}.kind",
            help="Use BANDS or BINARY over a figure, or try the rule out by previewScore.",
        )


def _check_initiative(initiative: InitiativeDraft, written: CardDraft, path: str) -> None:
    check_text(initiative.title, f"{path}.title", characters_max=TITLE_CHARACTERS_MAX)
    if initiative.title_zh is not None:
        check_text(initiative.title_zh, f"{path}.titleZh", characters_max=TITLE_CHARACTERS_MAX)
    if initiative.item_id is not None and initiative.item_id not in {item.id for item in written.items}:
        raise InvalidInput("The card has no such item.", field=f"{path}.item")
    for name, day in (("startsOn", initiative.starts_on), ("dueOn", initiative.due_on)):
        if day is not None and not people.FIRST_DAY <= day < people.LAST_DAY:
            raise InvalidInput("This is not a day that can be kept.", field=f"{path}.{name}")
    if initiative.starts_on and initiative.due_on and initiative.due_on < initiative.starts_on:
        raise InvalidInput("It is due before it begins.", field=f"{path}.dueOn")


def check_publishable(written: CardDraft, *, is_of_person: bool) -> None:
    """OrphanKpi, or ScorecardNotPublishable with everything that is missing."""
    reasons = list(_missing(written, is_of_person=is_of_person))
    if reasons:
        raise ScorecardNotPublishable(reasons)
    orphans = [item.title for item in written.items if _is_orphan(item)]
    if orphans:
        raise OrphanKpi(orphans)


def _missing(written: CardDraft, *, is_of_person: bool) -> Iterator[str]:
    if not written.items:
        yield "The scorecard has no items."
    for one in written.perspectives:
        weights = [item.weight for item in written.items if item.perspective == one.perspective]
        if weights and not sum(weights):
            yield f"The weights in {one.perspective} are all zero."
    if written.items and not sum(one.weight for one in written.perspectives if _is_filled(written, one.perspective)):
        yield "The weights of the perspectives that have items are all zero."
    without = [item.title for item in written.items if item.kind == ItemKind.MEASURE and item.measure_id is None]
    if without:
        yield f"Nothing says by which measure these are counted: {', '.join(without)}."
    if is_of_person and written.items and len(written.items) not in KPIS:
        yield f"A person has {KPIS[0]} to {KPIS[-1]} items; these are {len(written.items)}."


def _is_filled(written: CardDraft, perspective: str) -> bool:
    return any(item.perspective == perspective for item in written.items)


def _is_orphan(item: ItemDraft) -> bool:
    """A key figure that serves nothing; objectives and cards below have lines of their own."""
    served = (item.strategic_objective_id, item.serves_item_id, item.operational)
    return item.kind == ItemKind.MEASURE and all(one is None for one in served)


Source = tuple[str, UUID]
"""A measure, an objective or a card, by its table and id."""
Reached = tuple[UUID, Source, str | None]
"""An item, a source that counts in it on whatever way, and what the source may be called."""


def check_counted_once(reached: Sequence[Reached], titles: Mapping[UUID, str]) -> None:
    """CountedTwice when two items of a card reach the same source; titles are those of the items."""
    first: dict[Source, UUID] = {}
    for item_id, source, name in reached:
        known = first.setdefault(source, item_id)
        if known != item_id:
            what = f"{source[0]} {name or ''}".strip()
            raise CountedTwice(f"The {what} would count twice: by “{titles[known]}” and by “{titles[item_id]}”.")


def check_extra(written: ExtraDraft) -> None:
    """InvalidInput unless it is what its kind needs, within its month."""
    check_text(written.title, "title", characters_max=TITLE_CHARACTERS_MAX)
    check_text(written.evidence, "evidence", characters_max=2000)
    if written.period.day != 1:
        raise InvalidInput("Name a month by its first day.", field="period")
    if written.points is not None and not (numbers.is_storable(written.points) and written.points > 0):
        raise InvalidInput("Points are more than 0; a penalty is taken off by its kind.", field="points")
    if written.ceiling is not None:
        check_text(written.ceiling, "ceiling", characters_max=20)
    if (written.kind == ExtraKind.VETO) == (written.points is not None):
        raise InvalidInput("Bonus and penalty have points; a veto has none.", field="points")
    engine_extra(written, authority="somebody")


def engine_extra(written: ExtraDraft, *, authority: str) -> Extra:
    """The extra as the engine takes it."""
    veto = VetoKind.GRADE_CEILING if written.ceiling is not None else VetoKind.ZERO
    return Extra(
        kind=written.kind,
        key=str(written.id),
        title=written.title,
        evidence=written.evidence,
        authority=authority,
        points=written.points or ZERO,
        veto=veto if written.kind == ExtraKind.VETO else None,
        ceiling=written.ceiling,
    )


def check_kpis(written: Sequence[KpiDraft]) -> None:
    """InvalidInput unless these are three to seven key figures, none of them an orphan; none at all clears them."""
    if written and len(written) not in KPIS:
        raise InvalidInput(f"A position has {KPIS[0]} to {KPIS[-1]} key figures.", field="kpis")
    for at, one in enumerate(written):
        path = f"kpis.{at}"
        check_text(one.title, f"{path}.title", characters_max=TITLE_CHARACTERS_MAX)
        if one.title_zh is not None:
            check_text(one.title_zh, f"{path}.titleZh", characters_max=TITLE_CHARACTERS_MAX)
        if one.operational is not None:
            check_text(one.operational, f"{path}.operational", characters_max=TITLE_CHARACTERS_MAX)
        check_rule(one.rule, f"{path}.rule")
        if not 1 <= one.weight <= WEIGHT_MAX:
            raise InvalidInput(f"A weight is a whole number from 1 to {WEIGHT_MAX:,}.", field=f"{path}.weight")
    orphans = [one.title for one in written if one.strategic_objective_id is None and one.operational is None]
    if orphans:
        raise OrphanKpi(orphans)


def months_to_close(months: Sequence[date], closed_through: date | None, through: date, today: date) -> list[date]:
    """The months that are closed by closing through this one; PeriodNotClosable, or none when they are closed."""
    if through not in months:
        raise PeriodNotClosable("This month is not one of the scorecard's cycle, or has not begun.")
    if month_after(through) > today:
        raise PeriodNotClosable(f"{through:%Y-%m} is not over yet.")
    return [month for month in months if month <= through and (closed_through is None or month > closed_through)]
