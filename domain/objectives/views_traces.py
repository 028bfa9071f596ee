"""How a progress is explained to those who read it: the inputs by SQL, the lines by rules."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import cast

from domain.kernel import numbers
from domain.kernel.views import Computed, Json
from domain.objectives import traces
from domain.objectives.rules import KEY_RESULTS_MAX
from domain.objectives.traces import Part, Share

PROGRESS_TRACE = Computed(
    inputs=(
        "array_to_json(array(select json_build_array('kr_' || k.id, k.title, k.weight, k.progress::text) "
        "from key_result k where k.tenant_id = {tenant} and k.objective_id = {row}.id order by k.position))"
    ),
    compute=lambda rows: [_traced(cast("Sequence[Sequence[object]]", row)) for row in rows],
    list_sizes={("ProgressTrace", "shares"): KEY_RESULTS_MAX},
)
"""Who sees an objective sees its key results."""


def _traced(row: Sequence[Sequence[object]]) -> Mapping[str, Json]:
    trace = traces.trace([_part(*line) for line in row])
    return {"progress": _text(trace.progress), "shares": [_line(share) for share in trace.shares]}


def _part(key_result_id: object, title: object, weight: object, progress: object) -> Part:
    return Part(
        key_result_id=str(key_result_id),
        title=str(title),
        weight=cast("int", weight),
        progress=None if progress is None else Decimal(str(progress)),
    )


def _line(share: Share) -> Mapping[str, Json]:
    part = share.part
    return {
        "keyResult": part.key_result_id,
        "title": part.title,
        "weight": part.weight,
        "progress": _text(None if part.progress is None else traces.shown(part.progress)),
        "share": _text(share.share),
        "contribution": _text(share.contribution),
    }


def _text(value: Decimal | None) -> str | None:
    """As every decimal of the API is written: without zeros at its end."""
    return None if value is None else numbers.plain(value)
