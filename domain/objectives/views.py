"""What of objectives can be read, and by whom; and how an actor stands to an objective."""

from collections.abc import Iterable
from itertools import groupby

from domain.kernel.actor import Role
from domain.kernel.permits import PERMITS, Action, Relation
from domain.kernel.views import (
    Column,
    Extensions,
    Fact,
    Facts,
    Field,
    Filter,
    Kind,
    Many,
    One,
    Order,
    Page,
    Reach,
    Roots,
    View,
)
from domain.objectives.rules import KEY_RESULTS_MAX, TRANSITIONS
from domain.objectives.views_traces import PROGRESS_TRACE

_IN_MY_LINE = (
    "exists (select from reporting_closure c where c.tenant_id = {tenant} and c.manager_id = {me} "
    "and c.report_id = {row}.owner_id and c.valid_from <= {today} and {today} < c.valid_to)"
)
_MINE_TO_DECIDE = "a.approver_id = any({deciding_for})"
_WITHIN_A_DAY = "a.decided_at > {now} - interval '1 day'"
FACTS: Facts = {
    "deciding_for": Fact(
        "array(select {me} union all select d.from_id from delegation d where d.tenant_id = {tenant} "
        "and d.to_id = {me} and d.valid_from <= {today} and {today} < d.valid_to)",
        "uuid[]",
    ),
    "asked_about": Fact(
        "array(select a.objective_id from approval a where a.tenant_id = {tenant} and ("
        f"{_MINE_TO_DECIDE} and a.state = 'OPEN' or {_MINE_TO_DECIDE} and {_WITHIN_A_DAY} "
        f"or a.decided_by_id = {{me}} and {_WITHIN_A_DAY}) "
        "and not exists (select from approval n where n.tenant_id = {tenant} and n.objective_id = a.objective_id "
        "and (n.requested_at, n.id) > (a.requested_at, a.id)))",
        "uuid[]",
        is_rare=True,
    ),
    "units_as_hr_partner": Fact(
        "array(select u.descendant_id from role_grant g "
        "join unit_closure u on u.tenant_id = g.tenant_id and u.ancestor_id = g.unit_id "
        "where g.tenant_id = {tenant} and g.person_id = {me} and g.role = 'HR_PARTNER' "
        "and g.valid_from <= {today} and {today} < g.valid_to "
        "and u.valid_from <= {today} and {today} < u.valid_to)",
        "uuid[]",
        is_rare=True,
    ),
    "units_at_work": Fact(
        "array(select e.unit_id from employment e where e.tenant_id = {tenant} and e.person_id = {me} "
        "and e.valid_from <= {today} and {today} < e.valid_to)",
        "uuid[]",
        is_rare=True,
    ),
}
"""Whose requests the actor decides: their own and those of whom they stand in for. And the units they belong to.

What the actor is asked about: the objectives whose newest request was addressed to whom they decide for, or decided by
them. It waits, or was decided within a day: who comes second shall see how it was decided, and no more than that. To be
asked once is no right for good: a former manager, and who stood in for one, see nothing of what comes later.
"""
_IN_MY_UNITS = "{row}.unit_id = any({units_as_hr_partner})"
_MY_COLLEAGUE = "{row}.unit_id = any({units_at_work})"
_ASKED_ME = (
    "exists (select from (select * from approval w where w.tenant_id = {tenant} and w.objective_id = {row}.id "
    "order by w.requested_at desc, w.id desc limit 1) a where (a.decided_by_id = {me} or " + _MINE_TO_DECIDE + "))"
)
"""The newest request was addressed to the actor, or to whom they stand in for today, or decided by them."""
_ASKS_ME = "{row}.id = any({asked_about})"

READS_OBJECTIVES = "objectives:read"
"""The scope of partners that read every objective."""
RELATIONS: dict[Relation, str] = {
    Relation.OWNER: "{row}.owner_id = {me}",
    Relation.APPROVER: "({row}.owner_id <> {me} and " + _ASKED_ME + ")",
    Relation.MANAGER: _IN_MY_LINE,
    Relation.HR_PARTNER: _IN_MY_UNITS,
    Relation.STRATEGY_OFFICE: "'STRATEGY_OFFICE' = any({roles})",
    Relation.PARTNER: f"'{READS_OBJECTIVES}' = any({{scopes}})",
}
"""How the actor stands to the objective `{row}`. Nobody is the approver of an own objective."""

_LEFT_THE_DESK = "{row}.state <> 'DRAFT' and ({row}.state <> 'ARCHIVED' or {row}.submitted_at is not null)"
"""Somebody else was asked about it as it stands: a draft that was archived with its cycle is still a draft."""

CONCERNED = (
    f"({RELATIONS[Relation.OWNER]} or {RELATIONS[Relation.STRATEGY_OFFICE]} "
    f"or {_IN_MY_LINE} or {_ASKS_ME} or {_IN_MY_UNITS})"
)
"""Those who take part in making the promise: they also read what was said on the way to it."""

VISIBLE = (
    f"({RELATIONS[Relation.OWNER]} or ({_LEFT_THE_DESK} and ({RELATIONS[Relation.PARTNER]} or {CONCERNED} "
    "or ({row}.approved_at is not null and ({row}.audience = 'GROUP' and {me} is not null "
    f"or {{row}}.audience = 'UNIT' and {_MY_COLLEAGUE})))))"
)
"""A draft is its owner's alone; a submitted one also the line's; a promised one its audience's."""


def standing(action: Action) -> str:
    """How the actor stands to `{row}` as far as the action depends on it: an SQL list of relations."""
    found = ", ".join(f"case when {RELATIONS[one]} then '{one}' end" for one in sorted(PERMITS[action]))
    return f"array_remove(array[{found}], null)"


_OF_ALL = "select o.id from objective o where o.tenant_id = {tenant} and "
_OF_MY_LINE = (
    "select o.id from reporting_closure c join objective o on o.tenant_id = {tenant} and o.owner_id = c.report_id "
    "where c.tenant_id = {tenant} and c.manager_id = {me} and c.valid_from <= {today} and {today} < c.valid_to"
)
REACH = Reach(
    ids=" union all ".join(
        (
            _OF_ALL + RELATIONS[Relation.OWNER].replace("{row}", "o"),
            "select unnest({asked_about})",
            _OF_ALL + "o.audience = 'UNIT' and o.approved_at is not null and " + _MY_COLLEAGUE.replace("{row}", "o"),
            _OF_ALL + "o.audience = 'GROUP' and o.approved_at is not null and {me} is not null",
            _OF_ALL + _IN_MY_UNITS.replace("{row}", "o"),
            _OF_MY_LINE,
        )
    ),
    widely=lambda actor: Role.STRATEGY_OFFICE in actor.roles or READS_OBJECTIVES in actor.scopes,
)
"""The alternatives of `VISIBLE`, each by an index, without what is asked of the state besides."""


def of_objective(column: str, condition: str = VISIBLE) -> str:
    """Of a part of an objective: whether the condition holds of the objective that the column names."""
    inner = condition.replace("{row}", "o")
    return f"exists (select from objective o where o.tenant_id = {{tenant}} and o.id = {{row}}.{column} and {inner})"


def _allowance(action: Action) -> tuple[str, str]:
    """The states in which an action may be taken, and who may take it, as SQL."""
    states = ", ".join(f"'{state}'" for state in TRANSITIONS[action])
    return states, " or ".join(RELATIONS[relation] for relation in sorted(PERMITS[action]))


def _can(allowance: tuple[str, str], actions: Iterable[Action]) -> str:
    states, relations = allowance
    found = ", ".join(f"'{action}'" for action in actions)
    return f"case when {{row}}.state in ({states}) and ({relations}) then array[{found}] else '{{{{}}}}' end"


# Actions that are allowed alike are asked about once: the question of the approver costs most.
VIEWER_CAN = f"({' || '.join(_can(*group) for group in groupby(TRANSITIONS, _allowance))})"

NEWEST = Order((("{child}.created_at", "timestamptz"), ("{child}.id", "uuid")), descending=True)
OBJECTIVE_ORDERS = {
    "NEWEST": NEWEST,
    "UPDATED": Order((("{child}.updated_at", "timestamptz"), ("{child}.id", "uuid")), descending=True),
    "TITLE": Order((("{child}.title", "text"), ("{child}.id", "uuid"))),
}
OLDEST_FIRST = {"REQUESTED": Order((("{child}.requested_at", "timestamptz"), ("{child}.id", "uuid")))}
NEWEST_CHECK_IN = {
    "NEWEST": Order((("{child}.recorded_at", "timestamptz"), ("{child}.id", "uuid")), descending=True),
}
NEWEST_CYCLE = {"NEWEST": Order((("{child}.starts_on", "date"), ("{child}.id", "uuid")), descending=True)}
OBJECTIVE_FILTERS = {
    "filter.state": Filter("{child}.state = any({value})", "text[]"),
    "filter.owner": Filter("{child}.owner_id = {value}", "uuid", prefix="per", leaves_few=True),
    "filter.unit": Filter("{child}.unit_id = {value}", "uuid", prefix="unt"),
    "filter.cycle": Filter("{child}.cycle_id = {value}", "uuid", prefix="cyc"),
    "filter.mine": Filter("({child}.owner_id = {me}) = {value}", "boolean", leaves_few=True),
}
_CURRENT_CYCLE = (
    "(select c.id from cycle c where c.tenant_id = {tenant} and c.starts_on <= {today} "
    "order by c.starts_on desc limit 1)"
)
_OPEN_FOR_ME = "(select count(*) from approval a where a.tenant_id = {tenant} and a.state = 'OPEN' and "

ROLLED_UP = "(select round(u.score, 2) from roll_up u where u.tenant_id = {tenant} and u.objective_id = {row}.id)"
"""A figure of the objective itself, which goes to whoever sees it, also where they do not see all that serves it."""

CYCLE = View(
    name="Cycle",
    prefix="cyc",
    source="cycle",
    visible="({me} is not null or {client} is not null)",
    fields={
        "name": Column("{row}.name"),
        "nameZh": Column("{row}.name_zh"),
        "startsOn": Column("{row}.starts_on", Kind.DATE),
        "endsOn": Column("{row}.ends_on", Kind.DATE),
    },
)

OBJECTIVE = View(
    name="Objective",
    prefix="obj",
    source="objective",
    visible=VISIBLE,
    facts=FACTS,
    reach=REACH,
    fields={
        "title": Column("{row}.title"),
        "why": Column("{row}.why"),
        "state": Column("{row}.state"),
        "audience": Column("{row}.audience"),
        "weight": Column("{row}.weight", Kind.INTEGER),
        "version": Column("{row}.version", Kind.INTEGER),
        "versionHash": Column("{row}.version_hash"),
        "progress": Column("round({row}.progress, 2)", Kind.DECIMAL),
        "rolledUpProgress": Column(ROLLED_UP, Kind.DECIMAL),
        "progressTrace": PROGRESS_TRACE,
        "viewerCan": Column(VIEWER_CAN, Kind.LIST),
        "createdAt": Column("{row}.created_at", Kind.INSTANT),
        "updatedAt": Column("{row}.updated_at", Kind.INSTANT),
        "submittedAt": Column("{row}.submitted_at", Kind.INSTANT),
        "approvedAt": Column("{row}.approved_at", Kind.INSTANT),
        "owner": One("Person", on="{child}.id = {row}.owner_id"),
        "unit": One("Unit", on="{child}.id = {row}.unit_id"),
        "cycle": One("Cycle", on="{child}.id = {row}.cycle_id"),
        "parent": One("Objective", on="{child}.id = {row}.parent_id"),
        "keyResults": Many(
            "KeyResult",
            on="{child}.objective_id = {row}.id",
            order="{child}.position",
            limit=KEY_RESULTS_MAX,
            implied=True,
        ),
        "checkIns": Page("CheckIn", on="{child}.objective_id = {row}.id", orders=NEWEST_CHECK_IN, implied=True),
        "children": Page("Objective", on="{child}.parent_id = {row}.id", orders={"NEWEST": NEWEST}),
        "approval": One(
            "Approval",
            on="{child}.id = (select a.id from approval a where a.tenant_id = {tenant} "
            "and a.objective_id = {row}.id order by a.requested_at desc, a.id desc limit 1)",
            implied=True,
        ),
    },
)

KEY_RESULT = View(
    name="KeyResult",
    prefix="kr",
    source="key_result",
    visible=of_objective("objective_id"),
    facts=FACTS,
    fields={
        "title": Column("{row}.title"),
        "kind": Column("{row}.kind"),
        "unitOfMeasure": Column("{row}.unit_of_measure"),
        "weight": Column("{row}.weight", Kind.INTEGER),
        "position": Column("{row}.position", Kind.INTEGER),
        "start": Column("{row}.start", Kind.DECIMAL),
        "target": Column("{row}.target", Kind.DECIMAL),
        "low": Column("{row}.low", Kind.DECIMAL),
        "high": Column("{row}.high", Kind.DECIMAL),
        "current": Column("{row}.current", Kind.DECIMAL),
        "progress": Column("round({row}.progress, 2)", Kind.DECIMAL),
        "objective": One("Objective", on="{child}.id = {row}.objective_id", implied=True),
        "latestCheckIn": One("CheckIn", on="{child}.id = {row}.latest_check_in_id", implied=True),
        "checkIns": Page("CheckIn", on="{child}.key_result_id = {row}.id", orders=NEWEST_CHECK_IN, implied=True),
    },
)

CHECK_IN = View(
    name="CheckIn",
    prefix="chk",
    source="check_in",
    visible=of_objective("objective_id"),
    facts=FACTS,
    fields={
        "source": Column("{row}.source"),
        "value": Column("{row}.value", Kind.DECIMAL),
        "confidence": Column("{row}.confidence", Kind.INTEGER),
        "note": Column("{row}.note"),
        "recordedAt": Column("{row}.recorded_at", Kind.INSTANT),
        "keyResult": One("KeyResult", on="{child}.id = {row}.key_result_id", implied=True),
        "objective": One("Objective", on="{child}.id = {row}.objective_id", implied=True),
        "author": One("Person", on="{child}.id = {row}.author_id"),
    },
    # Partner systems get figures; words are for persons.
    masks={"note": "{me} is not null", "confidence": "{me} is not null"},
)

APPROVAL = View(
    name="Approval",
    prefix="apv",
    source="approval",
    visible=of_objective("objective_id"),
    facts=FACTS,
    fields={
        "state": Column("{row}.state"),
        "requestedAt": Column("{row}.requested_at", Kind.INSTANT),
        "versionHash": Column("{row}.version_hash"),
        "note": Column("{row}.note"),
        "decisionNote": Column("{row}.decision_note"),
        "decidedAt": Column("{row}.decided_at", Kind.INSTANT),
        "objective": One("Objective", on="{child}.id = {row}.objective_id", implied=True),
        "approver": One("Person", on="{child}.id = {row}.approver_id"),
        "requestedBy": One("Person", on="{child}.id = {row}.requested_by_id"),
        "decidedBy": One("Person", on="{child}.id = {row}.decided_by_id"),
        "changes": Many("FieldChange", on="{child}.id = {row}.id", order="{child}.at", limit=200, implied=True),
    },
    masks=dict.fromkeys(("note", "decisionNote", "changes"), of_objective("objective_id", CONCERNED)),
)

FIELD_CHANGE = View(
    name="FieldChange",
    prefix="chg",
    source=(
        "(select a.tenant_id, a.id, c.value, c.at from approval a, "
        "jsonb_array_elements(a.changes) with ordinality c(value, at))"
    ),
    visible="false",
    fields={
        "field": Column("{row}.value ->> 'field'"),
        "keyResult": Column("{row}.value ->> 'key_result'"),
        "before": Column("{row}.value ->> 'before'"),
        "after": Column("{row}.value ->> 'after'"),
    },
)

VIEWS = (CYCLE, OBJECTIVE, KEY_RESULT, CHECK_IN, APPROVAL, FIELD_CHANGE)

_APPROVALS = Page(
    "Approval",
    on=_MINE_TO_DECIDE.replace("a.approver_id", "{child}.approver_id") + " and {child}.requested_by_id <> {me}",
    orders=OLDEST_FIRST,
    filters={"state": Filter("{child}.state = {value}", "text")},
)
_OPEN_APPROVALS = Page(
    "Approval",
    on=_APPROVALS.on + " and {child}.state = 'OPEN'",
    orders=OLDEST_FIRST,
    implied=True,
)
_PERSONAL: dict[str, Field] = {
    "openApprovalCount": Column(
        f"{_OPEN_FOR_ME} {_MINE_TO_DECIDE} and a.requested_by_id <> {{me}})",
        Kind.INTEGER,
    ),
}

EXTENSIONS: Extensions = {
    "Viewer": _PERSONAL,
    "Home": _PERSONAL
    | {
        "cycle": One("Cycle", on="{child}.id = " + _CURRENT_CYCLE),
        "objectives": Page(
            "Objective",
            on="{child}.owner_id = {row}.id and {child}.cycle_id = " + _CURRENT_CYCLE,
            orders={"NEWEST": NEWEST},
            implied=True,
        ),
        "approvals": _OPEN_APPROVALS,
    },
    "Person": {
        "objectives": Page(
            "Objective", on="{child}.owner_id = {row}.id", orders=OBJECTIVE_ORDERS, filters=OBJECTIVE_FILTERS
        ),
    },
    "Unit": {
        "objectives": Page(
            "Objective", on="{child}.unit_id = {row}.id", orders=OBJECTIVE_ORDERS, filters=OBJECTIVE_FILTERS
        ),
    },
}

ROOTS: Roots = {
    "objective": One("Objective", on="true", filters={"id": Filter("{child}.id = {value}", "uuid", prefix="obj")}),
    "objectives": Page("Objective", on="true", orders=OBJECTIVE_ORDERS, filters=OBJECTIVE_FILTERS),
    "approvals": _APPROVALS,
    "cycles": Page("Cycle", on="true", orders=NEWEST_CYCLE),
}
