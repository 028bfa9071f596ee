"""The words of recall."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class RecallAbout(StrEnum):
    """Which priorities of a strategy are asked for."""

    OBJECTIVES = "OBJECTIVES"
    THEMES = "THEMES"


class RecallState(StrEnum):
    """What a question waits for."""

    ASKED = "ASKED"
    SAID = "SAID"
    ANSWERED = "ANSWERED"
    OVER = "OVER"


@dataclass(frozen=True, slots=True)
class Mark:
    """The word at this place, from 1, meant this priority."""

    word: int
    priority_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRound:
    """What is to be asked of whom, and for how long."""

    unit_id: UUID
    cycle_id: UUID
    about: RecallAbout
    k: int
    days: int
