"""OAuth for partner systems: the token endpoint for client credentials, its metadata, and our public keys.

RFC 6749 sections 2.3.1, 4.4 and 5; RFC 8414; RFC 7517. Mount these routes outside of compression: answers hold secrets.
"""

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, unquote_plus

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from api.identity import clients
from api.identity.authority import Authority
from api.identity.tokens import CLIENT_LIFE
from domain.kernel.actor import Scope
from domain.people.service_clients import Client

FORM_BYTES_MAX = 10_000
FORM_FIELDS_MAX = 20
FORM_TYPE = "application/x-www-form-urlencoded"
TOKEN_PATH = "/oauth/token"
NO_STORE = {"Cache-Control": "no-store", "Pragma": "no-cache"}
PUBLIC = {"Cache-Control": "public, max-age=3600"}


@dataclass(frozen=True)
class OAuthError(Exception):
    """A refusal as RFC 6749 section 5.2 writes it."""

    error: str
    description: str
    status: int = 400
    headers: Mapping[str, str] = field(default_factory=dict[str, str])

    def response(self) -> JSONResponse:
        """The answer that tells the client."""
        body = {"error": self.error, "error_description": self.description}
        return JSONResponse(body, self.status, {**NO_STORE, **self.headers})


def routes(authority: Authority) -> list[BaseRoute]:
    """The addresses of this authority."""

    async def token(request: Request) -> Response:
        try:
            return await answer_token(authority, request)
        except OAuthError as refused:
            return refused.response()

    async def keys(request: Request) -> Response:
        return JSONResponse(authority.keyring.published(), headers=PUBLIC)

    async def metadata(request: Request) -> Response:
        return JSONResponse(describe(authority.issuer), headers=PUBLIC)

    return [
        Route(TOKEN_PATH, token, methods=["POST"]),
        Route("/.well-known/jwks.json", keys),
        Route("/.well-known/oauth-authorization-server", metadata),
    ]


def describe(issuer: str) -> dict[str, object]:
    """RFC 8414 section 2. There is no authorization endpoint, hence no response types."""
    return {
        "issuer": issuer,
        "token_endpoint": issuer + TOKEN_PATH,
        "jwks_uri": issuer + "/.well-known/jwks.json",
        "grant_types_supported": ["client_credentials"],
        "response_types_supported": [],
        "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
        "scopes_supported": sorted(Scope),
    }


async def answer_token(authority: Authority, request: Request) -> Response:
    """An access token for a client that proves to be itself; raises OAuthError."""
    form = await read_form(request)
    client_id, secret = credentials(request.headers.get("authorization"), form)
    if "grant_type" not in form:
        raise OAuthError("invalid_request", "Name the grant_type.")
    client = await authenticate(
        authority, client_id, secret=secret, address=request.client.host if request.client else ""
    )
    if form["grant_type"] != "client_credentials":
        raise OAuthError("unsupported_grant_type", "Only client_credentials is offered.")
    scopes = choose_scopes(form.get("scope"), client)
    body = {
        "access_token": authority.tokens.issue_to_client(client.actor(scopes), client_id),
        "token_type": "Bearer",
        "expires_in": int(CLIENT_LIFE.total_seconds()),
        "scope": " ".join(sorted(scopes)),
    }
    return JSONResponse(body, headers=NO_STORE)


async def read_form(request: Request) -> dict[str, str]:
    """The fields of a form; a field that comes twice is refused, an empty one counts as left out."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != FORM_TYPE:
        raise OAuthError("invalid_request", f"Send the request as {FORM_TYPE}.")
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > FORM_BYTES_MAX:
            raise OAuthError("invalid_request", "The request is too long.", status=413)
    try:
        pairs = parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=FORM_FIELDS_MAX, errors="strict")
    except ValueError:
        raise OAuthError("invalid_request", "The form cannot be read.") from None
    if len(dict(pairs)) != len(pairs):
        raise OAuthError("invalid_request", "A field comes twice.")
    return {name: value for name, value in pairs if value}


def credentials(authorization: str | None, form: Mapping[str, str]) -> tuple[str, str]:
    """Client id and secret, by HTTP Basic or in the form, never both; raises OAuthError."""
    if authorization is None:
        if "client_id" not in form or "client_secret" not in form:
            raise unknown_client("Send the client's id and secret.")
        return form["client_id"], form["client_secret"]
    if "client_secret" in form:
        raise OAuthError("invalid_request", "Authenticate in one way only.")
    client_id, secret = read_basic(authorization)
    if form.get("client_id", client_id) != client_id:
        raise OAuthError("invalid_request", "The form names another client.")
    return client_id, secret


def read_basic(authorization: str) -> tuple[str, str]:
    """Both parts are form-encoded inside, RFC 6749 section 2.3.1."""
    scheme, _, encoded = authorization.partition(" ")
    try:
        text = base64.b64decode(encoded.strip(), validate=True).decode()
    except (binascii.Error, ValueError):
        text = ""
    client_id, separator, secret = text.partition(":")
    if scheme.lower() != "basic" or not separator:
        raise unknown_client("Send the client's id and secret by HTTP Basic.")
    return unquote_plus(client_id), unquote_plus(secret)


async def authenticate(authority: Authority, client_id: str, *, secret: str, address: str) -> Client:
    """The client of these credentials; raises OAuthError, also after too many failures."""
    attempt = await authority.attempts.begin(client_id, address)
    if attempt.retry_after_seconds:
        wait = {"Retry-After": str(attempt.retry_after_seconds)}
        raise OAuthError("invalid_client", "Too many failed attempts: wait, then try again.", status=429, headers=wait)
    client = await clients.authenticate(client_id, secret)
    if client is None:
        raise unknown_client("The client is unknown or its secret is wrong.")
    await authority.attempts.forgive(attempt)
    return client


def choose_scopes(asked: str | None, client: Client) -> frozenset[Scope]:
    """What the client asked for, everything it has when it asked for nothing; raises OAuthError."""
    if asked is None:
        return client.scopes
    words = asked.split(" ")
    if not client.scopes.issuperset(words):
        raise OAuthError("invalid_scope", "The client was not given every scope that it asks for.")
    return frozenset(Scope(word) for word in words)


def unknown_client(description: str) -> OAuthError:
    challenge = {"WWW-Authenticate": 'Basic realm="catchball", charset="UTF-8"'}
    return OAuthError("invalid_client", description, status=401, headers=challenge)
