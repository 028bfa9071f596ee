"""uvicorn's WebSocket protocol, which forgets the headers of a handshake when it is over: 4 kB of each socket."""

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol


class SocketProtocol(WebSocketsSansIOProtocol):
    """What `catchball web` serves sockets with."""

    def start_keepalive(self) -> None:
        """The first thing that uvicorn does when the handshake is over."""
        super().start_keepalive()
        for forgotten in (self.request, self.response):
            forgotten.headers.clear()
