"""Who stands for a side of a promise, and for which unit."""

from collections.abc import Iterable
from uuid import UUID

from domain.kernel import clock
from domain.kernel.errors import InvalidInput
from domain.kernel.work import Work
from domain.people import service as people
from domain.transmission.interlocks.errors import NotTheirUnit
from domain.transmission.interlocks.model import Interlock
from domain.transmission.interlocks.terms import InterlockSide, Party


async def unit_of(work: Work, party: Party, field: str) -> UUID:
    """The unit for which the person stands. InvalidInput for who works nowhere today, NotTheirUnit."""
    today = clock.today(work.actor.zone)
    units = await people.units_of(work.connection, party.person_id, today)
    if not units:
        raise InvalidInput("This person does not work here today.", field=field)
    if party.unit_id is None or party.unit_id in units:
        return party.unit_id or units[0]
    is_below = await work.connection.fetchval(
        """select exists (select from unit_closure where tenant_id = $1 and descendant_id = $2 and ancestor_id = any($3)
             and valid_from <= $4 and $4 < valid_to)""",
        work.actor.tenant_id,
        party.unit_id,
        units,
        today,
    )
    if not is_below:
        raise NotTheirUnit
    return party.unit_id


async def manages_one(work: Work, persons: Iterable[UUID]) -> bool:
    """Whether the actor stands above one of them today."""
    return await work.connection.fetchval(
        """select exists (select from reporting_closure where tenant_id = $1 and manager_id = $2
             and report_id = any($3) and valid_from <= $4 and $4 < valid_to)""",
        work.actor.tenant_id,
        work.actor.person_id,
        list(persons),
        clock.today(work.actor.zone),
    )


def unconfirm(interlock: Interlock, sides: Iterable[InterlockSide] = tuple(InterlockSide)) -> None:
    """Forget that these sides confirmed it."""
    for side in sides:
        setattr(interlock, f"{side.lower()}_confirmed_by_id", None)
        setattr(interlock, f"{side.lower()}_confirmed_at", None)


def person_of(interlock: Interlock, side: InterlockSide) -> UUID:
    """Who stands for the side."""
    return interlock.provider_id if side is InterlockSide.PROVIDER else interlock.receiver_id


def put(interlock: Interlock, side: InterlockSide, *, person_id: UUID, unit_id: UUID) -> None:
    """Have somebody stand for the side."""
    if side is InterlockSide.PROVIDER:
        interlock.provider_id, interlock.provider_unit_id = person_id, unit_id
    else:
        interlock.receiver_id, interlock.receiver_unit_id = person_id, unit_id
