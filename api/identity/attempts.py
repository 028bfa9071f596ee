"""How often somebody may guess: per login from one address, per login from anywhere, per address.

Only failures count: what an attempt took is given back when it succeeds. The points are scaled so that a bucket of
the guard, which leaks whole points per second, lets one more attempt through every so many seconds.
"""

import asyncio
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from api.guard.bucket import Charge, Meter
from api.guard.callers import Budget


@dataclass(frozen=True, slots=True)
class Allowance:
    """So many attempts at once, then one more every `seconds_each`."""

    attempts: int
    seconds_each: int

    @property
    def budget(self) -> Budget:
        return Budget(points_max=self.attempts * self.seconds_each, points_per_second=1)


PAIR = Allowance(attempts=10, seconds_each=90)
"""A login from one address. Narrow, because whoever guesses from elsewhere must not lock the owner out."""
SUBJECT = Allowance(attempts=50, seconds_each=30)
ADDRESS = Allowance(attempts=100, seconds_each=10)


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try. `retry_after_seconds` is 0 when it may go on."""

    retry_after_seconds: int
    charged: Sequence[tuple[str, Allowance]]


class Attempts:
    """Counts by the guard's meter, which admits everybody while Redis is away."""

    def __init__(self, meter: Meter) -> None:
        self._meter = meter

    async def begin(self, subject: str, address: str) -> Attempt:
        """Count a try at a login or client id; neither the subject nor the address is stored readable."""
        wanted = [
            (_bucket("pair", subject, address), PAIR),
            (_bucket("subject", subject), SUBJECT),
            (_bucket("address", address), ADDRESS),
        ]
        charges = await asyncio.gather(*(self._charge(key, allowance, 1) for key, allowance in wanted))
        admitted = [pair for pair, charge in zip(wanted, charges, strict=True) if charge.is_admitted]
        wait_ms = max(charge.retry_after_ms for charge in charges)
        if len(admitted) == len(wanted):
            return Attempt(0, admitted)
        await self._give_back(admitted)
        return Attempt(max(1, -(-wait_ms // 1000)), ())

    async def forgive(self, attempt: Attempt) -> None:
        """The try succeeded and does not count."""
        await self._give_back(attempt.charged)

    async def _give_back(self, charged: Sequence[tuple[str, Allowance]]) -> None:
        await asyncio.gather(*(self._charge(key, allowance, -1) for key, allowance in charged))

    async def _charge(self, key: str, allowance: Allowance, times: int) -> Charge:
        return await self._meter.charge(key, times * allowance.seconds_each, allowance.budget)


def _bucket(kind: str, *parts: str) -> str:
    digest = hashlib.sha256("\0".join(parts).encode()).hexdigest()
    return f"attempts:{kind}:{digest[:32]}"
