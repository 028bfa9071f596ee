"""Where a command works: what the environment names, else the engines that `catchball up` runs here."""

import asyncio
import os
from collections.abc import Coroutine, Mapping
from socket import gaierror
from typing import TypeVar

import asyncpg
from redis.exceptions import ConnectionError as RedisConnectionError

from api import settings
from api.commands.failure import CommandError
from api.embedded import running
from api.settings import Settings
from domain.kernel.settings import home_folder

Answer = TypeVar("Answer")
UNREACHABLE = (
    ConnectionError,
    FileNotFoundError,
    RedisConnectionError,
    asyncpg.InvalidAuthorizationSpecificationError,
    asyncpg.InvalidCatalogNameError,
    asyncpg.PostgresConnectionError,
    gaierror,
)


def complete(work: Coroutine[object, object, Answer]) -> Answer:
    """Runs a use case to its end. Raises CommandError when a server does not answer."""
    try:
        return asyncio.run(work)
    except UNREACHABLE as error:
        raise CommandError(
            f"A server that this needs does not answer ({error}): run `catchball doctor` to see which."
        ) from error


def environment() -> dict[str, str]:
    """This process's environment, with the addresses of the running engines where it names none."""
    named = {name: text for name, text in os.environ.items() if text.strip()}
    return {**addresses(named), **named}


def addresses(environment: Mapping[str, str]) -> dict[str, str]:
    here = running.find(home_folder(environment))
    if here is None:
        return {}
    return {"DATABASE_URL": here.database_url, "REDIS_URL": here.redis_url, "CATCHBALL_URL": here.address}


def current() -> Settings:
    """Raises SettingsError with a sentence when nothing runs here and nothing is named."""
    return settings.read(environment())
