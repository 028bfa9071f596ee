"""The subscription of the schema: a hint that something of yours changed."""

from collections.abc import AsyncGenerator
from datetime import datetime
from typing import cast

import orjson
import strawberry
from strawberry import Info

from api.hints import Hub, channel
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
    async def hints(self, info: Info) -> AsyncGenerator[Hint]:
        asked = resolving.raw(info)
        actor = resolving.actor_of(asked)
        hub = cast("Hub", asked.schema.extensions[HUB])
        async for message in hub.listen(channel(actor.tenant_id, actor.id)):
            found = orjson.loads(message)
            yield Hint(topic=found["topic"], at=datetime.fromisoformat(found["at"]))
