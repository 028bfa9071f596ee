"""What the mode of the unit and the position of the person say of a card: with what it begins, how it is scored."""

from datetime import date
from typing import cast
from uuid import UUID

from domain.kernel import clock
from domain.kernel.work import Work
from domain.modes import service_effective, values
from domain.modes.terms import Feature
from domain.scorecards.cards import mode_scoring, service_position_kpis
from domain.scorecards.cards.terms import CardDraft, PerspectiveDraft
from domain.scorecards.scoring import codec


async def content(work: Work, *, unit_id: UUID, person_id: UUID | None) -> CardDraft:
    """The key figures of the person's position, or the perspectives with the weights that the unit's mode gives."""
    today = clock.today(work.actor.zone)
    if person_id is not None:
        return await service_position_kpis.inherited(work, person_id)
    return CardDraft(perspectives=await _of_mode(work, unit_id, today))


async def scoring(work: Work, unit_id: UUID, today: date) -> dict[str, object] | None:
    """What the unit's mode says of scoring, as it is kept with a card."""
    modes = await service_effective.effective(work.connection, work.actor.tenant_id, [unit_id], today)
    own = mode_scoring.of_mode(modes[unit_id]) if unit_id in modes else None
    return None if own is None else cast("dict[str, object]", codec.plain(own))


async def _of_mode(work: Work, unit_id: UUID, today: date) -> tuple[PerspectiveDraft, ...]:
    modes = await service_effective.effective(work.connection, work.actor.tenant_id, [unit_id], today)
    if unit_id not in modes:
        return ()
    weights = values.weights(modes[unit_id], Feature.PERSPECTIVES)
    rows = await work.connection.fetch(
        "select code from perspective where tenant_id = $1 and code = any($2) order by position, code",
        work.actor.tenant_id,
        list(weights),
    )
    return tuple(PerspectiveDraft(perspective=row["code"], weight=weights[row["code"]]) for row in rows)
