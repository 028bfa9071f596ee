"""What would follow if targets, values or weights were others: computed as it would be kept, and kept nowhere.

A changed target of a key result that was thrown down goes on: its slices and its reserve change in proportion, so that
they still add up. What changes below is carried up as the roll-up does it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from domain.kernel.errors import InvalidInput
from domain.objectives import progress
from domain.objectives.cascading import rules, splits
from domain.objectives.cascading.terms import Division, Part, SplitMethod
from domain.objectives.rules import check_number
from domain.objectives.terms import KeyResultKind

CHANGES_MAX = 100
NODES_MAX = 2000
"""How many objectives and slices a preview may touch."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What is different of a key result, or of an objective; None stays."""

    key_result_id: UUID | None = None
    objective_id: UUID | None = None
    target: Decimal | None = None
    current: Decimal | None = None
    weight: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A key result as progress is computed of it."""

    id: UUID
    objective_id: UUID
    title: str
    kind: str
    weight: int
    start: Decimal | None
    target: Decimal | None
    low: Decimal | None
    high: Decimal | None
    current: Decimal | None
    progress: Decimal | None


@dataclass(frozen=True, slots=True)
class Share:
    """A slice that lives: of which key result, which one holds it, and how much."""

    key_result_id: UUID
    child_id: UUID | None
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Thrown:
    """What a preview must know of targets: the figures, their slices, and their reserves."""

    figures: Mapping[UUID, Figure]
    shares: Sequence[Share]
    reserves: Mapping[UUID, tuple[Decimal, bool]]
    """By key result: what is held back, and whether slices are whole numbers."""


def check(changes: Sequence[Change]) -> None:
    """InvalidInput for too many changes, one that changes nothing, or a value out of its range."""
    if not 1 <= len(changes) <= CHANGES_MAX:
        raise InvalidInput(f"A preview takes 1 to {CHANGES_MAX} changes.", field="changes")
    named = [(one.key_result_id, one.objective_id) for one in changes]
    for at, one in enumerate(changes):
        path = f"changes.{at}"
        if (one.key_result_id is None) == (one.objective_id is None):
            raise InvalidInput("Name a key result or an objective.", field=path)
        if named[at] in named[:at]:
            raise InvalidInput("This is changed twice.", field=path)
        if one.objective_id is not None and (one.target is not None or one.current is not None):
            raise InvalidInput("Targets and values are those of key results.", field=path)
        for name, value in (("target", one.target), ("current", one.current)):
            if value is not None:
                check_number(value, f"{path}.{name}")
        if one.weight is not None and not 0 <= one.weight <= 100:
            raise InvalidInput("A weight is a whole percentage from 0 to 100.", field=f"{path}.weight")


def changed(thrown: Thrown, changes: Sequence[Change]) -> Mapping[UUID, Figure]:
    """The key results that would be different, by their ids: those named, and those that hold slices below."""
    found: dict[UUID, Figure] = {}
    targets: dict[UUID, Decimal] = {}
    for at, one in enumerate(changes):
        if one.key_result_id is None:
            continue
        figure = thrown.figures[one.key_result_id]
        if one.target is not None:
            _check_target(figure, one.target, f"changes.{at}.target")
            targets[figure.id] = one.target
        current = figure.current if one.current is None else one.current
        weight = figure.weight if one.weight is None else one.weight
        found[figure.id] = replace(figure, current=current, weight=weight)
    targets = _down(thrown, targets)
    for key_result, target in targets.items():
        figure = found.get(key_result, thrown.figures[key_result])
        found[key_result] = replace(figure, target=target, start=_start(figure, target))
    return {one.id: replace(one, progress=_progress(one)) for one in found.values()}


def _check_target(figure: Figure, target: Decimal, path: str) -> None:
    if figure.kind == KeyResultKind.RANGE or figure.start is None:
        raise InvalidInput("A range has no target.", field=path)
    if target == figure.start or (target > figure.start) == (figure.kind == KeyResultKind.DECREASE):
        raise InvalidInput("The target lies on the wrong side of the start.", field=path)


def _start(figure: Figure, target: Decimal) -> Decimal | None:
    """Where it started, unless the target would lie on the wrong side of that: then in proportion."""
    if figure.start is None or figure.target is None:
        return figure.start
    is_right = (target > figure.start) == (figure.kind != KeyResultKind.DECREASE) and target != figure.start
    return figure.start if is_right or not figure.target else rules.start_of(figure.start, figure.target, target)


def _down(thrown: Thrown, named: Mapping[UUID, Decimal]) -> dict[UUID, Decimal]:
    """The new targets and all that follow from them below; a target that is named itself is not overruled."""
    by_parent: dict[UUID, list[Share]] = {}
    for one in thrown.shares:
        by_parent.setdefault(one.key_result_id, []).append(one)
    found, waiting = dict(named), list(named)
    while waiting:
        above = waiting.pop(0)
        shares = by_parent.get(above, [])
        target = thrown.figures[above].target
        if not shares or not target:
            continue
        for one, amount in zip(shares, _scaled(thrown, above, target, found[above], shares), strict=True):
            if one.child_id is not None and one.child_id in thrown.figures and one.child_id not in found:
                found[one.child_id] = amount
                waiting.append(one.child_id)
    return found


def _scaled(
    thrown: Thrown, above: UUID, target: Decimal, wanted: Decimal, shares: Sequence[Share]
) -> Sequence[Decimal]:
    """Slices in proportion, which with the reserve in proportion come to the same part of the target as before."""
    reserve, is_whole = thrown.reserves.get(above, (Decimal(0), False))
    before = sum((Fraction(one.amount) for one in shares), Fraction(reserve))
    if before != Fraction(target):
        return [rules.start_of(one.amount, target, wanted) for one in shares]
    parts = [Part(name="", weight=None, history=abs(one.amount)) for one in shares] + [
        Part(name="", history=abs(reserve))
    ]
    whole = is_whole and not wanted % 1
    division = Division(method=SplitMethod.HISTORY, whole=whole)
    return splits.divide(wanted, parts, division)[: len(shares)]


def _progress(figure: Figure) -> Decimal | None:
    measured = {"start": figure.start, "target": figure.target, "low": figure.low, "high": figure.high}
    return progress.of_key_result(figure.kind, figure.current, **measured)


def own(figures: Sequence[Figure]) -> Decimal | None:
    """The progress of an objective by its key results."""
    return progress.of_objective([(one.weight, one.progress) for one in figures])
