"""Who answers for which member airline in 2013, and where: the company, eight teams, and the airports below them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from api.demo.figures import AIRPORTS, CHINESE, Counts, Kind, Record

COMPANY = "NY"
REST = "XX"
"""The nine airlines for which no team answers alone."""
TEAMS = {
    "AIR-NET-1": "B6",
    "AIR-NET-2": "UA",
    "AIR-NET-3": "EV",
    "AIR-GND-1": "DL",
    "AIR-GND-2": "AA",
    "AIR-GND-3": "MQ",
    "AIR-COM-1": "US",
    "AIR-COM-2": REST,
}
"""Each team looks after a member besides its own work: its lead for the whole, three of its people for an airport."""
RANKS = {"AIR-NET-1": (2, 1, 3), "AIR-GND-1": (4, 5, 6)}
"""Who of the team is at Newark, Kennedy and La Guardia, unless the first three; three of AIR-GND-1 lead stations."""
SHORT = {
    "B6": "JetBlue",
    "UA": "United",
    "EV": "ExpressJet",
    "DL": "Delta",
    "AA": "American",
    "MQ": "Envoy",
    "US": "US Airways",
    REST: "Nine smaller members",
}
KINDS = (
    Kind("FLOWN", "flights operated", "执行航班", "flights", 0, 500_000),
    Kind("SEAT_MILES", "seat-miles", "座英里", "million", 0, 100_000),
    Kind("ON_TIME", "arrivals on time", "准点到达率", "%", 0, 100),
    Kind("CANCELLED", "flights cancelled", "航班取消率", "%", 0, 100),
    Kind("ARRIVAL_DELAY", "mean arrival delay", "平均到达延误", "min", -120, 600),
)
"""What is measured of each place of the tree, from January up to a month. Rates are weighted by flights so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A member airline, everywhere or at one airport, or the whole company; `slot` answers for it."""

    code: str
    slot: str
    name: str
    name_zh: str
    member: str | None = None
    airport: str | None = None
    above: str | None = None

    @property
    def unit(self) -> str:
        """Where who answers for it works."""
        return self.slot.rpartition(".")[0]

    def holds(self, row: Mapping[str, str]) -> bool:
        """Whether a row of the record belongs here."""
        of_member = row["carrier"] if row["carrier"] in TEAMS.values() else REST
        return self.member in (None, of_member) and self.airport in (None, row["airport"])

    def counts(self, record: Record, *, through: int) -> Counts:
        """What happened here from January up to a month."""
        found = Counts()
        for row in record.rows:
            if int(row["month"]) <= through and self.holds(row):
                found.add(row)
        return found


def tree() -> list[Place]:
    """What is above before what is below."""
    found = [Place(code=COMPANY, slot="AIR.head", name="New York", name_zh="纽约")]
    for team, member in TEAMS.items():
        whole = Place(
            code=f"{COMPANY}_{member}",
            slot=f"{team}.lead",
            name=SHORT[member],
            name_zh=CHINESE.get(member, "九家小型成员"),
            member=member,
            above=COMPANY,
        )
        found += [whole, *_airports(team, whole)]
    return found


def _airports(team: str, whole: Place) -> Iterator[Place]:
    for rank, (airport, name) in zip(RANKS.get(team, (1, 2, 3)), AIRPORTS.items(), strict=True):
        yield Place(
            code=f"{whole.code}_{airport}",
            slot=f"{team}.{rank}",
            name=f"{whole.name} at {name}",
            name_zh=f"{whole.name_zh}{CHINESE[airport]}",
            member=whole.member,
            airport=airport,
            above=whole.code,
        )


SLOTS = frozenset(place.slot for place in tree())
