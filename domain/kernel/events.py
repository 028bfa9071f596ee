"""Facts that happened, in the past tense: what the journal stores and its readers hear."""

from dataclasses import dataclass, fields
from typing import ClassVar
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A fact about one subject. Further fields become the payload: UUID, str, int, bool or None."""

    subject_type: ClassVar[str]
    subject_id: UUID
    hearers: tuple[UUID, ...] = ()
    """Persons whose screens change by it: they get a live hint and find it in their change feed."""

    @property
    def kind(self) -> str:
        """The name of the fact, `ObjectiveApproved`."""
        return type(self).__name__

    def payload(self) -> dict[str, str | int | bool | None]:
        """The fields of the subclass, UUIDs as text."""
        return {name: _plain(getattr(self, name)) for name in payload_names(type(self))}


def payload_names(kind: type[Event]) -> tuple[str, ...]:
    """The fields that an event of this kind has of its own."""
    return tuple(f.name for f in fields(kind) if f.name not in ("subject_id", "hearers"))


def _plain(value: object) -> str | int | bool | None:
    if value is None or isinstance(value, str | int | bool):
        return value
    if isinstance(value, UUID):
        return str(value)
    raise TypeError(f"an event cannot carry a {type(value).__name__}")
