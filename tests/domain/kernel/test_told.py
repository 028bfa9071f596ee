"""An event that a statement makes of its own rows says all that its kind says."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

import pytest

from domain.kernel.events import Event
from domain.kernel.journal import Told


@dataclass(frozen=True, slots=True, kw_only=True)
class KettleBoiled(Event):
    subject_type: ClassVar[str] = "kettle"
    by_id: UUID
    cups: int


def told(**payload: str) -> Told:
    return Told(kind=KettleBoiled, subject_id="k.id", hearers="array[k.by_id]", payload=payload)


def test_the_event_is_a_row_for_each_row_of_its_source() -> None:
    parts = told(by_id="k.by_id", cups="3").parts("kettle k")

    assert (
        "(select 'KettleBoiled' as kind, 'kettle' as subject_type, k.id as subject_id, array[k.by_id] as hearers, "
        "jsonb_build_object('by_id', k.by_id, 'cups', 3) as payload from kettle k) e"
    ) in parts


@pytest.mark.parametrize("payload", [{}, {"by_id": "k.by_id"}, {"by_id": "k.by_id", "cups": "3", "sugar": "0"}])
def test_an_event_that_says_less_or_more_than_its_kind_is_a_mistake(payload: dict[str, str]) -> None:
    with pytest.raises(AssertionError):
        told(**payload).parts("kettle k")
