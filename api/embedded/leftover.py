"""A PostgreSQL that an earlier run left behind on the same files: found, and stopped cleanly."""

import os
import signal
import time
from pathlib import Path

import psutil

from api.embedded.child import wait_seconds
from api.embedded.failure import EngineError

STOP_SECONDS = 60
STATE_LINE = 7


def settle(files: Path) -> None:
    """Afterwards nothing runs on the files and no lock file names a living stranger."""
    postmaster, _ = state(files)
    if any(process.pid == postmaster for process in servants(files)):
        os.kill(postmaster, signal.SIGINT)
    deadline = time.monotonic() + STOP_SECONDS
    while servants(files):
        if not wait_seconds(deadline):
            raise EngineError(
                f"An earlier PostgreSQL (process {postmaster}) still works on {files}: "
                "wait until it has ended, then start again."
            )
    if postmaster and psutil.pid_exists(postmaster):
        # The number now names a stranger or a corpse, which PostgreSQL would take for its own.
        (files / "postmaster.pid").unlink(missing_ok=True)


def state(files: Path) -> tuple[int, str]:
    """Process and state that the lock file names; (0, "") when there is none."""
    try:
        lines = (files / "postmaster.pid").read_text().splitlines()
        pid = abs(int(lines[0]))
    except (OSError, ValueError, IndexError):
        return 0, ""
    return pid, lines[STATE_LINE].strip() if len(lines) > STATE_LINE else ""


def servants(files: Path) -> list[psutil.Process]:
    """Every living process of a PostgreSQL whose working folder is this one."""
    return [process for process in psutil.process_iter() if serves(process, files.resolve())]


def serves(process: psutil.Process, files: Path) -> bool:
    try:
        if process.name() != "postgres" or process.status() == psutil.STATUS_ZOMBIE:
            return False
        return process.cwd() == str(files)
    except psutil.Error:
        return False
