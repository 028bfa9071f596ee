"""The parts of identity put together, for the process that answers requests."""

from collections.abc import Callable
from dataclasses import dataclass

from redis.asyncio import Redis

from api.guard.bucket import Meter
from api.identity.attempts import Attempts
from api.identity.cookies import RefreshCookie
from api.identity.denied import Denied
from api.identity.keys import Keyring
from api.identity.passwords import Passwords
from api.identity.tokens import Tokens
from api.settings import Settings

_running: "list[Authority]" = []


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority:
    """What sign-in, refresh and the guard need. Nothing of it is lost with the process but guesses and denials."""

    issuer: str
    trusted_only: bool
    graphiql: bool
    keyring: Keyring
    tokens: Tokens
    denied: Denied
    attempts: Attempts
    passwords: Passwords
    cookie: RefreshCookie

    def close(self) -> None:
        """End what runs for it."""
        self.passwords.close()
        if self in _running:
            _running.remove(self)


def start(
    settings: Settings,
    redis: Redis,
    *,
    meter: Meter,
    count_failure: Callable[[], None],
    passwords: Passwords | None = None,
) -> Authority:
    """Open the keys, making them at the first start, and let `running` find this authority; raises SettingsError.

    Run `authority.denied.watch()` as a task beside it, and `close` it at the end.
    """
    keyring = Keyring(settings.key_folder)
    authority = Authority(
        issuer=settings.public_url,
        trusted_only=settings.trusted_only,
        graphiql=settings.graphiql,
        keyring=keyring,
        tokens=tokens_of(settings, keyring),
        denied=Denied(redis, count_failure=count_failure),
        attempts=Attempts(meter),
        passwords=passwords or Passwords(),
        cookie=RefreshCookie(is_secure=settings.public_url.startswith("https://")),
    )
    _running.append(authority)
    return authority


def tokens_of(settings: Settings, keyring: Keyring) -> Tokens:
    """The tokens of this installation: issued under its public address, good for its API alone."""
    return Tokens(keyring, issuer=settings.public_url, audience=f"{settings.public_url}/graphql")


def running() -> Authority:
    """The authority of this process."""
    return _running[-1]
