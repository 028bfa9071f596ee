"""The GraphQL request inside an HTTP request: read within bounds, decoded, and checked for its form."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl

import orjson
from starlette.requests import ClientDisconnect
from starlette.types import Message, Receive

from api.guard.refusal import Refusal, malformed, undecodable

BODY_BYTES_MAX = 100_000
DRAINED_BYTES_MAX = 4_000_000
QUERY_STRING_BYTES_MAX = 16_000
VARIABLES_DEPTH_MAX = 32
BODY_SECONDS_MAX = 10.0
CHARSETS = frozenset({"utf-8", "utf8"})


@dataclass(frozen=True, slots=True)
class Parameters:
    """What a well-formed request says; at least one of `query` and the two ids is there."""

    query: str | None
    document_id: str | None
    persisted_hash: str | None
    operation_name: str | None
    variables: Mapping[str, object]
    extensions: Mapping[str, object]


async def read_body(receive: Receive) -> bytes:
    """The body, counted while it streams; raises Refusal with 413 or 408."""
    message = await receive()
    body: bytes = message.get("body", b"")
    is_last = is_end(message)
    if is_last and len(body) <= BODY_BYTES_MAX:
        return body
    try:
        async with asyncio.timeout(BODY_SECONDS_MAX):
            return await _read_rest(receive, body, is_last=is_last)
    except TimeoutError:
        raise undecodable(408, "REQUEST_TIMEOUT", "The body did not arrive in time.") from None


async def _read_rest(receive: Receive, body: bytes, *, is_last: bool) -> bytes:
    """Reads on, forgetting what is too much: a client that still sends would miss the refusal."""
    chunks = [body]
    size = len(body)
    while not is_last and size <= DRAINED_BYTES_MAX:
        message = await receive()
        chunk: bytes = message.get("body", b"")
        size += len(chunk)
        if size <= BODY_BYTES_MAX:
            chunks.append(chunk)
        is_last = is_end(message)
    if size > BODY_BYTES_MAX:
        raise too_large()
    return b"".join(chunks)


def is_end(message: Message) -> bool:
    """Whether this is the last part of a body; raises ClientDisconnect when the client has left."""
    if message["type"] == "http.disconnect":
        raise ClientDisconnect
    return not message.get("more_body", False)


def too_large() -> Refusal:
    """Refuses a body above 100 kB and has the connection closed, so that the rest is not read."""
    message = f"The body is larger than {BODY_BYTES_MAX} bytes."
    return undecodable(413, "REQUEST_TOO_LARGE", message, Connection="close")


def require_json(content_type: str | None, content_encoding: str | None) -> None:
    """Refuses every content type that a page of another origin could send without asking."""
    media_type, _, parameters = (content_type or "").partition(";")
    charset = next(
        (
            value.strip().strip('"').lower()
            for name, _, value in (p.partition("=") for p in parameters.split(";"))
            if name.strip().lower() == "charset"
        ),
        "utf-8",
    )
    is_json = media_type.strip().lower() == "application/json" and charset in CHARSETS
    if not is_json or (content_encoding or "identity").strip().lower() != "identity":
        message = "Send application/json in UTF-8, not compressed."
        raise undecodable(415, "UNSUPPORTED_MEDIA_TYPE", message)


def decode_body(body: bytes) -> Parameters:
    """The request of a POST; raises Refusal with 400."""
    decoded = decode_json(body, "The body is not JSON.")
    if isinstance(decoded, list):
        raise malformed("Batches of requests are not offered: send one request object.")
    if not isinstance(decoded, dict):
        raise malformed("The body must be a JSON object.")
    return check(decoded)  # pyright: ignore[reportUnknownArgumentType] - JSON objects have string keys


def decode_query_string(query_string: bytes) -> Parameters:
    """The request of a GET; raises Refusal with 400 or 414."""
    if len(query_string) > QUERY_STRING_BYTES_MAX:
        raise undecodable(414, "REQUEST_TOO_LARGE", "The address is too long: send a POST.")
    try:
        pairs = parse_qsl(query_string.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=20)
    except ValueError:
        raise undecodable(400, "BAD_REQUEST", "The query string cannot be read.") from None
    found: dict[str, object] = {name: value for name, value in pairs if value != ""}
    for name in ("variables", "extensions"):
        if name in found:
            text = str(found[name]).encode("utf-8", "surrogatepass")
            found[name] = decode_json(text, f"{name} is not JSON.")
    return check(found)


def decode_json(text: bytes, refusal: str) -> object:
    """Any JSON value; raises Refusal with 400 for what is not JSON or nested 1000 deep."""
    try:
        decoded: object = orjson.loads(text)
    except orjson.JSONDecodeError:
        raise undecodable(400, "BAD_REQUEST", refusal) from None
    return decoded


def check(found: Mapping[str, object]) -> Parameters:
    """The parameters, each of its type; null counts as absent and unknown ones are ignored."""
    extensions = _mapping(found, "extensions")
    variables = _mapping(found, "variables")
    require_plain(variables)
    parameters = Parameters(
        _text(found, "query"),
        _text(found, "documentId"),
        persisted_hash(extensions),
        _text(found, "operationName"),
        variables,
        extensions,
    )
    if (parameters.query, parameters.document_id, parameters.persisted_hash) == (None,) * 3:
        raise malformed("The request names no document: send query or documentId.")
    return parameters


def _text(found: Mapping[str, object], name: str) -> str | None:
    value = found.get(name)
    if value is None or isinstance(value, str):
        return value
    raise malformed(f"{name} must be a string.")


def _mapping(found: Mapping[str, object], name: str) -> Mapping[str, object]:
    value = found.get(name)
    if value is None:
        return {}
    if isinstance(value, dict):
        return value  # pyright: ignore[reportUnknownVariableType] - JSON objects have string keys
    raise malformed(f"{name} must be an object.")


def persisted_hash(extensions: Mapping[str, object]) -> str | None:
    """The hash that Apollo's clients send in place of a text, or None."""
    persisted = extensions.get("persistedQuery")
    if not isinstance(persisted, dict):
        return None
    value: object = persisted.get("sha256Hash")  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType] - checked next
    return value if isinstance(value, str) else None


def require_plain(variables: Mapping[str, object]) -> None:
    """Refuses nesting and strings that PostgreSQL or the encoder of the answer could not hold."""
    level: list[object] = list(variables.values())
    depth = 1
    while level:
        if depth > VARIABLES_DEPTH_MAX:
            raise malformed("variables are nested too deeply.")
        if any(isinstance(value, str) and "\x00" in value for value in level):
            raise malformed("variables hold the character U+0000.")
        depth += 1
        level = [inner for value in level for inner in _inside(value)]


def _inside(value: object) -> list[object]:
    if isinstance(value, dict):
        return [*value.keys(), *value.values()]  # pyright: ignore[reportUnknownArgumentType, reportUnknownMemberType] - JSON
    return value if isinstance(value, list) else []  # pyright: ignore[reportUnknownVariableType] - JSON
