"""How the target of a key result is thrown down, and what came of it: what SQL finds, and what rules make of it."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import cast

from domain.kernel import numbers
from domain.kernel.views import Computed, Json
from domain.objectives.cascading import coverage, picture
from domain.objectives.cascading.coverage import Slice
from domain.objectives.cascading.views_shares import text

LEVELS_MAX = 32
SLICES_MAX = 2000
LOSSES_MAX = 7
"""How many levels' losses are shown."""

SPLIT = Computed(
    inputs=(
        "(select json_build_object('split', json_build_array(t.method, t.state, t.version, t.reserve::text, "
        "t.is_whole, t.waiver), 'target', {row}.target::text, 'top', {row}.id, "
        "'slices', (select coalesce(json_agg(json_build_array(s.key_result_id, "
        "s.child_key_result_id, s.amount::text, s.state, c.current::text, c.progress::text, "
        "c.target::text, (select sum(a.amount) from alignment a where a.tenant_id = {tenant} "
        "and a.child_key_result_id = c.id and a.method = 'SPLIT' and a.state = 'ACCEPTED')::text)), '[]') "
        f"from slices_below({{tenant}}, {{row}}.id, {LEVELS_MAX}, {SLICES_MAX}) s "
        "left join key_result c on c.tenant_id = {tenant} and c.id = s.child_key_result_id)) "
        "from target_split t where t.tenant_id = {tenant} and t.key_result_id = {row}.id "
        "and (t.state <> 'DRAFT' or t.thrown_by_id = {me}))"
    ),
    compute=lambda rows: [None if row is None else _split(cast("Mapping[str, Json]", row)) for row in rows],
    list_sizes={("TargetSplit", "losses"): LOSSES_MAX},
)
"""What is not seen counts all the same: only sums are shown."""

_Line = tuple[str, str | None, str, str, str | None, str | None, str | None, str | None]


def _split(row: Mapping[str, Json]) -> Mapping[str, Json]:
    method, state, version, reserve, is_whole, waiver = cast("Sequence[Json]", row["split"])
    lines = [line for line in cast("Sequence[_Line]", row["slices"]) if line[3] != "DRAFT" or state == "DRAFT"]
    top, target = str(row["top"]), Decimal(str(row["target"]))
    own = [line for line in lines if line[0] == top]
    difference = coverage.balance(target, [Decimal(line[2]) for line in own], Decimal(str(reserve))).difference
    return {
        "method": method,
        "state": state,
        "version": version,
        "reserve": numbers.plain(Decimal(str(reserve))),
        "whole": is_whole,
        "waiver": waiver,
        "difference": numbers.plain(difference),
        "slices": len(own),
        "open": sum(line[3] != "ACCEPTED" for line in own),
        "assigned": text(coverage.assigned(target, _slices(own))),
        "carried": text(_carried(top, target, lines)),
        "losses": [text(one) for one in _losses(top, target, lines)],
        **_reached(target, own),
    }


def _slices(lines: Sequence[_Line]) -> list[Slice[str]]:
    return [Slice(Decimal(line[2])) for line in lines]


def _carried(top: str, target: Decimal, lines: Sequence[_Line]) -> Fraction:
    """Whoever accepted a slice carries it until they throw it further down."""
    targets, slices = _below(top, target, lines)
    return coverage.carried(targets, slices, accepted=frozenset(targets) - {top})[top]


def _losses(top: str, target: Decimal, lines: Sequence[_Line]) -> list[Fraction]:
    targets, slices = _below(top, target, lines)
    return picture.level_losses(top, targets, slices)[:LOSSES_MAX]


def _below(top: str, target: Decimal, lines: Sequence[_Line]) -> tuple[dict[str, Decimal], dict[str, list[Slice[str]]]]:
    """The targets below one, and how each was thrown further down."""
    targets, slices = {top: target}, dict[str, list[Slice[str]]]()
    for above, below, amount, state, *_, wanted, _ in lines:
        child = below if state == "ACCEPTED" else None
        slices.setdefault(above, []).append(Slice(Decimal(amount), child))
        if child is not None and wanted is not None:
            targets[child] = Decimal(wanted)
    return targets, slices


def _reached(target: Decimal, own: Sequence[_Line]) -> Mapping[str, Json]:
    """Two numbers: what the slices came to together, and the mean of their percentages."""
    accepted = [line for line in own if line[3] == "ACCEPTED"]
    value = coverage.value_of(
        (None if line[4] is None else Decimal(line[4]), Decimal(line[2]), Decimal(line[7] or line[2]))
        for line in accepted
    )
    known = [Fraction(line[5]) for line in accepted if line[5] is not None]
    mean = coverage.rounded(sum(known, Fraction(0)) / len(known), 2) if known else None
    return {
        "value": None if value is None else numbers.plain(value),
        "valuePercent": None if value is None else text(Fraction(value) / Fraction(target)),
        "meanPercent": None if mean is None else numbers.plain(mean),
    }
