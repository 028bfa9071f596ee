"""The head of an answer goes out together with its body, and nothing waits longer than a turn of the loop."""

import asyncio
from collections.abc import Iterable
from typing import cast

from api.guard.http_protocol import Together


class Network(asyncio.Transport):
    """The other side: what it was given at once stands in one piece."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[bytes] = []
        self.is_closed = False

    def write(self, data: bytes | bytearray | memoryview) -> None:
        self.pieces.append(bytes(data))

    def writelines(self, list_of_data: Iterable[bytes | bytearray | memoryview]) -> None:
        self.pieces.append(b"".join(list_of_data))

    def close(self) -> None:
        self.is_closed = True

    def is_closing(self) -> bool:
        return self.is_closed


def opened() -> tuple[Network, Together]:
    network = Network()
    return network, Together(network, asyncio.get_running_loop())


async def test_head_and_body_are_one_piece() -> None:
    network, transport = opened()

    transport.write(b"head ")
    transport.write(b"body")

    assert network.pieces == [b"head body"]
    await asyncio.sleep(0)
    assert network.pieces == [b"head body"]


async def test_a_head_whose_body_is_late_goes_out_at_the_end_of_the_turn() -> None:
    network, transport = opened()

    transport.write(b"head")

    assert network.pieces == []
    await asyncio.sleep(0)
    assert network.pieces == [b"head"]


async def test_what_is_written_comes_in_order_and_whole() -> None:
    network, transport = opened()

    for piece in (b"1", b"2", b"3", b"4", b"5"):
        transport.write(piece)
    await asyncio.sleep(0)

    assert network.pieces == [b"12", b"34", b"5"]


async def test_what_waits_goes_out_before_the_connection_is_closed() -> None:
    network, transport = opened()

    transport.write(b"goodbye")
    transport.close()

    assert (network.pieces, transport.is_closing()) == ([b"goodbye"], True)
    await asyncio.sleep(0)
    assert network.pieces == [b"goodbye"]


async def test_a_pipelined_answer_is_not_mixed_with_the_one_before() -> None:
    network, transport = opened()

    transport.write(b"head 1 ")
    transport.write(b"body 1 ")
    transport.write(b"head 2 ")
    transport.write(b"body 2")

    assert network.pieces == [b"head 1 body 1 ", b"head 2 body 2"]
    assert cast("Network", transport.plain) is network
