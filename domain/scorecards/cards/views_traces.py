"""Fields of scorecards that rules compute: how a score came about, what a card lacks, weights as percent."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import cast

from domain.kernel import percents
from domain.kernel.views import Computed, Json
from domain.scorecards.cards import traces
from domain.scorecards.cards.rules import EXTRAS_MAX, ITEMS_MAX, PERSPECTIVES_MAX, STEPS_MAX
from domain.scorecards.cards.terms import GapKind, ItemKind
from domain.scorecards.cards.views_rights import INSIDER, of_card

GAPS_MAX = ITEMS_MAX + 2 * PERSPECTIVES_MAX
STEPS_SHOWN_MAX = 2 * ITEMS_MAX + EXTRAS_MAX

TRACE = Computed(
    inputs=(
        "json_build_object('trace', {row}.trace, 'value', {row}.value::text, 'insider', "
        f"({of_card('scorecard_id', INSIDER)}) is true)"
    ),
    compute=lambda rows: [_traced(cast("Mapping[str, Json]", row)) for row in rows],
    list_sizes={
        ("ScoreTrace", "items"): ITEMS_MAX,
        ("ScoreTrace", "perspectives"): PERSPECTIVES_MAX,
        ("ScoreTrace", "steps"): STEPS_SHOWN_MAX,
        ("ScoreTrace", "ceilings"): STEPS_SHOWN_MAX,
    },
)


def _traced(row: Mapping[str, Json]) -> Json:
    value = row["value"]
    exact = None if value is None else Decimal(str(value))
    return traces.shown(cast("Mapping[str, Json]", row["trace"]), exact, is_insider=bool(row["insider"]))


STEPS = (
    "case when {row}.strategic_objective_id is not null then 1 else (select case "
    "when a.strategic_objective_id is not null then 2 when b.strategic_objective_id is not null "
    f"then {STEPS_MAX} end from scorecard_item a left join scorecard_item b on b.tenant_id = {{tenant}} "
    "and b.id = a.serves_item_id where a.tenant_id = {tenant} and a.id = {row}.serves_item_id) end"
)
"""From an item by what it serves to a strategic objective; null is a gap."""

GAPS = Computed(
    inputs=(
        "json_build_object('perspectives', array(select json_build_array(p.code, x.id is not null, "
        "exists (select from scorecard_item i where i.tenant_id = {tenant} and i.card_perspective_id = x.id)) "
        "from perspective p left join scorecard_perspective x on x.tenant_id = {tenant} and x.perspective_id = p.id "
        "and x.scorecard_id = {row}.id where p.tenant_id = {tenant} order by p.position, p.id "
        f"limit {2 * PERSPECTIVES_MAX}), "
        "'items', array(select json_build_array('sci_' || i.id, "
        f"{STEPS.replace('{row}', 'i')}, i.operational is not null) from scorecard_item i "
        f"where i.tenant_id = {{tenant}} and i.scorecard_id = {{row}}.id and i.kind = '{ItemKind.MEASURE}' "
        "order by i.position))"
    ),
    compute=lambda rows: [_gaps(cast("Mapping[str, Sequence[Sequence[Json]]]", row)) for row in rows],
    list_sizes={("Scorecard", "gaps"): GAPS_MAX},
)


def _gaps(row: Mapping[str, Sequence[Sequence[Json]]]) -> Sequence[Json]:
    found: list[Json] = []
    for code, is_there, is_filled in row["perspectives"]:
        if not is_filled:
            kind = GapKind.PERSPECTIVE_WITHOUT_ITEMS if is_there else GapKind.PERSPECTIVE_MISSING
            found.append({"kind": str(kind), "perspective": code, "item": None})
    for item, steps, is_operational in row["items"]:
        if steps is None:
            kind = GapKind.OPERATIONAL if is_operational else GapKind.NO_LINE_TO_STRATEGY
            found.append({"kind": str(kind), "perspective": None, "item": item})
    return found


def _share(rows: Sequence[Json]) -> Sequence[Json]:
    found: list[Json] = []
    for row in rows:
        at, weights = cast("tuple[int, Sequence[int]]", row)
        found.append(int(percents.of(weights)[at]))
    return found


def _percent(table: str, among: str) -> Computed:
    """The weight of a row among its siblings, in whole percent that read 100 together."""
    siblings = f"from {table} w where w.tenant_id = {{tenant}} and w.{among} = {{row}}.{among}"
    return Computed(
        inputs=(
            f"json_build_array((select count(*) {siblings} and w.position < {{row}}.position), "
            f"array(select w.weight {siblings} order by w.position))"
        ),
        compute=_share,
    )


PERCENT_OF_ITEM = _percent("scorecard_item", "card_perspective_id")
PERCENT_OF_PERSPECTIVE = _percent("scorecard_perspective", "scorecard_id")
