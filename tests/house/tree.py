"""The files of this project as they lie here: everything that .gitignore does not leave out."""

import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]


@cache
def left_out() -> frozenset[str]:
    names = (line.strip().strip("/") for line in (ROOT / ".gitignore").read_text().splitlines())
    return frozenset({".git", *(name for name in names if name and "*" not in name)})


@cache
def files(*suffixes: str) -> tuple[Path, ...]:
    """Sorted; all of them when no suffix is given."""
    return tuple(sorted(path for path in walk() if not suffixes or path.suffix in suffixes))


def walk() -> Iterator[Path]:
    for folder, folders, names in os.walk(ROOT):
        folders[:] = [name for name in folders if name not in left_out()]
        yield from (Path(folder) / name for name in names if name not in left_out())


def name(path: Path) -> str:
    """As one writes it in the project."""
    return path.relative_to(ROOT).as_posix()


def is_written_by_hand(path: Path) -> bool:
    shown = name(path)
    return not (shown.startswith("mobile/dist/") or ".gen." in path.name or path.name.endswith(".lock"))


def text(path: Path) -> str | None:
    """None when it is no text."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return None
