"""How many streams one process holds, for whom, and how those of a session that was signed out are ended."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from types import TracebackType

from api.guard.callers import Caller
from api.guard.refusal import Refusal, entry

STREAMS_MAX = 20_000
STREAMS_OF_CALLER_MAX = 20

End = Callable[[], None]


@dataclass(slots=True, kw_only=True)
class Streams:
    """The open sockets and streams of events; a socket counts once, whatever it is subscribed to."""

    at_once: int = STREAMS_MAX
    of_caller: int = STREAMS_OF_CALLER_MAX
    _open: int = 0
    _of_callers: Counter[str] = field(default_factory=Counter[str])
    _ends: dict[object, list[End]] = field(default_factory=dict[object, list[End]])

    def opened(self) -> "Opened":
        """Counts one stream of this process while it is entered, which raises Refusal."""
        return Opened(self)

    def held(self, caller: Caller, *, address: str, end: End) -> "Held":
        """Counts one stream of this caller while it is entered, which raises Refusal; `end` is called on sign-out."""
        return Held(self, caller.client_key or f"address:{address}", caller.subject, end)

    def end(self, subject: object) -> None:
        """Ends every stream whose caller is known by this subject."""
        for end in tuple(self._ends.get(subject, ())):
            end()

    def open_one(self) -> None:
        """Counts one stream more; raises Refusal."""
        if self._open >= self.at_once:
            raise too_many("The server holds as many streams as it may.", status=503)
        self._open += 1

    def close_one(self) -> None:
        """Counts one stream less."""
        self._open -= 1

    def hold(self, held: "Held") -> None:
        """Counts one stream more of a caller; raises Refusal."""
        if self._of_callers[held.key] >= self.of_caller:
            raise too_many(f"At most {self.of_caller} streams may be open at once.", status=429)
        self._of_callers[held.key] += 1
        self._ends.setdefault(held.subject, []).append(held.end)

    def give_back(self, held: "Held") -> None:
        """Counts one stream less of a caller."""
        self._of_callers[held.key] -= 1
        if not self._of_callers[held.key]:
            del self._of_callers[held.key]
        self._ends[held.subject].remove(held.end)
        if not self._ends[held.subject]:
            del self._ends[held.subject]


# Thousands of these are alive at once: a generator under `contextmanager` is several times as large.
@dataclass(frozen=True, slots=True)
class Opened:
    """The place of one stream in the process."""

    streams: Streams

    def __enter__(self) -> None:
        self.streams.open_one()

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        self.streams.close_one()


@dataclass(frozen=True, slots=True)
class Held:
    """The place of one stream among those of its caller."""

    streams: Streams
    key: str
    subject: object
    end: End

    def __enter__(self) -> None:
        self.streams.hold(self)

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        self.streams.give_back(self)


def too_many(message: str, *, status: int) -> Refusal:
    """Refuses to open one more stream."""
    return Refusal([entry("TOO_MANY_STREAMS", message)], status=status, headers={"Retry-After": "30"})
