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


@dataclass(frozen=True, slots=True)
class Accepted:
    """`single` answers one result, None when the client takes only a stream."""

    single: MediaType | None
    takes_stream: bool


def negotiate(accept: str | None) -> Accepted:
    """What the client takes; raises Refusal with 406 when it is nothing that we have."""
    if not accept or not accept.strip():
        return Accepted(MediaType.JSON, takes_stream=False)
    accepted = _choose(accept[:ACCEPT_CHARACTERS_MAX])
    if accepted.single is None and not accepted.takes_stream:
        raise undecodable(
            406,
            "NOT_ACCEPTABLE",
            "Accept application/graphql-response+json or application/json.",
        )
    return accepted


@lru_cache(maxsize=256)
def _choose(accept: str) -> Accepted:
    qualities = dict(_range(part) for part in reversed(accept.split(",")))
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
    )


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
