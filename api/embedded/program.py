"""A part of Catchball itself, web or worker, as a child of `catchball up`."""

import signal
import sys
from collections.abc import Mapping, Sequence
from dataclasses import InitVar, dataclass, field
from pathlib import Path

from api.embedded.child import Child

STOP_SECONDS = 15


def command(*words: str) -> list[str]:
    return [sys.executable, "-m", "catchball", *words]


@dataclass(kw_only=True)
class Program:
    words: InitVar[Sequence[str]]
    home: InitVar[Path]
    environment: InitVar[Mapping[str, str]]
    inherited: InitVar[Sequence[int]] = ()
    child: Child = field(init=False)

    def __post_init__(
        self,
        words: Sequence[str],
        home: Path,
        environment: Mapping[str, str],
        inherited: Sequence[int],
    ) -> None:
        self.child = Child(
            name=words[0],
            command=command(*words),
            log=home / "logs" / f"{words[0]}.log",
            # Nothing in its memory matters, and its port must be free at once.
            last_signal=signal.SIGKILL,
            environment=environment,
            inherited=inherited,
        )

    def start(self) -> None:
        self.child.start()

    def stop(self) -> None:
        self.child.stop(signal.SIGTERM, patience_seconds=STOP_SECONDS)
