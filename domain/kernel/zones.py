"""Which names are time zones."""

import functools
from zoneinfo import available_timezones

from domain.kernel.errors import InvalidInput


def check_zone(zone: str) -> None:
    """InvalidInput unless it is an IANA name of a time zone."""
    if zone not in _zones():
        raise InvalidInput(f"{zone!r} is no time zone: give an IANA name such as Asia/Shanghai.", field="zone")


@functools.cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())
