"""Approvals by the product over HTTP beside pgbench with the very statements that the product approves by.

`python -m tests.benchmarks.approvals --home FOLDER` writes RESULTS-approvals.md. Both work on a copy of the generated
group in which every promise waits for its approver again, in turns, with sixteen connections and commits that wait for
the disk. What was approved in a turn waits again in the next.
"""

import argparse
import asyncio
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import asyncpg

from api.guard.trusted import read_manifest
from domain.kernel import clock, database
from domain.scorecards import service_promises
from tests.benchmarks import engines, machine, writes
from tests.benchmarks.engines import ROOT, Engines
from tests.benchmarks.load import Order
from tests.benchmarks.scripted import Said, listening, script
from tests.benchmarks.writes import CLIENTS, Turn, say

RESULTS = Path(__file__).with_name("RESULTS-approvals.md")
PER_SECOND_MAX = 2_000
_IDS = ("objective_id", "owner_id", "unit_id", "cycle_id", "parent_id", "approval_id", "approver_id")
_LISTS = ("key_result_ids", "currents", "progresses")

# A table of its own names what waits, so that pgbench finds its next one by a key.
_WAITING = """
create table waiting as
select (row_number() over (order by md5(o.id::text)))::int as n, o.id as objective_id, o.owner_id, o.unit_id,
  o.cycle_id, o.parent_id, o.title, coalesce(o.why, '') as why, o.audience, o.weight, o.version_hash, o.version,
  o.created_at, o.submitted_at, a.id as approval_id, a.approver_id,
  (select array_agg(k.id order by k.position)::text from key_result k
   where k.tenant_id = o.tenant_id and k.objective_id = o.id) as key_result_ids,
  (select array_agg(coalesce(k.start, k.low) order by k.position)::text from key_result k
   where k.tenant_id = o.tenant_id and k.objective_id = o.id) as currents,
  (select array_agg(0 order by k.position)::text from key_result k
   where k.tenant_id = o.tenant_id and k.objective_id = o.id) as progresses
from objective o
join lateral (
  select * from approval a where a.tenant_id = o.tenant_id and a.objective_id = o.id
  order by a.requested_at desc, a.id desc limit 1) a on true
where o.state = 'ACTIVE' and o.parent_id is not null
"""
_WAIT_AGAIN = """
update objective o set state = 'SUBMITTED', approved_at = null from waiting w
  where o.id = w.objective_id and o.state = 'ACTIVE';
update approval a set state = 'OPEN', decided_at = null, decided_by_id = null from waiting w
  where a.id = w.approval_id and a.state <> 'OPEN';
delete from journal_unread; delete from receipt;
vacuum analyze objective; vacuum analyze approval; vacuum analyze key_result;
"""


@dataclass(frozen=True, slots=True)
class Waiting:
    """An objective that waits, and whom it waits for."""

    objective: str
    approver: str
    version: int


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, help="a folder in which the group is kept for the next time")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=4.0)
    options = parser.parse_args()
    with engines.running(options.home, say) as started:
        asyncio.run(engines.provide_group(started, say))
        waiting = asyncio.run(copied(started))
        say(f"{len(waiting):,} objectives wait")
        copy = writes.copy_of(started)
        said = asyncio.run(listened(copy, waiting[0], before=waiting[-1]))
        turns = measure(copy, waiting, said, rounds=options.rounds, seconds=options.seconds)
        RESULTS.write_text(report(turns, said, asyncio.run(started.version())), encoding="utf-8")
    say(f"Written to {RESULTS.name}")


async def copied(started: Engines) -> list[Waiting]:
    """What waits for its approver, in a fresh copy of the group."""
    connection = await writes.fresh_copy(started)
    await connection.execute(_WAITING)
    await connection.execute("alter table waiting add primary key (n); grant select on waiting to catchball_app")
    await wait_again(connection)
    rows = await connection.fetch("select objective_id, approver_id, version from waiting order by n")
    await connection.close()
    return [Waiting(str(row["objective_id"]), str(row["approver_id"]), row["version"]) for row in rows]


async def wait_again(connection: asyncpg.Connection) -> None:
    """What was approved waits as before."""
    for statement in _WAIT_AGAIN.split(";"):
        if statement.strip():
            await connection.execute(statement)


async def listened(copy: Engines, one: Waiting, *, before: Waiting) -> list[Said]:
    """What the product says to PostgreSQL to approve one, on a connection that has approved another one before."""
    await database.connect(copy.database_url)
    try:
        await _approve(before, "heard before")
        async with listening() as said:
            await _approve(one, "listened")
        return list(said)
    finally:
        await database.close()


async def _approve(one: Waiting, key: str) -> None:
    approver = writes.employee(UUID(one.approver))
    await service_promises.approve(approver, UUID(one.objective), version=one.version, key=key)


def measure(
    copy: Engines, waiting: Sequence[Waiting], said: Sequence[Said], *, rounds: int, seconds: float
) -> list[Turn]:
    """In turns, after a round that is not counted."""
    port = engines.free_port()
    environment = engines.environment(copy, port)
    file = copy.home / "approve.pgbench"
    file.write_text(_script(copy, said, count=len(waiting)), encoding="utf-8")
    ready = f"http://127.0.0.1:{port}/readyz"
    tokens = writes.tokens_for(environment, {one.approver for one in waiting})
    requests = approvals(tokens, waiting[: int(seconds * PER_SECOND_MAX)])
    with engines.server("web", ["catchball", "web"], environment, ready=ready) as web:
        turns: list[Turn] = []
        for number in range(rounds + 1):
            asyncio.run(_again(copy))
            order = Order(port=port, requests=requests, clients=CLIENTS, seconds=seconds)
            turn = writes.one_turn(copy, file, pid=web.pid, order=order, between=lambda: asyncio.run(_again(copy)))
            asyncio.run(_check(copy, turn.pgbench * round(seconds)))
            say(
                f"approvals: product {turn.product.per_second:,.0f}, pgbench {turn.pgbench:,.0f} per second, "
                f"ratio {turn.product.per_second / turn.pgbench:.2f}"
            )
            if number:
                turns.append(turn)
    return turns


async def _check(copy: Engines, claimed: float) -> None:
    """pgbench approved as often as it says."""
    connection = await asyncpg.connect(copy.database_url)
    approved = await connection.fetchval(
        "select count(*) from objective o join waiting w on w.objective_id = o.id where o.state = 'ACTIVE' "
        "and o.approved_at is not null and exists (select from approval a where a.id = w.approval_id "
        "and a.state = 'APPROVED')"
    )
    await connection.close()
    assert approved > claimed * 0.9, f"pgbench approved {approved} objectives and claims {claimed:.0f}"


async def _again(copy: Engines) -> None:
    connection = await asyncpg.connect(copy.database_url)
    await wait_again(connection)
    await connection.close()


def _script(copy: Engines, said: Sequence[Said], *, count: int) -> str:
    """Each client approves objectives of its own, one after the other."""
    row = asyncio.run(_first(copy))
    # An id of the approval that was listened to stands for the same column of every other one.
    known = {str(row[name]): f":{name}" for name in _IDS} | {row[name]: f":{name}" for name in _LISTS}
    columns = {name: f":{name}" for name, _ in row.items() if name not in {"n", "version"}}
    head = (
        f"\\set i :i + 1\n\\set n 1 + :client_id * {count // CLIENTS} + :i\nselect * from waiting where n = :n \\gset\n"
    )
    return head + script(said, known, columns, key=("listened", "('k' || :n::text || now()::text)"))


async def _first(copy: Engines) -> asyncpg.Record:
    connection = await asyncpg.connect(copy.database_url)
    row = await connection.fetchrow("select * from waiting where n = 1")
    await connection.close()
    assert row is not None
    return row


def approvals(tokens: dict[str, str], waiting: Collection[Waiting]) -> list[str]:
    """As the app sends them, each under a key of its own."""
    manifest = read_manifest(ROOT / "mobile" / "trusted.json")
    document = [one for one, text in manifest.items() if text.startswith("mutation ApproveObjective(")][-1]
    return [writes.request(tokens[one.approver], document, _input(one)) for one in waiting]


def _input(one: Waiting) -> dict[str, object]:
    return {"id": f"obj_{one.objective}", "expectedVersion": one.version, "idempotencyKey": one.objective}


def report(turns: Sequence[Turn], said: Sequence[Said], version: str) -> str:
    """The results as a page of Markdown."""
    product, pgbench = writes.rows(turns)
    return PAGE.format(
        on=clock.now().date(),
        rounds=len(turns),
        statements=len(said),
        machine="\n".join(f"- {line}" for line in machine.describe(version)),
        product=product,
        pgbench=pgbench,
    )


PAGE = """# Approvals: the product over HTTP beside pgbench

Written by `python -m tests.benchmarks.approvals` on {on}; {rounds} rounds, in turns, sixteen connections, commits wait
for the disk.

The product verifies who asks, checks limits, approves by {statements} statements in one transaction and answers the
app's selection by one more. pgbench says the same {statements} statements (`-M prepared -c16 -j1`), as they were
listened to, and looks up what to approve by one more.

{machine}

| | approvals/s | p50 ms | p95 ms | p99 ms | web CPU ms | PostgreSQL CPU ms | ratio |
|---|---|---|---|---|---|---|---|
| product | {product} |
| pgbench | {pgbench} |
"""


if __name__ == "__main__":
    main()
