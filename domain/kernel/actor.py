"""Who acts: a person with roles, or a partner client with scopes, always of one tenant."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Role(StrEnum):
    """What a person is in the group. EMPLOYEE is everybody, MANAGER follows from reporting lines."""

    EMPLOYEE = "EMPLOYEE"
    MANAGER = "MANAGER"
    HR_PARTNER = "HR_PARTNER"
    STRATEGY_OFFICE = "STRATEGY_OFFICE"
    ADMINISTRATOR = "ADMINISTRATOR"
    PARTNER = "PARTNER"


class Scope(StrEnum):
    """What a partner client was allowed to do when it was made."""

    ACTUALS_WRITE = "actuals:write"
    MEASURES_READ = "measures:read"
    OBJECTIVES_READ = "objectives:read"
    PEOPLE_READ = "people:read"
    SCHEMA_READ = "schema:read"
    SCORECARDS_READ = "scorecards:read"
    STRATEGY_READ = "strategy:read"


@dataclass(frozen=True, slots=True)
class Actor:
    """The subject of every permission. Exactly one of `person_id` and `client_id` is set."""

    tenant_id: UUID
    zone: str
    person_id: UUID | None = None
    client_id: UUID | None = None
    session_id: UUID | None = None
    roles: frozenset[Role] = frozenset()
    scopes: frozenset[Scope] = frozenset()
    request_id: str | None = None

    @property
    def id(self) -> UUID:
        """The person's or the client's id."""
        identity = self.person_id or self.client_id
        if identity is None:
            raise ValueError("an actor is a person or a client")
        return identity
