"""The hash of a version covers the whole set, and differences are complete and in reading order."""

import hashlib
from dataclasses import replace
from decimal import Decimal

import pytest

from domain.kernel.ids import new_id
from domain.objectives import versions
from domain.objectives.terms import Audience, FieldChange, KeyResultDraft, KeyResultKind, ObjectiveDraft

PARENT, MEASURE, FIRST, SECOND = new_id(), new_id(), new_id(), new_id()
ON_TIME = KeyResultDraft(
    id=FIRST,
    title="On time",
    kind=KeyResultKind.INCREASE,
    unit_of_measure="%",
    weight=60,
    start=Decimal(70),
    target=Decimal(80),
    measure_id=MEASURE,
)
BAND = KeyResultDraft(
    id=SECOND,
    title="Load",
    kind=KeyResultKind.RANGE,
    unit_of_measure="%",
    weight=40,
    low=Decimal(75),
    high=Decimal("85.5"),
)
WRITTEN = ObjectiveDraft(
    title="Leave on time",
    weight=40,
    why="Guests",
    audience=Audience.UNIT,
    parent_id=PARENT,
    key_results=(ON_TIME, BAND),
)


def hash_of(draft: ObjectiveDraft) -> str:
    return versions.version_hash(versions.content(draft))


def with_first(**values: object) -> ObjectiveDraft:
    return replace(WRITTEN, key_results=(replace(ON_TIME, **values), BAND))  # type: ignore[arg-type]


EVERY_CHANGE = [
    replace(WRITTEN, title="Leave early"),
    replace(WRITTEN, weight=41),
    replace(WRITTEN, why=None),
    replace(WRITTEN, audience=Audience.GROUP),
    replace(WRITTEN, parent_id=None),
    replace(WRITTEN, key_results=(ON_TIME,)),
    replace(WRITTEN, key_results=(BAND, ON_TIME)),
    with_first(id=new_id()),
    with_first(continues_id=new_id()),
    with_first(title="Punctual"),
    with_first(kind=KeyResultKind.MILESTONE),
    with_first(unit_of_measure="flights"),
    with_first(weight=61),
    with_first(start=Decimal("70.1")),
    with_first(target=Decimal("80.1")),
    with_first(low=Decimal(0)),
    with_first(high=Decimal(0)),
    with_first(measure_id=None),
]


def test_every_part_of_the_set_changes_the_hash() -> None:
    hashes = [hash_of(draft) for draft in (WRITTEN, *EVERY_CHANGE)]

    assert len(set(hashes)) == len(EVERY_CHANGE) + 1


def test_the_hash_is_sha_256_of_canonical_json() -> None:
    draft = ObjectiveDraft(title="准时", weight=1)

    canonical = '{"audience":"CHAIN","key_results":[],"parent_id":null,"title":"准时","weight":1,"why":null}'.encode()
    assert hash_of(draft) == hashlib.sha256(canonical).hexdigest()


@pytest.mark.parametrize(
    ("one", "other"),
    [("70", "70.00"), ("70", "7E+1"), ("70", "070"), ("0.5", "0.50"), ("0", "-0"), ("0", "0E+5"), ("0", "-0.00")],
)
def test_one_number_written_in_two_ways_has_one_hash(one: str, other: str) -> None:
    assert hash_of(with_first(start=Decimal(one))) == hash_of(with_first(start=Decimal(other)))


def test_without_an_earlier_version_everything_is_new() -> None:
    changes = versions.differences(None, versions.content(WRITTEN))

    assert changes == [
        FieldChange(field="title", before=None, after="Leave on time"),
        FieldChange(field="why", before=None, after="Guests"),
        FieldChange(field="audience", before=None, after="UNIT"),
        FieldChange(field="weight", before=None, after="40"),
        FieldChange(field="parent", before=None, after=str(PARENT)),
        FieldChange(field="keyResult.title", before=None, after="On time", key_result="On time"),
        FieldChange(field="keyResult.kind", before=None, after="INCREASE", key_result="On time"),
        FieldChange(field="keyResult.unitOfMeasure", before=None, after="%", key_result="On time"),
        FieldChange(field="keyResult.weight", before=None, after="60", key_result="On time"),
        FieldChange(field="keyResult.start", before=None, after="70", key_result="On time"),
        FieldChange(field="keyResult.target", before=None, after="80", key_result="On time"),
        FieldChange(field="keyResult.measure", before=None, after=str(MEASURE), key_result="On time"),
        FieldChange(field="keyResult.title", before=None, after="Load", key_result="Load"),
        FieldChange(field="keyResult.kind", before=None, after="RANGE", key_result="Load"),
        FieldChange(field="keyResult.unitOfMeasure", before=None, after="%", key_result="Load"),
        FieldChange(field="keyResult.weight", before=None, after="40", key_result="Load"),
        FieldChange(field="keyResult.low", before=None, after="75", key_result="Load"),
        FieldChange(field="keyResult.high", before=None, after="85.5", key_result="Load"),
    ]


def test_the_same_content_differs_in_nothing() -> None:
    assert versions.differences(versions.content(WRITTEN), versions.content(WRITTEN)) == []


def test_a_changed_field_is_named_with_the_title_that_the_key_result_has_now() -> None:
    after = with_first(title="Punctual", target=Decimal(90))

    assert versions.differences(versions.content(WRITTEN), versions.content(after)) == [
        FieldChange(field="keyResult.title", before="On time", after="Punctual", key_result="Punctual"),
        FieldChange(field="keyResult.target", before="80", after="90", key_result="Punctual"),
    ]


def test_a_removed_key_result_comes_last_with_what_it_was() -> None:
    new = replace(BAND, id=new_id(), title="Fuel")

    changes = versions.differences(
        versions.content(WRITTEN), versions.content(replace(WRITTEN, key_results=(ON_TIME, new)))
    )

    assert [
        (one.key_result, one.field, one.before, one.after) for one in changes if one.field == "keyResult.title"
    ] == [
        ("Fuel", "keyResult.title", None, "Fuel"),
        ("Load", "keyResult.title", "Load", None),
    ]


def test_another_order_of_the_key_results_is_a_difference() -> None:
    turned = replace(WRITTEN, key_results=(BAND, ON_TIME))

    assert versions.differences(versions.content(WRITTEN), versions.content(turned)) == [
        FieldChange(field="keyResult.position", before="2", after="1", key_result="Load"),
        FieldChange(field="keyResult.position", before="1", after="2", key_result="On time"),
    ]


@pytest.mark.parametrize("after", EVERY_CHANGE)
def test_whatever_changes_the_hash_is_shown_as_a_difference(after: ObjectiveDraft) -> None:
    assert versions.differences(versions.content(WRITTEN), versions.content(after))


def test_what_it_continues_is_told_and_left_out_where_nothing_is_said() -> None:
    continued = with_first(continues_id=MEASURE)
    before, after = versions.content(WRITTEN), versions.content(continued)

    assert "continues_id" not in str(before)
    assert versions.differences(before, after) == [
        FieldChange(field="keyResult.continues", before=None, after=str(MEASURE), key_result="On time")
    ]
