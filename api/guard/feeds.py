"""Events that many streams share: each is answered and encoded once, however many hear of it."""

import asyncio
import contextlib
from abc import ABC, abstractmethod
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass, field

import orjson

WAITING_MAX = 100
"""How many events wait for one stream before it is ended: who is that far behind must catch up otherwise."""


class Lagging(Exception):
    """A stream was ended because its client does not read."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer for many streams: its JSON, and the message of a socket that carries it, once for each id."""

    body: bytes
    _messages: dict[str, str] = field(default_factory=dict[str, str])

    def message(self, key: str) -> str:
        """The text for the subscription with this id."""
        text = self._messages.get(key)
        if text is None:
            text = self._messages[key] = next_message(key, self.body)
        return text


def next_message(key: str, payload: bytes) -> str:
    """The message that carries one answer, without decoding it."""
    return f'{{"id":{orjson.dumps(key).decode()},"type":"next","payload":{payload.decode()}}}'


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Shape:
    """What a document and its variables make of an event; equal requests share one.

    `encode` knows nothing of who asks: the answer goes to everybody who asked for it in this shape.
    """

    encode: Callable[[object], bytes]


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, with the answers that were made of it so far."""

    value: object
    _answers: dict[Shape, Answer] = field(default_factory=dict[Shape, Answer])

    def answer(self, shape: Shape) -> Answer:
        """The answer in this shape."""
        found = self._answers.get(shape)
        if found is None:
            found = self._answers[shape] = Answer(shape.encode(self.value))
        return found


Take = Callable[[Event], None]


class Source(ABC):
    """Where events come from; who joins is called for each one, in turn and at once, until they leave."""

    __slots__ = ()

    @abstractmethod
    def join(self, take: Take) -> None:
        """Be told of every event from now on."""

    @abstractmethod
    def leave(self, take: Take) -> None:
        """Be told no more."""

    async def __aiter__(self) -> AsyncGenerator[object]:
        """What happens, one after the other; raises Lagging for a listener who is too far behind."""
        async with contextlib.aclosing(waited_for(self)) as events:
            async for event in events:
                yield event.value


@dataclass(frozen=True, slots=True)
class Feed:
    """A source whose events are asked for in one shape."""

    source: Source
    shape: Shape


async def waited_for(source: Source) -> AsyncGenerator[Event]:
    """The events of a source for one who takes them when there is time; raises Lagging."""
    waiting: asyncio.Queue[Event] = asyncio.Queue(WAITING_MAX)
    lagging = False

    def take(event: Event) -> None:
        nonlocal lagging
        lagging = lagging or waiting.full()
        if not lagging:
            waiting.put_nowait(event)

    source.join(take)
    try:
        while not lagging:
            yield await waiting.get()
        raise Lagging
    finally:
        source.leave(take)
