"""The invented key figures of the demo: what they are called, how they count, and how they go."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any, cast

from api.demo.goals import Words, told
from api.demo.structure import COMPANIES
from domain.scorecards.cards.terms import Timing
from domain.scorecards.scoring.lines import LargerBetter, SmallerBetter

DATA = Path(__file__).parent / "data"
APART = 0.3
"""By how much of the way between first and last the teams of a department differ, at most."""


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A measure, how it counts, and how it goes."""

    code: str
    title: Words
    unit: str
    is_larger_better: bool
    perspective: str
    served: str
    weight: int
    baseline: Decimal
    target: Decimal
    first: float
    last: float
    chance: float
    decimals: int

    @property
    def rule(self) -> LargerBetter | SmallerBetter:
        """How it is scored."""
        rule = LargerBetter if self.is_larger_better else SmallerBetter
        return rule(baseline=self.baseline, target=self.target)

    @property
    def timing(self) -> Timing:
        """Money shows what came of the rest."""
        return Timing.LAG if self.perspective == "FINANCIAL" else Timing.LEAD

    def value(self, part: float, chance: Random) -> Decimal:
        """When this part of its way is over, a little different from the straight line; a share stays one."""
        value = self.first + (self.last - self.first) * part + chance.gauss(0, self.chance)
        highest = 100.0 if self.unit == "%" and self.target <= 100 else value
        return told(Decimal(str(min(max(value, 0.0), highest))), self.decimals)

    def of_team(self, number: int) -> "KeyFigure":
        """The same of one team: under a code of its own, and somewhat better or worse."""
        code = f"{self.code}_{number}"
        shift = Random(code).uniform(-APART, APART) * (self.last - self.first)
        return replace(self, code=code, first=self.first + shift, last=self.last + shift)


Listed = Mapping[str, Sequence[KeyFigure]]
"""Key figures by the unit that they are of."""


def of_cards() -> Listed:
    """Those that stand on the card of a unit: of group, companies and departments, and of each team."""
    return _read("measures.toml") | dict(_of_teams(_read("teams.toml")))


def beside_cards() -> Listed:
    """Those that only the library of positions counts."""
    return _read("positions.toml")


def _of_teams(templates: Listed) -> Iterator[tuple[str, Sequence[KeyFigure]]]:
    for department in (one for company in COMPANIES for one in company.departments):
        for number in range(1, len(department.teams) + 1):
            yield f"{department.code}-{number}", [one.of_team(number) for one in templates[department.code]]


def library() -> Mapping[tuple[str, str], Mapping[str, int]]:
    """The weights of key figures by their codes, for each position by its unit and title."""
    positions = cast("dict[str, list[tuple[str, int]]]", _toml("positions.toml")["positions"])
    return {cast("tuple[str, str]", tuple(name.split("|"))): dict(listed) for name, listed in positions.items()}


def _read(name: str) -> dict[str, Sequence[KeyFigure]]:
    rows = cast("dict[str, list[list[object]]]", _toml(name)["measures"])
    return {unit: [_key_figure(row) for row in listed] for unit, listed in rows.items()}


def _toml(name: str) -> dict[str, Any]:
    with (DATA / name).open("rb") as opened:
        return tomllib.load(opened)


def _key_figure(row: Sequence[object]) -> KeyFigure:
    code, title, unit, better, perspective, served, weight, *numbers = row
    baseline, target, first, last, chance, decimals = cast("list[float]", numbers)
    english, chinese = cast("list[str]", title)
    return KeyFigure(
        code=str(code),
        title=(english, chinese),
        unit=str(unit),
        is_larger_better=better == "LARGER",
        perspective=str(perspective),
        served=str(served),
        weight=cast("int", weight),
        baseline=Decimal(str(baseline)),
        target=Decimal(str(target)),
        first=first,
        last=last,
        chance=chance,
        decimals=int(decimals),
    )
