"""Compression of what is worth it: answers above 500 bytes or in parts, but neither tokens nor streams."""

from starlette.types import ASGIApp, Receive, Scope, Send
from starlette_compress import CompressMiddleware, add_compress_type, remove_compress_type

from api.guard.negotiation import MediaType

BYTES_MIN = 500
# The size of a compressed answer tells what repeats in it; a token must not be guessed that way.
SECRET_PATHS = ("/oauth/",)


class Compressed:
    """ASGI middleware: zstd, brotli or gzip, in this order, as the client takes them."""

    def __init__(self, app: ASGIApp) -> None:
        add_compress_type(MediaType.RESPONSE)
        remove_compress_type(MediaType.STREAM)
        # Each part is flushed: it must not wait in the encoder for the next one.
        add_compress_type(MediaType.PARTS, streaming=True)
        self._plain = app
        self._compressed = CompressMiddleware(app, minimum_size=BYTES_MIN, zstd_level=3, brotli_quality=5, gzip_level=5)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        app = self._compressed if self._may_be_compressed(scope) else self._plain
        await app(scope, receive, send)

    def _may_be_compressed(self, scope: Scope) -> bool:
        return (
            scope["type"] == "http"
            and any(name == b"accept-encoding" for name, _ in scope["headers"])
            and not scope["path"].startswith(SECRET_PATHS)
        )
