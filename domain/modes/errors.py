"""Refusals of modes."""

from collections.abc import Sequence

from domain.kernel.errors import DomainError
from domain.modes.terms import Feature, Placed


class FeatureLocked(DomainError):
    """A unit above locked the feature, or who keeps the modes locked it here."""

    code = "feature_locked"

    def __init__(self, feature: Feature, by: Placed) -> None:
        who = f" by {by.set_by_name}" if by.set_by_name else ""
        super().__init__(f"{feature} has been locked in {by.unit_name or 'a unit above'} since {by.since}{who}.")
        self.help = "Ask who locked it to open it, or leave it as it is."


class ReasonNeeded(DomainError):
    """A feature would lie outside of the range of the unit's style, and nobody says why."""

    code = "reason_needed"
    help = "Say why this unit departs from what its style asks for, or choose a value within the range."

    def __init__(self, sentences: Sequence[str]) -> None:
        super().__init__(" ".join(sentences))
