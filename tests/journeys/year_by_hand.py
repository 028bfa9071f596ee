"""How the targets of 2013 divide, computed from the rows of the record alone, by nothing of the product.

They are divided by what was flown from January to March; what does not come out even goes to the largest remainders.
"""

import csv
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from math import floor

from tests.journeys.airline_by_hand import AIRPORTS, RECORD

MEMBERS = ("B6", "UA", "EV", "DL", "AA", "MQ", "US")
REST = "XX"
FLIGHTS, SEAT_MILES = 330_000, 49_000
Row = Mapping[str, str]


def targets() -> dict[str, tuple[int, Decimal]]:
    """Flights and million seat-miles of the year, by the codes of the company, its members and their airports."""
    flown, miles = _down(FLIGHTS, _flights), _down(SEAT_MILES * 100, _seat_miles)
    return {code: (flown[code], Decimal(miles[code]).scaleb(-2)) for code in flown}


def reached() -> dict[str, tuple[int, Decimal]]:
    """What had been flown by December, by the same codes."""
    found = _places(_rows(12))
    return {code: (_flights(rows), round(Decimal(_seat_miles(rows)) / 1_000_000, 2)) for code, rows in found.items()}


def slices() -> set[tuple[Decimal, ...]]:
    """What the company and each member throw down, in the order of size."""
    found = targets()
    tops = [code for code in found if code.count("_") < 2]
    below = {top: [code for code in found if code.rpartition("_")[0] == top] for top in tops}
    return {tuple(sorted(amount for code in codes for amount in map(Decimal, found[code]))) for codes in below.values()}


def reached_without(*left_out: str) -> str:
    """What was reached and how heavy it weighs, as the test asks the database for it."""
    found = {code: one for code, one in reached().items() if code not in left_out}
    weighs = weights()
    told = {f"{code}_FLOWN": f"{flown} {weighs[code]}" for code, (flown, _) in found.items()}
    told |= {f"{code}_SEAT_MILES": f"{miles:f} {weighs[code]}" for code, (_, miles) in found.items()}
    return ", ".join(f"{code} {told[code]}" for code in sorted(told))


def weights() -> dict[str, int]:
    """By the flights scheduled from January to March: the largest under one parent, and the company, weigh 60."""
    known = {code: sum(int(row["scheduled_flights"]) for row in rows) for code, rows in _places(_rows(3)).items()}
    found: dict[str, int] = {}
    for code, flights in known.items():
        beside = [known[one] for one in known if one.rpartition("_")[0] == code.rpartition("_")[0]]
        found[code] = floor(Fraction(60 * flights, max(beside)) + Fraction(1, 2))
    return found


def _down(total: int, measured: Callable[[Sequence[Row]], int]) -> dict[str, int]:
    known = {code: measured(rows) for code, rows in _places(_rows(3)).items()}
    found = {"NY": total}
    for above in ("NY", *(f"NY_{one}" for one in (*MEMBERS, REST))):
        parts = {code: known[code] for code in known if code.rpartition("_")[0] == above}
        found |= _divided(found[above], parts)
    return found


def _divided(total: int, parts: Mapping[str, int]) -> dict[str, int]:
    exact = {code: Fraction(total * part, sum(parts.values())) for code, part in parts.items()}
    found = {code: floor(one) for code, one in exact.items()}
    for code in sorted(parts, key=lambda one: found[one] - exact[one])[: total - sum(found.values())]:
        found[code] += 1
    return found


def _places(rows: Sequence[Row]) -> dict[str, list[Row]]:
    found = {"NY": list(rows)}
    for member in (*MEMBERS, REST):
        own = [row for row in rows if member == (row["carrier"] if row["carrier"] in MEMBERS else REST)]
        found[f"NY_{member}"] = own
        found |= {f"NY_{member}_{one}": [row for row in own if row["airport"] == one] for one in AIRPORTS}
    return found


def _flights(rows: Sequence[Row]) -> int:
    return sum(int(row["scheduled_flights"]) - int(row["cancelled_flights"]) for row in rows)


def _seat_miles(rows: Sequence[Row]) -> int:
    return sum(int(row["seat_miles_known"]) for row in rows)


def _rows(through: int) -> list[Row]:
    with RECORD.open(encoding="utf-8", newline="") as opened:
        return [row for row in csv.DictReader(opened) if int(row["month"]) <= through]
