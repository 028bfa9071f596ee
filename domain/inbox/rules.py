"""What a device must bring to be rung."""

import re

from domain.inbox.terms import PushAddress
from domain.kernel import zones
from domain.kernel.errors import InvalidInput

ENDPOINT_CHARACTERS_MAX = 2048
DEVICES_MAX = 20
LOCALES = ("en", "zh-CN")
_ENDPOINT = re.compile(
    r"(https://[a-z0-9.-]+(:\d{1,5})?|http://(localhost|127\.0\.0\.1):\d{1,5})/[!-~]*", re.IGNORECASE | re.ASCII
)
"""Whether we send there at all is decided when we do; one's own machine speaks HTTP in tests."""


def check_address(address: PushAddress) -> None:
    """InvalidInput unless the address has the shape of RFC 8030 and RFC 8291."""
    if len(address.endpoint) > ENDPOINT_CHARACTERS_MAX or not _ENDPOINT.fullmatch(address.endpoint):
        raise InvalidInput("This is not the address of a push service.", field="endpoint")
    if len(address.p256dh) != 65 or address.p256dh[0] != 4:
        raise InvalidInput("p256dh is the browser's key: 65 bytes, base64url.", field="p256dh")
    if len(address.auth) != 16:
        raise InvalidInput("auth is the browser's secret: 16 bytes, base64url.", field="auth")
    if address.locale not in LOCALES:
        raise InvalidInput(f"The languages are {', '.join(LOCALES)}.", field="locale")
    zones.check_zone(address.zone)
