"""What mutations of promises between units are given, and how it becomes values of the domain."""

from datetime import date

import strawberry

from api.mutating import optional_id, row_id, text
from domain.transmission.interlocks.terms import InterlockSide, NewInterlock, Party, Terms

KEY = "Names this very request: repeated, it is answered as the first time and changes nothing more."
VERSION = "The `version` that you decided on; if it moved on since, the answer is StaleVersion."


@strawberry.input(description="Who stands for a side of a promise, and for which unit.")
class InterlockPartyInput:
    person: strawberry.ID = strawberry.field(description="The id of the person.")
    unit: strawberry.ID | None = strawberry.field(
        default=strawberry.UNSET,
        description="A unit in which the person works, or one below it; where they mainly work unless named.",
    )


@strawberry.input(description="What is promised, until when, and by what one sees that it is good.")
class InterlockTermsInput:
    output: str = strawberry.field(description="What is promised, in English; at most 200 characters.")
    criteria: str = strawberry.field(description="By what one sees that it is good; at most 2,000 characters.")
    due_on: date = strawberry.field(description="Until when: not in the past, and within its cycle.")
    output_zh: str | None = strawberry.field(default=strawberry.UNSET, description="What is promised, in Chinese.")
    criteria_zh: str | None = strawberry.field(
        default=strawberry.UNSET, description="By what one sees that it is good, in Chinese."
    )
    weight: int = strawberry.field(default=1, description="How much it counts beside others, 1 to 1,000.")


@strawberry.input(description="A promise between units to be proposed.")
class ProposeInterlockInput:
    cycle: strawberry.ID = strawberry.field(description="The cycle in which it is due.")
    provider: InterlockPartyInput = strawberry.field(description="Who promises.")
    receiver: InterlockPartyInput = strawberry.field(description="To whom it is promised.")
    terms: InterlockTermsInput = strawberry.field(description="What is promised.")
    objective: strawberry.ID | None = strawberry.field(
        default=strawberry.UNSET, description="The objective that needs it."
    )
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="Other words for a proposal.")
class AmendInterlockInput:
    id: strawberry.ID = strawberry.field(description="The promise.")
    terms: InterlockTermsInput = strawberry.field(description="What is promised instead, in full.")
    expected_version: int = strawberry.field(description=VERSION)
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="A promise that you stand for.")
class InterlockVersionInput:
    id: strawberry.ID = strawberry.field(description="The promise.")
    expected_version: int = strawberry.field(description=VERSION)
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="A promise, and what is to be said to it.")
class InterlockWordsInput:
    id: strawberry.ID = strawberry.field(description="The promise.")
    expected_version: int = strawberry.field(description=VERSION)
    idempotency_key: str = strawberry.field(description=KEY)
    words: str | None = strawberry.field(
        default=strawberry.UNSET, description="Such as where it is to be found; at most 2,000 characters."
    )


@strawberry.input(description="A promise, and why.")
class InterlockReasonInput:
    id: strawberry.ID = strawberry.field(description="The promise.")
    reason: str = strawberry.field(description="Why; at most 2,000 characters.")
    expected_version: int = strawberry.field(description=VERSION)
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="A side of a promise for which somebody else shall stand.")
class HandOverInterlockInput:
    id: strawberry.ID = strawberry.field(description="The promise.")
    side: InterlockSide = strawberry.field(description="Which side.")
    to: InterlockPartyInput = strawberry.field(description="Who shall stand for it.")
    reason: str = strawberry.field(description="Why; at most 2,000 characters.")
    expected_version: int = strawberry.field(description=VERSION)
    idempotency_key: str = strawberry.field(description=KEY)


def party_of(given: InterlockPartyInput, field: str = "to") -> Party:
    """InvalidInput for what is no unit, NotFound for what is no person."""
    unit_id = optional_id("unt", given.unit, f"{field}.unit")
    return Party(person_id=row_id("per", given.person), unit_id=unit_id)


def terms_of(given: InterlockTermsInput) -> Terms:
    """What is promised, as the domain takes it."""
    return Terms(
        output=given.output,
        criteria=given.criteria,
        due_on=given.due_on,
        output_zh=text(given.output_zh),
        criteria_zh=text(given.criteria_zh),
        weight=given.weight,
    )


def new_of(given: ProposeInterlockInput) -> NewInterlock:
    """A proposal, as the domain takes it."""
    return NewInterlock(
        cycle_id=row_id("cyc", given.cycle),
        provider=party_of(given.provider, "provider"),
        receiver=party_of(given.receiver, "receiver"),
        terms=terms_of(given.terms),
        objective_id=optional_id("obj", given.objective, "objective"),
    )


def words_of(given: InterlockWordsInput) -> str | None:
    """What is said, if anything."""
    return text(given.words)
