"""A bare endpoint that answers the home screen by one hand-written statement: what the planner is measured against.

It has what anybody would write: a Starlette route, a pool, a statement. No sign-in, no rights, no limits, no log.
Run as a process by `python -m tests.benchmarks.by_hand`; DATABASE_URL and CATCHBALL_PORT say where.
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

STATEMENT = Path(__file__).with_name("home_by_hand.sql").read_text(encoding="utf-8")
POOL_SIZE = 4
"""That of the product's web process."""


class _PlainConnection(asyncpg.Connection):  # type: ignore[type-arg]
    """Not reset between uses, as the product's are not."""

    __slots__ = ()

    def get_reset_query(self) -> str:
        return ""


async def home(request: Request) -> Response:
    pool: asyncpg.Pool[asyncpg.Record] = request.app.state.pool
    person = UUID(request.path_params["person"])
    body = await pool.fetchval(STATEMENT, UUID(TENANT), person, datetime.now(UTC).date())
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
    app = Starlette(routes=[Route("/home/{person}", home), Route("/readyz", ready)], lifespan=lifespan)
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
