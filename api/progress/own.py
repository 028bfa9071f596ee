"""A person's own progress in the schema: what they have, and each entry that led there."""

from datetime import datetime
from typing import Annotated

import strawberry
from graphql import GraphQLError
from strawberry import Info

from api.progress import standing
from api.progress.standing import Badge, Level, Streak
from api.reading import resolving
from domain.kernel import ids
from domain.kernel.errors import DomainError, InvalidInput
from domain.progress import service_mine, service_standing
from domain.progress.ledger import Currency
from domain.progress.service_ledger import PAGE_MAX
from domain.progress.service_mine import Told

strawberry.enum(Currency, name="LedgerCurrency", description="What an entry of the ledger counts.")
LedgerFirst = Annotated[int, strawberry.argument(description=f"How many, 1 to {PAGE_MAX}.")]
LedgerAfter = Annotated[
    strawberry.ID | None, strawberry.argument(description="The id of the last entry that you have.")
]


@strawberry.type(description="What you earned. Nobody else reads it, and it enters no appraisal, no score and no pay.")
class MyProgress:
    experience: int = strawberry.field(description="All the experience that you have gathered; it is never spent.")
    coins: int = strawberry.field(description="The coins that you have and can spend.")
    giving: int = strawberry.field(description="What is left of your allowance, which can only be given to others.")
    level: Level | None = strawberry.field(description="Your level in the season that runs; null between seasons.")
    badges: list[Badge] = strawberry.field(description="All badges, those that you have and those that are ahead.")
    streak: Streak = strawberry.field(description="How many weeks in a row you did something that counts.")


@strawberry.type(description="An amount that came to you or went from you, written once and never changed.")
class LedgerEntry:
    id: strawberry.ID = strawberry.field(description="The opaque id of the entry.")
    at: datetime = strawberry.field(description="When that happened which it is for.")
    currency: Currency = strawberry.field(description="What it counts.")
    amount: int = strawberry.field(description="How much; below zero it went from you.")
    reason: str = strawberry.field(description="The code of the reason, such as that of an award rule.")
    name: str = strawberry.field(description="The reason in English.")
    name_zh: str | None = strawberry.field(description="The reason in Chinese.")
    takes_back: strawberry.ID | None = strawberry.field(
        description="The entry that this one takes back as a whole; null for all others."
    )


@strawberry.type(description="Entries of your ledger, newest first.")
class LedgerPage:
    items: list[LedgerEntry] = strawberry.field(description="The entries, as many as were asked for.")
    has_more: bool = strawberry.field(description="Whether there are more behind the last one.")


@strawberry.type
class OwnProgressQueries:
    @strawberry.field(description="What you earned; null for a partner client.")
    async def my_progress(self, info: Info) -> MyProgress | None:
        actor = resolving.actor_of(resolving.raw(info))
        if actor.person_id is None:
            return None
        held = await service_mine.balances(actor)
        found = await service_standing.progress(actor)
        return MyProgress(
            experience=held[Currency.EXPERIENCE],
            coins=held[Currency.COIN],
            giving=held[Currency.GIVING],
            level=standing.level(found.level),
            badges=[standing.badge(one) for one in found.badges],
            streak=standing.streak(found.streak),
        )

    @strawberry.field(description="The entries of your ledger with their reasons; null for a partner client.")
    async def ledger(
        self, info: Info, first: LedgerFirst = 20, after: LedgerAfter = strawberry.UNSET
    ) -> LedgerPage | None:
        actor = resolving.actor_of(resolving.raw(info))
        if actor.person_id is None:
            return None
        try:
            if not 1 <= first <= PAGE_MAX:
                raise InvalidInput(f"Ask for 1 to {PAGE_MAX} entries.", field="first")
            behind = ids.row_id("led", after) if isinstance(after, str) else None
            told = await service_mine.entries(actor, first=first, after=behind)
            more = len(told) == first and await service_mine.entries(actor, first=1, after=told[-1].line.id)
        except DomainError as refusal:
            raise GraphQLError(refusal.message, extensions={"code": "BAD_USER_INPUT"}) from refusal
        return LedgerPage(items=[_entry(one) for one in told], has_more=bool(more))


def _entry(told: Told) -> LedgerEntry:
    line = told.line
    return LedgerEntry(
        id=strawberry.ID(ids.public("led", line.id)),
        at=line.at,
        currency=line.currency,
        amount=line.amount,
        reason=line.reason,
        name=told.name,
        name_zh=told.name_zh,
        takes_back=strawberry.ID(ids.public("led", line.reverses_id)) if line.reverses_id else None,
    )
