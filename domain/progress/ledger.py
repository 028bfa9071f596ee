"""The words of the ledger: accounts, and entries that move an amount from one to another."""

from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from domain.kernel.errors import InvalidInput
from domain.kernel.ids import new_id

AMOUNT_MAX = 1_000_000
ENTRIES_MAX = 1_000
KEY_CHARACTERS_MAX = 300


class Currency(StrEnum):
    """What is counted; one never turns into another, and none into pay."""

    EXPERIENCE = "EXPERIENCE"
    COIN = "COIN"
    GIVING = "GIVING"


class AccountKind(StrEnum):
    """Whose an account is."""

    ISSUE = "ISSUE"
    """Where everything comes from: the one account that is below zero, by what all others hold."""
    PERSON = "PERSON"
    TEAM = "TEAM"
    REWARDS = "REWARDS"
    """Where goes what is spent."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds an account: a person or a unit by its id."""

    kind: AccountKind
    id: UUID


ISSUE = Holder(AccountKind.ISSUE, UUID(int=1))
REWARDS = Holder(AccountKind.REWARDS, UUID(int=2))


def person(person_id: UUID) -> Holder:
    """The accounts of a person."""
    return Holder(AccountKind.PERSON, person_id)


def team(unit_id: UUID) -> Holder:
    """The pool of a team."""
    return Holder(AccountKind.TEAM, unit_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEntry:
    """An amount that moves, once for its key."""

    currency: Currency
    source: Holder
    target: Holder
    amount: int
    reason: str
    key: str
    id: UUID = field(default_factory=new_id)


_WAYS: dict[Currency, frozenset[tuple[AccountKind, AccountKind]]] = {
    Currency.EXPERIENCE: frozenset({(AccountKind.ISSUE, AccountKind.PERSON)}),
    Currency.COIN: frozenset(
        {
            (AccountKind.ISSUE, AccountKind.PERSON),
            (AccountKind.ISSUE, AccountKind.TEAM),
            (AccountKind.TEAM, AccountKind.PERSON),
            (AccountKind.PERSON, AccountKind.TEAM),
            (AccountKind.PERSON, AccountKind.REWARDS),
            (AccountKind.TEAM, AccountKind.REWARDS),
        }
    ),
    Currency.GIVING: frozenset(
        {
            (AccountKind.ISSUE, AccountKind.PERSON),
            (AccountKind.PERSON, AccountKind.REWARDS),
            (AccountKind.PERSON, AccountKind.ISSUE),
        }
    ),
}
"""Experience is never spent; coins go to a team and never from hand to hand; an allowance is given away or expires."""


def check(entry: NewEntry) -> None:
    """InvalidInput unless this may be written."""
    if not 1 <= entry.amount <= AMOUNT_MAX:
        raise InvalidInput(f"An amount is a whole number from 1 to {AMOUNT_MAX:,}.", field="amount")
    if (entry.source.kind, entry.target.kind) not in _WAYS[entry.currency]:
        raise InvalidInput("This currency does not go this way.", field="currency")
    if entry.source == entry.target:
        raise InvalidInput("An amount moves between two accounts.", field="target")
    if not entry.key.strip() or len(entry.key) > KEY_CHARACTERS_MAX:
        raise InvalidInput(f"A key has 1 to {KEY_CHARACTERS_MAX} characters.", field="key")
