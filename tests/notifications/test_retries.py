"""A push that failed waits as long as its failure deserves, and never in step with others."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifications import retries
from notifications.channels.webpush.outcomes import Retry


@pytest.mark.parametrize(
    ("reason", "attempts", "seconds"),
    [
        ("connection_failed", 1, 2),
        ("connection_failed", 2, 4),
        ("connection_lost", 4, 16),
        ("timeout", 1, 10),
        ("timeout", 3, 40),
        ("status_503", 1, 10),
        ("status_500", 5, 160),
        ("status_429", 1, 60),
        ("status_429", 3, 240),
        ("status_429", 7, 3600),
        ("status_503", 8, 1280),
    ],
)
def test_the_pause_fits_the_class_of_the_failure_and_doubles(reason: str, attempts: int, seconds: int) -> None:
    assert retries.wait(Retry(reason), attempts=attempts, chance=0.5) == timedelta(seconds=seconds)


@given(chance=st.floats(0, 1), attempts=st.integers(1, 8))
def test_a_pause_varies_by_a_fifth(chance: float, attempts: int) -> None:
    middle = retries.wait(Retry("status_503"), attempts=attempts, chance=0.5)

    pause = retries.wait(Retry("status_503"), attempts=attempts, chance=chance)

    assert 0.8 * middle <= pause <= 1.2 * middle


@given(asked=st.integers(0, 86_400), chance=st.floats(0, 1), attempts=st.integers(1, 8))
def test_a_service_that_names_a_time_is_never_asked_earlier(asked: int, chance: float, attempts: int) -> None:
    pause = retries.wait(Retry("status_503", asked), attempts=attempts, chance=chance)

    assert timedelta(seconds=asked) <= pause <= timedelta(seconds=asked * 1.4 + 0.001)
