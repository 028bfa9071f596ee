"""Where a score goes and will be, and how the progress of an objective compares with the time that is gone."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import cast

from domain.kernel import numbers
from domain.kernel.views import Computed, Json
from domain.objectives import traces
from domain.objectives.roll_up import COUNTED
from domain.objectives.views import ROLLED_UP
from domain.scorecards.scoring import lights
from domain.scorecards.scoring.arithmetic import bounded

MONTHS = 12
"""Through how many months the line of a forecast is drawn."""
_STATES = ", ".join(f"'{state}'" for state in sorted(COUNTED))


def _month(column: str) -> str:
    return f"(12 * extract(year from {column}) + extract(month from {column}))::integer"


def _bound(name: str) -> str:
    return f"p.content -> 'bounds' ->> '{name}'"


def _item_bound(name: str) -> str:
    """The item's own, or that of the mode under which the card was published, or the policy's."""
    return (
        f"coalesce((select i.{name}::text from scorecard_item i where i.tenant_id = {{tenant}} and i.id = "
        f"{{row}}.item_id), case when k.mode_scoring is null then {_bound(f'item{name.capitalize()}')} "
        f"else k.mode_scoring ->> '{name}' end)"
    )


def _outlook(table: str, among: str, *, floor: str, cap: str) -> Computed:
    """Of a row of `table`, with those before it of the same card or item, within these limits."""
    return Computed(
        inputs=(
            "json_build_object('now', " + _month("{row}.period") + ", 'card', (select json_build_array("
            f"{_month('c.ends_on')}, {floor}, {cap}) "
            "from scorecard k join cycle c on c.tenant_id = {tenant} and c.id = k.cycle_id "
            "join scoring_policy p on p.tenant_id = {tenant} and p.id = k.policy_id "
            "where k.tenant_id = {tenant} and k.id = {row}.scorecard_id), 'points', "
            f"array(select json_build_array({_month('s.period')}, s.value::text) from {table} s "
            f"where s.tenant_id = {{tenant}} and s.{among} = {{row}}.{among} and s.period <= {{row}}.period "
            f"and s.value is not null order by s.period desc limit {MONTHS}))"
        ),
        compute=lambda rows: [_looked(cast("Mapping[str, Json]", row)) for row in rows],
    )


def _looked(row: Mapping[str, Json]) -> Json:
    points = [(int(at), Decimal(score)) for at, score in cast("Sequence[tuple[int, str]]", row["points"])]
    known = dict(points)
    now = int(str(row["now"]))
    ends, floor, cap = cast("tuple[int, str | None, str | None]", row["card"])
    forecast = lights.forecast(points, ends) if now in known else None
    return {
        "travel": str(lights.travel(known.get(now - 1), known.get(now))),
        "forecast": None if forecast is None else _shown(bounded(forecast, _limit(floor), _limit(cap))),
    }


def _limit(written: str | None) -> Decimal | None:
    return None if written is None else Decimal(written)


def _shown(value: Decimal) -> str:
    return numbers.plain(traces.shown(value))


OF_SCORE = _outlook("score", "scorecard_id", floor=_bound("totalFloor"), cap=_bound("totalCap"))
OF_ITEM = _outlook("item_score", "item_id", floor=_item_bound("floor"), cap=_item_bound("cap"))
PACE = Computed(
    inputs=(
        f"case when {{row}}.state in ({_STATES}) then (select json_build_array("
        f"coalesce({ROLLED_UP}, {{row}}.progress)::text, c.starts_on, "
        "c.ends_on, {today}) from cycle c where c.tenant_id = {tenant} and c.id = {row}.cycle_id) end"
    ),
    compute=lambda rows: [_paced(cast("Sequence[Json] | None", row)) for row in rows],
)
"""Null for what is not promised."""


def _paced(row: Sequence[Json] | None) -> Json:
    if row is None:
        return None
    progress, starts_on, ends_on, today = row
    due = lights.expected(*(date.fromisoformat(str(one)) for one in (starts_on, ends_on, today)))
    known = None if progress is None else Decimal(str(progress))
    return {"expected": _shown(due), "state": str(lights.pace(known, due))}
