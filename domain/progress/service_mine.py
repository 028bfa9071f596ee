"""Use cases of one's own progress: what a person has, and each entry that led there."""

from dataclasses import dataclass
from uuid import UUID

from domain.kernel.actor import Actor
from domain.kernel.errors import NotPermitted
from domain.progress import awarding, ledger, service_award_rules, service_ledger
from domain.progress.ledger import Currency
from domain.progress.service_ledger import Line

WORDS = {
    "DECIDED_ANEW": (
        "Counted anew, since something earlier was heard late",
        "因较早的事项稍后才收到，已重新计算",
    ),
}
"""Reasons that no rule names, in English and Chinese."""


@dataclass(frozen=True, slots=True)
class Told:
    """An entry with its reason in words."""

    line: Line
    name: str
    name_zh: str | None


def person(actor: Actor) -> UUID:
    """Who asks; NotPermitted for a partner client."""
    if actor.person_id is None:
        raise NotPermitted("Only a person earns.")
    return actor.person_id


async def balances(actor: Actor) -> dict[Currency, int]:
    """What the actor's accounts hold."""
    return await service_ledger.balances(actor, ledger.person(person(actor)))


async def entries(actor: Actor, *, first: int, after: UUID | None = None) -> list[Told]:
    """The actor's entries, newest first, behind one of them; a reason is told in the words of its time."""
    lines = await service_ledger.lines(actor, ledger.person(person(actor)), first=first, after=after)
    written = await service_award_rules.written(actor) if lines else []
    told: list[Told] = []
    for line in lines:
        rule = awarding.rules_at(written, line.at).get(line.reason)
        name, name_zh = (rule.name, rule.name_zh) if rule else WORDS.get(line.reason, (line.reason, None))
        told.append(Told(line, name, name_zh))
    return told
