"""Refusals of strategies."""

from collections.abc import Sequence

from domain.kernel.errors import DomainError
from domain.strategy.terms import Gap


class CausalCircle(DomainError):
    """Causes and effects would lead back to where they began; `path` names them by their codes."""

    code = "causal_circle"
    help = "Take one of these links away, or turn it round: what follows from itself explains nothing."

    def __init__(self, path: Sequence[str]) -> None:
        super().__init__(f"These causes and effects lead back to where they began: {' → '.join(path)}.")
        self.path = tuple(path)


class StrategyIncomplete(DomainError):
    """The map lacks something without which it is not published."""

    code = "strategy_incomplete"
    help = "Complete the map; for a perspective that is left out on purpose, give the reason."

    def __init__(self, missing: Sequence[Gap]) -> None:
        super().__init__(" ".join(gap.sentence for gap in missing))
        self.missing = tuple(missing)


class NothingToPublish(DomainError):
    """What is written is what was published last."""

    code = "nothing_to_publish"

    def __init__(self) -> None:
        super().__init__("There is no draft that differs from what was published last.")
