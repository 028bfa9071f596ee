"""What of promises between units can be read: by who takes part, who manages or cares for them, and the office."""

from domain.kernel.actor import Role
from domain.kernel.permits import PERMITS, Action, Relation
from domain.kernel.views import Column, Extensions, Filter, Kind, Many, One, Order, Page, Reach, Roots, View
from domain.objectives.views import FACTS
from domain.transmission.interlocks import rules
from domain.transmission.interlocks.terms import PERMITTED_AS, InterlockAct

STEPS_MAX = 50
_IN_MY_LINE = (
    "exists (select from reporting_closure c where c.tenant_id = {{tenant}} and c.manager_id = {{me}} "
    "and c.report_id = {{row}}.{column} and c.valid_from <= {{today}} and {{today}} < c.valid_to)"
)
MANAGES_PROVIDER = _IN_MY_LINE.format(column="provider_id")
MANAGES_RECEIVER = _IN_MY_LINE.format(column="receiver_id")
_UNCONFIRMED = "{{row}}.{side}_id = {{me}} and {{row}}.{side}_confirmed_at is null"
RELATIONS_OF_INTERLOCK: dict[Relation, str] = {
    Relation.PROVIDER: "{row}.provider_id = {me}",
    Relation.RECEIVER: "{row}.receiver_id = {me}",
    Relation.ASKED: f"({_UNCONFIRMED.format(side='provider')} or {_UNCONFIRMED.format(side='receiver')})",
    Relation.PROPOSER: "({row}.proposed_by_id = {me} and {row}.status = 'PROPOSED')",
    Relation.MANAGER: f"({MANAGES_PROVIDER} or {MANAGES_RECEIVER})",
    Relation.STRATEGY_OFFICE: "'STRATEGY_OFFICE' = any({roles})",
}
"""How the actor stands to the interlock `{row}`. Who proposed it has no say once both confirmed it."""
_OF_MY_UNITS = (
    "({row}.provider_unit_id = any({units_as_hr_partner}) or {row}.receiver_unit_id = any({units_as_hr_partner}))"
)
_MINE = (
    "({row}.provider_id = {me} or {row}.receiver_id = {me} "
    "or {row}.proposed_by_id = {me} and ({row}.provider_confirmed_at is null or {row}.receiver_confirmed_at is null))"
)
"""Who proposed it for others sees it no more once both confirmed it, whatever becomes of it then."""
VISIBLE_INTERLOCK = (
    f"({_MINE} or {RELATIONS_OF_INTERLOCK[Relation.STRATEGY_OFFICE]} or {_OF_MY_UNITS} "
    f"or {RELATIONS_OF_INTERLOCK[Relation.MANAGER]})"
)
_OF_ALL = "select i.id from interlock i where i.tenant_id = {tenant} and "
_OF_MY_LINE = (
    "select i.id from reporting_closure c join interlock i on i.tenant_id = {{tenant}} and i.{column} = c.report_id "
    "where c.tenant_id = {{tenant}} and c.manager_id = {{me}} and c.valid_from <= {{today}} and {{today}} < c.valid_to"
)
REACH = Reach(
    ids=" union all ".join(
        (
            _OF_ALL + "i.provider_id = {me}",
            _OF_ALL + "i.receiver_id = {me}",
            _OF_ALL + "i.proposed_by_id = {me}",
            _OF_ALL + "i.provider_unit_id = any({units_as_hr_partner})",
            _OF_ALL + "i.receiver_unit_id = any({units_as_hr_partner})",
            _OF_MY_LINE.format(column="provider_id"),
            _OF_MY_LINE.format(column="receiver_id"),
        )
    ),
    widely=lambda actor: Role.STRATEGY_OFFICE in actor.roles,
)
"""The alternatives of `VISIBLE_INTERLOCK`, each by an index."""
OUTCOME = (
    "case when {row}.status in ('PROPOSED', 'DECLINED', 'WITHDRAWN') then null "
    "when {row}.status in ('DELIVERED', 'ACCEPTED') then case when {row}.delivered_on > {row}.due_on then 'BROKEN' "
    "when {row}.status = 'ACCEPTED' then 'KEPT' else 'OPEN' end "
    "when {row}.due_on < {today} then 'BROKEN' else 'OPEN' end"
)
"""As `rules.outcome` says; a test compares both."""


def standing(action: Action) -> str:
    """How the actor stands to `{row}` as far as the action depends on it: an SQL list of relations."""
    found = ", ".join(f"case when {RELATIONS_OF_INTERLOCK[one]} then '{one}' end" for one in sorted(PERMITS[action]))
    return f"array_remove(array[{found}], null)"


def _can(act: InterlockAct) -> str:
    """The act in a list, if it may follow now and the actor may do it."""
    states = ", ".join(f"'{status}'" for status in rules.BEFORE[act])
    who = " or ".join(RELATIONS_OF_INTERLOCK[one] for one in sorted(PERMITS[PERMITTED_AS[act]]))
    more = {InterlockAct.WITHDRAW: " and ({row}.status = 'PROPOSED' or {today} <= {row}.due_on)"}
    return f"case when {{row}}.status in ({states}) and ({who}){more.get(act, '')} then '{act}' end"


_WAITS_FOR_ME = (
    "(({child}.status = 'PROPOSED' and ({child}.provider_id = {me} and {child}.provider_confirmed_at is null "
    "or {child}.receiver_id = {me} and {child}.receiver_confirmed_at is null)) "
    "or {child}.status in ('CONFIRMED', 'REJECTED') and {child}.provider_id = {me} "
    "or {child}.status = 'DELIVERED' and {child}.receiver_id = {me})"
)
BY_DATE = {"DUE": Order((("{child}.due_on", "date"), ("{child}.id", "uuid")))}
_FILTERS = {
    "filter.status": Filter("{child}.status = any({value})", "text[]"),
    "filter.cycle": Filter("{child}.cycle_id = {value}", "uuid", prefix="cyc"),
    "filter.providerUnit": Filter("{child}.provider_unit_id = {value}", "uuid", prefix="unt"),
    "filter.receiverUnit": Filter("{child}.receiver_unit_id = {value}", "uuid", prefix="unt"),
    "filter.provider": Filter("{child}.provider_id = {value}", "uuid", prefix="per", leaves_few=True),
    "filter.receiver": Filter("{child}.receiver_id = {value}", "uuid", prefix="per", leaves_few=True),
    "filter.waitsForMe": Filter(f"{_WAITS_FOR_ME} = {{value}}", "boolean"),
}


def _person(column: str) -> One:
    return One("Person", on=f"{{child}}.id = {{row}}.{column}")


INTERLOCK = View(
    name="Interlock",
    prefix="ilk",
    source="interlock",
    visible=VISIBLE_INTERLOCK,
    facts=FACTS,
    reach=REACH,
    fields={
        "status": Column("{row}.status"),
        "outcome": Column(OUTCOME),
        "version": Column("{row}.version", Kind.INTEGER),
        "output": Column("{row}.output"),
        "outputZh": Column("{row}.output_zh"),
        "criteria": Column("{row}.criteria"),
        "criteriaZh": Column("{row}.criteria_zh"),
        "dueOn": Column("{row}.due_on", Kind.DATE),
        "weight": Column("{row}.weight", Kind.INTEGER),
        "across": Column("({row}.provider_unit_id <> {row}.receiver_unit_id)", Kind.BOOLEAN),
        "cycle": One("Cycle", on="{child}.id = {row}.cycle_id"),
        "provider": _person("provider_id"),
        "providerUnit": One("Unit", on="{child}.id = {row}.provider_unit_id"),
        "receiver": _person("receiver_id"),
        "receiverUnit": One("Unit", on="{child}.id = {row}.receiver_unit_id"),
        "objective": One("Objective", on="{child}.id = {row}.objective_id"),
        "proposedBy": _person("proposed_by_id"),
        "proposedAt": Column("{row}.proposed_at", Kind.INSTANT),
        "providerConfirmedAt": Column("{row}.provider_confirmed_at", Kind.INSTANT),
        "receiverConfirmedAt": Column("{row}.receiver_confirmed_at", Kind.INSTANT),
        "deliveredAt": Column("{row}.delivered_at", Kind.INSTANT),
        "deliveredOn": Column("{row}.delivered_on", Kind.DATE),
        "deliveries": Column("{row}.deliveries", Kind.INTEGER),
        "settledBy": _person("settled_by_id"),
        "settledAt": Column("{row}.settled_at", Kind.INSTANT),
        "reason": Column("{row}.reason"),
        "viewerCan": Column(f"array_remove(array[{', '.join(map(_can, InterlockAct))}], null)", Kind.LIST),
        "steps": Many(
            "InterlockStep",
            on="{child}.interlock_id = {row}.id",
            order="{child}.at, {child}.id",
            limit=STEPS_MAX,
            implied=True,
        ),
    },
)

INTERLOCK_STEP = View(
    name="InterlockStep",
    prefix="ils",
    source="interlock_step",
    visible="false",
    fields={
        "kind": Column("{row}.kind"),
        "status": Column("{row}.status"),
        "at": Column("{row}.at", Kind.INSTANT),
        "words": Column("{row}.words"),
        "by": _person("by_id"),
    },
)

VIEWS = (INTERLOCK, INTERLOCK_STEP)

EXTENSIONS: Extensions = {
    "Objective": {
        "interlocks": Page("Interlock", on="{child}.objective_id = {row}.id", orders=BY_DATE),
    },
    "InboxItem": {
        "interlock": One("Interlock", on="{row}.subject_type = 'interlock' and {child}.id = {row}.subject_id"),
    },
}

ROOTS: Roots = {
    "interlock": One("Interlock", on="true", filters={"id": Filter("{child}.id = {value}", "uuid", prefix="ilk")}),
    "interlocks": Page("Interlock", on="true", orders=BY_DATE, filters=_FILTERS),
}
