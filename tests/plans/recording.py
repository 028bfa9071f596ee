"""The record of the blocks that every question looks into, and how far a plan may stray from it."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from tests.plans.explaining import Explained

RECORD = Path(__file__).with_name("blocks.json")
PEOPLE = 2_000
"""The size of the recorded group: 12,000 objectives and 200,000 check-ins."""
SHARE, BLOCKS = 0.1, 10
"""How far: a tenth, and ten blocks. Samples of ANALYZE and a page more or less of an index stay below it."""
AGAIN = "Look at the plan; where it is meant to be so, run `.venv/bin/python -m tests.plans` and commit the record."

Record = Mapping[str, Mapping[str, int]]
"""Blocks by question and by who asks."""


def of(explained: Iterable[Explained]) -> dict[str, dict[str, int]]:
    """The record of these plans."""
    record: dict[str, dict[str, int]] = {}
    for one in explained:
        record.setdefault(one.name, {})[one.who] = one.blocks
    return record


def read() -> Record:
    return json.loads(RECORD.read_text(encoding="utf-8"))


def write(record: Record) -> None:
    RECORD.write_text(json.dumps(record, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def strayed(found: Record, recorded: Record) -> list[str]:
    """What is more, or less, than recorded by more than the tolerance; a sentence for each."""
    return [
        f"{name}, asked by {who}: {blocks} blocks, recorded are {recorded[name][who]}"
        for name, askers in found.items()
        for who, blocks in askers.items()
        if abs(blocks - recorded[name][who]) > SHARE * recorded[name][who] + BLOCKS
    ]
