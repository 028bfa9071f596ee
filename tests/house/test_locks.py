"""The lock files belong to pyproject.toml; seen without a network."""

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.house import locks
from tests.house.tree import ROOT

EVERY_LOCK = pytest.mark.parametrize("lock", locks.LOCKS)


@EVERY_LOCK
def test_a_lock_was_written_for_the_present_wishes(lock: str) -> None:
    assert locks.wishes() in (ROOT / lock).read_text().splitlines()[0], "run `make lock`"


@EVERY_LOCK
def test_a_lock_pins_everything_that_is_asked_for(lock: str) -> None:
    pinned = locks.pins(lock)

    missing = [
        str(wish)
        for wish in locks.asked_for(lock)
        if not any(wish.specifier.contains(version) for version in pinned.get(canonicalize_name(wish.name), ()))
    ]

    assert missing == []


@EVERY_LOCK
def test_a_lock_has_a_hash_for_every_pin_and_no_address(lock: str) -> None:
    text = (ROOT / lock).read_text()

    entries = text.split("\n", 1)[1].replace("\\\n", "").strip().splitlines()

    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []
    assert "://" not in text


def test_the_tests_run_on_what_runs() -> None:
    test = locks.pins("requirements-test.lock")

    assert {
        name: versions for name, versions in locks.pins("requirements.lock").items() if test[name] != versions
    } == {}


def test_dependencies_are_sorted() -> None:
    asked = [wish.name for wish in map(Requirement, locks.project()["project"]["dependencies"])]

    assert asked == sorted(asked)
