"""Cursors from real answers: every list of the schema in every order, as some persons are shown it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import cast

import orjson
from graphql import GraphQLObjectType

from api.reading.catalogue import Catalogue
from domain.kernel.views import Page, View
from tests.api.reading.desk import Desk

READERS = ("Dina", "Chen", "Hugo", "Sofia", "Partner")
KEPT_MAX = 12
IDS_MAX = 100


async def collect(desk: Desk, catalogue: Catalogue) -> dict[str, list[str]]:
    """Some cursors by `Type.field:ORDER`, from all over each list."""
    found: dict[str, list[str]] = {}
    for scope, text, variables in _documents(desk, catalogue):
        met: dict[str, None] = {}
        for name in READERS:
            met |= dict.fromkeys(_cursors(orjson.loads(await desk.plan(name, text, **variables))))
        cursors = list(met)
        if cursors:
            found[scope] = cursors[:: -(-len(cursors) // KEPT_MAX)]
    return found


def _documents(desk: Desk, catalogue: Catalogue) -> Iterator[tuple[str, str, dict[str, object]]]:
    for name, root in catalogue.roots.items():
        if isinstance(root, Page):
            for order, asked in _orders(desk, "Query", name, root):
                yield f"Query.{name}:{order}", f"{{ {asked} }}", {}
    for view in catalogue.views.values():
        for name, edge in view.fields.items():
            if isinstance(edge, Page):
                for order, asked in _orders(desk, view.name, name, edge):
                    yield f"{view.name}.{name}:{order}", *_around(desk, view, asked)


def _orders(desk: Desk, type_name: str, name: str, page: Page) -> Iterator[tuple[str, str]]:
    parent = cast("GraphQLObjectType", desk.schema.type_map[type_name])
    can_choose = "orderBy" in parent.fields[name].args
    for order in page.orders if can_choose else (next(iter(page.orders)),):
        chosen = f", orderBy: {order}" if can_choose else ""
        yield order, f"{name}(first: 100{chosen}) {{ edges {{ cursor }} }}"


def _around(desk: Desk, view: View, asked: str) -> tuple[str, dict[str, object]]:
    root = view.name.lower()
    if root in desk.reader.planner.catalogue.roots and view.name in ("Viewer", "Home"):
        return f"{{ {root} {{ {asked} }} }}", {}
    ids = [one for one in desk.world.ids.values() if one.startswith(f"{view.prefix}_")][:IDS_MAX]
    return f"query($ids: [ID!]!) {{ nodes(ids: $ids) {{ ... on {view.name} {{ {asked} }} }} }}", {"ids": ids}


def _cursors(answer: object) -> Iterator[str]:
    if isinstance(answer, Mapping):
        for key, value in cast("Mapping[str, object]", answer).items():
            if key == "cursor":
                yield str(value)
            else:
                yield from _cursors(value)
    elif isinstance(answer, list):
        for one in cast("Sequence[object]", answer):
            yield from _cursors(one)
