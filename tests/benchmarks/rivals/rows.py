"""Rows by asyncpg for Ariadne and Graphene: plain statements, and a loader for each edge.

It runs in an environment of the rivals, so it imports nothing of ours that needs more than they have.
"""

# pyright: basic, reportMissingImports=false
# What comes from an environment that is not ours has no types here.

import os
from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import partial
from typing import TypeAlias
from uuid import UUID

import asyncpg
from aiodataloader import DataLoader

from tests.benchmarks.tables import TENANT

Row: TypeAlias = dict[str, object]
TENANT_ID = UUID(TENANT)
POOL_SIZE = 4
"""That of the product's web process."""
ACTIONS = {
    "DRAFT": ["EDIT", "SUBMIT"],
    "DECLINED": ["EDIT", "SUBMIT"],
    "INFORMATION_REQUESTED": ["EDIT", "SUBMIT", "WITHDRAW"],
    "SUBMITTED": ["WITHDRAW"],
    "ACTIVE": ["CHECK_IN"],
}
DECIDED_BY = (
    "a.tenant_id = $1 and a.state = 'OPEN' and a.requested_by_id <> $2 and a.approver_id = any(array("
    "select $2 union all select d.from_id from delegation d where d.tenant_id = $1 and d.to_id = $2 "
    "and d.valid_from <= $3 and $3 < d.valid_to))"
)
_pools: list[asyncpg.Pool] = []


class Loaders:
    """One set for each request, as loaders remember what they loaded."""

    def __init__(self) -> None:
        self.person = DataLoader(partial(by_id, "person"))
        self.objective = DataLoader(partial(by_id, "objective"))
        self.approval = DataLoader(partial(by_id, "approval"))
        self.check_in = DataLoader(partial(by_id, "check_in"))
        self.key_results = DataLoader(key_results)


async def open_pool() -> None:
    pool = await asyncpg.create_pool(os.environ["DATABASE_URL"], min_size=1, max_size=POOL_SIZE)
    _pools.append(pool)


async def close_pool() -> None:
    await _pools.pop().close()


async def rows(statement: str, *arguments: object) -> list[Row]:
    return [dict(one) for one in await _pools[0].fetch(statement, *arguments)]


async def by_id(table: str, ids: Sequence[UUID]) -> list[Row | None]:
    found = await rows(f"select * from {table} where tenant_id = $1 and id = any($2)", TENANT_ID, ids)
    known = {one["id"]: one for one in found}
    return [known.get(one) for one in ids]


async def key_results(objective_ids: Sequence[UUID]) -> list[list[Row]]:
    statement = "select * from key_result where tenant_id = $1 and objective_id = any($2) order by position"
    found: dict[object, list[Row]] = defaultdict(list)
    for one in await rows(statement, TENANT_ID, objective_ids):
        found[one["objective_id"]].append(one)
    return [found[one] for one in objective_ids]


async def current_cycle() -> Row | None:
    statement = "select * from cycle where tenant_id = $1 and starts_on <= $2 order by starts_on desc limit 1"
    found = await rows(statement, TENANT_ID, today())
    return found[0] if found else None


async def unread_count(person: UUID) -> int:
    statement = "tenant_id = $1 and person_id = $2 and read_at is null and state = 'OPEN'"
    return await _pools[0].fetchval(f"select count(*) from inbox_item where {statement}", TENANT_ID, person)


async def open_approval_count(person: UUID) -> int:
    return await _pools[0].fetchval(f"select count(*) from approval a where {DECIDED_BY}", TENANT_ID, person, today())


async def open_approvals(person: UUID, first: int) -> list[Row]:
    statement = f"select a.* from approval a where {DECIDED_BY} order by a.requested_at, a.id limit $4"
    return await rows(statement, TENANT_ID, person, today(), first)


async def current_objectives(person: UUID, first: int) -> list[Row]:
    cycle = await current_cycle()
    statement = (
        "select * from objective where tenant_id = $1 and owner_id = $2 and cycle_id = $3 "
        "order by created_at desc, id desc limit $4"
    )
    return await rows(statement, TENANT_ID, person, cycle["id"], first) if cycle else []


async def inbox(person: UUID, first: int) -> list[Row]:
    statement = (
        "select * from inbox_item where tenant_id = $1 and person_id = $2 order by created_at desc, id desc limit $3"
    )
    return await rows(statement, TENANT_ID, person, first)


def today() -> date:
    return datetime.now(UTC).date()


def rounded(value: Decimal | None) -> Decimal | None:
    return None if value is None else value.quantize(Decimal("0.01"), ROUND_HALF_UP)


def initials(name: str) -> str:
    words = name.split()
    return "".join(word[0] for word in [words[0], *words[1:][-1:]]).upper()
