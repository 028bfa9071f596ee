"""What of scorecards can be read, and by whom."""

from domain.kernel.views import Column, Extensions, Filter, Kind, Many, One, Order, Page, Roots, View
from domain.people.views import STRUCTURE
from domain.scorecards.cards.rules import EXTRAS_MAX, INITIATIVES_MAX, ITEMS_MAX, KPIS, PERSPECTIVES_MAX
from domain.scorecards.cards.views_coupled import COUPLED
from domain.scorecards.cards.views_outlook import OF_ITEM, OF_SCORE, PACE
from domain.scorecards.cards.views_rights import FACTS, INSIDER, REACH, READS_SCORECARDS, VISIBLE, of_card
from domain.scorecards.cards.views_traces import GAPS, PERCENT_OF_ITEM, PERCENT_OF_PERSPECTIVE, STEPS, TRACE

SPARKS = 12
"""How many months a spark line shows."""
NEWEST = {"NEWEST": Order((("{child}.updated_at", "timestamptz"), ("{child}.id", "uuid")), descending=True)}
BY_CODE = {"CODE": Order((("{child}.code", "text"), ("{child}.id", "uuid")))}
NEWEST_VERSION = {"VERSION": Order((("{child}.version", "integer"), ("{child}.id", "uuid")), descending=True)}
_OF_MONTH = "{child}.period desc"
_SHOWN = "(not {row}.is_confidential or " + of_card("scorecard_id", INSIDER) + ")"
_SHOWN_SCORE = (
    "(not exists (select from scorecard_item i where i.tenant_id = {tenant} and i.id = {row}.item_id "
    "and i.is_confidential) or " + of_card("scorecard_id", INSIDER) + ")"
)


def _of_perspective(column: str) -> Column:
    return Column(
        f"(select p.{column} from perspective p where p.tenant_id = {{tenant}} and p.id = {{row}}.perspective_id)"
    )


SCORECARD = View(
    name="Scorecard",
    prefix="scd",
    source="scorecard",
    visible=VISIBLE,
    facts=FACTS,
    reach=REACH,
    fields={
        "state": Column("{row}.state"),
        "audience": Column("{row}.audience"),
        "version": Column("{row}.version", Kind.INTEGER),
        "difficulty": Column("{row}.difficulty", Kind.DECIMAL),
        "publishedAt": Column("{row}.published_at", Kind.INSTANT),
        "closedThrough": Column("{row}.closed_through", Kind.DATE),
        "updatedAt": Column("{row}.updated_at", Kind.INSTANT),
        "unit": One("Unit", on="{child}.id = {row}.unit_id"),
        "person": One("Person", on="{child}.id = {row}.person_id"),
        "cycle": One("Cycle", on="{child}.id = {row}.cycle_id"),
        "policy": One("ScoringPolicy", on="{child}.id = {row}.policy_id"),
        "perspectives": Many(
            "CardPerspective",
            on="{child}.scorecard_id = {row}.id",
            order="{child}.position",
            limit=PERSPECTIVES_MAX,
            implied=True,
        ),
        "items": Many(
            "ScorecardItem",
            on="{child}.scorecard_id = {row}.id",
            order="{child}.position",
            limit=ITEMS_MAX,
            implied=True,
        ),
        "initiatives": Many(
            "Initiative",
            on="{child}.scorecard_id = {row}.id",
            order="{child}.position",
            limit=INITIATIVES_MAX,
            implied=True,
        ),
        "extras": Many(
            "ScorecardExtra",
            on="{child}.scorecard_id = {row}.id",
            order="{child}.period, {child}.id",
            limit=EXTRAS_MAX,
            implied=True,
        ),
        "score": One(
            "Score",
            on="{child}.id = (select s.id from score s where s.tenant_id = {tenant} and s.scorecard_id = {row}.id "
            "order by s.period desc limit 1)",
            implied=True,
        ),
        "scores": Many("Score", on="{child}.scorecard_id = {row}.id", order=_OF_MONTH, limit=SPARKS, implied=True),
        "gaps": GAPS,
    },
)

CARD_PERSPECTIVE = View(
    name="CardPerspective",
    prefix="scp",
    source="scorecard_perspective",
    visible=of_card("scorecard_id"),
    facts=FACTS,
    fields={
        "code": _of_perspective("code"),
        "name": _of_perspective("name"),
        "nameZh": _of_perspective("name_zh"),
        "weight": Column("{row}.weight", Kind.INTEGER),
        "percent": PERCENT_OF_PERSPECTIVE,
        "aggregation": Column("{row}.aggregation"),
        "items": Many(
            "ScorecardItem",
            on="{child}.card_perspective_id = {row}.id",
            order="{child}.position",
            limit=ITEMS_MAX,
            implied=True,
        ),
    },
)

SCORECARD_ITEM = View(
    name="ScorecardItem",
    prefix="sci",
    source="scorecard_item",
    visible=of_card("scorecard_id"),
    facts=FACTS,
    fields={
        "title": Column("{row}.title"),
        "titleZh": Column("{row}.title_zh"),
        "kind": Column("{row}.kind"),
        "timing": Column("{row}.timing"),
        "weight": Column("{row}.weight", Kind.INTEGER),
        "percent": PERCENT_OF_ITEM,
        "ruleKind": Column("{row}.rule ->> 'kind'"),
        "rule": Column("{row}.rule::text"),
        "months": Column("{row}.months"),
        "baseline": Column("{row}.baseline", Kind.DECIMAL),
        "threshold": Column("{row}.threshold", Kind.DECIMAL),
        "target": Column("{row}.target", Kind.DECIMAL),
        "stretch": Column("{row}.stretch", Kind.DECIMAL),
        "cap": Column("{row}.cap", Kind.DECIMAL),
        "floor": Column("{row}.floor", Kind.DECIMAL),
        "gate": Column("{row}.gate::text"),
        "operational": Column("{row}.operational"),
        "confidential": Column("{row}.is_confidential", Kind.BOOLEAN),
        "stepsToStrategy": Column(STEPS, Kind.INTEGER),
        "scorecard": One("Scorecard", on="{child}.id = {row}.scorecard_id", implied=True),
        "measure": One("Measure", on="{child}.id = {row}.measure_id"),
        "objective": One("Objective", on="{child}.id = {row}.objective_id"),
        "ofScorecard": One("Scorecard", on="{child}.id = {row}.of_scorecard_id"),
        "strategicObjective": One("StrategicObjective", on="{child}.id = {row}.strategic_objective_id"),
        "serves": One("ScorecardItem", on="{child}.id = {row}.serves_item_id"),
        "score": One(
            "ItemScore",
            on="{child}.id = (select s.id from item_score s where s.tenant_id = {tenant} and s.item_id = {row}.id "
            "order by s.period desc limit 1)",
            implied=True,
        ),
        "scores": Many("ItemScore", on="{child}.item_id = {row}.id", order=_OF_MONTH, limit=SPARKS, implied=True),
    },
    masks=dict.fromkeys(
        (
            "title",
            "titleZh",
            "rule",
            "ruleKind",
            "baseline",
            "threshold",
            "target",
            "stretch",
            "cap",
            "floor",
            "gate",
            "operational",
            "measure",
            "objective",
            "ofScorecard",
            "strategicObjective",
            "serves",
            "stepsToStrategy",
        ),
        _SHOWN,
    ),
)

SCORE = View(
    name="Score",
    prefix="sco",
    source="score",
    visible=of_card("scorecard_id"),
    facts=FACTS,
    fields={
        "period": Column("{row}.period", Kind.DATE),
        "value": Column("round({row}.value, 2)", Kind.DECIMAL),
        "status": Column("{row}.status"),
        "covered": Column("round(100 * {row}.covered, 2)", Kind.DECIMAL),
        "grade": Column("{row}.grade"),
        "light": Column("{row}.light"),
        "final": Column(
            "exists (select from closed_score z where z.tenant_id = {tenant} and z.scorecard_id = {row}.scorecard_id "
            "and z.period = {row}.period)",
            Kind.BOOLEAN,
        ),
        "computedAt": Column("{row}.computed_at", Kind.INSTANT),
        "policy": One("ScoringPolicy", on="{child}.id = {row}.policy_id"),
        "scorecard": One("Scorecard", on="{child}.id = {row}.scorecard_id", implied=True),
        "trace": TRACE,
        "coupled": COUPLED,
        "outlook": OF_SCORE,
    },
)

ITEM_SCORE = View(
    name="ItemScore",
    prefix="scx",
    source="item_score",
    visible=of_card("scorecard_id"),
    facts=FACTS,
    fields={
        "period": Column("{row}.period", Kind.DATE),
        "state": Column("{row}.state"),
        "reading": Column("{row}.reading", Kind.DECIMAL),
        "value": Column("round({row}.value, 2)", Kind.DECIMAL),
        "light": Column("{row}.light"),
        "outlook": OF_ITEM,
    },
    masks=dict.fromkeys(("reading", "value", "light", "outlook"), _SHOWN_SCORE),
)

INITIATIVE = View(
    name="Initiative",
    prefix="ini",
    source="initiative",
    visible=of_card("scorecard_id"),
    facts=FACTS,
    fields={
        "title": Column("{row}.title"),
        "titleZh": Column("{row}.title_zh"),
        "state": Column("{row}.state"),
        "startsOn": Column("{row}.starts_on", Kind.DATE),
        "dueOn": Column("{row}.due_on", Kind.DATE),
        "owner": One("Person", on="{child}.id = {row}.owner_id"),
        "item": One("ScorecardItem", on="{child}.id = {row}.item_id", implied=True),
    },
    masks=dict.fromkeys(("title", "titleZh"), _SHOWN_SCORE),
)

EXTRA = View(
    name="ScorecardExtra",
    prefix="scb",
    source="scorecard_extra",
    visible=of_card("scorecard_id"),
    facts=FACTS,
    fields={
        "kind": Column("{row}.kind"),
        "period": Column("{row}.period", Kind.DATE),
        "title": Column("{row}.title"),
        "points": Column("{row}.points", Kind.DECIMAL),
        "ceiling": Column("{row}.ceiling"),
        "evidence": Column("{row}.evidence"),
        "at": Column("{row}.at", Kind.INSTANT),
        "by": One("Person", on="{child}.id = {row}.by_id"),
        "withdrawnAt": Column("{row}.withdrawn_at", Kind.INSTANT),
        "withdrawnReason": Column("{row}.withdrawn_reason"),
    },
    masks=dict.fromkeys(("evidence", "withdrawnReason"), of_card("scorecard_id", INSIDER)),
)

POLICY = View(
    name="ScoringPolicy",
    prefix="spo",
    source="scoring_policy",
    visible=f"({{me}} is not null or '{READS_SCORECARDS}' = any({{scopes}}))",
    fields={
        "version": Column("{row}.version", Kind.INTEGER),
        "reason": Column("{row}.reason"),
        "content": Column("{row}.content::text"),
        "validFrom": Column("{row}.valid_from", Kind.DATE),
        "validTo": Column("nullif({row}.valid_to, 'infinity')", Kind.DATE),
        "createdAt": Column("{row}.created_at", Kind.INSTANT),
        "by": One("Person", on="{child}.id = {row}.by_id"),
    },
)

POSITION_KPI = View(
    name="PositionKpi",
    prefix="pki",
    source="position_kpi",
    visible=STRUCTURE,
    fields={
        "title": Column("{row}.title"),
        "titleZh": Column("{row}.title_zh"),
        "perspective": _of_perspective("code"),
        "timing": Column("{row}.timing"),
        "weight": Column("{row}.weight", Kind.INTEGER),
        "ruleKind": Column("{row}.rule ->> 'kind'"),
        "rule": Column("{row}.rule::text"),
        "months": Column("{row}.months"),
        "operational": Column("{row}.operational"),
        "writtenAt": Column("{row}.written_at", Kind.INSTANT),
        "position": One("Position", on="{child}.id = {row}.position_id"),
        "measure": One("Measure", on="{child}.id = {row}.measure_id"),
        "strategicObjective": One("StrategicObjective", on="{child}.id = {row}.strategic_objective_id"),
    },
)

VIEWS = (
    SCORECARD,
    CARD_PERSPECTIVE,
    SCORECARD_ITEM,
    SCORE,
    ITEM_SCORE,
    INITIATIVE,
    EXTRA,
    POLICY,
    POSITION_KPI,
)

_CURRENT_CYCLE = (
    "(select c.id from cycle c where c.tenant_id = {tenant} and c.starts_on <= {today} "
    "order by c.starts_on desc limit 1)"
)
_OF_CYCLE = {"cycle": Filter("{child}.cycle_id = {value}", "uuid", prefix="cyc")}
EXTENSIONS: Extensions = {
    "Unit": {
        "scorecard": One("Scorecard", on="{child}.unit_id = {row}.id and {child}.person_id is null", filters=_OF_CYCLE),
    },
    "Person": {"scorecard": One("Scorecard", on="{child}.person_id = {row}.id", filters=_OF_CYCLE)},
    "Objective": {"pace": PACE},
    "Home": {
        "scorecard": One("Scorecard", on="{child}.person_id = {row}.id and {child}.cycle_id = " + _CURRENT_CYCLE),
    },
    "Position": {
        "kpis": Many(
            "PositionKpi",
            on="{child}.position_id = {row}.id and {child}.retired_at is null",
            order="{child}.position",
            limit=KPIS[-1],
            implied=True,
        ),
    },
}
_WITHOUT_KPIS = (
    "exists (select from employment e where e.tenant_id = {tenant} and e.position_id = {child}.id "
    "and e.valid_from <= {today} and {today} < e.valid_to) and not exists (select from position_kpi x "
    "where x.tenant_id = {tenant} and x.position_id = {child}.id and x.retired_at is null)"
)
ROOTS: Roots = {
    "scorecard": One("Scorecard", on="true", filters={"id": Filter("{child}.id = {value}", "uuid", prefix="scd")}),
    "scorecards": Page(
        "Scorecard",
        on="true",
        orders=NEWEST,
        filters={
            "filter.unit": Filter("{child}.unit_id = {value}", "uuid", prefix="unt", leaves_few=True),
            "filter.person": Filter("{child}.person_id = {value}", "uuid", prefix="per", leaves_few=True),
            "filter.cycle": Filter("{child}.cycle_id = {value}", "uuid", prefix="cyc"),
            "filter.state": Filter("{child}.state = any({value})", "text[]"),
        },
    ),
    "scoringPolicies": Page("ScoringPolicy", on="true", orders=NEWEST_VERSION),
    "positionsWithoutKpis": Page("Position", on=_WITHOUT_KPIS, orders=BY_CODE),
}
