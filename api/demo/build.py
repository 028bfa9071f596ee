"""Builds the demo group, all of it or nothing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from api import worker
from api.demo import dates, figures, mei, settling, story
from api.demo.airline import Airline
from api.demo.airline_cards import AirlineCards
from api.demo.cards import Cards
from api.demo.cascade import Cascade
from api.demo.closing import CLOSED, Closing
from api.demo.dates import ZONE, Period
from api.demo.exceeding import Exceeding
from api.demo.library import Library
from api.demo.logins import PASSWORD
from api.demo.modes import Modes
from api.demo.plans import Plans
from api.demo.promises import Planner, Promise
from api.demo.roster import MEI, Roster
from api.demo.settling import Settled
from api.demo.story import Step, Teller
from api.demo.strategy import Strategies
from api.demo.transmission import Transmission
from api.identity.passwords import Passwords
from api.settings import Settings
from domain.kernel import clock, database, relay, relay_sets
from domain.kernel.actor import Actor
from domain.kernel.errors import NotFound
from domain.kernel.ids import new_id
from domain.kernel.work import Work, begin
from domain.objectives import service_cycles, service_roll_up_proof
from domain.objectives.service_cycles import NewCycle
from domain.people import service
from domain.people.service_access import lock_structure
from domain.progress import service as progress
from domain.progress.terms import NewSeason
from domain.scorecards.cards import service_scores
from domain.scorecards.cards.service_touched import FIRST

SLUG = "demo"
NAME = "Haiyue Group"
HEARD_DAYS = 45
"""What is older is in nobody's inbox."""
TOLD_EVERY = 500

Report = Callable[[str], None]


async def build(settings: Settings, report: Report) -> None:
    """Make the demo group unless it is there; `report` hears a line for every step.

    The whole story is one transaction: killed anywhere, it leaves an empty tenant, which the next build fills.
    """
    await database.connect(settings.database_url)
    try:
        operator = await _tenant()
        async with begin(operator) as work:
            await lock_structure(work)  # who builds at the same time waits here
            if await work.connection.fetchval("select exists (select from account)"):
                report("The demo group is there already")
                return
            told = await _tell(operator, report)
            await settling.open_accounts(told.settled, await _hashed())
            await relay_sets.catch_up(work.connection, worker.SET_READERS["progress"], since=_season_since())
            await _hear(work, since=clock.now() - timedelta(days=HEARD_DAYS))
            await service_roll_up_proof.recompute(work.connection, operator.tenant_id)
            await service_scores.carry(work.connection, operator.tenant_id, dict.fromkeys(told.cards, FIRST))
            told_at = clock.now()
            await told.closing.close_persons(told.to_close, told_at)
            await _hear(work, since=told_at)
        report(f"{len(told.settled.roster.persons)} people can sign in")
    finally:
        await database.close()


async def _tenant() -> Actor:
    try:
        tenant_id, zone = await service.find_tenant(SLUG)
    except NotFound:
        tenant_id, zone = await service.create_tenant(SLUG, NAME, zone=ZONE), ZONE
    return service.operator(tenant_id, zone)


async def _hashed() -> str:
    passwords = Passwords()
    try:
        return await passwords.hash(PASSWORD)
    finally:
        passwords.close()


async def _hear(work: Work, *, since: datetime) -> None:
    """Fill the inboxes; what is older is read as well. Roll-up leaves alone what is unread, so it comes after this."""
    await relay.catch_up(work.connection, worker.READERS["announcements"], since=since)


def _season_since() -> datetime:
    return dates.morning(dates.periods(clock.today(ZONE))[-1].starts_on, days=-1)


@dataclass(frozen=True, slots=True)
class _Told:
    """Who is there, and the scorecards: they are scored when everything is told, and some of persons closed then."""

    settled: Settled
    cards: Sequence[UUID]
    closing: Closing
    to_close: Sequence[UUID]


async def _tell(operator: Actor, report: Report) -> _Told:
    now = clock.now()
    cycles = dates.periods(clock.today(ZONE))
    roster = Roster(cycles)
    settled = await settling.settle(operator, roster, cycles)
    report(f"{len(settled.units)} units, {len(roster.persons)} people")
    strategies = Strategies(settled)
    airline = Airline(settled, figures.read(), strategies.airline)
    await airline.lay()
    cycle_ids = [new_id() for _ in cycles]
    cards = Cards(settled, strategies.group, cycles[-1], cycle_ids[-1])
    of_2013 = AirlineCards(settled, airline, strategies.airline)
    promises = _promises(settled, cycles, cycle_ids, airline, now)
    steps = [*airline.recordings(), *airline.year.steps(), *of_2013.steps(), *cards.steps(promises)]
    library = Library(settled, strategies.group, cards, cycles[-1], cycle_ids[-1])
    closing = Closing(settled, cards, cycles[-1])
    steps += [*library.steps(promises), *closing.steps()]
    steps += [step for cycle in zip(cycles, cycle_ids, strict=True) for step in _cycle_steps(settled, *cycle)]
    steps += _steps(settled, promises, cycles, strategies, now)
    steps += [*Cascade(settled, cycles[-1], now).steps(promises), *Modes(settled).steps(cycles)]
    steps += Exceeding(settled, cycles, cycle_ids[-1]).steps(promises)
    steps += Plans(settled, strategies.group, now).steps()
    steps += Transmission(settled, cycles[-1], cycle_ids[-1], now).steps()
    await story.tell(steps, until=now, passed=_progress(report))
    scored = [*cards.ids.values(), *library.ids.values(), *of_2013.ids.values()]
    return _Told(settled, scored, closing, library.of_team(CLOSED[0]))


def _promises(
    settled: Settled, cycles: list[Period], cycle_ids: list[UUID], airline: Airline, now: datetime
) -> list[Promise]:
    roster, planner = settled.roster, Planner(settled.roster, now)
    promises = list(airline.promises(roster))
    for cycles_ago, period, cycle_id in zip((2, 1, 0), cycles, cycle_ids, strict=True):
        promises += planner.plan(period, cycle_id, cycles_ago=cycles_ago)
    return [*promises, *mei.promises(roster, planner, serves=_newest(promises, roster), now=now)]


def _steps(
    settled: Settled, promises: list[Promise], cycles: list[Period], strategies: Strategies, now: datetime
) -> list[Step]:
    teller = Teller(settled, now)
    steps = [step for promise in promises for step in teller.steps(promise)]
    steps += strategies.publications(cycles)
    steps += strategies.alignments(promises, cycles[-1])
    steps += strategies.teach_backs(promises, cycles[-1], now)
    return [*steps, _season_step(settled, cycles[-1]), *_changes(settled, now)]


def _season_step(settled: Settled, period: Period) -> Step:
    """Points are earned as long as the running cycle lasts."""
    office = settled.actor(settled.roster["GRP-STR.head"])
    season = NewSeason(name=period.name, name_zh=period.name_zh, starts_on=period.starts_on, ends_on=period.ends_on)
    return Step(dates.morning(period.starts_on, days=-50), partial(progress.open_season, office, season))


def _cycle_steps(settled: Settled, period: Period, cycle_id: UUID) -> list[Step]:
    """Opened before it begins; closed ten days after it ends, if that is over."""
    office = settled.actor(settled.roster["GRP-STR.head"])
    cycle = NewCycle(
        id=cycle_id,
        name=period.name,
        name_zh=period.name_zh,
        starts_on=period.starts_on,
        ends_on=period.ends_on,
    )
    opened_at, closed_at = dates.morning(period.starts_on, days=-50), dates.morning(period.ends_on, days=10)
    return [
        Step(opened_at, partial(service_cycles.open_cycle, office, cycle)),
        Step(closed_at, partial(service_cycles.close_cycle, office, cycle_id)),
    ]


def _newest(promises: list[Promise], roster: Roster) -> Promise:
    """The promise of the young employee's manager that hers serve."""
    manager = roster[MEI].manager
    own = [promise for promise in promises if promise.owner is manager]
    return min(own, key=lambda promise: (-promise.period.starts_on.toordinal(), promise.begun_at))


def _changes(settled: Settled, now: datetime) -> list[Step]:
    """Some change their team; two stand in for each other while one is away."""
    first = now.date() + timedelta(days=2)
    stand_in = partial(
        settling.delegate,
        settled,
        giver="AIR-GND.head",
        holder="AIR-NET.head",
        first=first,
        last=first + timedelta(days=7),
        reason="Holiday with the family",
    )
    moved = [(person, person.move.on) for person in settled.roster.persons if person.move]
    moves = [Step(dates.morning(on), partial(settling.move, settled, person, on)) for person, on in moved]
    return [*moves, Step(now - timedelta(days=1), stand_in)]


def _progress(report: Report) -> Callable[[int, int], None]:
    def passed(number: int, count: int) -> None:
        if number % TOLD_EVERY == 0 or number == count:
            report(f"{number} of {count} things that people did")

    return passed
