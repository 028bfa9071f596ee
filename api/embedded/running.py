"""The note in a home by which other commands find the engines that run there."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from api.embedded import hold

NAME = "running.json"


@dataclass(frozen=True, kw_only=True)
class Running:
    """`address` is what the web process calls itself, `pid` the process that holds all together."""

    pid: int
    database_url: str
    redis_url: str
    address: str


def write(home: Path, running: Running) -> None:
    """Whole or not at all: readers never see half a note."""
    draft = home / f"{NAME}.draft"
    draft.write_text(json.dumps(asdict(running), indent=1) + "\n")
    draft.chmod(0o600)
    draft.replace(home / NAME)


def remove(home: Path) -> None:
    (home / NAME).unlink(missing_ok=True)


def find(home: Path) -> Running | None:
    """None unless the writer of the note still holds the home; a stale note is no note."""
    try:
        if not hold.is_taken(home):
            return None
        return Running(**json.loads((home / NAME).read_text()))
    except (OSError, ValueError, TypeError):
        return None
