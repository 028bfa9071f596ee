"""The lock on a home: its holder runs the engines there, and it is gone when the holder dies."""

import fcntl
import os
from pathlib import Path

from api.embedded.failure import EngineError


def take(home: Path) -> int:
    """Returns the open file that is the hold; closing it lets go."""
    lock = open_lock(home)
    if lock is None:
        raise EngineError(f"Catchball already runs in {home}: use that one, stop it, or choose another CATCHBALL_HOME.")
    os.ftruncate(lock, 0)
    os.write(lock, f"{os.getpid()}\n".encode())
    return lock


def is_taken(home: Path) -> bool:
    if not (home / "lock").exists():
        return False
    lock = open_lock(home)
    if lock is None:
        return True
    os.close(lock)
    return False


def open_lock(home: Path) -> int | None:
    """None when another process has it."""
    lock = os.open(home / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(lock)
        return None
    return lock


def prepare(home: Path) -> None:
    """Creates the home for this user alone, and proves that it can be written."""
    try:
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        probe = home / ".probe"
        probe.write_bytes(b"")
        probe.unlink()
    except OSError as error:
        raise EngineError(
            f"{home} cannot be written ({error.strerror}): give this user the folder, or choose another CATCHBALL_HOME."
        ) from error
