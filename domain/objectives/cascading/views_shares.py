"""With which part an objective counts for each of those that it serves, as those who read it are shown."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import cast

from domain.kernel import numbers
from domain.kernel.views import Computed, Json
from domain.objectives import sharing
from domain.objectives.cascading import coverage
from domain.objectives.sharing import ONE, USUAL, Edge

EDGES_OF = (
    "(select json_build_array(c.parent_id, coalesce((select json_agg(json_build_array("
    "a.parent_id, a.counted, a.weight)) from alignment a where a.tenant_id = {tenant} and a.child_id = c.id "
    "and a.state = 'ACCEPTED' and a.parent_id is not null), '[]')) "
    "from objective c where c.tenant_id = {tenant} and c.id = {row}.child_id)"
)
"""What `shares` needs of the lower end."""
SHARE = Computed(
    inputs=f"json_build_array({{row}}.parent_id, {{row}}.state, {EDGES_OF})",
    compute=lambda rows: [_share(*cast("tuple[str | None, str, Json]", row)) for row in rows],
)


def shares(lower: Json) -> Mapping[str, Fraction]:
    """The parts by parent, of the objective's own parent and what agreed alignments say."""
    parent_id, edges = cast("tuple[str | None, Sequence[tuple[str, bool, int | None]]]", lower)
    return sharing.shares(parent_id, [edge(*one) for one in edges])


def edge(parent_id: str, is_counted: bool, weight: int | None) -> Edge[str]:  # noqa: FBT001 - as a row of JSON has it
    """What an alignment says."""
    return Edge(parent_id, is_counted, USUAL if weight is None else weight)


def _share(parent_id: str | None, state: str, lower: Json) -> Json:
    if parent_id is None or lower is None or state != "ACCEPTED":
        return None
    return text(shares(lower).get(parent_id, Fraction(0)))


def text(part: Fraction | None) -> str | None:
    """Percent to two decimals, as every decimal of the API is written."""
    if part is None:
        return None
    return "100" if part is ONE else _text(part)


@lru_cache(4096)
def _text(part: Fraction) -> str:
    """The same few parts stand in very many edges."""
    return numbers.plain(coverage.percent(part))
