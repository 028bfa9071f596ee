"""Ariadne over rows of asyncpg as its documentation recommends: schema first, resolvers, a loader for each edge.

No sign-in, no rights, no limits, no log. Run as a process of an environment that has Ariadne, by
`python -m tests.benchmarks.rivals.ariadne_asyncpg`; DATABASE_URL and CATCHBALL_PORT say where.
"""

# pyright: basic, reportMissingImports=false
# What comes from an environment that is not ours has no types here.

from uuid import UUID

import orjson
from ariadne import ObjectType, QueryType, ScalarType, make_executable_schema
from ariadne.asgi import GraphQL
from ariadne.asgi.handlers import GraphQLHTTPHandler
from starlette.responses import Response

from tests.benchmarks.rivals import rows, serving

SCHEMA = """
scalar Decimal
scalar Date
scalar DateTime

type Query { home(person: ID!): Home }
type Home {
  person: Person
  cycle: Cycle
  unreadCount: Int!
  openApprovalCount: Int!
  objectives(first: Int = 20): Objectives!
  approvals(first: Int = 20): Approvals!
  inbox(first: Int = 20): Inbox!
}
type Person { id: ID!, name: String!, nameZh: String, initials: String! }
type Cycle { id: ID!, name: String!, nameZh: String, startsOn: Date!, endsOn: Date! }
type Objectives { nodes: [Objective!]! }
type Approvals { nodes: [Approval!]! }
type Inbox { nodes: [InboxItem!]! }
type Objective {
  id: ID!
  title: String!
  state: String!
  weight: Int!
  version: Int!
  progress: Decimal
  viewerCan: [String!]!
  keyResults: [KeyResult!]!
}
type KeyResult {
  id: ID!
  title: String!
  kind: String!
  unitOfMeasure: String!
  weight: Int!
  start: Decimal
  target: Decimal
  low: Decimal
  high: Decimal
  current: Decimal
  progress: Decimal
  latestCheckIn: CheckIn
}
type CheckIn { confidence: Int, recordedAt: DateTime! }
type Approval { id: ID!, state: String!, objective: Objective, requestedBy: Person }
type InboxItem {
  id: ID!
  kind: String!
  state: String!
  createdAt: DateTime!
  readAt: DateTime
  actor: Person
  objective: Objective
  approval: Approval
}
"""
query, home, person = QueryType(), ObjectType("Home"), ObjectType("Person")
objective, key_result = ObjectType("Objective"), ObjectType("KeyResult")
approval, item = ObjectType("Approval"), ObjectType("InboxItem")
scalars = [
    ScalarType("Decimal", serializer=str),
    ScalarType("Date", serializer=lambda value: value.isoformat()),
    ScalarType("DateTime", serializer=lambda value: value.isoformat()),
]


def loaders(info) -> rows.Loaders:
    return info.context["loaders"]


@query.field("home")
def resolve_home(_, info, person):
    return {"key": UUID(person)}


@home.field("person")
def resolve_person(parent, info):
    return loaders(info).person.load(parent["key"])


@home.field("cycle")
async def resolve_cycle(parent, info):
    return await rows.current_cycle()


@home.field("unreadCount")
async def resolve_unread_count(parent, info):
    return await rows.unread_count(parent["key"])


@home.field("openApprovalCount")
async def resolve_open_approval_count(parent, info):
    return await rows.open_approval_count(parent["key"])


@home.field("objectives")
async def resolve_objectives(parent, info, first):
    return {"nodes": await rows.current_objectives(parent["key"], first)}


@home.field("approvals")
async def resolve_approvals(parent, info, first):
    return {"nodes": await rows.open_approvals(parent["key"], first)}


@home.field("inbox")
async def resolve_inbox(parent, info, first):
    return {"nodes": await rows.inbox(parent["key"], first)}


@person.field("initials")
def resolve_initials(parent, info):
    return rows.initials(parent["name"])


@objective.field("viewerCan")
def resolve_viewer_can(parent, info):
    return rows.ACTIONS.get(parent["state"], [])


@objective.field("keyResults")
def resolve_key_results(parent, info):
    return loaders(info).key_results.load(parent["id"])


@objective.field("progress")
@key_result.field("progress")
def resolve_progress(parent, info):
    return rows.rounded(parent["progress"])


@key_result.field("latestCheckIn")
def resolve_latest_check_in(parent, info):
    found = parent["latest_check_in_id"]
    return found and loaders(info).check_in.load(found)


@approval.field("objective")
def resolve_approved(parent, info):
    return loaders(info).objective.load(parent["objective_id"])


@approval.field("requestedBy")
def resolve_requested_by(parent, info):
    return loaders(info).person.load(parent["requested_by_id"])


@item.field("actor")
def resolve_actor(parent, info):
    return parent["actor_id"] and loaders(info).person.load(parent["actor_id"])


@item.field("objective")
def resolve_subject(parent, info):
    return loaders(info).objective.load(parent["subject_id"]) if parent["subject_type"] == "objective" else None


@item.field("approval")
def resolve_approval(parent, info):
    return parent["approval_id"] and loaders(info).approval.load(parent["approval_id"])


class Handler(GraphQLHTTPHandler):
    """Ariadne's own, with a fast writer."""

    async def create_json_response(self, request, result, success):  # noqa: ARG002 - as Ariadne calls it
        return Response(orjson.dumps(result), media_type="application/json")


def main() -> None:
    types = [query, home, person, objective, key_result, approval, item, *scalars]
    schema = make_executable_schema(SCHEMA, *types, convert_names_case=True)
    kept = serving.Kept(schema)
    app = GraphQL(
        schema,
        context_value=lambda request, _: {"request": request, "loaders": rows.Loaders()},
        query_parser=lambda _, sent: kept.open(sent["query"]),
        query_validator=lambda _, document, *__, **___: kept.errors(document),
        http_handler=Handler(),
    )
    serving.run(app)


if __name__ == "__main__":
    main()
