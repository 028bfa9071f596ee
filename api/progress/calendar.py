"""The work calendar in the schema: the days of the group, and one's own days off."""

from datetime import date
from typing import Annotated, cast

import strawberry
from graphql import GraphQLError
from strawberry import Info

from api import problem
from api.mutating import actor, row_id, text
from api.objectives.mutations import KEY
from api.problem import InvalidInput, KeyReused, NotFound, NotPermitted
from api.progress import standing
from api.progress.standing import TimeOff
from api.reading import resolving
from domain.kernel.errors import DomainError
from domain.progress import service_time
from domain.progress.service_time import DAYS_MAX, TIMES_MAX


@strawberry.type(description="A day on which the whole group works, or nobody does, other than from Monday to Friday.")
class WorkDay:
    on: date = strawberry.field(description="The day.")
    works: bool = strawberry.field(description="Whether the group works.")
    name: str = strawberry.field(description="Why, in English, such as the name of a holiday.")
    name_zh: str | None = strawberry.field(description="Why, in Chinese.")


@strawberry.type(description="Days of the work calendar were written.")
class WorkCalendarKept:
    days: int = strawberry.field(description="How many.")


@strawberry.type(description="You work on these days after all.")
class TimeOffForgotten:
    id: strawberry.ID = strawberry.field(description="The opaque id that the days had.")


@strawberry.input(description="A day on which the whole group works, or nobody does.")
class WorkDayInput:
    on: date = strawberry.field(description="The day; a known one is replaced.")
    works: bool = strawberry.field(description="Whether the group works.")
    name: str = strawberry.field(description="Why, in English.")
    name_zh: str | None = strawberry.field(default=strawberry.UNSET, description="Why, in Chinese.")


@strawberry.input(description="Days of the group's calendar.")
class KeepWorkCalendarInput:
    days: list[WorkDayInput] = strawberry.field(description=f"At most {DAYS_MAX}, each once.")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="Days on which you do not work.")
class TellTimeOffInput:
    starts_on: date = strawberry.field(description="The first day.")
    ends_on: date = strawberry.field(description="The last day, at most a year later.")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="Days off that you take back.")
class ForgetTimeOffInput:
    id: strawberry.ID = strawberry.field(description="The id of the days.")
    idempotency_key: str = strawberry.field(description=KEY)


KeepWorkCalendarResult = Annotated[
    WorkCalendarKept | NotPermitted | InvalidInput | KeyReused,
    strawberry.union("KeepWorkCalendarResult", description="That it was written, or why it was not."),
]
TellTimeOffResult = Annotated[
    TimeOff | NotPermitted | InvalidInput | KeyReused,
    strawberry.union("TellTimeOffResult", description="Your days off, or why they were not taken."),
]
ForgetTimeOffResult = Annotated[
    TimeOffForgotten | NotFound | NotPermitted | InvalidInput | KeyReused,
    strawberry.union("ForgetTimeOffResult", description="That they are forgotten, or why they are not."),
]
OfYear = Annotated[int, strawberry.argument(description="The year.")]


@strawberry.type
class WorkCalendarQueries:
    @strawberry.field(description="The days of a year on which the group works otherwise than from Monday to Friday.")
    async def work_calendar(self, info: Info, year: OfYear) -> list[WorkDay]:
        try:
            found = await service_time.days_of(resolving.actor_of(resolving.raw(info)), year)
        except DomainError as refusal:
            raise GraphQLError(refusal.message, extensions={"code": "BAD_USER_INPUT"}) from refusal
        return [WorkDay(on=one.on_day, works=one.works, name=one.name, name_zh=one.name_zh) for one in found]

    @strawberry.field(
        description=f"The days off that you told, the latest first, at most {TIMES_MAX}; empty for a partner client."
    )
    async def my_time_off(self, info: Info) -> list[TimeOff]:
        asking = resolving.actor_of(resolving.raw(info))
        if asking.person_id is None:
            return []
        return [standing.time_off(one) for one in await service_time.time_off(asking)]


@strawberry.type
class WorkCalendarMutations:
    @strawberry.mutation(
        description="Say on which days the group works otherwise than from Monday to Friday; for the strategy office."
    )
    async def keep_work_calendar(self, info: Info, input: KeepWorkCalendarInput) -> KeepWorkCalendarResult:
        days = [
            service_time.WorkDay(on_day=one.on, works=one.works, name=one.name, name_zh=text(one.name_zh))
            for one in input.days
        ]
        try:
            return WorkCalendarKept(days=await service_time.keep_days(actor(info), days, key=input.idempotency_key))
        except DomainError as refusal:
            return cast("KeepWorkCalendarResult", problem.of(refusal))

    @strawberry.mutation(description="Say on which days you do not work: they keep your streak. Nobody else reads it.")
    async def tell_time_off(self, info: Info, input: TellTimeOffInput) -> TellTimeOffResult:
        told = service_time.TimeOff(starts_on=input.starts_on, ends_on=input.ends_on)
        try:
            time_id = await service_time.tell_time_off(actor(info), told, key=input.idempotency_key)
        except DomainError as refusal:
            return cast("TellTimeOffResult", problem.of(refusal))
        kept = service_time.TimeOff(id=time_id, starts_on=input.starts_on, ends_on=input.ends_on)
        return standing.time_off(kept)

    @strawberry.mutation(description="You work on these days after all.")
    async def forget_time_off(self, info: Info, input: ForgetTimeOffInput) -> ForgetTimeOffResult:
        try:
            await service_time.forget_time_off(actor(info), row_id("off", input.id), key=input.idempotency_key)
        except DomainError as refusal:
            return cast("ForgetTimeOffResult", problem.of(refusal))
        return TimeOffForgotten(id=input.id)
