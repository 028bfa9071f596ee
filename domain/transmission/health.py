"""What was counted of a unit's cascade (`migrations/sql/0017_counting.sql`), as the parts that people are told."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import cast

from domain.kernel.views import Json
from domain.transmission import fidelity, rank_agreement, weighing
from domain.transmission.terms import Found, Health, Loss, Missing, Part, ThemeShare, lacking
from domain.transmission.weighing import Weighed

Counted = Mapping[str, Json]


def of(counted: Counted, declared: Mapping[str, int], *, may_tell_recall: bool) -> Health:
    """All parts. `declared` are the weights of perspectives by the unit's mode; `may_tell_recall` is decided by all
    that a round asked together."""
    sight, thrown = _inner(counted, "sight"), _inner(counted, "thrown")
    themes = _themes(sight)
    parts = {**_targets(thrown), **_sight(sight), **_emphasis(sight)}
    parts[Part.STRUCTURE] = fidelity.structure(parts[Part.CARRIED], parts[Part.OBJECTIVE_REACH])
    parts[Part.RECALL] = _recall(_inner(counted, "recall"), may_tell=may_tell_recall)
    parts[Part.TRANSMISSION_FIDELITY] = fidelity.transmission(parts)
    parts |= _promises(_inner(counted, "interlocks"))
    parts[Part.CONFLICTS] = _conflicts(sight)
    parts[Part.SYNERGY] = fidelity.synergy(parts)
    card = _inner(counted, "card")
    cards, nominal, months = _card(card)
    weights = {code: one.weight for code, one in cards.items()}
    moved = weighing.effective_shares(weights, months)
    wanted = fidelity.parts_of(declared)
    parts |= weighing.distances(wanted, nominal, moved, len(weighing.compared(weights, months)))
    return Health(
        {part: parts[part] for part in Part}, _losses(thrown), themes, weighing.shares(wanted, cards, nominal, moved)
    )


def _inner(of_all: Counted, name: str) -> Counted:
    return cast("Counted", of_all.get(name) or {})


def _number(of_all: Counted, name: str) -> Fraction:
    return Fraction(str(of_all.get(name) or 0))


def _count(of_all: Counted, name: str) -> int:
    return int(_number(of_all, name))


def _share(of_all: Counted, part: str, whole: str, *, why: Missing, n: str | None = None) -> Found:
    total = _number(of_all, whole)
    count = _count(of_all, n or whole)
    return Found(fidelity.ratio(_number(of_all, part), total), count) if total else lacking(why, n=count)


def _targets(thrown: Counted) -> dict[Part, Found]:
    names = {Part.ASSIGNED: "assigned", Part.CARRIED: "carried", Part.OVER_ASSIGNMENT: "leaves"}
    why = Missing.NOTHING_THROWN_DOWN
    return {part: _share(thrown, name, "weight", why=why, n="targets") for part, name in names.items()}


def _sight(sight: Counted) -> dict[Part, Found]:
    return {
        Part.LINE_OF_SIGHT: _share(sight, "seeing", "people", why=Missing.NO_PEOPLE),
        Part.WEIGHTED_LINE_OF_SIGHT: _share(sight, "weighed", "people", why=Missing.NO_PEOPLE),
        Part.ORPHAN_GOALS: _share(sight, "orphans", "goals", why=Missing.NO_GOALS),
        Part.INTENT_FIDELITY: _share(sight, "faithful", "active", why=Missing.NO_GOALS),
        Part.OBJECTIVE_REACH: _share(sight, "reached_weight", "aim_weight", why=Missing.NO_STRATEGY, n="aims"),
    }


_Theme = tuple[str, str, str | None, int, str]


def _rows(sight: Counted) -> Sequence[_Theme]:
    return cast("Sequence[_Theme]", sight.get("themes") or ())


def _given(sight: Counted) -> Mapping[str, Fraction]:
    """The part of all emphasis that goals give each theme, each owner counting once; what is left is unaligned."""
    owners = _count(sight, "owners")
    return {row[0]: Fraction(row[4]) / owners for row in _rows(sight)} if owners else {}


def _themes(sight: Counted) -> tuple[ThemeShare, ...]:
    """Declared and given parts of each theme, and what goals give to none of them; empty without a strategy."""
    wanted, given = fidelity.parts_of({row[0]: row[3] for row in _rows(sight)}), _given(sight)
    if not wanted:
        return ()
    rest = 1 - sum(given.values(), Fraction(0)) if given else Fraction(0)
    found = [
        ThemeShare(id_, name, name_zh, fidelity.ratio(wanted[id_], 1), fidelity.ratio(given.get(id_, 0), 1))
        for id_, name, name_zh, _, _ in _rows(sight)
    ]
    return (*found, ThemeShare(None, None, None, Decimal(0), fidelity.ratio(rest, 1)))


def _emphasis(sight: Counted) -> dict[Part, Found]:
    declared, given = {row[0]: row[3] for row in _rows(sight)}, _given(sight)
    alike = fidelity.emphasis(declared, given)
    if alike is None or not given:
        why = lacking(Missing.NO_STRATEGY if alike is None else Missing.NO_GOALS)
        return {Part.EMPHASIS: why, Part.PRIORITY_ORDER: why}
    order = rank_agreement.average_overlap(
        rank_agreement.by_weight(fidelity.parts_of(declared)), rank_agreement.by_weight(given)
    )
    return {
        Part.EMPHASIS: Found(fidelity.ratio(alike, 1), _count(sight, "goals")),
        Part.PRIORITY_ORDER: Found(fidelity.ratio(order or 0, 1), len(declared)),
    }


def _conflicts(sight: Counted) -> Found:
    """A strategy without links between what is served here holds no conflict; without a strategy nobody can know."""
    if not sight.get("has_strategy"):
        return lacking(Missing.NO_STRATEGY)
    links = _count(sight, "links")
    return Found(fidelity.ratio(_number(sight, "torn"), links), links) if links else Found(Decimal(0), 0)


def _recall(recall: Counted, *, may_tell: bool) -> Found:
    if not recall:
        return lacking(Missing.NOT_ASKED)
    if not may_tell:
        return lacking(Missing.TOO_FEW_ANSWERS, n=None)
    return _share(recall, "total", "answers", why=Missing.TOO_FEW_ANSWERS)


def _promises(pacts: Counted) -> dict[Part, Found]:
    why = Missing.NOTHING_DUE if pacts else Missing.NO_INTERLOCKS
    return {
        Part.INTERLOCK_COVERAGE: _share(pacts, "confirmed_weight", "weight", why=Missing.NO_INTERLOCKS, n="identified"),
        Part.PROMISES_INSIDE: _share(pacts, "kept_inside", "due_inside", why=why),
        Part.PROMISES_ACROSS: _share(pacts, "kept_across", "due_across", why=why),
    }


def _losses(thrown: Counted) -> tuple[Loss, ...]:
    rows = cast("Sequence[tuple[int, int, str, str]]", thrown.get("levels") or ())
    return tuple(
        Loss(level, targets, 1 - fidelity.ratio(Fraction(kept), Fraction(height)) if Fraction(height) else None)
        for level, targets, height, kept in rows
    )


def _card(card: Counted) -> tuple[Mapping[str, Weighed], Mapping[str, Fraction], Sequence[Mapping[str, Decimal]]]:
    rows = cast("Sequence[tuple[str, str, str | None, int]]", card.get("weights") or ())
    weighed = {code: Weighed(name, name_zh, weight) for code, name, name_zh, weight in rows}
    months = cast("Sequence[Mapping[str, str | None]]", card.get("months") or ())
    return (
        weighed,
        fidelity.parts_of({code: one.weight for code, one in weighed.items()}),
        [{code: Decimal(score) for code, score in month.items() if score is not None} for month in months],
    )
