"""The tests of all links of a strategy map at once: three statements, however many links there are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from domain.kernel import clock, database
from domain.kernel.actor import Actor, Scope
from domain.kernel.errors import NotFound
from domain.kernel.work import visible
from domain.strategy.rules import LINKS_MAX
from domain.strategy.terms import LinkSign
from domain.strategy.views import STRATEGY
from domain.transmission import hypotheses
from domain.transmission.hypotheses import MONTHS_MAX, Judged, Untold, Verdict

if TYPE_CHECKING:
    import asyncpg

    from domain.kernel.database import Connection

_LINKS = """
select l.id, l.sign, l.lag_months, l.hypothesis, c.id as cause_id, c.code as cause_code, c.title as cause_title,
  c.title_zh as cause_title_zh, e.id as effect_id, e.code as effect_code, e.title as effect_title,
  e.title_zh as effect_title_zh
from causal_link l
join strategic_objective c on c.tenant_id = l.tenant_id and c.id = l.from_id
join strategic_objective e on e.tenant_id = l.tenant_id and e.id = l.to_id
where l.tenant_id = $1 and l.strategy_id = $2 and l.retired_at is null
order by c.position, c.code, e.position, e.code limit $3
"""
# By the scorecards of the strategy's unit and of those below it, the nearest first: of a cause a leading figure, of an
# effect a lagging one, wherever there is one.
_MEASURES = """
with item as (
  select i.strategic_objective_id, i.measure_id, i.timing, i.weight, i.id, u.depth, y.starts_on,
    case when i.rule ->> 'kind' = 'SMALLER_BETTER' or coalesce(i.baseline, i.threshold) > i.target
      then -1 else 1 end as better
  from strategy s
  join unit_closure u on u.tenant_id = s.tenant_id and u.ancestor_id = s.unit_id
    and u.valid_from <= $3 and $3 < u.valid_to
  join scorecard c on c.tenant_id = s.tenant_id and c.unit_id = u.descendant_id and c.person_id is null
    and c.state <> 'DRAFT'
  join cycle y on y.tenant_id = s.tenant_id and y.id = c.cycle_id
  join scorecard_item i on i.tenant_id = s.tenant_id and i.scorecard_id = c.id
  where s.tenant_id = $1 and s.id = $2 and i.measure_id is not null and i.strategic_objective_id is not null)
select distinct on (i.strategic_objective_id, w.timing) i.strategic_objective_id, w.timing, i.better,
  m.id, m.code, m.name, m.name_zh
from item i
cross join (values ('LEAD'), ('LAG')) w (timing)
join measure m on m.tenant_id = $1 and m.id = i.measure_id
order by i.strategic_objective_id, w.timing, i.depth, i.timing <> w.timing, i.starts_on desc, i.weight desc, i.id
"""
_SERIES = """
select a.measure_id, a.period, a.value from unnest($2::uuid[]) m (id)
cross join lateral (
  select c.measure_id, c.period, c.value from current_actual c
  where c.tenant_id = $1 and c.measure_id = m.id and c.value is not null
  order by c.period desc limit $3) a
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """A strategic objective at an end of a link, and the measure that stands for it."""

    id: UUID
    code: str
    title: str
    title_zh: str | None
    measure: "Stands | None"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stands:
    """A measure, and whether more of it is better: 1, or -1."""

    id: UUID
    code: str
    name: str
    name_zh: str | None
    better: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Hypothesis:
    """A link of the map, and what the figures say of it."""

    link_id: UUID
    sign: LinkSign
    lag_months: int
    words: str
    cause: End
    effect: End
    judged: Judged


@dataclass(frozen=True, slots=True)
class Hypotheses:
    """Of a whole map; `names_measures` says whether the actor may know which measures stand for it."""

    links: Sequence[Hypothesis]
    names_measures: bool


async def hypotheses_of(actor: Actor, strategy_id: UUID) -> Hypotheses:
    """What the figures say of each link that holds on the published map; NotFound unless the actor reads strategies."""
    if not await visible(STRATEGY, strategy_id, actor):
        raise NotFound("The strategy")
    with database.tenant(actor.tenant_id):
        async with database.connection() as connection:
            links = await connection.fetch(_LINKS, actor.tenant_id, strategy_id, LINKS_MAX)
            stands = await _measures(connection, actor, strategy_id)
            series = await _series(connection, actor, stands)
    names = actor.person_id is not None or bool({Scope.MEASURES_READ, Scope.ACTUALS_WRITE} & actor.scopes)
    return Hypotheses([_hypothesis(link, stands, series) for link in links], names)


Ends = Mapping[tuple[UUID, str], Stands]
Figures = Mapping[UUID, Mapping[date, Decimal]]


async def _measures(connection: "Connection", actor: Actor, strategy_id: UUID) -> Ends:
    rows = await connection.fetch(_MEASURES, actor.tenant_id, strategy_id, clock.today(actor.zone))
    return {
        (row["strategic_objective_id"], row["timing"]): Stands(
            id=row["id"], code=row["code"], name=row["name"], name_zh=row["name_zh"], better=row["better"]
        )
        for row in rows
    }


async def _series(connection: "Connection", actor: Actor, stands: Ends) -> Figures:
    measures = list({one.id for one in stands.values()})
    rows = await connection.fetch(_SERIES, actor.tenant_id, measures, MONTHS_MAX)
    found: dict[UUID, dict[date, Decimal]] = {one: {} for one in measures}
    for row in rows:
        found[row["measure_id"]][row["period"]] = row["value"]
    return found


def _hypothesis(link: "asyncpg.Record", stands: Ends, series: Figures) -> Hypothesis:
    cause = _end(link, "cause", stands.get((link["cause_id"], "LEAD")))
    effect = _end(link, "effect", stands.get((link["effect_id"], "LAG")))
    return Hypothesis(
        link_id=link["id"],
        sign=LinkSign(link["sign"]),
        lag_months=link["lag_months"],
        words=link["hypothesis"],
        cause=cause,
        effect=effect,
        judged=_judge(link, cause.measure, effect.measure, series),
    )


def _end(link: "asyncpg.Record", side: str, measure: Stands | None) -> End:
    return End(
        id=link[f"{side}_id"],
        code=link[f"{side}_code"],
        title=link[f"{side}_title"],
        title_zh=link[f"{side}_title_zh"],
        measure=measure,
    )


def _judge(link: "asyncpg.Record", cause: Stands | None, effect: Stands | None, series: Figures) -> Judged:
    if cause is None or effect is None:
        return Judged(verdict=Verdict.OPEN, why=Untold.NO_MEASURE, pairs=0)
    if cause.id == effect.id:
        return Judged(verdict=Verdict.OPEN, why=Untold.SAME_MEASURE, pairs=0)
    return hypotheses.judge(
        series[cause.id],
        series[effect.id],
        lag_months=link["lag_months"],
        sign=1 if link["sign"] == LinkSign.POSITIVE else -1,
        orientation=cause.better * effect.better,
    )
