"""What can be done with scorecards in the schema."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, cast

import strawberry
from strawberry import Info

from api import problem
from api.mutating import actor, answer, optional_id, row_id
from api.people.types import Position
from api.problem import InvalidInput, KeyReused, NotFound, NotPermitted, Problem, StaleVersion
from api.scorecards.cards.inputs import (
    PositionKpiInput,
    ScorecardContentInput,
    ScorecardExtraInput,
    content_of,
    extra_of,
    kpi_of,
)
from api.scorecards.cards.types import Scorecard, ScoringPolicy
from api.scorecards.scoring.card_inputs import ScoringPolicyInput, policy_of
from api.scorecards.scoring.inputs import optional
from domain.kernel.errors import DomainError
from domain.scorecards.cards import (
    errors,
    service,
    service_closing,
    service_extras,
    service_policies,
    service_position_kpis,
)
from domain.scorecards.cards.terms import NewCard

KEY = "Names this very request: repeated, it is answered as the first time and changes nothing more."
VERSION = "The `version` that you decided on; if it moved on since, the answer is StaleVersion."


@strawberry.type(description="Something is missing or does not fit together; the sentence names all of it.")
class ScorecardNotPublishable(Problem):
    pass


@strawberry.type(description="A key figure serves no strategic objective, and nobody says why.")
class OrphanKpi(Problem):
    pass


@strawberry.type(description="The same measure, objective or scorecard would count twice.")
class CountedTwice(Problem):
    pass


@strawberry.type(description="Scorecards would count in a circle; the sentence names the way round.")
class ScorecardCircle(Problem):
    pass


@strawberry.type(description="It is a draft or closed, where a published one is needed, or the other way round.")
class ScorecardNotOpen(Problem):
    pass


@strawberry.type(description="The month cannot be closed now.")
class PeriodNotClosable(Problem):
    pass


@strawberry.type(description="The unit or the person has a scorecard for this cycle.")
class ScorecardExists(Problem):
    pass


_PROBLEMS: Mapping[type[DomainError], type[Problem]] = {
    errors.ScorecardNotPublishable: ScorecardNotPublishable,
    errors.OrphanKpi: OrphanKpi,
    errors.CountedTwice: CountedTwice,
    errors.ScorecardCircle: ScorecardCircle,
    errors.ScorecardNotOpen: ScorecardNotOpen,
    errors.PeriodNotClosable: PeriodNotClosable,
    errors.ScorecardExists: ScorecardExists,
}
for _error, _problem in _PROBLEMS.items():
    problem.register(_error, _problem)


@strawberry.input(description="The scorecard of a unit or of a person to begin.")
class CreateScorecardInput:
    cycle: strawberry.ID = strawberry.field(description="For which cycle.")
    idempotency_key: str = strawberry.field(description=KEY)
    id: strawberry.ID | None = optional("The id to give it, made by the client.")
    unit: strawberry.ID | None = optional("The unit; either this or the person.")
    person: strawberry.ID | None = optional("The person; either this or the unit.")
    content: ScorecardContentInput | None = optional(
        "What it holds; if not told, a person's begins with the key figures of their position, a unit's with the "
        "perspectives of its mode."
    )


@strawberry.input(description="The whole new content of a scorecard.")
class WriteScorecardInput:
    id: strawberry.ID = strawberry.field(description="The scorecard.")
    content: ScorecardContentInput = strawberry.field(description="What it shall hold, and nothing else.")
    expected_version: int = strawberry.field(description=VERSION)
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="The scorecard to publish.")
class PublishScorecardInput:
    id: strawberry.ID = strawberry.field(description="The scorecard.")
    expected_version: int = strawberry.field(description=VERSION)
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="The months of a scorecard to close.")
class CloseScorecardMonthsInput:
    id: strawberry.ID = strawberry.field(description="The scorecard.")
    through: date = strawberry.field(description="The last month to close, by its first day; those before close too.")
    expected_version: int = strawberry.field(description=VERSION)
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="Points or a veto to add to a scorecard.")
class AddScorecardExtraInput:
    id: strawberry.ID = strawberry.field(description="The scorecard.")
    extra: ScorecardExtraInput = strawberry.field(description="What counts beside its items.")
    expected_version: int = strawberry.field(description=VERSION)
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="Points or a veto to withdraw, as after an appeal.")
class WithdrawScorecardExtraInput:
    extra: strawberry.ID = strawberry.field(description="What shall count no more.")
    reason: str = strawberry.field(description="Why; at most 200 characters.")
    expected_version: int = strawberry.field(description="The `version` of the scorecard that you decided on.")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="A new version of the rules of scoring.")
class WriteScoringPolicyInput:
    policy: ScoringPolicyInput = strawberry.field(description="All its settings.")
    reason: str = strawberry.field(description="Why; at most 200 characters.")
    idempotency_key: str = strawberry.field(description=KEY)
    valid_from: date | None = optional("From which day on; today if not told.")


@strawberry.input(description="The key figures of a position.")
class WritePositionKpisInput:
    position: strawberry.ID = strawberry.field(description="The position.")
    kpis: list[PositionKpiInput] = strawberry.field(description="Three to seven, in their order, or none.")
    idempotency_key: str = strawberry.field(description=KEY)


CreateScorecardResult = Annotated[
    Scorecard | NotFound | NotPermitted | ScorecardExists | ScorecardCircle | InvalidInput | KeyReused,
    strawberry.union("CreateScorecardResult", description="The new scorecard, or why there is none."),
]
WriteScorecardResult = Annotated[
    Scorecard
    | NotFound
    | NotPermitted
    | StaleVersion
    | ScorecardNotOpen
    | ScorecardNotPublishable
    | OrphanKpi
    | CountedTwice
    | ScorecardCircle
    | InvalidInput
    | KeyReused,
    strawberry.union("WriteScorecardResult", description="The scorecard as written, or why it was not."),
]
PublishScorecardResult = Annotated[
    Scorecard
    | NotFound
    | NotPermitted
    | StaleVersion
    | ScorecardNotOpen
    | ScorecardNotPublishable
    | OrphanKpi
    | CountedTwice
    | InvalidInput
    | KeyReused,
    strawberry.union("PublishScorecardResult", description="The published scorecard, or why it is not."),
]
CloseScorecardMonthsResult = Annotated[
    Scorecard
    | NotFound
    | NotPermitted
    | StaleVersion
    | ScorecardNotOpen
    | PeriodNotClosable
    | InvalidInput
    | KeyReused,
    strawberry.union("CloseScorecardMonthsResult", description="The scorecard, or why nothing was closed."),
]
AddScorecardExtraResult = Annotated[
    Scorecard | NotFound | NotPermitted | StaleVersion | ScorecardNotOpen | InvalidInput | KeyReused,
    strawberry.union("AddScorecardExtraResult", description="The scorecard, or why nothing was added."),
]
WithdrawScorecardExtraResult = Annotated[
    Scorecard | NotFound | NotPermitted | StaleVersion | ScorecardNotOpen | InvalidInput | KeyReused,
    strawberry.union("WithdrawScorecardExtraResult", description="The scorecard, or why nothing was withdrawn."),
]
WriteScoringPolicyResult = Annotated[
    ScoringPolicy | NotFound | NotPermitted | InvalidInput | KeyReused,
    strawberry.union("WriteScoringPolicyResult", description="The new version, or why there is none."),
]
WritePositionKpisResult = Annotated[
    Position | NotFound | NotPermitted | OrphanKpi | InvalidInput | KeyReused,
    strawberry.union("WritePositionKpisResult", description="The position, or why nothing was written."),
]


@strawberry.type
class CardMutations:
    @strawberry.mutation(
        description="Begin a scorecard as a draft. Who leads the unit or the person keeps it, or the strategy office."
    )
    async def create_scorecard(self, info: Info, input: CreateScorecardInput) -> CreateScorecardResult:
        who = actor(info)
        key = input.idempotency_key
        found = await answer(info, "Scorecard", lambda: service.create(who, _new(input), key=key))
        return cast("CreateScorecardResult", found)

    @strawberry.mutation(
        description="Make this the whole content of a scorecard. A published one must be publishable still, and is "
        "scored anew for all months that are not closed."
    )
    async def write_scorecard(self, info: Info, input: WriteScorecardInput) -> WriteScorecardResult:
        who, version, key = actor(info), input.expected_version, input.idempotency_key
        found = await answer(
            info,
            "Scorecard",
            lambda: service.write(who, row_id("scd", input.id), content_of(input.content), version=version, key=key),
        )
        return cast("WriteScorecardResult", found)

    @strawberry.mutation(description="Let a scorecard count, under the policy that is in force today.")
    async def publish_scorecard(self, info: Info, input: PublishScorecardInput) -> PublishScorecardResult:
        who, version, key = actor(info), input.expected_version, input.idempotency_key
        found = await answer(
            info, "Scorecard", lambda: service.publish(who, row_id("scd", input.id), version=version, key=key)
        )
        return cast("PublishScorecardResult", found)

    @strawberry.mutation(description="Make the scores of months final. Needs the strategy office.")
    async def close_scorecard_months(self, info: Info, input: CloseScorecardMonthsInput) -> CloseScorecardMonthsResult:
        who, version, key = actor(info), input.expected_version, input.idempotency_key
        found = await answer(
            info,
            "Scorecard",
            lambda: service_closing.close(who, row_id("scd", input.id), input.through, version=version, key=key),
        )
        return cast("CloseScorecardMonthsResult", found)

    @strawberry.mutation(description="Add points or a veto with its evidence. Needs the strategy office.")
    async def add_scorecard_extra(self, info: Info, input: AddScorecardExtraInput) -> AddScorecardExtraResult:
        who, version, key = actor(info), input.expected_version, input.idempotency_key
        found = await answer(
            info,
            "Scorecard",
            lambda: service_extras.add(who, row_id("scd", input.id), extra_of(input.extra), version=version, key=key),
        )
        return cast("AddScorecardExtraResult", found)

    @strawberry.mutation(description="Let points or a veto count no more. Needs the strategy office.")
    async def withdraw_scorecard_extra(
        self, info: Info, input: WithdrawScorecardExtraInput
    ) -> WithdrawScorecardExtraResult:
        who, version, key = actor(info), input.expected_version, input.idempotency_key
        found = await answer(
            info,
            "Scorecard",
            lambda: service_extras.withdraw(
                who, row_id("scb", input.extra), reason=input.reason, version=version, key=key
            ),
        )
        return cast("WithdrawScorecardExtraResult", found)

    @strawberry.mutation(
        description="Put a new version of the rules of scoring in force. Published scorecards keep theirs. Needs the "
        "strategy office."
    )
    async def write_scoring_policy(self, info: Info, input: WriteScoringPolicyInput) -> WriteScoringPolicyResult:
        who = actor(info)
        found = await answer(
            info,
            "ScoringPolicy",
            lambda: service_policies.write(
                who,
                policy_of(input.policy),
                reason=input.reason,
                valid_from=input.valid_from or None,
                key=input.idempotency_key,
            ),
        )
        return cast("WriteScoringPolicyResult", found)

    @strawberry.mutation(
        description="Make these the key figures of a position; scorecards that exist keep theirs. Needs the strategy "
        "office."
    )
    async def write_position_kpis(self, info: Info, input: WritePositionKpisInput) -> WritePositionKpisResult:
        who, key = actor(info), input.idempotency_key
        found = await answer(
            info,
            "Position",
            lambda: service_position_kpis.write(
                who,
                row_id("pos", input.position),
                [kpi_of(one, f"kpis.{at}") for at, one in enumerate(input.kpis)],
                key=key,
            ),
        )
        return cast("WritePositionKpisResult", found)


def _new(input: CreateScorecardInput) -> NewCard:
    return NewCard(
        id=optional_id("scd", input.id, "id"),
        cycle_id=row_id("cyc", input.cycle),
        unit_id=optional_id("unt", input.unit, "unit"),
        person_id=optional_id("per", input.person, "person"),
        content=content_of(input.content) if input.content else None,
    )
