"""Three readers answer each document for several actors; where they differ, the document is shrunk and shown."""

from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random

import asyncpg
import graphql
import orjson
from graphql import GraphQLError

from api import schema
from api.guard.refusal import Refusal
from tests.api.reading import cursors as cursors_of
from tests.api.reading import features, regressions, shrinking
from tests.api.reading.archive import Archive, Store
from tests.api.reading.desk import Desk
from tests.api.reading.documents import Author
from tests.api.reading.reference import Reference
from tests.api.reading.shrinking import Case
from tests.api.reading.world import READERS

ACTORS = 6
"""How many of the readers ask for each document."""
AGAIN = "asked again with other variables"
PLAIN = graphql.build_schema(schema.sdl())
FAILURES = (asyncpg.PostgresError, AssertionError, GraphQLError, LookupError, Refusal, TypeError, ValueError)
FROM_THE_WORLD = (
    "Unicode",
    "a big number",
    "null",
    "an empty list",
    "a tie in the order",
    "a tie at the border of a page",
    "a border of a page",
    "a date asked for",
    "a row of another group",
    "somebody else's draft",
    "a former manager",
    "Approval.note masked",
    "Approval.decisionNote masked",
    "Approval.changes masked",
    "CheckIn.note masked",
    "CheckIn.confidence masked",
    "Standing.person masked",
)
Read = Callable[[str, Case, str], Awaitable[bytes]]
"""The data of the answer as JSON: of a text, the same as a case, to a person."""


@dataclass(slots=True)
class Proof:
    """Of one run: what was asked, and what was met."""

    desk: Desk
    cursors: Mapping[str, Sequence[str]]
    references: Mapping[str, Reference]
    tally: Counter[str] = field(default_factory=Counter[str])
    readers: dict[str, Read] = field(default_factory=dict[str, Read])

    def __post_init__(self) -> None:
        self.readers |= {"planner": self._plan, "executor": self._execute, "reference": self._refer}

    async def prove(self, seed: int) -> None:
        """All readers agree on the document of a seed, to the byte, and once more with other variables."""
        author = Author(self.desk.schema, self.desk.world.ids, self.cursors, Random(seed))
        text, variables = author.write()
        names = Random(seed).sample(READERS, k=ACTORS)
        case = Case(graphql.parse(text), variables)
        self.tally["documents"] += 1
        await self._agree(text, case, names)
        if author.others() != variables:
            self.tally[AGAIN] += 1
            await self._agree(text, Case(case.document, author.others()), names[:1])

    async def agree(self, text: str, variables: Mapping[str, object], names: Sequence[str]) -> None:
        """All readers agree on a document, whichever of these persons asks."""
        await self._agree(text, Case(graphql.parse(text), variables), names)

    async def _agree(self, text: str, case: Case, names: Sequence[str]) -> None:
        self.tally.update(features.of_document(self.desk.schema, case.document, case.variables))
        for name in names:
            if await self._differ(text, case, name):
                raise AssertionError(await self._told(case, name))
            self._count(name)

    async def _differ(self, text: str, case: Case, name: str) -> bool:
        self.desk.documents.clear()
        self.desk.documents[text] = case.document
        return len({await self._answer(read, text, case, name) for read in self.readers.values()}) > 1

    async def _answer(self, read: Read, text: str, case: Case, name: str) -> bytes:
        try:
            return await read(text, case, name)
        except FAILURES as failure:
            return repr(failure).encode()

    def _count(self, name: str) -> None:
        self.tally["answers"] += 1
        remarks, world = self.references[name].remarks, self.desk.world
        self.tally.update(remarks.met)
        self.tally["a row of another group"] += not remarks.unknown.isdisjoint(world.elsewhere)
        self.tally["somebody else's draft"] += not remarks.hidden.isdisjoint(world.drafts)
        self.tally["a former manager"] += (
            name == "Chen" and str(world.objectives["of Emil in February"]) in remarks.hidden
        )

    async def _told(self, case: Case, name: str) -> str:
        async def fails(smaller: Case) -> bool:
            return await self._differ(graphql.print_ast(smaller.document), smaller, name)

        smallest = await shrinking.shrink(self.desk.schema, case, fails)
        text = graphql.print_ast(smallest.document)
        await fails(smallest)
        answers = [
            f"{reader}: {(await self._answer(read, text, smallest, name)).decode()}"
            for reader, read in self.readers.items()
        ]
        names = regressions.nameable(self.desk.world.ids, self.cursors)
        told = regressions.written(text, smallest.variables, name, names)
        return "\n".join(["The readers differ. Keep this:", "", told, *answers])

    async def _plan(self, text: str, case: Case, name: str) -> bytes:
        answer = await self.desk.plan(name, text, **case.variables)
        return answer.removeprefix(b'{"data":')[:-1]

    async def _execute(self, text: str, case: Case, name: str) -> bytes:
        result = await self.desk.execute(name, text, **case.variables)
        assert result.errors is None, result.errors
        return orjson.dumps(result.data)

    async def _refer(self, _: str, case: Case, name: str) -> bytes:
        return await self.references[name].answer(case.document, case.variables)


def wanted(proof: Proof) -> set[str]:
    """Everything that the documents of a run must have met."""
    declared = features.of_catalogue(proof.desk.reader.planner.catalogue)
    return {*features.OF_DOCUMENTS, *declared, *FROM_THE_WORLD, AGAIN}


async def begin(desk: Desk) -> Proof:
    """A proof over the world of a desk."""
    planner, store = desk.reader.planner, Store()
    found = planner.catalogue
    references = {
        name: Reference(PLAIN, found, Archive(desk.world.actor(name), found.facts, store), planner.secret)
        for name in READERS
    }
    return Proof(desk, await cursors_of.collect(desk, found), references)
