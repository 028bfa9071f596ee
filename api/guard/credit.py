"""Credit: a process lets a caller spend a few points before it asks Redis, and asks once for all of them.

Who spends slower than points come back is never asked about. What a process has not told the others is at most
`Budget.credit` for each caller, and is lost when the process ends.
"""

import math
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from api.guard.bucket import Charge, Meter
from api.guard.callers import Budget

ACCOUNTS_MAX = 10_000
ASKED_ABOVE = 0.5
"""The part of a budget above which every charge is asked for, so that the limit itself is the same everywhere."""


@dataclass(slots=True)
class _Account:
    """One caller's bucket as this process knows it."""

    at: float
    level: float = 0.0
    """How full the bucket is, what is owed included."""
    owed: float = 0.0
    """The points that Redis has not been told of."""

    def leak(self, now: float, budget: Budget) -> None:
        self.level = max(0.0, self.level - (now - self.at) * budget.points_per_second)
        self.owed = min(self.owed, self.level)
        self.at = now


class Credit:
    """A meter before another one, which is asked where a budget has no credit."""

    def __init__(self, meter: Meter, *, now: Callable[[], float] = time.monotonic) -> None:
        self._meter = meter
        self._now = now
        self._accounts: OrderedDict[str, _Account] = OrderedDict()

    async def charge(self, key: str, points: int, budget: Budget) -> Charge:
        """Reserves points, or gives them back when they are negative."""
        if not budget.credit:
            return await self._meter.charge(key, points, budget)
        account = self._account(key, budget)
        if 0 <= account.owed + points <= budget.credit and account.level + points <= ASKED_ABOVE * budget.points_max:
            account.owed += points
            account.level += points
            return Charge(is_admitted=True, available=math.floor(budget.points_max - account.level), retry_after_ms=0)
        return await self._settle(account, key, points, budget)

    async def _settle(self, account: _Account, key: str, points: int, budget: Budget) -> Charge:
        owed, account.owed = account.owed, 0.0
        charge = await self._meter.charge(key, math.ceil(owed + points), budget)
        if not charge.is_admitted:
            account.owed += owed
        account.level = budget.points_max - charge.available + account.owed
        return charge

    def _account(self, key: str, budget: Budget) -> _Account:
        now = self._now()
        account = self._accounts.get(key)
        if account is None:
            account = self._accounts[key] = _Account(at=now)
            if len(self._accounts) > ACCOUNTS_MAX:
                self._accounts.popitem(last=False)
            return account
        self._accounts.move_to_end(key)
        account.leak(now, budget)
        return account
