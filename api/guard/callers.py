"""Who calls, as far as the guard must know, and what it hands on to resolvers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Budget:
    """How many cost points a caller may hold at once, and how many come back per second.

    `credit` is how many points each process lets the caller spend before it tells the others; 0: it tells of each.
    """

    points_max: int = 1000
    points_per_second: int = 50
    credit: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """The answer of identity: opaque to the guard but for the rights that the guard enforces.

    `client_key` names the rate bucket; empty means that the network address is charged.
    `subject` is what sign-out names: the streams of everybody who is known by it are ended.
    `expires_at` is the end of the credentials in Unix seconds; live streams close then.
    """

    actor: object | None = None
    client_key: str = ""
    subject: object | None = None
    may_send_free_documents: bool = False
    may_introspect: bool = False
    wants_cost: bool = False
    budget: Budget = Budget()
    expires_at: float | None = None


class Unauthenticated(Exception):
    """The credentials that came with the request are missing a part, wrong or expired."""


class Identify(Protocol):
    """Finds the caller from lower-case header names and cookies; no credentials is a caller too."""

    async def __call__(self, headers: Mapping[str, str], cookies: Mapping[str, str]) -> Caller: ...


@dataclass(slots=True)
class Outgoing:
    """What resolvers may leave for the response: cookies, and the true cost where it is known."""

    set_cookies: list[str] = field(default_factory=list[str])
    actual_cost: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """The request as resolvers see it; `deadline` is in seconds of the running event loop's clock."""

    actor: object | None
    client_name: str | None
    client_version: str | None
    language: str
    request_id: str
    address: str
    deadline: float
    cookies: Mapping[str, str]
    outgoing: Outgoing = field(default_factory=Outgoing)
