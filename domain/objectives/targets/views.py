"""What of targets can be read, and by whom: policies, adjustments, exemptions, tests, contributions."""

from domain.kernel.permits import Relation
from domain.kernel.views import Column, Extensions, Filter, Kind, Many, One, Order, Page, Roots, View
from domain.objectives.rules import KEY_RESULTS_MAX
from domain.objectives.targets.contributions import LINES_MAX
from domain.objectives.targets.rules import ADJUSTMENTS_MAX
from domain.objectives.views import FACTS, RELATIONS, VISIBLE

CONCERNED = (
    "("
    + " or ".join(
        RELATIONS[one] for one in (Relation.OWNER, Relation.STRATEGY_OFFICE, Relation.MANAGER, Relation.HR_PARTNER)
    )
    + " or {row}.id = any({asked_about}))"
)
"""Those who take part in making the promise, also while it is a draft: they decide whether it may stay below."""


def _of_objective(condition: str, objective_id: str = "{row}.objective_id") -> str:
    inner = condition.replace("{row}", "o")
    return f"exists (select from objective o where o.tenant_id = {{tenant}} and o.id = {objective_id} and {inner})"


def _person(column: str) -> One:
    return One("Person", on=f"{{child}}.id = {{row}}.{column}")


_POLICIES_HERE = (
    "(select p.id from unit_closure c "
    "join ratchet_policy p on p.tenant_id = c.tenant_id and p.unit_id = c.ancestor_id "
    "where c.tenant_id = {tenant} and c.descendant_id = {row}.id and c.valid_from <= {today} and {today} < c.valid_to "
    "and p.valid_from <= {today} and {today} < p.valid_to order by c.depth limit 1)"
)
RATCHET_POLICY = View(
    name="RatchetPolicy",
    prefix="rtp",
    source="ratchet_policy",
    visible="({me} is not null or 'scorecards:read' = any({scopes}))",
    fields={
        "unit": One("Unit", on="{child}.id = {row}.unit_id"),
        "version": Column("{row}.version", Kind.INTEGER),
        "on": Column("{row}.is_on", Kind.BOOLEAN),
        "growthPercent": Column("{row}.growth_percent", Kind.DECIMAL),
        "capPercent": Column("{row}.cap_percent", Kind.DECIMAL),
        "targetWeight": Column("{row}.target_weight", Kind.INTEGER),
        "actualWeight": Column("{row}.actual_weight", Kind.INTEGER),
        "saturationPercent": Column("{row}.saturation_percent", Kind.DECIMAL),
        "reason": Column("{row}.reason"),
        "writtenBy": _person("written_by_id"),
        "writtenAt": Column("{row}.written_at", Kind.INSTANT),
        "validFrom": Column("{row}.valid_from", Kind.DATE),
        "validTo": Column("nullif({row}.valid_to, 'infinity')", Kind.DATE),
    },
)

TARGET_ADJUSTMENT = View(
    name="TargetAdjustment",
    prefix="tad",
    source="target_adjustment",
    visible=_of_objective(
        VISIBLE,
        "(select k.objective_id from key_result k where k.tenant_id = {tenant} and k.id = {row}.key_result_id)",
    ),
    facts=FACTS,
    fields={
        "keyResult": One("KeyResult", on="{child}.id = {row}.key_result_id", implied=True),
        "kind": Column("{row}.kind"),
        "amount": Column("{row}.amount", Kind.DECIMAL),
        "factor": Column("{row}.factor", Kind.DECIMAL),
        "reason": Column("{row}.reason"),
        "evidence": Column("{row}.evidence"),
        "declaredBy": _person("declared_by_id"),
        "declaredAt": Column("{row}.declared_at", Kind.INSTANT),
    },
)

TARGET_EXEMPTION = View(
    name="TargetExemption",
    prefix="exm",
    source="target_exemption",
    visible=_of_objective(CONCERNED),
    facts=FACTS,
    fields={
        "objective": One("Objective", on="{child}.id = {row}.objective_id"),
        "previous": One("KeyResult", on="{child}.id = {row}.previous_id"),
        "title": Column("{row}.title"),
        "unitOfMeasure": Column("{row}.unit_of_measure"),
        "previousTarget": Column("{row}.previous_target", Kind.DECIMAL),
        "lowestTarget": Column("{row}.lowest_target", Kind.DECIMAL),
        "kind": Column("{row}.kind"),
        "reason": Column("{row}.reason"),
        "evidence": Column("{row}.evidence"),
        "expiresOn": Column("{row}.expires_on", Kind.DATE),
        "state": Column("{row}.state"),
        "inForce": Column("({row}.state = 'CONFIRMED' and {today} <= {row}.expires_on)", Kind.BOOLEAN),
        "version": Column("{row}.version", Kind.INTEGER),
        "askedBy": _person("asked_by_id"),
        "askedAt": Column("{row}.asked_at", Kind.INSTANT),
        "grantedBy": _person("granted_by_id"),
        "grantedAt": Column("{row}.granted_at", Kind.INSTANT),
        "confirmedBy": _person("confirmed_by_id"),
        "confirmedAt": Column("{row}.confirmed_at", Kind.INSTANT),
        "declinedBy": _person("declined_by_id"),
        "declinedAt": Column("{row}.declined_at", Kind.INSTANT),
        "decisionNote": Column("{row}.decision_note"),
    },
)

EXCEED_TEST = View(
    name="ExceedTest",
    prefix="exc",
    source="exceed_test",
    visible=_of_objective(CONCERNED),
    facts=FACTS,
    fields={
        "keyResult": One("KeyResult", on="{child}.id = {row}.key_result_id"),
        "previous": One("KeyResult", on="{child}.id = {row}.previous_id"),
        "outcome": Column("{row}.outcome"),
        "ground": Column("{row}.ground"),
        "target": Column("{row}.target", Kind.DECIMAL),
        "previousTarget": Column("{row}.previous_target", Kind.DECIMAL),
        "minimum": Column("{row}.minimum", Kind.DECIMAL),
        "strict": Column("{row}.is_strict", Kind.BOOLEAN),
        "reference": Column("{row}.reference", Kind.DECIMAL),
        "baseline": Column("{row}.baseline", Kind.DECIMAL),
        "counted": Column("{row}.counted", Kind.DECIMAL),
        "guidance": Column("{row}.guidance", Kind.DECIMAL),
        "newLevel": Column("{row}.is_new_level", Kind.BOOLEAN),
        "bonusCap": Column("{row}.bonus_cap", Kind.INTEGER),
        "policy": One("RatchetPolicy", on="{child}.id = {row}.policy_id"),
        "exemption": One("TargetExemption", on="{child}.id = {row}.exemption_id"),
        "testedAt": Column("{row}.tested_at", Kind.INSTANT),
    },
)

CONTRIBUTION_STATEMENT = View(
    name="ContributionStatement",
    prefix="cst",
    source="contribution_statement",
    visible=_of_objective(VISIBLE),
    facts=FACTS,
    fields={
        "objective": One("Objective", on="{child}.id = {row}.objective_id", implied=True),
        "method": Column("{row}.method"),
        "state": Column("{row}.state"),
        "version": Column("{row}.version", Kind.INTEGER),
        "driver": Column("{row}.driver"),
        "lines": Many(
            "Contribution",
            on="{child}.statement_id = {row}.id",
            order="{child}.position",
            limit=LINES_MAX,
            implied=True,
        ),
        "proposedBy": _person("proposed_by_id"),
        "proposedAt": Column("{row}.proposed_at", Kind.INSTANT),
        "agreedBy": _person("agreed_by_id"),
        "agreedAt": Column("{row}.agreed_at", Kind.INSTANT),
    },
)

_STATEMENT = (
    "(select s.objective_id from contribution_statement s where s.tenant_id = {tenant} and s.id = {row}.statement_id)"
)
_AGREED = (
    "exists (select from contribution_statement s where s.tenant_id = {tenant} and s.id = {child}.statement_id "
    "and s.state = 'AGREED')"
)
_SEES_RESULT = _of_objective(VISIBLE, _STATEMENT)
CONTRIBUTION = View(
    name="Contribution",
    prefix="ctb",
    source="contribution",
    visible=f"({{row}}.person_id = {{me}} or {_SEES_RESULT})",
    facts=FACTS,
    fields={
        "statement": One("ContributionStatement", on="{child}.id = {row}.statement_id"),
        "objective": One("Objective", on="{child}.id = " + _STATEMENT),
        "person": _person("person_id"),
        "unit": One("Unit", on="{child}.id = {row}.unit_id"),
        "share": Column("{row}.share", Kind.DECIMAL),
        "amount": Column("{row}.amount", Kind.DECIMAL),
        "evidence": Column("{row}.evidence"),
        "points": Column(
            "(select round({row}.share * o.progress / 100, 2) from objective o "
            f"where o.tenant_id = {{tenant}} and o.id = {_STATEMENT})",
            Kind.DECIMAL,
        ),
    },
    masks={"points": _SEES_RESULT},
)

VIEWS = (
    RATCHET_POLICY,
    TARGET_ADJUSTMENT,
    TARGET_EXEMPTION,
    EXCEED_TEST,
    CONTRIBUTION_STATEMENT,
    CONTRIBUTION,
)

NEWEST_ASKED = {"NEWEST": Order((("{child}.asked_at", "timestamptz"), ("{child}.id", "uuid")), descending=True)}
NEWEST_POLICY = {"NEWEST": Order((("{child}.valid_from", "date"), ("{child}.id", "uuid")), descending=True)}
NEWEST_SHARE = {"NEWEST": Order((("{child}.id", "uuid"),), descending=True)}
_NEWEST_REQUEST = (
    "(select a.version from approval a where a.tenant_id = {tenant} and a.objective_id = {row}.id "
    "order by a.requested_at desc, a.id desc limit 1)"
)

EXTENSIONS: Extensions = {
    "InboxItem": {
        "exemption": One("TargetExemption", on="{row}.subject_type = 'exemption' and {child}.id = {row}.subject_id"),
    },
    "Objective": {
        "difficulty": Column(f"case when {CONCERNED} then {{row}}.difficulty end", Kind.INTEGER),
        "exceed": Many(
            "ExceedTest",
            on="{child}.objective_id = {row}.id and {child}.version = " + _NEWEST_REQUEST,
            order="{child}.position",
            limit=KEY_RESULTS_MAX,
        ),
        "exemptions": Page("TargetExemption", on="{child}.objective_id = {row}.id", orders=NEWEST_ASKED),
        "contributions": One("ContributionStatement", on="{child}.objective_id = {row}.id", implied=True),
    },
    "KeyResult": {
        "continues": One("KeyResult", on="{child}.id = {row}.continues_id"),
        "adjustments": Many(
            "TargetAdjustment",
            on="{child}.key_result_id = {row}.id",
            order="{child}.declared_at, {child}.id",
            limit=ADJUSTMENTS_MAX,
            implied=True,
        ),
    },
    "Person": {
        "contributions": Page("Contribution", on="{child}.person_id = {row}.id and " + _AGREED, orders=NEWEST_SHARE),
    },
    "Unit": {
        "contributions": Page("Contribution", on="{child}.unit_id = {row}.id and " + _AGREED, orders=NEWEST_SHARE),
        "ratchetPolicy": One("RatchetPolicy", on="{child}.id = " + _POLICIES_HERE),
        "ratchetPolicies": Page("RatchetPolicy", on="{child}.unit_id = {row}.id", orders=NEWEST_POLICY),
    },
}

ROOTS: Roots = {
    "exemptions": Page(
        "TargetExemption",
        on="true",
        orders=NEWEST_ASKED,
        filters={"state": Filter("{child}.state = {value}", "text")},
    ),
}
