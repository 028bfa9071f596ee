"""Use cases of keeping a scorecard: begin one, write it anew, publish it."""

from uuid import UUID

from asyncpg import UniqueViolationError

from domain.kernel import clock
from domain.kernel.actor import Actor
from domain.kernel.errors import InvalidInput, NotFound
from domain.kernel.ids import new_id
from domain.kernel.permits import Action
from domain.kernel.work import Work, begin
from domain.people import service as people
from domain.scorecards.cards import (
    events,
    mode_scoring,
    readings,
    rules,
    service_beginnings,
    service_checks,
    service_content,
    service_policies,
    service_rights,
)
from domain.scorecards.cards.errors import ScorecardExists, ScorecardNotOpen
from domain.scorecards.cards.model import Scorecard
from domain.scorecards.cards.terms import CardDraft, CardState, NewCard
from domain.scorecards.scoring import cards as engine


async def create(actor: Actor, new: NewCard, *, key: str) -> UUID:
    """Begin the card of a unit or a person for a cycle. ScorecardExists, NotFound, NotPermitted, InvalidInput.

    Without content, a person's card is filled with the key figures of their position, a unit's with the perspectives
    of its mode.
    """
    async with begin(actor, key=key, intent=("create_scorecard", repr(new))) as work:
        if work.replay is not None:
            return UUID(str(work.replay))
        unit_id = await _unit(work, new)
        await service_rights.require(work, Action.KEEP_SCORECARD, unit_id=unit_id, person_id=new.person_id)
        await _require_cycle(work, new.cycle_id)
        content = rules.with_ids(
            new.content or await service_beginnings.content(work, unit_id=unit_id, person_id=new.person_id)
        )
        rules.check_card(content, is_of_person=new.person_id is not None)
        card_id = new.id or new_id()
        await _insert(work, new, card_id, content=content, unit_id=unit_id)
        await _write(work, card_id, content)
        hearers = (new.person_id,) if new.person_id else ()
        work.record(events.ScorecardDrafted(subject_id=card_id, version=1, hearers=hearers))
        work.reply(str(card_id))
    return card_id


async def _unit(work: Work, new: NewCard) -> UUID:
    """The unit of the card: for a person, that of their main employment."""
    if (new.unit_id is None) == (new.person_id is None):
        raise InvalidInput("A scorecard is that of a unit or of a person.", field="unit")
    if new.person_id is None:
        found = await work.connection.fetchval(
            "select id from unit where tenant_id = $1 and id = $2", work.actor.tenant_id, new.unit_id
        )
        if found is None:
            raise NotFound("The unit")
        return found
    units = await people.units_of(work.connection, new.person_id, clock.today(work.actor.zone))
    if not units:
        raise NotFound("The person")
    return units[0]


async def _require_cycle(work: Work, cycle_id: UUID) -> None:
    """InvalidInput unless the cycle is open, and short enough; it stays open until commit."""
    row = await work.connection.fetchrow(
        "select starts_on, ends_on, closed_at from cycle where tenant_id = $1 and id = $2 for key share",
        work.actor.tenant_id,
        cycle_id,
    )
    if row is None or row["closed_at"] is not None:
        raise InvalidInput("There is no such open cycle.", field="cycle")
    if readings.length(row["starts_on"], row["ends_on"]) > readings.MONTHS_MAX:
        raise InvalidInput(f"A cycle with scorecards has at most {readings.MONTHS_MAX} months.", field="cycle")


async def _insert(work: Work, new: NewCard, card_id: UUID, *, content: CardDraft, unit_id: UUID) -> None:
    now = clock.now()
    try:
        await work.connection.execute(
            """insert into scorecard (tenant_id, id, unit_id, person_id, cycle_id, audience, state, version, difficulty,
                                      created_at, updated_at)
               values ($1, $2, $3, $4, $5, $6, 'DRAFT', 1, $7, $8, $8)""",
            work.actor.tenant_id,
            card_id,
            unit_id,
            new.person_id,
            new.cycle_id,
            content.audience,
            content.difficulty,
            now,
        )
    except UniqueViolationError as taken:
        if str(taken.constraint_name) == "scorecard_pkey":
            raise InvalidInput("This id is taken.", field="id", help="Send a new id.") from None
        raise ScorecardExists("There is a scorecard for this cycle already.") from None


async def _write(work: Work, card_id: UUID, content: CardDraft) -> None:
    await work.wait_for("scorecards")
    await service_content.write(work, card_id, content)
    await service_checks.refuse_strangers(work, card_id)
    await service_checks.refuse_circles(work, card_id)


async def write(actor: Actor, card_id: UUID, content: CardDraft, *, version: int, key: str) -> UUID:
    """Make this the whole content of the card. What is published must be publishable still; closed months stay."""
    intent = ("write_scorecard", card_id, repr(content), version)
    async with begin(actor, key=key, intent=intent) as work:
        if work.replay is not None:
            return card_id
        card = await service_rights.take(work, card_id, Action.KEEP_SCORECARD, version=version)
        _require_open(card)
        content = rules.with_ids(content)
        rules.check_card(content, is_of_person=card.person_id is not None)
        card.audience, card.difficulty = content.audience, content.difficulty
        await _write(work, card_id, content)
        if card.state == CardState.PUBLISHED:
            await _require_publishable(work, card, content)
            await _require_fitting(work, card, content)
        kind = events.ScorecardChanged if card.state == CardState.DRAFT else events.ScorecardPublished
        await _store(work, card, kind)
    return card_id


async def publish(actor: Actor, card_id: UUID, *, version: int, key: str) -> UUID:
    """Let the card count, under the policy that is in force today and the mode of its unit.

    OrphanKpi, CountedTwice, ScorecardNotPublishable.
    """
    async with begin(actor, key=key, intent=("publish_scorecard", card_id, version)) as work:
        if work.replay is not None:
            return card_id
        card = await service_rights.take(work, card_id, Action.KEEP_SCORECARD, version=version)
        _require_open(card)
        await work.wait_for("scorecards")
        content = await service_content.read(work, card)
        await _require_publishable(work, card, content)
        today = clock.today(actor.zone)
        card.policy_id = await service_policies.in_force(work, today)
        card.mode_scoring = await service_beginnings.scoring(work, card.unit_id, today)
        await _require_fitting(work, card, content)
        card.state, card.published_at, card.published_by_id = CardState.PUBLISHED, clock.now(), actor.person_id
        await _store(work, card, events.ScorecardPublished)
    return card_id


def _require_open(card: Scorecard) -> None:
    if card.state == CardState.CLOSED:
        raise ScorecardNotOpen("This scorecard is closed: what people were scored by does not change any more.")


async def _require_publishable(work: Work, card: Scorecard, content: CardDraft) -> None:
    rules.check_publishable(content, is_of_person=card.person_id is not None)
    await service_checks.refuse_counting_twice(work, card.id)


async def _require_fitting(work: Work, card: Scorecard, content: CardDraft) -> None:
    """InvalidInput where the card and the policy do not fit together, as a floor above the policy's cap."""
    assert card.policy_id is not None, "it counts by a policy"
    policy = await service_policies.get(work, card.policy_id)
    engine.check(rules.engine_card(content), mode_scoring.under(policy, mode_scoring.read(card.mode_scoring)))


async def _store(work: Work, card: Scorecard, kind: type[events.ScorecardEvent]) -> None:
    card.version += 1
    card.updated_at = clock.now()
    await card.save()
    hearers = (card.person_id,) if card.person_id else ()
    work.record(kind(subject_id=card.id, version=card.version, hearers=hearers))
    work.reply(True)
