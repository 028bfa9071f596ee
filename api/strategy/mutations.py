"""What can be done with strategies in the schema."""

from typing import Annotated, cast

import strawberry
from strawberry import Info

from api import problem
from api.mutating import actor, answer, row_id, text
from api.problem import InvalidInput, KeyReused, NotFound, NotPermitted, Problem, StaleVersion
from api.strategy.inputs import (
    PublishStrategyInput,
    WriteIntentInput,
    WritePerspectivesInput,
    WriteStrategyMapInput,
    drafted,
    intended,
    named,
)
from api.strategy.types import Intent, Perspective, Strategy
from domain.kernel.errors import DomainError
from domain.strategy import errors, service, service_intents, service_publishing
from domain.strategy.terms import GapKind

strawberry.enum(GapKind, description="What a strategy map lacks.")


@strawberry.type(description="Causes and effects would lead back to where they began.")
class CausalCircle(Problem):
    path: list[str] = strawberry.field(
        description="The codes of the strategic objectives along the circle; the first one is the last one again."
    )


@strawberry.type(description="Something that a strategy map lacks.")
class StrategyGap:
    kind: GapKind = strawberry.field(description="What is missing.")
    code: str | None = strawberry.field(description="The code of the perspective or strategic objective it is about.")
    message: str = strawberry.field(description="A sentence for people.")


@strawberry.type(description="The map lacks something without which it is not published.")
class StrategyIncomplete(Problem):
    missing: list[StrategyGap] = strawberry.field(description="Everything that is missing, in the order of the map.")


@strawberry.type(description="Nothing was written since the strategy was published.")
class NothingToPublish(Problem):
    pass


def _circle(found: DomainError) -> Problem:
    assert isinstance(found, errors.CausalCircle)
    return CausalCircle(code=found.code, message=found.message, help=found.help, path=list(found.path))


def _incomplete(found: DomainError) -> Problem:
    assert isinstance(found, errors.StrategyIncomplete)
    missing = [StrategyGap(kind=gap.kind, code=gap.code, message=gap.sentence) for gap in found.missing]
    return StrategyIncomplete(code=found.code, message=found.message, help=found.help, missing=missing)


problem.register_maker(errors.CausalCircle, _circle)
problem.register_maker(errors.StrategyIncomplete, _incomplete)
problem.register(errors.NothingToPublish, NothingToPublish)


WriteStrategyMapResult = Annotated[
    Strategy | NotFound | NotPermitted | StaleVersion | CausalCircle | InvalidInput | KeyReused,
    strawberry.union("WriteStrategyMapResult", description="The strategy with its draft, or why it was not written."),
]
PublishStrategyResult = Annotated[
    Strategy
    | NotFound
    | NotPermitted
    | StaleVersion
    | NothingToPublish
    | StrategyIncomplete
    | InvalidInput
    | KeyReused,
    strawberry.union("PublishStrategyResult", description="The strategy as it holds, or why it was not published."),
]
WriteIntentResult = Annotated[
    Intent | NotFound | NotPermitted | StaleVersion | InvalidInput | KeyReused,
    strawberry.union("WriteIntentResult", description="The new version of the intent, or why there is none."),
]
WritePerspectivesResult = Annotated[
    Perspective | NotPermitted | InvalidInput | KeyReused,
    strawberry.union("WritePerspectivesResult", description="The first perspective, or why none was written."),
]


@strawberry.type
class StrategyMutations:
    @strawberry.mutation(
        description="Write the whole strategy map of a unit as it shall be. It is a draft that only the strategy "
        "office and administrators see until it is published; parts are known by their codes and live on."
    )
    async def write_strategy_map(self, info: Info, input: WriteStrategyMapInput) -> WriteStrategyMapResult:
        found = await answer(
            info,
            "Strategy",
            lambda: service.write_map(
                actor(info),
                row_id("unt", input.unit),
                drafted(input),
                version=input.expected_version,
                key=input.idempotency_key,
            ),
        )
        return cast("WriteStrategyMapResult", found)

    @strawberry.mutation(
        description="Make the draft of a strategy hold for everybody, and keep it as a version. Every strategic "
        "objective needs an intent, some theme a weight, and every perspective a strategic objective or a reason."
    )
    async def publish_strategy(self, info: Info, input: PublishStrategyInput) -> PublishStrategyResult:
        found = await answer(
            info,
            "Strategy",
            lambda: service_publishing.publish(
                actor(info),
                row_id("stg", input.id),
                version=input.expected_version,
                key=input.idempotency_key,
                reason=text(input.reason),
            ),
        )
        return cast("PublishStrategyResult", found)

    @strawberry.mutation(
        description="Write a new version of a strategic objective's intent. It holds at once: the owners of all "
        "objectives that serve it are asked to say it back in their own words."
    )
    async def write_intent(self, info: Info, input: WriteIntentInput) -> WriteIntentResult:
        found = await answer(
            info,
            "Intent",
            lambda: service_intents.write(
                actor(info),
                row_id("sob", input.strategic_objective),
                intended(input.intent),
                version=input.expected_version,
                key=input.idempotency_key,
            ),
        )
        return cast("WriteIntentResult", found)

    @strawberry.mutation(
        description="Name the perspectives of the group. Until then they are finance, customers, internal processes, "
        "and learning and growth."
    )
    async def write_perspectives(self, info: Info, input: WritePerspectivesInput) -> WritePerspectivesResult:
        found = await answer(
            info,
            "Perspective",
            lambda: service.write_perspectives(
                actor(info), [named(one) for one in input.perspectives], key=input.idempotency_key
            ),
        )
        return cast("WritePerspectivesResult", found)
