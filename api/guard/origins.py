"""Which pages of other origins a browser lets speak to the API, and the headers that tell it so."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from urllib.parse import urlsplit

import orjson
from starlette.responses import Response

from api.guard.refusal import entry

METHODS = "GET, POST, OPTIONS"
REQUEST_HEADERS = (
    "accept, accept-language, apollo-require-preflight, authorization, content-type, "
    "graphql-require-preflight, if-none-match, x-catchball-cost, x-client-name, x-client-version, "
    "x-request-id"
)
RESPONSE_HEADERS = "etag, retry-after, x-request-id"
PREFLIGHT_SECONDS = "7200"


def answer_preflight(headers: Mapping[str, str], allowed: AbstractSet[str]) -> Response:
    """The answer to OPTIONS: what is allowed, or 403 for an origin that is not on the list."""
    origin = headers.get("origin")
    is_preflight = origin is not None and "access-control-request-method" in headers
    if is_preflight and origin not in allowed:
        error = entry("ORIGIN_NOT_ALLOWED", "Pages of this origin may not use the API.")
        return Response(orjson.dumps({"errors": [error]}), 403, media_type="application/json")
    response = Response(status_code=204, headers={"Allow": METHODS, "Vary": "Origin"})
    if is_preflight:
        response.headers["Access-Control-Allow-Methods"] = METHODS
        response.headers["Access-Control-Allow-Headers"] = REQUEST_HEADERS
        response.headers["Access-Control-Max-Age"] = PREFLIGHT_SECONDS
    return response


def allow(response: Response, origin: str | None, allowed: AbstractSet[str]) -> None:
    """Lets the page of an allowed origin read the response, with its cookies."""
    if origin is None or origin not in allowed:
        return
    response.headers["Access-Control-Allow-Origin"] = origin
    response.headers["Access-Control-Allow-Credentials"] = "true"
    response.headers["Access-Control-Expose-Headers"] = RESPONSE_HEADERS


def may_open_socket(headers: Mapping[str, str], allowed: AbstractSet[str]) -> bool:
    """Whether a page may open a WebSocket, which browsers do not ask about beforehand."""
    origin = headers.get("origin")
    if origin is None or origin in allowed:
        return True
    return urlsplit(origin).netloc.lower() == headers.get("host", "").lower()
