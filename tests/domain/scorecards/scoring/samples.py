"""Cards, items and rules for tests of scoring, short to write."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from domain.scorecards.scoring import cards, kinds
from domain.scorecards.scoring.facts import DataState, Observation
from domain.scorecards.scoring.kinds import Rule
from domain.scorecards.scoring.lines import LargerBetter
from domain.scorecards.scoring.outcome import CardScore
from domain.scorecards.scoring.policy import Policy
from domain.scorecards.scoring.terms import Bounds, Card, CardItem, CardPerspective, Gate

TODAY = date(2026, 11, 21)
FREE = Bounds(item_floor=None, item_cap=None, total_floor=None, total_cap=Decimal(10) ** 18)
"""Nothing is cut off."""
PLAIN = Policy(version="1", bounds=FREE)
TO_HUNDRED = LargerBetter(target=Decimal(100))
"""The score is the actual."""


def number(value: object) -> Decimal:
    return Decimal(str(value))


def numbers(*values: object) -> tuple[Decimal, ...]:
    return tuple(number(value) for value in values)


def points(rule: Rule, actual: object) -> Decimal | None:
    """What the rule says of an actual."""
    return kinds.score(rule, Observation(value=number(actual)), TODAY).points


def seen(value: object) -> Observation:
    """A measured value; None is missing, a state is itself."""
    if isinstance(value, Observation):
        return value
    if isinstance(value, DataState):
        return Observation(state=value)
    return Observation(state=DataState.MISSING) if value is None else Observation(value=number(value))


def item(key: str, value: object, *, weight: int = 1, perspective: str = "P", gate: Gate | None = None) -> CardItem:
    """An item whose score is its actual."""
    return CardItem(
        key=key,
        title=key,
        perspective=perspective,
        weight=weight,
        rule=TO_HUNDRED,
        observation=seen(value),
        gate=gate,
    )


def card(*items: CardItem, perspectives: Mapping[str, int] | None = None, **others: object) -> Card:
    """A card of these items; without perspectives named, each has the weight 1."""
    named = perspectives or dict.fromkeys((one.perspective for one in items), 1)
    made = Card(
        as_of=TODAY,
        perspectives=tuple(CardPerspective(key=key, weight=weight) for key, weight in named.items()),
        items=items,
    )
    return replace(made, **others)  # type: ignore[arg-type]


def value(*values: object, policy: Policy = PLAIN) -> Decimal | None:
    """The score of a card with one item for each of these."""
    return scored(*values, policy=policy).value


def scored(*values: object, policy: Policy = PLAIN) -> CardScore:
    """The outcome of a card with one item for each of these."""
    items = [item(f"i{at}", one) for at, one in enumerate(values)]
    return cards.score(card(*items), policy)


def sum_of_trace(score: CardScore) -> Decimal:
    """All contributions and all steps."""
    added = [line.contribution for line in score.trace.items if line.contribution is not None]
    return sum((*added, *(step.amount for step in score.trace.steps)), Decimal(0))
