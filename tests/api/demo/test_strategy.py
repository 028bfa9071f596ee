"""What the demo says of strategies and key figures, before anything is written."""

from datetime import UTC, date, datetime
from random import Random
from uuid import UUID

import pytest

from api.demo import dates, key_figures, settling, strategy
from api.demo.airline_cards import RULES, SERVED, TITLES, VIEWS
from api.demo.key_figures import KeyFigure
from api.demo.roster import Roster
from api.demo.settling import Settled
from api.demo.structure import places
from domain.kernel.actor import Actor
from domain.strategy import rules
from domain.strategy.terms import MapDraft

NOW = datetime(2026, 11, 20, 4, tzinfo=UTC)
PERSPECTIVES = [one.code for one in rules.PERSPECTIVES]
FILES = ("strategy.toml", "strategy_airline.toml")


@pytest.fixture(scope="module")
def settled() -> Settled:
    roster = Roster(dates.periods(NOW.date()))
    return Settled(Actor(tenant_id=UUID(int=1), zone=dates.ZONE), {}, roster)


def read(name: str, settled: Settled) -> MapDraft:
    return strategy.read(name, settled, date(2025, 8, 1))


def figures() -> list[KeyFigure]:
    known = (key_figures.of_cards(), key_figures.beside_cards())
    return [one for listed in known for told in listed.values() for one in told]


@pytest.mark.parametrize("name", FILES)
def test_both_strategies_can_be_published(name: str, settled: Settled) -> None:
    draft = read(name, settled)

    rules.check_map(draft, perspectives=PERSPECTIVES)
    rules.check_complete(draft, perspectives=PERSPECTIVES, with_intent=(), reason=None)


@pytest.mark.parametrize("name", FILES)
def test_a_strategy_is_told_in_both_languages(name: str, settled: Settled) -> None:
    draft = read(name, settled)

    told = [(draft.mission, draft.mission_zh), (draft.vision, draft.vision_zh)]
    told += [(one.name, one.name_zh) for one in draft.themes]
    told += [(one.title, one.title_zh) for one in (*draft.goals, *draft.objectives)]
    assert all(english and english.isascii() and chinese and not chinese.isascii() for english, chinese in told)


def test_the_weights_of_the_groups_themes_are_declared_percent(settled: Settled) -> None:
    draft = read("strategy.toml", settled)

    assert sum(theme.weight for theme in draft.themes) == 100
    assert len(draft.objectives) == 13
    assert {link.sign.name for link in draft.links} == {"POSITIVE", "NEGATIVE"}


def test_whatever_a_card_serves_is_a_strategic_objective(settled: Settled) -> None:
    group = {one.code for one in read("strategy.toml", settled).objectives}
    airline = {one.code for one in read("strategy_airline.toml", settled).objectives}

    assert {one.served for one in figures()} <= group
    assert {code for codes in strategy.SERVED.values() for code in codes} <= group
    assert set(SERVED.values()) <= airline
    assert RULES.keys() == TITLES.keys() == SERVED.keys() == VIEWS.keys()


def test_codes_are_told_once_and_in_both_languages() -> None:
    told = figures()

    assert len({one.code for one in told}) == len(told)
    assert all(one.title[0].isascii() and not one.title[1].isascii() for one in told)


@pytest.mark.parametrize("seed", range(5))
def test_shares_stay_shares_and_the_same_seed_draws_the_same_figures(seed: int) -> None:
    for one in figures():
        drawn = [[one.value(part / 15, Random(seed)) for part in range(1, 16)] for _ in range(2)]

        assert drawn[0] == drawn[1]
        assert min(drawn[0]) >= 0
        assert one.unit != "%" or one.target > 100 or max(drawn[0]) <= 100


def test_each_position_of_the_library_is_there_and_counts_three_to_seven_figures_that_are() -> None:
    known = {one.code for one in figures()}
    posts = {(unit, post.title) for unit, post in map(settling.position_of, Roster(dates.periods(NOW.date())).persons)}

    for position, weights in key_figures.library().items():
        assert position in posts
        assert 3 <= len(weights) <= 7
        assert weights.keys() <= known
        assert sum(weights.values()) == 100


def test_every_unit_has_key_figures_of_its_own() -> None:
    assert key_figures.of_cards().keys() == {place.code for place in places()}
