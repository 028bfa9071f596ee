"""Serves the built phone app from memory, compressed once when the process starts."""

import gzip
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from starlette.datastructures import Headers
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.types import Receive, Scope, Send

from api.guard.headers import etag_matches
from api.guard.protection import APP_POLICY

MEDIA_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".map": "application/json",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
}
COMPRESSED_ALREADY = frozenset({".png", ".webp", ".woff2"})
HASHED = re.compile(r"assets/.+[-.][A-Za-z0-9_-]{8,}\.[a-z0-9]+")
FOREVER = "public, max-age=31536000, immutable"
NO_CACHE = "no-cache"
NOT_BUILT = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Catchball</title>
<h1>The app is not built</h1>
<p>The API answers at /graphql. Run <code>make app</code>, then start again.</p>
<h1 lang="zh-CN">手机应用尚未构建</h1>
<p lang="zh-CN">接口在 /graphql 提供服务。请运行 <code>make app</code>，然后重新启动。</p>
</html>
"""


@dataclass(frozen=True, slots=True)
class Served:
    """One file as it goes out; `zipped` is None where compression gains nothing."""

    body: bytes
    zipped: bytes | None
    headers: Mapping[str, str]


class StaticApp:
    """An ASGI app for GET and HEAD; a navigation to any address of the app gets its one page."""

    def __init__(self, folder: Path) -> None:
        self._files = read_folder(folder)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._respond(scope)(scope, receive, send)

    def _respond(self, scope: Scope) -> Response:
        if scope["method"] not in ("GET", "HEAD"):
            return PlainTextResponse("Use GET.", 405, headers={"Allow": "GET, HEAD"})
        headers = Headers(scope=scope)
        path = str(scope["path"]).lstrip("/")
        served = self._files.get(path)
        if served is None and is_navigation(path, headers):
            served = self._files.get("index.html")
            if served is None:
                return HTMLResponse(NOT_BUILT, 503, headers={"Cache-Control": "no-store"})
        if served is None:
            return PlainTextResponse("Not found.", 404, headers={"Cache-Control": "no-store"})
        return respond(served, headers)


def respond(served: Served, headers: Headers) -> Response:
    """The file, or 304 when the client has it."""
    if etag_matches(headers.get("if-none-match"), served.headers["ETag"]):
        return Response(status_code=304, headers=served.headers)
    if served.zipped is not None and "gzip" in headers.get("accept-encoding", ""):
        return Response(served.zipped, headers={**served.headers, "Content-Encoding": "gzip"})
    return Response(served.body, headers=served.headers)


def is_navigation(path: str, headers: Headers) -> bool:
    """Whether a person asks for a screen of the app rather than a program for a file."""
    takes_pages = "text/html" in headers.get("accept", "text/html")
    return path == "" or ("." not in path.rpartition("/")[2] and takes_pages)


def read_folder(folder: Path) -> dict[str, Served]:
    """Every file of the built app by its path; empty when it was not built."""
    if not folder.is_dir():
        return {}
    return {
        path.relative_to(folder).as_posix(): read_file(path, folder)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix in MEDIA_TYPES
    }


def read_file(path: Path, folder: Path) -> Served:
    """One file with its headers; only names that carry a hash may be kept for ever."""
    body = path.read_bytes()
    is_hashed = HASHED.fullmatch(path.relative_to(folder).as_posix()) is not None
    headers = {
        "Content-Type": MEDIA_TYPES[path.suffix],
        "Cache-Control": FOREVER if is_hashed else NO_CACHE,
        "ETag": f'W/"{hashlib.blake2b(body, digest_size=16).hexdigest()}"',
        "Vary": "Accept-Encoding",
        "Content-Security-Policy": APP_POLICY,
    }
    zipped = None if path.suffix in COMPRESSED_ALREADY else gzip.compress(body, 9, mtime=0)
    return Served(body, zipped if zipped and len(zipped) < len(body) else None, headers)
