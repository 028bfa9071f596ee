"""Builds PgBouncer from the source that Debian distributes, for a machine whose own package is too old.

`python -m tests.scale.building` does so once; nothing is installed, the program lies in the user's cache folder.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

from tests.scale.bouncer import MISSING, NoBouncer, built

BUILD_SECONDS_MAX = 600
SOURCES = """Types: deb-src
URIs: {uri}
Suites: trixie
Components: main
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg
"""
APT = """Dir::Etc::sourcelist "/dev/null";
Dir::Etc::sourceparts "{folder}/parts";
Dir::State::lists "{folder}/lists";
Dir::Cache "{folder}/cache";
APT::Sandbox::User "";
"""


def build() -> Path:
    """From Debian's source package, whose signature apt checks; nothing is installed."""
    needed = [name for name in ("apt-get", "dpkg-deb", "gcc", "make", "pkg-config") if not shutil.which(name)]
    if needed:
        raise NoBouncer(f"{', '.join(needed)} is missing. {MISSING}")
    with tempfile.TemporaryDirectory(prefix="catchball-pgbouncer-") as made:
        folder = Path(made)
        for part in ("parts", "lists/partial", "cache/archives/partial", "libraries"):
            (folder / part).mkdir(parents=True)
        (folder / "parts" / "trixie.sources").write_text(SOURCES.format(uri=archive()))
        (folder / "apt.conf").write_text(APT.format(folder=folder))
        elsewhere = {"APT_CONFIG": str(folder / "apt.conf")}
        run("apt-get update", folder, elsewhere)
        run("apt-get source --only-source pgbouncer", folder, elsewhere)
        run("apt-get download libevent-dev", folder)
        run("dpkg-deb -x $(echo libevent-dev*.deb) libraries", folder)
        run(
            "cd pgbouncer-*/ && ./configure --without-cares --without-openssl --disable-evdns "
            f"LIBEVENT_CFLAGS=-I{folder}/libraries/usr/include "
            f'LIBEVENT_LIBS="-L$(dirname {folder}/libraries/usr/lib/*/libevent.a) -l:libevent.a" && make -j2 pgbouncer',
            folder,
        )
        built().parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(next(folder.glob("pgbouncer-*/pgbouncer")), built())
    return built()


def archive() -> str:
    """The address of the archive that this machine's apt takes its packages from."""
    said = subprocess.run(
        ["apt-get", "indextargets", "--format", "$(SITE)"], capture_output=True, text=True, check=True
    )
    sites = [site for site in said.stdout.split() if "debian" in site and "security" not in site]
    if not sites:
        raise NoBouncer(MISSING)
    return sites[0]


def run(script: str, folder: Path, environment: Mapping[str, str] | None = None) -> None:
    """One step in a shell; NoBouncer with its last words when it fails."""
    done = subprocess.run(
        ["sh", "-ec", script],
        cwd=folder,
        env={**os.environ, **(environment or {})},
        capture_output=True,
        text=True,
        timeout=BUILD_SECONDS_MAX,
        check=False,
    )
    if done.returncode:
        words = (done.stdout + done.stderr).strip().splitlines()
        raise NoBouncer(f"`{script[:40]}…` failed: {words[-1] if words else '?'}. {MISSING}")


if __name__ == "__main__":
    print(build())  # noqa: T201 - what it is for
