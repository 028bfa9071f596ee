"""Writes the text of a push: declarative for iOS, and the same bytes for a service worker."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

DECLARATIVE = 8030


@dataclass(frozen=True, slots=True)
class Button:
    """What can be done from the lock screen: a stable name and a word in the person's language."""

    action: str
    title: str


@dataclass(frozen=True, slots=True)
class Note:
    """Everything a push says. Ids and a general sentence; no name, no comment, no rating."""

    title: str
    body: str
    language: str
    navigate: str
    tag: str
    kind: str
    subject: str
    version: int | None = None
    item: str | None = None
    buttons: Sequence[Button] = ()


def write(note: Note) -> bytes:
    """The whole text. Browsers without a service worker show it as it stands."""
    notification = {
        "title": note.title,
        "body": note.body,
        "navigate": note.navigate,
        "lang": note.language,
        "dir": "auto",
        "tag": note.tag,
        # Without an address of its own a button wakes the service worker, which can act at once.
        "actions": [{"action": button.action, "title": button.title} for button in note.buttons],
        "data": {
            "kind": note.kind,
            "subject": note.subject,
            "version": note.version,
            "item": note.item,
        },
    }
    return _compact({"web_push": DECLARATIVE, "notification": notification})


def write_short(note: Note) -> bytes:
    """The least that can be shown, for a service that calls the whole text too long."""
    notification = {"title": note.title, "navigate": note.navigate, "tag": note.tag}
    return _compact({"web_push": DECLARATIVE, "notification": notification})


def _compact(message: dict[str, object]) -> bytes:
    return json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode()
