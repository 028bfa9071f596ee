"""Who stands how to a scorecard, and who sees it: SQL predicates over the scorecard `{row}`."""

from domain.kernel.actor import Role
from domain.kernel.permits import PERMITS, Action, Relation
from domain.kernel.views import Fact, Facts, Reach
from domain.objectives import views as objectives
from domain.people import views_leading

READS_SCORECARDS = "scorecards:read"
FACTS: Facts = {
    "units_led": views_leading.FACTS["units_led"],
    "units_as_hr_partner": objectives.FACTS["units_as_hr_partner"],
    "units_in_line": Fact(
        "array(select c.descendant_id from employment e "
        "join unit_closure c on c.tenant_id = e.tenant_id and c.ancestor_id = e.unit_id "
        "where e.tenant_id = {tenant} and e.person_id = {me} and e.valid_from <= {today} and {today} < e.valid_to "
        "and c.valid_from <= {today} and {today} < c.valid_to union all "
        "select c.ancestor_id from employment e "
        "join unit_closure c on c.tenant_id = e.tenant_id and c.descendant_id = e.unit_id "
        "where e.tenant_id = {tenant} and e.person_id = {me} and e.valid_from <= {today} and {today} < e.valid_to "
        "and c.valid_from <= {today} and {today} < c.valid_to)",
        "uuid[]",
    ),
}
"""`units_in_line`: where the actor works, with all units below and above."""

_IN_MY_LINE = (
    "exists (select from reporting_closure l where l.tenant_id = {tenant} and l.manager_id = {me} "
    "and l.report_id = {row}.person_id and l.valid_from <= {today} and {today} < l.valid_to)"
)
_LEADS = "({row}.person_id is null and {row}.unit_id = any({units_led}) or " + _IN_MY_LINE + ")"
_NOT_MINE = "{row}.person_id is distinct from {me}"
RELATIONS: dict[Relation, str] = {
    Relation.MANAGER: f"({_NOT_MINE} and {_LEADS})",
    Relation.HR_PARTNER: f"({_NOT_MINE} and {{row}}.unit_id = any({{units_as_hr_partner}}))",
    Relation.STRATEGY_OFFICE: f"({_NOT_MINE} and '{Role.STRATEGY_OFFICE}' = any({{roles}}))",
}
"""How the actor stands to the card. Nobody keeps the card by which they are scored themselves."""

_OFFICE = f"'{Role.STRATEGY_OFFICE}' = any({{roles}})"
_KEEPS = f"({_OFFICE} or {_LEADS} or {{row}}.unit_id = any({{units_as_hr_partner}}))"
INSIDER = f"({{row}}.person_id = {{me}} or {_KEEPS})"
"""Who reads what is confidential: those who keep the card, and the person who is scored by it."""

VISIBLE = (
    f"({_OFFICE} or {_LEADS} and {_NOT_MINE} or {{row}}.unit_id = any({{units_as_hr_partner}}) and {_NOT_MINE} "
    "or {row}.state <> 'DRAFT' and ("
    f"'{READS_SCORECARDS}' = any({{scopes}}) or {{row}}.person_id = {{me}} or {{row}}.person_id is null and ("
    "{row}.audience = 'GROUP' and {me} is not null "
    "or {row}.audience = 'UNIT' and {row}.unit_id = any({units_in_line}))))"
)
"""A draft is theirs who keep it. A person's card concerns the person and those; a unit's card also its audience."""


def standing(action: Action) -> str:
    """How the actor stands to `{row}` as far as the action depends on it: an SQL list of relations."""
    found = ", ".join(f"case when {RELATIONS[one]} then '{one}' end" for one in sorted(PERMITS[action]))
    return f"array_remove(array[{found}], null)"


_OF_MY_LINE = (
    "select k.id from reporting_closure l join scorecard k on k.tenant_id = {tenant} and k.person_id = l.report_id "
    "where l.tenant_id = {tenant} and l.manager_id = {me} and l.valid_from <= {today} and {today} < l.valid_to"
)
_OF_ALL = "select k.id from scorecard k where k.tenant_id = {tenant} and "
REACH = Reach(
    ids=" union all ".join(
        (
            _OF_ALL + "k.person_id = {me}",
            _OF_ALL + "k.unit_id = any({units_led})",
            _OF_ALL + "k.unit_id = any({units_as_hr_partner})",
            _OF_ALL + "k.person_id is null and k.unit_id = any({units_in_line})",
            _OF_ALL + "k.person_id is null and k.audience = 'GROUP'",
            _OF_MY_LINE,
        )
    ),
    widely=lambda actor: Role.STRATEGY_OFFICE in actor.roles or READS_SCORECARDS in actor.scopes,
)
"""The alternatives of `VISIBLE`, each by an index."""


def of_card(column: str, condition: str = VISIBLE) -> str:
    """What holds of the card that a row of another table is of."""
    inner = condition.replace("{row}", "o")
    return f"exists (select from scorecard o where o.tenant_id = {{tenant}} and o.id = {{row}}.{column} and {inner})"
