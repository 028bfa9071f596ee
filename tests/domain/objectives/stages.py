"""One objective in every state, and every use case that may be tried on it."""

from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from decimal import Decimal
from uuid import UUID

from domain.kernel import database
from domain.kernel.actor import Actor
from domain.kernel.errors import DomainError
from domain.kernel.ids import new_id
from domain.kernel.permits import Action
from domain.objectives import service, service_approvals, service_check_ins
from domain.objectives.terms import Audience, ObjectiveState
from tests.domain.objectives.company import Company, goal, trial

PEOPLE = ("Dina", "Chen", "Bo", "Ada", "Delia", "Hugo", "Sofia", "Aron", "Emil", "Oskar", "Partner", "Stranger")
"""Owner, manager, manager's manager, top, who stands in, HR partner, strategy office, administrator, peer, outsider,
a client of partners, and somebody of another tenant."""
S = ObjectiveState


async def reach(company: Company, state: ObjectiveState, audience: Audience = Audience.CHAIN) -> UUID:
    """An objective of Dina's in this state; those that no use case leads to yet are written straight."""
    objective_id = await company.draft(goal(weight=1, audience=audience))
    if state is S.DRAFT:
        return objective_id
    await company.submit(objective_id)
    decisions = {S.DECLINED: decline, S.INFORMATION_REQUESTED: ask}
    if state in decisions:
        await decisions[state](company, company.actor("Chen"), objective_id)
    elif state is not S.SUBMITTED:
        await company.approve(objective_id)
    with database.tenant(company.tenant_id):
        async with database.connection() as connection:
            await connection.execute("update objective set state = $2 where id = $1", objective_id, state)
    return objective_id


async def edit(company: Company, actor: Actor, objective_id: UUID) -> object:
    version = await company.version(objective_id)
    return await service.edit(actor, objective_id, goal(weight=1), version=version, key=str(new_id()))


async def submit(company: Company, actor: Actor, objective_id: UUID) -> object:
    version = await company.version(objective_id)
    return await service_approvals.submit(actor, objective_id, version=version, key=str(new_id()))


async def withdraw(company: Company, actor: Actor, objective_id: UUID) -> object:
    version = await company.version(objective_id)
    return await service_approvals.withdraw(actor, objective_id, version=version, key=str(new_id()))


async def approve(company: Company, actor: Actor, objective_id: UUID) -> object:
    version = await company.version(objective_id)
    return await service_approvals.approve(actor, objective_id, version=version, key=str(new_id()))


async def decline(company: Company, actor: Actor, objective_id: UUID) -> object:
    version = await company.version(objective_id)
    return await service_approvals.decline(actor, objective_id, version=version, key=str(new_id()), reason="No")


async def ask(company: Company, actor: Actor, objective_id: UUID) -> object:
    version, key = await company.version(objective_id), str(new_id())
    return await service_approvals.request_information(actor, objective_id, version=version, key=key, reason="Why?")


async def check_in(company: Company, actor: Actor, objective_id: UUID) -> object:
    key_result, _ = await company.key_results(objective_id)
    return await service_check_ins.check_in(actor, key_result, Decimal(75), key=str(new_id()))


Attempt = Callable[[Company, Actor, UUID], Awaitable[object]]
ATTEMPTS: dict[Action, Attempt] = {
    Action.EDIT: edit,
    Action.SUBMIT: submit,
    Action.WITHDRAW: withdraw,
    Action.APPROVE: approve,
    Action.DECLINE: decline,
    Action.REQUEST_INFORMATION: ask,
    Action.CHECK_IN: check_in,
}


async def outcome(company: Company, name: str, action: Action, objective_id: UUID) -> str:
    """`done`, or the code of the refusal; what was done is undone."""
    actor, found = company.actor(name), "done"
    async with AsyncExitStack() as stack:
        if actor.tenant_id == company.tenant_id:
            await stack.enter_async_context(trial(company.tenant_id))
        try:
            await ATTEMPTS[action](company, actor, objective_id)
        except DomainError as refusal:
            found = refusal.code
    return found
