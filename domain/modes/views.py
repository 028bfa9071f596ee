"""What of modes can be read, and by whom: everybody of a group knows how units are managed, partners need a scope."""

from collections.abc import Callable, Mapping, Sequence
from typing import cast

from domain.kernel.views import (
    Column,
    Computed,
    Extensions,
    Filter,
    Json,
    Kind,
    Many,
    One,
    Order,
    Page,
    Roots,
    View,
)
from domain.modes import chains, rules, shown, values
from domain.modes.terms import Factor, Feature, Incentive, Mode
from domain.modes.terms import Json as Value
from domain.strategy.views import READERS

_HOLDS = "{child}.valid_from <= {as_of} and {as_of} < {child}.valid_to"
_BELOW = (
    "(select b.descendant_id from unit_closure b where b.tenant_id = {tenant} and b.ancestor_id = {row}.id "
    "and b.depth > 0 and b.valid_from <= {as_of} and {as_of} < b.valid_to)"
)
_NEWEST = {"NEWEST": Order((("{child}.valid_from", "date"), ("{child}.id", "uuid")), descending=True)}
_BY_CODE = {"CODE": Order((("{child}.code", "text"), ("{child}.id", "uuid")))}
VALUE_LISTS: Mapping[tuple[str, str], int] = {
    ("ModeValues", "perspectives"): values.PERSPECTIVES_MAX,
    ("ModeValues", "incentives"): len(Incentive),
    ("ModeDistribution", "quotas"): values.GRADES_MAX,
    ("ModeRange", "words"): 4,
}


def _of_mode(compute: Callable[[Mode], Json], field: str | None = None) -> Computed:
    """What rules make of the mode that holds; a list has at most one line for each feature."""
    own = {("Mode" if field == "features" else "ModeFit", field): len(Feature)} if field else {}

    def all_rows(rows: Sequence[Json]) -> Sequence[Json]:
        return [compute(rules.resolve(chains.read(row))) for row in rows]

    return Computed(inputs=chains.CHAIN, compute=all_rows, list_sizes={**VALUE_LISTS, **own})


def _of_setting(rows: Sequence[Json]) -> Sequence[Json]:
    pairs = (cast("Sequence[Value]", row) for row in rows)
    return [shown.mode_values({Feature(str(feature)): value}) for feature, value in pairs]


def _above(condition: str, order: str) -> str:
    """The id of a setting of the same feature that holds in a unit above that of the setting `{row}`."""
    return (
        "{child}.id = (select a.id from unit_closure c join mode_setting a on a.tenant_id = {tenant} "
        "and a.unit_id = c.ancestor_id and a.feature = {row}.feature "
        "and a.valid_from <= {as_of} and {as_of} < a.valid_to "
        "where c.tenant_id = {tenant} and c.descendant_id = {row}.unit_id and c.depth > 0 "
        f"and c.valid_from <= {{as_of}} and {{as_of}} < c.valid_to{condition} order by c.depth {order} limit 1)"
    )


_UNITS = (
    "(select u.tenant_id, u.id, u.code, t.form from unit u join unit_term t on t.tenant_id = u.tenant_id "
    "and t.unit_id = u.id and t.valid_from <= {as_of} and {as_of} < t.valid_to)"
)

MODE = View(
    name="Mode",
    prefix="mod",
    source=_UNITS,
    visible=READERS,
    fields={
        "version": Column(
            "coalesce((select v.version from mode_version v where v.tenant_id = {tenant} and v.unit_id = {row}.id), 0)",
            Kind.INTEGER,
        ),
        "unit": One("Unit", on="{child}.id = {row}.id"),
        "values": _of_mode(shown.of_mode),
        "features": _of_mode(shown.features, "features"),
        "fit": One("ModeFit", on="{child}.id = {row}.id", implied=True),
        "factors": Many(
            "ModeFactor",
            on="{child}.unit_id = {row}.id and " + _HOLDS,
            order="{child}.factor",
            limit=len(Factor),
            implied=True,
        ),
        "designedPercent": Column(
            f"(select count(*) * 100 / {len(Factor)} from mode_factor f where f.tenant_id = {{tenant}} "
            "and f.unit_id = {row}.id and f.valid_from <= {as_of} and {as_of} < f.valid_to)",
            Kind.INTEGER,
        ),
        "settings": Page("ModeSetting", on="{child}.unit_id = {row}.id", orders=_NEWEST, implied=True),
        "overrides": Page(
            "ModeSetting", on="{child}.unit_id in " + _BELOW + " and " + _HOLDS, orders=_NEWEST, implied=True
        ),
    },
)

MODE_FIT = View(
    name="ModeFit",
    prefix="mft",
    source=_UNITS,
    visible=READERS,
    fields={
        "unit": One("Unit", on="{child}.id = {row}.id"),
        "style": _of_mode(lambda mode: mode.style),
        "value": _of_mode(lambda mode: shown.fit_value(rules.fit(mode))),
        "deviations": _of_mode(lambda mode: shown.deviations(rules.fit(mode)), "deviations"),
    },
)

MODE_SETTING = View(
    name="ModeSetting",
    prefix="mst",
    source="mode_setting",
    visible=READERS,
    fields={
        "feature": Column("{row}.feature"),
        "value": Computed(
            inputs="json_build_array({row}.feature, {row}.value)", compute=_of_setting, list_sizes=VALUE_LISTS
        ),
        "locked": Column("{row}.is_locked", Kind.BOOLEAN),
        "origin": Column("{row}.origin"),
        "reason": Column("{row}.reason"),
        "setAt": Column("{row}.set_at", Kind.INSTANT),
        "validFrom": Column("{row}.valid_from", Kind.DATE),
        "validTo": Column("nullif({row}.valid_to, 'infinity')", Kind.DATE),
        "unit": One("Unit", on="{child}.id = {row}.unit_id"),
        "setBy": One("Person", on="{child}.id = {row}.set_by_id"),
        "overrides": One("ModeSetting", on=_above("", "asc"), implied=True),
        "overruledBy": One("ModeSetting", on=_above(" and a.is_locked", "desc"), implied=True),
    },
)

MODE_FACTOR = View(
    name="ModeFactor",
    prefix="mfa",
    source="mode_factor",
    visible=READERS,
    fields={
        "factor": Column("{row}.factor"),
        "words": Column("{row}.words"),
        "wordsZh": Column("{row}.words_zh"),
        "features": Column("array(select jsonb_array_elements_text({row}.features))", Kind.LIST),
        "writtenAt": Column("{row}.written_at", Kind.INSTANT),
        "validFrom": Column("{row}.valid_from", Kind.DATE),
        "validTo": Column("nullif({row}.valid_to, 'infinity')", Kind.DATE),
        "unit": One("Unit", on="{child}.id = {row}.unit_id"),
        "writtenBy": One("Person", on="{child}.id = {row}.written_by_id"),
    },
)

VIEWS = (MODE, MODE_FIT, MODE_SETTING, MODE_FACTOR)

EXTENSIONS: Extensions = {"Unit": {"mode": One("Mode", on="{child}.id = {row}.id")}}

_UNIT = {"unit": Filter("{child}.id = {value}", "uuid", prefix="unt")}
ROOTS: Roots = {
    "modeOf": One("Mode", on="true", filters=_UNIT, takes_as_of=True),
    "modeFit": One("ModeFit", on="true", filters=_UNIT, takes_as_of=True),
    "modes": Page(
        "Mode",
        on="true",
        orders=_BY_CODE,
        filters={
            "below": Filter(
                "{child}.id in (select b.descendant_id from unit_closure b where b.tenant_id = {tenant} "
                "and b.ancestor_id = {value} and b.valid_from <= {as_of} and {as_of} < b.valid_to)",
                "uuid",
                prefix="unt",
            ),
        },
        takes_as_of=True,
    ),
}
