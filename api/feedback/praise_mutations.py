"""What can be done with praise in the schema."""

from typing import Annotated, cast

import strawberry
from strawberry import Info

from api import problem
from api.feedback.inputs import DefineCompanyValueInput, GivePraiseInput, RetireCompanyValueInput, praise_of, value_of
from api.feedback.praise import CompanyValue, Praise
from api.mutating import actor, answer, row_id
from api.problem import InvalidInput, KeyReused, NotFound, NotPermitted, Problem
from domain.feedback import errors, service_praise


@strawberry.type(description="You praised as often as you may this month.")
class AllowanceSpent(Problem):
    pass


@strawberry.type(description="The group has a value of this name.")
class ValueKnown(Problem):
    pass


problem.register(errors.AllowanceSpent, AllowanceSpent)
problem.register(errors.ValueKnown, ValueKnown)

GivePraiseResult = Annotated[
    Praise | NotFound | NotPermitted | AllowanceSpent | InvalidInput | KeyReused,
    strawberry.union("GivePraiseResult", description="The praise, or why it was not given."),
]
DefineCompanyValueResult = Annotated[
    CompanyValue | NotPermitted | ValueKnown | InvalidInput | KeyReused,
    strawberry.union("DefineCompanyValueResult", description="The value, or why there is none."),
]
RetireCompanyValueResult = Annotated[
    CompanyValue | NotFound | NotPermitted | InvalidInput | KeyReused,
    strawberry.union("RetireCompanyValueResult", description="The value, or why it stays."),
]


@strawberry.type
class PraiseMutations:
    @strawberry.mutation(
        description="Praise somebody for living a value of the group. Everybody has the same monthly allowance, which "
        "is for giving alone; what is left expires with the month."
    )
    async def give_praise(self, info: Info, input: GivePraiseInput) -> GivePraiseResult:
        found = await answer(
            info, "Praise", lambda: service_praise.give(actor(info), praise_of(input), key=input.idempotency_key)
        )
        return cast("GivePraiseResult", found)

    @strawberry.mutation(description="Say what the group stands for; for the strategy office, at most twelve values.")
    async def define_company_value(self, info: Info, input: DefineCompanyValueInput) -> DefineCompanyValueResult:
        found = await answer(
            info,
            "CompanyValue",
            lambda: service_praise.define_value(actor(info), value_of(input), key=input.idempotency_key),
        )
        return cast("DefineCompanyValueResult", found)

    @strawberry.mutation(
        description="Have nobody praised for a value any more; what was given for it stays. For the strategy office."
    )
    async def retire_company_value(self, info: Info, input: RetireCompanyValueInput) -> RetireCompanyValueResult:
        found = await answer(
            info,
            "CompanyValue",
            lambda: service_praise.retire_value(actor(info), row_id("cvl", input.value), key=input.idempotency_key),
        )
        return cast("RetireCompanyValueResult", found)
