"""Rules are data: the office writes them, they hold from then on, and can be tried on the month before."""

from collections.abc import Generator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from domain.kernel import clock
from domain.kernel.errors import InvalidInput, KeyReused, NotPermitted
from domain.progress import award_checks, service_award_rules, service_rankings
from domain.progress.awarding import DEFAULTS, AwardRule, Condition
from tests.domain.objectives import company as companies
from tests.domain.objectives.company import Company
from tests.domain.progress.ground import SPRING, open_season
from tests.domain.progress.test_hearing import check_in, earned, hear

NOON = datetime(2026, 6, 10, 4, tzinfo=UTC)
RULE = AwardRule(
    code="CHECKED_IN", event="CheckedIn", name="Checked in", name_zh="更新", points=7, day_max=14, week_max=28
)


@pytest.fixture(autouse=True)
def noon() -> Generator[None]:
    with clock.frozen(NOON):
        yield


@pytest.fixture
async def company(database: str) -> Company:
    company = await companies.lay()
    await open_season(company.organisation, SPRING)
    await company.promised()
    return company


async def test_a_rule_holds_from_when_it_was_written_and_changes_nothing_before(company: Company) -> None:
    await check_in(company)
    clock.advance(timedelta(days=1))
    await service_award_rules.write(company.actor("Sofia"), RULE, key="a")
    await check_in(company, 72)
    await check_in(company, 73)
    await check_in(company, 74)

    await hear(company)

    assert [row[2] for row in await earned(company)] == [10, 7, 7]
    held = {one.code: one.points for one in await service_award_rules.rules(company.actor("Dina"))}
    assert held == {one.code: one.points for one in DEFAULTS} | {"CHECKED_IN": 7}


async def test_a_rule_is_written_once_for_its_key_and_then_as_a_further_revision(company: Company) -> None:
    office = company.actor("Sofia")
    for _ in range(2):
        await service_award_rules.write(office, RULE, key="a")
    with pytest.raises(KeyReused):
        await service_award_rules.write(office, replace(RULE, points=8), key="a")

    await service_award_rules.write(office, replace(RULE, points=0), key="b")

    rows = await company.organisation.rows("select revision, points from award_rule order by 1")
    assert [tuple(row) for row in rows] == [(1, 7), (2, 0)]
    assert len(await company.organisation.facts("AwardRuleWritten")) == 2
    await check_in(company)
    await hear(company)
    assert await earned(company) == []


async def test_only_the_office_writes_and_tries_rules(company: Company) -> None:
    with pytest.raises(NotPermitted):
        await service_award_rules.write(company.actor("Dina"), RULE, key="a")
    with pytest.raises(NotPermitted):
        await service_award_rules.try_out(company.actor("Dina"), RULE)

    assert await company.organisation.count("award_rule") == 0


async def test_a_trial_tells_what_the_month_before_would_have_given_and_stores_nothing(company: Company) -> None:
    for value in (71, 72, 73):
        await check_in(company, value)
    clock.advance(timedelta(days=1))
    await check_in(company, 74)
    with clock.frozen(datetime(2026, 7, 20, 4, tzinfo=UTC)):
        await check_in(company, 75)
        told = await service_award_rules.try_out(company.actor("Sofia"), RULE)

    assert (told.first_day, told.last_day) == (date(2026, 6, 1), date(2026, 6, 30))
    assert (told.facts, told.earning, told.limited) == (4, 3, 1)
    assert (told.people, told.points, told.median, told.most) == (1, 21, 21, 21)
    assert await company.organisation.count("award_rule") == 0
    assert await earned(company) == []


async def test_who_left_the_rankings_is_in_no_number_of_a_trial(company: Company) -> None:
    await check_in(company)
    await service_rankings.leave_rankings(company.actor("Dina"))
    with clock.frozen(datetime(2026, 7, 20, 4, tzinfo=UTC)):
        told = await service_award_rules.try_out(company.actor("Sofia"), RULE)

    assert (told.facts, told.earning, told.people, told.points) == (0, 0, 0, 0)


async def test_a_trial_of_a_quiet_month_tells_nothing(company: Company) -> None:
    told = await service_award_rules.try_out(company.actor("Sofia"), RULE)

    assert (told.facts, told.people, told.points, told.median, told.most) == (0, 0, 0, 0, 0)


@pytest.mark.parametrize(
    ("rule", "field"),
    [
        (replace(RULE, code="checked in"), "code"),
        (replace(RULE, event="ObjectiveApproved"), "event"),
        (replace(RULE, name=" "), "name"),
        (replace(RULE, name_zh=""), "nameZh"),
        (replace(RULE, points=-1), "points"),
        (replace(RULE, points=1001), "points"),
        (replace(RULE, day_max=6), "dayMax"),
        (replace(RULE, day_max=10_001), "dayMax"),
        (replace(RULE, week_max=13), "weekMax"),
        (replace(RULE, week_max=99), "weekMax"),
        (replace(RULE, object_days=8), "objectDays"),
        (replace(RULE, conditions=(Condition("score", "1"),)), "conditions"),
        (replace(RULE, conditions=(Condition("owner_id", "x" * 101),)), "conditions"),
        (replace(RULE, conditions=(Condition("owner_id", "x"),) * 6), "conditions"),
    ],
)
def test_a_rule_says_what_earns_how_much_within_limits(rule: AwardRule, field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        award_checks.check(rule)

    assert refused.value.field == field


@pytest.mark.parametrize("rule", DEFAULTS)
def test_what_holds_from_the_beginning_is_what_an_office_could_write(rule: AwardRule) -> None:
    award_checks.check(rule)
