"""What earns, in the schema: the rules that everybody can read, and those that the office writes and tries."""

from datetime import date, datetime
from typing import Annotated, cast

import strawberry
from graphql import GraphQLError
from strawberry import Info

from api import problem
from api.mutating import actor, text
from api.objectives.mutations import KEY
from api.problem import InvalidInput, KeyReused, NotPermitted
from api.reading import resolving
from domain.kernel.errors import DomainError
from domain.progress import awarding, service_award_rules
from domain.progress.awarding import CONDITIONS_MAX, Condition
from domain.progress.service_award_rules import Trial

EVENT = f"The fact that earns, one of {', '.join(f'`{one}`' for one in sorted(awarding.EVENTS))}."


@strawberry.type(description="A field of the fact has to hold this value, or the rule is not about it.")
class AwardCondition:
    field: str = strawberry.field(description="The name of the field.")
    value: str = strawberry.field(description="What it has to hold, written as text.")


@strawberry.type(
    description="What earns how much. All limits are counted within a week, from Monday on, in the order in which "
    "things happened."
)
class AwardRule:
    code: str = strawberry.field(description="What entries of the ledger name as their reason.")
    revision: int = strawberry.field(description="How often the office wrote it; 0 is what the product begins with.")
    event: str = strawberry.field(description=EVENT)
    name: str = strawberry.field(description="What it is for, in English.")
    name_zh: str | None = strawberry.field(description="What it is for, in Chinese.")
    conditions: list[AwardCondition] = strawberry.field(description="What has to hold of the fact; all of it.")
    points: int = strawberry.field(description="The experience that one fact earns; 0 when the rule is ended.")
    day_max: int = strawberry.field(description="The most that a person earns by it in a day.")
    week_max: int = strawberry.field(description="The most that a person earns by it in a week.")
    object_days: int = strawberry.field(
        description="For so many days a thing that earned earns no more; 0 for no such limit."
    )
    pair_halves: bool = strawberry.field(
        description="Whether each further fact between the same two people earns half of the one before."
    )
    needs_other: bool = strawberry.field(description="Whether somebody else has to have confirmed it.")
    holds_from: datetime | None = strawberry.field(description="Since when it holds; null if it always did.")


@strawberry.type(description="What a rule would have given in the last whole month. Nothing was given.")
class AwardTrial:
    first_day: date = strawberry.field(description="The first day of that month.")
    last_day: date = strawberry.field(description="The last day of that month.")
    facts: int = strawberry.field(description="How many such facts happened.")
    earning: int = strawberry.field(description="How many of them would have earned something.")
    limited: int = strawberry.field(description="How many would have earned more without the limits.")
    people: int = strawberry.field(description="How many people would have earned something.")
    points: int = strawberry.field(description="What all of them would have earned together.")
    median: int = strawberry.field(description="What the one in the middle would have earned.")
    most: int = strawberry.field(description="What the one with the most would have earned.")


@strawberry.input(description="A field of the fact has to hold this value.")
class AwardConditionInput:
    field: str = strawberry.field(description="The name of the field.")
    value: str = strawberry.field(description="What it has to hold, written as text.")


@strawberry.input(description="What is to earn how much.")
class AwardRuleInput:
    code: str = strawberry.field(description="1 to 40 capital letters and underscores; a known one is replaced.")
    event: str = strawberry.field(description=EVENT)
    name: str = strawberry.field(description="What it is for, in English.")
    name_zh: str | None = strawberry.field(default=strawberry.UNSET, description="What it is for, in Chinese.")
    conditions: list[AwardConditionInput] = strawberry.field(
        default_factory=list, description=f"What has to hold of the fact, at most {CONDITIONS_MAX}."
    )
    points: int = strawberry.field(description="The experience for one fact, up to 1,000; 0 ends the rule.")
    day_max: int = strawberry.field(description="The most in a day, at least the points of one fact.")
    week_max: int = strawberry.field(description="The most in a week, up to seven times the most of a day.")
    object_days: int = strawberry.field(
        default=0, description="For how many days, up to 7, a thing that earned earns no more."
    )
    pair_halves: bool = strawberry.field(
        default=False, description="Whether each further fact between the same two people earns half."
    )
    needs_other: bool = strawberry.field(default=False, description="Whether somebody else has to have confirmed it.")


@strawberry.input(description="A rule to hold from now on.")
class WriteAwardRuleInput:
    rule: AwardRuleInput = strawberry.field(description="The rule.")
    idempotency_key: str = strawberry.field(description=KEY)


WriteAwardRuleResult = Annotated[
    AwardRule | NotPermitted | InvalidInput | KeyReused,
    strawberry.union("WriteAwardRuleResult", description="The rule that holds now, or why it was not written."),
]
TriedRule = Annotated[AwardRuleInput, strawberry.argument(description="The rule to be tried.")]


@strawberry.type
class AwardQueries:
    @strawberry.field(description="What earns, by code; empty for a partner client.")
    async def award_rules(self, info: Info) -> list[AwardRule]:
        asking = resolving.actor_of(resolving.raw(info))
        if asking.person_id is None:
            return []
        return [_shown(one) for one in await service_award_rules.rules(asking)]

    @strawberry.field(
        description="What a rule would have given in the last whole month, without giving anything; for the strategy "
        "office."
    )
    async def award_trial(self, info: Info, rule: TriedRule) -> AwardTrial:
        try:
            found = await service_award_rules.try_out(resolving.actor_of(resolving.raw(info)), _rule(rule))
        except DomainError as refusal:
            raise GraphQLError(refusal.message, extensions={"code": "BAD_USER_INPUT"}) from refusal
        return _tried(found)


@strawberry.type
class AwardMutations:
    @strawberry.mutation(
        description="Write what earns how much from now on; what was earned before stays. For the strategy office."
    )
    async def write_award_rule(self, info: Info, input: WriteAwardRuleInput) -> WriteAwardRuleResult:
        try:
            who = actor(info)
            code = await service_award_rules.write(who, _rule(input.rule), key=input.idempotency_key)
            held = {one.code: one for one in await service_award_rules.rules(who)}
            return _shown(held[code])
        except DomainError as refusal:
            return cast("WriteAwardRuleResult", problem.of(refusal))


def _rule(given: AwardRuleInput) -> awarding.AwardRule:
    return awarding.AwardRule(
        code=given.code,
        event=given.event,
        name=given.name,
        name_zh=text(given.name_zh),
        conditions=tuple(Condition(one.field, one.value) for one in given.conditions),
        points=given.points,
        day_max=given.day_max,
        week_max=given.week_max,
        object_days=given.object_days,
        pair_halves=given.pair_halves,
        needs_other=given.needs_other,
    )


def _shown(rule: awarding.AwardRule) -> AwardRule:
    return AwardRule(
        code=rule.code,
        revision=rule.revision,
        event=rule.event,
        name=rule.name,
        name_zh=rule.name_zh,
        conditions=[AwardCondition(field=one.field, value=one.value) for one in rule.conditions],
        points=rule.points,
        day_max=rule.day_max,
        week_max=rule.week_max,
        object_days=rule.object_days,
        pair_halves=rule.pair_halves,
        needs_other=rule.needs_other,
        holds_from=None if rule.holds_from == awarding.ALWAYS else rule.holds_from,
    )


def _tried(found: Trial) -> AwardTrial:
    return AwardTrial(
        first_day=found.first_day,
        last_day=found.last_day,
        facts=found.facts,
        earning=found.earning,
        limited=found.limited,
        people=found.people,
        points=found.points,
        median=found.median,
        most=found.most,
    )
