"""Lists that are long, read by desks that know other ways to what an actor sees."""

from collections.abc import Mapping
from dataclasses import replace
from typing import cast
from uuid import UUID

import pytest

from api.reading import weaving
from api.reading.catalogue import Catalogue, gather
from domain.kernel.actor import Actor
from domain.kernel.views import Page, Reach
from tests.benchmarks.group_people import person
from tests.plans import questions
from tests.plans.explaining import Desk
from tests.plans.questions import Question

CATALOGUE = gather()
OBJECTIVE = CATALOGUE.views["Objective"]
FEED = cast("Page", CATALOGUE.roots["checkIns"])
HEAD = replace(questions.PEOPLE["manager"], person_id=UUID(person(0)))
"""Whose line are all."""
DOCUMENTS = (
    *(text for name, text in questions.LISTS.items() if "objectives" in name),
    "{ objectives(first: 7, filter: { mine: false, state: [ACTIVE, DRAFT] }) { totalCount nodes { id } } }",
    "{ objectives(last: 3, orderBy: TITLE) { edges { cursor node { id } } pageInfo { hasPreviousPage startCursor } } }",
)
PARTS = (
    "(first: 7%s) { nodes { id } }",
    "(last: 3%s) { edges { cursor node { id } } pageInfo { hasPreviousPage startCursor } }",
    "(first: 1%s) { totalCount nodes { id } pageInfo { hasNextPage } }",
)
WAYS = {"the usual": (20_000, 30), "strands": (20_000, 0), "a walk": (0, 30), "a walk of some steps": (100, 1)}
"""What is found in `weaving`."""


def with_reach(reach: Reach | None) -> Desk:
    """A desk that knows this way to objectives, or none."""
    views = {**CATALOGUE.views, "Objective": replace(OBJECTIVE, reach=reach)}
    return Desk(Catalogue(views, CATALOGUE.roots, CATALOGUE.by_prefix, CATALOGUE.facts))


def asked(actors: Mapping[str, Actor]) -> list[Question]:
    """Every list by everybody."""
    return [Question(text, text, who, actor, {}) for text in DOCUMENTS for who, actor in actors.items()]


def news(actors: Mapping[str, Actor], served: str) -> list[Question]:
    """The feed with every filter, by everybody."""
    below = f'serving: "{served}"'
    filters = ("", *(f", filter: {{ {one} }}" for one in ("line: ALL", "line: DIRECT", below, f"line: ALL, {below}")))
    texts = ["{ checkIns" + part % one + " }" for part in PARTS for one in filters]
    return [Question(text, text, who, actor, {}) for text in texts for who, actor in actors.items()]


def without_strands() -> Desk:
    filters = {path: replace(one, strands=None) for path, one in FEED.filters.items()}
    roots = {**CATALOGUE.roots, "checkIns": replace(FEED, strands=None, filters=filters)}
    return Desk(Catalogue(CATALOGUE.views, roots, CATALOGUE.by_prefix, CATALOGUE.facts))


def go(monkeypatch: pytest.MonkeyPatch, way: str) -> None:
    for name, value in zip(("KEYS_MAX", "WALKED_EACH"), WAYS[way], strict=True):
        monkeypatch.setattr(weaving, name, value)
