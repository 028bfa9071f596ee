"""A process with its own log that ends when its parent ends and can be started again."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from api.embedded.failure import EngineError
from api.embedded.owner import Owner

TETHER = Path(__file__).with_name("tether.py")
LOG_BYTES_MAX = 10_000_000
POLL_SECONDS = 0.02


@dataclass(kw_only=True)
class Child:
    """`last_signal` is what it gets when the parent dies; `environment` replaces the parent's."""

    name: str
    command: Sequence[str]
    log: Path
    last_signal: signal.Signals
    owner: Owner | None = None
    environment: Mapping[str, str] | None = None
    inherited: Sequence[int] = ()
    _process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    def start(self) -> None:
        self.log.parent.mkdir(parents=True, exist_ok=True)
        shorten(self.log)
        with self.log.open("ab") as output:
            self._process = subprocess.Popen(
                [*tether_command(self.last_signal, self.owner), *self.command],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env=None if self.environment is None else dict(self.environment),
                pass_fds=tuple(self.inherited),
                # A group of its own: Ctrl-C reaches the parent alone, which stops all in order.
                process_group=0,
            )

    @property
    def pid(self) -> int:
        """0 when it was never started."""
        return self._process.pid if self._process else 0

    def is_alive(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def stop(self, request: signal.Signals, *, patience_seconds: float) -> None:
        """Asks, waits, and ends it by force when the patience is over."""
        if self._process is None or self._process.poll() is not None:
            return
        self._process.send_signal(request)
        try:
            self._process.wait(patience_seconds)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def last_words(self) -> str:
        """The last line of the log that holds anything."""
        lines = [line for line in self.log.read_text(errors="replace").splitlines() if line.strip()]
        return lines[-1].strip() if lines else "it wrote nothing"

    def require_alive(self) -> None:
        if not self.is_alive():
            raise EngineError(f"{self.name} ended at once ({self.last_words()}): see {self.log}.")


def tether_command(last_signal: signal.Signals, owner: Owner | None) -> list[str]:
    mode = "kernel" if sys.platform == "linux" else "watch"
    place = "same" if owner is None else f"{owner.uid}:{owner.gid}"
    parent = str(os.getpid())
    return [sys.executable, "-I", "-S", str(TETHER), parent, str(int(last_signal)), mode, place]


def shorten(log: Path) -> None:
    """Keeps one older log, so that the folder cannot grow without limit over many starts."""
    if log.exists() and log.stat().st_size > LOG_BYTES_MAX:
        log.replace(log.with_suffix(".old.log"))


def wait_seconds(deadline: float) -> bool:
    """Sleeps a moment; false once the monotonic deadline has passed."""
    time.sleep(POLL_SECONDS)
    return time.monotonic() < deadline
