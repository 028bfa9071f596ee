"""The loaders of the Strawberry app: each gathers the keys of one tick into one query of the ORM."""

from collections import defaultdict
from collections.abc import Awaitable, Callable
from typing import TypeVar
from uuid import UUID

from strawberry.dataloader import DataLoader
from tortoise.models import Model

from domain.objectives.model import Approval, CheckIn, KeyResult, Objective
from domain.people.model import Person
from tests.benchmarks.tables import TENANT

TENANT_ID = UUID(TENANT)
M = TypeVar("M", bound=Model)


class Loaders:
    """One set for each request, as loaders remember what they loaded."""

    def __init__(self) -> None:
        self.person = DataLoader(load_fn=rows_of(Person))
        self.objective = DataLoader(load_fn=rows_of(Objective))
        self.approval = DataLoader(load_fn=rows_of(Approval))
        self.check_in = DataLoader(load_fn=rows_of(CheckIn))
        self.key_results = DataLoader(load_fn=key_results)
        self.children = DataLoader(load_fn=children)


def rows_of(model: type[M]) -> Callable[[list[UUID]], Awaitable[list[M | None]]]:
    """Loads rows of one table by their ids."""

    async def load(ids: list[UUID]) -> list[M | None]:
        rows = await model.filter(tenant_id=TENANT_ID, id__in=ids)
        found = {row.pk: row for row in rows}
        return [found.get(one) for one in ids]

    return load


async def key_results(objective_ids: list[UUID]) -> list[list[KeyResult]]:
    found: dict[UUID, list[KeyResult]] = defaultdict(list)
    for row in await KeyResult.filter(tenant_id=TENANT_ID, objective_id__in=objective_ids).order_by("position"):
        found[row.objective_id].append(row)
    return [found[one] for one in objective_ids]


async def children(objective_ids: list[UUID]) -> list[list[Objective]]:
    found: dict[UUID | None, list[Objective]] = defaultdict(list)
    rows = Objective.filter(tenant_id=TENANT_ID, parent_id__in=objective_ids).order_by("-created_at", "-id")
    for row in await rows:
        found[row.parent_id].append(row)
    return [found[one] for one in objective_ids]
