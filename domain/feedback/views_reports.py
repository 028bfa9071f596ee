"""What of reports can be read: by who reported, and by who moderates, but by no author of the words."""

from domain.kernel.permits import PERMITS, Action, Relation
from domain.kernel.views import Column, Extensions, Kind, One, Order, Page, Roots, View
from domain.objectives.views import FACTS

MODERATES = (
    "({row}.author_id <> {me} and ('STRATEGY_OFFICE' = any({roles}) or {row}.unit_id = any({units_as_hr_partner})))"
)
RELATIONS_OF_REPORT: dict[Relation, str] = {
    Relation.STRATEGY_OFFICE: (
        "({row}.author_id <> {me} and {row}.reporter_id <> {me} and 'STRATEGY_OFFICE' = any({roles}))"
    ),
    Relation.HR_PARTNER: (
        "({row}.author_id <> {me} and {row}.reporter_id <> {me} and {row}.unit_id = any({units_as_hr_partner}))"
    ),
}
"""How the actor stands to the report `{row}`: nobody settles what they wrote or reported."""
_SETTLES = " or ".join(RELATIONS_OF_REPORT[one] for one in sorted(PERMITS[Action.SETTLE_REPORT]))
_NEWEST = {"NEWEST": Order((("{child}.reported_at", "timestamptz"), ("{child}.id", "uuid")), descending=True)}

REPORT = View(
    name="FeedbackReport",
    prefix="fbp",
    source="feedback_report",
    visible=f"({{row}}.reporter_id = {{me}} or {MODERATES})",
    facts=FACTS,
    fields={
        "message": One("FeedbackMessage", on="{child}.id = {row}.message_id"),
        "words": Column(
            "(select m.body from feedback_message m where m.tenant_id = {tenant} and m.id = {row}.message_id)"
        ),
        "author": One("Person", on="{child}.id = {row}.author_id"),
        "reporter": One("Person", on="{child}.id = {row}.reporter_id"),
        "reason": Column("{row}.reason"),
        "reportedAt": Column("{row}.reported_at", Kind.INSTANT),
        "state": Column("{row}.state"),
        "settledAt": Column("{row}.settled_at", Kind.INSTANT),
        "settledBy": One("Person", on="{child}.id = {row}.settled_by_id"),
        "answer": Column("{row}.answer"),
        "viewerCanSettle": Column(f"coalesce({{row}}.state = 'OPEN' and ({_SETTLES}), false)", Kind.BOOLEAN),
    },
    masks={"words": MODERATES, "settledBy": MODERATES},
)

VIEWS = (REPORT,)

EXTENSIONS: Extensions = {
    "InboxItem": {
        "feedbackReport": One(
            "FeedbackReport", on="{row}.subject_type = 'feedback_report' and {child}.id = {row}.subject_id"
        ),
    },
}

ROOTS: Roots = {"feedbackReports": Page("FeedbackReport", on="true", orders=_NEWEST)}
