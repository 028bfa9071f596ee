"""What is said of an alignment is kept turn by turn, and told to the other side."""

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from domain.kernel import clock
from domain.kernel.ids import new_id
from domain.kernel.work import Work
from domain.objectives import service
from domain.objectives.cascading import events
from domain.objectives.cascading.terms import Act, AlignmentState
from domain.objectives.model import Alignment, AlignmentTurn


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """The words of a turn."""

    amount: Decimal | None = None
    reason: str | None = None
    resources: str | None = None


NOTHING = Said()


async def say(
    work: Work,
    alignment: Alignment,
    act: Act,
    fact: type[events.AlignmentEvent],
    said: Said = NOTHING,
    *,
    told_id: UUID | None = None,
) -> None:
    """Keep the turn and record the fact."""
    await AlignmentTurn.create(
        id=new_id(),
        tenant_id=work.actor.tenant_id,
        alignment_id=alignment.id,
        number=1 + await AlignmentTurn.filter(alignment_id=alignment.id).count(),
        act=act,
        by_id=service.person(work.actor),
        at=clock.now(),
        amount=said.amount,
        reason=said.reason,
        resources=said.resources,
    )
    record(work, alignment, fact, told_id=told_id)


def record(work: Work, alignment: Alignment, fact: type[events.AlignmentEvent], *, told_id: UUID | None = None) -> None:
    """Leave the fact in the journal for all who take part."""
    parties = (alignment.proposed_by_id, alignment.receiver_id, alignment.asked_id, told_id)
    work.record(
        fact(
            subject_id=alignment.id,
            version=alignment.version,
            child_id=alignment.child_id,
            asked_id=alignment.asked_id,
            told_id=told_id,
            hearers=tuple(dict.fromkeys(one for one in parties if one is not None)),
        )
    )


async def settle(alignment: Alignment, state: AlignmentState, *, by: UUID) -> None:
    """Store the end of a negotiation as the next version."""
    alignment.state = state
    alignment.asked_id = None  # pyright: ignore[reportAttributeAccessIssue] - Tortoise types it as never null
    alignment.decided_by_id, alignment.decided_at = by, clock.now()
    await save(alignment)


async def save(alignment: Alignment) -> None:
    """Store the alignment as its next version."""
    alignment.version += 1
    await alignment.save()


async def take_back(work: Work, alignment: Alignment, reason: str | None = None) -> None:
    """Withdraw it; of a slice that was never thrown nobody hears."""
    was_draft = alignment.state == AlignmentState.DRAFT
    told_id = alignment.receiver_id if alignment.receiver_id != work.actor.person_id else alignment.asked_id
    await settle(alignment, AlignmentState.WITHDRAWN, by=service.person(work.actor))
    if not was_draft:
        await say(work, alignment, Act.WITHDRAW, events.AlignmentWithdrawn, Said(reason=reason), told_id=told_id)
