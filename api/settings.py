"""What the web process must be told from outside, on top of what the business side needs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from domain.kernel import addresses
from domain.kernel import settings as kernel
from domain.kernel.settings import SettingsError

DEFAULT_PORT = 8000
DEFAULT_LAG_SECONDS = 30
LAG_SECONDS_MAX = 600
DEFAULT_HOST = "127.0.0.1"
ON_WORDS = ("on", "true", "yes", "1")
OFF_WORDS = ("off", "false", "no", "0")


@dataclass(frozen=True, kw_only=True)
class Settings(kernel.Settings):
    """`public_url` has no trailing slash; `allowed_origins` are browser origins besides our own.

    `push_keys` are the keys of pushes where they do not lie in the key folder: private scalars in base64url, by
    commas, the current one first. `push_contact` is where people of a push service can write to, a mailto: or https:
    address. `push_hosts` are push services besides the well-known ones, `push_loopback` origins of push services on
    this machine. `replica_url` is a standby of the database for reads of clients, empty where there is none, which
    may be as late as `replica_lag_seconds`.
    """

    replica_url: str
    replica_lag_seconds: int
    host: str
    port: int
    public_url: str
    is_production: bool
    graphiql: bool
    trusted_only: bool
    allowed_origins: tuple[str, ...]
    key_folder: Path
    push_keys: str = field(repr=False)
    push_contact: str
    push_hosts: tuple[str, ...]
    push_loopback: tuple[str, ...]


def read(environment: Mapping[str, str]) -> Settings:
    """Raises SettingsError when a value is missing or cannot be used."""
    ground = kernel.read(environment)
    addresses.is_pooled(ground.database_url)
    port = port_number(environment)
    is_production = switch(environment, "CATCHBALL_PRODUCTION", default=False)
    return Settings(
        database_url=ground.database_url,
        redis_url=ground.redis_url,
        replica_url=replica_url(environment),
        replica_lag_seconds=replica_lag_seconds(environment),
        home=ground.home,
        zone=ground.zone,
        host=environment.get("CATCHBALL_HOST", "").strip() or DEFAULT_HOST,
        port=port,
        public_url=public_url(environment, port),
        is_production=is_production,
        graphiql=switch(environment, "CATCHBALL_GRAPHIQL", default=not is_production),
        trusted_only=switch(environment, "CATCHBALL_TRUSTED_ONLY", default=False),
        allowed_origins=words(environment, "CATCHBALL_ORIGINS"),
        key_folder=key_folder(environment, ground.home),
        push_keys=environment.get("CATCHBALL_PUSH_KEYS", "").strip(),
        push_contact=push_contact(environment, public_url(environment, port)),
        push_hosts=words(environment, "CATCHBALL_PUSH_HOSTS"),
        push_loopback=words(environment, "CATCHBALL_PUSH_LOOPBACK"),
    )


def replica_url(environment: Mapping[str, str]) -> str:
    """REPLICA_URL, the address of a standby; none by default."""
    address = environment.get("REPLICA_URL", "").strip()
    addresses.is_pooled(address)
    return address


def replica_lag_seconds(environment: Mapping[str, str]) -> int:
    """CATCHBALL_REPLICA_LAG from 1 to 600 seconds, else 30."""
    text = environment.get("CATCHBALL_REPLICA_LAG", "").strip() or str(DEFAULT_LAG_SECONDS)
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= LAG_SECONDS_MAX:
        raise SettingsError(f"CATCHBALL_REPLICA_LAG is {text!r}: give a number of seconds from 1 to {LAG_SECONDS_MAX}.")
    return int(text)


def port_number(environment: Mapping[str, str]) -> int:
    """CATCHBALL_PORT from 1 to 65535, else 8000."""
    text = environment.get("CATCHBALL_PORT", "").strip() or str(DEFAULT_PORT)
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 65535:
        raise SettingsError(f"CATCHBALL_PORT is {text!r}: give a number from 1 to 65535.")
    return int(text)


def public_url(environment: Mapping[str, str], port: int) -> str:
    """CATCHBALL_URL, the address that people and tokens see, else this machine's own."""
    address = environment.get("CATCHBALL_URL", "").strip().rstrip("/")
    if address and not address.startswith(("http://", "https://")):
        raise SettingsError(f"CATCHBALL_URL is {address!r}: it must begin with https:// or http://.")
    return address or f"http://localhost:{port}"


def words(environment: Mapping[str, str], name: str) -> tuple[str, ...]:
    """A list separated by commas; none by default."""
    found = environment.get(name, "").split(",")
    return tuple(word.strip().rstrip("/") for word in found if word.strip())


def push_contact(environment: Mapping[str, str], address: str) -> str:
    """CATCHBALL_PUSH_CONTACT, else our public address where it is one that others reach."""
    named = environment.get("CATCHBALL_PUSH_CONTACT", "").strip()
    if named and (not named.startswith(("mailto:", "https://")) or " " in named):
        raise SettingsError(f"CATCHBALL_PUSH_CONTACT is {named!r}: give a mailto: or https:// address.")
    return named or (address if address.startswith("https://") else "mailto:operator@example.org")


def key_folder(environment: Mapping[str, str], home: Path) -> Path:
    named = environment.get("CATCHBALL_KEYS", "").strip()
    return Path(named).expanduser().absolute() if named else home / "keys"


def switch(environment: Mapping[str, str], name: str, *, default: bool) -> bool:
    word = environment.get(name, "").strip().lower()
    if not word:
        return default
    if word not in ON_WORDS + OFF_WORDS:
        raise SettingsError(f"{name} is {word!r}: say on or off.")
    return word in ON_WORDS
