"""How the actor stands to scorecards, and takes hold of one."""

from typing import TYPE_CHECKING, cast
from uuid import UUID

from domain.kernel import permits, views
from domain.kernel.actor import Actor, Role
from domain.kernel.permits import Action, Relation
from domain.kernel.work import Work
from domain.scorecards.cards.model import Scorecard
from domain.scorecards.cards.views import SCORECARD
from domain.scorecards.cards.views_rights import FACTS, standing

if TYPE_CHECKING:
    from domain.kernel.database import Connection


async def require(work: Work, action: Action, *, unit_id: UUID, person_id: UUID | None) -> None:
    """NotPermitted unless the actor stands to such a card as the action demands."""
    slots = views.Slots(FACTS, row="k")
    stands = standing(action).format_map(slots)
    at = len(slots.names)
    sql = f"select {stands} from (select ${at + 1}::uuid as unit_id, ${at + 2}::uuid as person_id) k"
    names = cast("list[str]", await work.connection.fetchval(sql, *slots.values_for(work.actor), unit_id, person_id))
    permits.require(action, map(Relation, names))


async def take(work: Work, card_id: UUID, action: Action, *, version: int | None = None) -> Scorecard:
    """The card, locked, if the actor may do this with it."""
    card = await work.lock(SCORECARD, Scorecard, card_id, version=version)
    await require(work, action, unit_id=card.unit_id, person_id=card.person_id)
    return card


def require_office(actor: Actor, action: Action) -> None:
    """NotPermitted for others than the strategy office."""
    is_office = Role.STRATEGY_OFFICE in actor.roles
    permits.require(action, [Relation.STRATEGY_OFFICE] if is_office else [])


async def hold(connection: "Connection", tenant_id: UUID) -> None:
    """Go on when nobody else scores in this tenant, until commit.

    A statement of its own: what comes after it sees what the one before has committed.
    """
    await connection.execute("select pg_advisory_xact_lock(hashtextextended($1, 0))", f"{tenant_id}:scores")
