"""Which media type answers a request, from its Accept header."""

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from api.guard.refusal import undecodable

ACCEPT_CHARACTERS_MAX = 1000


class MediaType(StrEnum):
    """The forms of an answer, in the order in which the server prefers them for a wildcard."""

    JSON = "application/json"
    RESPONSE = "application/graphql-response+json"
    STREAM = "text/event-stream"
    PARTS = "multipart/mixed"


FORMATS = {"incrementalspec=v0.2", "incrementaldeliveryspec=3283f8a"}
"""The names of the form in which we write the parts of an answer; who names none takes any."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """`single` answers one result, None when the client takes only a stream or parts."""

    single: MediaType | None
    takes_stream: bool
    takes_parts: bool = False


def negotiate(accept: str | None) -> Accepted:
    """What the client takes; raises Refusal with 406 when it is nothing that we have."""
    if not accept or not accept.strip():
        return Accepted(MediaType.JSON, takes_stream=False)
    accepted = _choose(accept[:ACCEPT_CHARACTERS_MAX])
    if accepted == Accepted(None, takes_stream=False):
        raise undecodable(
            406,
            "NOT_ACCEPTABLE",
            "Accept application/graphql-response+json or application/json.",
        )
    return accepted


@lru_cache(maxsize=256)
def _choose(accept: str) -> Accepted:
    parts = accept.split(",")
    qualities = dict(_range(part) for part in reversed(parts))
    single = max(
        (MediaType.JSON, MediaType.RESPONSE),
        key=lambda media_type: (
            _quality(media_type, qualities),
            media_type in qualities,
            media_type in qualities and media_type is MediaType.RESPONSE,
        ),
    )
    return Accepted(
        single if _quality(single, qualities) > 0 else None,
        takes_stream=qualities.get(MediaType.STREAM, 0) > 0,
        takes_parts=any(_is_of_parts(part) for part in parts),
    )


def _is_of_parts(part: str) -> bool:
    """Whether the client takes parts in our form: not by a wildcard, nor if it names another form."""
    media_range, quality = _range(part)
    parameters = {piece.replace(" ", "").strip('"').lower() for piece in part.split(";")[1:]}
    named = {one.replace('"', "") for one in parameters if "spec=" in one}
    return media_range == MediaType.PARTS and quality > 0 and (not named or not named.isdisjoint(FORMATS))


def _range(part: str) -> tuple[str, float]:
    media_range, *parameters = (piece.strip().lower() for piece in part.split(";"))
    if any(p.startswith("charset=") and p[8:].strip('"') not in ("utf-8", "utf8") for p in parameters):
        return media_range, 0.0
    weight = next((p[2:] for p in parameters if p.startswith("q=")), "1")
    try:
        return media_range, min(max(float(weight), 0.0), 1.0)
    except ValueError:
        return media_range, 0.0


def _quality(media_type: MediaType, qualities: dict[str, float]) -> float:
    group = media_type.partition("/")[0] + "/*"
    return qualities.get(media_type, qualities.get(group, qualities.get("*/*", 0.0)))
