"""What a push says: a general sentence per kind, in the language of the device.

No name, no title, no comment and no number ever stands here: a lock screen is read by others.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from domain.inbox.terms import InboxKind


@dataclass(frozen=True, slots=True)
class Wording:
    """A title, a sentence, and the words on the buttons by the action's name; a tap beside them opens the app."""

    title: str
    body: str
    buttons: Mapping[str, str] = field(default_factory=dict[str, str])


Language = Mapping[InboxKind, Wording]
