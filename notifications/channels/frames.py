"""Takes the farewell out of a stream of HTTP/2 frames.

h2 forbids every frame after a GOAWAY, while RFC 9113 lets running requests end after it, and
common servers say farewell after each thousand requests. Without this, the answers under way
would be lost and their pushes sent twice.
"""

HEADER_BYTES = 9
FRAME_BYTES_MAX = 16_384
GOAWAY = 7
STREAM_ID_MASK = 0x7FFF_FFFF


class Farewells:
    """Passes whole frames on, but for GOAWAY, of which it keeps the last stream that counts."""

    def __init__(self) -> None:
        self.last_stream_id: int | None = None
        self._waiting = b""

    def take(self, received: bytes) -> bytes:
        """The frames that are complete by now, without farewells.

        A frame above the limit is passed on as far as it came: h2 refuses it by its header.
        """
        self._waiting += received
        passed: list[bytes] = []
        at = 0
        while len(self._waiting) - at >= HEADER_BYTES:
            length = int.from_bytes(self._waiting[at : at + 3], "big")
            end = at + HEADER_BYTES + length
            if end > len(self._waiting) and length <= FRAME_BYTES_MAX:
                break
            frame = self._waiting[at:end]
            if frame[3] == GOAWAY:
                self.last_stream_id = _last_stream_id(frame)
            else:
                passed.append(frame)
            at = end
        self._waiting = self._waiting[at:]
        return b"".join(passed)


def _last_stream_id(frame: bytes) -> int:
    return int.from_bytes(frame[HEADER_BYTES : HEADER_BYTES + 4], "big") & STREAM_ID_MASK
