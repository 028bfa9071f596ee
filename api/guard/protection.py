"""Headers that tell browsers what a response may do; the strictest unless a page needs more."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

API_POLICY = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
APP_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; font-src 'self'; manifest-src 'self'; worker-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types app"
)
ALWAYS = {
    b"x-content-type-options": b"nosniff",
    b"x-frame-options": b"DENY",
    b"referrer-policy": b"no-referrer",
    b"cross-origin-opener-policy": b"same-origin",
    b"cross-origin-resource-policy": b"same-origin",
    b"permissions-policy": b"camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    b"content-security-policy": API_POLICY.encode("ascii"),
}
SECURE_ONLY = {b"strict-transport-security": b"max-age=31536000; includeSubDomains"}


class Protected:
    """ASGI middleware: adds each header that the response does not set itself."""

    def __init__(self, app: ASGIApp, *, is_served_by_https: bool) -> None:
        self._app = app
        self._headers = list((ALWAYS | (SECURE_ONLY if is_served_by_https else {})).items())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def protect(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers: list[tuple[bytes, bytes]] = list(message.get("headers", ()))
                present = {name for name, _ in headers}
                headers += [pair for pair in self._headers if pair[0] not in present]
                message["headers"] = headers
            await send(message)

        await self._app(scope, receive, protect)
