"""A use case as small as can be: boil a kettle, which leaves one fact and answers with its number."""

import asyncio
from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from domain.kernel.actor import Actor
from domain.kernel.events import Event
from domain.kernel.ids import new_id
from domain.kernel.work import begin
from tests.domain.organisations import Organisation


@dataclass(frozen=True, slots=True, kw_only=True)
class KettleBoiled(Event):
    """Water is hot."""

    subject_type: ClassVar[str] = "kettle"
    cups: int = 1


LISTENERS = ("announcements", "routing")
"""The readers that hear of kettles in these tests."""


class Broken(Exception):
    """The kettle fell down."""


@dataclass(slots=True)
class Kettle:
    """A kettle that can be held up in the middle of boiling, or be broken."""

    actor: Actor
    entered: asyncio.Event
    go_on: asyncio.Event
    is_broken: bool = False
    inside: "asyncio.Task[object] | None" = None
    """Who boils now; the others wait for the receipt."""

    async def boil(self, key: str | None, *, cups: int = 1) -> str:
        """The number of the kettle that was boiled, the same for the same key."""
        async with begin(self.actor, key=key, intent=("boil", cups)) as work:
            if work.replay is not None:
                return str(work.replay)
            kettle_id = new_id()
            work.record(KettleBoiled(subject_id=kettle_id, cups=cups, hearers=(self.actor.id,)))
            self.inside = asyncio.current_task()
            self.entered.set()
            await self.go_on.wait()
            if self.is_broken:
                raise Broken
            work.reply(str(kettle_id))
        return str(kettle_id)


def kettle(organisation: Organisation, name: str = "Ada") -> Kettle:
    """A kettle of this person that is not held up."""
    made = Kettle(organisation.actor(name), asyncio.Event(), asyncio.Event())
    made.go_on.set()
    return made


async def boiled(organisation: Organisation) -> list[UUID]:
    """The kettles in the journal, in the order of their entries."""
    return [subject for _, subject in await organisation.facts("KettleBoiled")]
