"""Months that are over and final, and what was corrected after it."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial
from uuid import UUID

from api.demo.cards import Cards
from api.demo.dates import MONTHS_GONE, Period, morning, shifted
from api.demo.settling import Settled
from api.demo.story import Step
from domain.kernel.actor import Actor
from domain.kernel.work import begin
from domain.scorecards import service_adjustments
from domain.scorecards.cards import service_closing
from domain.scorecards.service_adjustments import NewAdjustment

CLOSED = ("RET-ONL-1", "RET-ONL-2", "RET-ONL-3", "RET-ONL")
"""Cards below are closed before those in which they count."""
DAYS_AFTER = 12
"""How many days after its end a month is closed."""
CORRECTED = "ONL_ON_DAY"
STEP = Decimal("-1.4")
REASON = "The carrier counted parcels left with neighbours as delivered; its corrected report came last week."
ANSWER = "I have seen the report. Please let us show the note to the shops as well."


class Closing:
    """Tells how one department's months became final, and how a month of the cycle before was corrected."""

    def __init__(self, settled: Settled, cards: Cards, period: Period) -> None:
        self._settled = settled
        self._cards = cards
        self._period = period

    @property
    def _office(self) -> Actor:
        return self._settled.actor(self._settled.roster["GRP-STR.head"])

    def steps(self) -> Iterator[Step]:
        for at in range(MONTHS_GONE):
            month = shifted(self._period.starts_on, at)
            closed_at = morning(shifted(month, 1), days=DAYS_AFTER)
            for minute, unit in enumerate(CLOSED):
                yield Step(closed_at + timedelta(minutes=minute), partial(self._close, unit, month))
        yield Step(morning(self._period.starts_on, days=20), self._correct)

    async def close_persons(self, cards: Iterable[UUID], now: datetime) -> None:
        """Cards of persons count what they promised, which is carried up when the story is told: closed after that."""
        months = (shifted(self._period.starts_on, at) for at in range(MONTHS_GONE))
        over = [month for month in months if morning(shifted(month, 1), days=DAYS_AFTER) <= now]
        for card_id in cards:
            version = await self._cards.version(card_id)
            key = f"close {card_id} {over[-1]}"
            await service_closing.close(self._office, card_id, over[-1], version=version, key=key)

    async def _close(self, unit: str, month: date) -> None:
        card_id = self._cards.ids[unit]
        version = await self._cards.version(card_id)
        await service_closing.close(self._office, card_id, month, version=version, key=f"close {unit} {month}")

    async def _correct(self) -> None:
        """A month of a cycle that is closed: proposed by the office, approved by who owns the measure."""
        office, measure_id = self._office, self._cards.measures[CORRECTED]
        month = shifted(self._period.starts_on, -1)
        async with begin(office) as work:
            value = await work.connection.fetchval(
                "select value from current_actual where tenant_id = $1 and measure_id = $2 and period = $3",
                work.actor.tenant_id,
                measure_id,
                month,
            )
        new = NewAdjustment(
            measure_id=measure_id,
            period=month,
            value=value + STEP,
            unit_of_measure="%",
            revision=1,
            reason=REASON,
        )
        proposed_id = await service_adjustments.adjust(office, new, key="correct a closed month")
        owner = self._settled.actor(self._settled.roster["RET-ONL.head"])
        await service_adjustments.approve(owner, proposed_id, key="approve the correction", answer=ANSWER)
