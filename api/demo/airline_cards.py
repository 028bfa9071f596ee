"""The scorecards of the airline company in 2013: the public record, counted from the stations up to the whole."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from api.demo.cards import content, of_card
from api.demo.dates import RECORD, morning
from api.demo.figures import AIRPORTS, CHINESE
from api.demo.goals import Words
from api.demo.settling import Settled
from api.demo.story import Step
from api.demo.strategy import Strategy
from domain.kernel.ids import new_id
from domain.scorecards.cards import service
from domain.scorecards.cards.terms import ItemDraft, ItemKind, NewCard, Timing
from domain.scorecards.scoring.kinds import Rule
from domain.scorecards.scoring.lines import LargerBetter, SmallerBetter
from domain.scorecards.terms import NewMeasure

if TYPE_CHECKING:
    from api.demo.airline import Airline

RULES: dict[str, Rule] = {
    "ON_TIME": LargerBetter(baseline=Decimal(55), target=Decimal(85)),
    "CANCELLED": SmallerBetter(baseline=Decimal(8), target=Decimal(1)),
    "ARRIVAL_DELAY": SmallerBetter(baseline=Decimal(30), target=Decimal(0)),
    "FLIGHTS": LargerBetter(target=Decimal(28000)),
    "SEAT_MILES": LargerBetter(target=Decimal(4200)),
}
"""By the kind of the measure: where scoring begins, and what is 100. Flights and seat-miles are those of a month."""
TITLES: dict[str, Words] = {
    "ON_TIME": ("Arrivals on time", "准点到达率"),
    "CANCELLED": ("Flights cancelled", "航班取消率"),
    "ARRIVAL_DELAY": ("Mean arrival delay", "平均到达延误"),
    "FLIGHTS": ("Flights scheduled", "计划航班量"),
    "SEAT_MILES": ("Seat-miles flown", "座英里"),
}
SERVED = {"ON_TIME": "A1", "ARRIVAL_DELAY": "A1", "CANCELLED": "A3", "FLIGHTS": "A2", "SEAT_MILES": "A2"}
VIEWS = {
    "ON_TIME": "CUSTOMER",
    "ARRIVAL_DELAY": "CUSTOMER",
    "CANCELLED": "PROCESS",
    "FLIGHTS": "FINANCIAL",
    "SEAT_MILES": "FINANCIAL",
}
WEIGHTS = {"FINANCIAL": 25, "CUSTOMER": 45, "PROCESS": 30}
UNITS = ("AIR-GND-1", "AIR-GND", "AIR-NET-1", "AIR-NET", "AIR")
"""Cards below are there before those in which they count."""
DESK = ("B6", "UA", "EV", "DL", "AA", "MQ")
"""The carriers of the desk. JetBlue's figures are missing until a visitor pushes them as a partner system."""


def company(unit_id: UUID) -> list[NewMeasure]:
    """The company's measures follow from those of the airports: flights add up, rates are weighted by flights."""
    sums = {"FLIGHTS": "flights", "ARRIVED": "arrivals", "SEAT_MILES": "million"}
    means = {"ON_TIME": ("%", "ARRIVED"), "CANCELLED": ("%", "FLIGHTS"), "ARRIVAL_DELAY": ("min", "ARRIVED")}
    titles = TITLES | {"ARRIVED": ("Flights arrived", "到达航班量")}
    formulas = {kind: (unit, _sum(kind)) for kind, unit in sums.items()}
    formulas |= {kind: (unit, _mean(kind, by)) for kind, (unit, by) in means.items()}
    return [
        NewMeasure(
            code=f"AIR_{kind}",
            name=f"Alliance: {titles[kind][0].lower()}",
            name_zh=f"联盟{titles[kind][1]}",
            unit_of_measure=unit,
            unit_id=unit_id,
            formula=formula,
        )
        for kind, (unit, formula) in formulas.items()
    ]


def _sum(kind: str) -> str:
    return " + ".join(f"{airport}_{kind}" for airport in AIRPORTS)


def _mean(kind: str, by: str) -> str:
    weighted = " + ".join(f"{airport}_{kind} * {airport}_{by}" for airport in AIRPORTS)
    return f"({weighted}) / ({_sum(by)})"


class AirlineCards:
    """Tells how the cards of 2013 came to be, in the last days of the year before."""

    def __init__(self, settled: Settled, airline: "Airline", strategy: Strategy) -> None:
        self._settled = settled
        self._airline = airline
        self._strategy = strategy
        self.ids = {unit: new_id() for unit in UNITS}

    def steps(self) -> Iterator[Step]:
        for at, unit in enumerate(UNITS):
            yield Step(morning(RECORD.starts_on, days=-3) + timedelta(minutes=at), partial(self._publish, unit))

    async def _publish(self, unit: str) -> None:
        office = self._settled.actor(self._settled.roster["GRP-STR.head"])
        new = NewCard(
            id=self.ids[unit],
            unit_id=self._settled.units[unit],
            cycle_id=self._airline.cycle_id,
            content=content(self._items(unit), WEIGHTS),
        )
        await service.create(office, new, key=f"2013 card of {unit}")
        await service.publish(office, self.ids[unit], version=1, key=f"publish 2013 card of {unit}")

    def _items(self, unit: str) -> Sequence[ItemDraft]:
        match unit:
            case "AIR-GND-1":
                return [self._item(code, "ON_TIME", 1) for code in AIRPORTS]
            case "AIR-GND":
                return [*(self._item(code, "CANCELLED", 1) for code in AIRPORTS), self._card("AIR-GND-1", 3)]
            case "AIR-NET-1":
                return [self._item(code, "ON_TIME", 1) for code in DESK]
            case "AIR-NET":
                return [*(self._item(code, "ARRIVAL_DELAY", 1) for code in DESK), self._card("AIR-NET-1", 1)]
            case _:
                return [*self._of_company(), self._card("AIR-NET", 25), self._card("AIR-GND", 25)]

    def _of_company(self) -> list[ItemDraft]:
        weights = {"FLIGHTS": 40, "SEAT_MILES": 60, "ON_TIME": 70, "ARRIVAL_DELAY": 30, "CANCELLED": 50}
        return [self._item("AIR", kind, weight) for kind, weight in weights.items()]

    def _item(self, subject: str, kind: str, weight: int) -> ItemDraft:
        name, name_zh = TITLES[kind]
        of = "" if subject == "AIR" else f": {self._airline.names[subject]}"
        return ItemDraft(
            title=f"{name}{of}",
            title_zh=f"{CHINESE.get(subject, '')}{name_zh}",
            perspective=VIEWS[kind],
            kind=ItemKind.MEASURE,
            weight=weight,
            rule=RULES[kind],
            timing=Timing.LAG,
            measure_id=self._airline.measures[f"{subject}_{kind}"],
            strategic_objective_id=self._strategy.objectives[SERVED[kind]],
        )

    def _card(self, unit: str, weight: int) -> ItemDraft:
        return of_card(self._settled, unit, self.ids[unit], weight=weight)
