"""What a thread is about: found as far as its author sees it, with the person whom it concerns and the unit."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from domain.feedback.terms import Anchor
from domain.kernel import clock
from domain.kernel.errors import NotFound
from domain.kernel.views import View
from domain.kernel.work import Work
from domain.objectives.views import CHECK_IN, OBJECTIVE
from domain.people.views import PERSON

_FOUND = {
    Anchor.OBJECTIVE: (
        "select id as objective_id, owner_id as about_id, unit_id from objective where tenant_id = $1 and id = $2"
    ),
    Anchor.CHECK_IN: """select o.id as objective_id, o.owner_id as about_id, o.unit_id
        from check_in c join objective o on o.tenant_id = c.tenant_id and o.id = c.objective_id
        where c.tenant_id = $1 and c.id = $2""",
    Anchor.MEASURE: """select null::uuid as objective_id, owner_id as about_id, unit_id
        from measure where tenant_id = $1 and id = $2""",
    Anchor.PERSON: """select null::uuid as objective_id, p.id as about_id,
          (select e.unit_id from employment e where e.tenant_id = $1 and e.person_id = p.id and e.is_primary
           and e.valid_from <= $3 and $3 < e.valid_to) as unit_id
        from person p where p.tenant_id = $1 and p.id = $2""",
}
_VIEWS: Mapping[Anchor, View] = {Anchor.OBJECTIVE: OBJECTIVE, Anchor.CHECK_IN: CHECK_IN, Anchor.PERSON: PERSON}
"""By whom the anchor is seen. Every person sees every measure, whose view belongs to a slice beside this one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchored:
    """What the thread keeps of its anchor."""

    objective_id: UUID | None
    about_id: UUID | None
    unit_id: UUID | None


async def find(work: Work, anchor: Anchor, anchor_id: UUID) -> Anchored:
    """NotFound for what the actor does not see."""
    if view := _VIEWS.get(anchor):
        await work.see(view, anchor_id)
    today = [clock.today(work.actor.zone)] if anchor is Anchor.PERSON else []
    row = await work.connection.fetchrow(_FOUND[anchor], work.actor.tenant_id, anchor_id, *today)
    if row is None:
        raise NotFound
    return Anchored(objective_id=row["objective_id"], about_id=row["about_id"], unit_id=row["unit_id"])
