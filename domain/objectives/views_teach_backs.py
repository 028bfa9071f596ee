"""How intents are read where they arrive: what an objective inherits, what was said back, and how faithfully."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import cast

from domain.kernel.permits import PERMITS, Action, Relation
from domain.kernel.views import (
    Column,
    Computed,
    Extensions,
    Field,
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
from domain.objectives.rules import LEVELS_MAX
from domain.objectives.terms import IntentState
from domain.objectives.views import CONCERNED, FACTS, RELATIONS, of_objective

INTENTS_MAX = 50
"""How many strategic objectives are shown that one objective serves."""
READS_STRATEGY = "strategy:read"
_SAID = {"SAID": Order((("{child}.said_at", "timestamptz"), ("{child}.id", "uuid")), descending=True)}
_NEWEST = {"NEWEST": Order((("{child}.objective_id", "uuid"), ("{child}.id", "uuid")), descending=True)}


def _stands(action: Action) -> str:
    """Whether the actor stands to the objective `o` as the action demands; nobody answers themselves."""
    found = " or ".join(RELATIONS[one] for one in sorted(PERMITS[action]))
    owns = RELATIONS[Relation.OWNER]
    condition = f"({found})" if Relation.OWNER in PERMITS[action] else f"({found}) and not {owns}"
    return condition.replace("{row}", "o")


_VIEWER_CAN = (
    "(select case when o.state <> 'ACTIVE' then '{{}}' "
    f"when {{row}}.state <> 'CURRENT' and {_stands(Action.SAY_BACK)} then array['SAY_BACK'] "
    f"when {{row}}.state = 'SAID' and {_stands(Action.CONFIRM_SAY_BACK)} "
    "then array['CONFIRM_SAY_BACK', 'RETURN_SAY_BACK'] else '{{}}' end "
    "from objective o where o.tenant_id = {tenant} and o.id = {row}.objective_id)"
)

TEACH_BACK = View(
    name="TeachBack",
    prefix="tbk",
    source="teach_back",
    visible=of_objective("objective_id"),
    facts=FACTS,
    fields={
        "state": Column("{row}.state"),
        "words": Column("{row}.words"),
        "saidAt": Column("{row}.said_at", Kind.INSTANT),
        "answer": Column("{row}.answer"),
        "answeredAt": Column("{row}.answered_at", Kind.INSTANT),
        "saidBy": One("Person", on="{child}.id = {row}.said_by_id"),
        "answeredBy": One("Person", on="{child}.id = {row}.answered_by_id"),
        "intent": One("Intent", on="{child}.id = {row}.intent_id"),
        "objective": One("Objective", on="{child}.id = {row}.objective_id", implied=True),
    },
    # Words are for persons, and what the line answers for those who take part in the promise.
    masks={"words": "{me} is not null", "answer": of_objective("objective_id", CONCERNED)},
)

INHERITED_INTENT = View(
    name="InheritedIntent",
    prefix="inh",
    source="inherited_intent",
    visible=of_objective("objective_id"),
    facts=FACTS,
    fields={
        "state": Column("{row}.state"),
        "level": Column(
            "(select a.level from intents_above({row}.objective_id) a where a.id = {row}.strategic_objective_id)",
            Kind.INTEGER,
        ),
        "viewerCan": Column(_VIEWER_CAN, Kind.LIST),
        "objective": One("Objective", on="{child}.id = {row}.objective_id", implied=True),
        "strategicObjective": One("StrategicObjective", on="{child}.id = {row}.strategic_objective_id"),
        "intent": One("Intent", on="{child}.id = {row}.intent_id"),
        "teachBack": One("TeachBack", on="{child}.id = {row}.teach_back_id", implied=True),
    },
)

_LEADS_THERE = (
    "exists (select from unit_closure u where u.tenant_id = {tenant} and u.descendant_id = {row}.id "
    "and u.ancestor_id = any({units_at_work}) and u.valid_from <= {today} and {today} < u.valid_to)"
)
INTENT_FIDELITY = View(
    name="IntentFidelity",
    prefix="ifd",
    source=(
        "(select u.tenant_id, u.id, f.objectives, f.reached, f.confirmed, f.faithful from unit u "
        "cross join lateral intent_fidelity(u.id, {today}) f)"
    ),
    visible=(
        f"('STRATEGY_OFFICE' = any({{roles}}) or '{READS_STRATEGY}' = any({{scopes}}) "
        f"or {{row}}.id = any({{units_as_hr_partner}}) or {_LEADS_THERE})"
    ),
    facts=FACTS,
    fields={
        "unit": One("Unit", on="{child}.id = {row}.id"),
        "objectives": Column("{row}.objectives", Kind.INTEGER),
        "reached": Column("{row}.reached", Kind.INTEGER),
        "confirmed": Column("{row}.confirmed", Kind.INTEGER),
        "faithful": Column("{row}.faithful", Kind.INTEGER),
        "percent": Column("round(100.0 * {row}.faithful / nullif({row}.objectives, 0), 2)", Kind.DECIMAL),
    },
)

VIEWS = (TEACH_BACK, INHERITED_INTENT, INTENT_FIDELITY)


def _levels(rows: Sequence[Json]) -> Sequence[Json]:
    return [[_level(level, list(of)) for level, of in groupby(_counts(row), lambda one: one[0])] for row in rows]


def _counts(row: Json) -> Sequence[tuple[int, str, int]]:
    return cast("Sequence[tuple[int, str, int]]", row)


def _level(level: int, counts: Sequence[tuple[int, str, int]]) -> Mapping[str, Json]:
    of_state = {state: count for _, state, count in counts}
    states = {state.lower(): of_state.get(state, 0) for state in IntentState}
    return {"level": level, "objectives": sum(of_state.values()), **states}


LEVELS = Computed(
    inputs=(
        "array_to_json(array(select json_build_array(c.level, c.state, c.number) "
        "from intent_levels({row}.id) c order by c.level, c.state))"
    ),
    compute=_levels,
    list_sizes={("StrategicObjective", "levels"): LEVELS_MAX},
)
"""How far an intent has arrived, level by level: counts of all that inherits it, seen or not."""

EXTENSIONS: Extensions = {
    "Objective": cast(
        "dict[str, Field]",
        {
            "intents": Many(
                "InheritedIntent",
                on="{child}.objective_id = {row}.id "
                "and {child}.strategic_objective_id in (select a.id from intents_above({row}.id) a)",
                order="{child}.strategic_objective_id",
                limit=INTENTS_MAX,
                implied=True,
            ),
            "teachBacks": Page("TeachBack", on="{child}.objective_id = {row}.id", orders=_SAID, implied=True),
        },
    ),
    "StrategicObjective": cast(
        "dict[str, Field]",
        {
            "levels": LEVELS,
            "inheritors": Page(
                "InheritedIntent",
                on="{child}.strategic_objective_id = {row}.id "
                "and {child}.objective_id in (select n.id from inheritors_of({row}.id) n)",
                orders=_NEWEST,
                filters={
                    "state": Filter("{child}.state = {value}", "text"),
                    "level": Filter(
                        "{value} = (select a.level from intents_above({child}.objective_id) a "
                        "where a.id = {child}.strategic_objective_id)",
                        "integer",
                    ),
                },
            ),
        },
    ),
}

ROOTS: Roots = {
    "intentFidelity": One(
        "IntentFidelity", on="true", filters={"unit": Filter("{child}.id = {value}", "uuid", prefix="unt")}
    ),
}
