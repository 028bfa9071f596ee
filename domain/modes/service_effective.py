"""The modes of units at a date, set by set: what higher slices ask before they make a scorecard or review one."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

import orjson

from domain.modes import chains, rules
from domain.modes.terms import Chain, Mode

if TYPE_CHECKING:
    from domain.kernel.database import Connection

_OF_UNITS = """
select u.id, {chain}::text as chain
from (select u.id, t.form from unit u join unit_term t on t.tenant_id = $1 and t.unit_id = u.id
      and t.valid_from <= $3 and $3 < t.valid_to where u.tenant_id = $1 and u.id = any($2)) u"""
_STATEMENT = _OF_UNITS.format(
    chain=chains.CHAIN.format(row="u", tenant="$1", as_of="$3", me="current_tenant()", scopes="'{}'::text[]")
)
"""Names of persons are told: the caller decides who hears of them."""


async def effective(
    connection: "Connection", tenant_id: UUID, unit_ids: Sequence[UUID], on: date
) -> Mapping[UUID, Mode]:
    """The modes that hold in these units on a date, by one statement; a unit that was not there then has none."""
    found = await chained(connection, tenant_id, unit_ids, on)
    return {unit_id: rules.resolve(chain) for unit_id, chain in found.items()}


async def chained(
    connection: "Connection", tenant_id: UUID, unit_ids: Sequence[UUID], on: date
) -> Mapping[UUID, Chain]:
    """The same before it is resolved: what decides about each unit's mode."""
    rows = await connection.fetch(_STATEMENT, tenant_id, list(unit_ids), on)
    return {row["id"]: chains.read(orjson.loads(row["chain"])) for row in rows}
