"""A command of Catchball that runs to its end, its lines shown as progress and kept in a log."""

import os
import signal
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

from api.embedded import program
from api.embedded.child import tether_command
from api.embedded.failure import EngineError


def run(name: str, log: Path, *, environment: Mapping[str, str], say: Callable[[str], None]) -> None:
    """Raises EngineError with its last line when it fails."""
    log.parent.mkdir(parents=True, exist_ok=True)
    last = "it wrote nothing"
    with (
        log.open("a", encoding="utf-8") as kept,
        subprocess.Popen(
            [*tether_command(signal.SIGKILL, None), *program.command(*name.split())],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
            env=dict(environment),
            process_group=0,
        ) as errand,
    ):
        for line in errand.stdout or ():
            kept.write(line)
            if line.strip():
                last = line.strip()
                say(last)
    if errand.returncode != os.EX_OK:
        raise EngineError(f"`catchball {name}` failed ({last}): see {log}.")
