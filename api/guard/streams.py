"""How many streams one process holds, for whom, and how those of a session that was signed out are ended."""

from collections import Counter
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field

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

    @contextmanager
    def opened(self) -> Generator[None]:
        """Counts one stream of this process while it lasts; raises Refusal."""
        if self._open >= self.at_once:
            raise too_many("The server holds as many streams as it may.", status=503)
        self._open += 1
        try:
            yield
        finally:
            self._open -= 1

    @contextmanager
    def held(self, caller: Caller, *, address: str, end: End) -> Generator[None]:
        """Counts one stream of this caller while it lasts; `end` is called on sign-out. Raises Refusal."""
        key = caller.client_key or f"address:{address}"
        if self._of_callers[key] >= self.of_caller:
            raise too_many(f"At most {self.of_caller} streams may be open at once.", status=429)
        self._of_callers[key] += 1
        self._ends.setdefault(caller.subject, []).append(end)
        try:
            yield
        finally:
            self._of_callers[key] -= 1
            if not self._of_callers[key]:
                del self._of_callers[key]
            self._ends[caller.subject].remove(end)
            if not self._ends[caller.subject]:
                del self._ends[caller.subject]

    def end(self, subject: object) -> None:
        """Ends every stream whose caller is known by this subject."""
        for end in tuple(self._ends.get(subject, ())):
            end()


def too_many(message: str, *, status: int) -> Refusal:
    """Refuses to open one more stream."""
    return Refusal([entry("TOO_MANY_STREAMS", message)], status=status, headers={"Retry-After": "30"})
