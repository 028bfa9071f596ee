"""Lists of objectives, read by desks that know other ways to what an actor sees."""

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from api.reading.catalogue import Catalogue, gather
from domain.kernel.actor import Actor
from domain.kernel.views import Reach
from tests.benchmarks.group_people import person
from tests.plans import questions
from tests.plans.explaining import Desk
from tests.plans.questions import Question

CATALOGUE = gather()
OBJECTIVE = CATALOGUE.views["Objective"]
HEAD = replace(questions.PEOPLE["manager"], person_id=UUID(person(0)))
"""Whose line are all."""
DOCUMENTS = (
    *(text for name, text in questions.LISTS.items() if "objectives" in name),
    "{ objectives(first: 7, filter: { mine: false, state: [ACTIVE, DRAFT] }) { totalCount nodes { id } } }",
    "{ objectives(last: 3, orderBy: TITLE) { edges { cursor node { id } } pageInfo { hasPreviousPage startCursor } } }",
)


def with_reach(reach: Reach | None) -> Desk:
    """A desk that knows this way to objectives, or none."""
    views = {**CATALOGUE.views, "Objective": replace(OBJECTIVE, reach=reach)}
    return Desk(Catalogue(views, CATALOGUE.roots, CATALOGUE.by_prefix, CATALOGUE.facts))


def asked(actors: Mapping[str, Actor]) -> list[Question]:
    """Every list by everybody."""
    return [Question(text, text, who, actor, {}) for text in DOCUMENTS for who, actor in actors.items()]
