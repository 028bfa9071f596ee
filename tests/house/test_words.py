"""What must not stand in any file of the project."""

import re

import pytest

from tests.house.tree import ROOT, files, is_written_by_hand, name, text

# Put together here, so that this file does not hold what it looks for.
FORBIDDEN = {
    "the host of a registry": r"\b(pypi|pythonhosted|npmjs|debian)[.](org|com)\b",
    "a path of one machine": r"(^|[^\w./-])/(work|farm|root|home|Users)/\w",
    "an unfinished thought": r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X)\b",
    "words about its making": r"\b(AI assis" + r"tant|language mo" + r"del|LL" + r"M|Clau" + r"de)\b",
    "an address of a lock file": r'"resol' + r'ved": "http',
}
EXEMPT = {"LICENSE"}


@pytest.mark.parametrize("pattern", FORBIDDEN.values(), ids=FORBIDDEN.keys())
def test_no_file_holds(pattern: str) -> None:
    looked_for = re.compile(pattern, re.MULTILINE)
    texts = {path: text(path) for path in files() if is_written_by_hand(path) and path.name not in EXEMPT}

    found = [
        f"{name(path)}: {match.group().strip()}"
        for path, words in texts.items()
        if words
        for match in looked_for.finditer(words)
    ]

    assert found == []


def test_no_module_has_a_name_that_says_nothing() -> None:
    empty_names = {"utils", "helpers", "common", "manager", "base", "data", "info", "process", "misc"}

    assert [name(path) for path in files(".py", ".ts", ".tsx") if path.stem in empty_names] == []


def test_every_readme_command_exists() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))

    named = set(re.findall(r"^\s*\$?\s*make ([a-z]+)", readme, re.MULTILINE))

    assert named <= targets
