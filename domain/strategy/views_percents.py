"""A weight as percent of all weights beside it: the weights by SQL, the percent by the rule that reads 100."""

from collections.abc import Sequence
from typing import cast

from domain.kernel import numbers, percents
from domain.kernel.views import Computed, Json


def percent(table: str) -> Computed:
    """The whole percent that a row weighs among those of its strategy that are in force."""
    return Computed(
        inputs=(
            f"json_build_array({{row}}.id, array_to_json(array(select json_build_array(w.id, w.weight) from {table} w "
            "where w.tenant_id = {tenant} and w.strategy_id = {row}.strategy_id and w.retired_at is null "
            "order by w.position, w.id)))"
        ),
        compute=lambda rows: [_percent(*cast("tuple[str, Sequence[tuple[str, int]]]", row)) for row in rows],
    )


def _percent(row_id: str, weights: Sequence[tuple[str, int]]) -> Json:
    """Null for what is retired."""
    shares = percents.of([weight for _, weight in weights])
    found = {other: share for (other, _), share in zip(weights, shares, strict=True)}
    return numbers.plain(found[row_id]) if row_id in found else None
