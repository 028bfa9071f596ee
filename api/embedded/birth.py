"""The first database of a home: made under a draft name, and renamed once it is complete.

A first start that is interrupted leaves only a draft, which the next start throws away; a database
that has its name is never touched by this.
"""

import asyncio

import asyncpg

from api.embedded.postgres import LOGIN, Postgres

DRAFT = f"{LOGIN}_draft"


def is_over(postgres: Postgres) -> bool:
    return bool(asyncio.run(ask(postgres, "SELECT 1 FROM pg_database WHERE datname = 'catchball'")))


def begin(postgres: Postgres) -> str:
    """The URL of an empty draft."""
    asyncio.run(ask(postgres, f"DROP DATABASE IF EXISTS {DRAFT} WITH (FORCE)"))
    asyncio.run(ask(postgres, f"CREATE DATABASE {DRAFT}"))
    return postgres.url(DRAFT)


def end(postgres: Postgres) -> None:
    terminate = "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = $1"
    asyncio.run(ask(postgres, terminate, DRAFT))
    asyncio.run(ask(postgres, f"ALTER DATABASE {DRAFT} RENAME TO {LOGIN}"))


async def ask(postgres: Postgres, statement: str, *values: str) -> object:
    connection = await asyncpg.connect(postgres.url("postgres"))
    try:
        return await connection.fetchval(statement, *values)
    finally:
        await connection.close()
