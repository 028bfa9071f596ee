"""A person's own progress and the rules of earning, through the API."""

from collections.abc import AsyncGenerator, Generator
from datetime import timedelta
from typing import cast

import pytest

from domain.kernel import clock
from domain.kernel.ids import new_id
from domain.kernel.work import begin
from domain.progress import service_ledger
from domain.progress.ledger import ISSUE, Currency, NewEntry, person
from tests.api.reading import desk as desks
from tests.api.reading.acting_progress import RULE
from tests.api.reading.desk import Desk
from tests.api.reading.world import World
from tests.conftest import Cluster
from tests.domain.apart import apart, connected
from tests.domain.objectives import company as companies
from tests.domain.objectives.company import NOON
from tests.domain.progress.ground import SPRING, open_season
from tests.domain.progress.test_hearing import check_in, hear

MINE = "{ myProgress { experience coins giving } }"
STANDING = """{ myProgress { level { number points beginsAt nextAt missing }
  badges { code name nameZh criterion criterionZh have needed earnedOn }
  streak { weeks best freezes nextFreezeIn shown { monday state } } } }"""
TELL = """mutation($input: TellTimeOffInput!) { tellTimeOff(input: $input) { __typename
  ... on TimeOff { id startsOn endsOn } ... on InvalidInput { field } } }"""
FORGET = "mutation($input: ForgetTimeOffInput!) { forgetTimeOff(input: $input) { __typename } }"
KEEP = "mutation($input: KeepWorkCalendarInput!) { keepWorkCalendar(input: $input) { __typename } }"
CALENDAR = "{ workCalendar(year: 2026) { on works name nameZh } }"
OFF = "{ myTimeOff { id startsOn endsOn } }"
LEDGER = """query($first: Int!, $after: ID) { ledger(first: $first, after: $after) { hasMore
  items { id amount currency reason name nameZh takesBack } } }"""
RULES = "{ awardRules { code points revision holdsFrom conditions { field value } } }"
TRIAL = "query($rule: AwardRuleInput!) { awardTrial(rule: $rule) { firstDay facts earning people points most } }"
WRITE = """mutation($input: WriteAwardRuleInput!) { writeAwardRule(input: $input) { __typename
  ... on AwardRule { code points revision nameZh } ... on InvalidInput { field } } }"""
Answer = dict[str, object]


@pytest.fixture(scope="module")
async def connection(cluster: Cluster, template: str) -> AsyncGenerator[str]:
    with apart(cluster, template) as url:
        async with connected(url) as found:
            yield found


@pytest.fixture(autouse=True)
def noon() -> Generator[None]:
    with clock.frozen(NOON):
        yield


@pytest.fixture
async def desk(connection: str) -> Desk:
    company = await companies.lay()
    await open_season(company.organisation, SPRING)
    return desks.place(World(company, objectives={"session": new_id()}))


async def ask(desk: Desk, who: str, text: str, **variables: object) -> Answer:
    result = await desk.execute(who, text, **variables)
    assert result.errors is None
    return cast("Answer", result.data)


async def coins(desk: Desk, who: str, *amounts: int) -> None:
    async with begin(desk.world.company.organisation.operator) as work:
        given = [
            NewEntry(
                currency=Currency.COIN,
                source=ISSUE,
                target=person(desk.world.company[who]),
                amount=amount,
                reason="TRIED",
                key=f"{who} {amount}",
            )
            for amount in amounts
        ]
        await service_ledger.post(work, given)


async def test_who_checked_in_reads_what_that_earned_and_why_and_nobody_else_does(desk: Desk) -> None:
    company = desk.world.company
    await company.promised()
    await check_in(company)
    await hear(company)

    assert await ask(desk, "Dina", MINE) == {"myProgress": {"experience": 10, "coins": 0, "giving": 0}}
    page = cast("Answer", (await ask(desk, "Dina", LEDGER, first=5))["ledger"])
    [entry] = cast("list[Answer]", page["items"])
    assert (page["hasMore"], entry["amount"], entry["currency"], entry["reason"]) == (
        False,
        10,
        "EXPERIENCE",
        "CHECKED_IN",
    )
    assert (entry["name"], entry["takesBack"]) == ("You checked in on a goal of your own", None)
    assert await ask(desk, "Chen", MINE) == {"myProgress": {"experience": 0, "coins": 0, "giving": 0}}
    assert await ask(desk, "Chen", LEDGER, first=5) == {"ledger": {"hasMore": False, "items": []}}


async def test_the_ledger_is_read_page_by_page(desk: Desk) -> None:
    await coins(desk, "Dina", 1, 2, 3)

    first = cast("Answer", (await ask(desk, "Dina", LEDGER, first=2))["ledger"])
    items = cast("list[Answer]", first["items"])
    rest = cast("Answer", (await ask(desk, "Dina", LEDGER, first=2, after=items[-1]["id"]))["ledger"])

    assert (first["hasMore"], rest["hasMore"]) == (True, False)
    assert {cast("int", one["amount"]) for one in (*items, *cast("list[Answer]", rest["items"]))} == {1, 2, 3}


@pytest.mark.parametrize("variables", [{"first": 0}, {"first": 101}, {"first": 1, "after": "led_x"}])
async def test_a_page_that_is_none_is_refused(desk: Desk, variables: Answer) -> None:
    result = await desk.execute("Dina", LEDGER, **variables)

    assert result.errors is not None
    assert [one.extensions for one in result.errors] == [{"code": "BAD_USER_INPUT"}]


async def test_a_partner_client_has_no_progress(desk: Desk) -> None:
    assert await ask(desk, "Partner", MINE) == {"myProgress": None}
    assert await ask(desk, "Partner", LEDGER, first=1) == {"ledger": None}
    assert await ask(desk, "Partner", RULES) == {"awardRules": []}


async def test_everybody_reads_the_rules_and_the_office_writes_them(desk: Desk) -> None:
    given = {"rule": RULE, "idempotencyKey": "once"}

    written = await ask(desk, "Sofia", WRITE, input=given)
    refused = await ask(desk, "Dina", WRITE, input={**given, "idempotencyKey": "other"})
    wrong = await ask(desk, "Sofia", WRITE, input={"rule": {**RULE, "dayMax": 1}, "idempotencyKey": "wrong"})

    assert written["writeAwardRule"] == {
        "__typename": "AwardRule",
        "code": "CHECKED_IN",
        "points": 7,
        "revision": 1,
        "nameZh": "更新",
    }
    assert refused["writeAwardRule"] == {"__typename": "NotPermitted"}
    assert wrong["writeAwardRule"] == {"__typename": "InvalidInput", "field": "dayMax"}
    rules = cast("list[Answer]", (await ask(desk, "Dina", RULES))["awardRules"])
    assert [(one["code"], one["points"]) for one in rules] == [
        ("CHECKED_IN", 7),
        ("PROMISE_KEPT", 30),
        ("SAID_BACK", 20),
        ("STRATEGY_RECALLED", 15),
    ]
    assert rules[0]["conditions"] == [{"field": "owner_id", "value": "somebody"}]


async def test_a_rule_is_tried_by_the_office_alone(desk: Desk) -> None:
    tried = await ask(desk, "Sofia", TRIAL, rule=RULE)
    refused = await desk.execute("Dina", TRIAL, rule=RULE)

    assert cast("Answer", tried["awardTrial"])["points"] == 0
    assert refused.errors is not None
    assert [one.extensions for one in refused.errors] == [{"code": "BAD_USER_INPUT"}]


async def standing(desk: Desk, who: str) -> Answer:
    return cast("Answer", (await ask(desk, who, STANDING))["myProgress"])


async def test_level_badges_and_streak_follow_from_what_one_did(desk: Desk) -> None:
    company = desk.world.company
    await company.promised()
    await check_in(company)
    clock.advance(timedelta(weeks=2))
    await check_in(company, 72)
    await hear(company)

    mine = await standing(desk, "Dina")

    assert mine["level"] == {"number": 1, "points": 20, "beginsAt": 0, "nextAt": 25, "missing": 5}
    first = cast("list[Answer]", mine["badges"])[0]
    assert (first["code"], first["have"], first["needed"], first["earnedOn"]) == (
        "FIRST_CHECK_IN",
        1,
        1,
        NOON.date().isoformat(),
    )
    streak = cast("Answer", mine["streak"])
    assert (streak["weeks"], streak["best"], streak["freezes"], streak["nextFreezeIn"]) == (2, 2, 0, 2)
    assert [one["state"] for one in cast("list[Answer]", streak["shown"])] == ["COUNTED", "FROZEN", "COUNTED"]
    others = await standing(desk, "Chen")
    assert cast("Answer", others["streak"])["weeks"] == 0
    assert cast("Answer", others["level"])["points"] == 0


async def test_days_off_that_one_told_spare_the_freeze_and_nobody_else_reads_them(desk: Desk) -> None:
    company = desk.world.company
    await company.promised()
    await check_in(company)
    monday = (NOON + timedelta(weeks=1)).date() - timedelta(days=NOON.weekday())
    given = {"startsOn": str(monday), "endsOn": str(monday + timedelta(days=4)), "idempotencyKey": "off"}
    told = cast("Answer", (await ask(desk, "Dina", TELL, input=given))["tellTimeOff"])
    again = cast("Answer", (await ask(desk, "Dina", TELL, input=given))["tellTimeOff"])
    clock.advance(timedelta(weeks=2))
    await check_in(company, 72)
    await hear(company)

    streak = cast("Answer", (await standing(desk, "Dina"))["streak"])

    assert (streak["weeks"], streak["freezes"]) == (2, 1)
    assert told == again
    assert (await ask(desk, "Dina", OFF))["myTimeOff"] == [
        {"id": told["id"], "startsOn": given["startsOn"], "endsOn": given["endsOn"]}
    ]
    assert await ask(desk, "Chen", OFF) == {"myTimeOff": []}
    away = {"id": told["id"], "idempotencyKey": "forget"}
    assert await ask(desk, "Chen", FORGET, input=away) == {"forgetTimeOff": {"__typename": "NotFound"}}
    assert await ask(desk, "Dina", FORGET, input=away) == {"forgetTimeOff": {"__typename": "TimeOffForgotten"}}
    assert cast("Answer", (await standing(desk, "Dina"))["streak"])["freezes"] == 0


@pytest.mark.parametrize(
    ("first", "last"), [("2026-06-02", "2026-06-01"), ("2026-06-01", "2027-06-02"), ("0001-01-01", "0001-01-01")]
)
async def test_days_off_begin_before_they_end_and_within_a_year(desk: Desk, first: str, last: str) -> None:
    told = await ask(desk, "Dina", TELL, input={"startsOn": first, "endsOn": last, "idempotencyKey": "off"})

    assert told["tellTimeOff"] == {"__typename": "InvalidInput", "field": "endsOn"}
    assert await ask(desk, "Dina", OFF) == {"myTimeOff": []}


async def test_the_office_keeps_the_calendar_of_the_group(desk: Desk) -> None:
    day: Answer = {"on": "2026-06-15", "works": False, "name": "Day", "nameZh": "节"}

    kept = await ask(desk, "Sofia", KEEP, input={"days": [day], "idempotencyKey": "a"})
    refused = await ask(desk, "Dina", KEEP, input={"days": [{**day, "name": "Mine"}], "idempotencyKey": "b"})
    twice = await ask(desk, "Sofia", KEEP, input={"days": [day, day], "idempotencyKey": "c"})
    changed = await ask(desk, "Sofia", KEEP, input={"days": [{**day, "works": True}], "idempotencyKey": "d"})

    assert [cast("Answer", one["keepWorkCalendar"])["__typename"] for one in (kept, refused, twice, changed)] == [
        "WorkCalendarKept",
        "NotPermitted",
        "InvalidInput",
        "WorkCalendarKept",
    ]
    assert (await ask(desk, "Chen", CALENDAR))["workCalendar"] == [{**day, "works": True}]
