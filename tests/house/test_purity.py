"""Decisions are pure: in a slice only model.py and services may await, know Tortoise or the clock."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.house.tree import ROOT, files, name

PRODUCT = {"api", "domain", "notifications"}
NO_SLICES = {"kernel", "migrations"}
SYSTEM_CLOCKS = {"datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time", "time.time_ns"}
CLOCKS = {*SYSTEM_CLOCKS, "clock.now", "clock.today", "time.monotonic", "time.perf_counter"}
# The clock itself, and ids, whose order in time has nothing to do with business.
MAY_ASK_THE_SYSTEM = {"domain/kernel/clock.py", "domain/kernel/ids.py"}
AWAITING = (ast.AsyncFunctionDef, ast.Await, ast.AsyncFor, ast.AsyncWith)


def slice_files() -> list[Path]:
    inside = [path for path in files(".py") if path.is_relative_to(ROOT / "domain")]
    return [path for path in inside if len(path.relative_to(ROOT).parts) > 2 and path.parts[-2] not in NO_SLICES]


def may_act(path: Path) -> bool:
    return path.name == "model.py" or "service" in path.stem.split("_")


def impurities(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        place = f"{name(path)}:{getattr(node, 'lineno', 0)}"
        if isinstance(node, AWAITING):
            yield f"{place} awaits"
        if any(module.split(".")[0] == "tortoise" for module in imported(node)):
            yield f"{place} knows Tortoise"
        if "domain.kernel.clock" in imported(node) or called(node) in CLOCKS:
            yield f"{place} reads the clock"


def imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom) and node.module:
        return [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    return []


def called(node: ast.AST) -> str:
    """Owner and name of what is called, as in `datetime.now`; nothing for anything else."""
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return ""
    owner = node.func.value
    named = owner.attr if isinstance(owner, ast.Attribute) else getattr(owner, "id", "")
    return f"{named}.{node.func.attr}"


def methods(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield f"{name(path)}:{node.lineno} {node.name}"


def test_only_models_and_services_act() -> None:
    assert slice_files()
    assert [found for path in slice_files() if not may_act(path) for found in impurities(path)] == []


def test_models_are_records_without_methods() -> None:
    models = [path for path in slice_files() if path.name == "model.py"]

    assert models
    assert [found for path in models for found in methods(path)] == []


def test_only_the_clock_asks_the_system_for_the_time() -> None:
    product = [path for path in files(".py") if name(path).split("/")[0] in PRODUCT]
    others = [path for path in product if name(path) not in MAY_ASK_THE_SYSTEM]

    calls = [
        f"{name(path)}:{getattr(node, 'lineno', 0)}"
        for path in others
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if called(node) in SYSTEM_CLOCKS
    ]
    assert calls == []
