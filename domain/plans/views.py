"""What of annual plans can be read, and by whom."""

from domain.kernel.views import Column, Extensions, Field, Filter, Kind, Many, One, Order, Page, Roots, View
from domain.people import views_leading
from domain.plans import views_assumptions, views_investments
from domain.plans.views_rights import EVERYBODY, FIGURES, KEEPERS, LED, PARTNERS
from domain.plans.views_summaries import SUMMARY

DERIVATIONS_MAX = 20
_LEADS_IN_IT = (
    "exists (select from unit_closure c where c.tenant_id = {tenant} and c.ancestor_id = {row}.unit_id "
    "and c.descendant_id = any({units_led}) and c.valid_from <= {today} and {today} < c.valid_to)"
)
_LEFT_THE_DESK = "{row}.state <> 'DRAFT'"
SEES_PLAN = f"({KEEPERS} or {_LEFT_THE_DESK} and ({PARTNERS} or {_LEADS_IN_IT}))"
"""A draft is seen by who keeps plans; a submitted one also by whoever leads a unit in it."""
_OF_PLAN = "select from annual_plan p where p.tenant_id = {tenant} and p.id = {row}.plan_id"
SEES_UNIT = f"({KEEPERS} or ({PARTNERS} or {LED}) and exists ({_OF_PLAN} and p.state <> 'DRAFT'))"
"""Lines and totals of a unit are for who leads it or a unit above it."""

WITH_BELOW = (
    "(select sum(b.own) from unit_closure c join plan_total b on b.tenant_id = c.tenant_id "
    "and b.plan_id = {row}.plan_id and b.unit_id = c.descendant_id and b.account = {row}.account "
    "and b.unit_of_measure = {row}.unit_of_measure "
    "where c.tenant_id = {tenant} and c.ancestor_id = {row}.unit_id "
    "and (select p.tree_on from annual_plan p where p.tenant_id = {tenant} and p.id = {row}.plan_id) >= c.valid_from "
    "and (select p.tree_on from annual_plan p where p.tenant_id = {tenant} and p.id = {row}.plan_id) < c.valid_to)"
)
"""What a unit's total comes to with the units below it, in the tree of the plan."""

_BY_UNIT = (("{child}.unit_id", "uuid"), ("{child}.account", "text"), ("{child}.unit_of_measure", "text"))
BY_YEAR = {
    "YEAR": Order(
        (
            ("{child}.year", "integer"),
            ("{child}.unit_id", "uuid"),
            ("{child}.number", "integer"),
            ("{child}.id", "uuid"),
        ),
        descending=True,
    )
}
_BEST = (
    "{child}.id = (select p.id from annual_plan p join unit u on u.tenant_id = p.tenant_id and u.id = p.unit_id "
    "where p.tenant_id = {tenant} and p.year = {value} "
    "order by case p.state when 'APPROVED' then 1 when 'SUBMITTED' then 2 when 'DRAFT' then 3 else 4 end, "
    "u.code, p.number desc limit 1)"
)

INVESTMENT = views_investments.INVESTMENT
ASSUMPTION = views_assumptions.ASSUMPTION
REVISION_FLAG = views_assumptions.REVISION_FLAG

ANNUAL_PLAN = View(
    name="AnnualPlan",
    prefix="pln",
    source="annual_plan",
    visible=SEES_PLAN,
    facts=views_leading.FACTS,
    fields={
        "year": Column("{row}.year", Kind.INTEGER),
        "number": Column("{row}.number", Kind.INTEGER),
        "name": Column("{row}.name"),
        "nameZh": Column("{row}.name_zh"),
        "currency": Column("{row}.currency"),
        "startsOn": Column("{row}.starts_on", Kind.DATE),
        "treeOn": Column("{row}.tree_on", Kind.DATE),
        "state": Column("{row}.state"),
        "version": Column("{row}.version", Kind.INTEGER),
        "note": Column("{row}.note"),
        "createdAt": Column("{row}.created_at", Kind.INSTANT),
        "submittedAt": Column("{row}.submitted_at", Kind.INSTANT),
        "approvedAt": Column("{row}.approved_at", Kind.INSTANT),
        "supersededAt": Column("{row}.superseded_at", Kind.INSTANT),
        "unit": One("Unit", on="{child}.id = {row}.unit_id"),
        "createdBy": One("Person", on="{child}.id = {row}.created_by_id"),
        "submittedBy": One("Person", on="{child}.id = {row}.submitted_by_id"),
        "approvedBy": One("Person", on="{child}.id = {row}.approved_by_id"),
        "summary": SUMMARY,
        "totals": Page(
            "PlanTotal",
            on="{child}.plan_id = {row}.id",
            orders={"UNIT": Order((*_BY_UNIT, ("{child}.id", "uuid")))},
            filters={"unit": Filter("{child}.unit_id = {value}", "uuid", prefix="unt")},
        ),
        "lines": Page(
            "PlanLine",
            on="{child}.plan_id = {row}.id",
            orders={"UNIT": Order((*_BY_UNIT, ("{child}.period", "date"), ("{child}.id", "uuid")))},
            filters={"unit": Filter("{child}.unit_id = {value}", "uuid", prefix="unt")},
        ),
        "openRevisions": views_assumptions.OPEN_REVISIONS,
    },
    masks={"summary": FIGURES},
)

PLAN_LINE = View(
    name="PlanLine",
    prefix="pll",
    source="plan_line",
    visible=SEES_UNIT,
    facts=views_leading.FACTS,
    fields={
        "unit": One("Unit", on="{child}.id = {row}.unit_id"),
        "account": Column("{row}.account"),
        "unitOfMeasure": Column("{row}.unit_of_measure"),
        "period": Column("{row}.period", Kind.DATE),
        "amount": Column("{row}.amount", Kind.DECIMAL),
    },
)

PLAN_TOTAL = View(
    name="PlanTotal",
    prefix="plt",
    source="plan_total",
    visible=SEES_UNIT,
    facts=views_leading.FACTS,
    fields={
        "unit": One("Unit", on="{child}.id = {row}.unit_id"),
        "account": Column("{row}.account"),
        "unitOfMeasure": Column("{row}.unit_of_measure"),
        "own": Column("{row}.own", Kind.DECIMAL),
        "withBelow": Column(WITH_BELOW, Kind.DECIMAL),
        "stated": Column("{row}.stated", Kind.DECIMAL),
        "difference": Column(f"{{row}}.stated - {WITH_BELOW}", Kind.DECIMAL),
    },
)

DERIVATION = View(
    name="Derivation",
    prefix="drv",
    source="derivation",
    visible=EVERYBODY,
    facts=views_leading.FACTS,
    fields={
        "strategicObjective": One("StrategicObjective", on="{child}.id = {row}.strategic_objective_id"),
        "year": Column("{row}.year", Kind.INTEGER),
        "unit": One("Unit", on="{child}.id = {row}.unit_id"),
        "account": Column("{row}.account"),
        "unitOfMeasure": Column("{row}.unit_of_measure"),
        "measure": One("Measure", on="{child}.id = {row}.measure_id"),
        "createdAt": Column("{row}.created_at", Kind.INSTANT),
        "endedAt": Column("{row}.ended_at", Kind.INSTANT),
    },
)

VIEWS = (ANNUAL_PLAN, PLAN_LINE, PLAN_TOTAL, DERIVATION, *views_investments.VIEWS, *views_assumptions.VIEWS)

_OF_OBJECTIVE: dict[str, Field] = {
    "derivations": Many(
        "Derivation",
        on="{child}.strategic_objective_id = {row}.id and {child}.ended_at is null",
        order="{child}.year, {child}.unit_id, {child}.account, {child}.unit_of_measure, {child}.id",
        limit=DERIVATIONS_MAX,
    ),
}

EXTENSIONS: Extensions = {
    **views_assumptions.EXTENSIONS,
    "StrategicObjective": {
        **_OF_OBJECTIVE,
        **views_investments.OF_OBJECTIVE,
        "openRevisions": views_assumptions.OPEN_REVISIONS,
    },
}

ROOTS: Roots = {
    "annualPlan": One("AnnualPlan", on="true", filters={"year": Filter(_BEST, "integer")}),
    "annualPlans": Page("AnnualPlan", on="true", orders=BY_YEAR),
    **views_investments.ROOTS,
    **views_assumptions.ROOTS,
}
