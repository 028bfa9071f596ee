"""What goes out: results and refusals as JSON, with errors bounded, coded and masked."""

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import TypeAlias

import orjson
from graphql import ExecutionResult, GraphQLError
from starlette.responses import Response

from api.guard.negotiation import MediaType
from api.guard.refusal import ERRORS_MAX, ErrorEntry, Refusal, entry, shorten, too_complex
from domain.kernel.errors import DomainError

Report: TypeAlias = Callable[[BaseException], str]
JSON_OPTIONS = orjson.OPT_NON_STR_KEYS
ANSWER_BYTES_MAX = 2_000_000


class Profile(StrEnum):
    """Where the audit suite and the edition of September 2026 differ, which of them is followed."""

    AUDIT = "audit"
    SEPT2026 = "sept2026"


def present(error: GraphQLError, report: Report) -> ErrorEntry:
    """One error of a result; what nobody expected is reported and shown by its id only."""
    shown = describe(error, report)
    if error.locations:
        shown["locations"] = [place.formatted for place in error.locations[:1]]
    if error.path is not None:
        shown["path"] = error.path
    return shown


def describe(error: GraphQLError, report: Report) -> ErrorEntry:
    """The message and the code of an error."""
    extensions = dict(error.extensions or {})
    original = error.original_error
    if isinstance(original, Refusal):
        return dict(original.errors[0])
    if "code" in extensions:
        return {"message": shorten(error.message), "extensions": extensions}
    if isinstance(original, DomainError):
        return entry(original.code, original.message, help=original.help)
    if error.path is None or original is None or isinstance(original, GraphQLError):
        return entry("BAD_USER_INPUT", error.message)
    return masked(report(original))


def masked(error_id: str) -> ErrorEntry:
    """What a client is told of a fault of ours."""
    return entry(
        "INTERNAL_SERVER_ERROR",
        "Something went wrong on our side. Please try again.",
        errorId=error_id,
    )


def encode_result(result: ExecutionResult, report: Report, extensions: Mapping[str, object]) -> bytes:
    """The JSON of a result; a request error has no `data` entry."""
    answer: dict[str, object] = {}
    if result.errors:
        answer["errors"] = [present(error, report) for error in result.errors[:ERRORS_MAX]]
    if not is_request_error(result):
        answer["data"] = result.data
    if extensions:
        answer["extensions"] = dict(extensions)
    return orjson.dumps(answer, option=JSON_OPTIONS)


def of_size(answer: bytes) -> bytes:
    """The answer itself; raises Refusal for one that is larger than an answer may be."""
    require_size(len(answer))
    return answer


def require_size(length: int) -> None:
    """Refuses an answer of more bytes than one may have, all its parts together."""
    if length > ANSWER_BYTES_MAX:
        message = f"The answer is larger than {ANSWER_BYTES_MAX} bytes: ask for less at once."
        raise too_complex(message, limit="answer bytes", allowed=ANSWER_BYTES_MAX)


def is_request_error(result: ExecutionResult) -> bool:
    """Whether the operation did not begin, as by a variable of a wrong type."""
    return result.data is None and bool(result.errors) and all(error.path is None for error in result.errors or ())


def with_extensions(answer: bytes, extensions: Mapping[str, object]) -> bytes:
    """The JSON object `answer` with one more entry, without decoding it."""
    if not extensions:
        return answer
    return answer[:-1] + b',"extensions":' + orjson.dumps(extensions) + b"}"


def result_status(result: ExecutionResult, media_type: MediaType, profile: Profile) -> int:
    """The HTTP status that goes with a result."""
    if is_request_error(result):
        if profile is Profile.SEPT2026:
            return 422
        return 400 if media_type is MediaType.RESPONSE else 200
    return 294 if result.errors and profile is Profile.SEPT2026 else 200


def refusal_status(refusal: Refusal, media_type: MediaType | None, profile: Profile) -> int:
    """The HTTP status of a refusal; 200 only for old clients whose request was well formed."""
    if profile is Profile.SEPT2026:
        return refusal.edition_status
    return refusal.legacy_status if media_type is MediaType.JSON else refusal.status


def encode_refusal(errors: Sequence[ErrorEntry], extensions: Mapping[str, object]) -> bytes:
    """The JSON of a refusal, never with a `data` entry."""
    answer: dict[str, object] = {"errors": list(errors)}
    if extensions:
        answer["extensions"] = dict(extensions)
    return orjson.dumps(answer)


def json_response(body: bytes, status: int, media_type: MediaType, headers: Mapping[str, str]) -> Response:
    """A complete response in the negotiated media type."""
    content_type = f"{media_type}; charset=utf-8"
    return Response(body, status, {**headers, "Content-Type": content_type})
