"""Refresh tokens by themselves: their form, and what each presented one deserves."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.people import sessions
from domain.people.sessions import Family, RefreshToken, Verdict

SECRET = bytes(range(32))
OTHER_SECRET = bytes(32)
TENANT = UUID("01990000-0000-7000-8000-000000000001")
SESSION = UUID("01990000-0000-7000-8000-000000000002")
BORN = datetime(2026, 3, 1, 8, tzinfo=UTC)


def token(generation: int, *, secret: bytes = SECRET, session_id: UUID = SESSION) -> RefreshToken:
    return sessions.derive(secret, TENANT, session_id=session_id, generation=generation)


def family(generation: int, *, replaced_at: datetime | None) -> Family:
    return Family(
        refresh_hash=sessions.digest(token(generation)),
        replaced_hash=sessions.digest(token(generation - 1)) if generation else None,
        replaced_at=replaced_at,
        created_at=BORN,
        last_seen_at=replaced_at or BORN,
        ended_at=None,
    )


FRESH = family(0, replaced_at=None)
THIRD = family(3, replaced_at=BORN + timedelta(days=2))
DAYS, SECONDS = timedelta(days=1), timedelta(seconds=1)


@pytest.mark.parametrize(
    ("stored", "generation", "after", "verdict"),
    [
        (FRESH, 0, timedelta(0), Verdict.ROTATE),
        (FRESH, 0, 30 * DAYS - SECONDS, Verdict.ROTATE),
        (FRESH, 0, 30 * DAYS, Verdict.EXPIRED),
        (FRESH, 1, SECONDS, Verdict.REUSED),
        (THIRD, 3, 2 * DAYS + 59 * SECONDS, Verdict.REPEAT),
        (THIRD, 3, 2 * DAYS + 60 * SECONDS, Verdict.ROTATE),
        (THIRD, 2, 2 * DAYS + 59 * SECONDS, Verdict.REPEAT),
        (THIRD, 2, 2 * DAYS + 60 * SECONDS, Verdict.REUSED),
        (THIRD, 1, 2 * DAYS + SECONDS, Verdict.REUSED),
        (THIRD, 0, 3 * DAYS, Verdict.REUSED),
        (THIRD, 2, 32 * DAYS, Verdict.EXPIRED),
    ],
)
def test_a_token_gets_what_its_age_deserves(
    stored: Family, generation: int, after: timedelta, verdict: Verdict
) -> None:
    assert sessions.judge(stored, token(generation), secret=SECRET, now=BORN + after) is verdict


def test_a_session_ends_after_ninety_days_however_busy() -> None:
    busy = replace(THIRD, last_seen_at=BORN + 89 * DAYS, replaced_at=BORN + 89 * DAYS)

    assert sessions.judge(busy, token(3), secret=SECRET, now=BORN + 90 * DAYS - SECONDS) is Verdict.ROTATE
    assert sessions.judge(busy, token(3), secret=SECRET, now=BORN + 90 * DAYS) is Verdict.EXPIRED


def test_a_forged_token_ends_no_session() -> None:
    forged = token(0, secret=OTHER_SECRET)

    assert sessions.judge(THIRD, forged, secret=SECRET, now=BORN + 3 * DAYS) is Verdict.UNKNOWN


def test_a_token_of_another_session_is_unknown() -> None:
    moved = replace(token(3), session_id=TENANT)

    assert sessions.judge(THIRD, moved, secret=SECRET, now=BORN + 3 * DAYS) is Verdict.UNKNOWN


def test_an_ended_session_knows_no_token() -> None:
    ended = replace(THIRD, ended_at=BORN + 3 * DAYS)

    assert sessions.judge(ended, token(3), secret=SECRET, now=BORN + 3 * DAYS) is Verdict.UNKNOWN


@given(st.binary(min_size=32, max_size=32), st.uuids(), st.uuids(), st.integers(min_value=0, max_value=2**32 - 1))
def test_a_token_is_read_as_it_was_written(secret: bytes, tenant: UUID, session: UUID, generation: int) -> None:
    made = sessions.derive(secret, tenant, session_id=session, generation=generation)

    assert sessions.parse(sessions.write(made)) == made
    assert sessions.is_genuine(secret, made)


@given(st.text())
def test_any_text_is_a_token_or_none(text: str) -> None:
    assert sessions.parse(sessions.PREFIX + text) is None or len(text) == 91


@pytest.mark.parametrize(
    "text",
    [
        "",
        "cbr_",
        "cbr_AAAA",
        "x" * 95,
        sessions.write(token(1))[:-1],
        sessions.write(token(1)) + "A",
        "cbr_" + "ä" * 91,
    ],
)
def test_what_has_not_the_form_is_no_token(text: str) -> None:
    assert sessions.parse(text) is None


def test_a_token_holds_256_bits_that_only_the_installation_can_derive() -> None:
    assert token(7).proof.hex() == "38dde4552dbeb81b1c06f9973586d79357b005f12a3ea22f47a783276f307707"
    assert len(sessions.write(token(7))) == 95


@pytest.mark.parametrize(
    ("given_name", "shown"),
    [
        ("Phone of An", "Phone of An"),
        ("  a\n\tb ", "a b"),
        ("", "?"),
        ("\x00", "?"),
        ("安的手机", "安的手机"),
        ("x" * 99, "x" * 80),
    ],
)
def test_a_device_is_named_in_one_line(given_name: str, shown: str) -> None:
    assert sessions.device_name(given_name) == shown
