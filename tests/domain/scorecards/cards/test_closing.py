"""A closed month stays as it is, and comes out of its inputs as the same bytes."""

from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest

from domain.kernel import database
from domain.kernel.errors import NotPermitted
from domain.kernel.ids import new_id
from domain.scorecards.cards import service, service_closing, service_policies
from domain.scorecards.cards.errors import PeriodNotClosable, ScorecardNotOpen
from domain.scorecards.scoring.policy import Policy
from domain.scorecards.scoring.terms import Missing
from tests.domain.scorecards.cards.ground import Ground, at, content
from tests.domain.scorecards.cards.test_following import below

APRIL, MAY = date(2026, 4, 1), date(2026, 5, 1)


async def close(ground: Ground, card: UUID, through: date, *, by: str = "Sofia") -> None:
    version = await ground.version(card)
    await service_closing.close(ground.company.actor(by), card, through, version=version, key=str(new_id()))


async def replayed(ground: Ground) -> list[tuple[UUID, date]]:
    return await service_closing.differing(ground.company.tenant_id)


async def test_a_closed_month_does_not_follow_its_figures_any_more(ground: Ground) -> None:
    card = await ground.published("AIR", ground.item("COSTS"))
    await ground.record("COSTS", 3, "500")
    await ground.hear()

    await close(ground, card, APRIL)
    await ground.record("COSTS", 4, "900")
    await ground.hear()

    assert (await ground.scores(card))[2:5] == ["50.00", "INSUFFICIENT_DATA", "90.00"]
    assert await replayed(ground) == []


async def test_closed_months_replay_under_the_policy_they_were_scored_by(ground: Ground) -> None:
    card = await ground.published("AIR", ground.item("ON_TIME"), ground.item("COSTS"))
    await close(ground, card, MAY)
    before = await ground.company.organisation.rows("select * from closed_score order by period")

    strict = Policy(version="?", missing=Missing.ZERO, minimum_covered=Decimal(0))
    with at(2026, 6, 11):
        office = ground.company.actor("Sofia")
        await service_policies.write(office, strict, reason="No more gaps.", key="policy")
        await ground.publish(card)
        await ground.hear()

    assert await ground.scores(card) == [*["INSUFFICIENT_DATA"] * 5, "40.00"]
    assert await ground.company.organisation.rows("select * from closed_score order by period") == before
    assert await replayed(ground) == []


async def test_a_changed_input_is_found(ground: Ground) -> None:
    card = await ground.published("AIR", ground.item("ON_TIME"))
    await close(ground, card, MAY)
    await _as_owner(ground, "update closed_score set inputs = replace(inputs, '74', '84') where period = '2026-03-01'")

    assert await replayed(ground) == [(card, date(2026, 3, 1))]


async def _as_owner(ground: Ground, sql: str) -> None:
    """The application may not change what is closed."""
    with database.tenant(ground.company.tenant_id):
        async with database.connection() as connection, connection.transaction():
            await connection.execute("set local role none")
            await connection.execute(f"{sql} and tenant_id = '{ground.company.tenant_id}'")


async def test_months_are_closed_when_they_are_over(ground: Ground) -> None:
    card = await ground.published("AIR", ground.item("ON_TIME"))

    with pytest.raises(PeriodNotClosable, match="2026-06 is not over yet"):
        await close(ground, card, date(2026, 6, 1))
    with pytest.raises(PeriodNotClosable, match="not one of the scorecard's cycle"):
        await close(ground, card, date(2026, 7, 1))


async def test_cards_below_are_closed_first(ground: Ground) -> None:
    ops = await ground.published("OPS", ground.item("DELAY"))
    air = await ground.published("AIR", below(ground, ops))

    with pytest.raises(PeriodNotClosable, match="Close these first: Operations"):
        await close(ground, air, MAY)
    await close(ground, ops, MAY)
    await close(ground, air, MAY)

    assert await replayed(ground) == []


async def test_with_the_last_month_the_card_is_closed(ground: Ground) -> None:
    card = await ground.published("AIR", ground.item("ON_TIME"))
    with at(2027, 2, 1):
        await close(ground, card, date(2026, 12, 1))

        version = await ground.version(card)
        written = content(ground.item("DELAY"))
        with pytest.raises(ScorecardNotOpen):
            await service.write(ground.company.actor("Sofia"), card, written, version=version, key="late")

    assert await ground.company.organisation.value("select state from scorecard") == "CLOSED"
    assert len(await ground.scores(card)) == 12
    assert await replayed(ground) == []


async def test_only_the_strategy_office_closes(ground: Ground) -> None:
    card = await ground.published("AIR", ground.item("ON_TIME"))

    with pytest.raises(NotPermitted):
        await close(ground, card, MAY, by="Bo")
    assert await ground.company.organisation.count("closed_score") == 0
