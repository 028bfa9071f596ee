"""To whom a target may be thrown: people of the thrower's line, for units in which they work."""

from collections.abc import Sequence
from uuid import UUID

from domain.kernel import clock
from domain.kernel.actor import Role
from domain.kernel.errors import InvalidInput
from domain.kernel.work import Work
from domain.objectives.cascading.terms import Receiver


async def check(work: Work, receivers: Sequence[Receiver]) -> None:
    """InvalidInput for who is named twice, does not stand below the thrower, or does not work in the unit named.

    The strategy office may throw to everybody.
    """
    named = [(one.person_id, one.unit_id) for one in receivers]
    for at, one in enumerate(named):
        if one in named[:at]:
            raise InvalidInput("This receiver is named twice.", field=f"receivers.{at}.person")
    found = await _known(work, named)
    for at, one in enumerate(named):
        is_below, is_at_work = found.get(one, (False, False))
        if not is_below:
            message = "A target is thrown to people who answer to you, themselves or through others."
            raise InvalidInput(message, field=f"receivers.{at}.person")
        if not is_at_work:
            raise InvalidInput("This person does not work in the unit.", field=f"receivers.{at}.unit")


async def _known(
    work: Work, named: Sequence[tuple[UUID, UUID | None]]
) -> dict[tuple[UUID, UUID | None], tuple[bool, bool]]:
    rows = await work.connection.fetch(
        """select n.person_id, n.unit_id,
             $5 and exists (select from person p where p.tenant_id = $1 and p.id = n.person_id)
             or exists (select from reporting_closure c where c.tenant_id = $1 and c.manager_id = $6
               and c.report_id = n.person_id and c.valid_from <= $4 and $4 < c.valid_to) as is_below,
             exists (select from employment e where e.tenant_id = $1 and e.person_id = n.person_id
               and e.unit_id = coalesce(n.unit_id, e.unit_id) and e.valid_from <= $4 and $4 < e.valid_to) as is_at_work
           from unnest($2::uuid[], $3::uuid[]) n (person_id, unit_id)""",
        work.actor.tenant_id,
        [person_id for person_id, _ in named],
        [unit_id for _, unit_id in named],
        clock.today(work.actor.zone),
        Role.STRATEGY_OFFICE in work.actor.roles,
        work.actor.person_id,
    )
    return {(row["person_id"], row["unit_id"]): (row["is_below"], row["is_at_work"]) for row in rows}
