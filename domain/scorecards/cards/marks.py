"""The marks that people know a figure by, as the rule of an item names them: baseline, threshold, target, stretch."""

from dataclasses import dataclass, fields
from decimal import Decimal

from domain.kernel.errors import InvalidInput
from domain.scorecards.scoring.evidence import Binary, Maintain
from domain.scorecards.scoring.kinds import Rule
from domain.scorecards.scoring.lines import Asymmetric, LargerBetter, Okr, SignedTarget, SmallerBetter, Steps
from domain.scorecards.scoring.tables import Efficacy, Range, Stretch


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """Each may be unknown."""

    baseline: Decimal | None = None
    threshold: Decimal | None = None
    target: Decimal | None = None
    stretch: Decimal | None = None


def of(rule: Rule) -> Marks:
    """What the rule itself says; nothing for rules that look up bands."""
    match rule:
        case LargerBetter() | SmallerBetter():
            return Marks(baseline=rule.baseline, target=rule.target)
        case Okr():
            return Marks(baseline=rule.start, target=rule.target)
        case Stretch():
            return Marks(threshold=rule.threshold, target=rule.target, stretch=rule.stretch)
        case Steps() | Asymmetric() | SignedTarget():
            return Marks(target=rule.target)
        case Binary():
            return Marks(target=rule.threshold)
        case Maintain():
            return Marks(target=rule.plan)
        case Efficacy():
            return Marks(threshold=rule.standards[-1], target=rule.standards[0])
        case Range():
            return Marks(target=rule.full_low) if rule.full_low == rule.full_high else Marks()
        case _:
            return Marks()


def together(rule: Rule, told: Marks, path: str) -> Marks:
    """The marks of the rule and those told beside it; InvalidInput where both name one and differ."""
    ours = of(rule)
    found: dict[str, Decimal | None] = {}
    for name in (field.name for field in fields(Marks)):
        own, beside = getattr(ours, name), getattr(told, name)
        if own is not None and beside is not None and own != beside:
            raise InvalidInput(f"The rule names another {name}.", field=f"{path}.{name}")
        found[name] = beside if own is None else own
    return Marks(**found)
