"""Facts about signing in; never a password, never a token."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from domain.kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountOpened(Event):
    """A person can sign in from now on."""

    subject_type: ClassVar[str] = "account"
    person_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordChanged(Event):
    """A person signs in by another password from now on."""

    subject_type: ClassVar[str] = "account"
    person_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInRefused(Event):
    """Somebody named a login that exists and was not let in."""

    subject_type: ClassVar[str] = "account"
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionEvent(Event):
    """A fact about a signed-in device of `person_id`."""

    subject_type: ClassVar[str] = "session"
    person_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn(SessionEvent):
    """A device was let in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionEnded(SessionEvent):
    """A device has to sign in again."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RefreshTokenReused(SessionEvent):
    """A token came that had been replaced long ago: a copy of it is in other hands."""

    generation: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientEvent(Event):
    """A fact about a partner client."""

    subject_type: ClassVar[str] = "client"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientCreated(ClientEvent):
    """A partner system may come in."""

    scopes: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientSecretRenewed(ClientEvent):
    """A client got a new secret; the one before it lives on beside it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientEnded(ClientEvent):
    """A partner system may no longer come in."""
