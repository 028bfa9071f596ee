"""The words of setting the next target: the exceed rule, its exemptions, and who contributed what."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class AdjustmentKind(StrEnum):
    """Why a past value cannot be compared as it stands."""

    ONE_OFF = "ONE_OFF"
    SCOPE = "SCOPE"
    CURRENCY = "CURRENCY"
    CALENDAR = "CALENDAR"


class Outcome(StrEnum):
    """What the exceed test says of a target."""

    PASS = "PASS"
    SATURATED_MAINTAIN = "SATURATED_MAINTAIN"
    EXEMPT = "EXEMPT"
    BLOCKED = "BLOCKED"


class Ground(StrEnum):
    """Why the exceed test says so."""

    EXCEEDS = "EXCEEDS"
    AT_THE_LIMIT = "AT_THE_LIMIT"
    EXEMPTED = "EXEMPTED"
    NOT_BETTER = "NOT_BETTER"
    BELOW_MINIMUM = "BELOW_MINIMUM"
    MEASURED_OTHERWISE = "MEASURED_OTHERWISE"


class ExemptionKind(StrEnum):
    """For what reasons a target may stay below the last one."""

    MARKET_SHOCK = "MARKET_SHOCK"
    SCOPE_CHANGE = "SCOPE_CHANGE"
    SATURATION = "SATURATION"
    HARVEST = "HARVEST"
    REGULATION = "REGULATION"


class ExemptionState(StrEnum):
    """How far an exemption is: it needs two different people."""

    ASKED = "ASKED"
    GRANTED = "GRANTED"
    CONFIRMED = "CONFIRMED"
    DECLINED = "DECLINED"
    WITHDRAWN = "WITHDRAWN"


class ContributionMethod(StrEnum):
    """How the shares of a joint result are found."""

    AGREED = "AGREED"
    DRIVER = "DRIVER"
    SHAPLEY = "SHAPLEY"


class ContributionState(StrEnum):
    """Whether the shares are proposed or agreed."""

    PROPOSED = "PROPOSED"
    AGREED = "AGREED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjustment:
    """What makes a past value comparable: an `amount` to be added, which may be negative, or a `factor`."""

    kind: AdjustmentKind
    amount: Decimal | None = None
    factor: Decimal | None = None
