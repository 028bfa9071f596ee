"""The processes of one installation: started in order, revived when they die, stopped in reverse."""

import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import NoReturn, Protocol

from api.embedded.child import Child
from api.embedded.failure import EngineError

LOOK_SECONDS = 0.2
STEADY_SECONDS = 30.0
FAILURES_MAX = 12
DELAY_SECONDS_MAX = 10.0


class Member(Protocol):
    child: Child

    def start(self) -> None: ...

    def stop(self) -> None:
        """Safe to call when it never started."""
        ...


@dataclass
class Record:
    """How a member has fared: deaths in a row, when it started last and when it may start again."""

    failures: int = 0
    started_at: float = 0.0
    due_at: float | None = None


class Group:
    def __init__(self) -> None:
        self.members: list[tuple[Member, Record]] = []

    def start(self, member: Member) -> None:
        self.members.append((member, Record(started_at=time.monotonic())))
        member.start()

    def stop(self) -> None:
        for member, _ in reversed(self.members):
            member.stop()

    def watch(self, say: Callable[[str], None]) -> NoReturn:
        """Until an exception ends it. Raises EngineError for a member that cannot live."""
        while True:
            time.sleep(LOOK_SECONDS)
            for member, record in self.members:
                if not member.child.is_alive():
                    attend(member, record, say=say)


def attend(member: Member, record: Record, *, say: Callable[[str], None]) -> None:
    """Notes a death when it is new, and starts the member again when its delay is over."""
    now = time.monotonic()
    name = member.child.name
    if record.due_at is None:
        record.failures = 1 if now - record.started_at > STEADY_SECONDS else record.failures + 1
        if record.failures > FAILURES_MAX:
            raise EngineError(f"{name} ended {FAILURES_MAX} times in a row: see {member.child.log}.")
        record.due_at = now + delay_seconds(record.failures)
        say(f"{name} ended and is started again ({member.child.log}).")
    if now >= record.due_at:
        record.due_at, record.started_at = None, now
        with failing_quietly(member):
            member.start()


@contextmanager
def failing_quietly(member: Member) -> Generator[None]:
    """A start that fails is a death like any other: the next look finds it and counts it."""
    try:
        yield
    except EngineError:
        member.stop()


def delay_seconds(failures: int) -> float:
    """Nothing after the first death, then 0.5, 1, 2, 4 … up to ten seconds."""
    return 0.0 if failures == 1 else min(2.0 ** (failures - 3), DELAY_SECONDS_MAX)
