"""Cards are scored as the mode of their unit says, and come out on the one scale of the group."""

from datetime import date
from decimal import Decimal

from domain.kernel import clock
from domain.kernel.ids import new_id
from domain.modes import service as modes
from domain.modes.terms import Feature, Json
from domain.scorecards.cards import service_extras, service_scores_proof
from domain.scorecards.cards.terms import ExtraDraft, ExtraKind
from domain.scorecards.scoring.lines import LargerBetter
from tests.domain.scorecards.cards.ground import Ground
from tests.domain.scorecards.cards.test_following import below

WIDE: dict[str, Json] = {"rule": "STRETCH", "cap": "150", "floor": "0", "missing": "RENORMALISE", "covered": "0.7"}
EASY = LargerBetter(target=Decimal(60), baseline=Decimal(0))
"""78 % on time are 130 of 100."""
TINY = LargerBetter(target=Decimal(50), baseline=Decimal(0))
"""78 % on time are more than any scale."""


async def score_by(ground: Ground, unit: str, scoring: Json) -> None:
    """From today on the unit's mode says this of scoring."""
    office = ground.company.actor("Sofia")
    unit_id = ground.company.organisation.units[unit]
    change = modes.Change(unit_id=unit_id, valid_from=clock.today(office.zone), version=0)
    await modes.set_features(office, change, {Feature.SCORING: scoring}, key=str(new_id()))


async def test_units_on_different_scales_count_on_one_above_them(ground: Ground) -> None:
    on_time = ground.item("ON_TIME", rule=EASY)
    await score_by(ground, "OPS", WIDE)
    wide = await ground.published("OPS", on_time)
    usual = await ground.published("SIDE", ground.item("FLIGHTS", rule=LargerBetter(target=Decimal(400))))
    above = await ground.published("GROUP", below(ground, wide), below(ground, usual, "Side"))

    trace = await ground.company.organisation.value(
        "select trace->'carried' from score where scorecard_id = $1 order by period desc limit 1", wide
    )

    assert (await ground.scores(wide))[-1] == "112.00"
    assert (await ground.scores(usual))[-1] == "120.00"
    assert (await ground.scores(above))[-1] == "116.00"
    assert '"score": "130"' in str(trace)
    assert '"cap": "150"' in str(trace)


async def test_however_many_levels_are_on_a_scale_a_score_is_carried_once(ground: Ground) -> None:
    await score_by(ground, "AIR", WIDE)
    ops = await ground.published("OPS", ground.item("ON_TIME", rule=EASY))
    air = await ground.published("AIR", below(ground, ops))
    above = await ground.published("GROUP", below(ground, air, "Airline"))

    reading = await ground.company.organisation.value(
        "select i.reading from item_score i join scorecard_item t on t.id = i.item_id where t.scorecard_id = $1 "
        "order by i.period desc limit 1",
        air,
    )

    assert reading == Decimal(130)
    assert [(await ground.scores(card))[-1] for card in (ops, air, above)] == ["112.00"] * 3


async def test_a_card_below_that_rose_above_its_scale_is_read_at_its_end(ground: Ground) -> None:
    await score_by(ground, "AIR", WIDE)
    ops = await ground.published("OPS", ground.item("ON_TIME", rule=TINY))
    air = await ground.published("AIR", below(ground, ops))
    bonus = ExtraDraft(kind=ExtraKind.BONUS, period=date(2026, 5, 1), title="Rescue", evidence="Log", points=Decimal(9))
    version = await ground.version(ops)
    await service_extras.add(ground.company.actor("Sofia"), ops, bonus, version=version, key=str(new_id()))
    await ground.hear()

    assert (await ground.scores(ops))[-1] == "125.00"
    assert (await ground.scores(air))[-1] == "120.00"


async def test_a_card_keeps_the_mode_it_was_published_under(ground: Ground) -> None:
    card = await ground.published("OPS", ground.item("COSTS", rule=LargerBetter(target=Decimal(600))))

    await score_by(ground, "OPS", WIDE)
    await ground.record("COSTS", 5, "780")
    await ground.hear()
    before = (await ground.scores(card))[-1]
    await ground.publish(card)
    await ground.hear()

    assert before == "120.00"
    assert (await ground.scores(card))[-1] == "112.00"


async def test_the_mode_says_what_missing_figures_count(ground: Ground) -> None:
    await score_by(ground, "OPS", WIDE | {"missing": "ZERO"})
    strict = await ground.published("OPS", ground.item("ON_TIME"), ground.item("COSTS"))
    usual = await ground.published("SIDE", ground.item("ON_TIME"), ground.item("COSTS", weight=0))

    assert (await ground.scores(strict))[-1] == "40.00"
    assert (await ground.scores(usual))[-1] == "80.00"


async def test_a_card_on_a_scale_of_its_own_is_no_drift(ground: Ground) -> None:
    await score_by(ground, "OPS", WIDE)
    await ground.published("OPS", ground.item("ON_TIME", rule=EASY), ground.item("DELAY"))

    proof = await service_scores_proof.prove(ground.company.organisation.tenant_id)

    assert proof.drifted == 0
