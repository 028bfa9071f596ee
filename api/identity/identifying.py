"""What the guard is told of whoever calls, from the access token that came with the request."""

from collections.abc import Mapping
from uuid import UUID

from api.guard.callers import Budget, Caller, Unauthenticated
from api.identity.authority import Authority
from api.identity.tokens import InvalidToken, Verified
from domain.kernel.actor import Actor, Scope

# An app that starts asks for all its screens at once, and may be started again at once.
PERSON_BUDGET = Budget(points_max=2000, points_per_second=100, credit=200)
PARTNER_BUDGET = Budget(points_max=5000, points_per_second=100)
SCHEME = "bearer"


class Identify:
    """The guard's question, answered by one authority; a socket's connection_init is asked the same way."""

    def __init__(self, authority: Authority) -> None:
        self._authority = authority

    async def __call__(self, headers: Mapping[str, str], cookies: Mapping[str, str]) -> Caller:
        """The caller; nobody without a token, Unauthenticated with a bad one."""
        given = headers.get("authorization", "").strip()
        if not given:
            return self._nobody()
        scheme, _, token = given.partition(" ")
        if scheme.lower() != SCHEME:
            raise Unauthenticated("Send the access token as a bearer token.")
        verified = self._verify(token.strip())
        if verified.actor.client_id is not None:
            return _partner(verified)
        return self._person(verified)

    def _verify(self, token: str) -> Verified:
        try:
            verified = self._authority.tokens.verify(token)
        except InvalidToken as refused:
            raise Unauthenticated(str(refused)) from None
        if self._authority.denied.holds(_holder(verified.actor)):
            raise Unauthenticated("This device was signed out.")
        return verified

    def _nobody(self) -> Caller:
        authority = self._authority
        return Caller(may_send_free_documents=not authority.trusted_only, may_introspect=authority.graphiql)

    def _person(self, verified: Verified) -> Caller:
        authority = self._authority
        return Caller(
            actor=verified.actor,
            client_key=f"person:{verified.actor.id}",
            subject=_holder(verified.actor),
            may_send_free_documents=not authority.trusted_only,
            may_introspect=authority.graphiql,
            budget=PERSON_BUDGET,
            expires_at=verified.expires_at,
        )


def _partner(verified: Verified) -> Caller:
    return Caller(
        actor=verified.actor,
        client_key=f"client:{verified.actor.id}",
        subject=_holder(verified.actor),
        may_send_free_documents=True,
        may_introspect=Scope.SCHEMA_READ in verified.actor.scopes,
        wants_cost=True,
        budget=PARTNER_BUDGET,
        expires_at=verified.expires_at,
    )


def _holder(actor: Actor) -> UUID:
    return actor.session_id or actor.id
