"""What a person can change about rankings in the schema: take no part in them, and take part again."""

from typing import Annotated, cast

import strawberry
from strawberry import Info

from api.mutating import actor, answer
from api.objectives.mutations import KEY
from api.people.types import Viewer
from api.problem import InvalidInput, KeyReused, NotFound, NotPermitted
from domain.progress import service_rankings


@strawberry.input(description="You want to be in no ranking.")
class LeaveRankingsInput:
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="You want to be in rankings again.")
class JoinRankingsInput:
    idempotency_key: str = strawberry.field(description=KEY)


LeaveRankingsResult = Annotated[
    Viewer | NotFound | NotPermitted | InvalidInput | KeyReused,
    strawberry.union("LeaveRankingsResult", description="You as you are now, or why nothing was changed."),
]
JoinRankingsResult = Annotated[
    Viewer | NotFound | NotPermitted | InvalidInput | KeyReused,
    strawberry.union("JoinRankingsResult", description="You as you are now, or why nothing was changed."),
]


@strawberry.type
class ProgressMutations:
    @strawberry.mutation(
        description="Be in no ranking and no count of any season from now on. You go on earning points, and see them."
    )
    async def leave_rankings(self, info: Info, input: LeaveRankingsInput) -> LeaveRankingsResult:
        found = await answer(
            info, "Viewer", lambda: service_rankings.leave_rankings(actor(info), key=input.idempotency_key)
        )
        return cast("LeaveRankingsResult", found)

    @strawberry.mutation(description="Be in rankings again, with all that you earned meanwhile.")
    async def join_rankings(self, info: Info, input: JoinRankingsInput) -> JoinRankingsResult:
        found = await answer(
            info, "Viewer", lambda: service_rankings.join_rankings(actor(info), key=input.idempotency_key)
        )
        return cast("JoinRankingsResult", found)
