"""The cookie in which a browser keeps its refresh token: out of reach of scripts, sent to the API alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from domain.people import sessions

PATH = "/graphql"


@dataclass(frozen=True, slots=True)
class RefreshCookie:
    """Written for an address that is reached by https or not."""

    is_secure: bool

    @property
    def name(self) -> str:
        """With https the name itself makes browsers refuse a cookie that was set without it."""
        return "__Secure-catchball_refresh" if self.is_secure else "catchball_refresh"

    def read(self, cookies: Mapping[str, str]) -> str | None:
        """The refresh token of a browser, None when it brought none."""
        return cookies.get(self.name) or None

    def keep(self, token: str) -> str:
        """The header that hands the token over."""
        return self._write(token, sessions.IDLE_LIFE)

    def drop(self) -> str:
        """The header that takes the token away."""
        return self._write("", timedelta(0))

    def _write(self, value: str, life: timedelta) -> str:
        secure = "; Secure" if self.is_secure else ""
        seconds = int(life.total_seconds())
        return f"{self.name}={value}; Path={PATH}; Max-Age={seconds}; HttpOnly; SameSite=Strict{secure}"
