"""PgBouncer for the scale tests: one that this machine has, in transaction mode before primary and standby."""

import re
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from api.embedded import owner as owners
from api.embedded.child import Child, wait_seconds
from api.embedded.failure import EngineError
from api.embedded.owner import Owner

OLDEST_VERSION = (1, 21)
"""The first that keeps prepared statements in transaction mode."""
PORT = 6432
LOGIN = "scale"
SERVERS = 12
"""Connections to a server, for all processes together."""
START_SECONDS = 20
PLACES = ("/usr/sbin", "/usr/local/sbin", "/usr/local/bin", "/opt/homebrew/bin")
MISSING = (
    "PgBouncer 1.21 or newer is needed: install the package pgbouncer of Debian 13, Ubuntu 24.04 or Homebrew. "
    "On an older Debian let `.venv/bin/python -m tests.scale.building` build it."
)


class NoBouncer(Exception):
    """The text says what to install."""


def program() -> Path:
    """One that is new enough, else NoBouncer."""
    for candidate in candidates():
        if version(candidate) >= OLDEST_VERSION:
            return candidate
    raise NoBouncer(MISSING)


def candidates() -> Iterator[Path]:
    yield built()
    for path in (None, ":".join(PLACES)):
        found = shutil.which("pgbouncer", path=path)
        if found:
            yield Path(found)


def built() -> Path:
    """Where the one that was built here lies, or will."""
    return Path.home() / ".cache" / "catchball" / "pgbouncer"


def version(candidate: Path) -> tuple[int, ...]:
    """(0,) when it cannot run here."""
    try:
        said = subprocess.run([candidate, "--version"], capture_output=True, text=True, check=False).stdout
    except OSError:
        return (0,)
    found = re.search(r"PgBouncer (\d+)\.(\d+)", said)
    return tuple(map(int, found.groups())) if found else (0,)


@dataclass(kw_only=True)
class Bouncer:
    """`databases` are the names that clients use, each with where PgBouncer finds it."""

    home: Path
    databases: Mapping[str, str]
    owner: Owner | None = field(init=False)
    child: Child = field(init=False)

    def __post_init__(self) -> None:
        self.owner = owners.of_engine(self.home / "postgres")
        self.child = Child(
            name="PgBouncer",
            command=[str(self.folder / "pgbouncer"), str(self.folder / "pgbouncer.ini")],
            log=self.home / "logs" / "pgbouncer.log",
            last_signal=signal.SIGTERM,
            owner=self.owner,
        )

    @property
    def folder(self) -> Path:
        return self.home / "bouncer"

    def url(self, database: str) -> str:
        """The address of one of its databases, as the product is given it."""
        place = quote(str(self.folder), safe="/")
        return f"postgresql://{LOGIN}@/{database}?host={place}&port={PORT}&pool_mode=transaction"

    def start(self) -> None:
        """Returns when it takes connections."""
        owners.hand_over(self.owner, self.folder)
        # Its owner may not look into the folder that it was found in.
        shutil.copy(program(), self.folder / "pgbouncer")
        (self.folder / "pgbouncer.ini").write_text(self.settings())
        self.child.start()
        deadline = time.monotonic() + START_SECONDS
        while not self.answers():
            self.child.require_alive()
            if not wait_seconds(deadline):
                raise EngineError(f"PgBouncer does not answer: see {self.child.log}.")

    def stop(self) -> None:
        """As a restart of its machine would: nobody is waited for."""
        self.child.stop(signal.SIGTERM, patience_seconds=1)

    def answers(self) -> bool:
        with socket.socket(socket.AF_UNIX) as connection:
            try:
                connection.connect(str(self.folder / f".s.PGSQL.{PORT}"))
            except OSError:
                return False
            return True

    def settings(self) -> str:
        databases = "\n".join(f"{name} = {place}" for name, place in self.databases.items())
        return f"""[databases]
{databases}

[pgbouncer]
listen_addr =
listen_port = {PORT}
unix_socket_dir = {self.folder}
auth_type = any
pool_mode = transaction
max_prepared_statements = 1000
max_client_conn = 1000
default_pool_size = {SERVERS}
query_wait_timeout = 15
idle_transaction_timeout = 60
pidfile =
"""
