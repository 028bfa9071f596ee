"""A group whose companies are managed in different ways, and a chain of settings written by hand."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from domain.kernel import database
from domain.kernel.actor import Actor, Role
from domain.kernel.ids import new_id
from domain.modes import service, service_effective
from domain.modes.service import Change
from domain.modes.terms import Chain, Feature, Json, Mode, Origin, Placed
from domain.people.terms import UnitKind
from tests.domain.organisations import START, Organisation, found, furnish

NOW = datetime(2026, 6, 10, 4, tzinfo=UTC)
TODAY = date(2026, 6, 10)


@dataclass(slots=True)
class Group:
    """Ada (GROUP) ← Bo (AIR) ← Chen (OPS) ← Dina, Emil (CREW); SHOP beside AIR; Sofia is the strategy office."""

    organisation: Organisation

    def unit(self, code: str) -> UUID:
        return self.organisation.units[code]

    def actor(self, name: str) -> Actor:
        return self.organisation.actor(name, *([Role.STRATEGY_OFFICE] if name == "Sofia" else []))

    async def version(self, unit: str) -> int:
        sql = "select version from mode_version where unit_id = $1"
        return int(str(await self.organisation.value(sql, self.unit(unit)) or 0))

    async def change(self, unit: str, on: date | None = None) -> Change:
        return Change(unit_id=self.unit(unit), version=await self.version(unit), valid_from=on)

    async def set(
        self,
        unit: str,
        *,
        by: str = "Sofia",
        on: date = START,
        locked: bool = False,
        reason: str | None = None,
        **given: Json,
    ) -> None:
        """Features by their names in small letters."""
        values = {Feature(name.upper()): value for name, value in given.items()}
        change = await self.change(unit, on)
        await service.set_features(self.actor(by), change, values, key=str(new_id()), is_locked=locked, reason=reason)

    async def mode(self, unit: str, on: date = TODAY) -> Mode:
        """As other slices ask for it."""
        with database.tenant(self.organisation.tenant_id):
            async with database.connection() as connection:
                found = await service_effective.effective(
                    connection, self.organisation.tenant_id, [self.unit(unit)], on
                )
        return found[self.unit(unit)]


async def lay() -> Group:
    organisation = await furnish(await found())
    await organisation.unit("SHOP", parent="GROUP", kind=UnitKind.COMPANY)
    await organisation.hire("Sofia", unit="GROUP", manager="Ada")
    return Group(organisation)


def placed(feature: Feature, value: Json, *, depth: int = 0, locked: bool = False, reason: str | None = None) -> Placed:
    """A setting as a unit meets it."""
    return Placed(
        id=new_id(),
        depth=depth,
        feature=feature,
        value=value,
        is_locked=locked,
        origin=Origin.SET,
        reason=reason,
        since=START,
        unit_id=new_id(),
        unit_name=f"Level {depth}",
        unit_name_zh=None,
        set_by_id=None,
        set_by_name=None,
    )


def chain(*settings: Placed, form: str = "HOLDING") -> Chain:
    return Chain(form=form, settings=settings)
