"""Serves the developer page under a policy that lets it run its own script and nothing else."""

from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import BaseRoute, Route

FOLDER = Path(__file__).parent
FILES = {
    "": "index.html",
    "/docs.js": "docs.js",
    "/graphiql.css": "graphiql.css",
    "/graphiql.js": "graphiql.js",
    "/words.js": "words.js",
}
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)
HEADERS = {"Content-Security-Policy": POLICY, "Cache-Control": "no-cache"}


def routes() -> list[BaseRoute]:
    """The page at /graphiql; whoever composes the app decides whether it is there at all."""
    return [serve(f"/graphiql{suffix}", FOLDER / name) for suffix, name in FILES.items()]


def serve(path: str, file: Path) -> Route:
    """One file at one address."""

    async def respond(_: Request) -> Response:
        return FileResponse(file, headers=HEADERS)

    return Route(path, respond)
