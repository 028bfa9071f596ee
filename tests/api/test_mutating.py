"""What mutations answer when the world moved on before a repeat, and what the journal knows of them."""

from collections.abc import AsyncGenerator, Generator
from dataclasses import dataclass
from inspect import isawaitable
from typing import cast
from uuid import UUID

import asyncpg
import graphql
import pytest
from graphql import ExecutionResult, GraphQLSchema, OperationDefinitionNode

from api import schema
from api.guard.callers import Context
from api.guard.execution import executor
from api.guard.operations import Prepared
from api.reading import catalogue, resolving
from api.reading.planning import Planner
from domain.kernel import clock, ids
from domain.objectives import service, service_approvals
from tests.conftest import Cluster
from tests.domain.apart import apart, connected
from tests.domain.objectives import company as companies
from tests.domain.objectives.company import GOAL, NOON, Company

Answer = dict[str, object]
NOT_FOUND = {
    "__typename": "NotFound",
    "code": "not_found",
    "message": "This does not exist or is not shared with you.",
}


@dataclass(frozen=True, slots=True)
class Desk:
    """The mutations of the schema for everybody of one company."""

    core: GraphQLSchema
    company: Company

    async def act(self, name: str, mutation: str, **values: object) -> Answer:
        """One mutation of an objective, under a key that is the same in every repeat."""
        kind = f"{mutation[0].upper()}{mutation[1:]}Input"
        text = f"""mutation($input: {kind}!) {{ {mutation}(input: $input) {{
            __typename ... on Problem {{ code message }} ... on Objective {{ state version }} }} }}"""
        document = graphql.parse(text)
        operation = document.definitions[0]
        assert isinstance(operation, OperationDefinitionNode)
        prepared = Prepared(
            document_hash=text,
            document=document,
            operation=operation,
            operation_name=None,
            variables={"input": {"idempotencyKey": mutation, **values}},
            cost=1,
            trusted_id=None,
        )
        found = executor(self.core)(prepared, self._context(name))
        result = await found if isawaitable(found) else found
        assert isinstance(result, ExecutionResult)
        assert result.errors is None
        return cast("Answer", cast("Answer", result.data)[mutation])

    def _context(self, name: str) -> Context:
        return Context(
            actor=self.company.actor(name),
            client_name=None,
            client_version=None,
            language="en",
            request_id=f"request of {name}",
            address="test",
            deadline=float("inf"),
            cookies={},
        )


@pytest.fixture(scope="module")
async def connection(cluster: Cluster, template: str) -> AsyncGenerator[str]:
    with apart(cluster, template) as url:
        async with connected(url):
            yield url


@pytest.fixture(autouse=True)
def noon() -> Generator[None]:
    with clock.frozen(NOON):
        yield


@pytest.fixture
async def desk(connection: str) -> Desk:
    core = schema.core()
    resolving.attach(core, Planner(core, catalogue.gather(), b"secret", {"push_key": "key"}))
    return Desk(core, await companies.lay())


async def decide(desk: Desk, mutation: str, objective_id: UUID) -> Answer:
    return await desk.act("Chen", mutation, id=ids.public("obj", objective_id), expectedVersion=2, reason="Why?")


async def test_a_repeated_decision_on_what_its_owner_took_back_finds_nothing(desk: Desk) -> None:
    objective_id = await desk.company.submitted()
    first = await decide(desk, "declineObjective", objective_id)
    await service.edit(desk.company.actor("Dina"), objective_id, GOAL, version=3, key="edit")

    again = await decide(desk, "declineObjective", objective_id)

    assert first == {"__typename": "Objective", "state": "DECLINED", "version": 3}
    assert again == NOT_FOUND
    assert await desk.company.version(objective_id) == 4


async def test_a_repeated_question_on_what_was_withdrawn_finds_nothing(desk: Desk) -> None:
    objective_id = await desk.company.submitted()
    first = await decide(desk, "requestInformation", objective_id)
    await service_approvals.withdraw(desk.company.actor("Dina"), objective_id, version=3, key="withdraw")

    again = await decide(desk, "requestInformation", objective_id)

    assert first == {"__typename": "Objective", "state": "INFORMATION_REQUESTED", "version": 3}
    assert again == NOT_FOUND
    assert await desk.company.version(objective_id) == 4


async def test_the_journal_names_the_request_that_wrote_it(desk: Desk) -> None:
    objective_id = await desk.company.submitted()

    await decide(desk, "declineObjective", objective_id)

    told = await desk.company.organisation.value(
        "select request_id from journal where kind = 'ObjectiveDeclined' and subject_id = $1", objective_id
    )
    assert told == "request of Chen"


DEADLOCK_ONCE = """
create sequence undone;
create function end_a_deadlock() returns trigger language plpgsql security definer as $$
begin
  if nextval('undone') = 1 then -- a sequence counts on although the transaction is undone
    raise exception using errcode = '40P01';
  end if;
  return new;
end $$;
create trigger undone before update on approval for each row execute function end_a_deadlock();
"""


async def test_a_mutation_that_was_undone_to_end_a_deadlock_is_tried_again(desk: Desk, connection: str) -> None:
    objective_id = await desk.company.submitted()
    owner = await asyncpg.connect(connection)
    await owner.execute(DEADLOCK_ONCE)
    await owner.close()

    answer = await decide(desk, "declineObjective", objective_id)

    assert answer == {"__typename": "Objective", "state": "DECLINED", "version": 3}
    assert len(await desk.company.organisation.facts("ObjectiveDeclined")) == 1
