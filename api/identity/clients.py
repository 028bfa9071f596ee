"""Partner clients: their public ids and secrets, and how the operator creates, renews and ends them."""

import base64
import binascii
import hashlib
import hmac
import secrets
from collections.abc import Iterable
from uuid import UUID

from api.identity.authority import Authority
from api.identity.keys import base64url
from api.identity.tokens import CLIENT_LIFE
from api.settings import Settings
from domain.kernel import clock, database
from domain.kernel.actor import Actor, Scope
from domain.kernel.errors import InvalidInput
from domain.kernel.work import begin
from domain.people import service, service_clients
from domain.people.service_clients import Client

ID_PREFIX = "cli_"
SECRET_PREFIX = "cbs_"
SECRET_BYTES = 32


async def create(settings: Settings, name: str, scopes: Iterable[str], *, tenant: str | None = None) -> tuple[str, str]:
    """Id and secret of a new client of the tenant of this slug, or of the only one; for the command line.

    The secret is not kept and cannot be shown again. Raises DomainError for an unknown scope or tenant.
    """
    wanted = parse_scopes(scopes)
    await database.connect(settings.database_url, size=1)
    try:
        tenant_id, zone = await service.find_tenant(tenant)
        return await register(service.operator(tenant_id, zone), name, wanted)
    finally:
        await database.close()


async def register(operator: Actor, name: str, scopes: frozenset[Scope]) -> tuple[str, str]:
    """Id and secret of a new client of the operator's tenant."""
    secret = new_secret()
    async with begin(operator) as work:
        client_id = await service_clients.create(work, name, scopes=scopes, secret_hash=digest(secret))
    return public_id(operator.tenant_id, client_id), secret


async def renew_secret(operator: Actor, client_id: UUID) -> str:
    """One more secret; the one before it stays good until the next renewal."""
    secret = new_secret()
    async with begin(operator) as work:
        await service_clients.renew_secret(work, client_id, digest(secret))
    return secret


async def end(authority: Authority, operator: Actor, client_id: UUID) -> None:
    """Let a partner system in no more: its tokens stop working now."""
    async with begin(operator) as work:
        await service_clients.end(work, client_id)
    await authority.denied.add(client_id, clock.now() + CLIENT_LIFE)


async def authenticate(public: str, secret: str) -> Client | None:
    """The client that proved to be itself by one of its live secrets."""
    ids = parse_public_id(public)
    client = await service_clients.find(*ids) if ids is not None else None
    if client is None:
        return None
    presented = digest(secret)
    matches = [hmac.compare_digest(presented, known) for known in client.secret_hashes]
    return client if any(matches) else None


def parse_scopes(words: Iterable[str]) -> frozenset[Scope]:
    """InvalidInput for a scope that does not exist."""
    try:
        return frozenset(Scope(word) for word in words)
    except ValueError:
        known = ", ".join(sorted(Scope))
        raise InvalidInput(f"The scopes are {known}.", field="scopes") from None


def public_id(tenant_id: UUID, client_id: UUID) -> str:
    """The id that a partner is given; it carries the tenant, so that no list of all clients is searched."""
    return ID_PREFIX + base64url(tenant_id.bytes + client_id.bytes)


def parse_public_id(public: str) -> tuple[UUID, UUID] | None:
    """Tenant and client of a public id, None for anything else."""
    body = public.removeprefix(ID_PREFIX)
    if body == public or len(body) != 43 or not body.isascii():
        return None
    try:
        raw = base64.b64decode(body + "=", altchars=b"-_", validate=True)
    except binascii.Error:
        return None
    return UUID(bytes=raw[:16]), UUID(bytes=raw[16:])


def new_secret() -> str:
    """256 random bits, so that a plain hash protects them."""
    return SECRET_PREFIX + secrets.token_urlsafe(SECRET_BYTES)


def digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()
