"""What Ariadne and Graphene have in common: documents are parsed and validated once, a pool, the server."""

# pyright: basic, reportMissingImports=false
# What comes from an environment that is not ours has no types here.

import os
from contextlib import asynccontextmanager

import uvicorn
from graphql import DocumentNode, GraphQLError, GraphQLSchema, parse, validate
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from tests.benchmarks.rivals import rows


class Kept:
    """Documents by their text, and the faults of each."""

    def __init__(self, schema: GraphQLSchema) -> None:
        self._schema = schema
        self._opened: dict[str, DocumentNode] = {}
        self._errors: dict[int, list[GraphQLError]] = {}

    def open(self, text: str) -> DocumentNode:
        document = self._opened.get(text)
        if document is None:
            document = self._opened[text] = parse(text)
            self._errors[id(document)] = validate(self._schema, document)
        return document

    def errors(self, document: DocumentNode) -> list[GraphQLError]:
        return self._errors[id(document)]


async def ready(_) -> PlainTextResponse:
    return PlainTextResponse("ready")


@asynccontextmanager
async def lifespan(_):
    await rows.open_pool()
    yield
    await rows.close_pool()


def run(endpoint) -> None:
    uvicorn.run(
        Starlette(routes=[Route("/graphql", endpoint, methods=["POST"]), Route("/readyz", ready)], lifespan=lifespan),
        host="127.0.0.1",
        port=int(os.environ["CATCHBALL_PORT"]),
        loop="uvloop",
        http="httptools",
        backlog=2048,
        log_config=None,
        access_log=False,
        server_header=False,
    )
