"""The result of a person together with that of their unit, as the policy couples them (section 2.1.9)."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import cast

import orjson

from domain.kernel import numbers
from domain.kernel.views import Computed, Json
from domain.objectives import traces
from domain.scorecards.cards.views_rights import VISIBLE
from domain.scorecards.scoring import codec, coupling, grades
from domain.scorecards.scoring.arithmetic import HUNDRED
from domain.scorecards.scoring.policy import Policy

_OF_UNIT = (
    "select u.value::text from scorecard k join scorecard o on o.tenant_id = {tenant} and o.unit_id = k.unit_id "
    "and o.cycle_id = k.cycle_id and o.person_id is null and o.state <> 'DRAFT' "
    "join score u on u.tenant_id = {tenant} and u.scorecard_id = o.id and u.period = {row}.period "
    "where k.tenant_id = {tenant} and k.id = {row}.scorecard_id and k.person_id is not null and "
)
COUPLED = Computed(
    inputs=(
        "json_build_object('own', {row}.value::text, 'ceilings', "
        "coalesce(jsonb_path_query_array({row}.trace, '$.ceilings[*].grade'), '[]'), "
        "'policy', (select p.content::text from scoring_policy p where p.tenant_id = {tenant} "
        f"and p.id = {{row}}.policy_id), 'organisation', ({_OF_UNIT}{VISIBLE.replace('{row}', 'o')}))"
    ),
    compute=lambda rows: [_coupled(cast("Mapping[str, Json]", row)) for row in rows],
)
"""Null for a unit's score, and where either score is missing or that of the unit is not shared with the reader."""


def _coupled(row: Mapping[str, Json]) -> Json:
    own, organisation = row["own"], row["organisation"]
    if own is None or organisation is None:
        return None
    policy = _policy(str(row["policy"]))
    best = grades.ceiling([str(one) for one in cast("Sequence[Json]", row["ceilings"])], policy)
    value = HUNDRED * coupling.coefficient(
        policy.coupling, Decimal(str(organisation)) / HUNDRED, Decimal(str(own)) / HUNDRED
    )
    return {
        "how": str(policy.coupling.how),
        "organisation": numbers.plain(traces.shown(Decimal(str(organisation)))),
        "value": numbers.plain(traces.shown(value)),
        "payMultiple": numbers.plain(traces.shown(grades.pay_multiple(value, best, policy))),
    }


@lru_cache(64)
def _policy(written: str) -> Policy:
    return codec.record_of(Policy, orjson.loads(written))
