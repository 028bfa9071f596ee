"""Sends one push to one subscription, and says what became of it."""

from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from domain.kernel import clock
from notifications.channels import addresses
from notifications.channels.addresses import AddressRefused, AddressRules
from notifications.channels.answers import Unreachable
from notifications.channels.transport import Transport
from notifications.channels.webpush import encryption, outcomes, vapid
from notifications.channels.webpush.encryption import Receiver, ReceiverKeyInvalid
from notifications.channels.webpush.outcomes import Dead, Misconfigured, Outcome, Retry

TTL_SECONDS_MAX = 28 * 24 * 60 * 60
TOPIC_BYTES = 24


class Urgency(StrEnum):
    """How much of the phone's battery a push is worth (RFC 8030, section 5.3)."""

    VERY_LOW = "very-low"
    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"


@dataclass(frozen=True, slots=True)
class Subscription:
    """What a browser gave us to reach it; `key_id` names the key it subscribed with."""

    endpoint: str
    receiver: Receiver
    key_id: str


@dataclass(frozen=True, slots=True)
class Push:
    """What to send; a push with the same collapse key replaces one that still waits."""

    text: bytes
    ttl_seconds: int
    urgency: Urgency = Urgency.NORMAL
    collapse_key: str | None = None


class Sender:
    """Encrypts, signs and posts pushes."""

    def __init__(
        self,
        transport: Transport,
        keyring: vapid.Keyring,
        *,
        contact: str,
        rules: AddressRules,
    ) -> None:
        self._transport = transport
        self._keyring = keyring
        self._identities = vapid.Identities(contact)
        self._rules = rules

    async def send(self, subscription: Subscription, push: Push) -> Outcome:
        """Send once; every failure is an outcome, none is raised."""
        try:
            address = addresses.check(subscription.endpoint, self._rules)
            key = self._keyring.find(subscription.key_id)
            body = _encrypt(push.text, subscription.receiver)
        except AddressRefused as refusal:
            return Dead(refusal.reason)
        except vapid.KeyUnknown:
            return Dead("signing_key_unknown")
        except ReceiverKeyInvalid:
            return Dead("receiver_key_invalid")
        except encryption.PayloadTooLarge:
            return outcomes.Shrink()
        authorization = self._identities.authorization(key, address.origin, at=clock.now())
        return await self._post(address, _headers(push, authorization), body)

    async def _post(self, address: addresses.Address, headers: dict[str, str], body: bytes) -> Outcome:
        try:
            answer = await self._transport.post(address, headers, body)
        except Unreachable as failure:
            return Retry(failure.reason)
        except AddressRefused as refusal:
            return Misconfigured(refusal.reason)
        return outcomes.classify(answer.status, answer.headers, at=clock.now())


def topic(collapse_key: str) -> str:
    """A Topic header: 32 characters that say nothing about the key they stand for."""
    return vapid.base64url(sha256(collapse_key.encode()).digest()[:TOPIC_BYTES])


def _encrypt(text: bytes, receiver: Receiver) -> bytes:
    return encryption.encrypt(text, receiver, padded_to=encryption.bucket_for(len(text)))


def _headers(push: Push, authorization: str) -> dict[str, str]:
    headers = {
        "authorization": authorization,
        "content-encoding": "aes128gcm",
        "content-type": "application/octet-stream",
        "ttl": str(max(0, min(push.ttl_seconds, TTL_SECONDS_MAX))),
        "urgency": push.urgency.value,
    }
    if push.collapse_key is not None:
        headers["topic"] = topic(push.collapse_key)
    return headers
