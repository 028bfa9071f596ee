"""Turns a due delivery into the words and the labels of its push."""

from datetime import datetime

from domain.inbox.terms import InboxKind
from domain.kernel import ids
from notifications.channels.webpush import envelope
from notifications.channels.webpush.envelope import Button, Note
from notifications.channels.webpush.sender import Push, Urgency
from notifications.deliveries import Due
from notifications.words import languages

OBJECTIVE, APPROVAL, INBOX_ITEM = "obj", "apv", "inb"
PREFIXES = {
    "objective": OBJECTIVE,
    "alignment": "aln",
    "assumption": "asm",
    "exemption": "exm",
    "adjustment": "adj",
    "recall_question": "rcq",
    "interlock": "ilk",
    "feedback_thread": "fbt",
    "feedback_message": "fbm",
    "feedback_report": "fbp",
    "feedback_request": "fbq",
}
"""Of what a push may be, by the kind of its subject."""
INTENTS = frozenset({InboxKind.INTENT_CHANGED, InboxKind.INTENT_SAID_BACK, InboxKind.SAY_BACK_RETURNED})
"""About what an objective inherits: the app has a screen for it."""


def note_of(due: Due, *, origin: str) -> Note:
    """What the phone shows, and where a tap leads below `origin`."""
    wording = languages.wording(due.kind, due.locale)
    return Note(
        title=wording.title,
        body=wording.body,
        language=languages.language(due.locale),
        navigate=f"{origin}{_path(due)}",
        tag=tag_of(due),
        kind=due.kind,
        subject=_subject(due),
        version=due.version,
        item=ids.public(INBOX_ITEM, due.item_id),
        buttons=[Button(action, title) for action, title in wording.buttons.items()],
    )


def push_of(due: Due, note: Note, *, at: datetime) -> Push:
    """The labelled push; it lives no longer than its delivery."""
    left = int((due.expires_at - at).total_seconds())
    return Push(
        text=envelope.write(note),
        ttl_seconds=max(0, min(due.ttl_seconds, left)),
        urgency=Urgency(due.urgency),
        collapse_key=due.collapse_key,
    )


def tag_of(due: Due) -> str:
    """A phone that shows a push of this tag replaces it by the next one."""
    return f"{due.kind}:{_subject(due)}"


def _subject(due: Due) -> str:
    return ids.public(PREFIXES.get(due.subject_type, OBJECTIVE), due.subject_id)


def _path(due: Due) -> str:
    if due.kind is InboxKind.APPROVAL_REQUESTED and due.approval_id is not None:
        return f"/approvals/{ids.public(APPROVAL, due.approval_id)}"
    if due.subject_type != "objective":
        return "/inbox"
    return f"{'/strategy/goal' if due.kind in INTENTS else '/goals'}/{_subject(due)}"
