"""Reads and writes the dated rows of modes, set by set."""

from collections.abc import Mapping, Sequence
from typing import cast
from uuid import UUID

import orjson

from domain.kernel.work import Work
from domain.modes import templates
from domain.modes.terms import Factor, FactorEntry, Feature, Origin, Setting
from domain.people import service_rows
from domain.people.rules import Change
from domain.people.service_rows import Sheet


def _as_json(value: object) -> str:
    return orjson.dumps(value).decode()


SETTINGS = Sheet(
    "mode_setting",
    Setting,
    "unit_id",
    {
        "unit_id": "uuid",
        "feature": "text",
        "value": "jsonb",
        "is_locked": "boolean",
        "origin": "text",
        "reason": "text",
        "set_by_id": "uuid",
        "set_at": "timestamptz",
    },
    words={"feature": Feature, "origin": Origin, "value": orjson.loads},
    written={"value": _as_json},
)
FACTORS = Sheet(
    "mode_factor",
    FactorEntry,
    "unit_id",
    {
        "unit_id": "uuid",
        "factor": "text",
        "words": "text",
        "words_zh": "text",
        "features": "jsonb",
        "written_by_id": "uuid",
        "written_at": "timestamptz",
    },
    words={"factor": Factor, "features": lambda text: tuple(map(Feature, orjson.loads(text)))},
    written={"features": _as_json},
)


async def of_features(work: Work, unit_id: UUID, features: Sequence[Feature]) -> Mapping[Feature, list[Setting]]:
    """All settings of a unit by feature, past and future, in the order of time."""
    rows = await service_rows.of(work.connection, SETTINGS, work.actor.tenant_id, subjects=[unit_id])
    return {feature: [row for row in rows[unit_id] if row.feature is feature] for feature in features}


async def of_factors(work: Work, unit_id: UUID, factors: Sequence[Factor]) -> Mapping[Factor, list[FactorEntry]]:
    """The design record of a unit by factor, past and future, in the order of time."""
    rows = await service_rows.of(work.connection, FACTORS, work.actor.tenant_id, subjects=[unit_id])
    return {factor: [row for row in rows[unit_id] if row.factor is factor] for factor in factors}


async def write_settings(work: Work, changes: Sequence[Change[Setting]]) -> None:
    """Remove, shorten and add settings."""
    await service_rows.write(work.connection, SETTINGS, work.actor.tenant_id, changes=changes)


async def write_factors(work: Work, changes: Sequence[Change[FactorEntry]]) -> None:
    """Remove, shorten and add entries of design records."""
    await service_rows.write(work.connection, FACTORS, work.actor.tenant_id, changes=changes)


async def perspectives(work: Work) -> frozenset[str]:
    """The codes by which perspectives can be named."""
    rows = await work.connection.fetch("select code from perspective where tenant_id = $1", work.actor.tenant_id)
    return frozenset({*templates.PERSPECTIVES, *(cast("str", row["code"]) for row in rows)})
