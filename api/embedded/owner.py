"""The user that PostgreSQL runs as when Catchball itself runs as root, which PostgreSQL refuses."""

import os
import pwd
import stat
from dataclasses import dataclass
from pathlib import Path

from api.embedded.failure import EngineError

ACCOUNT = "nobody"
ROOT_GROUP = 0


@dataclass(frozen=True)
class Owner:
    uid: int
    gid: int


def of_engine(files: Path) -> Owner | None:
    """None unless root; then whoever has the files already, else a user without rights.

    The group stays root's, so that the folders above need not open to everyone.
    """
    if os.geteuid() != 0:
        return None
    if files.exists() and files.stat().st_uid != 0:
        return Owner(uid=files.stat().st_uid, gid=ROOT_GROUP)
    try:
        return Owner(uid=pwd.getpwnam(ACCOUNT).pw_uid, gid=ROOT_GROUP)
    except KeyError as error:
        raise EngineError(
            f"PostgreSQL does not run as root and this machine has no user {ACCOUNT!r}: "
            "start Catchball as an ordinary user, or set DATABASE_URL."
        ) from error


def hand_over(owner: Owner | None, folder: Path) -> None:
    """Makes the folder the owner's alone."""
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    if owner is not None:
        os.chown(folder, owner.uid, owner.gid)
        let_reach(owner, folder)


def let_reach(owner: Owner, folder: Path) -> None:
    """Lets the owner pass through the folders above: search only, by group where root's group."""
    for above in folder.resolve().parents:
        state = above.stat()
        wanted = stat.S_IXGRP if state.st_gid == owner.gid else stat.S_IXOTH
        if state.st_uid != owner.uid and not state.st_mode & wanted:
            above.chmod(stat.S_IMODE(state.st_mode) | wanted)


def let_read(owner: Owner, folder: Path) -> None:
    """Lets the owner run what an installation under a strict umask kept to root."""
    let_reach(owner, folder)
    for path in (folder, *folder.rglob("*")):
        state = path.lstat()
        if stat.S_ISLNK(state.st_mode) or state.st_mode & stat.S_IRGRP:
            continue
        runs = stat.S_IXGRP if state.st_mode & stat.S_IXUSR else 0
        path.chmod(stat.S_IMODE(state.st_mode) | stat.S_IRGRP | runs)
