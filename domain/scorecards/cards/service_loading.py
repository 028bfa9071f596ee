"""What published cards are scored from: as many statements for many cards as for one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, cast
from uuid import UUID

import orjson

from domain.scorecards.cards import mode_scoring, readings, rules, service_policies
from domain.scorecards.cards.assembly import Below, Counting, Facts, ItemRow, Kept, Row, Subject
from domain.scorecards.cards.mode_scoring import ModeScoring
from domain.scorecards.cards.readings import Figure
from domain.scorecards.cards.terms import ExtraDraft, ItemKind, Months
from domain.scorecards.scoring import codec
from domain.scorecards.scoring.kinds import Rule
from domain.scorecards.scoring.policy import Policy
from domain.scorecards.scoring.terms import Aggregation, CardPerspective, Extra, ExtraKind, Gate, ScoreStatus

if TYPE_CHECKING:
    from asyncpg import Record

    from domain.kernel.database import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """Published cards, what is known of what they count, and their scores by card and month."""

    subjects: Sequence[Subject]
    facts: Facts
    kept: Mapping[UUID, Kept]


async def load(connection: "Connection", tenant_id: UUID, card_ids: Sequence[UUID], today: date) -> Loaded:
    """Those of the cards that are published, with everything that their scores depend on."""
    rows = await connection.fetch(_CARDS, tenant_id, card_ids)
    ids = [row["id"] for row in rows]
    perspectives = _grouped(await connection.fetch(_PERSPECTIVES, tenant_id, ids))
    items = await connection.fetch(_ITEMS, tenant_id, ids, today)
    extras = _grouped(await connection.fetch(_EXTRAS, tenant_id, ids))
    counting = _grouped(items)
    subjects = [
        _subject(
            row,
            perspectives=perspectives.get(row["id"], []),
            items=counting.get(row["id"], []),
            extras=extras.get(row["id"], []),
            today=today,
        )
        for row in rows
    ]
    facts = await _facts(connection, tenant_id, items, rows)
    return Loaded(subjects=subjects, facts=facts, kept=await _kept(connection, tenant_id, ids))


def _grouped(rows: "Sequence[Record]") -> "dict[UUID, list[Record]]":
    found: dict[UUID, list[Record]] = {}
    for row in rows:
        found.setdefault(row["scorecard_id"], []).append(row)
    return found


_CARDS = """
select k.id, k.difficulty, k.closed_through, k.policy_id, k.mode_scoring, p.content, c.starts_on, c.ends_on
from scorecard k join cycle c on c.tenant_id = $1 and c.id = k.cycle_id
join scoring_policy p on p.tenant_id = $1 and p.id = k.policy_id
where k.tenant_id = $1 and k.id = any($2) and k.state = 'PUBLISHED' order by k.id"""
_PERSPECTIVES = """
select x.scorecard_id, p.code, x.weight, x.aggregation from scorecard_perspective x
join perspective p on p.tenant_id = $1 and p.id = x.perspective_id
where x.tenant_id = $1 and x.scorecard_id = any($2) order by x.scorecard_id, x.position"""
_ITEMS = """
select i.*, p.code, coalesce(m.lag_days, 0) as lag_days, coalesce(m.provider_id = k.person_id
    or k.person_id is null and exists (select from employment e where e.tenant_id = $1 and e.person_id = m.provider_id
      and e.unit_id = k.unit_id and e.valid_from <= $3 and $3 < e.valid_to), false) as owed_by_scored
from scorecard_item i join scorecard k on k.tenant_id = $1 and k.id = i.scorecard_id
join scorecard_perspective x on x.tenant_id = $1 and x.id = i.card_perspective_id
join perspective p on p.tenant_id = $1 and p.id = x.perspective_id
left join measure m on m.tenant_id = $1 and m.id = i.measure_id
where i.tenant_id = $1 and i.scorecard_id = any($2) order by i.scorecard_id, i.position"""
_EXTRAS = """
select e.*, coalesce(p.name, '?') as authority from scorecard_extra e
left join person p on p.tenant_id = $1 and p.id = e.by_id
where e.tenant_id = $1 and e.scorecard_id = any($2) and e.withdrawn_at is null
order by e.scorecard_id, e.period, e.id"""


def _subject(
    row: "Record",
    *,
    perspectives: "Sequence[Record]",
    items: "Sequence[Record]",
    extras: "Sequence[Record]",
    today: date,
) -> Subject:
    policy, own = _policy(row["content"]), _mode_scoring(row["mode_scoring"])
    return Subject(
        id=row["id"],
        starts_on=row["starts_on"],
        months=readings.months_of(row["starts_on"], row["ends_on"], today),
        closed_through=row["closed_through"],
        policy_id=row["policy_id"],
        policy=mode_scoring.under(policy, own),
        onto=mode_scoring.onto(policy, own),
        difficulty=row["difficulty"],
        perspectives=tuple(
            CardPerspective(
                key=one["code"],
                weight=one["weight"],
                aggregation=None if one["aggregation"] is None else Aggregation(one["aggregation"]),
            )
            for one in perspectives
        ),
        items=[_counting(one) for one in items],
        extras=[(one["period"], _extra(one)) for one in extras],
    )


def _counting(row: "Record") -> Counting:
    sources = (row["measure_id"], row["objective_id"], row["of_scorecard_id"])
    return Counting(
        id=row["id"],
        title=row["title"],
        perspective=row["code"],
        kind=ItemKind(row["kind"]),
        weight=row["weight"],
        rule=_rule(row["rule"]),
        gate=None if row["gate"] is None else _gate(row["gate"]),
        cap=row["cap"],
        floor=row["floor"],
        months=Months(row["months"]),
        source_id=next(one for one in sources if one is not None),
        is_confidential=row["is_confidential"],
        lag_days=row["lag_days"],
        owed_by_scored=row["owed_by_scored"],
    )


def _extra(row: "Record") -> Extra:
    told = ExtraDraft(
        id=row["id"],
        kind=ExtraKind(row["kind"]),
        period=row["period"],
        title=row["title"],
        evidence=row["evidence"],
        points=row["points"],
        ceiling=row["ceiling"],
    )
    return rules.engine_extra(told, authority=row["authority"])


# The same few rules and policies stand in very many cards.
@lru_cache(4096)
def _rule(written: str) -> Rule:
    return codec.rule_of(orjson.loads(written))


@lru_cache(1024)
def _gate(written: str) -> Gate:
    return codec.record_of(Gate, orjson.loads(written))


@lru_cache(64)
def _policy(written: str) -> Policy:
    return service_policies.policy_of(written)


@lru_cache(256)
def _mode_scoring(written: str | None) -> ModeScoring | None:
    return mode_scoring.read(None if written is None else orjson.loads(written))


async def _facts(
    connection: "Connection", tenant_id: UUID, items: "Sequence[Record]", cards: "Sequence[Record]"
) -> Facts:
    first = min((row["starts_on"] for row in cards), default=date.min).replace(day=1)
    last = max((row["ends_on"] for row in cards), default=date.min)
    wanted = {
        column: list({row[column] for row in items if row[column] is not None})
        for column in ("measure_id", "objective_id", "of_scorecard_id")
    }
    actuals = await connection.fetch(_ACTUALS, tenant_id, wanted["measure_id"], first, last)
    objectives = await connection.fetch(_OBJECTIVES, tenant_id, wanted["objective_id"])
    below = await connection.fetch(_BELOW, tenant_id, wanted["of_scorecard_id"])
    figures: dict[UUID, dict[date, Figure]] = {}
    waived: dict[UUID, frozenset[date]] = {}
    for row in actuals:
        if row["value"] is not None:
            figures.setdefault(row["measure_id"], {})[row["period"]] = Figure(
                value=row["value"], is_disputed=row["quality"] == "DISPUTED", origin=row["source"]
            )
        elif row["missing"] == "NOT_APPLICABLE":
            waived[row["measure_id"]] = waived.get(row["measure_id"], frozenset()) | {row["period"]}
    scores: dict[UUID, dict[date, Below]] = {}
    for row in below:
        scores.setdefault(row["scorecard_id"], {})[row["period"]] = Below(
            value=row["value"], policy=str(row["version"])
        )
    progress = {row["id"]: (row["state"], row["progress"]) for row in objectives}
    return Facts(figures=figures, waived=waived, objectives=progress, below=scores)


_ACTUALS = """
select a.measure_id, a.period, a.value, a.missing, a.quality, a.source from current_actual a
where a.tenant_id = $1 and a.measure_id = any($2) and a.period between $3 and $4"""
_OBJECTIVES = """
select o.id, o.state, case when r.objective_id is null then o.progress else r.score end as progress
from objective o left join roll_up r on r.tenant_id = $1 and r.objective_id = o.id
where o.tenant_id = $1 and o.id = any($2)"""
_BELOW = f"""
select s.scorecard_id, s.period, case when s.status = '{ScoreStatus.SCORED}' then s.value end as value, p.version
from score s join scoring_policy p on p.tenant_id = $1 and p.id = s.policy_id
where s.tenant_id = $1 and s.scorecard_id = any($2)"""


async def _kept(connection: "Connection", tenant_id: UUID, card_ids: Sequence[UUID]) -> Mapping[UUID, Kept]:
    items: dict[tuple[UUID, date], dict[UUID, ItemRow]] = {}
    for row in await connection.fetch(
        """select scorecard_id, period, item_id, state, reading, value, light from item_score
           where tenant_id = $1 and scorecard_id = any($2)""",
        tenant_id,
        card_ids,
    ):
        fresh = ItemRow(row["state"], row["reading"], row["value"], row["light"])
        items.setdefault((row["scorecard_id"], row["period"]), {})[row["item_id"]] = fresh
    found: dict[UUID, dict[date, Row]] = {}
    for row in await connection.fetch(
        """select scorecard_id, period, status, value, covered, grade, light, trace, policy_id from score
           where tenant_id = $1 and scorecard_id = any($2)""",
        tenant_id,
        card_ids,
    ):
        found.setdefault(row["scorecard_id"], {})[row["period"]] = Row(
            status=row["status"],
            value=row["value"],
            covered=row["covered"],
            grade=row["grade"],
            light=row["light"],
            trace=cast("object", orjson.loads(row["trace"])),
            policy_id=row["policy_id"],
            items=items.get((row["scorecard_id"], row["period"]), {}),
        )
    return found
