"""Write the two lock files, and say whether they still belong to pyproject.toml.

`python -m tests.house.locks` resolves anew; it needs uv and the network. The check needs neither.
"""

import hashlib
import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parents[2]
LOCKS = {"requirements.lock": (), "requirements-test.lock": ("--extra", "test")}
PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^ ;\\]+)", re.MULTILINE)
HEADER = "# For {wishes} of pyproject.toml. Written by `make lock`; universal: every platform, every Python.\n"


def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text())


def wishes() -> str:
    """A digest of everything in pyproject.toml that the locks depend on."""
    table = project()["project"]
    asked = [
        table["requires-python"],
        table["dependencies"],
        table["optional-dependencies"],
        project()["dependency-groups"],
    ]
    return hashlib.sha256(json.dumps(asked).encode()).hexdigest()[:16]


def asked_for(lock: str) -> list[Requirement]:
    table = project()["project"]
    texts = [*table["dependencies"], *project()["dependency-groups"]["build"]]
    if LOCKS[lock]:
        texts += table["optional-dependencies"]["test"]
    return [Requirement(text) for text in texts]


def pins(lock: str) -> dict[str, set[Version]]:
    """Several versions where the markers tell them apart."""
    found: dict[str, set[Version]] = {}
    for name, version in PIN.findall((ROOT / lock).read_text()):
        found.setdefault(canonicalize_name(name), set()).add(Version(version))
    return found


def write(lock: str) -> None:
    compiled = subprocess.run(
        [
            *("uv", "pip", "compile", "--universal", "--python-version", "3.11", "--generate-hashes"),
            *("--no-emit-index-url", "--no-header", "--no-annotate", "--group", "build"),
            *("pyproject.toml", *LOCKS[lock], *sys.argv[1:]),
        ],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    (ROOT / lock).write_text(HEADER.format(wishes=wishes()) + compiled.stdout)


if __name__ == "__main__":
    for name in LOCKS:
        write(name)
