"""Use cases of joint results: the owner says who contributed what, and somebody above agrees to it."""

from collections.abc import Sequence
from decimal import Decimal
from uuid import UUID

from domain.kernel import clock
from domain.kernel.actor import Actor
from domain.kernel.errors import InvalidInput, NotFound, StaleVersion
from domain.kernel.ids import new_id
from domain.kernel.permits import Action
from domain.kernel.work import Work, begin
from domain.objectives import service
from domain.objectives.model import Objective
from domain.objectives.roll_up import COUNTED
from domain.objectives.targets import errors, events, rules
from domain.objectives.targets.model import Contribution, ContributionStatement
from domain.objectives.targets.rules import Claim
from domain.objectives.targets.terms import ContributionMethod, ContributionState
from domain.objectives.targets.views import CONTRIBUTION_STATEMENT
from domain.objectives.views import OBJECTIVE
from domain.people import service_rows

_COLUMNS = {
    "id": "uuid",
    "statement_id": "uuid",
    "position": "integer",
    "person_id": "uuid",
    "unit_id": "uuid",
    "share": "numeric",
    "amount": "numeric",
    "evidence": "text",
}


async def propose(actor: Actor, objective_id: UUID, claim: Claim, *, version: int | None, key: str) -> UUID:
    """Say, or say anew, who contributed what; `version` is that of the statement, None for the first.

    The shares are computed here; what was agreed before is open again. The id of the statement.
    """
    found = rules.shares(claim)
    async with begin(actor, key=key, intent=("propose_contributions", objective_id, str(claim), version)) as work:
        if work.replay is not None:
            return UUID(str(work.replay))
        objective = await work.lock(OBJECTIVE, Objective, objective_id)
        await service.require(work, objective_id, Action.PROPOSE_CONTRIBUTIONS)
        if objective.state not in COUNTED:
            raise InvalidInput("Only a promised objective has contributions.", field="objective")
        await _require_named(work, claim)
        statement = await _statement(work, objective, claim, version=version)
        await _write_lines(work, statement, claim, found)
        fact = events.ContributionsProposed(
            subject_id=objective_id, statement_id=statement.id, version=statement.version, hearers=_hearers(claim)
        )
        work.record(fact)
        work.reply(str(statement.id))
    return statement.id


def _hearers(claim: Claim) -> tuple[UUID, ...]:
    return tuple(one.person_id for one in claim.lines if one.person_id is not None)


async def _require_named(work: Work, claim: Claim) -> None:
    named = [one.person_id or one.unit_id for one in claim.lines]
    found = await work.connection.fetchval(
        """select (select count(*) from person where tenant_id = $1 and id = any($2))
                + (select count(*) from unit where tenant_id = $1 and id = any($3))""",
        work.actor.tenant_id,
        [one.person_id for one in claim.lines if one.person_id],
        [one.unit_id for one in claim.lines if one.unit_id],
    )
    if found != len(named):
        raise NotFound("A person or a unit")


async def _statement(work: Work, objective: Objective, claim: Claim, *, version: int | None) -> ContributionStatement:
    """The statement of the objective, written as its next version."""
    last = await ContributionStatement.filter(objective_id=objective.id).first()
    if version != (None if last is None else last.version):
        raise StaleVersion(objective.id)
    row = last or ContributionStatement(
        id=new_id(), tenant_id=work.actor.tenant_id, objective_id=objective.id, version=0
    )
    content: dict[str, object] = {
        "method": claim.method,
        "state": ContributionState.PROPOSED,
        "version": row.version + 1,
        "driver": claim.driver if claim.method is ContributionMethod.DRIVER else None,
        "groups": _groups(claim),
        "proposed_by_id": objective.owner_id,
        "proposed_at": clock.now(),
        "agreed_by_id": None,
        "agreed_at": None,
    }
    row.update_from_dict(content)  # pyright: ignore[reportUnknownMemberType]
    await row.save(force_create=last is None)
    return row


def _groups(claim: Claim) -> list[dict[str, object]] | None:
    """What the shares were computed from, so that anybody can do it again."""
    if claim.method is not ContributionMethod.SHAPLEY:
        return None
    return [{"members": list(one.members), "worth": str(one.worth)} for one in claim.groups]


async def _write_lines(work: Work, statement: ContributionStatement, claim: Claim, shares: Sequence[Decimal]) -> None:
    await Contribution.filter(statement_id=statement.id).delete()
    rows = [
        (new_id(), statement.id, at, one.person_id, one.unit_id, share, one.amount, one.evidence.strip())
        for at, (one, share) in enumerate(zip(claim.lines, shares, strict=True), start=1)
    ]
    await service_rows.insert(work.connection, "contribution", work.actor.tenant_id, columns=_COLUMNS, rows=rows)


async def agree(actor: Actor, statement_id: UUID, *, version: int, key: str) -> UUID:
    """Agree to the shares as somebody else than who proposed them; they count from now on."""
    async with begin(actor, key=key, intent=("agree_contributions", statement_id, version)) as work:
        if work.replay is not None:
            return statement_id
        statement = await work.lock(CONTRIBUTION_STATEMENT, ContributionStatement, statement_id, version=version)
        await service.require(work, statement.objective_id, Action.AGREE_CONTRIBUTIONS)
        if statement.state == ContributionState.AGREED:
            raise errors.AlreadyAgreed
        person_id = service.person(actor)
        rules.require_another(person_id, [statement.proposed_by_id])
        statement.state, statement.version = ContributionState.AGREED, statement.version + 1
        statement.agreed_by_id, statement.agreed_at = person_id, clock.now()
        await statement.save()
        lines = await Contribution.filter(statement_id=statement_id)
        work.record(
            events.ContributionsAgreed(
                subject_id=statement.objective_id,
                statement_id=statement_id,
                version=statement.version,
                hearers=tuple(one.person_id for one in lines if one.person_id is not None),
            )
        )
        work.reply(True)
    return statement_id
