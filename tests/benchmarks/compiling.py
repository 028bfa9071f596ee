"""How long the product takes over a document that it has not seen: to open it, and to compile its plan."""

import time
from dataclasses import dataclass
from statistics import median

from graphql import FragmentDefinitionNode

from api import schema
from api.guard.documents import Documents, hash_text
from api.reading import catalogue
from api.reading.planning import Planner
from tests.benchmarks.home import actor, trusted_text

TIMES = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Unseen:
    """Medians in milliseconds; the length of the statement in characters."""

    opened: float
    compiled: float
    characters: int


def measure() -> Unseen:
    """The home screen's document, opened and compiled anew each time."""
    core = schema.core()
    text = trusted_text("Home")
    found = [_once(core_documents, text) for core_documents in [Documents(core)] for _ in range(TIMES)]
    opened, compiled, characters = zip(*found, strict=True)
    return Unseen(opened=median(opened), compiled=median(compiled), characters=characters[0])


def _once(documents: Documents, text: str) -> tuple[float, float, int]:
    begun = time.perf_counter()
    document = documents.check(text, hash_text(text))
    opened = time.perf_counter()
    operation = document.choose(None).node
    fragments = {one.name.value: one for one in document.node.definitions if isinstance(one, FragmentDefinitionNode)}
    plan = Planner(documents.schema, catalogue.gather(), bytes(32)).whole("home", operation, fragments, {}, actor(0))
    compiled = time.perf_counter()
    assert plan is not None, "the home screen is all views"
    return (opened - begun) * 1000, (compiled - opened) * 1000, len(plan.sql)
