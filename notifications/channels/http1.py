"""One request over HTTP/1.1, for services that do not speak HTTP/2."""

import asyncio
from collections.abc import Mapping

from notifications.channels.addresses import Address
from notifications.channels.answers import BODY_BYTES_MAX, Answer, Unreachable


async def post(
    reader: asyncio.StreamReader,
    writer: asyncio.StreamWriter,
    *,
    address: Address,
    headers: Mapping[str, str],
    body: bytes,
) -> Answer:
    """Send a request on a fresh connection and close it; raises `Unreachable`."""
    try:
        writer.write(_request(address, headers, body) + body)
        status, answered = _read_head(await reader.readuntil(b"\r\n\r\n"))
        return Answer(status, answered, await _read_body(reader, answered))
    except (asyncio.IncompleteReadError, asyncio.LimitOverrunError, ValueError) as error:
        raise Unreachable("answer_malformed") from error
    except OSError as error:
        raise Unreachable("connection_lost") from error
    finally:
        writer.close()


def _request(address: Address, headers: Mapping[str, str], body: bytes) -> bytes:
    lines = [
        f"POST {address.path} HTTP/1.1",
        f"host: {address.authority}",
        f"content-length: {len(body)}",
        "connection: close",
        *(f"{name}: {value}" for name, value in headers.items()),
    ]
    return "\r\n".join((*lines, "", "")).encode("ascii")


def _read_head(head: bytes) -> tuple[int, dict[str, str]]:
    first, *lines = head.decode("latin-1").rstrip("\r\n").split("\r\n")
    version, status, *_ = first.split(" ", 2)
    if not version.startswith("HTTP/1."):
        raise ValueError("not an answer of HTTP/1")
    pairs = (line.partition(":") for line in lines)
    return int(status), {name.strip().lower(): value.strip() for name, _, value in pairs}


async def _read_body(reader: asyncio.StreamReader, headers: Mapping[str, str]) -> bytes:
    """The beginning of the body: it only serves to say why, so chunks stay as they are."""
    length = headers.get("content-length", "")
    wanted = min(int(length), BODY_BYTES_MAX) if length.isdigit() else BODY_BYTES_MAX
    received = b""
    while len(received) < wanted and (more := await reader.read(wanted - len(received))):
        received += more
    return received
