"""Who leads a unit, as a fact for the views of higher slices: `{units_led}`.

Nobody is named as the head of a unit, it follows from the lines: a person leads a unit in which they work if somebody
there or below answers to them, and their own line manager does not work there.
"""

from domain.kernel.views import Fact, Facts

_ANSWERED_THERE = (
    "exists (select from reporting_line l "
    "join employment w on w.tenant_id = l.tenant_id and w.person_id = l.person_id "
    "join unit_closure b on b.tenant_id = l.tenant_id and b.ancestor_id = e.unit_id and b.descendant_id = w.unit_id "
    "where l.tenant_id = {tenant} and l.manager_id = {me} and l.kind = 'LINE' "
    "and l.valid_from <= {today} and {today} < l.valid_to and w.valid_from <= {today} and {today} < w.valid_to "
    "and b.valid_from <= {today} and {today} < b.valid_to)"
)
_ANSWERS_THERE = (
    "exists (select from reporting_line m "
    "join employment h on h.tenant_id = m.tenant_id and h.person_id = m.manager_id and h.unit_id = e.unit_id "
    "where m.tenant_id = {tenant} and m.person_id = {me} and m.kind = 'LINE' "
    "and m.valid_from <= {today} and {today} < m.valid_to and h.valid_from <= {today} and {today} < h.valid_to)"
)
FACTS: Facts = {
    "units_led": Fact(
        "array(select u.descendant_id from employment e "
        "join unit_closure u on u.tenant_id = e.tenant_id and u.ancestor_id = e.unit_id "
        "where e.tenant_id = {tenant} and e.person_id = {me} "
        "and e.valid_from <= {today} and {today} < e.valid_to and u.valid_from <= {today} and {today} < u.valid_to "
        f"and {_ANSWERED_THERE} and not {_ANSWERS_THERE})",
        "uuid[]",
    ),
}
"""The units that the actor leads, with all units below them."""
