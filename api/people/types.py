"""The organisation in the schema: persons, units, positions, employments, and who stands in for whom."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

import strawberry

from api.feedback.pages import thread_page
from api.objectives.pages import objective_page
from api.planned import (
    AfterCursor,
    AsOf,
    BeforeCursor,
    Connection,
    FirstCount,
    LastCount,
    Node,
    by_cycle,
    by_id,
    maybe,
    one_as_of,
    page,
    page_as_of,
    planned,
)
from domain.kernel.actor import Role
from domain.people.terms import EnterpriseForm, UnitKind

if TYPE_CHECKING:
    from api.feedback.praise import Praise
    from api.objectives.targets.types import Contribution, RatchetPolicy
    from api.scorecards.cards.types import PositionKpi

strawberry.enum(Role, description="What a person is in the group.")
strawberry.enum(UnitKind, description="The level of a unit.")
strawberry.enum(EnterpriseForm, description="What kind of business a unit is; it decides how it is measured.")


@strawberry.type(description="A post as the organisation names it.")
class Position(Node):
    code: str = strawberry.field(description="The short name by which other systems know the position.")
    title: str = strawberry.field(description="The name of the position in English.")
    title_zh: str | None = strawberry.field(description="The name of the position in Chinese.")
    kpis: list[Annotated["PositionKpi", strawberry.lazy("api.scorecards.cards.types")]] = strawberry.field(
        description="What its incumbents are measured by, at most seven."
    )


@strawberry.type(description="A person in a position of a unit during a period.")
class Employment(Node):
    unit: "Unit | None" = strawberry.field(description="Where the person works.")
    position: Position | None = strawberry.field(description="As what the person works.")
    share: int = strawberry.field(description="The share of full time, in percent.")
    primary: bool = strawberry.field(description="Whether this is the person's main employment.")
    valid_from: date = strawberry.field(description="The first day.")
    valid_to: date | None = strawberry.field(description="The day after the last one; null while it is open.")


@strawberry.type(description="Somebody of the group.")
class Person(Node):
    name: str = strawberry.field(description="The name in Latin letters.")
    name_zh: str | None = strawberry.field(description="The name in Chinese characters.")
    initials: str = strawberry.field(description="One or two letters that stand for the person where space is short.")
    position_title: str | None = strawberry.field(description="The main position of today, in English.")
    position_title_zh: str | None = strawberry.field(description="The main position of today, in Chinese.")
    unit = one_as_of(maybe("Unit", "api.people.types"), "The unit of the main employment.")
    employments = page_as_of(Connection[Employment], "Where and as what the person works.")
    manager = one_as_of(maybe("Person", "api.people.types"), "The line manager.")
    reports = page_as_of(
        Connection[Annotated["Person", strawberry.lazy("api.people.types")]], "Who answers to this person directly."
    )
    objectives = objective_page("The person's objectives that you may see.")
    praise = page(
        Connection[Annotated["Praise", strawberry.lazy("api.feedback.praise")]],
        "What the person was praised for and you may read, newest first.",
    )
    threads = thread_page("What is said to the person about how they work and you may read, the newest thread first.")
    contributions = page(
        Connection[Annotated["Contribution", strawberry.lazy("api.objectives.targets.types")]],
        "The person's agreed shares in joint results that you may see, newest first.",
    )
    scorecard = by_cycle(
        maybe("Scorecard", "api.scorecards.cards.types"), "The person's scorecard for a cycle, if you may see it."
    )


@strawberry.type(description="A group, company, department or team, as it is on a date.")
class Unit(Node):
    code: str = strawberry.field(description="The short name by which other systems know the unit.")
    name: str = strawberry.field(description="The name in English.")
    name_zh: str | None = strawberry.field(description="The name in Chinese.")
    kind: UnitKind = strawberry.field(description="The level of the unit.")
    form: EnterpriseForm = strawberry.field(description="What kind of business it is.")
    valid_from: date = strawberry.field(description="Since when name, parent and form hold.")
    valid_to: date | None = strawberry.field(description="Until when they hold, exclusive; null while they are open.")
    parent: "Unit | None" = strawberry.field(description="The unit above.")
    children = page(Connection[Annotated["Unit", strawberry.lazy("api.people.types")]], "The units directly below.")
    people = page(Connection[Person], "Who works in this very unit.")
    objectives = objective_page("The unit's objectives that you may see.")
    contributions = page(
        Connection[Annotated["Contribution", strawberry.lazy("api.objectives.targets.types")]],
        "The unit's agreed shares in joint results that you may see, newest first.",
    )
    ratchet_policy: maybe("RatchetPolicy", "api.objectives.targets.types") = strawberry.field(  # type: ignore[valid-type]
        description="How far new targets must exceed the last ones today: its own rule, or that of the nearest unit "
        "above that has one; null where there is none."
    )
    ratchet_policies = page(
        Connection[Annotated["RatchetPolicy", strawberry.lazy("api.objectives.targets.types")]],
        "The rules of exceeding of this very unit, newest first.",
    )
    scorecard = by_cycle(
        maybe("Scorecard", "api.scorecards.cards.types"), "The unit's scorecard for a cycle, if you may see it."
    )
    mode: maybe("Mode", "api.modes.types") = strawberry.field(  # type: ignore[valid-type]
        description="How performance is managed in it; null if that is not shared with you."
    )
    strategy: maybe("Strategy", "api.strategy.types") = strawberry.field(  # type: ignore[valid-type]
        description="Its strategy with its map; null if it has none that is shared with you."
    )


@strawberry.type(description="Somebody may decide approvals in another person's place.")
class Delegation(Node):
    from_: Person | None = strawberry.field(name="from", description="Whose approvals are decided.")
    to: Person | None = strawberry.field(description="Who decides them.")
    starts_on: date = strawberry.field(description="The first day.")
    ends_on: date = strawberry.field(description="The last day.")
    reason: str | None = strawberry.field(description="Why, in the words of who delegated.")


@strawberry.type(description="A device that is signed in.")
class Session(Node):
    name: str = strawberry.field(description="What the device called itself.")
    created_at: datetime = strawberry.field(description="When it signed in.")
    last_seen_at: datetime = strawberry.field(description="When it was last used.")
    current: bool = strawberry.field(description="Whether it is the device that asks.")
    pushes: bool = strawberry.field(description="Whether this device is rung.")


@strawberry.type(description="Who is signed in.")
class Viewer:
    person: Person = strawberry.field(description="The person.")
    roles: list[Role] = strawberry.field(description="What the person is in the group today.")
    locale: str = strawberry.field(description="The language of the person: `en` or `zh-CN`.")
    zone: str = strawberry.field(description="The time zone of the person, an IANA name.")
    unread_count: int = strawberry.field(description="How many open notifications are unread.")
    open_approval_count: int = strawberry.field(description="How many approvals wait for this person.")
    in_rankings: bool = strawberry.field(description="Whether this person takes part in rankings.")
    praise_left: int = strawberry.field(description="How often this person can still praise somebody this month.")
    unread_feedback_count: int = strawberry.field(description="How many messages wait for this person to read them.")
    push_key: str = strawberry.field(description="The public key that a browser needs to be rung, base64url.")
    sessions = page(Connection[Session], "The devices that are signed in.")
    delegations = page(Connection[Delegation], "Who stands in for this person, and for whom this person stands in.")


@strawberry.type
class PeopleQueries:
    viewer: Viewer | None = strawberry.field(description="Who is signed in; null for a partner client.")
    person = by_id(maybe("Person", "api.people.types"), "A person, by their id.")

    @strawberry.field(description="People of the group, by name or by unit.")
    def people(
        self,
        first: FirstCount = 20,
        after: AfterCursor = strawberry.UNSET,
        last: LastCount = strawberry.UNSET,
        before: BeforeCursor = strawberry.UNSET,
        search: str | None = strawberry.UNSET,
        unit: strawberry.ID | None = strawberry.UNSET,
    ) -> Connection[Person]:
        planned()

    @strawberry.field(description="A unit, by its id.")
    def unit(self, id: strawberry.ID, as_of: AsOf = strawberry.UNSET) -> Unit | None:
        planned()

    @strawberry.field(description="Units of the group.")
    def units(
        self,
        first: FirstCount = 20,
        after: AfterCursor = strawberry.UNSET,
        last: LastCount = strawberry.UNSET,
        before: BeforeCursor = strawberry.UNSET,
        kind: UnitKind | None = strawberry.UNSET,
        parent: strawberry.ID | None = strawberry.UNSET,
        as_of: AsOf = strawberry.UNSET,
    ) -> Connection[Unit]:
        planned()
