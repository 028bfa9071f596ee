"""What a service on the other side of the network answers, or that it does not."""

from collections.abc import Mapping
from dataclasses import dataclass

BODY_BYTES_MAX = 4096


@dataclass(frozen=True, slots=True)
class Answer:
    """Status, headers by lower-case name, and at most `BODY_BYTES_MAX` of the body."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Unreachable(Exception):
    """The service gave no answer; `reason` is a stable word without the address in it."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
