"""Everything that can be read, once: objectives in many states, check-ins, approvals, measures, inbox, moves."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from domain.inbox import service as inbox
from domain.inbox.terms import InboxKind, Notice
from domain.kernel import clock, database
from domain.kernel.actor import Actor, Scope
from domain.kernel.ids import new_id, public
from domain.kernel.work import begin
from domain.objectives import service_approvals, service_check_ins, service_roll_up
from domain.objectives.terms import Audience, ObjectiveState
from domain.people import service_units
from domain.people.model import Account, Session
from domain.people.service_moves import Move, move_person
from domain.progress import service as progress
from domain.progress import service_rankings
from domain.progress.terms import Earning, NewSeason, Reason
from domain.scorecards import service as scorecards
from domain.scorecards.terms import Figure, NewMeasure
from tests.api.reading import (
    world_actuals,
    world_cascades,
    world_feedback,
    world_interlocks,
    world_modes,
    world_plans,
    world_ratchets,
    world_recall,
    world_scorecards,
    world_strategy,
    world_transmission,
)
from tests.domain.objectives import company as companies
from tests.domain.objectives.company import FEWER, KEY_RESULT, Company, goal
from tests.domain.objectives.stages import reach

PEOPLE = ("Dina", "Chen", "Emil", "Hugo", "Partner", "Stranger")
READERS = (*PEOPLE, "Bo", "Sofia", "Delia", "Aron", "Rival")
"""Owner, former manager of Emil, peer, HR partner, client, nobody's person, the manager above, strategy office, who
stands in, administrator, and an owner in another group that has objectives of its own."""
FEBRUARY = datetime(2026, 2, 10, 4, tzinfo=UTC)
MOVED_ON = date(2026, 3, 1)
ODD_TITLE = '准时 ✈️ "quoted" \\ back\u2028line <b> \U0001f9d1‍✈️'
POINTS = {"Ada": 120, "Bo": 90, "Chen": 90, "Dina": 40, "Sofia": 40, "Delia": 40, "Aron": 30, "Emil": 10, "Oskar": 200}
"""Of the running season; of the one before, everybody has as many and one more. Oskar takes no part."""
HUGE = Decimal("999999999999999999.99999999999999999999")


@dataclass(slots=True)
class World:
    """`ids` names public ids for documents; `objectives` the rows by what they are for."""

    company: Company
    rival: Company | None = None
    """Another group."""
    objectives: dict[str, UUID] = field(default_factory=dict[str, UUID])
    ids: dict[str, str] = field(default_factory=dict[str, str])

    def actor(self, name: str) -> Actor:
        """A person of the company with a session; the partner may read everything that partners may."""
        if name == "Rival":
            assert self.rival is not None
            return self.rival.actor("Dina")
        actor = self.company.actor(name)
        if name == "Partner":
            return replace(actor, scopes=frozenset(Scope))
        return replace(actor, session_id=self.objectives["session"]) if name == "Dina" else actor

    @property
    def drafts(self) -> frozenset[str]:
        """Row ids of what nobody but its owner may see."""
        names = ("DRAFT", "child 0", "child 1", "child 2", "of Emil")
        return frozenset(str(self.objectives[name]) for name in names)

    @property
    def elsewhere(self) -> frozenset[str]:
        """Row ids of the other group that documents name."""
        return frozenset(one.partition("_")[2] for name, one in self.ids.items() if name.startswith("elsewhere"))


async def make() -> World:
    """The clock must stand at NOON; what is made in one go is made in one instant, so that orders have ties."""
    world = World(await companies.lay())
    await _objectives(world)
    await _confidences(world)
    await _big_promise(world)
    await _news(world)
    await _measures(world)
    await world_actuals.furnish(world)
    await _moves(world)
    await _inbox(world)
    await _session(world)
    await _seasons(world)
    await world_cascades.furnish(world)
    await _roll_up(world)
    await world_modes.furnish(world)
    await world_ratchets.furnish(world)
    await _name_ids(world)
    await _elsewhere(world)
    await world_strategy.furnish(world)
    await world_recall.furnish(world)
    await world_interlocks.furnish(world)
    await world_feedback.furnish(world)
    await world_scorecards.furnish(world)
    await world_plans.furnish(world)
    await world_transmission.furnish(world)
    return world


async def _roll_up(world: World) -> None:
    """As the worker would."""
    async with begin(world.company.organisation.operator) as work:
        await service_roll_up.carry_up(work.connection, world.company.tenant_id, list(world.objectives.values()))


async def _objectives(world: World) -> None:
    for state in ObjectiveState:
        audience = Audience.GROUP if state is ObjectiveState.MISSED else Audience.UNIT
        world.objectives[state] = await reach(world.company, state, audience)
    odd = goal(
        weight=1, title=ODD_TITLE, why="多行\n文字", parent_id=world.objectives["ACTIVE"], audience=Audience.GROUP
    )
    world.objectives["odd"] = await world.company.promised(odd)
    for number in range(3):
        child = goal(weight=1, title="Same title", parent_id=world.objectives["ACTIVE"])
        world.objectives[f"child {number}"] = await world.company.draft(child)
    world.objectives["of Emil"] = await world.company.draft(owner="Emil")


async def _confidences(world: World) -> None:
    """What Emil promised to who was his manager in February; and what Oskar and Ada said on the way to his promise."""
    company = world.company
    with clock.frozen(FEBRUARY):
        former = await company.draft(goal(weight=1, title="Before the move"), owner="Emil")
        await company.submit(former, owner="Emil", note="As we said.")
        await company.approve(former)
    talked = await company.draft(goal(weight=1, title="Talked over", audience=Audience.UNIT), owner="Oskar")
    await company.submit(talked, owner="Oskar", note="我病了 — in May.")
    version, key = await company.version(talked), str(new_id())
    ada = company.actor("Ada")
    await service_approvals.decline(ada, talked, version=version, key=key, reason="Aim higher, Oskar.")
    await company.submit(talked, owner="Oskar", note="Better now.")
    await company.approve(talked, by="Ada")
    world.objectives |= {"of Emil in February": former, "of Oskar": talked}


async def _big_promise(world: World) -> None:
    big = replace(KEY_RESULT, start=HUGE.copy_negate(), target=HUGE, title="Huge")
    serves = world.objectives[ObjectiveState.ACHIEVED]
    draft = goal(weight=1, key_results=(big, FEWER), audience=Audience.GROUP, parent_id=serves)
    objective_id = await world.company.promised(draft)
    world.objectives["big"] = objective_id
    first, second = await world.company.key_results(objective_id)
    dina = world.company.actor("Dina")
    for number in range(23):
        value = Decimal(number) / 7
        await service_check_ins.check_in(
            dina, first, round(value, 12), key=str(new_id()), note=f"No. {number}", confidence=number % 10 + 1
        )
        if number == 20:
            clock.advance(timedelta(microseconds=1500))
    await service_check_ins.check_in(dina, second, Decimal("20.00"), key=str(new_id()), confidence=10)


async def _news(world: World) -> None:
    """What others say of their promises, and Dina of one that serves another, all in one instant."""
    for about, author in (("odd", "Dina"), ("of Oskar", "Oskar"), ("of Emil in February", "Emil")):
        first, _ = await world.company.key_results(world.objectives[about])
        for value in (Decimal("71.5"), Decimal("72.5")):
            await service_check_ins.check_in(world.company.actor(author), first, value, key=str(new_id()), note=author)


async def _measures(world: World) -> None:
    office = world.company.actor("Sofia")
    for code, name_zh in (("A", "甲"), ("B", None), ("C", None)):
        unit_id = world.company.organisation.units["AIR"]
        await scorecards.define_measure(
            office, NewMeasure(code=code, name=f"Measure {code}", name_zh=name_zh, unit_of_measure="%", unit_id=unit_id)
        )
    figures = [
        Figure(measure="A", period=date(2026, month, 1), value=Decimal(month) / 8, unit_of_measure="%")
        for month in range(1, 6)
    ]
    await scorecards.record_actuals(office, figures, key="figures")


async def _moves(world: World) -> None:
    organisation = world.company.organisation
    operator, people, units = organisation.operator, organisation.persons, organisation.units
    move = Move(person_id=people["Emil"], on=MOVED_ON, unit_id=units["SIDE"], manager_id=people["Hugo"])
    await move_person(operator, move)
    await service_units.move_unit(operator, units["CREW"], parent_id=units["AIR"], on=MOVED_ON)
    await service_units.rename_unit(operator, units["CREW"], name="Flight crew", name_zh="机组", on=MOVED_ON)


async def _inbox(world: World) -> None:
    tenant_id = world.company.tenant_id
    with database.tenant(tenant_id):
        for name in ("Dina", "Chen"):
            for at, about in enumerate(("ACTIVE", "DRAFT", "big", "odd", "SUBMITTED")):
                notice = Notice(
                    person_id=world.company[name],
                    kind=InboxKind.OBJECTIVE_APPROVED,
                    subject_type="objective",
                    subject_id=world.objectives[about],
                    dedupe_key=f"{name} {at}",
                    actor_id=world.company["Chen"],
                )
                await inbox.announce(tenant_id, notice)
        items = [row["id"] for row in await world.company.organisation.rows("select id from inbox_item order by id")]
    await inbox.mark_read(world.company.actor("Dina"), items[:1], key="read")


async def _session(world: World) -> None:
    now, tenant_id, person_id = clock.now(), world.company.tenant_id, world.company["Dina"]
    session_id, account_id = new_id(), new_id()
    with database.tenant(tenant_id):
        await Account.create(
            id=account_id, tenant_id=tenant_id, person_id=person_id, login="d", password_hash="", created_at=now
        )
        await Session.create(
            id=session_id,
            tenant_id=tenant_id,
            account_id=account_id,
            person_id=person_id,
            name="Phone",
            kind="BROWSER",
            refresh_hash=session_id.bytes,
            generation=0,
            created_at=now,
            last_seen_at=now,
        )
    world.objectives["session"] = session_id


async def _seasons(world: World) -> None:
    """One that is over and one that runs, with ties, with people in the lower half, and one who left the rankings."""
    office = world.company.actor("Sofia")
    for number, first, last in ((1, date(2026, 1, 1), date(2026, 3, 31)), (0, date(2026, 4, 1), date(2026, 6, 30))):
        name_zh = None if number else "春季"
        await progress.open_season(office, NewSeason(name=f"S{number}", name_zh=name_zh, starts_on=first, ends_on=last))
        earnings = [
            Earning(
                person_id=world.company[name],
                reason=Reason.CHECKED_IN,
                points=points + number,
                earned_on=first,
                earned_at=clock.now() - timedelta(minutes=minute // 2),
            )
            for minute, (name, points) in enumerate(POINTS.items())
        ]
        async with begin(office) as work:
            await progress.add(work, earnings)
    await service_rankings.leave_rankings(world.company.actor("Oskar"))


async def _elsewhere(world: World) -> None:
    """A second group, whose ids are known and lead nowhere."""
    rival = world.rival = await companies.lay()
    for state in (ObjectiveState.DRAFT, ObjectiveState.SUBMITTED, ObjectiveState.ACTIVE):
        world.ids[f"elsewhere {state}"] = public("obj", await reach(rival, state, Audience.GROUP))
    [approval, *_] = await rival.organisation.rows("select id from approval order by id")
    world.ids["elsewhere approval"] = public("apv", approval["id"])
    world.ids["elsewhere Dina"] = public("per", rival["Dina"])
    world.ids["elsewhere unit"] = public("unt", rival.organisation.units["CREW"])


async def _name_ids(world: World) -> None:
    organisation = world.company.organisation
    for name, row_id in world.objectives.items():
        world.ids[f"objective {name}"] = public("ses" if name == "session" else "obj", row_id)
    for name, row_id in organisation.persons.items():
        world.ids[f"person {name}"] = public("per", row_id)
    for name, row_id in organisation.units.items():
        world.ids[f"unit {name}"] = public("unt", row_id)
    for approval in await organisation.rows("select id from approval where note is not null order by id"):
        world.ids[f"approval noted {len(world.ids)}"] = public("apv", approval["id"])
    for prefix, table in _TABLES.items():
        rows = await organisation.rows(f"select id from {table} order by id limit 3")
        world.ids |= {f"{table} {at}": public(prefix, row["id"]) for at, row in enumerate(rows)}
    for at, row_id in enumerate(await world.company.key_results(world.objectives["big"])):
        world.ids[f"key_result big {at}"] = public("kr", row_id)
    world.ids["cycle"] = public("cyc", world.company.cycle_id)
    world.ids["nobody"] = public("per", new_id())
    world.ids["foreign"] = public("zzz", new_id())


_TABLES = {
    "kr": "key_result",
    "chk": "check_in",
    "apv": "approval",
    "msr": "measure",
    "act": "actual",
    "inb": "inbox_item",
    "emp": "employment",
    "pos": "position",
    "del": "delegation",
}
