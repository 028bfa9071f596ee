"""A tenant with a season that runs, and as many people as a test wants."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from domain.kernel import clock
from domain.kernel.actor import Actor, Role
from domain.kernel.ids import new_id
from domain.kernel.work import begin
from domain.people import service_rows
from domain.progress import service, service_rankings, service_rebuilding
from domain.progress.terms import Earning, NewSeason, Reason
from tests.domain.organisations import ZONE, Organisation, found

NOON = datetime(2026, 6, 10, 4, tzinfo=UTC)
"""Noon in the zone of the tenant."""
FIRST, LAST = date(2026, 4, 1), date(2026, 6, 30)
SPRING = NewSeason(name="Spring 2026", starts_on=FIRST, ends_on=LAST)
Row = tuple[object, ...]


@dataclass(slots=True)
class Ground:
    """People are called by their numbers; the season is SPRING."""

    organisation: Organisation
    season_id: UUID
    people: Sequence[UUID]

    @property
    def operator(self) -> Actor:
        return self.organisation.operator

    def actor(self, number: int) -> Actor:
        """One of the people."""
        return Actor(tenant_id=self.organisation.tenant_id, zone=ZONE, person_id=self.people[number])

    def earning(self, number: int, points: int, *, day: int = 0, second: int = 0) -> Earning:
        """What somebody earns on a day of the season, so many seconds after noon."""
        return Earning(
            person_id=self.people[number],
            reason=Reason.CHECKED_IN,
            points=points,
            earned_on=FIRST + timedelta(days=day),
            earned_at=NOON + timedelta(days=day, seconds=second),
        )

    async def add(self, *earnings: Earning) -> None:
        async with begin(self.operator) as work:
            await service.add(work, earnings)

    async def give(self, *points: int) -> None:
        """So many points to each of the people in turn, reached one second after the other."""
        await self.add(*(self.earning(at, given, second=at) for at, given in enumerate(points)))

    async def leave(self, number: int) -> None:
        await service_rankings.leave_rankings(self.actor(number))

    async def join(self, number: int) -> None:
        await service_rankings.join_rankings(self.actor(number))

    async def rebuild(self) -> int:
        return await service_rebuilding.rebuild(self.operator, self.season_id)

    async def standings(self) -> list[Row]:
        """Number of the person, points, and whether they are shown, in the order of the people."""
        rows = await self._rows("select person_id, points, is_shown from standing")
        return sorted((self.people.index(person), points, is_shown) for person, points, is_shown in rows)  # type: ignore[arg-type]

    async def counts(self) -> list[Row]:
        """Width, first points and people, where there are any."""
        return await self._rows("select width, points, people from standing_count where people <> 0 order by 1, 2")

    async def everything(self) -> list[list[Row]]:
        """What follows from the points that were earned."""
        standings = await self._rows("select * from standing order by season_id, person_id")
        return [standings, await self._rows("select * from standing_count where people <> 0 order by 2, 3, 4")]

    async def _rows(self, sql: str) -> list[Row]:
        return [tuple(row) for row in await self.organisation.rows(sql)]


async def lay(people: int = 8) -> Ground:
    """The clock must stand at NOON."""
    organisation = await found()
    ground = Ground(organisation, await open_season(organisation, SPRING), [new_id() for _ in range(people)])
    async with begin(organisation.operator) as work:
        columns = {"id": "uuid", "code": "text", "name": "text", "locale": "text", "zone": "text"}
        columns["created_at"] = "timestamptz"
        rows = [(one, str(at), f"P {at}", "en", "UTC", clock.now()) for at, one in enumerate(ground.people)]
        await service_rows.insert(work.connection, "person", work.actor.tenant_id, columns=columns, rows=rows)
    return ground


async def open_season(organisation: Organisation, season: NewSeason, *, key: str | None = None) -> UUID:
    """A season with these days and an id of its own."""
    office = Actor(tenant_id=organisation.tenant_id, zone=ZONE, person_id=new_id())
    roles = frozenset({Role.STRATEGY_OFFICE})
    made = NewSeason(name=season.name, starts_on=season.starts_on, ends_on=season.ends_on, name_zh=season.name_zh)
    actor = Actor(tenant_id=office.tenant_id, zone=ZONE, person_id=office.person_id, roles=roles)
    return await service.open_season(actor, made, key=key)


def numbered(rows: Iterable[Row]) -> list[object]:
    """The first column."""
    return [row[0] for row in rows]
