"""Facts about devices."""

from dataclasses import dataclass
from typing import ClassVar

from domain.kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceRegistered(Event):
    """A browser may be rung from now on."""

    subject_type: ClassVar[str] = "device"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceForgotten(Event):
    """A browser is no longer rung."""

    subject_type: ClassVar[str] = "device"
