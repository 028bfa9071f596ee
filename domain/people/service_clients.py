"""Use cases of partner clients: create one, renew its secret, end it. Only hashes of secrets come in here."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from domain.kernel import clock, database
from domain.kernel.actor import Actor, Role, Scope
from domain.kernel.errors import InvalidInput, NotFound
from domain.kernel.ids import new_id
from domain.kernel.work import Work
from domain.people import events_accounts as events

NAME_CHARACTERS_MAX = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """A partner system with the hashes of its one or two live secrets."""

    tenant_id: UUID
    client_id: UUID
    zone: str
    scopes: frozenset[Scope]
    secret_hashes: tuple[bytes, ...]

    def actor(self, scopes: frozenset[Scope]) -> Actor:
        """The client acting with some of its scopes."""
        return Actor(
            tenant_id=self.tenant_id,
            zone=self.zone,
            client_id=self.client_id,
            roles=frozenset({Role.PARTNER}),
            scopes=scopes,
        )


async def find(tenant_id: UUID, client_id: UUID) -> Client | None:
    """The client while it may come in."""
    with database.tenant(tenant_id):
        async with database.connection() as connection:
            row = await connection.fetchrow(
                """select c.scopes, c.secret_hash, c.second_secret_hash, t.zone
                   from client c join tenant t on t.id = c.tenant_id
                   where c.tenant_id = $1 and c.id = $2 and c.ended_at is null""",
                tenant_id,
                client_id,
            )
    if row is None:
        return None
    return Client(
        tenant_id=tenant_id,
        client_id=client_id,
        zone=row["zone"],
        scopes=frozenset(Scope(scope) for scope in row["scopes"]),
        secret_hashes=tuple(known for known in (row["secret_hash"], row["second_secret_hash"]) if known),
    )


async def create(work: Work, name: str, *, scopes: Collection[Scope], secret_hash: bytes) -> UUID:
    """Let a partner system in with these scopes; InvalidInput without a name."""
    if not 0 < len(name.strip()) <= NAME_CHARACTERS_MAX:
        raise InvalidInput(f"A client's name has 1 to {NAME_CHARACTERS_MAX} characters.", field="name")
    client_id = new_id()
    await work.connection.execute(
        "insert into client (tenant_id, id, name, secret_hash, scopes, created_at) values ($1, $2, $3, $4, $5, $6)",
        work.actor.tenant_id,
        client_id,
        name.strip(),
        secret_hash,
        sorted(scopes),
        clock.now(),
    )
    work.record(events.ClientCreated(subject_id=client_id, scopes=" ".join(sorted(scopes))))
    return client_id


async def renew_secret(work: Work, client_id: UUID, secret_hash: bytes) -> None:
    """Add a secret; the newest former one stays good, an older one dies. NotFound for an ended client."""
    done = await work.connection.execute(
        """update client set second_secret_hash = secret_hash, secret_hash = $3
           where tenant_id = $1 and id = $2 and ended_at is null""",
        work.actor.tenant_id,
        client_id,
        secret_hash,
    )
    _require_one(done)
    work.record(events.ClientSecretRenewed(subject_id=client_id))


async def end(work: Work, client_id: UUID) -> None:
    """Let a partner system in no more; NotFound when it has ended before."""
    done = await work.connection.execute(
        "update client set ended_at = $3 where tenant_id = $1 and id = $2 and ended_at is null",
        work.actor.tenant_id,
        client_id,
        clock.now(),
    )
    _require_one(done)
    work.record(events.ClientEnded(subject_id=client_id))


def _require_one(done: str) -> None:
    if done != "UPDATE 1":
        raise NotFound("This client")
