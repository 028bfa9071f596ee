"""What of assumptions can be read, and by whom: everybody of the group knows what its plans take for granted."""

from domain.kernel.views import Column, Extensions, Filter, Kind, Many, One, Order, Page, Roots, View
from domain.plans.assumption_rules import LINKS_MAX
from domain.plans.views_rights import EVERYBODY

REVISIONS_MAX = 50
_PART = "false"
BY_CODE = {"CODE": Order((("{child}.code", "text"), ("{child}.id", "uuid")))}
BY_DAY = {
    "DAY": Order(
        (("{child}.read_on", "date"), ("{child}.recorded_at", "timestamptz"), ("{child}.id", "uuid")), descending=True
    )
}
NEWEST = {"NEWEST": Order((("{child}.raised_at", "timestamptz"), ("{child}.id", "uuid")), descending=True)}

OPEN_REVISIONS = Many(
    "RevisionFlag",
    on=(
        "{child}.link_id in (select l.id from assumption_link l where l.tenant_id = {tenant} "
        "and l.target_id = {row}.id) and {child}.settled_at is null"
    ),
    order="{child}.raised_at, {child}.id",
    limit=REVISIONS_MAX,
)
"""Of whatever leans on assumptions: what makes it necessary to look at it again."""

ASSUMPTION = View(
    name="Assumption",
    prefix="asm",
    source="assumption",
    visible=EVERYBODY,
    fields={
        "code": Column("{row}.code"),
        "name": Column("{row}.name"),
        "nameZh": Column("{row}.name_zh"),
        "kind": Column("{row}.kind"),
        "unitOfMeasure": Column("{row}.unit_of_measure"),
        "low": Column("{row}.low", Kind.DECIMAL),
        "high": Column("{row}.high", Kind.DECIMAL),
        "trigger": Column("{row}.trigger"),
        "triggerZh": Column("{row}.trigger_zh"),
        "isBroken": Column("{row}.is_broken", Kind.BOOLEAN),
        "version": Column("{row}.version", Kind.INTEGER),
        "createdAt": Column("{row}.created_at", Kind.INSTANT),
        "updatedAt": Column("{row}.updated_at", Kind.INSTANT),
        "retiredAt": Column("{row}.retired_at", Kind.INSTANT),
        "owner": One("Person", on="{child}.id = {row}.owner_id"),
        "latestReading": One(
            "AssumptionReading",
            on="{child}.id = (select l.id from assumption_reading l where l.tenant_id = {tenant} "
            "and l.assumption_id = {row}.id order by l.read_on desc, l.recorded_at desc, l.id desc limit 1)",
            implied=True,
        ),
        "readings": Page("AssumptionReading", on="{child}.assumption_id = {row}.id", orders=BY_DAY, implied=True),
        "links": Many(
            "AssumptionLink",
            on="{child}.assumption_id = {row}.id and {child}.ended_at is null",
            order="{child}.linked_at, {child}.id",
            limit=LINKS_MAX,
            implied=True,
        ),
        "revisions": Page("RevisionFlag", on="{child}.assumption_id = {row}.id", orders=NEWEST),
    },
)

ASSUMPTION_READING = View(
    name="AssumptionReading",
    prefix="asr",
    source="assumption_reading",
    visible=_PART,
    fields={
        "readOn": Column("{row}.read_on", Kind.DATE),
        "value": Column("{row}.value", Kind.DECIMAL),
        "source": Column("{row}.source"),
        "recordedAt": Column("{row}.recorded_at", Kind.INSTANT),
        "recordedBy": One("Person", on="{child}.id = {row}.recorded_by_id"),
    },
)

ASSUMPTION_LINK = View(
    name="AssumptionLink",
    prefix="asl",
    source="assumption_link",
    visible=_PART,
    fields={
        "strategicObjective": One("StrategicObjective", on="{child}.id = {row}.strategic_objective_id"),
        "plan": One("AnnualPlan", on="{child}.id = {row}.plan_id"),
        "unit": One("Unit", on="{child}.id = {row}.unit_id"),
        "account": Column("{row}.account"),
        "investment": One("Investment", on="{child}.id = {row}.investment_id"),
        "measure": One("Measure", on="{child}.id = {row}.measure_id"),
        "objective": One("Objective", on="{child}.id = {row}.objective_id"),
        "linkedAt": Column("{row}.linked_at", Kind.INSTANT),
    },
)

REVISION_FLAG = View(
    name="RevisionFlag",
    prefix="rvf",
    source="revision_flag",
    visible=EVERYBODY,
    fields={
        "assumption": One("Assumption", on="{child}.id = {row}.assumption_id"),
        "link": One("AssumptionLink", on="{child}.id = {row}.link_id", implied=True),
        "reading": One("AssumptionReading", on="{child}.id = {row}.reading_id", implied=True),
        "version": Column("{row}.version", Kind.INTEGER),
        "raisedAt": Column("{row}.raised_at", Kind.INSTANT),
        "settledAt": Column("{row}.settled_at", Kind.INSTANT),
        "settledBy": One("Person", on="{child}.id = {row}.settled_by_id"),
        "note": Column("{row}.note"),
    },
)

VIEWS = (ASSUMPTION, ASSUMPTION_READING, ASSUMPTION_LINK, REVISION_FLAG)

EXTENSIONS: Extensions = {
    "InboxItem": {
        "assumption": One("Assumption", on="{row}.subject_type = 'assumption' and {child}.id = {row}.subject_id"),
    },
    "Measure": {"openRevisions": OPEN_REVISIONS},
    "Objective": {"openRevisions": OPEN_REVISIONS},
}

ROOTS: Roots = {
    "assumption": One("Assumption", on="true", filters={"id": Filter("{child}.id = {value}", "uuid", prefix="asm")}),
    "assumptions": Page(
        "Assumption",
        on="true",
        orders=BY_CODE,
        filters={
            "kind": Filter("{child}.kind = {value}", "text"),
            "broken": Filter("{child}.is_broken = {value}", "boolean"),
        },
    ),
    "revisions": Page(
        "RevisionFlag",
        on="true",
        orders=NEWEST,
        filters={"open": Filter("({child}.settled_at is null) = {value}", "boolean")},
    ),
}
