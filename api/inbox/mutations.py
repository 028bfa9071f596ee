"""What can be done with the inbox and with devices in the schema."""

import base64
import binascii
from typing import Annotated, cast

import strawberry
from strawberry import Info

from api import mutating, problem
from api.inbox.types import InboxItem
from api.objectives.mutations import KEY
from api.problem import InvalidInput, KeyReused, NotFound, NotPermitted
from api.reading import resolving
from domain.inbox import service
from domain.inbox.terms import Channel, PushAddress
from domain.kernel import errors, ids
from domain.kernel.errors import DomainError

PUSH_KEY_ID = "push_key_id"
"""Where the schema's extensions name the key with which browsers subscribe now."""

strawberry.enum(Channel, name="PushKind", description="By what a device is rung.")


@strawberry.input(description="Notifications that you have read.")
class MarkReadInput:
    ids: list[strawberry.ID] = strawberry.field(description="The notifications, 1 to 100.")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="The push subscription of this browser.")
class RegisterDeviceInput:
    endpoint: str = strawberry.field(description="The address that the push service gave.")
    p256dh: str = strawberry.field(description="The browser's public key, base64url.")
    auth: str = strawberry.field(description="The browser's secret, base64url.")
    locale: str = strawberry.field(description="In which language it is rung: `en` or `zh-CN`.")
    zone: str = strawberry.field(description="The time zone of the device, an IANA name.")
    kind: Channel = strawberry.field(default=Channel.WEB_PUSH, description="By what it is rung.")


@strawberry.input(description="The push subscription to end.")
class ForgetDeviceInput:
    endpoint: str = strawberry.field(description="The address that the push service gave.")


@strawberry.type(description="The notifications as they are now.")
class MarkedRead:
    marked: strawberry.Private[list[str]]

    @strawberry.field(description="The notifications, in the order of the ids.")
    async def items(self, info: Info) -> list[InboxItem]:
        rows = [await resolving.select(resolving.raw(info), "InboxItem", ids.row_id("inb", one)) for one in self.marked]
        return cast("list[InboxItem]", [row for row in rows if row is not None])


@strawberry.type(description="This browser is rung from now on.")
class DeviceRegistered:
    id: strawberry.ID = strawberry.field(description="The id of the device.")


@strawberry.type(description="This browser is not rung any more.")
class DeviceForgotten:
    id: strawberry.ID = strawberry.field(description="The id of the device.")


MarkReadResult = Annotated[
    MarkedRead | NotFound | InvalidInput | KeyReused,
    strawberry.union("MarkReadResult", description="What was marked, or why nothing was."),
]
RegisterDeviceResult = Annotated[
    DeviceRegistered | NotPermitted | InvalidInput,
    strawberry.union("RegisterDeviceResult", description="The registered device, or why there is none."),
]
ForgetDeviceResult = Annotated[
    DeviceForgotten | NotFound,
    strawberry.union("ForgetDeviceResult", description="The forgotten device, or why there is none."),
]


def _decoded(text: str, field: str) -> bytes:
    try:
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError):
        raise errors.InvalidInput("This is not base64url.", field=field) from None


def _address(given: RegisterDeviceInput, vapid_key_id: str) -> PushAddress:
    return PushAddress(
        endpoint=given.endpoint,
        p256dh=_decoded(given.p256dh, "p256dh"),
        auth=_decoded(given.auth, "auth"),
        vapid_key_id=vapid_key_id,
        locale=given.locale,
        zone=given.zone,
    )


@strawberry.type
class InboxMutations:
    @strawberry.mutation(description="Mark notifications of yours as read.")
    async def mark_read(self, info: Info, input: MarkReadInput) -> MarkReadResult:
        try:
            wanted = [ids.row_id("inb", one) for one in input.ids]
            await service.mark_read(mutating.actor(info), wanted, key=input.idempotency_key)
            return MarkedRead(marked=list(dict.fromkeys(input.ids)))
        except DomainError as refusal:
            return cast("MarkReadResult", problem.of(refusal))

    @strawberry.mutation(description="Ring this browser when something waits for you.")
    async def register_device(self, info: Info, input: RegisterDeviceInput) -> RegisterDeviceResult:
        try:
            key_id = resolving.raw(info).schema.extensions[PUSH_KEY_ID]
            device_id = await service.register_device(mutating.actor(info), _address(input, key_id))
            return DeviceRegistered(id=strawberry.ID(ids.public("dev", device_id)))
        except DomainError as refusal:
            return cast("RegisterDeviceResult", problem.of(refusal))

    @strawberry.mutation(description="Do not ring this browser any more.")
    async def forget_device(self, info: Info, input: ForgetDeviceInput) -> ForgetDeviceResult:
        try:
            device_id = await service.forget_device(mutating.actor(info), input.endpoint)
            return DeviceForgotten(id=strawberry.ID(ids.public("dev", device_id)))
        except DomainError as refusal:
            return cast("ForgetDeviceResult", problem.of(refusal))
