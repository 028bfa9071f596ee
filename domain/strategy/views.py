"""What of strategies can be read, and by whom.

The rows are what was published, for everybody of the group. What is being written is `Strategy.draft`, which only those
who keep strategies see.
"""

from typing import cast

from domain.kernel.views import Column, Computed, Extensions, Field, Filter, Kind, Many, One, Order, Page, Roots, View
from domain.strategy import rules
from domain.strategy.views_percents import percent

READS_STRATEGY = "strategy:read"
"""The scope of partners that read strategies."""
READERS = f"({{me}} is not null or '{READS_STRATEGY}' = any({{scopes}}))"
KEEPERS = "('STRATEGY_OFFICE' = any({roles}) or 'ADMINISTRATOR' = any({roles}))"
"""Who sees what is not published yet."""
IN_FORCE = " and {child}.retired_at is null"
BY_POSITION = "{child}.position, {child}.id"
_NEWEST_VERSION = Order((("{child}.version", "integer"), ("{child}.id", "uuid")), descending=True)
_OF_OBJECTIVE = "{child}.strategic_objective_id = {row}.id"

CONTENT = {
    ("StrategyContent", "themes"): rules.THEMES_MAX,
    ("StrategyContent", "longTermGoals"): rules.GOALS_MAX,
    ("LongTermGoalContent", "waypoints"): rules.WAYPOINTS_MAX,
    ("StrategyContent", "strategicObjectives"): rules.OBJECTIVES_MAX,
    ("StrategyContent", "causalLinks"): rules.LINKS_MAX,
}


def _content(column: str) -> Computed:
    """A map as it is kept: in the names of the schema already."""
    return Computed(inputs=f"{{row}}.{column}", compute=lambda rows: rows, list_sizes=CONTENT)


PERSPECTIVE = View(
    name="Perspective",
    prefix="psp",
    source="perspective",
    visible="({me} is not null or 'strategy:read' = any({scopes}) or 'scorecards:read' = any({scopes}))",
    fields={
        "code": Column("{row}.code"),
        "name": Column("{row}.name"),
        "nameZh": Column("{row}.name_zh"),
        "position": Column("{row}.position", Kind.INTEGER),
    },
)

STRATEGY = View(
    name="Strategy",
    prefix="stg",
    source="strategy",
    visible=f"({{row}}.published_version is not null and {READERS} or {KEEPERS})",
    fields={
        "mission": Column("{row}.mission"),
        "missionZh": Column("{row}.mission_zh"),
        "vision": Column("{row}.vision"),
        "visionZh": Column("{row}.vision_zh"),
        "startsOn": Column("{row}.starts_on", Kind.DATE),
        "endsOn": Column("{row}.ends_on", Kind.DATE),
        "version": Column("{row}.version", Kind.INTEGER),
        "publishedVersion": Column("{row}.published_version", Kind.INTEGER),
        "draft": _content("draft"),
        "unit": One("Unit", on="{child}.id = {row}.unit_id"),
        "themes": Many(
            "Theme", on="{child}.strategy_id = {row}.id" + IN_FORCE, order=BY_POSITION, limit=rules.THEMES_MAX
        ),
        "perspectives": Many(
            "MapPerspective",
            on="{child}.strategy_id = {row}.id",
            order="{child}.position, {child}.perspective_id",
            limit=rules.PERSPECTIVES_MAX,
        ),
        "longTermGoals": Many(
            "LongTermGoal", on="{child}.strategy_id = {row}.id" + IN_FORCE, order=BY_POSITION, limit=rules.GOALS_MAX
        ),
        "strategicObjectives": Many(
            "StrategicObjective",
            on="{child}.strategy_id = {row}.id" + IN_FORCE,
            order=BY_POSITION,
            limit=rules.OBJECTIVES_MAX,
        ),
        "causalLinks": Many(
            "CausalLink",
            on="{child}.strategy_id = {row}.id" + IN_FORCE,
            order="{child}.from_id, {child}.to_id",
            limit=rules.LINKS_MAX,
        ),
        "versions": Page("StrategyVersion", on="{child}.strategy_id = {row}.id", orders={"VERSION": _NEWEST_VERSION}),
    },
    masks={"draft": KEEPERS},
)

MAP_PERSPECTIVE = View(
    name="MapPerspective",
    prefix="mpp",
    source=(
        "(select s.tenant_id, md5(s.id::text || p.id::text)::uuid as id, s.id as strategy_id, p.id as perspective_id, "
        "p.position from strategy s join perspective p on p.tenant_id = s.tenant_id)"
    ),
    visible=READERS,
    fields={
        "perspective": One("Perspective", on="{child}.id = {row}.perspective_id"),
        "strategicObjectives": Many(
            "StrategicObjective",
            on="{child}.strategy_id = {row}.strategy_id and {child}.perspective_id = {row}.perspective_id" + IN_FORCE,
            order=BY_POSITION,
            limit=rules.OBJECTIVES_MAX,
        ),
    },
)

STRATEGY_VERSION = View(
    name="StrategyVersion",
    prefix="stv",
    source="strategy_version",
    visible=READERS,
    fields={
        "version": Column("{row}.version", Kind.INTEGER),
        "reason": Column("{row}.reason"),
        "publishedAt": Column("{row}.published_at", Kind.INSTANT),
        "publishedBy": One("Person", on="{child}.id = {row}.published_by_id"),
        "strategy": One("Strategy", on="{child}.id = {row}.strategy_id"),
        "content": _content("content"),
    },
)

THEME = View(
    name="Theme",
    prefix="thm",
    source="theme",
    visible=READERS,
    fields={
        "code": Column("{row}.code"),
        "name": Column("{row}.name"),
        "nameZh": Column("{row}.name_zh"),
        "weight": Column("{row}.weight", Kind.INTEGER),
        "percent": percent("theme"),
        "position": Column("{row}.position", Kind.INTEGER),
        "retiredAt": Column("{row}.retired_at", Kind.INSTANT),
        "strategy": One("Strategy", on="{child}.id = {row}.strategy_id"),
        "strategicObjectives": Many(
            "StrategicObjective",
            on="{child}.theme_id = {row}.id" + IN_FORCE,
            order=BY_POSITION,
            limit=rules.OBJECTIVES_MAX,
        ),
    },
)

LONG_TERM_GOAL = View(
    name="LongTermGoal",
    prefix="ltg",
    source="long_term_goal",
    visible=READERS,
    fields={
        "code": Column("{row}.code"),
        "title": Column("{row}.title"),
        "titleZh": Column("{row}.title_zh"),
        "unitOfMeasure": Column("{row}.unit_of_measure"),
        "direction": Column("case when {row}.target > {row}.baseline then 'INCREASE' else 'DECREASE' end"),
        "baseline": Column("{row}.baseline", Kind.DECIMAL),
        "baselineYear": Column("{row}.baseline_year", Kind.INTEGER),
        "target": Column("{row}.target", Kind.DECIMAL),
        "targetYear": Column("{row}.target_year", Kind.INTEGER),
        "position": Column("{row}.position", Kind.INTEGER),
        "retiredAt": Column("{row}.retired_at", Kind.INSTANT),
        "theme": One("Theme", on="{child}.id = {row}.theme_id"),
        "strategy": One("Strategy", on="{child}.id = {row}.strategy_id"),
        "waypoints": Many(
            "Waypoint", on="{child}.goal_id = {row}.id", order="{child}.year", limit=rules.WAYPOINTS_MAX, implied=True
        ),
    },
)

WAYPOINT = View(
    name="Waypoint",
    prefix="wpt",
    source="waypoint",
    visible=READERS,
    fields={"year": Column("{row}.year", Kind.INTEGER), "value": Column("{row}.value", Kind.DECIMAL)},
)

STRATEGIC_OBJECTIVE = View(
    name="StrategicObjective",
    prefix="sob",
    source="strategic_objective",
    visible=READERS,
    fields={
        "code": Column("{row}.code"),
        "title": Column("{row}.title"),
        "titleZh": Column("{row}.title_zh"),
        "weight": Column("{row}.weight", Kind.INTEGER),
        "percent": percent("strategic_objective"),
        "position": Column("{row}.position", Kind.INTEGER),
        "retiredAt": Column("{row}.retired_at", Kind.INSTANT),
        "strategy": One("Strategy", on="{child}.id = {row}.strategy_id"),
        "perspective": One("Perspective", on="{child}.id = {row}.perspective_id"),
        "theme": One("Theme", on="{child}.id = {row}.theme_id"),
        "longTermGoal": One("LongTermGoal", on="{child}.id = {row}.goal_id"),
        "owner": One("Person", on="{child}.id = {row}.owner_id"),
        "intent": One(
            "Intent",
            on="{child}.id = (select n.id from intent n where n.tenant_id = {tenant} "
            "and n.strategic_objective_id = {row}.id order by n.version desc limit 1)",
        ),
        "intents": Page("Intent", on=_OF_OBJECTIVE, orders={"VERSION": _NEWEST_VERSION}),
        "leadsTo": Many(
            "CausalLink", on="{child}.from_id = {row}.id" + IN_FORCE, order="{child}.to_id", limit=rules.OBJECTIVES_MAX
        ),
        "followsFrom": Many(
            "CausalLink", on="{child}.to_id = {row}.id" + IN_FORCE, order="{child}.from_id", limit=rules.OBJECTIVES_MAX
        ),
    },
)

CAUSAL_LINK = View(
    name="CausalLink",
    prefix="lnk",
    source="causal_link",
    visible=READERS,
    fields={
        "sign": Column("{row}.sign"),
        "lagMonths": Column("{row}.lag_months", Kind.INTEGER),
        "hypothesis": Column("{row}.hypothesis"),
        "retiredAt": Column("{row}.retired_at", Kind.INSTANT),
        "cause": One("StrategicObjective", on="{child}.id = {row}.from_id"),
        "effect": One("StrategicObjective", on="{child}.id = {row}.to_id"),
    },
)

INTENT = View(
    name="Intent",
    prefix="int",
    source="intent",
    visible=READERS,
    fields={
        "version": Column("{row}.version", Kind.INTEGER),
        "current": Column(
            "not exists (select from intent n where n.tenant_id = {tenant} "
            "and n.strategic_objective_id = {row}.strategic_objective_id and n.version > {row}.version)",
            Kind.BOOLEAN,
        ),
        "why": Column("{row}.why"),
        "whatChanges": Column("{row}.what_changes"),
        "willNotDo": Column("{row}.will_not_do"),
        "writtenAt": Column("{row}.written_at", Kind.INSTANT),
        "writtenBy": One("Person", on="{child}.id = {row}.written_by_id"),
        "strategicObjective": One("StrategicObjective", on="{child}.id = {row}.strategic_objective_id"),
    },
)

VIEWS = (
    PERSPECTIVE,
    STRATEGY,
    MAP_PERSPECTIVE,
    STRATEGY_VERSION,
    THEME,
    LONG_TERM_GOAL,
    WAYPOINT,
    STRATEGIC_OBJECTIVE,
    CAUSAL_LINK,
    INTENT,
)

EXTENSIONS: Extensions = {
    "Unit": cast("dict[str, Field]", {"strategy": One("Strategy", on="{child}.unit_id = {row}.id")}),
}

ROOTS: Roots = {
    "strategyMap": One(
        "Strategy", on="true", filters={"unit": Filter("{child}.unit_id = {value}", "uuid", prefix="unt")}
    ),
    "strategies": Page(
        "Strategy",
        on="true",
        orders={"NEWEST": Order((("{child}.created_at", "timestamptz"), ("{child}.id", "uuid")), descending=True)},
    ),
    "perspectives": Page(
        "Perspective",
        on="true",
        orders={"POSITION": Order((("{child}.position", "integer"), ("{child}.id", "uuid")))},
    ),
}
