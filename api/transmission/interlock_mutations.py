"""What can be done with promises between units, in the schema."""

from typing import Annotated, cast

import strawberry
from strawberry import Info

from api import problem
from api.mutating import actor, answer, row_id
from api.problem import InvalidInput, KeyReused, NotFound, NotPermitted, Problem, StaleVersion
from api.transmission.interlock_inputs import (
    AmendInterlockInput,
    HandOverInterlockInput,
    InterlockReasonInput,
    InterlockVersionInput,
    InterlockWordsInput,
    ProposeInterlockInput,
    new_of,
    party_of,
    terms_of,
    words_of,
)
from api.transmission.interlocks import Interlock
from domain.transmission.interlocks import errors, service, service_proposing


@strawberry.type(description="It does not stand where this can follow.")
class InterlockSettled(Problem):
    pass


@strawberry.type(description="Its date has passed, and what was missed does not disappear.")
class InterlockOverdue(Problem):
    pass


@strawberry.type(description="The person cannot stand for this unit.")
class NotTheirUnit(Problem):
    pass


problem.register(errors.InterlockSettled, InterlockSettled)
problem.register(errors.InterlockOverdue, InterlockOverdue)
problem.register(errors.NotTheirUnit, NotTheirUnit)

ProposeInterlockResult = Annotated[
    Interlock | NotFound | NotPermitted | NotTheirUnit | InvalidInput | KeyReused,
    strawberry.union("ProposeInterlockResult", description="What is proposed, or why it is not."),
]
InterlockResult = Annotated[
    Interlock | NotFound | NotPermitted | StaleVersion | InterlockSettled | InvalidInput | KeyReused,
    strawberry.union("InterlockResult", description="The promise as it stands now, or why nothing was done."),
]
WithdrawInterlockResult = Annotated[
    Interlock | NotFound | NotPermitted | StaleVersion | InterlockSettled | InterlockOverdue | InvalidInput | KeyReused,
    strawberry.union("WithdrawInterlockResult", description="What is withdrawn, or why it is not."),
]
HandOverInterlockResult = Annotated[
    Interlock | NotFound | NotPermitted | StaleVersion | InterlockSettled | NotTheirUnit | InvalidInput | KeyReused,
    strawberry.union("HandOverInterlockResult", description="What was handed over, or why it was not."),
]


@strawberry.type
class InterlockMutations:
    @strawberry.mutation(
        description="Propose a promise between units: for who would promise or receive, who manages one of them, and "
        "the strategy office. Who proposes their own side has confirmed it."
    )
    async def propose_interlock(self, info: Info, input: ProposeInterlockInput) -> ProposeInterlockResult:
        found = await answer(
            info,
            "Interlock",
            lambda: service_proposing.propose(actor(info), new_of(input), key=input.idempotency_key),
        )
        return cast("ProposeInterlockResult", found)

    @strawberry.mutation(
        description="Put your proposal in other words while both have not confirmed it; others have to confirm anew."
    )
    async def amend_interlock(self, info: Info, input: AmendInterlockInput) -> InterlockResult:
        found = await answer(
            info,
            "Interlock",
            lambda: service_proposing.amend(
                actor(info),
                row_id("ilk", input.id),
                terms_of(input.terms),
                version=input.expected_version,
                key=input.idempotency_key,
            ),
        )
        return cast("InterlockResult", found)

    @strawberry.mutation(description="Stand for your side of a promise; it holds once both sides do.")
    async def confirm_interlock(self, info: Info, input: InterlockVersionInput) -> InterlockResult:
        found = await answer(
            info,
            "Interlock",
            lambda: service_proposing.confirm(
                actor(info), row_id("ilk", input.id), version=input.expected_version, key=input.idempotency_key
            ),
        )
        return cast("InterlockResult", found)

    @strawberry.mutation(description="Say no to a promise, and why. The need stays on record, uncovered.")
    async def decline_interlock(self, info: Info, input: InterlockReasonInput) -> InterlockResult:
        found = await answer(
            info,
            "Interlock",
            lambda: service_proposing.decline(
                actor(info),
                row_id("ilk", input.id),
                version=input.expected_version,
                key=input.idempotency_key,
                reason=input.reason,
            ),
        )
        return cast("InterlockResult", found)

    @strawberry.mutation(
        description="Say that what you promised is there, today. What was rejected is delivered again."
    )
    async def deliver_interlock(self, info: Info, input: InterlockWordsInput) -> InterlockResult:
        found = await answer(
            info,
            "Interlock",
            lambda: service.deliver(
                actor(info),
                row_id("ilk", input.id),
                version=input.expected_version,
                key=input.idempotency_key,
                words=words_of(input),
            ),
        )
        return cast("InterlockResult", found)

    @strawberry.mutation(description="Say that what was delivered meets the criteria.")
    async def accept_interlock(self, info: Info, input: InterlockWordsInput) -> InterlockResult:
        found = await answer(
            info,
            "Interlock",
            lambda: service.accept(
                actor(info),
                row_id("ilk", input.id),
                version=input.expected_version,
                key=input.idempotency_key,
                words=words_of(input),
            ),
        )
        return cast("InterlockResult", found)

    @strawberry.mutation(description="Say which criteria are not met; it is to be delivered once more.")
    async def reject_interlock(self, info: Info, input: InterlockReasonInput) -> InterlockResult:
        found = await answer(
            info,
            "Interlock",
            lambda: service.reject(
                actor(info),
                row_id("ilk", input.id),
                version=input.expected_version,
                key=input.idempotency_key,
                reason=input.reason,
            ),
        )
        return cast("InterlockResult", found)

    @strawberry.mutation(
        description="Take a promise back: a proposal if it is yours, and what is promised to you until its date."
    )
    async def withdraw_interlock(self, info: Info, input: InterlockReasonInput) -> WithdrawInterlockResult:
        found = await answer(
            info,
            "Interlock",
            lambda: service.withdraw(
                actor(info),
                row_id("ilk", input.id),
                version=input.expected_version,
                key=input.idempotency_key,
                reason=input.reason,
            ),
        )
        return cast("WithdrawInterlockResult", found)

    @strawberry.mutation(
        description="Have somebody else stand for a side: for who manages whoever does so now, and the strategy office."
    )
    async def hand_over_interlock(self, info: Info, input: HandOverInterlockInput) -> HandOverInterlockResult:
        found = await answer(
            info,
            "Interlock",
            lambda: service.hand_over(
                actor(info),
                row_id("ilk", input.id),
                input.side,
                party_of(input.to),
                version=input.expected_version,
                key=input.idempotency_key,
                reason=input.reason,
            ),
        )
        return cast("HandOverInterlockResult", found)
