"""One line per step, with its progress while it runs and its duration when it is done."""

import sys
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import TextIO

TITLE_WIDTH = 14
WORDS_WIDTH = 44
QUIET_SECONDS = 5.0


class Steps:
    """On a terminal the line is rewritten in place; elsewhere progress appears every few seconds."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self.stream = stream or sys.stdout
        self.is_terminal = self.stream.isatty()
        self.said_at = 0.0

    @contextmanager
    def step(self, title: str) -> Generator[Callable[[str], None]]:
        """Yields the function that takes progress in words; the last words stay on the line."""
        started = time.monotonic()
        self.said_at = started
        last = [""]

        def say(words: str) -> None:
            last[0] = words
            self.progress(title, words)

        self.progress(title, "…")
        try:
            yield say
        except BaseException:
            if self.is_terminal:
                self.line(f"{title:<{TITLE_WIDTH}}not done")
            raise
        self.line(f"{title:<{TITLE_WIDTH}}{last[0]:<{WORDS_WIDTH}}{time.monotonic() - started:6.1f} s")

    def progress(self, title: str, words: str) -> None:
        if self.is_terminal:
            self.stream.write(f"\r\x1b[2K{title:<{TITLE_WIDTH}}{words}")
            self.stream.flush()
        elif time.monotonic() - self.said_at > QUIET_SECONDS:
            self.said_at = time.monotonic()
            self.line(f"{title:<{TITLE_WIDTH}}{words} …")

    def line(self, text: str) -> None:
        start = "\r\x1b[2K" if self.is_terminal else ""
        self.stream.write(f"{start}{text}\n")
        self.stream.flush()
