"""What of investments can be read, and by whom: everybody knows their names, the figures are for those they concern."""

from domain.kernel.views import Column, Field, Filter, Kind, Many, One, Order, Page, Roots, View
from domain.people import views_leading
from domain.plans import views_assumptions
from domain.plans.investment_rules import FLOWS_MAX, FUNDINGS_MAX, GATE_DECISIONS_MAX, GATES_MAX, REVIEWS_MAX
from domain.plans.views_appraisals import APPRAISAL
from domain.plans.views_rights import EVERYBODY, FIGURES

FUNDED_MAX = 100
"""How many investments may fund one strategic objective."""
BY_CODE = {"CODE": Order((("{child}.code", "text"), ("{child}.id", "uuid")))}
_PART = "false"
"""Read only as a part of its investment."""

INVESTMENT = View(
    name="Investment",
    prefix="inv",
    source="investment",
    visible=EVERYBODY,
    facts=views_leading.FACTS,
    fields={
        "code": Column("{row}.code"),
        "name": Column("{row}.name"),
        "nameZh": Column("{row}.name_zh"),
        "state": Column("{row}.state"),
        "version": Column("{row}.version", Kind.INTEGER),
        "currency": Column("{row}.currency"),
        "discountRate": Column("{row}.discount_rate", Kind.DECIMAL),
        "asked": Column("{row}.asked", Kind.DECIMAL),
        "approved": Column("{row}.approved", Kind.DECIMAL),
        "createdAt": Column("{row}.created_at", Kind.INSTANT),
        "updatedAt": Column("{row}.updated_at", Kind.INSTANT),
        "approvedAt": Column("{row}.approved_at", Kind.INSTANT),
        "unit": One("Unit", on="{child}.id = {row}.unit_id"),
        "owner": One("Person", on="{child}.id = {row}.owner_id"),
        "approvedBy": One("Person", on="{child}.id = {row}.approved_by_id"),
        "appraisal": APPRAISAL,
        "flows": Many(
            "InvestmentFlow",
            on="{child}.investment_id = {row}.id",
            order="{child}.kind desc, {child}.year",
            limit=2 * FLOWS_MAX,
            implied=True,
        ),
        "fundings": Many(
            "Funding",
            on="{child}.investment_id = {row}.id",
            order="{child}.strategic_objective_id",
            limit=FUNDINGS_MAX,
            implied=True,
        ),
        "gates": Many(
            "StageGate",
            on="{child}.investment_id = {row}.id",
            order="{child}.position",
            limit=GATES_MAX,
            implied=True,
        ),
        "reviews": Many(
            "InvestmentReview",
            on="{child}.investment_id = {row}.id",
            order="{child}.number",
            limit=REVIEWS_MAX,
            implied=True,
        ),
        "openRevisions": views_assumptions.OPEN_REVISIONS,
    },
    masks=dict.fromkeys(("discountRate", "asked", "approved", "appraisal", "flows", "gates", "reviews"), FIGURES),
)

INVESTMENT_FLOW = View(
    name="InvestmentFlow",
    prefix="ifl",
    source="investment_flow",
    visible=_PART,
    fields={
        "kind": Column("{row}.kind"),
        "year": Column("{row}.year", Kind.INTEGER),
        "amount": Column("{row}.amount", Kind.DECIMAL),
    },
)

FUNDING = View(
    name="Funding",
    prefix="fnd",
    source="funding",
    visible=_PART,
    fields={
        "investment": One("Investment", on="{child}.id = {row}.investment_id"),
        "strategicObjective": One("StrategicObjective", on="{child}.id = {row}.strategic_objective_id"),
        "share": Column("{row}.share", Kind.DECIMAL),
    },
)

STAGE_GATE = View(
    name="StageGate",
    prefix="sgt",
    source="stage_gate",
    visible=_PART,
    fields={
        "position": Column("{row}.position", Kind.INTEGER),
        "name": Column("{row}.name"),
        "nameZh": Column("{row}.name_zh"),
        "dueOn": Column("{row}.due_on", Kind.DATE),
        "decision": Column(
            "(select d.decision from gate_decision d where d.tenant_id = {tenant} and d.gate_id = {row}.id "
            "order by d.number desc limit 1)"
        ),
        "decisions": Many(
            "GateDecision",
            on="{child}.gate_id = {row}.id",
            order="{child}.number",
            limit=GATE_DECISIONS_MAX,
            implied=True,
        ),
    },
)

GATE_DECISION = View(
    name="GateDecision",
    prefix="gtd",
    source="gate_decision",
    visible=_PART,
    fields={
        "decision": Column("{row}.decision"),
        "reason": Column("{row}.reason"),
        "decidedAt": Column("{row}.decided_at", Kind.INSTANT),
        "decidedBy": One("Person", on="{child}.id = {row}.decided_by_id"),
    },
)

INVESTMENT_REVIEW = View(
    name="InvestmentReview",
    prefix="irv",
    source="investment_review",
    visible=_PART,
    fields={
        "throughYear": Column("{row}.through_year", Kind.INTEGER),
        "plannedValue": Column("round({row}.planned_value, 2)", Kind.DECIMAL),
        "outlookValue": Column("round({row}.outlook_value, 2)", Kind.DECIMAL),
        "variance": Column("round({row}.outlook_value - {row}.planned_value, 2)", Kind.DECIMAL),
        "findings": Column("{row}.findings"),
        "reviewedAt": Column("{row}.reviewed_at", Kind.INSTANT),
        "reviewedBy": One("Person", on="{child}.id = {row}.reviewed_by_id"),
    },
)

VIEWS = (INVESTMENT, INVESTMENT_FLOW, FUNDING, STAGE_GATE, GATE_DECISION, INVESTMENT_REVIEW)

_FUNDS = (
    "from funding f join investment i on i.tenant_id = f.tenant_id and i.id = f.investment_id and i.state <> 'STOPPED' "
    "where f.tenant_id = {tenant} and f.strategic_objective_id = {row}.id"
)
FUNDED_SHARE = f"(select round(100 * sum(f.share * coalesce(i.approved, 0)) / sum(f.share * i.asked), 2) {_FUNDS})"
"""Percent of what is asked for a strategic objective that is approved: each investment counts with the share of it that
is for the objective. Null if nothing is asked; one that was stopped asks for nothing any more.
"""
OF_OBJECTIVE: dict[str, Field] = {
    "fundings": Many(
        "Funding",
        on="{child}.strategic_objective_id = {row}.id",
        order="{child}.investment_id",
        limit=FUNDED_MAX,
        implied=True,
    ),
    "fundedShare": Column(FUNDED_SHARE, Kind.DECIMAL),
    "isUnfunded": Column(f"coalesce({FUNDED_SHARE} = 0, false)", Kind.BOOLEAN),
}

ROOTS: Roots = {
    "investment": One("Investment", on="true", filters={"id": Filter("{child}.id = {value}", "uuid", prefix="inv")}),
    "investments": Page(
        "Investment",
        on="true",
        orders=BY_CODE,
        filters={"unit": Filter("{child}.unit_id = {value}", "uuid", prefix="unt")},
    ),
}
