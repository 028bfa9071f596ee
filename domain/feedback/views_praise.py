"""What of praise can be read: the values of the group by everybody, praise by whoever reads its thread."""

from domain.feedback.rules import PRAISE_MAX
from domain.feedback.sight import READS_THREAD
from domain.kernel.views import Column, Extensions, Filter, Kind, One, Order, Page, Roots, View
from domain.objectives.views import FACTS

_BY_NAME = {"NAME": Order((("{child}.name", "text"), ("{child}.id", "uuid")))}
_GIVEN = {"NEWEST": Order((("{child}.given_at", "timestamptz"), ("{child}.id", "uuid")), descending=True)}

VALUE = View(
    name="CompanyValue",
    prefix="cvl",
    source="company_value",
    visible="({me} is not null or {client} is not null)",
    fields={
        "name": Column("{row}.name"),
        "nameZh": Column("{row}.name_zh"),
        "meaning": Column("{row}.meaning"),
        "meaningZh": Column("{row}.meaning_zh"),
        "retiredAt": Column("{row}.retired_at", Kind.INSTANT),
    },
)

PRAISE = View(
    name="Praise",
    prefix="prs",
    source="praise",
    visible=(
        "exists (select from feedback_thread h where h.tenant_id = {tenant} and h.id = {row}.thread_id and "
        + READS_THREAD.replace("{row}", "h")
        + ")"
    ),
    facts=FACTS,
    fields={
        "thread": One("FeedbackThread", on="{child}.id = {row}.thread_id", implied=True),
        "giver": One("Person", on="{child}.id = {row}.giver_id"),
        "recipient": One("Person", on="{child}.id = {row}.recipient_id"),
        "value": One("CompanyValue", on="{child}.id = {row}.value_id"),
        "strategicObjective": One("StrategicObjective", on="{child}.id = {row}.strategic_objective_id"),
        "givenAt": Column("{row}.given_at", Kind.INSTANT),
    },
)

VIEWS = (VALUE, PRAISE)

_LEFT = (
    f"greatest(0, {PRAISE_MAX} - (select count(*) from praise p where p.tenant_id = {{tenant}} and p.giver_id = {{me}} "
    "and p.month = date_trunc('month', {today}::timestamp)::date))"
)

EXTENSIONS: Extensions = {
    "FeedbackThread": {"praise": One("Praise", on="{child}.thread_id = {row}.id", implied=True)},
    "Person": {"praise": Page("Praise", on="{child}.recipient_id = {row}.id", orders=_GIVEN)},
    "Viewer": {"praiseLeft": Column(_LEFT, Kind.INTEGER)},
}

ROOTS: Roots = {
    "companyValues": Page(
        "CompanyValue",
        on="true",
        orders=_BY_NAME,
        filters={"retired": Filter("({child}.retired_at is not null) = {value}", "boolean")},
    ),
}
