"""What a version of an objective contains, its hash, and how two versions differ."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import cast

from domain.kernel import numbers
from domain.objectives.terms import FieldChange, ObjectiveDraft

Content = Mapping[str, object]
"""A version as JSON: the fields of the objective, and `key_results` as a list of their fields."""

_OWN = ("title", "why", "audience", "weight", "parent_id")
_OF_KEY_RESULT = ("title", "kind", "unit_of_measure", "weight", "start", "target", "low", "high", "measure_id")
_IF_THERE = ("continues_id",)
"""Fields that came later: left out where they are empty, so that a version of before keeps its hash."""
_NAMES = {
    "parent_id": "parent",
    "unit_of_measure": "unitOfMeasure",
    "measure_id": "measure",
    "continues_id": "continues",
}


def content(draft: ObjectiveDraft) -> Content:
    """The version that this draft is; every value is text, a whole number or None."""
    return {name: _plain(getattr(draft, name)) for name in _OWN} | {
        "key_results": [
            {"id": _plain(one.id)}
            | {name: _plain(getattr(one, name)) for name in _OF_KEY_RESULT}
            | {name: _plain(value) for name in _IF_THERE if (value := getattr(one, name)) is not None}
            for one in draft.key_results
        ]
    }


def _plain(value: object) -> str | int | None:
    if isinstance(value, Decimal):
        return numbers.plain(value)
    if value is None or isinstance(value, int):
        return value
    return str(value)


def version_hash(version: Content) -> str:
    """SHA-256 over the canonical JSON of the whole set, as hex."""
    canonical = json.dumps(version, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def differences(before: Content | None, after: Content) -> list[FieldChange]:
    """What differs, in reading order. Without an earlier version everything is new."""
    earlier = before or {}
    changes = [*_field_changes(_OWN, earlier, after)]
    old, new = _key_results(earlier), _key_results(after)
    moved = _moved(old, new)
    for key, fields in new.items():
        title = str(fields["title"])
        changes += _field_changes(_OF_KEY_RESULT + _IF_THERE, old.get(key, {}), fields, title=title)
        if key in moved:
            was, now = moved[key]
            changes.append(FieldChange(field="keyResult.position", before=was, after=now, key_result=title))
    for key, fields in old.items():
        if key not in new:
            changes += _field_changes(_OF_KEY_RESULT + _IF_THERE, fields, {}, title=str(fields["title"]))
    return changes


def _key_results(version: Content) -> dict[str, Content]:
    rows = cast("Sequence[Content]", version.get("key_results", ()))
    return {str(row["id"]): row for row in rows}


def _moved(old: Mapping[str, Content], new: Mapping[str, Content]) -> dict[str, tuple[str, str]]:
    """Places before and after, from 1, when those that stayed stand in another order."""
    before, after = [key for key in old if key in new], [key for key in new if key in old]
    if before == after:
        return {}
    places = {key: (str([*old].index(key) + 1), str([*new].index(key) + 1)) for key in after}
    return {key: (was, now) for key, (was, now) in places.items() if was != now}


def _field_changes(
    names: Sequence[str], before: Content, after: Content, *, title: str | None = None
) -> list[FieldChange]:
    prefix = "keyResult." if title is not None else ""
    return [
        FieldChange(field=prefix + _NAMES.get(name, name), before=old, after=new, key_result=title)
        for name in names
        if (old := _shown(before.get(name))) != (new := _shown(after.get(name)))
    ]


def _shown(value: object) -> str | None:
    return None if value is None else str(value)
