"""Mutations past the executor: each answers to the byte what the executor answers, whoever asks, and is done once."""

import asyncio
import re
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from random import Random
from typing import cast

import graphql
import orjson
import pytest
from graphql import ExecutionResult, GraphQLObjectType, GraphQLSchema, GraphQLUnionType
from redis.asyncio import Redis

from api.guard import answers
from api.guard.bucket import Bucket
from api.guard.cost import named_type
from api.guard.execution import execute
from api.identity import authority as authorities
from api.inbox.mutations import PUSH_KEY_ID
from api.reading.acting import acting
from api.settings import Settings
from domain.kernel import database
from domain.kernel.ids import new_id, public
from tests.api.reading import (
    acting_actuals,
    acting_cascades,
    acting_feedback,
    acting_interlocks,
    acting_plans,
    acting_progress,
    acting_ratchets,
    acting_recall,
    acting_scorecards,
    acting_strategy,
)
from tests.api.reading.desk import Desk, context
from tests.api.reading.documents import Author
from tests.api.reading.world import World
from tests.domain.objectives.company import trial

NOBODY = "nobody"
KEY = {"idempotencyKey": "once"}
OF_KEY_RESULT = {"title": "One", "kind": "INCREASE", "unitOfMeasure": "%", "weight": 100, "start": "0", "target": "3"}
KEY_RESULT = {"id": public("kr", new_id()), **OF_KEY_RESULT}
"""By an id of its own: the hash of a version depends on it."""
CONTENT = {"title": "A new goal", "weight": 1, "keyResults": [KEY_RESULT]}
FINANCIAL = {"perspective": "FINANCIAL", "weight": 1}
OF_AIR = {"unit": "$unit AIR", "expectedVersion": 4, **KEY}
NEW_OBJECTIVE, NEW_CHECK_IN = public("obj", new_id()), public("chk", new_id())


@dataclass(frozen=True, slots=True)
class Case:
    """Who may do it, and with what input, in which `$name` stands for an id of the world."""

    who: str
    given: Mapping[str, object] | None


def about(name: str, **more: object) -> dict[str, object]:
    return {"id": f"$objective {name}", "expectedVersion": 2, **KEY, **more}


CASES = {
    "signIn": Case(NOBODY, {"login": "$anybody", "password": "no", "device": {"name": "Phone"}}),
    "refreshSession": Case(NOBODY, {}),
    "signOut": Case("Dina", None),
    "endSession": Case("Dina", {"id": "$objective session"}),
    "changeSettings": Case("Dina", {"locale": "zh-CN", **KEY}),
    "delegateApprovals": Case("Bo", {"to": "$person Ada", "startsOn": "2026-07-01", "endsOn": "2026-07-02", **KEY}),
    "endDelegation": Case("Chen", {"id": "$delegation 0", **KEY}),
    "draftObjective": Case("Dina", {"id": NEW_OBJECTIVE, "cycle": "$cycle", **CONTENT, **KEY}),
    "editObjective": Case("Dina", about("DRAFT", **CONTENT) | {"expectedVersion": 1}),
    "submitObjective": Case("Dina", about("DRAFT") | {"expectedVersion": 1}),
    "withdrawObjective": Case("Dina", about("SUBMITTED")),
    "approveObjective": Case("Chen", about("SUBMITTED")),
    "declineObjective": Case("Chen", about("SUBMITTED", reason="Aim higher.")),
    "requestInformation": Case("Chen", about("SUBMITTED", reason="Why?")),
    "checkIn": Case("Dina", {"keyResult": "$key_result big 0", "value": "1.50", "id": NEW_CHECK_IN, **KEY}),
    "recordActuals": Case(
        "Sofia",
        {
            "items": [
                {"measure": code, "period": "2026-05-01", "value": "2", "unitOfMeasure": "%"}
                for code in ("A", "B", "?")
            ],
            **KEY,
        },
    ),
    "markRead": Case("Dina", {"ids": ["$inbox_item 0"], **KEY}),
    "registerDevice": Case("Dina", {"endpoint": "no", "p256dh": "AA", "auth": "AA", "locale": "en", "zone": "UTC"}),
    "forgetDevice": Case("Dina", {"endpoint": "https://push.example/none"}),
    "leaveRankings": Case("Dina", KEY),
    "joinRankings": Case("Oskar", KEY),
    "setMode": Case("Sofia", {"values": {"hqKpiShare": 40, "perspectives": [FINANCIAL]}, "reason": "So.", **OF_AIR}),
    "inheritMode": Case("Sofia", {"features": ["HQ_KPIS", "CURRENCY"], **OF_AIR}),
    "applyModeTemplate": Case("Bo", {"style": "STRATEGIC_CONTROL", **OF_AIR}),
    "writeModeFactors": Case("Bo", {"factors": [{"factor": "LAW", "words": "同上", "features": ["CYCLE"]}], **OF_AIR}),
} | {
    name: Case(*one)
    for slice_cases in (
        acting_actuals.CASES,
        acting_cascades.CASES,
        acting_plans.CASES,
        acting_progress.CASES,
        acting_ratchets.CASES,
        acting_recall.CASES,
        acting_interlocks.CASES,
        acting_feedback.CASES,
        acting_scorecards.CASES,
        acting_strategy.CASES,
    )
    for name, one in slice_cases.items()
}
FIRST = {**acting_actuals.FIRST, **acting_cascades.FIRST}
"""What is done, as its own case says, before a mutation is tried: without it there would be nothing to do."""
BY_CHANCE = re.compile(
    rb"(act|adj|aln|apv|asl|asm|cst|ctb|cvl|del|drv|exm|fbm|fbp|fbq|fbt|fbv|fbw|ilk|int|inv|kr|lnk|"
    rb"ltg|mfa|msr|pki|scp|spo|mst|pln|prs|rcm|rcp|rcr|rtp|sgt|sob|stg|stv|tad|tbk|thm|wpt)_[0-9a-f-]{36}"
)
"""Ids that are made anew each time."""
CURSOR = re.compile(rb'"[A-Za-z0-9_-]{60,}"')
"""Holds an id, which may be one of those."""


@pytest.fixture(autouse=True)
async def authority(settings: Settings, redis_url: str) -> AsyncGenerator[None]:
    redis: Redis = Redis.from_url(redis_url)  # pyright: ignore[reportUnknownMemberType] - untyped options
    meter = Bucket(redis, count_failure=lambda: None)
    opened = authorities.start(settings, redis, meter=meter, count_failure=lambda: None)
    yield
    opened.close()
    await redis.aclose()


def filled(given: object, world: World) -> object:
    """The input with the ids of the world."""
    if isinstance(given, Mapping):
        return {name: filled(one, world) for name, one in cast("Mapping[str, object]", given).items()}
    if isinstance(given, list):
        return [filled(one, world) for one in cast("list[object]", given)]
    if given == "$anybody":
        return str(new_id())
    return world.ids[given[1:]] if isinstance(given, str) and given.startswith("$") else given


def document(desk: Desk, name: str, seed: int) -> tuple[str, dict[str, object]]:
    """A mutation that asks much of whatever it may answer with, and its variables."""
    mutation = desk.schema.mutation_type
    assert mutation is not None
    field = mutation.fields[name]
    union = named_type(field)
    assert isinstance(union, GraphQLUnionType)
    parts: list[str] = []
    declared, fragments, variables = "", "", {}
    for member in union.types:
        if member.name in desk.reader.planner.catalogue.views:
            part = Author(desk.schema, desk.world.ids, {}, Random(seed)).write_about(member.name)
            declared, fragments, variables = part.declared, part.fragments, dict(part.variables)
            parts.append(f"... on {member.name} {part.selection}")
        else:
            parts.append(f"... on {member.name} {{ {plain_fields(member)} }}")
    takes = f"$input: {field.args['input'].type} {declared}" if field.args else declared
    head = f"mutation({takes})" if takes else "mutation"
    call = f"{name}(input: $input)" if field.args else name
    return f"{head} {{ it: {call} {{ answered_as: __typename {' '.join(parts)} }} }} {fragments}", variables


def plain_fields(member: GraphQLObjectType) -> str:
    """The words that every answer of a type has; an alias keeps apart what several types call alike."""
    names = [one for one, field in member.fields.items() if graphql.is_leaf_type(named_type(field))]
    chosen = [one for one in names if one not in ("id", "accessToken", "refreshToken")]
    return " ".join(f"{member.name}_{one}: {one}" for one in chosen) or "__typename"


async def both(
    desk: Desk, who: str, text: str, variables: Mapping[str, object], *, first: str | None = None
) -> tuple[bytes, bytes]:
    """What is answered past the executor and by it, each to the same world, in which a case was done first."""
    prepared = desk.prepare(text, variables)
    actor = None if who == NOBODY else desk.world.actor(who)
    asked = replace(context(desk.world.actor("Dina")), actor=actor, address=str(new_id()))
    async with trial(desk.world.company.tenant_id):
        await do(desk, first)
        past = await acting(desk.schema)(prepared, asked)
    async with trial(desk.world.company.tenant_id):
        await do(desk, first)
        by = await execute(desk.schema, prepared, asked)
    return told(past if isinstance(past, bytes) else encoded(past)), told(encoded(by))


async def do(desk: Desk, name: str | None) -> str:
    """As which type a case answers when it is done by whom may do it; nothing is done without a name."""
    if name is None:
        return ""
    case = CASES[name]
    await do(desk, FIRST.get(name))
    text = f"mutation($input: {name[0].upper()}{name[1:]}Input!) {{ it: {name}(input: $input) {{ __typename }} }}"
    prepared = desk.prepare(text, {"input": filled(case.given, desk.world)})
    answer = await execute(desk.schema, prepared, context(desk.world.actor(case.who)))
    return str(orjson.loads(encoded(answer))["data"]["it"]["__typename"])


def told(answer: bytes) -> bytes:
    return CURSOR.sub(b'""', BY_CHANCE.sub(rb"\1", answer))


def encoded(result: ExecutionResult) -> bytes:
    return answers.encode_result(result, lambda fault: type(fault).__name__, {})


def test_every_mutation_is_a_case(desk: Desk) -> None:
    assert desk.schema.mutation_type is not None
    assert CASES.keys() == desk.schema.mutation_type.fields.keys()


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("name", CASES)
async def test_a_mutation_is_answered_as_by_the_executor(desk: Desk, name: str, seed: int) -> None:
    desk.schema.extensions[PUSH_KEY_ID] = "key"
    text, more = document(desk, name, seed)
    variables = {"input": filled(CASES[name].given, desk.world), **more}

    past, by = await both(desk, CASES[name].who, text, variables, first=FIRST.get(name))

    assert past == by


@pytest.mark.parametrize("who", [NOBODY, "Oskar", "Partner"])
@pytest.mark.parametrize("name", CASES)
async def test_a_mutation_is_refused_as_by_the_executor(desk: Desk, name: str, who: str) -> None:
    desk.schema.extensions[PUSH_KEY_ID] = "key"
    text, more = document(desk, name, seed=7)
    variables = {"input": filled(CASES[name].given, desk.world), **more}

    past, by = await both(desk, who, text, variables, first=FIRST.get(name))

    assert past == by


@pytest.mark.parametrize("name", [*acting_actuals.CASES, *acting_cascades.CASES, *acting_feedback.CASES])
async def test_what_is_tried_of_cascades_actuals_and_feedback_is_done(desk: Desk, name: str) -> None:
    async with trial(desk.world.company.tenant_id):
        answered = await do(desk, name)

    assert answered in desk.reader.planner.catalogue.views


async def test_a_row_of_a_view_passes_the_executor(desk: Desk) -> None:
    text = "mutation($input: CheckInInput!) { checkIn(input: $input) { __typename ... on CheckIn { id value } } }"
    variables = {"input": filled(CASES["checkIn"].given, desk.world)}

    async with trial(desk.world.company.tenant_id):
        answer = await acting(desk.schema)(desk.prepare(text, variables), context(desk.world.actor("Dina")))

    assert answer == orjson.dumps({"data": {"checkIn": {"__typename": "CheckIn", "id": NEW_CHECK_IN, "value": "1.5"}}})


@pytest.mark.parametrize("asked", ["id", "kind: __typename again: id id", "...Known @include(if: true)", "__typename"])
async def test_an_answer_of_its_id_alone_needs_no_statement_and_is_what_one_would_say(desk: Desk, asked: str) -> None:
    known = "fragment Known on CheckIn { a: id id kind: __typename }" if "Known" in asked else ""
    text = f"mutation($input: CheckInInput!) {{ checkIn(input: $input) {{ ... on CheckIn {{ {asked} }} }} }} {known}"
    query = f'{{ checkIn: node(id: "{NEW_CHECK_IN}") {{ ... on CheckIn {{ {asked} }} }} }} {known}'
    variables = {"input": filled(CASES["checkIn"].given, desk.world)}
    asker = context(desk.world.actor("Dina"))

    async with trial(desk.world.company.tenant_id), asked_inside() as seen:
        answer = await acting(desk.schema)(desk.prepare(text, variables), asker)
        await asyncio.sleep(0)  # asyncpg calls its loggers in the next turn of the loop
        statements = len(seen)
        found = await execute(desk.schema, desk.prepare(query), asker)

    assert answer == encoded(found)
    assert statements == 1


@asynccontextmanager
async def asked_inside() -> AsyncGenerator[list[object]]:
    """What is asked on the connection of the open transaction."""
    seen: list[object] = []
    async with database.connection() as connection:
        connection.add_query_logger(seen.append)
        yield seen
        connection.remove_query_logger(seen.append)


CHECK_IN = 'checkIn(input: {keyResult: "kr_x", value: "1", idempotencyKey: "k"})'
REFUSED = "{ ... on Problem { code } }"
BY_VARIABLE = f"mutation($input: CheckInInput!) {{ checkIn(input: $input) {REFUSED} }}"
BY_PART = f"""mutation($v: Decimal = "1") {{
    checkIn(input: {{keyResult: "kr_x", value: $v, idempotencyKey: "k"}}) {REFUSED} }}"""
TOO_MANY = f"mutation {{ {CHECK_IN} {{ ... on CheckIn {{ keyResult {{ checkIns(first: 101) {{ totalCount }} }} }} }} }}"


@pytest.mark.parametrize(
    ("text", "variables"),
    [
        (f"mutation {{ a: {CHECK_IN} {REFUSED} b: {CHECK_IN} {REFUSED} }}", {}),
        (f"mutation {{ ...F }} fragment F on Mutation {{ {CHECK_IN} {REFUSED} }}", {}),
        (f"mutation {{ {CHECK_IN} @skip(if: true) {REFUSED} }}", {}),
        (f"mutation($if: Boolean!) {{ {CHECK_IN} @include(if: $if) {REFUSED} }}", {"if": True}),
        ("mutation { __typename }", {}),
        (BY_VARIABLE, {}),
        (BY_VARIABLE, {"input": {"value": True}}),
        (BY_PART, {"v": None}),
        (TOO_MANY, {}),
    ],
)
async def test_what_is_no_single_field_or_does_not_fit_is_answered_as_by_the_executor(
    desk: Desk, text: str, variables: Mapping[str, object]
) -> None:
    past, by = await both(desk, "Dina", text, variables)

    assert past == by


class Doing:
    """A schema whose mutations count how often they are done."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self.schema: GraphQLSchema = graphql.build_schema(
            "type Query { a: Int } type Mutation { well: Int! badly: Int! oddly: Int! }"
        )
        assert self.schema.mutation_type is not None
        fields = self.schema.mutation_type.fields
        fields["well"].resolve, fields["badly"].resolve, fields["oddly"].resolve = self.well, self.badly, self.oddly

    async def well(self, *_: object) -> int:
        self.done.append("well")
        return 1

    async def badly(self, *_: object) -> int:
        self.done.append("badly")
        raise ValueError("no")

    def oddly(self, *_: object) -> str:
        self.done.append("oddly")
        return "not a number"


@pytest.mark.parametrize(
    ("selected", "done"),
    [
        ("well", ["well"]),
        ("badly", ["badly"]),
        ("oddly", ["oddly"]),
        ("well a: well", ["well", "well"]),
        ("well badly a: well", ["well", "badly"]),
        ("well @skip(if: true)", []),
    ],
)
async def test_what_is_completed_by_the_executor_is_done_once(desk: Desk, selected: str, done: list[str]) -> None:
    past, by = Doing(), Doing()
    prepared = replace(desk.prepare("mutation { __typename }"), document=graphql.parse(f"mutation {{ {selected} }}"))
    prepared = replace(prepared, operation=prepared.document.definitions[0])  # type: ignore[arg-type]
    asked = context(desk.world.actor("Dina"))

    answer = await acting(past.schema)(prepared, asked)

    assert isinstance(answer, ExecutionResult)
    assert encoded(answer) == encoded(await execute(by.schema, prepared, asked))
    assert past.done == by.done == done
