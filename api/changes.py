"""The change feed in the schema."""

from datetime import datetime

import strawberry
from graphql import GraphQLError
from strawberry import Info

from api.reading import resolving
from domain.kernel import changes, ids
from domain.kernel.errors import DomainError

PREFIXES = {
    "cycle": "cyc",
    "perspective": "psp",
    "strategic_objective": "sob",
    "strategy": "stg",
    "objective": "obj",
    "key_result": "kr",
    "alignment": "aln",
    "exemption": "exm",
    "person": "per",
    "unit": "unt",
    "delegation": "del",
    "device": "dev",
    "measure": "msr",
    "session": "ses",
    "scorecard": "scd",
    "scoring_policy": "spo",
    "position": "pos",
    "recall_round": "rcr",
    "recall_question": "rcq",
    "interlock": "ilk",
    "annual_plan": "pln",
    "investment": "inv",
    "assumption": "asm",
    "revision_flag": "rvf",
    "derivation": "drv",
    "season": "sea",
    "feedback_thread": "fbt",
    "feedback_message": "fbm",
    "feedback_report": "fbp",
    "feedback_request": "fbq",
    "praise": "prs",
    "company_value": "cvl",
}


@strawberry.type(description="A fact that concerns you.")
class Change:
    id: strawberry.ID = strawberry.field(description="The id of what it happened to; ask `node` for how it is now.")
    kind: str = strawberry.field(description="The fact, in the past tense, such as `ObjectiveApproved`.")
    at: datetime = strawberry.field(description="When it happened.")


@strawberry.type(description="A page of the change feed. Nothing is left out between two tokens.")
class Changes:
    items: list[Change] = strawberry.field(description="What happened, oldest first.")
    next_token: str = strawberry.field(description="To be given as `since` the next time.")
    has_more: bool = strawberry.field(description="Whether there is more already.")


@strawberry.type
class ChangeQueries:
    @strawberry.field(description="What concerns you and happened since a token; without one, a token for now.")
    async def changes(self, info: Info, since: str | None = strawberry.UNSET, first: int = 100) -> Changes:
        try:
            token = changes.parse(since) if isinstance(since, str) else None
            feed = await changes.since(resolving.actor_of(resolving.raw(info)), token, limit=first)
        except DomainError as refusal:
            raise GraphQLError(refusal.message, extensions={"code": "BAD_USER_INPUT"}) from refusal
        return Changes(
            items=[_shown(one) for one in feed.changes], next_token=feed.token.text(), has_more=feed.has_more
        )


def _shown(change: changes.Change) -> Change:
    prefix = PREFIXES.get(change.subject_type, change.subject_type)
    return Change(id=strawberry.ID(ids.public(prefix, change.subject_id)), kind=change.kind, at=change.at)
