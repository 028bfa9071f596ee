"""Use case of closing: what a card was scored from is kept as bytes, and comes out the same when scored again."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from domain.kernel import clock, database
from domain.kernel.actor import Actor
from domain.kernel.permits import Action
from domain.kernel.work import Work, begin
from domain.scorecards.cards import assembly, events, rules, service_loading, service_rights, service_scores
from domain.scorecards.cards.errors import PeriodNotClosable, ScorecardNotOpen
from domain.scorecards.cards.model import Scorecard
from domain.scorecards.cards.service_touched import FIRST
from domain.scorecards.cards.terms import CardState
from domain.scorecards.scoring import replays


async def close(actor: Actor, card_id: UUID, through: date, *, version: int, key: str) -> UUID:
    """Make the scores of all months through this one final. Closing twice changes nothing more. PeriodNotClosable.

    Cards that count in this one are closed before it.
    """
    async with begin(actor, key=key, intent=("close_scores", card_id, through, version)) as work:
        if work.replay is not None:
            return card_id
        card = await service_rights.take(work, card_id, Action.CLOSE_SCORES, version=version)
        if card.state == CardState.DRAFT:
            raise ScorecardNotOpen("A draft has no scores to close.")
        await _refuse_open_below(work, card_id, through)
        await service_rights.hold(work.connection, actor.tenant_id)
        await service_scores.rescore(
            work.connection, actor.tenant_id, [card_id], {card_id: FIRST}, clock.today(actor.zone)
        )
        closed = await _freeze(work, card, through)
        if closed:
            await _store(work, card, through)
        work.reply(True)
    return card_id


async def _refuse_open_below(work: Work, card_id: UUID, through: date) -> None:
    names = await work.connection.fetch(
        """select i.title from scorecard_item i
           join scorecard b on b.tenant_id = i.tenant_id and b.id = i.of_scorecard_id
           where i.tenant_id = $1 and i.scorecard_id = $2 and b.state = 'PUBLISHED'
             and coalesce(b.closed_through < $3, true) order by i.position""",
        work.actor.tenant_id,
        card_id,
        through,
    )
    if names:
        raise PeriodNotClosable(f"Close these first: {', '.join(row['title'] for row in names)}.")


async def _freeze(work: Work, card: Scorecard, through: date) -> Sequence[date]:
    """Keep the inputs and the outcome of each month that is closed now."""
    today = clock.today(work.actor.zone)
    loaded = await service_loading.load(work.connection, work.actor.tenant_id, [card.id], today)
    if not loaded.subjects:
        return []
    [subject] = loaded.subjects
    kept = loaded.kept.get(card.id, {})
    months = rules.months_to_close(subject.months, card.closed_through, through, today)
    rows: list[tuple[date, bytes]] = []
    for month in months:
        found = assembly.card_of(subject, loaded.facts, kept, month=month, today=today)
        rows.append((month, replays.inputs_bytes(found, subject.policy)))
    await work.connection.execute(
        """insert into closed_score
             (tenant_id, scorecard_id, period, inputs, inputs_hash, outcome, closed_by_id, closed_at)
           select $1, $2, s.*, $7, $8 from unnest($3::date[], $4::text[], $5::text[], $6::text[]) s""",
        work.actor.tenant_id,
        card.id,
        [month for month, _ in rows],
        [inputs.decode() for _, inputs in rows],
        [replays.inputs_hash(inputs) for _, inputs in rows],
        [replays.score_bytes(replays.replayed(inputs)).decode() for _, inputs in rows],
        work.actor.person_id,
        clock.now(),
    )
    return months


async def _store(work: Work, card: Scorecard, through: date) -> None:
    last: date = await work.connection.fetchval(
        "select date_trunc('month', ends_on)::date from cycle where tenant_id = $1 and id = $2",
        work.actor.tenant_id,
        card.cycle_id,
    )
    card.closed_through = through
    if through == last:
        card.state = CardState.CLOSED
    card.version += 1
    card.updated_at = clock.now()
    await card.save()
    hearers = (card.person_id,) if card.person_id else ()
    work.record(events.ScorecardMonthsClosed(subject_id=card.id, through=through.isoformat(), hearers=hearers))


async def differing(tenant_id: UUID) -> list[tuple[UUID, date]]:
    """Closed months whose kept inputs do not hash to their hash, or do not come out as the same bytes any more."""
    found: list[tuple[UUID, date]] = []
    with database.tenant(tenant_id):
        async with database.connection() as connection, connection.transaction():
            async for row in connection.cursor(
                """select scorecard_id, period, inputs, inputs_hash, outcome from closed_score
                   where tenant_id = $1 order by scorecard_id, period""",
                tenant_id,
            ):
                inputs = str(row["inputs"]).encode()
                is_same = replays.inputs_hash(inputs) == row["inputs_hash"]
                if not is_same or replays.score_bytes(replays.replayed(inputs)).decode() != row["outcome"]:
                    found.append((row["scorecard_id"], row["period"]))
    return found
