"""Targets as a partner meets them: what is refused with its minimum, what is tried out, and what comes of it."""

from collections.abc import AsyncGenerator, Generator
from inspect import isawaitable
from typing import cast

import graphql
import pytest
from graphql import ExecutionResult, OperationDefinitionNode

from api import schema
from api.guard.callers import Context
from api.guard.execution import executor
from api.guard.operations import Prepared
from api.reading import catalogue, resolving
from api.reading.planning import Planner
from domain.kernel import clock
from domain.kernel.actor import Actor
from domain.kernel.ids import public
from tests.conftest import Cluster
from tests.domain.apart import apart, connected
from tests.domain.objectives import company as companies
from tests.domain.objectives.company import NOON
from tests.domain.objectives.targets import season as seasons
from tests.domain.objectives.targets.season import Season, on_time

Answer = dict[str, object]
PREVIEW = """query($input: PreviewTargetInput!) { previewTarget(input: $input) {
  outcome ground minimum strict previousTarget reference baseline counted guidance saturated newLevel bonusCap } }"""
SCHEME = """query($scheme: TruthfulSchemeInput!, $result: Decimal!, $reports: [Decimal!]!) {
  previewTruthfulScheme(scheme: $scheme, result: $result, reports: $reports) {
    truthful faults advice bestReport payoffs { report pay } } }"""
CONTRIBUTIONS = """query(
    $method: ContributionMethod!, $amounts: [Decimal!], $players: Int, $groups: [GroupWorthInput!]) {
  previewContributions(method: $method, amounts: $amounts, players: $players, groups: $groups) { shares } }"""
SUBMIT = """mutation($input: SubmitObjectiveInput!) { submitObjective(input: $input) { __typename
  ... on Problem { code message help } ... on TargetNotExceeding { previous previousTarget minimum }
  ... on Objective { state difficulty exceed { outcome ground minimum previous { title } exemption { id } } } } }"""
IMPROVEMENT = """query($unit: ID!, $cycle: ID!) { improvement(unit: $unit, cycle: $cycle) {
  improved untold improvedShare targetsTested targetsExempt exemptionRate monitor { reading over { slope } }
  measures { code movement monthsBefore } } }"""


@pytest.fixture(scope="module")
async def connection(cluster: Cluster, template: str) -> AsyncGenerator[str]:
    with apart(cluster, template) as url:
        async with connected(url):
            yield url


@pytest.fixture(autouse=True)
def noon() -> Generator[None]:
    with clock.frozen(NOON):
        yield


@pytest.fixture(scope="module")
async def season(connection: str) -> Season:
    with clock.frozen(NOON):
        return await seasons.lay(await companies.lay())


async def result(actor: Actor | None, text: str, **variables: object) -> ExecutionResult:
    core = schema.core()
    resolving.attach(core, Planner(core, catalogue.gather(), b"secret"))
    document = graphql.parse(text)
    assert graphql.validate(core, document) == []
    operation = document.definitions[0]
    assert isinstance(operation, OperationDefinitionNode)
    prepared = Prepared(
        document_hash=text,
        document=document,
        operation=operation,
        operation_name=None,
        variables=variables,
        cost=1,
        trusted_id=None,
    )
    asked = Context(
        actor=actor,
        client_name=None,
        client_version=None,
        language="en",
        request_id="request",
        address="test",
        deadline=float("inf"),
        cookies={},
    )
    found = executor(core)(prepared, asked)
    answer = await found if isawaitable(found) else found
    assert isinstance(answer, ExecutionResult)
    return answer


async def ask(season: Season, name: str, text: str, **variables: object) -> Answer:
    """The one field of the answer."""
    found = await result(season.company.actor(name), text, **variables)
    assert found.errors is None, found.errors
    [answer] = cast("Answer", found.data).values()
    return cast("Answer", answer)


async def refusal(season: Season, text: str, **variables: object) -> tuple[str, object]:
    found = await result(season.company.actor("Dina"), text, **variables)
    [error] = found.errors or []
    return error.message, (error.extensions or {}).get("code")


async def test_a_target_is_tried_out(season: Season) -> None:
    given = {
        "kind": "INCREASE",
        "target": "104",
        "previousTarget": "100",
        "actuals": ["170", "100", "120"],
        "adjustments": [{"kind": "ONE_OFF", "amount": "-20"}],
        "actualWeight": 1,
    }

    assert await ask(season, "Dina", PREVIEW, input=given) == {
        "outcome": "BLOCKED",
        "ground": "BELOW_MINIMUM",
        "minimum": "105",
        "strict": False,
        "previousTarget": "100",
        "reference": "105",
        "baseline": "123.33333333333333333333",
        "counted": "110",
        "guidance": "123.33333333333333333333",
        "saturated": False,
        "newLevel": None,
        "bonusCap": 5,
    }


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"kind": "RANGE"}, "rise or to fall"),
        ({"actuals": ["1"] * 4}, "at most 3"),
        ({"history": ["1"] * 201}, "at most 200"),
        ({"adjustments": [{"kind": "CURRENCY"}]}, "either an amount or a factor"),
        ({"targetWeight": 0}, "above 0"),
        ({"target": "1E+19"}, "sensible size"),
        ({"growthPercent": "-1"}, "from 0 to 1000"),
    ],
)
async def test_what_cannot_be_tried_is_said_in_words(season: Season, change: dict[str, object], words: str) -> None:
    message, code = await refusal(
        season, PREVIEW, input={"kind": "INCREASE", "target": "1", "previousTarget": "1", **change}
    )

    assert words in message
    assert code == "BAD_USER_INPUT"


async def test_nobody_tries_without_signing_in() -> None:
    found = await result(None, PREVIEW, input={"kind": "INCREASE", "target": "1", "previousTarget": "1"})

    assert [(one.extensions or {}).get("code") for one in found.errors or []] == ["UNAUTHENTICATED"]


async def test_a_scheme_that_pays_for_hiding_says_why(season: Season) -> None:
    scheme = {"jointBase": {"demanded": "10", "reportWeight": "0.8", "reward": "1", "penalty": "0.5"}}

    found = await ask(season, "Dina", SCHEME, scheme=scheme, result="15", reports=["12", "15"])

    assert found == {
        "truthful": False,
        "faults": ["Q must be above W·P, but 0.5 ≤ 0.8: reporting too little would pay."],
        "advice": [],
        "bestReport": "12",
        "payoffs": [{"report": "12", "pay": "1.9"}, {"report": "15", "pay": "1"}],
    }


async def test_under_a_sound_scheme_the_truth_pays_best(season: Season) -> None:
    scheme = {"weitzman": {"alpha": "0.5", "beta": "1", "gamma": "2"}}

    found = await ask(season, "Dina", SCHEME, scheme=scheme, result="10", reports=["8", "10", "12"])

    assert (found["truthful"], found["bestReport"], found["faults"]) == (True, "10", [])


@pytest.mark.parametrize("scheme", [{}, {"weitzman": None, "jointBase": None}])
async def test_one_scheme_is_tried_at_a_time(season: Season, scheme: dict[str, object]) -> None:
    message, _ = await refusal(season, SCHEME, scheme=scheme, result="1", reports=[])

    assert message == "Give exactly one scheme. (scheme)"


async def test_shares_are_tried_out(season: Season) -> None:
    glove = [{"members": [0, 2], "worth": "1"}, {"members": [1, 2], "worth": "1"}, {"members": [0, 1, 2], "worth": "1"}]

    by_groups = await ask(season, "Dina", CONTRIBUTIONS, method="SHAPLEY", players=3, groups=glove)
    by_driver = await ask(season, "Dina", CONTRIBUTIONS, method="DRIVER", amounts=["1", "2"])

    assert by_groups == {"shares": ["16.67", "16.67", "66.66"]}
    assert by_driver == {"shares": ["33.33", "66.67"]}


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"method": "SHAPLEY", "players": 13, "groups": [{"members": [0], "worth": "1"}]}, "not for 13"),
        ({"method": "SHAPLEY"}, "not for 0"),
        ({"method": "AGREED", "amounts": ["50", "49"]}, "add up to 99 %"),
        ({"method": "DRIVER", "amounts": []}, "Nobody has any"),
    ],
)
async def test_what_cannot_be_shared_is_said_in_words(season: Season, given: dict[str, object], words: str) -> None:
    message, code = await refusal(season, CONTRIBUTIONS, **given)

    assert words in message
    assert code == "BAD_USER_INPUT"


async def test_who_is_blocked_asks_is_exempt_and_seen_in_the_rate(season: Season) -> None:
    await season.keep()
    objective_id = await season.draft(on_time(75, measure=season.measures["ON_TIME"]))
    given = {"id": public("obj", objective_id), "expectedVersion": 1, "idempotencyKey": "once", "difficulty": 2}

    blocked = await ask(season, "Dina", SUBMIT, input=given)
    exemption_id = await season.exempt(objective_id)
    submitted = await ask(season, "Dina", SUBMIT, input=given)
    unit, cycle = public("unt", season.company.organisation.units["AIR"]), public("cyc", season.company.cycle_id)
    brought = await ask(season, "Bo", IMPROVEMENT, unit=unit, cycle=cycle)

    assert (blocked["__typename"], blocked["code"]) == ("TargetNotExceeding", "target_not_exceeding")
    assert (blocked["minimum"], blocked["previousTarget"]) == ("84", "80")
    assert blocked["previous"] == public("kr", season.former[0])
    assert submitted == {
        "__typename": "Objective",
        "state": "SUBMITTED",
        "difficulty": 2,
        "exceed": [
            {
                "outcome": "EXEMPT",
                "ground": "EXEMPTED",
                "minimum": "84",
                "previous": {"title": "Flights on time"},
                "exemption": {"id": public("exm", exemption_id)},
            }
        ],
    }
    assert brought == {
        "improved": 0,
        "untold": 2,
        "improvedShare": None,
        "targetsTested": 1,
        "targetsExempt": 1,
        "exemptionRate": "100",
        "monitor": {"reading": "NOT_ENOUGH_DATA", "over": None},
        "measures": [
            {"code": "LETTERS", "movement": "NOT_ENOUGH_DATA", "monthsBefore": None},
            {"code": "ON_TIME", "movement": "NOT_ENOUGH_DATA", "monthsBefore": None},
        ],
    }
