"""What a supervisor and a dashboard ask: is the process alive, is it ready, and how is it doing."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import TypeAlias

import structlog
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from api.observing import Metrics

Probe: TypeAlias = Callable[[], Awaitable[None]]
PROBE_SECONDS_MAX = 2.0
METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8"


def routes(*, probes: Mapping[str, Probe], metrics: Metrics) -> list[BaseRoute]:
    """/healthz, /readyz and /metrics; a probe raises when what it asks does not answer."""

    async def live(_: Request) -> Response:
        return JSONResponse({"status": "alive"})

    async def ready(_: Request) -> Response:
        names = list(probes)
        found = await asyncio.gather(*(ask(name, probes[name]) for name in names))
        reasons = {name: reason for name, reason in zip(names, found, strict=True) if reason}
        if reasons:
            return JSONResponse({"status": "not ready", "reasons": reasons}, 503)
        return JSONResponse({"status": "ready"})

    async def measure(_: Request) -> Response:
        return Response(metrics.render(), media_type=METRICS_TYPE)

    return [Route("/healthz", live), Route("/readyz", ready), Route("/metrics", measure)]


async def ask(name: str, probe: Probe) -> str | None:
    """Why the probe failed, in words that show nothing of the inside; None when it did not."""
    try:
        async with asyncio.timeout(PROBE_SECONDS_MAX):
            await probe()
    except TimeoutError:
        return f"The {name} did not answer within {PROBE_SECONDS_MAX:g} seconds."
    except Exception as fault:  # noqa: BLE001 - any failure means that it is not ready
        structlog.get_logger("catchball").warning("not_ready", probe=name, reason=str(fault))
        return f"The {name} cannot be reached."
    return None
