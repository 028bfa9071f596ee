"""What-if over a cascade: reads what is there, changes it in memory, and carries it up as the roll-up would."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from domain.kernel import database
from domain.kernel.actor import Actor
from domain.kernel.errors import InvalidInput, NotFound
from domain.kernel.views import View
from domain.objectives import roll_up, service_roll_up
from domain.objectives.cascading import service_graph, whatif
from domain.objectives.cascading.whatif import NODES_MAX, Change, Figure, Share, Thrown
from domain.objectives.roll_up import NOTHING, Kept, Now
from domain.objectives.rules import LEVELS_MAX
from domain.objectives.views import KEY_RESULT, OBJECTIVE

if TYPE_CHECKING:
    from asyncpg import Record

    from domain.kernel.database import Connection


@dataclass(frozen=True, slots=True)
class Standing:
    """How an objective is by itself, and with all that serves it, in percent."""

    progress: Decimal | None
    score: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Touched:
    """An objective that would stand otherwise; `level` counts up from those that change first."""

    objective_id: UUID
    title: str
    level: int
    before: Standing
    after: Standing
    figures: Sequence[tuple[Figure, Figure]]
    """Its key results that would be different, before and after."""


async def preview(actor: Actor, changes: Sequence[Change]) -> list[Touched]:
    """What would change of objectives that the actor may see, the lowest first; nothing is stored.

    NotFound for what the actor may not see; InvalidInput beyond 2,000 objectives and slices.
    """
    whatif.check(changes)
    weights = {one.objective_id: one.weight for one in changes if one.objective_id and one.weight is not None}
    named = [one.key_result_id for one in changes if one.key_result_id is not None]
    with database.tenant(actor.tenant_id):
        async with database.connection() as connection:
            await _check_seen(connection, actor, KEY_RESULT, named)
            await _check_seen(connection, actor, OBJECTIVE, weights)
            thrown = await _thrown(connection, actor.tenant_id, named)
            figures = whatif.changed(thrown, changes)
            ascent = _Ascent(connection, actor.tenant_id, _own(thrown, figures), weights)
            await ascent.climb([*weights, *(one.objective_id for one in figures.values())])
            titles = await service_graph.titles(connection, actor, OBJECTIVE, list(ascent.levels))
    return [ascent.touched(one, titles[one], thrown, figures) for one in ascent.levels if one in titles]


async def _check_seen(connection: "Connection", actor: Actor, view: View, row_ids: Collection[UUID]) -> None:
    if set(row_ids) - (await service_graph.titles(connection, actor, view, list(row_ids))).keys():
        raise NotFound


async def _thrown(connection: "Connection", tenant_id: UUID, named: Sequence[UUID]) -> Thrown:
    """The slices below the key results that are named, and all key results of the objectives that hold them."""
    rows = await connection.fetch(
        """select distinct s.key_result_id, s.child_key_result_id, s.amount
           from unnest($2::uuid[]) n (id) cross join lateral slices_below($1, n.id, $3, $4) s
           where s.state <> 'DRAFT' order by 1, 2 limit $4""",
        tenant_id,
        list(named),
        LEVELS_MAX,
        NODES_MAX + 1,
    )
    _check_few(rows)
    shares = [Share(row["key_result_id"], row["child_key_result_id"], row["amount"]) for row in rows]
    ids = {*named, *(one.child_id for one in shares if one.child_id is not None)}
    return Thrown(await _figures(connection, tenant_id, ids), shares, await _reserves(connection, tenant_id, ids))


def _check_few(found: Collection[object]) -> None:
    if len(found) > NODES_MAX:
        raise InvalidInput(
            f"This would touch more than {NODES_MAX} objectives or slices.",
            field="changes",
            help="Try it further down.",
        )


async def _figures(connection: "Connection", tenant_id: UUID, ids: Iterable[UUID]) -> dict[UUID, Figure]:
    rows = await connection.fetch(
        """select k.id, k.objective_id, k.title, k.kind, k.weight, k.start, k.target, k.low, k.high, k.current,
             k.progress
           from key_result k where k.tenant_id = $1 and k.objective_id in (
             select o.objective_id from key_result o where o.tenant_id = $1 and o.id = any($2::uuid[]))
           order by k.objective_id, k.position""",
        tenant_id,
        list(ids),
    )
    return {row["id"]: Figure(**dict(row)) for row in rows}


async def _reserves(connection: "Connection", tenant_id: UUID, ids: Iterable[UUID]) -> dict[UUID, tuple[Decimal, bool]]:
    rows = await connection.fetch(
        """select key_result_id, reserve, is_whole from target_split
           where tenant_id = $1 and key_result_id = any($2::uuid[])""",
        tenant_id,
        list(ids),
    )
    return {row["key_result_id"]: (row["reserve"], row["is_whole"]) for row in rows}


def _own(thrown: Thrown, figures: Mapping[UUID, Figure]) -> dict[UUID, Decimal | None]:
    """The progress of each objective with a figure that would be different."""
    touched = {one.objective_id for one in figures.values()}
    by_objective: dict[UUID, list[Figure]] = {}
    for one in thrown.figures.values():
        if one.objective_id in touched:
            by_objective.setdefault(one.objective_id, []).append(figures.get(one.id, one))
    return {objective_id: whatif.own(some) for objective_id, some in by_objective.items()}


@dataclass(slots=True)
class _Ascent:
    """Carries changes up level by level, two steps for each: what is kept is read, what would be kept is remembered."""

    connection: "Connection"
    tenant_id: UUID
    own: Mapping[UUID, Decimal | None]
    weights: Mapping[UUID, int]
    rows: "dict[UUID, Record]" = field(default_factory=dict["UUID", "Record"])
    kept: dict[UUID, Kept] = field(default_factory=dict[UUID, Kept])
    levels: dict[UUID, int] = field(default_factory=dict[UUID, int])

    async def climb(self, touched: Iterable[UUID]) -> None:
        """Until nothing changes any more."""
        carried = dict.fromkeys(touched, NOTHING)
        for number in range(roll_up.LEVELS_MAX):
            await self._read(carried)
            looked = {one: self._with(one, share) for one, share in carried.items() if one in self.rows}
            level = roll_up.look((self._now(one), kept) for one, kept in looked.items())
            self.kept |= looked | dict(level.found)
            for one in looked:
                self.levels.setdefault(one, number)
            carried = dict(level.carried)
            if not carried:
                return

    def _with(self, objective_id: UUID, share: roll_up.Share) -> Kept:
        kept = self.kept.get(objective_id) or service_roll_up.kept_of(self.rows[objective_id])
        return replace(kept, carried=kept.carried.plus(share))

    async def _read(self, ids: Collection[UUID]) -> None:
        missing = [one for one in ids if one not in self.rows]
        if missing:
            found = await self.connection.fetch(service_roll_up.LOOK, self.tenant_id, missing)
            self.rows |= {row["id"]: row for row in found}
            _check_few(self.rows)

    def _now(self, objective_id: UUID) -> Now:
        now = service_roll_up.now_of(self.rows[objective_id])
        weight = self.weights.get(objective_id)
        is_promised = now.state in roll_up.COUNTED
        return replace(
            now,
            own=self.own[objective_id] if is_promised and objective_id in self.own else now.own,
            weight=now.weight if weight is None else Decimal(weight),
        )

    def touched(self, objective_id: UUID, title: str, thrown: Thrown, figures: Mapping[UUID, Figure]) -> Touched:
        """What became of an objective."""
        row, kept = self.rows[objective_id], self.kept[objective_id]
        mine = [one for one in figures.values() if one.objective_id == objective_id]
        return Touched(
            objective_id=objective_id,
            title=title,
            level=self.levels[objective_id],
            before=Standing(row["progress"], row["score"]),
            after=Standing(kept.own, kept.score),
            figures=[(thrown.figures[one.id], one) for one in mine],
        )
