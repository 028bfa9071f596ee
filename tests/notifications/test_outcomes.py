"""What a push service answers decides what becomes of the push and of the device."""

from datetime import UTC, datetime

import pytest

from notifications.channels.webpush import outcomes
from notifications.channels.webpush.outcomes import (
    Dead,
    Misconfigured,
    Outcome,
    Retry,
    Sent,
    Shrink,
)

AT = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (200, Sent()),
        (201, Sent()),
        (202, Sent()),
        (204, Sent()),
        (301, Misconfigured("status_301")),
        (302, Misconfigured("status_302")),
        (307, Misconfigured("status_307")),
        (400, Misconfigured("status_400")),
        (401, Misconfigured("status_401")),
        (403, Misconfigured("status_403")),
        (404, Dead("status_404")),
        (405, Misconfigured("status_405")),
        (408, Retry("status_408")),
        (410, Dead("status_410")),
        (413, Shrink()),
        (425, Retry("status_425")),
        (429, Retry("status_429")),
        (500, Retry("status_500")),
        (502, Retry("status_502")),
        (503, Retry("status_503")),
        (504, Retry("status_504")),
        (599, Retry("status_599")),
    ],
)
def test_a_status_has_one_meaning(status: int, outcome: Outcome) -> None:
    assert outcomes.classify(status, {}, at=AT) == outcome


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("0", 0),
        ("7", 7),
        (" 120 ", 120),
        ("86400", 86_400),
        ("86401", 86_400),
        ("99999999999999999999", 86_400),
        ("Fri, 20 Nov 2026 12:01:30 GMT", 90),
        ("Fri, 20 Nov 2026 11:00:00 GMT", 0),
        ("Fri, 20 Nov 2026 12:00:10 -0000", 10),
        ("Mon, 20 Nov 2028 12:00:00 GMT", 86_400),
        ("", None),
        ("-5", None),
        ("soon", None),
        ("1.5", None),
        ("٧", None),
    ],
)
def test_retry_after_is_read_as_seconds_or_as_a_date_and_never_beyond_a_day(text: str, seconds: int | None) -> None:
    headers = {"retry-after": text}

    assert outcomes.retry_after_seconds(headers, at=AT) == seconds
    assert outcomes.classify(503, headers, at=AT) == Retry("status_503", seconds)
