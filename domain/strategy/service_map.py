"""Writes a map into its tables, a statement for each part: what has a known code lives on, the rest retires."""

from uuid import UUID

from domain.kernel import clock
from domain.kernel.ids import new_id
from domain.kernel.work import Work
from domain.strategy.terms import MapDraft


async def write(work: Work, strategy_id: UUID, draft: MapDraft) -> None:
    """Make the rows of a strategy what the draft says; its perspectives and codes fit together."""
    await _themes(work, strategy_id, draft)
    await _goals(work, strategy_id, draft)
    await _waypoints(work, strategy_id, draft)
    await _objectives(work, strategy_id, draft)
    await _links(work, strategy_id, draft)
    for table, codes in (
        ("theme", [one.code for one in draft.themes]),
        ("long_term_goal", [one.code for one in draft.goals]),
        ("strategic_objective", [one.code for one in draft.objectives]),
    ):
        await _retire(work, strategy_id, table, codes)


async def _themes(work: Work, strategy_id: UUID, draft: MapDraft) -> None:
    themes = draft.themes
    await work.connection.execute(
        """insert into theme (tenant_id, strategy_id, id, code, name, name_zh, weight, position)
           select $1, $2, n.id, n.code, n.name, n.name_zh, n.weight, n.position
           from unnest($3::uuid[], $4::text[], $5::text[], $6::text[], $7::integer[])
             with ordinality n (id, code, name, name_zh, weight, position)
           on conflict (tenant_id, strategy_id, code) do update set name = excluded.name, name_zh = excluded.name_zh,
             weight = excluded.weight, position = excluded.position, retired_at = null""",
        work.actor.tenant_id,
        strategy_id,
        [new_id() for _ in themes],
        [one.code for one in themes],
        [one.name for one in themes],
        [one.name_zh for one in themes],
        [one.weight for one in themes],
    )


async def _goals(work: Work, strategy_id: UUID, draft: MapDraft) -> None:
    goals = draft.goals
    await work.connection.execute(
        """insert into long_term_goal (tenant_id, strategy_id, id, code, title, title_zh, theme_id, unit_of_measure,
                                       baseline, baseline_year, target, target_year, position)
           select $1, $2, n.id, n.code, n.title, n.title_zh, t.id, n.unit_of_measure, n.baseline, n.baseline_year,
             n.target, n.target_year, n.position
           from unnest($3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::numeric[],
                       $10::integer[], $11::numeric[], $12::integer[])
             with ordinality n (id, code, title, title_zh, theme, unit_of_measure, baseline, baseline_year, target,
                                target_year, position)
           left join theme t on t.tenant_id = $1 and t.strategy_id = $2 and t.code = n.theme
           on conflict (tenant_id, strategy_id, code) do update set title = excluded.title,
             title_zh = excluded.title_zh, theme_id = excluded.theme_id, unit_of_measure = excluded.unit_of_measure,
             baseline = excluded.baseline, baseline_year = excluded.baseline_year, target = excluded.target,
             target_year = excluded.target_year, position = excluded.position, retired_at = null""",
        work.actor.tenant_id,
        strategy_id,
        [new_id() for _ in goals],
        [one.code for one in goals],
        [one.title for one in goals],
        [one.title_zh for one in goals],
        [one.theme for one in goals],
        [one.unit_of_measure for one in goals],
        [one.baseline for one in goals],
        [one.baseline_year for one in goals],
        [one.target for one in goals],
        [one.target_year for one in goals],
    )


async def _waypoints(work: Work, strategy_id: UUID, draft: MapDraft) -> None:
    """Parts of their goal without a life of their own: written anew."""
    points = [(goal.code, point) for goal in draft.goals for point in goal.waypoints]
    await work.connection.execute(
        """delete from waypoint w using long_term_goal g where w.tenant_id = $1 and g.tenant_id = $1
             and g.strategy_id = $2 and g.id = w.goal_id and g.code = any($3)""",
        work.actor.tenant_id,
        strategy_id,
        [goal.code for goal in draft.goals],
    )
    await work.connection.execute(
        """insert into waypoint (tenant_id, id, goal_id, year, value)
           select $1, n.id, g.id, n.year, n.value
           from unnest($3::uuid[], $4::text[], $5::integer[], $6::numeric[]) n (id, goal, year, value)
           join long_term_goal g on g.tenant_id = $1 and g.strategy_id = $2 and g.code = n.goal""",
        work.actor.tenant_id,
        strategy_id,
        [new_id() for _ in points],
        [code for code, _ in points],
        [point.year for _, point in points],
        [point.value for _, point in points],
    )


async def _objectives(work: Work, strategy_id: UUID, draft: MapDraft) -> None:
    objectives = draft.objectives
    await work.connection.execute(
        """insert into strategic_objective (tenant_id, strategy_id, id, code, title, title_zh, perspective_id, theme_id,
                                            goal_id, owner_id, weight, position, created_at)
           select $1, $2, n.id, n.code, n.title, n.title_zh, p.id, t.id, g.id, n.owner_id, n.weight, n.position, $12
           from unnest($3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::uuid[],
                       $11::integer[])
             with ordinality n (id, code, title, title_zh, perspective, theme, goal, owner_id, weight, position)
           join perspective p on p.tenant_id = $1 and p.code = n.perspective
           join theme t on t.tenant_id = $1 and t.strategy_id = $2 and t.code = n.theme
           left join long_term_goal g on g.tenant_id = $1 and g.strategy_id = $2 and g.code = n.goal
           on conflict (tenant_id, strategy_id, code) do update set title = excluded.title,
             title_zh = excluded.title_zh, perspective_id = excluded.perspective_id, theme_id = excluded.theme_id,
             goal_id = excluded.goal_id, owner_id = excluded.owner_id, weight = excluded.weight,
             position = excluded.position, retired_at = null""",
        work.actor.tenant_id,
        strategy_id,
        [new_id() for _ in objectives],
        [one.code for one in objectives],
        [one.title for one in objectives],
        [one.title_zh for one in objectives],
        [one.perspective for one in objectives],
        [one.theme for one in objectives],
        [one.goal for one in objectives],
        [one.owner_id for one in objectives],
        [one.weight for one in objectives],
        clock.now(),
    )


async def _links(work: Work, strategy_id: UUID, draft: MapDraft) -> None:
    links = draft.links
    await work.connection.execute(
        "update causal_link set retired_at = $3 where tenant_id = $1 and strategy_id = $2 and retired_at is null",
        work.actor.tenant_id,
        strategy_id,
        clock.now(),
    )
    await work.connection.execute(
        """insert into causal_link (tenant_id, strategy_id, id, from_id, to_id, sign, lag_months, hypothesis)
           select $1, $2, n.id, c.id, e.id, n.sign, n.lag_months, n.hypothesis
           from unnest($3::uuid[], $4::text[], $5::text[], $6::text[], $7::integer[], $8::text[])
             n (id, cause, effect, sign, lag_months, hypothesis)
           join strategic_objective c on c.tenant_id = $1 and c.strategy_id = $2 and c.code = n.cause
           join strategic_objective e on e.tenant_id = $1 and e.strategy_id = $2 and e.code = n.effect
           on conflict (tenant_id, from_id, to_id) do update set sign = excluded.sign,
             lag_months = excluded.lag_months, hypothesis = excluded.hypothesis, retired_at = null""",
        work.actor.tenant_id,
        strategy_id,
        [new_id() for _ in links],
        [one.cause for one in links],
        [one.effect for one in links],
        [str(one.sign) for one in links],
        [one.lag_months for one in links],
        [one.hypothesis for one in links],
    )


async def _retire(work: Work, strategy_id: UUID, table: str, codes: list[str]) -> None:
    """What the map leaves out; what was left out before keeps the day."""
    await work.connection.execute(
        f"""update {table} set retired_at = $4
            where tenant_id = $1 and strategy_id = $2 and code <> all($3) and retired_at is null""",
        work.actor.tenant_id,
        strategy_id,
        codes,
        clock.now(),
    )
