"""The score of a card, in one fixed order, which is part of what a policy's version promises:

fact → item score → item cap and floor → weight → perspective → gate → scale of the group → × difficulty → + bonus
− deduction → total cap → veto → grade → coupling → pay. The last two are in `coupling`; any other order comes to other
results.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from domain.kernel import percents
from domain.modes import scales
from domain.modes.scales import Carried
from domain.scorecards.scoring import aggregates, finals, gates, grades, items, weights
from domain.scorecards.scoring.arithmetic import ZERO, bounded, crossed, exact, refuse
from domain.scorecards.scoring.gates import Gated
from domain.scorecards.scoring.items import Scored
from domain.scorecards.scoring.outcome import CardScore, Ceiling, ItemLine, PerspectiveLine, Step, Trace
from domain.scorecards.scoring.policy import Policy
from domain.scorecards.scoring.terms import Aggregation, Card, CardItem, LeftOut, ScoreStatus, StepKind


@dataclass(frozen=True, slots=True, kw_only=True)
class _Looked:
    """A card with its items scored and its gates applied."""

    card: Card
    policy: Policy
    found: Sequence[Scored]
    gated: Gated
    applicable: Sequence[int]

    @property
    def has_score(self) -> list[bool]:
        return [one.score is not None for one in self.found]

    @property
    def scores(self) -> gates.Scores:
        return [one.score for one in self.found]


@exact
def score(card: Card, policy: Policy) -> CardScore:
    """The card's score with its trace, or why it has none. InvalidInput where card and policy do not fit together."""
    check(card, policy)
    found = [items.score(item, policy, card.as_of) for item in card.items]
    applies = [one.left_out != LeftOut.NOT_APPLICABLE for one in found]
    looked = _Looked(
        card=card,
        policy=policy,
        found=found,
        gated=gates.apply(card, policy, found),
        applicable=weights.in_card(card, applies),
    )
    status = _status(looked)
    return _scored(looked) if status == ScoreStatus.SCORED else _without(looked, status)


def check(card: Card, policy: Policy) -> None:
    """What neither says alone: every ceiling is a grade, every floor lies below its cap. Asked before publishing."""
    for at, item in enumerate(card.items):
        refuse(crossed(*items.limits(item, policy)), "The floor lies below the cap.", f"items.{at}.floor")
        for code in items.ceilings(item):
            grades.known(code, policy, f"items.{at}.rule.losses")
    for at, extra in enumerate(card.extras):
        if extra.ceiling is not None:
            grades.known(extra.ceiling, policy, f"extras.{at}.ceiling")


def _status(looked: _Looked) -> ScoreStatus:
    if any(one.blocks for one in looked.found):
        return ScoreStatus.BLOCKED
    known = gates.perspectives(looked.card, looked.policy, looked.scores)
    enough = (
        weights.is_covered(looked.applicable, looked.has_score, looked.policy.minimum_covered)
        and sum(1 for one in known if one is not None) >= looked.policy.minimum_perspectives
        and gates.base(looked.card, looked.policy, looked.scores) is not None
        and not looked.gated.not_judged
    )
    return ScoreStatus.SCORED if enough else ScoreStatus.INSUFFICIENT_DATA


def _without(looked: _Looked, status: ScoreStatus) -> CardScore:
    """What is known of a card that has no number, line by line."""
    return CardScore(
        value=None,
        status=status,
        covered=weights.covered(looked.applicable, looked.has_score),
        grade=None,
        pay_multiple=None,
        trace=_trace(looked, contributions={}, steps=()),
    )


def _scored(looked: _Looked) -> CardScore:
    card, policy = looked.card, looked.policy
    whole = gates.base(card, policy, looked.scores) or ZERO
    added, imbalance = _contributions(looked, whole)
    behind = gates.base(card, policy, looked.gated.scores) or ZERO
    carried = _carried(card, policy, behind)
    begin = carried.value if carried else behind
    moved = (Step(kind=StepKind.SCALE, amount=begin - behind),) if begin != behind else ()
    end = finals.run(card, policy, begin, drops_difficulty=looked.gated.drops_difficulty)
    best = grades.ceiling([one.grade for one in _ceilings(looked)], policy)
    return CardScore(
        value=end.value,
        status=ScoreStatus.SCORED,
        covered=weights.covered(looked.applicable, looked.has_score),
        grade=policy.grades[max(best, grades.place(end.value, policy))].code,
        pay_multiple=grades.pay_multiple(end.value, best, policy),
        trace=_trace(
            looked,
            contributions=added,
            steps=(*imbalance, *looked.gated.steps, *moved, *end.steps),
            carried=carried,
        ),
    )


def _carried(card: Card, policy: Policy, whole: Decimal) -> Carried | None:
    """The whole on the scale of the group; an item of its own limits may have led it beyond the ends of the unit's."""
    own = scales.between(policy.bounds.item_floor, policy.bounds.item_cap)
    if card.onto is None or card.onto == own:
        return None
    return scales.carry(bounded(whole, own.floor, own.cap), own, card.onto)


def _contributions(looked: _Looked, whole: Decimal) -> tuple[dict[str, Decimal], tuple[Step, ...]]:
    """What each item adds to the weighted mean; and what another way than the mean takes off for being uneven."""
    parts = weights.in_card(looked.card, looked.has_score)
    total = sum(parts)
    counted = [at for at, part in enumerate(parts) if part]
    ways = {looked.policy.aggregation, *(gates.how(one, looked.policy) for one in looked.card.perspectives)}
    added = aggregates.contributions(
        [Fraction(parts[at], total) for at in counted],
        [looked.found[at].score or ZERO for at in counted],
        whole if ways == {Aggregation.ARITHMETIC} else None,
    )
    by_key = {looked.card.items[at].key: amount for at, amount in zip(counted, added, strict=True)}
    uneven = whole - sum(added, ZERO)
    return by_key, (Step(kind=StepKind.IMBALANCE, amount=uneven),) if uneven else ()


def _ceilings(looked: _Looked) -> list[Ceiling]:
    of_items = [
        Ceiling(grade=one.ceiling, key=item.key)
        for item, one in zip(looked.card.items, looked.found, strict=True)
        if one.ceiling is not None
    ]
    in_force = [one for one in looked.card.extras if one.in_force and one.ceiling is not None]
    return of_items + [Ceiling(grade=one.ceiling or "", key=one.key) for one in in_force]


def _trace(
    looked: _Looked, *, contributions: dict[str, Decimal], steps: tuple[Step, ...], carried: Carried | None = None
) -> Trace:
    card = looked.card
    return Trace(
        policy=looked.policy.version,
        as_of=card.as_of,
        items=_item_lines(looked, contributions),
        perspectives=_perspective_lines(looked),
        steps=steps,
        carried=carried,
        ceilings=tuple(_ceilings(looked)),
        extras_left_out=tuple(one.key for one in card.extras if not one.in_force),
        gates_not_judged=looked.gated.not_judged,
    )


def _item_lines(looked: _Looked, contributions: dict[str, Decimal]) -> tuple[ItemLine, ...]:
    before = percents.of(looked.applicable, decimals=2)
    after = percents.of(weights.in_card(looked.card, looked.has_score), decimals=2)
    return tuple(
        replace(
            _line(item, one),
            share_before=before[at],
            share=after[at],
            # An item without weight has a score and adds nothing.
            contribution=contributions.get(item.key, ZERO if contributions and one.score is not None else None),
        )
        for at, (item, one) in enumerate(zip(looked.card.items, looked.found, strict=True))
    )


def _line(item: CardItem, one: Scored) -> ItemLine:
    seen = item.observation
    return ItemLine(
        key=item.key,
        title=item.title,
        perspective=item.perspective,
        rule=item.rule,
        state=one.state,
        weight=item.weight,
        share_before=ZERO,
        share=ZERO,
        value=seen.value,
        age_days=seen.age_days,
        origin=seen.origin,
        fact=seen.fact,
        raw=one.raw,
        score=one.score,
        left_out=one.left_out,
        treatment=one.treatment,
        is_confidential=item.is_confidential,
    )


def _perspective_lines(looked: _Looked) -> tuple[PerspectiveLine, ...]:
    card, policy = looked.card, looked.policy
    known = gates.perspectives(card, policy, looked.scores)
    behind = gates.perspectives(card, policy, looked.gated.scores)
    shares = percents.of(
        [one.weight if score is not None else 0 for one, score in zip(card.perspectives, known, strict=True)],
        decimals=2,
    )
    return tuple(
        PerspectiveLine(
            key=one.key,
            weight=one.weight,
            aggregation=gates.how(one, policy),
            share=shares[at],
            score=known[at],
            gated=behind[at],
        )
        for at, one in enumerate(card.perspectives)
    )
