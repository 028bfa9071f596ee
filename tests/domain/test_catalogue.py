"""The models are what the migrations made, and the database itself keeps tenants apart."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import cast

import asyncpg
import pytest_asyncio
from tortoise import Tortoise

TYPES = {
    "UUIDField": "uuid",
    "TextField": "text",
    "IntField": "integer",
    "BigIntField": "bigint",
    "BooleanField": "boolean",
    "DatetimeField": "timestamp with time zone",
    "DateField": "date",
    "DecimalField": "numeric",
    "BinaryField": "bytea",
    "JSONField": "jsonb",
}
WITHOUT_TENANT = {
    "tenant": "it is the tenant; its id takes the place",
    "login": "it says which tenant a login belongs to; a login is unique among all tenants",
    "tortoise_migrations": "which steps of the migration are done",
}
AS_SQL_ONLY = {
    "time_off": "written and read as rows, by its person",
    "work_day": "written and read as rows",
    "award_rule": "append-only, written and read as rows",
    "ledger_account": "moved by the entries, in the database",
    "ledger_entry": "append-only, written set by set",
    "feedback_consent": "append-only, written as rows",
    "feedback_mention": "written set by set with its message",
    "feedback_pin": "written as rows, asked as a truth value",
    "feedback_participant": "written set by set, asked as rows",
    "feedback_reaction": "written as rows, read as counts",
    "feedback_word": "written set by set with its message",
    "feedback_unread": "written set by set with its message",
    "assumption_link": "parts of an assumption are read and written as rows",
    "assumption_reading": "append-only, written as rows",
    "derivation": "read and written as rows",
    "funding": "parts of an investment are written set by set",
    "gate_decision": "append-only, written as rows",
    "investment_flow": "parts of an investment are written set by set",
    "investment_review": "append-only, written as rows",
    "plan_line": "written set by set, by the thousand",
    "plan_total": "follows from the lines, in one statement",
    "stage_gate": "parts of an investment are written set by set",
    "actual_input": "append-only, written set by set",
    "client": "partner clients are read and written as rows",
    "closed_score": "append-only, compared as bytes",
    "journal": "append-only, written in one statement with its queue",
    "journal_hearer": "append-only, written in one statement with the journal",
    "journal_unread": "a queue, claimed as rows",
    "login": "read through the gate only",
    "measure_input": "follows from the formula of its measure",
    "mode_version": "counts changes, written in one statement",
    "objective_version": "written once, read as JSON",
    "point_entry": "written set by set",
    "ranking_absence": "written and asked as rows",
    "receipt": "written in one statement",
    "reading": "written set by set each night, read as JSON",
    "reading_day": "a date for each tenant",
    "recall_mark": "append-only, written set by set",
    "recall_question": "asked of everybody in one statement",
    "reporting_closure": "follows from the lines, in one statement",
    "roll_up": "carried up set-wise, read as a column of its objective",
    "score_proof": "a date for each tenant",
    "standing": "follows from the points earned, in one statement",
    "standing_count": "follows from the standings, in the same statement",
    "tortoise_migrations": "kept by the migrations themselves",
    "unit_closure": "follows from the terms, in one statement",
}


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def catalogue(database: str) -> AsyncGenerator[asyncpg.Connection]:
    connection = await asyncpg.connect(database)
    yield connection
    await connection.close()


@dataclass(frozen=True)
class Table:
    """What a model says of its table: (column, type, may be null)."""

    name: str
    columns: frozenset[tuple[str, str, bool]]


def modelled() -> list[Table]:
    described = cast("dict[str, dict[str, object]]", Tortoise.describe_models())
    return [
        Table(
            name=str(model["table"]),
            columns=frozenset(
                (str(field["db_column"]), TYPES[str(field["field_type"])], bool(field["nullable"]))
                for field in [
                    cast("dict[str, object]", model["pk_field"]),
                    *cast("list[dict[str, object]]", model["data_fields"]),
                ]
            ),
        )
        for model in described.values()
    ]


async def names(catalogue: asyncpg.Connection, sql: str) -> set[str]:
    return {row[0] for row in await catalogue.fetch(sql)}


async def tables(catalogue: asyncpg.Connection) -> set[str]:
    return await names(
        catalogue,
        """select relname::text from pg_class
           where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace""",
    )


async def fenced(catalogue: asyncpg.Connection) -> set[str]:
    return await tables(catalogue) - set(WITHOUT_TENANT)


async def test_every_table_has_a_model_or_a_reason(catalogue: asyncpg.Connection) -> None:
    found = await tables(catalogue)

    assert found == {table.name for table in modelled()} | set(AS_SQL_ONLY)


async def test_models_and_tables_have_the_same_columns(catalogue: asyncpg.Connection) -> None:
    wrong: list[str] = []
    for table in modelled():
        rows = await catalogue.fetch(
            """select attname::text, format_type(atttypid, null), not attnotnull from pg_attribute
               where attrelid = $1::text::regclass and attnum > 0 and not attisdropped""",
            table.name,
        )
        wrong += [f"{table.name}: {column}" for column in {tuple(row) for row in rows} ^ table.columns]

    assert wrong == []


async def test_the_tenant_comes_first_in_every_key(catalogue: asyncpg.Connection) -> None:
    other = await names(
        catalogue,
        """select c.relname::text from pg_index i
           join pg_class c on c.oid = i.indrelid and c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
           left join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
           where i.indisunique and a.attname is distinct from 'tenant_id'""",
    )

    assert other == set(WITHOUT_TENANT)


async def test_every_table_of_tenants_has_a_primary_key(catalogue: asyncpg.Connection) -> None:
    keyed = await names(
        catalogue, "select relname::text from pg_constraint k join pg_class c on c.oid = k.conrelid where contype = 'p'"
    )

    assert await fenced(catalogue) - keyed == set()


async def test_every_table_of_tenants_is_fenced_by_a_forced_policy(catalogue: asyncpg.Connection) -> None:
    found = await names(
        catalogue,
        """select c.relname::text from pg_class c
           join pg_policy p on p.polrelid = c.oid and p.polname = 'tenant' and p.polcmd = '*'
             and p.polroles = array['catchball_app'::regrole::oid]
             and pg_get_expr(p.polqual, c.oid) = '(tenant_id = current_tenant())'
             and pg_get_expr(p.polwithcheck, c.oid) = '(tenant_id = current_tenant())'
           where c.relrowsecurity and c.relforcerowsecurity""",
    )

    assert await fenced(catalogue) - found == set()


async def test_only_the_gate_sees_more_than_one_tenant(catalogue: asyncpg.Connection) -> None:
    rows = await catalogue.fetch(
        """select c.relname::text, p.polname::text, p.polroles::regrole[]::text from pg_policy p
           join pg_class c on c.oid = p.polrelid where p.polname <> 'tenant'"""
    )

    assert {(name, roles) for _, name, roles in map(tuple, rows)} <= {("gate", "{catchball_gate}")}


async def test_no_role_of_the_application_can_pass_the_fence(catalogue: asyncpg.Connection) -> None:
    rows = await catalogue.fetch(
        """select rolname::text, rolsuper, rolbypassrls, rolcanlogin from pg_roles
           where rolname in ('catchball_app', 'catchball_gate') order by 1"""
    )
    owned = await names(
        catalogue,
        """select relname::text from pg_class
           where relowner in ('catchball_app'::regrole, 'catchball_gate'::regrole)""",
    )

    assert [tuple(row) for row in rows] == [
        ("catchball_app", False, False, False),
        ("catchball_gate", False, False, False),
    ]
    assert owned == set()


async def test_no_foreign_key_leads_out_of_its_tenant(catalogue: asyncpg.Connection) -> None:
    rows = await catalogue.fetch(
        """select k.conrelid::regclass::text, k.conname::text, k.confrelid::regclass::text,
             array(select a.attname::text from unnest(k.conkey) with ordinality n (num, at)
                   join pg_attribute a on a.attrelid = k.conrelid and a.attnum = n.num order by n.at) near,
             array(select a.attname::text from unnest(k.confkey) with ordinality n (num, at)
                   join pg_attribute a on a.attrelid = k.confrelid and a.attnum = n.num order by n.at) far
           from pg_constraint k where k.contype = 'f'"""
    )

    open_ones = [
        name
        for _, name, target, near, far in map(tuple, rows)
        if "tenant_id" not in near or far[near.index("tenant_id")] != ("id" if target == "tenant" else "tenant_id")
    ]

    assert open_ones == []
