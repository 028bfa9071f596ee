"""What can be done about intents that objectives inherit, in the schema."""

from typing import Annotated, cast

import strawberry
from strawberry import Info

from api import problem
from api.mutating import actor, answer, row_id
from api.objectives.mutations import ObjectiveNotActive
from api.problem import InvalidInput, KeyReused, NotFound, NotPermitted, Problem
from api.strategy.intents import TeachBack
from domain.objectives import errors, service_teach_backs

KEY = "Names this very request: repeated, it is answered as the first time and changes nothing more."


@strawberry.type(description="The intent has a newer version than the one that is talked about.")
class IntentMovedOn(Problem):
    pass


@strawberry.type(description="What was said back of this intent is confirmed already.")
class SayBackConfirmed(Problem):
    pass


@strawberry.type(description="What was said back was answered, or said anew since.")
class SayBackNotWaiting(Problem):
    pass


problem.register(errors.IntentMovedOn, IntentMovedOn)
problem.register(errors.SayBackConfirmed, SayBackConfirmed)
problem.register(errors.SayBackNotWaiting, SayBackNotWaiting)


@strawberry.input(description="An intent in your own words.")
class SayBackInput:
    objective: strawberry.ID = strawberry.field(description="Your objective that inherits the intent.")
    intent: strawberry.ID = strawberry.field(
        description="The version of the intent that you read; if it moved on since, the answer is IntentMovedOn."
    )
    words: str = strawberry.field(description="What it asks of you, in your own words; at most 2,000 characters.")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="What was said back and was understood.")
class ConfirmSayBackInput:
    id: strawberry.ID = strawberry.field(description="What was said back.")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="What was said back and is to be said once more.")
class ReturnSayBackInput:
    id: strawberry.ID = strawberry.field(description="What was said back.")
    reason: str = strawberry.field(description="What the owner shall see differently; at most 2,000 characters.")
    idempotency_key: str = strawberry.field(description=KEY)


SayBackResult = Annotated[
    TeachBack
    | NotFound
    | NotPermitted
    | ObjectiveNotActive
    | IntentMovedOn
    | SayBackConfirmed
    | InvalidInput
    | KeyReused,
    strawberry.union("SayBackResult", description="What was said back, or why it was not taken."),
]
ConfirmSayBackResult = Annotated[
    TeachBack | NotFound | NotPermitted | SayBackNotWaiting | IntentMovedOn | InvalidInput | KeyReused,
    strawberry.union("ConfirmSayBackResult", description="What is confirmed, or why it is not."),
]
ReturnSayBackResult = Annotated[
    TeachBack | NotFound | NotPermitted | SayBackNotWaiting | InvalidInput | KeyReused,
    strawberry.union("ReturnSayBackResult", description="What is returned, or why it is not."),
]


@strawberry.type
class IntentMutations:
    @strawberry.mutation(
        description="Say in your own words what an intent asks of an objective of yours. Said again while it waits, it "
        "replaces what you said before."
    )
    async def say_back(self, info: Info, input: SayBackInput) -> SayBackResult:
        found = await answer(
            info,
            "TeachBack",
            lambda: service_teach_backs.say_back(
                actor(info),
                row_id("obj", input.objective),
                row_id("int", input.intent),
                input.words,
                key=input.idempotency_key,
            ),
        )
        return cast("SayBackResult", found)

    @strawberry.mutation(
        description="Confirm that the owner understood the intent; for their line and the strategy office."
    )
    async def confirm_say_back(self, info: Info, input: ConfirmSayBackInput) -> ConfirmSayBackResult:
        found = await answer(
            info,
            "TeachBack",
            lambda: service_teach_backs.confirm(actor(info), row_id("tbk", input.id), key=input.idempotency_key),
        )
        return cast("ConfirmSayBackResult", found)

    @strawberry.mutation(description="Ask the owner to say the intent back once more, and why.")
    async def return_say_back(self, info: Info, input: ReturnSayBackInput) -> ReturnSayBackResult:
        found = await answer(
            info,
            "TeachBack",
            lambda: service_teach_backs.give_back(
                actor(info), row_id("tbk", input.id), reason=input.reason, key=input.idempotency_key
            ),
        )
        return cast("ReturnSayBackResult", found)
