"""Every table is fenced by the tenant in the words of the statement itself, and not by row-level security alone.

This is also what a database needs that is spread over many machines by `tenant_id`, as Citus does: a statement whose
every table names its tenant is sent to the one machine that has it.
"""

import json

import asyncpg

from tests.plans import questions
from tests.plans.explaining import Desk, Explained, Node
from tests.plans.questions import Question

OF_ALL_TENANTS = {"tenant", "login", "tortoise_migrations"}
"""Small, and the same on every machine: who the tenants are, whose a login is, which migrations were made."""
CONDITIONS = ("Index Cond", "Recheck Cond", "Filter")


async def explained_without_row_security(connection: asyncpg.Connection, desk: Desk, question: Question) -> Explained:
    """What PostgreSQL would do for a role that sees everything."""
    plan, values = desk.compile(question, question.variables)
    text = await connection.fetchval(f"explain (costs off, format json) {plan.sql}", *values)
    return Explained(question.name, question.who, json.loads(text)[0]["Plan"], text)


def is_fenced(node: Node) -> bool:
    return any("tenant_id" in str(node.get(condition, "")) for condition in CONDITIONS)


def unfenced(one: Explained) -> list[str]:
    """The tables that are read without a word on the tenant."""
    return [str(node["Relation Name"]) for node in one.nodes() if "Relation Name" in node and not is_fenced(node)]


async def test_no_statement_of_the_planner_reads_a_table_of_all_tenants(group_url: str) -> None:
    desk = Desk()
    connection = await asyncpg.connect(group_url)
    try:
        found = [await explained_without_row_security(connection, desk, one) for one in questions.everything()]
    finally:
        await connection.close()

    assert sum("Relation Name" in node for one in found for node in one.nodes()) > 500
    assert {(one.name, table) for one in found for table in unfenced(one)} == set()


async def test_every_key_begins_with_the_tenant(group_url: str) -> None:
    connection = await asyncpg.connect(group_url)
    try:
        rows = await connection.fetch(
            """select c.conrelid::regclass::text as table, c.conname, a.attname
               from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
               where c.contype in ('p', 'u', 'f') and c.connamespace = 'public'::regnamespace"""
        )
    finally:
        await connection.close()

    others = {row["table"] for row in rows if row["attname"] != "tenant_id"}
    assert others == OF_ALL_TENANTS


def test_a_table_that_is_read_for_all_tenants_would_be_found() -> None:
    root = {"Node Type": "Seq Scan", "Relation Name": "person", "Filter": "(name = 'Mei')"}

    assert unfenced(Explained("a question", "somebody", root, "")) == ["person"]
    assert unfenced(Explained("a question", "somebody", root | {"Index Cond": "(tenant_id = $1)"}, "")) == []
