"""Gates: while one item misses its mark, the others count at most up to a limit."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from domain.scorecards.scoring import aggregates
from domain.scorecards.scoring.items import Scored
from domain.scorecards.scoring.outcome import Step
from domain.scorecards.scoring.policy import Policy
from domain.scorecards.scoring.terms import Aggregation, Card, CardItem, CardPerspective, Gate, LeftOut, StepKind

Scores = Sequence[Decimal | None]
_NOT_NEEDED = frozenset({LeftOut.NOT_APPLICABLE, LeftOut.NOT_DUE})
"""Of an item that does not apply or is not due, nothing is held against the others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gated:
    """The items' scores behind the gates, what each shut gate moved, and whose gate cannot be judged."""

    scores: Scores
    steps: tuple[Step, ...]
    drops_difficulty: bool
    not_judged: tuple[str, ...]


def how(perspective: CardPerspective, policy: Policy) -> Aggregation:
    """How a perspective puts its items together."""
    return perspective.aggregation or policy.aggregation


def perspectives(card: Card, policy: Policy, scores: Scores) -> list[Decimal | None]:
    """The score of each perspective from those of the items."""
    within: dict[str, list[aggregates.Weighted]] = {one.key: [] for one in card.perspectives}
    for item, score in zip(card.items, scores, strict=True):
        if score is not None:
            within[item.perspective].append((item.weight, score))
    return [aggregates.aggregate(how(one, policy), within[one.key]) for one in card.perspectives]


def base(card: Card, policy: Policy, scores: Scores) -> Decimal | None:
    """The weighted whole, before everything that comes after gates; None if nothing that weighs has a score."""
    found = zip(card.perspectives, perspectives(card, policy, scores), strict=True)
    return aggregates.aggregate(policy.aggregation, [(one.weight, score) for one, score in found if score is not None])


def apply(card: Card, policy: Policy, found: Sequence[Scored]) -> Gated:
    """One shut gate after the other, in the order of the items; each is judged by its item's own score."""
    scores: Scores = [one.score for one in found]
    steps: list[Step] = []
    drops = False
    before = base(card, policy, scores)
    for at, item in enumerate(card.items):
        own = found[at].score
        if item.gate is None or own is None or own >= item.gate.at_least:
            continue
        drops = drops or item.gate.drops_difficulty
        scores = _limited(card, scores, item, item.gate)
        after = base(card, policy, scores)
        if before is not None and after is not None:
            steps.append(Step(kind=StepKind.GATE, key=item.key, amount=after - before))
        before = after
    return Gated(scores=scores, steps=tuple(steps), drops_difficulty=drops, not_judged=_not_judged(card, found))


def _limited(card: Card, scores: Scores, own: CardItem, gate: Gate) -> Scores:
    return [
        min(score, gate.limit)
        if score is not None and item is not own and (not gate.perspectives or item.perspective in gate.perspectives)
        else score
        for item, score in zip(card.items, scores, strict=True)
    ]


def _not_judged(card: Card, found: Sequence[Scored]) -> tuple[str, ...]:
    return tuple(
        item.key
        for item, one in zip(card.items, found, strict=True)
        if item.gate is not None and one.score is None and one.left_out not in _NOT_NEEDED
    )
