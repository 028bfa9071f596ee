"""All links of a map are tested at once, each by the measures that the nearest scorecards have for its ends."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from random import Random
from uuid import UUID

import pytest

from domain.kernel.actor import Actor, Scope
from domain.kernel.errors import NotFound
from domain.kernel.ids import new_id
from domain.scorecards import service as scorecards
from domain.scorecards.terms import Figure, NewMeasure
from domain.transmission import service_hypotheses
from domain.transmission.hypotheses import Untold, Verdict
from domain.transmission.service_hypotheses import Hypotheses, Hypothesis
from tests.domain.objectives import company as companies
from tests.domain.objectives.company import Company
from tests.domain.objectives.test_round_trips import asked
from tests.domain.strategy import maps
from tests.domain.strategy.maps import Written

COUNT = 30
CARD = """
insert into scorecard (tenant_id, id, unit_id, cycle_id, audience, state, version, difficulty, policy_id, created_at,
  updated_at, published_at)
select current_tenant(), $1, $2, $3, 'GROUP', 'PUBLISHED', 1, 1, p.id, now(), now(), now() from scoring_policy p"""
POLICY = """
insert into scoring_policy (tenant_id, id, version, reason, content, valid_from, created_at)
values (current_tenant(), $1, 1, 'First.', '{}', '2026-01-01', now())"""
ITEM = """
with p as (
  insert into scorecard_perspective (tenant_id, id, scorecard_id, perspective_id, weight, position)
  select current_tenant(), $1, $2, (select id from perspective where code = 'PROCESS'), 1,
    1 + (select count(*) from scorecard_perspective where scorecard_id = $2)
  returning id)
insert into scorecard_item (tenant_id, id, scorecard_id, card_perspective_id, position, title, kind, timing, weight,
  rule, months, measure_id, strategic_objective_id, is_confidential)
select current_tenant(), $1, $2, p.id, 1 + (select count(*) from scorecard_item where scorecard_id = $2), 'One',
  'MEASURE', $3, $4, json_build_object('kind', $5::text)::jsonb, 'LATEST', $6, $7, false from p"""


@dataclass(slots=True)
class Ground:
    """Measures by their codes; a scorecard for each unit that has an item."""

    company: Company
    strategy: Written
    measures: dict[str, UUID]
    cards: dict[str, UUID]

    async def measure(self, code: str, values: Sequence[float]) -> None:
        office, unit_id = self.company.actor("Sofia"), self.company.organisation.units["GROUP"]
        self.measures[code] = await scorecards.define_measure(
            office, NewMeasure(code=code, name=f"Measure {code}", name_zh=None, unit_of_measure="%", unit_id=unit_id)
        )
        figures = [
            Figure(
                measure=code,
                period=date(2023 + at // 12, at % 12 + 1, 1),
                value=Decimal(str(value)),
                unit_of_measure="%",
            )
            for at, value in enumerate(values)
        ]
        await scorecards.record_actuals(office, figures, key=code)

    async def stand(
        self,
        code: str,
        *,
        measure: str,
        unit: str = "GROUP",
        timing: str = "LAG",
        weight: int = 1,
        rule: str = "LARGER_BETTER",
    ) -> None:
        """Have a measure stand for a strategic objective on a scorecard."""
        organisation = self.company.organisation
        if unit not in self.cards:
            self.cards[unit] = new_id()
            await organisation.rows(CARD, self.cards[unit], organisation.units[unit], self.company.cycle_id)
        objective_id = await self.strategy.objective(code)
        await organisation.rows(
            ITEM, new_id(), self.cards[unit], timing, weight, rule, self.measures[measure], objective_id
        )

    async def found(self, actor: Actor | None = None) -> Hypotheses:
        return await service_hypotheses.hypotheses_of(actor or self.company.actor("Oskar"), self.strategy.id)

    async def link(self, cause: str, effect: str) -> Hypothesis:
        links = (await self.found()).links
        return next(one for one in links if (one.cause.code, one.effect.code) == (cause, effect))


@pytest.fixture
async def ground(database: str) -> Ground:
    """The links are L1 → P1 and P1 → C1 after three months, and C1 → F1 after twelve; P1 follows L1, C1 is noise."""
    company = await companies.lay()
    await company.organisation.rows(POLICY, new_id())
    found = Ground(company, await maps.published(company.organisation), {}, {})
    random, at, values = Random(11), 50.0, list[float]()
    for _ in range(COUNT):
        at += random.gauss(0, 2)
        values.append(round(at, 3))
    late = [100 - values[max(month - 3, 0)] for month in range(COUNT)]
    await found.measure("LEARN", values)
    await found.measure("ERRORS", late)
    await found.measure("NOISE", [round(random.gauss(5, 1), 3) for _ in range(COUNT)])
    return found


async def test_a_link_is_told_by_the_measures_of_its_ends(ground: Ground) -> None:
    await ground.stand("L1", measure="LEARN", timing="LEAD")
    await ground.stand("P1", measure="ERRORS", rule="SMALLER_BETTER")
    await ground.stand("C1", measure="NOISE")

    found = await ground.link("L1", "P1")
    chance, silent = await ground.link("P1", "C1"), await ground.link("C1", "F1")

    assert (found.judged.verdict, found.judged.strongest_lag, found.judged.pairs) == (Verdict.SUPPORTED, 3, 26)
    assert found.cause.measure is not None
    assert found.effect.measure is not None
    assert (found.cause.measure.code, found.cause.measure.better) == ("LEARN", 1)
    assert (found.effect.measure.code, found.effect.measure.better) == ("ERRORS", -1)
    assert (chance.judged.verdict, chance.judged.why) == (Verdict.OPEN, Untold.INTERVAL_HOLDS_ZERO)
    assert (silent.judged.verdict, silent.judged.why) == (Verdict.OPEN, Untold.NO_MEASURE)


async def test_without_less_is_better_the_same_figures_contradict_the_link(ground: Ground) -> None:
    await ground.stand("L1", measure="LEARN", timing="LEAD")
    await ground.stand("P1", measure="ERRORS")

    assert (await ground.link("L1", "P1")).judged.verdict is Verdict.CONTRADICTED


async def test_the_nearest_card_and_then_the_fitting_timing_and_weight_choose_the_measure(ground: Ground) -> None:
    await ground.stand("P1", measure="ERRORS", unit="AIR", timing="LEAD", weight=9)
    await ground.stand("P1", measure="NOISE", weight=1)
    await ground.stand("P1", measure="LEARN", weight=2)

    cause, effect = (await ground.link("P1", "C1")).cause, (await ground.link("L1", "P1")).effect

    assert [one.measure.code for one in (cause, effect) if one.measure] == ["LEARN", "LEARN"]
    await ground.stand("P1", measure="ERRORS", timing="LEAD")
    cause = (await ground.link("P1", "C1")).cause
    assert cause.measure is not None
    assert cause.measure.code == "ERRORS"


async def test_one_measure_for_both_ends_tells_nothing(ground: Ground) -> None:
    await ground.stand("L1", measure="LEARN")
    await ground.stand("P1", measure="LEARN")

    assert (await ground.link("L1", "P1")).judged.why is Untold.SAME_MEASURE


async def test_a_draft_is_nobodys_measure(ground: Ground) -> None:
    await ground.stand("L1", measure="LEARN")
    await ground.company.organisation.rows(
        "update scorecard set state = 'DRAFT', published_at = null, policy_id = null"
    )

    assert (await ground.link("L1", "P1")).cause.measure is None


async def test_who_reads_strategies_reads_it_and_measures_are_named_to_who_reads_those(ground: Ground) -> None:
    company = ground.company
    reads = replace(company.partner, scopes=frozenset({Scope.STRATEGY_READ}))
    both = replace(company.partner, scopes=frozenset({Scope.STRATEGY_READ, Scope.MEASURES_READ}))

    assert not (await ground.found(reads)).names_measures
    assert (await ground.found(both)).names_measures
    for actor in (company.partner, company.stranger, (await companies.lay()).actor("Sofia")):
        with pytest.raises(NotFound):
            await ground.found(actor)


async def test_a_map_is_tested_by_three_statements_however_many_links_it_has(ground: Ground) -> None:
    await ground.stand("L1", measure="LEARN", timing="LEAD")
    async with asked() as few:
        await ground.found()
    for code, measure in (("P1", "ERRORS"), ("C1", "NOISE"), ("F1", "LEARN")):
        await ground.stand(code, measure=measure)

    async with asked() as many:
        await ground.found()

    assert few == many
    assert few.count("select") + few.count("with") == 4, "whether the map is seen, its links, measures and figures"
