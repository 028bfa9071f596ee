"""The way in: the address of the API is found first, everything else by the router."""

from collections.abc import Mapping

from starlette.types import ASGIApp, Receive, Scope, Send


class Front:
    """ASGI: `at_once` are the applications that need no router, by their whole path."""

    def __init__(self, at_once: Mapping[str, ASGIApp], *, others: ASGIApp) -> None:
        self._at_once = at_once
        self._others = others

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        app = self._others if scope["type"] == "lifespan" else self._at_once.get(scope["path"], self._others)
        await app(scope, receive, send)
