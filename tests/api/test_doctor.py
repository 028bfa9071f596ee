"""The doctor says what is wrong and what to do."""

from dataclasses import replace
from pathlib import Path

import asyncpg
import pytest

from api.commands import doctor
from api.settings import Settings


@pytest.fixture
def ill(settings: Settings, fresh_database_url: str, tmp_path: Path) -> Settings:
    """A place of its own, with one key."""
    key = tmp_path / "keys" / "signing"
    key.parent.mkdir()
    key.touch(mode=0o600)
    return replace(settings, database_url=fresh_database_url, home=tmp_path, key_folder=key.parent)


async def wrong(settings: Settings) -> list[str]:
    return [finding.sentence for finding in await doctor.examine(settings) if not finding.is_well]


async def execute(settings: Settings, statement: str) -> object:
    """The first value that it yields."""
    connection = await asyncpg.connect(settings.database_url)
    try:
        return await connection.fetchval(statement)
    finally:
        await connection.close()


async def test_all_is_well_in_a_fresh_place(ill: Settings) -> None:
    assert await wrong(ill) == []


async def test_a_missing_migration_is_named(ill: Settings) -> None:
    await execute(ill, "DELETE FROM tortoise_migrations WHERE name = 'm0001_ground'")

    assert await wrong(ill) == ["The database lacks m0001_ground: run `catchball migrate`."]


async def test_a_parked_entry_is_shown_with_its_reason(ill: Settings) -> None:
    entry = await execute(
        ill,
        """
        WITH t AS (
          INSERT INTO tenant VALUES (gen_random_uuid(), 'a', 'A', 'UTC', now()) RETURNING id
        ), j AS (
          INSERT INTO journal (tenant_id, at, kind, subject_type, subject_id, payload)
          SELECT id, now(), 'x', 'x', gen_random_uuid(), '{}' FROM t RETURNING tenant_id, id
        )
        INSERT INTO journal_unread (tenant_id, id, reader, run_at, parked_at, last_error)
        SELECT tenant_id, id, 'r', now(), now(), 'no such person' FROM j RETURNING id
        """,
    )

    (sentence,) = await wrong(ill)

    assert sentence == (
        f"1 journal entries are parked, the latest ({entry}) because: no such person. "
        "Mend the cause, then set parked_at to null in journal_unread."
    )


async def test_a_coming_month_without_partition_is_named(ill: Settings) -> None:
    await execute(ill, "UPDATE months.kept SET ends_on = date_trunc('month', now()) + interval '1 month'")

    assert await wrong(ill) == [
        "The coming month has no partition of check_in, journal: is `catchball worker` running? Its log says why."
    ]


async def test_servers_that_do_not_answer_are_named(ill: Settings) -> None:
    nowhere = replace(ill, database_url="postgresql://x@127.0.0.1:1/x", redis_url="redis://127.0.0.1:1")

    database, redis = await wrong(nowhere)

    assert database.startswith("The database does not answer (")
    assert redis.startswith("Redis does not answer (")


async def test_a_key_that_others_can_read_is_named(ill: Settings) -> None:
    key = ill.key_folder / "signing"
    key.chmod(0o640)

    assert await wrong(ill) == [f"Others can read the key {key}: run `chmod 600 {key}`."]


async def test_an_empty_key_folder_is_named(ill: Settings) -> None:
    (ill.key_folder / "signing").unlink()

    assert await wrong(ill) == [f"{ill.key_folder} holds no keys: start `catchball web` once, it makes them."]


async def test_a_replica_that_follows_nobody_or_is_silent_is_named(ill: Settings) -> None:
    alone = replace(ill, replica_url=ill.database_url)
    silent = replace(ill, replica_url="postgresql://x@127.0.0.1:1/x")

    [first], [second] = await wrong(alone), await wrong(silent)

    assert first == "REPLICA_URL names a server that follows no other: make it a standby, or take it away."
    assert second.startswith("The replica does not answer (")


async def test_an_address_of_a_pooler_is_examined_all_the_same(ill: Settings) -> None:
    assert await wrong(replace(ill, database_url=f"{ill.database_url}&pool_mode=transaction")) == []
