"""Documents that once failed, kept to be asked for ever: `regressions/NAME.graphql`, and `NAME.json` with who asks.

Ids and cursors differ in every world, so they are kept by their names, as `«person Dina»`.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

FOLDER = Path(__file__).parent / "regressions"


@dataclass(frozen=True, slots=True)
class Regression:
    """A document, its variables and who asks, ids and cursors by name."""

    name: str
    text: str
    variables: str
    """JSON."""
    readers: Sequence[str]

    def filled(self, names: Mapping[str, str]) -> tuple[str, dict[str, object]]:
        """The document and its variables in a world that calls things by these names."""
        text, variables = self.text, self.variables
        for name, value in names.items():
            text, variables = text.replace(f"«{name}»", value), variables.replace(f"«{name}»", value)
        assert "«" not in text + variables, (self.name, "names something that this world does not hold")
        return text, json.loads(variables)


def kept() -> Iterator[Regression]:
    """All that are kept."""
    for path in sorted(FOLDER.glob("*.graphql")):
        about = cast("dict[str, object]", json.loads(path.with_suffix(".json").read_text(encoding="utf-8")))
        variables = json.dumps(about["variables"], ensure_ascii=False)
        readers = cast("list[str]", about["readers"])
        yield Regression(path.stem, path.read_text(encoding="utf-8"), variables, readers)


def nameable(ids: Mapping[str, str], cursors: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Everything of a world that a document may name."""
    numbered = {f"cursor {at} of {scope}": cursor for scope, many in cursors.items() for at, cursor in enumerate(many)}
    return {**ids, **numbered}


def written(text: str, variables: Mapping[str, object], reader: str, names: Mapping[str, str]) -> str:
    """The two files of a new regression, ready to be kept."""
    about = json.dumps({"readers": [reader], "variables": variables}, ensure_ascii=False, indent=2)
    for name, value in names.items():
        text, about = text.replace(value, f"«{name}»"), about.replace(value, f"«{name}»")
    return f"regressions/NAME.graphql:\n{text}\n\nregressions/NAME.json:\n{about}\n"
