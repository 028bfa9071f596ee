"""Facts about seasons and about who takes part."""

from dataclasses import dataclass
from typing import ClassVar

from domain.kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class SeasonOpened(Event):
    """A board begins on a day; ISO dates."""

    subject_type: ClassVar[str] = "season"
    starts_on: str
    ends_on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RankingsLeft(Event):
    """A person is in no ranking any more."""

    subject_type: ClassVar[str] = "person"


@dataclass(frozen=True, slots=True, kw_only=True)
class RankingsJoined(Event):
    """A person is in rankings again."""

    subject_type: ClassVar[str] = "person"


@dataclass(frozen=True, slots=True, kw_only=True)
class AwardRuleWritten(Event):
    """A rule holds from now on, in this revision."""

    subject_type: ClassVar[str] = "award_rule"
    code: str
    revision: int
