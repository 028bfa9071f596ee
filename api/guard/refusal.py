"""A request that is refused before its operation runs, as a value that every transport can present."""

from collections.abc import Mapping, Sequence
from typing import TypeAlias

ErrorEntry: TypeAlias = dict[str, object]

MESSAGE_CHARACTERS_MAX = 300
ERRORS_MAX = 5


class Refusal(Exception):
    """Refuses a request with one or more errors in the form of the GraphQL specification.

    `status` goes with application/graphql-response+json, `legacy_status` with
    application/json, for which old clients expect 200 when the request was well formed, and
    `edition_status` with the profile of September 2026.
    `is_decoded` is false while it is not yet known what the client asked for.
    """

    def __init__(
        self,
        errors: Sequence[ErrorEntry],
        *,
        status: int,
        legacy_status: int | None = None,
        edition_status: int | None = None,
        is_decoded: bool = True,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(errors[0]["message"])
        self.errors = list(errors[:ERRORS_MAX])
        self.status = status
        self.legacy_status = status if legacy_status is None else legacy_status
        self.edition_status = status if edition_status is None else edition_status
        self.is_decoded = is_decoded
        self.headers = dict(headers or {})

    @property
    def code(self) -> str:
        """The code of the first error, for logs and metrics."""
        extensions = self.errors[0]["extensions"]
        assert isinstance(extensions, dict)
        return str(extensions["code"])  # pyright: ignore[reportUnknownArgumentType] - built by entry()


def entry(code: str, message: str, **extensions: object) -> ErrorEntry:
    """One error of a response, its message cut to what a person can use."""
    return {"message": shorten(message), "extensions": {"code": code, **extensions}}


def shorten(message: str) -> str:
    """At most 300 characters, so that no answer echoes what an attacker sent."""
    if len(message) <= MESSAGE_CHARACTERS_MAX:
        return message
    return message[: MESSAGE_CHARACTERS_MAX - 1] + "…"


def undecodable(status: int, code: str, message: str, **headers: str) -> Refusal:
    """Refuses a request whose GraphQL part could not even be read."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Refusal([entry(code, message)], status=status, is_decoded=False, headers=named)


def malformed(message: str) -> Refusal:
    """Refuses JSON that is not a GraphQL request."""
    return Refusal([entry("BAD_REQUEST", message)], status=400, edition_status=422)


def too_complex(message: str, **extensions: object) -> Refusal:
    """Refuses a document that asks for more than one request may."""
    return Refusal([entry("QUERY_TOO_COMPLEX", message, **extensions)], status=422, legacy_status=200)
