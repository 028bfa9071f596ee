"""The result of a person together with that of their unit, in the schema."""

from decimal import Decimal
from typing import cast
from uuid import UUID

import orjson
import pytest

from domain.kernel import clock
from domain.kernel.ids import new_id, public
from domain.kernel.views import Json
from domain.objectives.terms import Audience
from domain.scorecards.cards import service_policies
from domain.scorecards.scoring.coupling import Couples, Coupling
from domain.scorecards.scoring.lines import LargerBetter
from domain.scorecards.scoring.policy import Policy
from tests.api.reading.desk import Desk
from tests.api.reading.test_scorecards import ask
from tests.domain.objectives.company import NOON
from tests.domain.scorecards.cards import ground as grounds
from tests.domain.scorecards.cards.ground import Ground

COUPLED = """query($id: ID!) { scorecard(id: $id) {
  score { value coupled { how organisation value payMultiple } } } }"""


async def cards(couples: Couples, audience: Audience) -> tuple[Ground, UUID, UUID]:
    """Dina's card stands at 80: 78 % on time. That of her unit at 20: 500 flights of 2,500."""
    ground = await grounds.lay()
    policy = Policy(version="", coupling=couples)
    await service_policies.write(ground.company.actor("Sofia"), policy, reason="How we couple.", key=str(new_id()))
    others = (ground.item("DELAY", weight=0), ground.item("COSTS", weight=0))
    card = await ground.publish(await ground.of_person("Dina", ground.item("ON_TIME"), *others))
    flights = LargerBetter(target=Decimal(2500))
    return ground, card, await ground.published("CREW", ground.item("FLIGHTS", rule=flights), audience=audience)


async def coupled(desk: Desk, ground: Ground, name: str, card: UUID) -> Json:
    answer = await ask(desk, ground.company.actor(name), COUPLED, id=public("scd", card))
    return cast("Json", orjson.loads(answer)["data"]["scorecard"]["score"]["coupled"])


@pytest.mark.parametrize(
    ("couples", "expected"),
    [
        (Couples(how=Coupling.MULTIPLICATIVE), {"organisation": "20", "value": "16", "payMultiple": "0"}),
        (Couples(how=Coupling.ADDITIVE), {"organisation": "20", "value": "50", "payMultiple": "0"}),
        (Couples(how=Coupling.POOL), {"organisation": "20", "value": "80", "payMultiple": "1"}),
    ],
)
async def test_a_persons_result_is_bounded_by_the_units(desk: Desk, couples: Couples, expected: dict[str, str]) -> None:
    with clock.frozen(NOON):
        ground, card, unit = await cards(couples, Audience.GROUP)

    for name in ("Dina", "Bo"):
        assert await coupled(desk, ground, name, card) == {"how": str(couples.how)} | expected
    assert await coupled(desk, ground, "Dina", unit) is None


async def test_the_score_of_a_unit_that_is_not_shared_is_not_told_by_a_persons(desk: Desk) -> None:
    with clock.frozen(NOON):
        ground, card, _ = await cards(Couples(how=Coupling.MULTIPLICATIVE), Audience.CHAIN)

    assert await coupled(desk, ground, "Dina", card) is None
    assert await coupled(desk, ground, "Bo", card) is not None
