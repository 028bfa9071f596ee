"""What the README promises, done as it says: a first start with the demo group, then its tour by copy and paste."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator

import pytest

from api.demo.logins import LOGINS
from tests.journeys.household import ROOT, Household

pytestmark = pytest.mark.timeout(400)

# The documented commands with the address and the program of this run in their place.
PREAMBLE = """set -euo pipefail
cd "$(mktemp -d)"
"""


@pytest.fixture(scope="module")
def toured() -> Iterator[Household]:
    house = Household(demo="on")
    try:
        house.start()
        yield house
    finally:
        house.clean_up()


def blocks() -> list[str]:
    """What the README gives to copy into a shell."""
    return re.findall(r"```sh\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)


def test_the_first_start_says_how_to_sign_in(toured: Household) -> None:
    said = toured.said()

    assert "240 people" in said
    for login, password, who in LOGINS:
        assert re.search(rf"^  {re.escape(login)} +{re.escape(password)} +{re.escape(who)}$", said, re.MULTILINE)


def test_every_command_of_the_tour_works(toured: Household) -> None:
    script = PREAMBLE + "\necho\n".join(blocks())
    script = script.replace("http://localhost:8000", f"http://localhost:{toured.port}")
    script = script.replace(".venv/bin/catchball", f"{sys.executable} -m catchball")

    done = subprocess.run(
        ["bash", "-c", script],
        env={**toured.environment(), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, "")
    answers = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    assert len(answers) == script.count("/graphql -H")
    assert [answer["errors"] for answer in answers if "errors" in answer] == []
