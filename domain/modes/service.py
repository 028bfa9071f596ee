"""Use cases of modes: set features of a unit, let them follow from above again, and apply a template."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast
from uuid import UUID

import orjson

from domain.kernel import clock, permits, views
from domain.kernel.actor import Actor, Role
from domain.kernel.errors import InvalidInput, NotFound, StaleVersion
from domain.kernel.ids import new_id
from domain.kernel.permits import Action, Relation
from domain.kernel.work import Work, begin
from domain.modes import events, rules, service_effective, service_rows, values
from domain.modes.rules import Wish
from domain.modes.terms import Chain, Feature, Json, LifeCycle, Origin, ParentingStyle, Placed, Setting
from domain.modes.views import MODE
from domain.people import rules as people
from domain.people.views_leading import FACTS as LEADING


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Whose mode changes from which day on, and on which version of it that was decided; 0 before the first change.

    Without a day it is today.
    """

    unit_id: UUID
    version: int
    valid_from: date | None = None


@dataclass(frozen=True, slots=True)
class _Open:
    """A unit whose mode is being changed: from when on, and what decides about it at that date."""

    work: Work
    unit_id: UUID
    on: date
    chain: Chain
    is_office: bool

    def own(self, feature: Feature, value: Json, *, wish: Wish) -> Placed:
        """A setting as it would be."""
        return Placed(
            id=new_id(),
            depth=0,
            feature=feature,
            value=value,
            is_locked=wish.is_locked,
            origin=wish.origin,
            reason=wish.reason,
            since=self.on,
            unit_id=self.unit_id,
            unit_name=None,
            unit_name_zh=None,
            set_by_id=self.work.actor.person_id,
            set_by_name=None,
        )

    def may_unlock(self, setting: Placed) -> bool:
        """Whether the actor may change what is locked in the unit itself."""
        return self.is_office or setting.set_by_id == self.work.actor.person_id


async def set_features(
    actor: Actor,
    change: Change,
    given: Mapping[Feature, Json],
    *,
    key: str,
    is_locked: bool = False,
    reason: str | None = None,
) -> UUID:
    """Features of the unit's mode have these values from a day on; the unit's id.

    FeatureLocked by a unit above, ReasonNeeded outside of the style's ranges.
    """
    if not given:
        raise InvalidInput("Name at least one feature.", field="values")
    wish = Wish(
        values={feature: values.checked(feature, value) for feature, value in given.items()},
        reason=rules.check_reason(reason),
        is_locked=is_locked,
    )
    intent = ("set_mode", change, *wish.values.items(), wish.reason, is_locked)
    async with begin(actor, key=key, intent=intent) as work:
        if work.replay is None:
            unit = await _open(work, change)
            await _require_perspectives(work, wish.values)
            await _write(unit, wish)
            work.reply(True)
    return change.unit_id


async def inherit(actor: Actor, change: Change, features: Sequence[Feature], *, key: str) -> UUID:
    """These features follow from above, or from the template, from a day on; the unit's id."""
    chosen = tuple(dict.fromkeys(features))
    if not chosen:
        raise InvalidInput("Name at least one feature.", field="features")
    async with begin(actor, key=key, intent=("inherit_mode", change, chosen)) as work:
        if work.replay is None:
            unit = await _open(work, change)
            # What a lock above overrules may go; what is locked here goes by who may unlock it.
            own = [one for one in unit.chain.settings if one.depth == 0 and one.feature in chosen]
            rules.check_unlocked(own, may_unlock=unit.may_unlock)
            await _end(unit, chosen)
            work.reply(True)
    return change.unit_id


async def apply_template(
    actor: Actor,
    change: Change,
    *,
    key: str,
    style: ParentingStyle | None = None,
    life_cycle: LifeCycle | None = None,
    reason: str | None = None,
) -> UUID:
    """The unit is managed as its form, style and stage ask for, from a day on; the unit's id.

    What lies within the template's range stays, and what a unit above locked stays as well.
    """
    said = rules.check_reason(reason)
    named = {Feature.PARENTING_STYLE: style, Feature.LIFE_CYCLE: life_cycle}
    wish = Wish(values={feature: str(word) for feature, word in named.items() if word is not None}, reason=said)
    async with begin(actor, key=key, intent=("apply_mode_template", change, *wish.values.items(), said)) as work:
        if work.replay is None:
            unit = await _open(work, change)
            await _apply(unit, wish)
            work.reply(True)
    return change.unit_id


async def _apply(unit: _Open, named: Wish) -> None:
    rules.check_open(rules.resolve(unit.chain), named.values, may_unlock=unit.may_unlock)
    chain = rules.with_wish(unit.chain, named, lambda feature, value: unit.own(feature, value, wish=named))
    changed = rules.templated(rules.resolve(chain), may_unlock=unit.may_unlock)
    wish = Wish(values={**named.values, **changed}, reason=named.reason, origin=Origin.TEMPLATE)
    if wish.values:
        await _write(unit, wish)


async def open_unit(work: Work, change: Change) -> date:
    """The day from which the change holds, if the actor may change the unit's mode; others wait until commit.

    NotFound for a unit that is not there on that day, StaleVersion when the mode moved on.
    """
    on = change.valid_from or clock.today(work.actor.zone)
    people.check_date(on)
    await work.see(MODE, change.unit_id)
    permits.require(Action.KEEP_MODES, await _relations(work, change.unit_id))
    await _count(work, change)
    return on


async def _open(work: Work, change: Change) -> _Open:
    on = await open_unit(work, change)
    found = await service_effective.chained(work.connection, work.actor.tenant_id, [change.unit_id], on)
    if change.unit_id not in found:
        raise NotFound("The unit on that day")
    is_office = Role.STRATEGY_OFFICE in work.actor.roles
    return _Open(work, change.unit_id, on, found[change.unit_id], is_office)


async def _relations(work: Work, unit_id: UUID) -> frozenset[Relation]:
    relations: set[Relation] = set()
    if Role.STRATEGY_OFFICE in work.actor.roles:
        relations.add(Relation.STRATEGY_OFFICE)
    slots = views.Slots(LEADING)
    led = slots["units_led"]
    sql = f"select ${len(slots.names) + 1}::uuid = any({led})"
    if await work.connection.fetchval(sql, *slots.values_for(work.actor), unit_id):
        relations.add(Relation.LEADER)
    return frozenset(relations)


async def _count(work: Work, change: Change) -> None:
    """One change more of the unit's mode. All changes of a tenant's modes wait for each other: locks reach far."""
    await work.wait_for("modes")
    present = await work.connection.fetchval(
        "select version from mode_version where tenant_id = $1 and unit_id = $2", work.actor.tenant_id, change.unit_id
    )
    if (present or 0) != change.version:
        raise StaleVersion(change.unit_id)
    await work.connection.execute(
        """insert into mode_version (tenant_id, unit_id, version) values ($1, $2, 1)
           on conflict (tenant_id, unit_id) do update set version = mode_version.version + 1""",
        work.actor.tenant_id,
        change.unit_id,
    )


async def _require_perspectives(work: Work, given: Mapping[Feature, Json]) -> None:
    """InvalidInput for a code that is none of the group's perspectives; the four of the templates are always there."""
    weights = cast("Mapping[str, int]", given.get(Feature.PERSPECTIVES, {}))
    known = await service_rows.perspectives(work) if weights else frozenset[str]()
    unknown = [code for code in weights if code not in known]
    if unknown:
        raise InvalidInput(f"There is no perspective {', '.join(unknown)}.", field="values.perspectives")


async def _write(unit: _Open, wish: Wish) -> None:
    """Write the wish if everything of it is open and explained."""
    rules.check_open(rules.resolve(unit.chain), wish.values, may_unlock=unit.may_unlock)
    after = rules.resolve(rules.with_wish(unit.chain, wish, lambda feature, value: unit.own(feature, value, wish=wish)))
    rules.check_reasons(after, wish.values)
    rows = await service_rows.of_features(unit.work, unit.unit_id, list(wish.values))
    today = clock.today(unit.work.actor.zone)
    changes: list[people.Change[Setting]] = []
    for feature, value in wish.values.items():
        changes.append(rules.take_place(rows[feature], _setting(unit, feature, value, wish=wish), today=today))
        unit.work.record(
            events.ModeFeatureSet(
                subject_id=unit.unit_id,
                feature=feature,
                value=orjson.dumps(value).decode(),
                is_locked=wish.is_locked,
                origin=wish.origin,
                effective_on=unit.on.isoformat(),
            )
        )
    await service_rows.write_settings(unit.work, changes)


def _setting(unit: _Open, feature: Feature, value: Json, *, wish: Wish) -> Setting:
    return Setting(
        id=new_id(),
        unit_id=unit.unit_id,
        feature=feature,
        value=value,
        is_locked=wish.is_locked,
        origin=wish.origin,
        reason=wish.reason,
        set_by_id=unit.work.actor.person_id,
        set_at=clock.now(),
        valid_from=unit.on,
        valid_to=clock.FOREVER,
    )


async def _end(unit: _Open, features: Sequence[Feature]) -> None:
    rows = await service_rows.of_features(unit.work, unit.unit_id, features)
    today = clock.today(unit.work.actor.zone)
    await service_rows.write_settings(
        unit.work, [rules.end(rows[feature], unit.on, today=today) for feature in features]
    )
    for feature in features:
        effective_on = unit.on.isoformat()
        unit.work.record(
            events.ModeFeatureInherited(subject_id=unit.unit_id, feature=feature, effective_on=effective_on)
        )
