"""Graphene over rows of asyncpg as its documentation recommends: types with resolvers, a loader for each edge.

No sign-in, no rights, no limits, no log. Run as a process of an environment that has Graphene, by
`python -m tests.benchmarks.rivals.graphene_asyncpg`; DATABASE_URL and CATCHBALL_PORT say where.
"""

# pyright: basic, reportMissingImports=false, reportSelfClsParameterName=false
# What comes from an environment that is not ours has no types here.
# ruff: noqa: ARG002, N805 - Graphene gives every resolver its parent and what it may need

from inspect import isawaitable
from uuid import UUID

import graphene
import orjson
from graphql import execute
from starlette.requests import Request
from starlette.responses import Response

from tests.benchmarks.rivals import rows, serving


def loaders(info) -> rows.Loaders:
    return info.context["loaders"]


class Person(graphene.ObjectType):
    id = graphene.ID(required=True)
    name = graphene.String(required=True)
    name_zh = graphene.String()
    initials = graphene.String(required=True)

    def resolve_initials(parent, info):
        return rows.initials(parent["name"])


class Cycle(graphene.ObjectType):
    id = graphene.ID(required=True)
    name = graphene.String(required=True)
    name_zh = graphene.String()
    starts_on = graphene.Date(required=True)
    ends_on = graphene.Date(required=True)


class CheckIn(graphene.ObjectType):
    confidence = graphene.Int()
    recorded_at = graphene.DateTime(required=True)


class KeyResult(graphene.ObjectType):
    id = graphene.ID(required=True)
    title = graphene.String(required=True)
    kind = graphene.String(required=True)
    unit_of_measure = graphene.String(required=True)
    weight = graphene.Int(required=True)
    start = graphene.Decimal()
    target = graphene.Decimal()
    low = graphene.Decimal()
    high = graphene.Decimal()
    current = graphene.Decimal()
    progress = graphene.Decimal()
    latest_check_in = graphene.Field(CheckIn)

    def resolve_progress(parent, info):
        return rows.rounded(parent["progress"])

    def resolve_latest_check_in(parent, info):
        found = parent["latest_check_in_id"]
        return found and loaders(info).check_in.load(found)


class Objective(graphene.ObjectType):
    id = graphene.ID(required=True)
    title = graphene.String(required=True)
    state = graphene.String(required=True)
    weight = graphene.Int(required=True)
    version = graphene.Int(required=True)
    progress = graphene.Decimal()
    viewer_can = graphene.List(graphene.NonNull(graphene.String), required=True)
    key_results = graphene.List(graphene.NonNull(KeyResult), required=True)

    def resolve_progress(parent, info):
        return rows.rounded(parent["progress"])

    def resolve_viewer_can(parent, info):
        return rows.ACTIONS.get(parent["state"], [])

    def resolve_key_results(parent, info):
        return loaders(info).key_results.load(parent["id"])


class Approval(graphene.ObjectType):
    id = graphene.ID(required=True)
    state = graphene.String(required=True)
    objective = graphene.Field(Objective)
    requested_by = graphene.Field(Person)

    def resolve_objective(parent, info):
        return loaders(info).objective.load(parent["objective_id"])

    def resolve_requested_by(parent, info):
        return loaders(info).person.load(parent["requested_by_id"])


class InboxItem(graphene.ObjectType):
    id = graphene.ID(required=True)
    kind = graphene.String(required=True)
    state = graphene.String(required=True)
    created_at = graphene.DateTime(required=True)
    read_at = graphene.DateTime()
    actor = graphene.Field(Person)
    objective = graphene.Field(Objective)
    approval = graphene.Field(Approval)

    def resolve_actor(parent, info):
        return parent["actor_id"] and loaders(info).person.load(parent["actor_id"])

    def resolve_objective(parent, info):
        return loaders(info).objective.load(parent["subject_id"]) if parent["subject_type"] == "objective" else None

    def resolve_approval(parent, info):
        return parent["approval_id"] and loaders(info).approval.load(parent["approval_id"])


class Objectives(graphene.ObjectType):
    nodes = graphene.List(graphene.NonNull(Objective), required=True)


class Approvals(graphene.ObjectType):
    nodes = graphene.List(graphene.NonNull(Approval), required=True)


class Inbox(graphene.ObjectType):
    nodes = graphene.List(graphene.NonNull(InboxItem), required=True)


class Home(graphene.ObjectType):
    person = graphene.Field(Person)
    cycle = graphene.Field(Cycle)
    unread_count = graphene.Int(required=True)
    open_approval_count = graphene.Int(required=True)
    objectives = graphene.Field(Objectives, first=graphene.Int(default_value=20), required=True)
    approvals = graphene.Field(Approvals, first=graphene.Int(default_value=20), required=True)
    inbox = graphene.Field(Inbox, first=graphene.Int(default_value=20), required=True)

    def resolve_person(parent, info):
        return loaders(info).person.load(parent["key"])

    async def resolve_cycle(parent, info):
        return await rows.current_cycle()

    async def resolve_unread_count(parent, info):
        return await rows.unread_count(parent["key"])

    async def resolve_open_approval_count(parent, info):
        return await rows.open_approval_count(parent["key"])

    async def resolve_objectives(parent, info, first):
        return {"nodes": await rows.current_objectives(parent["key"], first)}

    async def resolve_approvals(parent, info, first):
        return {"nodes": await rows.open_approvals(parent["key"], first)}

    async def resolve_inbox(parent, info, first):
        return {"nodes": await rows.inbox(parent["key"], first)}


class Query(graphene.ObjectType):
    home = graphene.Field(Home, person=graphene.ID(required=True))

    def resolve_home(parent, info, person):
        return {"key": UUID(person)}


SCHEMA = graphene.Schema(query=Query).graphql_schema
KEPT = serving.Kept(SCHEMA)


async def answer(request: Request) -> Response:
    """Graphene brings no endpoint of its own."""
    sent = orjson.loads(await request.body())
    document = KEPT.open(sent["query"])
    if errors := KEPT.errors(document):
        return Response(orjson.dumps({"errors": [one.formatted for one in errors]}), status_code=400)
    context = {"loaders": rows.Loaders()}
    running = execute(SCHEMA, document, context_value=context, variable_values=sent.get("variables"))
    found = await running if isawaitable(running) else running
    return Response(orjson.dumps(found.formatted), media_type="application/json")


if __name__ == "__main__":
    serving.run(answer)
