"""Nothing grows past what one reads in a sitting."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.house.tree import files, is_written_by_hand, name

FUNCTION_LINES_MAX = 60
FILE_LINES_MAX = 400
README_LINES_MAX = 150
CODE = (".css", ".graphql", ".js", ".mjs", ".py", ".sql", ".ts", ".tsx")


def long_functions(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > FUNCTION_LINES_MAX:
                yield f"{name(path)}:{node.lineno} {node.name} has {lines} lines"


def longer_than(lines_max: int, path: Path) -> Iterator[str]:
    lines = len(path.read_text(encoding="utf-8").splitlines())
    if lines > lines_max:
        yield f"{name(path)} has {lines} lines"


def test_no_function_is_too_long() -> None:
    assert [found for path in files(".py") for found in long_functions(path)] == []


def test_no_file_is_too_long() -> None:
    by_hand = [path for path in files(*CODE) if is_written_by_hand(path) and name(path) != "schema.graphql"]

    assert [found for path in by_hand for found in longer_than(FILE_LINES_MAX, path)] == []


def test_no_readme_is_too_long() -> None:
    readmes = [path for path in files(".md") if path.name == "README.md"]

    assert [found for path in readmes for found in longer_than(README_LINES_MAX, path)] == []
