"""What a person can change about themselves in the schema: settings, and who stands in for them."""

from datetime import date
from typing import Annotated, cast

import strawberry
from strawberry import Info

from api.mutating import actor, answer, row_id, text
from api.objectives.mutations import KEY
from api.people.types import Delegation, Viewer
from api.problem import InvalidInput, KeyReused, NotFound, NotPermitted
from domain.kernel.ids import new_id
from domain.people import service, service_roles
from domain.people.service_roles import NewDelegation


@strawberry.input(description="Your language and your time zone; what is left out stays.")
class ChangeSettingsInput:
    idempotency_key: str = strawberry.field(description=KEY)
    locale: str | None = strawberry.field(default=strawberry.UNSET, description="`en` or `zh-CN`.")
    zone: str | None = strawberry.field(default=strawberry.UNSET, description="An IANA name, like Asia/Shanghai.")


@strawberry.input(description="Who decides approvals in your place, and when.")
class DelegateApprovalsInput:
    to: strawberry.ID = strawberry.field(description="The person who stands in.")
    starts_on: date = strawberry.field(description="The first day.")
    ends_on: date = strawberry.field(description="The last day.")
    idempotency_key: str = strawberry.field(description=KEY)
    reason: str | None = strawberry.field(default=strawberry.UNSET, description="Why.")


@strawberry.input(description="The delegation to end today.")
class EndDelegationInput:
    id: strawberry.ID = strawberry.field(description="The delegation.")
    idempotency_key: str = strawberry.field(description=KEY)


ChangeSettingsResult = Annotated[
    Viewer | NotPermitted | InvalidInput | KeyReused,
    strawberry.union("ChangeSettingsResult", description="You as you are now, or why nothing was changed."),
]
DelegateApprovalsResult = Annotated[
    Delegation | NotFound | NotPermitted | InvalidInput | KeyReused,
    strawberry.union("DelegateApprovalsResult", description="The delegation, or why there is none."),
]
EndDelegationResult = Annotated[
    Delegation | NotFound | NotPermitted | InvalidInput | KeyReused,
    strawberry.union("EndDelegationResult", description="The delegation as it ended, or why it did not."),
]


@strawberry.type
class PeopleMutations:
    @strawberry.mutation(description="Change your language or your time zone.")
    async def change_settings(self, info: Info, input: ChangeSettingsInput) -> ChangeSettingsResult:
        found = await answer(
            info,
            "Viewer",
            lambda: service.change_settings(
                actor(info), locale=text(input.locale), zone=text(input.zone), key=input.idempotency_key
            ),
        )
        return cast("ChangeSettingsResult", found)

    @strawberry.mutation(description="Let somebody decide approvals in your place for some days.")
    async def delegate_approvals(self, info: Info, input: DelegateApprovalsInput) -> DelegateApprovalsResult:
        found = await answer(
            info,
            "Delegation",
            lambda: service_roles.delegate_approvals(
                actor(info),
                NewDelegation(
                    id=new_id(),
                    to_id=row_id("per", input.to),
                    starts_on=input.starts_on,
                    ends_on=input.ends_on,
                    reason=text(input.reason),
                ),
                key=input.idempotency_key,
            ),
        )
        return cast("DelegateApprovalsResult", found)

    @strawberry.mutation(description="End a delegation that you gave or hold.")
    async def end_delegation(self, info: Info, input: EndDelegationInput) -> EndDelegationResult:
        found = await answer(
            info,
            "Delegation",
            lambda: service_roles.end_delegation(actor(info), row_id("del", input.id), key=input.idempotency_key),
        )
        return cast("EndDelegationResult", found)
