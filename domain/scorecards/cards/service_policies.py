"""Use cases of scoring policies: the rules by which scores are made, version by version."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import orjson

from domain.kernel import clock
from domain.kernel.actor import Actor
from domain.kernel.errors import InvalidInput
from domain.kernel.ids import new_id
from domain.kernel.permits import Action
from domain.kernel.work import Work, begin
from domain.objectives.rules import TITLE_CHARACTERS_MAX, check_text
from domain.people.rules import FIRST_DAY
from domain.scorecards.cards import events, service_rights
from domain.scorecards.scoring import codec
from domain.scorecards.scoring.policy import Policy

FIRST_REASON = "As the product is delivered."


async def write(actor: Actor, policy: Policy, *, reason: str, valid_from: date | None = None, key: str) -> UUID:
    """Put a new version in force, from today unless a later day is named. What is published keeps its own version."""
    check_text(reason, "reason", characters_max=TITLE_CHARACTERS_MAX)
    intent = ("write_scoring_policy", repr(policy), reason, valid_from)
    async with begin(actor, key=key, intent=intent) as work:
        if work.replay is not None:
            return UUID(str(work.replay))
        service_rights.require_office(actor, Action.KEEP_SCORING_POLICY)
        await work.wait_for("scoring_policy")
        today = clock.today(actor.zone)
        starts_on = valid_from or today
        if starts_on < today:
            raise InvalidInput("Rules are not changed for days that are over.", field="validFrom")
        await in_force(work, today)
        policy_id = await _succeed(work, policy, reason, starts_on)
        work.reply(str(policy_id))
    return policy_id


async def _succeed(work: Work, policy: Policy, reason: str, starts_on: date) -> UUID:
    """The new version takes the place of all that would be in force from its first day on."""
    newest = await work.connection.fetchrow(
        "select id, version, valid_from from scoring_policy where tenant_id = $1 order by version desc limit 1",
        work.actor.tenant_id,
    )
    assert newest is not None, "there is one in force"
    if newest["valid_from"] >= starts_on:
        raise InvalidInput(
            f"Version {newest['version']} comes into force on {newest['valid_from']}; the next one follows it.",
            field="validFrom",
        )
    await work.connection.execute(
        "update scoring_policy set valid_to = $3 where tenant_id = $1 and id = $2",
        work.actor.tenant_id,
        newest["id"],
        starts_on,
    )
    return await _insert(work, policy, reason, version=newest["version"] + 1, valid_from=starts_on)


async def _insert(work: Work, policy: Policy, reason: str, *, version: int, valid_from: date) -> UUID:
    policy_id = new_id()
    await work.connection.execute(
        """insert into scoring_policy (tenant_id, id, version, reason, content, valid_from, by_id, created_at)
           values ($1, $2, $3, $4, $5::jsonb, $6, $7, $8)""",
        work.actor.tenant_id,
        policy_id,
        version,
        reason.strip(),
        codec.canonical(codec.plain(replace(policy, version=str(version)))).decode(),
        valid_from,
        work.actor.person_id,
        clock.now(),
    )
    first = valid_from.isoformat()
    work.record(events.ScoringPolicyWritten(subject_id=policy_id, version=version, valid_from=first))
    return policy_id


async def in_force(work: Work, on: date) -> UUID:
    """The version of a day; the first one is written when nobody has written any."""
    found: UUID | None = await work.connection.fetchval(
        """select id from scoring_policy where tenant_id = $1 and valid_from <= $2 and $2 < valid_to""",
        work.actor.tenant_id,
        on,
    )
    if found is not None:
        return found
    await work.wait_for("first_scoring_policy")
    again: UUID | None = await work.connection.fetchval(
        "select id from scoring_policy where tenant_id = $1 and version = 1", work.actor.tenant_id
    )
    return again or await _insert(work, Policy(version="1"), FIRST_REASON, version=1, valid_from=FIRST_DAY)


async def get(work: Work, policy_id: UUID) -> Policy:
    """The policy of this id."""
    content: str = await work.connection.fetchval(
        "select content from scoring_policy where tenant_id = $1 and id = $2", work.actor.tenant_id, policy_id
    )
    return policy_of(content)


def policy_of(content: str) -> Policy:
    """The policy as it is stored."""
    return codec.record_of(Policy, orjson.loads(content))
