"""Modes to be read: of a group, a company and a team; locked, overridden, overruled, past and to come."""

from datetime import date
from typing import TYPE_CHECKING

from domain.kernel.ids import new_id, public
from domain.modes import service, service_record
from domain.modes.service import Change
from domain.modes.service_record import FactorDraft
from domain.modes.terms import Factor, Feature, Json
from tests.domain.organisations import START

if TYPE_CHECKING:
    from tests.api.reading.world import World

YEAR, JULY = date(2026, 1, 1), date(2026, 7, 1)


async def furnish(world: "World") -> None:
    """What Sofia and Bo set; the clock stands."""
    await _set(
        world, "CREW", START, {Feature.CYCLE: "QUARTER", Feature.REVIEW_CADENCE: "YEAR"}, reason="机组排班 — by roster"
    )
    await _set(world, "GROUP", YEAR, {Feature.CYCLE: "YEAR", Feature.CURRENCY: "CNY"}, is_locked=True)
    await _set(world, "AIR", START, {Feature.PARENTING_STYLE: "FINANCIAL_CONTROL", Feature.LIFE_CYCLE: "GROWTH"})
    await _set(world, "AIR", YEAR, _ODD, reason="As it has grown.")
    await _set(world, "AIR", JULY, {Feature.HQ_KPIS: 5})
    drafts = [
        FactorDraft(factor=Factor.LAW, words="Safety is supervised.", words_zh="安全受监管。", features=tuple(Feature)),
        FactorDraft(factor=Factor.CULTURE, words="People talk."),
    ]
    await service_record.write_factors(
        world.company.actor("Sofia"), await _change(world, "AIR", YEAR), drafts, key="record"
    )
    await _name_ids(world)


_ODD: dict[Feature, Json] = {
    Feature.HQ_KPIS: 40,
    Feature.REVIEW_CADENCE: "MONTH",
    Feature.PERSPECTIVES: {"LEARNING": 333, "PROCESS": 333, "FINANCIAL": 334},
    Feature.DISTRIBUTION: {"policy": "GUIDE", "quotas": [["S", 5], ["A", 35], ["B", 60]], "smallest": 12},
    Feature.SCORING: {"rule": "EFFICACY", "cap": None, "floor": "-20.5", "missing": "RENORMALISE", "covered": "0.6"},
}


async def _set(
    world: "World",
    unit: str,
    on: date,
    values: dict[Feature, Json],
    *,
    is_locked: bool = False,
    reason: str | None = None,
) -> None:
    change = await _change(world, unit, on)
    key = str(new_id())
    await service.set_features(
        world.company.actor("Sofia"), change, values, key=key, is_locked=is_locked, reason=reason
    )


async def _change(world: "World", unit: str, on: date) -> Change:
    organisation = world.company.organisation
    unit_id = organisation.units[unit]
    version = await organisation.value("select version from mode_version where unit_id = $1", unit_id)
    return Change(unit_id=unit_id, version=int(str(version or 0)), valid_from=on)


async def _name_ids(world: "World") -> None:
    organisation = world.company.organisation
    for prefix, table in (("mst", "mode_setting"), ("mfa", "mode_factor")):
        rows = await organisation.rows(f"select id from {table} order by id limit 6")
        world.ids |= {f"{table} {at}": public(prefix, row["id"]) for at, row in enumerate(rows)}
    for code in ("AIR", "CREW"):
        world.ids[f"mode {code}"] = public("mod", organisation.units[code])
        world.ids[f"fit {code}"] = public("mft", organisation.units[code])
