"""A bare endpoint that answers each question by one hand-written statement: what the planner is measured against.

It has what anybody would write: a Starlette route, a pool, a statement. No sign-in, no rights, no limits, no log.
Run as a process by `python -m tests.benchmarks.by_hand.server`; DATABASE_URL and CATCHBALL_PORT say where.
"""

import os
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import asyncpg
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from tests.benchmarks.tables import TENANT

POOL_SIZE = 4
"""That of the product's web process."""
HOME, TREE, LIST, FEED = (
    Path(__file__).with_name(f"{name}.sql").read_text(encoding="utf-8") for name in ("home", "tree", "list", "feed")
)


class _PlainConnection(asyncpg.Connection):  # type: ignore[type-arg]
    """Not reset between uses, as the product's are not."""

    __slots__ = ()

    def get_reset_query(self) -> str:
        return ""


async def home(request: Request) -> Response:
    return await answer(request, HOME, UUID(request.path_params["person"]), datetime.now(UTC).date())


async def tree(request: Request) -> Response:
    return await answer(request, TREE, UUID(request.path_params["objective"]))


async def after(request: Request) -> Response:
    place = request.path_params
    return await answer(request, LIST, datetime.fromisoformat(place["at"]), UUID(place["id"]))


async def feed(request: Request) -> Response:
    return await answer(request, FEED, UUID(request.path_params["person"]))


async def answer(request: Request, statement: str, *arguments: object) -> Response:
    pool: asyncpg.Pool[asyncpg.Record] = request.app.state.pool
    body = await pool.fetchval(statement, UUID(TENANT), *arguments)
    return Response(body, media_type="application/json")


async def ready(_: Request) -> Response:
    return PlainTextResponse("ready")


@asynccontextmanager
async def lifespan(app: Starlette) -> AsyncGenerator[None]:
    async with asyncpg.create_pool(
        os.environ["DATABASE_URL"],
        min_size=1,
        max_size=POOL_SIZE,
        connection_class=_PlainConnection,
        server_settings={"jit": "off", "timezone": "UTC", "plan_cache_mode": "force_generic_plan"},
    ) as pool:
        app.state.pool = pool
        yield


def main() -> None:
    routes = [
        Route("/home/{person}", home),
        Route("/tree/{objective}", tree),
        Route("/list/{at}/{id}", after),
        Route("/feed/{person}", feed),
        Route("/readyz", ready),
    ]
    uvicorn.run(
        Starlette(routes=routes, lifespan=lifespan),
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
