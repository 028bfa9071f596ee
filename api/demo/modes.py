"""How headquarters manages the four companies: each by a style of its own, one of them out of step."""

from collections.abc import Iterator
from functools import partial

from api.demo.dates import Period, morning
from api.demo.settling import Settled
from api.demo.story import Step
from domain.modes import service
from domain.modes.service import Change
from domain.modes.terms import ApprovalChain, Feature, Json, LifeCycle, ParentingStyle, ReviewCadence

STYLES = {
    "AIR": (ParentingStyle.STRATEGIC_CONTROL, LifeCycle.MATURE),
    "MFG": (ParentingStyle.OPERATING_CONTROL, LifeCycle.MATURE),
    "RET": (ParentingStyle.STRATEGIC_CONTROL, LifeCycle.GROWTH),
    "TEC": (ParentingStyle.OPERATING_CONTROL, LifeCycle.GROWTH),
}
"""As the companies began. Cobalt Cloud is led by its figures alone since the last cycle, and reviewed as before: the
misfit that the group is to see."""
DEVIATION: tuple[Feature, Json, str] = (
    Feature.HQ_KPIS,
    5,
    "Members of the alliance publish their own figures; five of ours are enough to see the whole.",
)


CLOSELY: dict[Feature, Json] = {
    Feature.HQ_KPIS: 22,
    Feature.REVIEW_CADENCE: ReviewCadence.MONTH,
    Feature.APPROVAL_CHAIN: ApprovalChain.HQ,
}
"""How Cobalt Cloud was led on purpose while it was small, and is led still."""


class Modes:
    """Tells how the companies came to be managed as they are."""

    def __init__(self, settled: Settled) -> None:
        self._settled = settled

    def steps(self, cycles: list[Period]) -> Iterator[Step]:
        """A template for each company, one deviation with its reason, and one style that changed without the rest."""
        for unit in STYLES:
            yield Step(morning(cycles[0].starts_on, days=-44), partial(self._apply, unit))
        feature, value, reason = DEVIATION
        yield Step(morning(cycles[1].starts_on), partial(self._set, "AIR", {feature: value}, reason))
        yield Step(morning(cycles[0].starts_on, days=-43), partial(self._set, "TEC", CLOSELY, None))
        style: dict[Feature, Json] = {Feature.PARENTING_STYLE: ParentingStyle.FINANCIAL_CONTROL}
        said = "The group leads software by its figures from now on."
        yield Step(morning(cycles[2].starts_on, days=-30), partial(self._set, "TEC", style, said, version=2))

    async def _apply(self, unit: str) -> None:
        style, life_cycle = STYLES[unit]
        office = self._settled.actor(self._settled.roster["GRP-STR.head"])
        change = Change(unit_id=self._settled.units[unit], version=0)
        await service.apply_template(office, change, key=f"mode of {unit}", style=style, life_cycle=life_cycle)

    async def _set(self, unit: str, values: dict[Feature, Json], reason: str | None, *, version: int = 1) -> None:
        office = self._settled.actor(self._settled.roster["GRP-STR.head"])
        change = Change(unit_id=self._settled.units[unit], version=version)
        key = f"change {version} of {unit}"
        await service.set_features(office, change, values, key=key, reason=reason)
