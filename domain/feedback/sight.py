"""Who reads a thread and its messages, as SQL; and which of some persons read a row.

Whatever is shown anywhere is asked here: views, mentions, inboxes, hints.
"""

from collections.abc import Sequence
from uuid import UUID

from domain.feedback.terms import Visibility
from domain.kernel.actor import Actor
from domain.kernel.views import Slots, Value, View
from domain.objectives.views import VISIBLE as SEES_OBJECTIVE

_ALL = tuple(Visibility)


def takes_part(thread: str, message: str | None = None) -> str:
    """Whether the actor is a participant of the thread of this alias, and was when the message was posted."""
    since = f" and p.added_at <= {message}.posted_at" if message else ""
    return (
        "exists (select from feedback_participant p where p.tenant_id = {tenant} "
        f"and p.thread_id = {thread}.id and p.person_id = {{me}}{since})"
    )


def _sees_anchor(thread: str) -> str:
    """Every person sees measures and persons; who sees a check-in sees its objective."""
    return (
        f"({thread}.objective_id is null and {{me}} is not null or exists (select from objective o "
        f"where o.tenant_id = {{tenant}} and o.id = {thread}.objective_id and {SEES_OBJECTIVE.replace('{row}', 'o')}))"
    )


def _is_above(thread: str) -> str:
    return (
        "exists (select from reporting_closure c where c.tenant_id = {tenant} and c.manager_id = {me} "
        f"and c.report_id = {thread}.about_id and c.valid_from <= {{today}} and {{today}} < c.valid_to)"
    )


def _as_wide_as(visibility: Visibility, thread: str, message: str | None) -> str:
    """Whether it is of this class or a wider one: the thread, and the message if it has a class of its own."""
    wide = ", ".join(f"'{one}'" for one in _ALL[_ALL.index(visibility) :])
    found = f"{thread}.visibility in ({wide})"
    return (
        found if message is None else f"{found} and ({message}.visibility is null or {message}.visibility in ({wide}))"
    )


def _reads(thread: str, message: str | None) -> str:
    first = f"{thread}.opened_by_id = {{me}}" if message is None else f"{message}.author_id = {{me}}"
    return (
        f"{_sees_anchor(thread)} and ({first} "
        f"or {_as_wide_as(Visibility.PARTICIPANTS, thread, message)} and {takes_part(thread, message)} "
        f"or {_as_wide_as(Visibility.CHAIN, thread, message)} and {_is_above(thread)} "
        f"or {_as_wide_as(Visibility.UNIT, thread, message)} and {thread}.unit_id = any({{units_at_work}}) "
        f"or {_as_wide_as(Visibility.GROUP, thread, message)} and {{me}} is not null)"
    )


READS_THREAD = f"({_reads('{row}', None)})"


def reads_message(message: str) -> str:
    """Whether the actor reads the message of this alias."""
    return (
        f"exists (select from feedback_thread t where t.tenant_id = {{tenant}} and t.id = {message}.thread_id "
        f"and {_reads('t', message)})"
    )


_WITH_ROLES = """select q.id, array(select g.role from role_grant g where g.tenant_id = {tenant}
  and g.person_id = q.id and g.valid_from <= {today} and {today} < g.valid_to) as roles
from unnest([persons]::uuid[]) q (id)"""


def readers_among(view: View, row_id: UUID, persons: Sequence[UUID], actor: Actor) -> tuple[str, list[Value]]:
    """A statement that yields the ids of those of these persons who may see the row, and its parameters.

    The predicate is that of the view, asked of each person in the actor's place; only the day is the actor's.
    """
    slots = Slots(view.facts, row="r", me="asked.id", roles="asked.roles", scopes="'{}'::text[]", client="null::uuid")
    condition = view.visible.format_map(slots)
    people = _WITH_ROLES.format_map(slots)
    tenant, at = slots["tenant"], len(slots.names)
    found = f"select from {view.source} r where r.tenant_id = {tenant} and r.id = ${at + 2} and ({condition})"
    # No text of a view calls a table `asked`, which would hide the person.
    sql = f"select asked.id from ({people.replace('[persons]', f'${at + 1}')}) asked where exists ({found})"
    return sql, [*slots.values_for(actor), list(persons), row_id]
