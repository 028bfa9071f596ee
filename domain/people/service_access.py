"""Who may change what of the organisation, and one change of a tenant's structure at a time."""

from collections.abc import Iterable
from uuid import UUID

from domain.kernel import clock
from domain.kernel.actor import Role
from domain.kernel.permits import Relation
from domain.kernel.work import Work


async def lock_structure(work: Work) -> None:
    """Changes of units, employments and lines of a tenant wait for each other until commit; readers do not wait.

    Sets of one and of thousands run through the same statements, so each is planned for its own size.
    """
    await work.connection.execute(
        """select set_config('plan_cache_mode', 'force_custom_plan', true) from tenant
           where id = $1 for no key update""",
        work.actor.tenant_id,
    )


async def relations_to(work: Work, units: Iterable[UUID]) -> frozenset[Relation]:
    """How the actor stands to all of the units: administrator, or HR partner of each or of something above it."""
    relations: set[Relation] = set()
    if Role.ADMINISTRATOR in work.actor.roles:
        relations.add(Relation.ADMINISTRATOR)
    members = list(set(units))
    if members and await _is_partner_of_all(work, members):
        relations.add(Relation.HR_PARTNER)
    return frozenset(relations)


async def _is_partner_of_all(work: Work, units: list[UUID]) -> bool:
    return await work.connection.fetchval(
        """select bool_and(exists (
             select from role_grant g join unit_closure c
               on c.tenant_id = $1 and c.ancestor_id = g.unit_id and c.descendant_id = u.id and c.valid_to > $4
             where g.tenant_id = $1 and g.person_id = $2 and g.role = 'HR_PARTNER'
               and g.valid_from <= $4 and $4 < g.valid_to))
           from unnest($3::uuid[]) u (id)""",
        work.actor.tenant_id,
        work.actor.person_id,
        units,
        clock.today(work.actor.zone),
    )
