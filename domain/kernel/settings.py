"""What the business side must be told from outside: where its data lives and which zone counts."""

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

DEFAULT_ZONE = "UTC"


class SettingsError(Exception):
    """A setting is missing or unusable; the text is one sentence that says what to do."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Read once at the start and handed on; nothing else looks at the environment."""

    database_url: str
    redis_url: str
    home: Path
    zone: str


def read(environment: Mapping[str, str]) -> Settings:
    """Raises SettingsError when an address is missing or a value cannot be used."""
    return Settings(
        database_url=required(environment, "DATABASE_URL"),
        redis_url=required(environment, "REDIS_URL"),
        home=home_folder(environment),
        zone=zone_name(environment),
    )


def required(environment: Mapping[str, str], name: str) -> str:
    value = environment.get(name, "").strip()
    if not value:
        raise SettingsError(f"{name} is not set and no Catchball runs here: start `catchball up`, or set {name}.")
    return value


def home_folder(environment: Mapping[str, str]) -> Path:
    """CATCHBALL_HOME, else the folder in which this platform keeps a user's application data."""
    named = environment.get("CATCHBALL_HOME", "").strip()
    if named:
        return Path(os.path.abspath(Path(named).expanduser()))
    user = Path(environment.get("HOME", "").strip() or Path.home())
    if sys.platform == "darwin":
        return user / "Library" / "Application Support" / "catchball"
    shared = environment.get("XDG_DATA_HOME", "").strip()
    return (Path(shared) if shared else user / ".local" / "share") / "catchball"


def zone_name(environment: Mapping[str, str]) -> str:
    """An IANA name; the zone in which a day begins for a tenant that has named none."""
    name = environment.get("CATCHBALL_ZONE", "").strip() or DEFAULT_ZONE
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise SettingsError(
            f"CATCHBALL_ZONE is {name!r}, which is no time zone: give an IANA name such as Asia/Shanghai."
        ) from error
    return name
