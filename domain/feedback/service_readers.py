"""Who reads a row of feedback, asked for many persons at once, and how an actor stands to one."""

from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from domain.feedback import sight
from domain.feedback.views import MESSAGE, RELATIONS_OF_MESSAGE, RELATIONS_OF_THREAD, THREAD, standing
from domain.feedback.views_reports import RELATIONS_OF_REPORT, REPORT
from domain.kernel import permits
from domain.kernel.actor import Actor
from domain.kernel.errors import NotPermitted
from domain.kernel.permits import Action, Relation
from domain.kernel.views import Slots, View
from domain.kernel.work import Work

if TYPE_CHECKING:
    from domain.kernel.database import Connection

_RELATIONS = {
    THREAD.name: RELATIONS_OF_THREAD,
    MESSAGE.name: RELATIONS_OF_MESSAGE,
    REPORT.name: RELATIONS_OF_REPORT,
}


def person_of(actor: Actor) -> UUID:
    """NotPermitted for a partner system: words are for persons."""
    if actor.person_id is None:
        raise NotPermitted("Only a person takes part in feedback.")
    return actor.person_id


async def among(
    connection: "Connection", view: View, row_id: UUID, persons: Sequence[UUID], *, actor: Actor
) -> frozenset[UUID]:
    """Those of these persons who see the row; of the actor, only the tenant and the day count."""
    sql, values = sight.readers_among(view, row_id, persons, actor)
    return frozenset(row["id"] for row in await connection.fetch(sql, *values))


async def require(work: Work, view: View, row_id: UUID, action: Action) -> None:
    """NotPermitted unless who reads the row may do this with it."""
    slots = Slots(view.facts, row="r")
    found = standing(action, _RELATIONS[view.name]).format_map(slots)
    tenant = slots["tenant"]
    relations = await work.connection.fetchval(
        f"select {found} from {view.source} r where r.tenant_id = {tenant} and r.id = ${len(slots.names) + 1}",
        *slots.values_for(work.actor),
        row_id,
    )
    permits.require(action, [Relation(one) for one in relations])
