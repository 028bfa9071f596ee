"""Use cases of what counts beside the weighted items: add points or a veto with its evidence, and withdraw it."""

from datetime import date
from uuid import UUID

from asyncpg import UniqueViolationError

from domain.kernel import clock
from domain.kernel.actor import Actor
from domain.kernel.errors import InvalidInput, NotFound, NotPermitted
from domain.kernel.ids import new_id
from domain.kernel.permits import Action
from domain.kernel.work import Work, begin
from domain.objectives.rules import TITLE_CHARACTERS_MAX, check_text
from domain.scorecards.cards import events, rules, service_policies, service_rights
from domain.scorecards.cards.errors import ScorecardNotOpen
from domain.scorecards.cards.model import Scorecard
from domain.scorecards.cards.terms import CardState, ExtraDraft


async def add(actor: Actor, card_id: UUID, extra: ExtraDraft, *, version: int, key: str) -> UUID:
    """Let points or a veto count from a month on; the card's id. A ceiling names a grade of the card's policy."""
    rules.check_extra(extra)
    intent = ("add_extra", card_id, repr(extra), version)
    async with begin(actor, key=key, intent=intent) as work:
        if work.replay is not None:
            return card_id
        card = await _take(work, card_id, extra.period, version=version)
        if extra.ceiling is not None:
            await _require_grade(work, card, extra.ceiling)
        extra_id = extra.id or new_id()
        await _insert(work, card, extra, extra_id)
        await _moved_on(card)
        work.record(
            events.ScorecardExtraAdded(
                subject_id=card_id,
                extra_id=extra_id,
                extra_kind=extra.kind,
                period=extra.period.isoformat(),
                hearers=(card.person_id,) if card.person_id else (),
            )
        )
        work.reply(True)
    return card_id


async def _take(work: Work, card_id: UUID, period: date, *, version: int) -> Scorecard:
    """The published card, if the month lies in its cycle and is open."""
    if work.actor.person_id is None:
        raise NotPermitted("Only a person answers for points beside the items.")
    card = await service_rights.take(work, card_id, Action.ADD_EXTRA, version=version)
    if card.state != CardState.PUBLISHED:
        raise ScorecardNotOpen("Points are added to a published scorecard.")
    if card.closed_through is not None and period <= card.closed_through:
        raise ScorecardNotOpen(f"{period:%Y-%m} is closed.")
    is_inside = await work.connection.fetchval(
        """select date_trunc('month', starts_on) <= $3 and $3 <= ends_on from cycle
           where tenant_id = $1 and id = $2""",
        work.actor.tenant_id,
        card.cycle_id,
        period,
    )
    if not is_inside:
        raise InvalidInput("The month does not lie in the scorecard's cycle.", field="period")
    return card


async def _require_grade(work: Work, card: Scorecard, ceiling: str) -> None:
    assert card.policy_id is not None, "it is published"
    grades = [grade.code for grade in (await service_policies.get(work, card.policy_id)).grades]
    if ceiling not in grades:
        raise InvalidInput(f"The grades are {', '.join(grades)}.", field="ceiling")


async def _insert(work: Work, card: Scorecard, extra: ExtraDraft, extra_id: UUID) -> None:
    there = await work.connection.fetchval(
        "select count(*) from scorecard_extra where tenant_id = $1 and scorecard_id = $2",
        work.actor.tenant_id,
        card.id,
    )
    if there >= rules.EXTRAS_MAX:
        raise InvalidInput(f"A scorecard has at most {rules.EXTRAS_MAX} of these.", field="scorecard")
    try:
        await work.connection.execute(
            """insert into scorecard_extra
                 (tenant_id, id, scorecard_id, kind, period, title, points, ceiling, evidence, by_id, at)
               values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)""",
            work.actor.tenant_id,
            extra_id,
            card.id,
            extra.kind,
            extra.period,
            extra.title.strip(),
            extra.points,
            extra.ceiling,
            extra.evidence.strip(),
            work.actor.person_id,
            clock.now(),
        )
    except UniqueViolationError:
        raise InvalidInput("This id is taken.", field="id", help="Send a new id.") from None


async def _moved_on(card: Scorecard) -> None:
    card.version += 1
    card.updated_at = clock.now()
    await card.save(update_fields=["version", "updated_at"])


async def withdraw(actor: Actor, extra_id: UUID, *, reason: str, version: int, key: str) -> UUID:
    """Let an extra count no more, as after an appeal; it stays in sight. The card's id."""
    check_text(reason, "reason", characters_max=TITLE_CHARACTERS_MAX)
    intent = ("withdraw_extra", extra_id, reason, version)
    async with begin(actor, key=key, intent=intent) as work:
        row = await work.connection.fetchrow(
            "select scorecard_id, period, withdrawn_at from scorecard_extra where tenant_id = $1 and id = $2",
            actor.tenant_id,
            extra_id,
        )
        if row is None:
            raise NotFound
        card_id: UUID = row["scorecard_id"]
        if work.replay is not None:
            return card_id
        card = await _take(work, card_id, row["period"], version=version)
        await work.connection.execute(
            """update scorecard_extra set withdrawn_at = $3, withdrawn_by_id = $4, withdrawn_reason = $5
               where tenant_id = $1 and id = $2 and withdrawn_at is null""",
            actor.tenant_id,
            extra_id,
            clock.now(),
            actor.person_id,
            reason.strip(),
        )
        await _moved_on(card)
        first = row["period"].isoformat()
        work.record(
            events.ScorecardExtraWithdrawn(
                subject_id=card_id,
                extra_id=extra_id,
                period=first,
                hearers=(card.person_id,) if card.person_id else (),
            )
        )
        work.reply(True)
    return card_id
