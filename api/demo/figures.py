"""The real figures of the airline company: measures and monthly values from the public record of 2013."""

import csv
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from uuid import UUID

from domain.scorecards.terms import Figure, NewMeasure

RECORD = Path(__file__).parent / "data" / "airlines_2013.csv"
CENT = Decimal("0.01")
CHINESE = {
    "9E": "奋进航空",
    "AA": "美国航空",
    "AS": "阿拉斯加航空",
    "B6": "捷蓝航空",
    "DL": "达美航空",
    "EV": "快捷航空",
    "F9": "边疆航空",
    "FL": "穿越航空",
    "HA": "夏威夷航空",
    "MQ": "特使航空",
    "OO": "天西航空",
    "UA": "美国联合航空",
    "US": "全美航空",
    "VX": "维珍美国航空",
    "WN": "西南航空",
    "YV": "梅萨航空",
    "EWR": "纽瓦克机场",
    "JFK": "肯尼迪机场",
    "LGA": "拉瓜迪亚机场",
}
AIRPORTS = {"EWR": "Newark", "JFK": "Kennedy", "LGA": "La Guardia"}


@dataclass(slots=True)
class Counts:
    """What happened in a month."""

    scheduled: int = 0
    cancelled: int = 0
    arrived: int = 0
    on_time: int = 0
    delay_minutes: int = 0
    seat_miles: int = 0

    def add(self, row: Mapping[str, str]) -> None:
        self.scheduled += int(row["scheduled_flights"])
        self.cancelled += int(row["cancelled_flights"])
        self.arrived += int(row["arrived_flights"])
        self.on_time += int(row["on_time_arrivals"])
        self.delay_minutes += int(row["arrival_delay_minutes_total"])
        self.seat_miles += int(row["seat_miles_known"])

    def value(self, kind: str) -> Decimal | None:
        """None where nothing was to be measured."""
        match kind:
            case "FLOWN":
                return Decimal(self.scheduled - self.cancelled)
            case "ON_TIME":
                return _ratio(100 * self.on_time, self.arrived)
            case "CANCELLED":
                return _ratio(100 * self.cancelled, self.scheduled)
            case "ARRIVAL_DELAY":
                return _ratio(self.delay_minutes, self.arrived)
            case "ARRIVED":
                return Decimal(self.arrived)
            case "SEAT_MILES":
                return _ratio(self.seat_miles, 1_000_000)
            case _:
                return Decimal(self.scheduled)


@dataclass(frozen=True, slots=True)
class Kind:
    """Something measured of every carrier and airport."""

    code: str
    name: str
    name_zh: str
    unit: str
    low: int
    high: int


KINDS = (
    Kind("ON_TIME", "arrivals on time", "准点到达率", "%", 0, 100),
    Kind("CANCELLED", "flights cancelled", "航班取消率", "%", 0, 100),
    Kind("ARRIVAL_DELAY", "mean arrival delay", "平均到达延误", "min", -120, 600),
    Kind("FLIGHTS", "flights scheduled", "计划航班量", "flights", 0, 20000),
    Kind("ARRIVED", "flights arrived", "到达航班量", "arrivals", 0, 20000),
    Kind("SEAT_MILES", "seat-miles flown", "座英里", "million", 0, 20000),
)


@dataclass(frozen=True, slots=True)
class Record:
    """The public record, by subject (carrier or airport) and month."""

    names: Mapping[str, str]
    months: Mapping[tuple[str, int], Counts]
    rows: Sequence[Mapping[str, str]]
    """As they were published, each of a carrier, an airport and a month."""

    def measures(self, units: Mapping[str, UUID], otherwise: UUID) -> list[NewMeasure]:
        """Six of each subject, of the unit named for it."""
        return [
            NewMeasure(
                code=code(subject, kind),
                name=f"{name}: {kind.name}",
                name_zh=f"{CHINESE[subject]}{kind.name_zh}",
                unit_of_measure=kind.unit,
                unit_id=units.get(subject, otherwise),
                low=Decimal(kind.low),
                high=Decimal(kind.high),
            )
            for subject, name in self.names.items()
            for kind in KINDS
        ]

    def figures(self, month: int, *, without: str | None = None) -> list[Figure]:
        """What there is to tell of a month."""
        return [figure for subject in self.names if subject != without for figure in self.of(subject, month)]

    def flights(self, subject: str, month: int) -> int:
        """How many flights were scheduled."""
        return self.months.get((subject, month), Counts()).scheduled

    def of(self, subject: str, month: int) -> Sequence[Figure]:
        """What there is to tell of one carrier or airport in a month."""
        counts = self.months.get((subject, month), Counts())
        values = [(kind, counts.value(kind.code)) for kind in KINDS]
        return [
            Figure(
                measure=code(subject, kind),
                period=date(2013, month, 1),
                value=value,
                unit_of_measure=kind.unit,
            )
            for kind, value in values
            if value is not None and counts.scheduled
        ]


def code(subject: str, kind: Kind) -> str:
    """`B6_ON_TIME`."""
    return f"{subject}_{kind.code}"


def read() -> Record:
    """The record as it was published."""
    with RECORD.open(encoding="utf-8", newline="") as opened:
        rows = list(csv.DictReader(opened))
    months: dict[tuple[str, int], Counts] = defaultdict(Counts)
    for row in rows:
        for subject in (row["carrier"], row["airport"]):
            months[subject, int(row["month"])].add(row)
    carriers = {row["carrier"]: row["carrier_name"].removesuffix(" Inc.").removesuffix(" Co.") for row in rows}
    return Record(names=carriers | AIRPORTS, months=dict(months), rows=rows)


def _ratio(part: int, whole: int) -> Decimal | None:
    return (Decimal(part) / whole).quantize(CENT, ROUND_HALF_UP) if whole else None
