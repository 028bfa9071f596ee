"""What the guard reads from and writes to HTTP headers."""

import hashlib
import re
from collections.abc import Mapping
from functools import lru_cache
from http.cookies import CookieError, SimpleCookie

from starlette.types import Scope

from api.guard.callers import Caller, Context

CLIENT_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._+/-]{0,63}")
LANGUAGE_DEFAULT = "en"
LANGUAGES = {"en": "en", "zh": "zh-CN"}


def read_headers(scope: Scope) -> dict[str, str]:
    """The headers by lower-case name; repeated ones are joined as HTTP says."""
    headers: dict[str, str] = {}
    for raw_name, raw_value in scope["headers"]:
        name, value = raw_name.decode("latin-1"), raw_value.decode("latin-1")
        if name in headers:
            value = headers[name] + ("; " if name == "cookie" else ", ") + value
        headers[name] = value
    return headers


def read_cookies(headers: Mapping[str, str]) -> dict[str, str]:
    """The cookies by name; what is not a cookie is left out."""
    if "cookie" not in headers:
        return {}
    try:
        return {name: morsel.value for name, morsel in SimpleCookie(headers["cookie"]).items()}
    except CookieError:
        return {}


def describe_request(
    headers: Mapping[str, str],
    *,
    caller: Caller,
    cookies: Mapping[str, str],
    address: str,
    request_id: str,
    deadline: float,
) -> Context:
    """The request as resolvers see it."""
    return Context(
        actor=caller.actor,
        client_name=client_word(headers.get("x-client-name")),
        client_version=client_word(headers.get("x-client-version")),
        language=choose_language(headers.get("accept-language", "")[:200]),
        request_id=request_id,
        address=address,
        deadline=deadline,
        cookies=cookies,
    )


def client_word(value: str | None) -> str | None:
    """A client's name or version, None when it is not one that may stand in logs."""
    return value if value is not None and CLIENT_WORD.fullmatch(value) else None


@lru_cache(maxsize=256)
def choose_language(accept_language: str) -> str:
    """The first of our languages in the order in which the client prefers them."""
    weighted: list[tuple[float, str]] = []
    for part in accept_language.split(","):
        tag, _, parameter = part.partition(";")
        language = LANGUAGES.get(tag.strip().lower().partition("-")[0])
        quality = parameter.strip().removeprefix("q=") or "1"
        if language and re.fullmatch(r"[01](\.\d{0,3})?", quality):
            weighted.append((float(quality), language))
    best = max(weighted, key=lambda pair: pair[0], default=(0.0, LANGUAGE_DEFAULT))
    return best[1] if best[0] > 0 else LANGUAGE_DEFAULT


def weak_etag(body: bytes) -> str:
    """A validator of the answer before compression."""
    return f'W/"{hashlib.blake2b(body, digest_size=16).hexdigest()}"'


def etag_matches(if_none_match: str | None, etag: str) -> bool:
    """Whether the client already has this answer, by weak comparison."""
    if if_none_match is None:
        return False
    opaque = etag.removeprefix("W/")
    given = (tag.strip().removeprefix("W/") for tag in if_none_match.split(","))
    return if_none_match.strip() == "*" or opaque in given
