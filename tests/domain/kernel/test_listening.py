"""An entry is unread for who follows it up, and is shown once all the same when it concerns somebody."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

import pytest

from domain.kernel import relay
from domain.kernel.events import Event
from domain.kernel.ids import new_id
from domain.kernel.work import begin
from tests.domain.kernel.kettles import LISTENERS, KettleBoiled
from tests.domain.organisations import Organisation


@dataclass(frozen=True, slots=True, kw_only=True)
class CupBroken(Event):
    """Nobody follows it up."""

    subject_type: ClassVar[str] = "cup"


async def unread(organisation: Organisation, *events: Event) -> list[tuple[UUID, str]]:
    """Subject and reader of all that is unread after these events were recorded in one unit of work."""
    async with begin(organisation.actor("Ada")) as work:
        for event in events:
            work.record(event)
    rows = await organisation.rows(
        "select j.subject_id, u.reader from journal_unread u join journal j using (tenant_id, id) order by j.id, reader"
    )
    return [(row["subject_id"], row["reader"]) for row in rows]


async def test_each_event_is_unread_for_its_own_readers(quiet: Organisation) -> None:
    me, kettle_id, cup_id = quiet["Ada"], new_id(), new_id()

    found = await unread(
        quiet, KettleBoiled(subject_id=kettle_id, hearers=(me,)), CupBroken(subject_id=cup_id, hearers=(me,))
    )

    assert found == [*((kettle_id, reader) for reader in LISTENERS), (cup_id, relay.HINTS)]


async def test_what_nobody_follows_up_or_hears_of_is_not_unread(quiet: Organisation) -> None:
    assert await unread(quiet, CupBroken(subject_id=new_id())) == []
    assert await quiet.facts("CupBroken") != []


@pytest.mark.parametrize("concerns_persons", [True, False])
def test_who_follows_it_up_hears_of_it_whether_or_not_it_concerns_persons(*, concerns_persons: bool) -> None:
    assert relay.listeners("KettleBoiled", concerns_persons=concerns_persons) == list(LISTENERS)
