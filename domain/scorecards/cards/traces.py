"""A trace as people read it: to two decimals that still add up, and without what is confidential to others."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import cast

from domain.kernel import numbers
from domain.kernel.views import Json
from domain.objectives import traces
from domain.scorecards.scoring import codec

Line = Mapping[str, Json]
_NUMBERS = ("value", "raw", "score", "gated", "shareBefore", "share")


def shown(trace: Line, value: Decimal | None, *, is_insider: bool) -> Line:
    """The kept trace of a score with this value, for who reads what is confidential or not."""
    items, steps = _lines(trace, "items"), _lines(trace, "steps")
    hidden = frozenset[str]() if is_insider else frozenset(str(one["key"]) for one in items if _is_secret(one))
    amounts = _amounts([*(one.get("contribution") for one in items), *(one["amount"] for one in steps)], value)
    told = [_item(one, amounts[at]) for at, one in enumerate(items)]
    secret = [one for one, line in zip(told, items, strict=True) if str(line["key"]) in hidden]
    return {
        "value": _text(None if value is None else traces.shown(value)),
        "policy": trace["policy"],
        "asOf": trace["asOf"],
        "items": [
            *(one for one, line in zip(told, items, strict=True) if str(line["key"]) not in hidden),
            *_together(secret),
        ],
        "perspectives": [_perspective(one) for one in _lines(trace, "perspectives")],
        "carried": _carried(cast("Line | None", trace.get("carried"))),
        "steps": [_step(one, amounts[len(items) + at], hidden) for at, one in enumerate(steps)],
        "ceilings": [_keyed({"grade": one["grade"]}, one, hidden) for one in _lines(trace, "ceilings")],
    }


def _lines(trace: Line, name: str) -> Sequence[Line]:
    return cast("Sequence[Line]", trace.get(name, ()))


def _is_secret(line: Line) -> bool:
    return bool(line.get("isConfidential"))


def _amounts(exact: Sequence[Json], value: Decimal | None) -> list[Decimal | None]:
    """To two decimals, so that they add up to the value as it is shown."""
    known = [Decimal(str(one)) for one in exact if one is not None]
    rounded = iter(traces.rounded(known, traces.shown(value)) if value is not None else known)
    return [None if one is None else next(rounded) for one in exact]


def _item(line: Line, contribution: Decimal | None) -> dict[str, Json]:
    return {
        "item": f"sci_{line['key']}",
        "title": line["title"],
        "perspective": line["perspective"],
        "state": line["state"],
        "weight": line["weight"],
        "ageDays": line.get("ageDays", 0),
        "rule": codec.canonical(cast("codec.Json", line["rule"])).decode(),
        "contribution": _text(contribution),
        "confidential": _is_secret(line),
        **{name: line.get(name) for name in ("origin", "fact", "leftOut", "treatment")},
        **_numbers(line),
    }


def _numbers(line: Line) -> dict[str, Json]:
    """What is percent or points to two decimals; a value that was read as it is."""
    found: dict[str, Json] = {}
    for name in _NUMBERS:
        told = line.get(name)
        exact = None if told is None else Decimal(str(told))
        found[name] = _text(exact if exact is None or name == "value" else traces.shown(exact))
    return found


def _together(secret: Sequence[Line]) -> Iterator[Line]:
    """One line for all that is confidential: what it weighs and what it adds, and nothing else."""
    if not secret:
        return
    nothing = dict[str, Json].fromkeys(secret[0], None)
    sums = {name: _sum(one[name] for one in secret) for name in ("shareBefore", "share", "contribution")}
    yield nothing | sums | {"title": "confidential", "confidential": True}


def _sum(texts: Iterator[Json]) -> str | None:
    known = [Decimal(str(one)) for one in texts if one is not None]
    return _text(sum(known, Decimal(0)) if known else None)


def _perspective(line: Line) -> Line:
    told = {name: line[name] for name in ("weight", "aggregation")}
    numbers_of = _numbers(line)
    return {"perspective": line["key"]} | told | {name: numbers_of[name] for name in ("share", "score", "gated")}


def _step(line: Line, amount: Decimal | None, hidden: frozenset[str]) -> Line:
    return _keyed({"kind": line["kind"], "amount": _text(amount)}, line, hidden)


def _carried(line: Line | None) -> Line | None:
    """The whole before it came onto the group's scale, and both scales; an end that is missing is open."""
    if line is None:
        return None
    own, onto = (cast("Line", line[name]) for name in ("source", "onto"))
    told = {name: _text(traces.shown(Decimal(str(line[name])))) for name in ("score", "value")}
    ends = {"floor": own.get("floor"), "cap": own.get("cap")}
    return told | ends | {"ontoFloor": onto.get("floor"), "ontoCap": onto.get("cap")}


def _keyed(told: dict[str, Json], line: Line, hidden: frozenset[str]) -> Line:
    key = line.get("key")
    return told | {"key": None if key in hidden else key}


def _text(value: Decimal | None) -> str | None:
    """As every decimal of the API is written: without zeros at its end."""
    return None if value is None else numbers.plain(value)
