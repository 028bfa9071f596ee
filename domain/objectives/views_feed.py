"""The feed: the newest check-ins that an actor sees, of their line, below an objective, or all."""

from domain.kernel.views import Filter, Page, Roots, Strands
from domain.objectives.views import NEWEST_CHECK_IN, REACH, VISIBLE

# `offset 0` has a predicate looked up for each row: else PostgreSQL may first put the whole line into a hash table.
_LINE = Filter(
    "exists (select from reporting_closure c where c.tenant_id = {tenant} and c.manager_id = {me} "
    "and c.report_id = {child}.author_id and ({value} = 'ALL' or c.depth = 1) "
    "and c.valid_from <= {today} and {today} < c.valid_to offset 0)",
    "text",
    strands=Strands(
        column="author_id",
        # Who leads thousands has few who report to them: their own lines say so without the closure.
        keys="select l.person_id from reporting_line l where {value} = 'DIRECT' and l.tenant_id = {tenant} "
        "and l.manager_id = {me} and l.valid_from <= {today} and {today} < l.valid_to union all "
        "select c.report_id from reporting_closure c where {value} = 'ALL' and c.tenant_id = {tenant} "
        "and c.manager_id = {me} and c.valid_from <= {today} and {today} < c.valid_to",
    ),
)
_SERVING = Filter(
    "exists (select from objective p where p.tenant_id = {tenant} and p.id = {child}.objective_id "
    "and p.parent_id = {value} offset 0)",
    "uuid",
    prefix="obj",
    strands=Strands(
        column="objective_id",
        # Of thousands of children that the actor may not see, no check-in need be looked at.
        keys="select p.id from objective p where p.tenant_id = {tenant} and p.parent_id = {value} and "
        + VISIBLE.replace("{row}", "p"),
    ),
)

ROOTS: Roots = {
    "checkIns": Page(
        "CheckIn",
        on="true",
        orders=NEWEST_CHECK_IN,
        # Children of an objective are fewer than the people of a line: where both are asked for, they are the strands.
        filters={"filter.serving": _SERVING, "filter.line": _LINE},
        strands=Strands(column="objective_id", keys=REACH.ids, of="Objective"),
    ),
}
