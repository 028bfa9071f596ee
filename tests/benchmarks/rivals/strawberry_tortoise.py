"""Strawberry with Tortoise as their documentation recommends: rows of the ORM, a loader for each edge.

Parsed and validated documents are kept, answers are written by orjson. No sign-in, no rights, no limits, no log.
Run as a process by `python -m tests.benchmarks.rivals.strawberry_tortoise`; DATABASE_URL and CATCHBALL_PORT say where.
"""

import os
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import cast
from uuid import UUID

import orjson
import strawberry
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.websockets import WebSocket
from strawberry.asgi import GraphQL
from strawberry.extensions import ParserCache, ValidationCache
from tortoise import Tortoise
from tortoise.expressions import Q
from tortoise.queryset import QuerySet

from domain.inbox import model as inbox
from domain.kernel.database import MODELS
from domain.objectives import model as objectives
from domain.people import model as people
from tests.benchmarks.rivals import strawberry_types as types
from tests.benchmarks.rivals.strawberry_loaders import TENANT_ID, Loaders
from tests.benchmarks.rivals.strawberry_types import Info, loaders

POOL_SIZE = 4
"""That of the product's web process."""


@strawberry.type
class Home:
    key: strawberry.Private[UUID]

    @strawberry.field
    async def person(self, info: Info) -> types.Person | None:
        row = await loaders(info).person.load(self.key)
        return row and types.Person.of(row)

    @strawberry.field
    async def cycle(self) -> types.Cycle | None:
        row = await current_cycle()
        return row and types.Cycle.of(row)

    @strawberry.field
    async def unread_count(self) -> int:
        return await inbox.InboxItem.filter(tenant_id=TENANT_ID, person_id=self.key, read_at=None, state="OPEN").count()

    @strawberry.field
    async def open_approval_count(self) -> int:
        return await (await open_approvals(self.key)).count()

    @strawberry.field
    async def objectives(self, first: int = 20) -> types.Objectives:
        cycle = await current_cycle()
        if cycle is None:
            return types.Objectives(nodes=[])
        mine = objectives.Objective.filter(tenant_id=TENANT_ID, owner_id=self.key, cycle_id=cycle.id)
        rows = await mine.order_by("-created_at", "-id").limit(first)
        return types.Objectives(nodes=[types.Objective.of(row) for row in rows])

    @strawberry.field
    async def approvals(self, first: int = 20) -> types.Approvals:
        rows = await (await open_approvals(self.key)).order_by("requested_at", "id").limit(first)
        return types.Approvals(nodes=[types.Approval.of(row) for row in rows])

    @strawberry.field
    async def inbox(self, first: int = 20) -> types.Inbox:
        return await inbox_of(self.key, first)


@strawberry.type
class Query:
    @strawberry.field
    def home(self, person: strawberry.ID) -> Home:
        return Home(key=UUID(person))

    @strawberry.field
    async def objective(self, info: Info, id: strawberry.ID) -> types.Objective | None:
        row = await loaders(info).objective.load(UUID(id))
        return row and types.Objective.of(row)

    @strawberry.field
    async def objectives(self, at: datetime, behind: strawberry.ID, state: str, first: int = 20) -> types.Objectives:
        """Those that come behind a place in the order of the newest."""
        place = Q(created_at__lt=at) | Q(id__lt=UUID(behind))
        found = objectives.Objective.filter(place, tenant_id=TENANT_ID, state=state, created_at__lte=at)
        rows = await found.order_by("-created_at", "-id").limit(first)
        return types.Objectives(nodes=[types.Objective.of(row) for row in rows])

    @strawberry.field
    async def inbox(self, person: strawberry.ID, first: int = 20) -> types.Inbox:
        return await inbox_of(UUID(person), first)


async def current_cycle() -> objectives.Cycle | None:
    begun = objectives.Cycle.filter(tenant_id=TENANT_ID, starts_on__lte=datetime.now(UTC).date())
    return await begun.order_by("-starts_on").first()


async def open_approvals(person: UUID) -> QuerySet[objectives.Approval]:
    """The requests that wait for a person, or for whom they stand in for."""
    today = datetime.now(UTC).date()
    standing_in = people.Delegation.filter(tenant_id=TENANT_ID, to_id=person, valid_from__lte=today, valid_to__gt=today)
    deciding_for = [person, *cast("list[UUID]", await standing_in.values_list("from_id", flat=True))]
    mine = objectives.Approval.filter(tenant_id=TENANT_ID, state="OPEN", approver_id__in=deciding_for)
    return mine.exclude(requested_by_id=person)


async def inbox_of(person: UUID, first: int) -> types.Inbox:
    mine = inbox.InboxItem.filter(tenant_id=TENANT_ID, person_id=person)
    rows = await mine.order_by("-created_at", "-id").limit(first + 1)
    shown = rows[:first]
    end = f"{shown[-1].created_at.isoformat()} {shown[-1].id}" if shown else None
    return types.Inbox(
        nodes=[types.InboxItem.of(row) for row in shown],
        page_info=types.PageInfo(has_next_page=len(rows) > first, end_cursor=end),
    )


class Endpoint(GraphQL[dict[str, Loaders], None]):
    """Strawberry's own endpoint, with loaders for each request and a fast writer."""

    async def get_context(
        self,
        request: Request | WebSocket,  # noqa: ARG002 - the endpoint gives it
        response: Response | WebSocket,  # noqa: ARG002 - as above
    ) -> dict[str, Loaders]:
        return {"loaders": Loaders()}

    def encode_json(self, data: object) -> bytes:
        return orjson.dumps(data)


async def ready(_: Request) -> Response:
    return PlainTextResponse("ready")


@asynccontextmanager
async def lifespan(_: Starlette) -> AsyncGenerator[None]:
    separator = "&" if "?" in os.environ["DATABASE_URL"] else "?"
    url = os.environ["DATABASE_URL"].replace("postgresql://", "asyncpg://", 1)
    await Tortoise.init(
        db_url=f"{url}{separator}minsize=1&maxsize={POOL_SIZE}",
        modules={"domain": MODELS},
        _enable_global_fallback=True,
    )
    yield
    await Tortoise.close_connections()


def main() -> None:
    schema = strawberry.Schema(Query, extensions=[ParserCache, ValidationCache])
    app = Starlette(
        routes=[Route("/graphql", Endpoint(schema), methods=["POST"]), Route("/readyz", ready)], lifespan=lifespan
    )
    uvicorn.run(
        app,
        host="127.0.0.1",
        port=int(os.environ["CATCHBALL_PORT"]),
        loop="uvloop",
        http="httptools",
        backlog=2048,
        log_config=None,
        access_log=False,
        server_header=False,
    )


if __name__ == "__main__":
    main()
