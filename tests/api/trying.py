"""Asks the schema what resolvers compute without any rows, as anybody who is signed in."""

import json
from inspect import isawaitable
from typing import Any, cast
from uuid import uuid4

import graphql
from graphql import OperationDefinitionNode

from api import schema
from api.guard import answers
from api.guard.callers import Context
from api.guard.execution import executor
from api.guard.operations import Prepared
from domain.kernel.actor import Actor
from tests.api.reading.desk import context

SOMEBODY = context(Actor(tenant_id=uuid4(), zone="UTC", person_id=uuid4()))


async def answer(text: str, *, who: Context = SOMEBODY, **variables: object) -> dict[str, Any]:
    """What a client is told, as JSON."""
    document = graphql.parse(text)
    assert graphql.validate(schema.core(), document) == []
    operation = next(one for one in document.definitions if isinstance(one, OperationDefinitionNode))
    prepared = Prepared(
        document_hash="",
        document=document,
        operation=operation,
        operation_name=None,
        variables=variables,
        cost=1,
        trusted_id=None,
    )
    result = executor(schema.core())(prepared, who)
    found = await result if isawaitable(result) else result
    return json.loads(answers.encode_result(cast("Any", found), repr, {}))


async def asked(field: str, text: str, **variables: object) -> Any:
    """The data of one field, where nothing went wrong."""
    told = await answer(text, who=SOMEBODY, **variables)
    assert "errors" not in told, told
    return told["data"][field]
