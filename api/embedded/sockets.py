"""Where the engines' sockets lie: in the home, or in a short folder when its path is too long."""

import hashlib
import os
import tempfile
from pathlib import Path

from api.embedded.failure import EngineError
from api.embedded.owner import Owner

LONGEST_NAME = ".s.PGSQL.5432.lock"
PATH_BYTES_MAX = 100
SEPARATORS = ',"'


def folder(home: Path, owner: Owner | None) -> Path:
    """The kernel takes about a hundred bytes as a socket's path, and PostgreSQL takes a list of them."""
    inside = home / "sockets"
    is_short = len(os.fsencode(inside / LONGEST_NAME)) <= PATH_BYTES_MAX
    if is_short and not any(sign in str(inside) for sign in SEPARATORS):
        return inside
    digest = hashlib.sha256(os.fsencode(home)).hexdigest()[:12]
    stand_in = Path(tempfile.gettempdir()) / f"catchball-{os.geteuid()}-{digest}"
    stand_in.mkdir(mode=0o700, exist_ok=True)
    ours = {os.geteuid()} if owner is None else {os.geteuid(), owner.uid}
    if stand_in.lstat().st_uid not in ours or stand_in.is_symlink():
        raise EngineError(f"{stand_in} belongs to someone else: choose a shorter CATCHBALL_HOME.")
    return stand_in
