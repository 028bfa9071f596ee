"""Reads what a push service answered, and says what that means for the device and the push."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

RETRY_AFTER_SECONDS_MAX = 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class Sent:
    """The service took it over. Whether the phone rang, nobody knows."""


@dataclass(frozen=True, slots=True)
class Dead:
    """The subscription is gone; the device has to subscribe again."""

    reason: str


@dataclass(frozen=True, slots=True)
class Retry:
    """Not now: wait `after_seconds` if the service said so, else by our own patience."""

    reason: str
    after_seconds: int | None = None


@dataclass(frozen=True, slots=True)
class Shrink:
    """Too long for this service; a shorter text may pass."""


@dataclass(frozen=True, slots=True)
class Misconfigured:
    """Our key, our headers or the address are not accepted: asking again changes nothing."""

    reason: str


Outcome = Sent | Dead | Retry | Shrink | Misconfigured


def classify(status: int, headers: Mapping[str, str], *, at: datetime) -> Outcome:
    """The meaning of an answer; `at` is the present, against which a Retry-After date counts."""
    reason = f"status_{status}"
    match status:
        case 200 | 201 | 202 | 204:
            return Sent()
        case 404 | 410:
            return Dead(reason)
        case 413:
            return Shrink()
        case 408 | 425 | 429:
            return Retry(reason, retry_after_seconds(headers, at=at))
        case _ if status >= 500:
            return Retry(reason, retry_after_seconds(headers, at=at))
        case _:
            return Misconfigured(reason)


def retry_after_seconds(headers: Mapping[str, str], *, at: datetime) -> int | None:
    """What Retry-After asks for, 0 to 86,400 seconds; None if it is absent or unreadable."""
    text = headers.get("retry-after", "").strip()
    if text.isascii() and text.isdigit():
        return min(int(text[:9]), RETRY_AFTER_SECONDS_MAX)
    try:
        until = parsedate_to_datetime(text)
    except ValueError:
        return None
    if until.tzinfo is None:
        until = until.replace(tzinfo=UTC)
    seconds = int((until - at).total_seconds())
    return max(0, min(seconds, RETRY_AFTER_SECONDS_MAX))
