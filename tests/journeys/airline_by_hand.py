"""The scores of the airline in 2013, computed from the rows of the record alone, by nothing of the product."""

import csv
from collections.abc import Callable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path

RECORD = Path(__file__).parents[2] / "api" / "demo" / "data" / "airlines_2013.csv"
AIRPORTS = ("EWR", "JFK", "LGA")
DESK = ("UA", "EV", "DL", "AA", "MQ")
"""Those of the carriers desk whose figures are known: JetBlue's are left to a visitor."""
Row = dict[str, str]


def scores(month: int) -> dict[str, Decimal]:
    """Of the five cards in a month, by their units, rounded to two decimals."""
    rows = _rows(month)
    stations = _mean([_line(on_time(rows, one), 55, 85) for one in AIRPORTS])
    ground = _mean([*(_line(cancelled(rows, one), 8, 1) for one in AIRPORTS), *[stations] * 3])
    desk = _mean([_line(on_time(rows, one), 55, 85) for one in DESK])
    network = (45 * _mean([_line(delay(rows, one), 30, 0) for one in DESK]) + 30 * desk) / 75
    company = _company(rows, network, ground)
    found = {"AIR-GND-1": stations, "AIR-GND": ground, "AIR-NET-1": desk, "AIR-NET": network, "AIR": company}
    return {unit: rounded(score) for unit, score in found.items()}


def _company(rows: Sequence[Row], network: Fraction, ground: Fraction) -> Fraction:
    flights = Fraction(_sum(rows, "scheduled_flights"))
    seat_miles = sum((_cents(_of(rows, one), "seat_miles_known", 1_000_000) for one in AIRPORTS), Fraction(0))
    financial = (40 * _line(flights, 0, 28000) + 60 * _line(seat_miles, 0, 4200)) / 100
    customer = 70 * _line(_weighed(rows, on_time, "arrived_flights"), 55, 85)
    customer += 30 * _line(_weighed(rows, delay, "arrived_flights"), 30, 0)
    process = 50 * _line(_weighed(rows, cancelled, "scheduled_flights"), 8, 1) + 25 * network + 25 * ground
    return (25 * financial + 45 * customer / 100 + 30 * process / 100) / 100


def on_time(rows: Sequence[Row], subject: str) -> Fraction:
    found = _of(rows, subject)
    return _cents(found, "on_time_arrivals", Fraction(_sum(found, "arrived_flights"), 100))


def cancelled(rows: Sequence[Row], subject: str) -> Fraction:
    found = _of(rows, subject)
    return _cents(found, "cancelled_flights", Fraction(_sum(found, "scheduled_flights"), 100))


def delay(rows: Sequence[Row], subject: str) -> Fraction:
    found = _of(rows, subject)
    return _cents(found, "arrival_delay_minutes_total", Fraction(_sum(found, "arrived_flights")))


def of_month(month: int, subject: str) -> tuple[Fraction, Fraction]:
    """What the page tells of a station: arrivals on time and flights cancelled, in percent."""
    rows = _rows(month)
    return on_time(rows, subject), cancelled(rows, subject)


def counts(month: int, subject: str) -> tuple[int, int]:
    """Arrivals on time and all arrivals."""
    found = _of(_rows(month), subject)
    return _sum(found, "on_time_arrivals"), _sum(found, "arrived_flights")


def rounded(value: Fraction) -> Decimal:
    return (Decimal(value.numerator) / value.denominator).quantize(Decimal("0.01"), ROUND_HALF_UP)


def _rows(month: int) -> list[Row]:
    with RECORD.open(encoding="utf-8", newline="") as opened:
        return [row for row in csv.DictReader(opened) if int(row["month"]) == month]


def _of(rows: Sequence[Row], subject: str) -> list[Row]:
    return [row for row in rows if subject in (row["carrier"], row["airport"])]


def _sum(rows: Sequence[Row], column: str) -> int:
    return sum(int(row[column]) for row in rows)


def _cents(rows: Sequence[Row], column: str, by: int | Fraction) -> Fraction:
    """The sum of a column by something, at the two decimals with which figures are told."""
    return Fraction(rounded(Fraction(_sum(rows, column)) / by))


def _weighed(rows: Sequence[Row], rate: Callable[[Sequence[Row], str], Fraction], by: str) -> Fraction:
    weights = {one: _sum(_of(rows, one), by) for one in AIRPORTS}
    return sum((rate(rows, one) * weights[one] for one in AIRPORTS), Fraction(0)) / sum(weights.values())


def _line(value: Fraction, baseline: int, target: int) -> Fraction:
    """From 0 at the baseline to 100 at the target, up or down, and up to 120."""
    return min(max(100 * (value - baseline) / (target - baseline), Fraction(0)), Fraction(120))


def _mean(values: Sequence[Fraction]) -> Fraction:
    return sum(values, Fraction(0)) / len(values)
