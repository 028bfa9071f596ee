"""A fact that most statements name and few ask for is a function of the database, and says there what its view says."""

import asyncio
import json
from collections.abc import Iterator

import asyncpg
import pytest

from api.reading.catalogue import gather
from domain.kernel.actor import Actor
from domain.kernel.views import Function, function_of, slot_value
from tests.plans import explaining, questions
from tests.plans.explaining import Explained, literal
from tests.plans.test_fences import unfenced

FACTS = gather().facts
RARE = [name for name, fact in FACTS.items() if fact.is_rare]
_FOUND = """
select prosrc, provolatile = 's' as is_stable, prosecdef as is_definer, pg_get_function_result(oid) as returns,
       proargtypes::regtype[]::text[] as types
from pg_proc where proname = $1 and pronamespace = 'public'::regnamespace
"""
_TYPES = {"timestamptz": "timestamp with time zone"}


def plain(text: str) -> str:
    """The text without what lines and parentheses add."""
    return " ".join(text.split())


def test_there_are_such_facts() -> None:
    assert set(RARE) == {"asked_about", "units_as_hr_partner", "units_at_work"}


@pytest.mark.parametrize("name", RARE)
async def test_the_function_is_what_the_view_says(group_url: str, name: str) -> None:
    function = function_of(name, FACTS)
    connection = await asyncpg.connect(group_url)
    try:
        [found] = await connection.fetch(_FOUND, function.name)
    finally:
        await connection.close()

    again = f"make it anew by a migration: {function.definition()}"
    assert plain(found["prosrc"]) == plain(f"begin return {function.body}; end"), again
    assert found["types"] == [_TYPES.get(one, one) for one in function.types], again
    assert (found["returns"], found["is_stable"], found["is_definer"]) == (function.returns, True, False), again


def asked(function: Function, actor: Actor) -> str:
    """The body as a statement, with what the actor would give it."""
    given = {name: f"array[{literal(actor.person_id)}]" for name in function.takes if name in FACTS}
    values = {name: given.get(name) or literal(slot_value(name, actor)) for name in function.takes}
    body = function.body
    for number, (name, kind) in reversed(list(enumerate(zip(function.takes, function.types, strict=True), start=1))):
        body = body.replace(f"${number}", f"{values[name]}::{kind}")
    return body


async def explained(url: str) -> list[Explained]:
    """Every fact, for everybody, without row-level security."""
    connection = await asyncpg.connect(url)
    try:
        found: list[Explained] = []
        for name in RARE:
            for who, actor in questions.PEOPLE.items():
                await connection.execute("select set_config('app.tenant_id', $1, false)", str(actor.tenant_id))
                sql = f"explain (format json, costs off) select {asked(function_of(name, FACTS), actor)}"
                text = await connection.fetchval(sql)
                found.append(Explained(name, who, json.loads(text)[0]["Plan"], text))
        return found
    finally:
        await connection.close()


def scanned(one: Explained) -> Iterator[str]:
    return (str(node["Relation Name"]) for node in one.nodes() if node["Node Type"] == "Seq Scan")


def test_no_fact_scans_a_large_table_or_reads_all_tenants(group_url: str) -> None:
    large = asyncio.run(explaining.large_tables(group_url))

    found = asyncio.run(explained(group_url))

    assert len(found) == len(RARE) * len(questions.PEOPLE)
    assert {(one.name, table) for one in found for table in scanned(one) if table in large} == set()
    assert {(one.name, table) for one in found for table in unfenced(one)} == set()
