"""The wheel holds everything under one name, and runs from there."""

import subprocess
import sys
import zipfile
from pathlib import Path

from tests.house.tree import ROOT

NEEDED = ("mobile/dist/index.html", "mobile/trusted.json", "domain/migrations/sql", "api/graphiql/index.html")


def test_a_wheel_puts_all_under_one_name_and_its_command_runs(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (wheel,) = tmp_path.glob("*.whl")
    inside = tmp_path / "inside"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(inside)
    answer = subprocess.run(
        [sys.executable, "-P", "-m", "catchball", "schema", "--check"],
        cwd=ROOT,
        env={"PYTHONPATH": str(inside)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert {path.name for path in inside.iterdir()} == {"catchball", "catchball-0.1.0.dist-info"}
    assert all((inside / "catchball" / name).exists() for name in NEEDED)
    assert (answer.returncode, answer.stdout, answer.stderr) == (0, "", "")
