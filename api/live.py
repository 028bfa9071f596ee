"""The subscription of the schema: a hint that something of yours changed."""

from collections.abc import AsyncIterable
from datetime import datetime
from typing import cast

import strawberry
from strawberry import Info

from api.hints import Hub
from api.reading import resolving

HUB = "hub"
"""Where the schema's extensions hold the hub of this process."""


@strawberry.type(description="Something of yours changed: ask for `changes`, or read again what is on the screen.")
class Hint:
    topic: str = strawberry.field(description="What kind of thing changed, such as `objective`.")
    at: datetime = strawberry.field(description="When the hint was given.")


@strawberry.type(description="What may be listened to.")
class Subscription:
    @strawberry.subscription(description="A hint each time that something of yours changed. Hints may get lost.")
    def hints(self, info: Info) -> AsyncIterable[Hint]:
        """A source of `api.hints.Told`, which has the fields of a hint: told once to all who ask for the same."""
        asked = resolving.raw(info)
        actor = resolving.actor_of(asked)
        hub = cast("Hub", asked.schema.extensions[HUB])
        return cast("AsyncIterable[Hint]", hub.listen(actor.tenant_id, actor.id))
