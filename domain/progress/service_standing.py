"""Use cases of how far one is: level, badges and streak, made of facts whenever they are asked for."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import orjson

from domain.kernel import clock, database
from domain.kernel.actor import Actor
from domain.progress import badges, levels, streaks
from domain.progress.badges import Held
from domain.progress.levels import Level
from domain.progress.service_mine import person
from domain.progress.streaks import Calendar, Span, Streak

DAYS_MAX = 10_000
"""Days on which a rule earned: older ones are left out."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a person is; the level is of the season that runs, None between seasons."""

    level: Level | None
    badges: Sequence[Held]
    streak: Streak


async def progress(actor: Actor) -> Progress:
    """How far the actor is, today in their own zone. Nothing of it is kept: it follows from what was earned."""
    with database.tenant(actor.tenant_id):
        async with database.connection() as connection:
            row = await connection.fetchrow(_FACTS, actor.tenant_id, person(actor), clock.today(actor.zone), DAYS_MAX)
    assert row is not None, "the person is there"
    earned = orjson.loads(row["earned"])
    calendar = _calendar(orjson.loads(row["off"]), orjson.loads(row["days"]), orjson.loads(row["seasons"]))
    instants = [datetime.fromisoformat(one[edge]) for one in earned for edge in ("first", "last")]
    streak = streaks.streak(streaks.mondays(instants, row["zone"]), calendar, today=clock.today(row["zone"]))
    return Progress(
        level=None if row["season_points"] is None else levels.level(row["season_points"]),
        badges=badges.held(_by_rule(earned), streak.reached),
        streak=streak,
    )


def _by_rule(earned: Sequence[dict[str, Any]]) -> dict[str, list[date]]:
    """The day of each fact that earned something, by the rule's code."""
    days: dict[str, list[date]] = defaultdict(list)
    for one in earned:
        days[one["reason"]] += [date.fromisoformat(one["earned_on"])] * one["facts"]
    return days


def _calendar(
    off: Sequence[dict[str, str]], days: Sequence[dict[str, Any]], seasons: Sequence[dict[str, str]]
) -> Calendar:
    return Calendar(
        exceptions={date.fromisoformat(one["on_day"]): one["works"] for one in days},
        time_off=[_span(one) for one in off],
        seasons=[_span(one) for one in seasons],
    )


def _span(row: dict[str, str]) -> Span:
    return Span(date.fromisoformat(row["starts_on"]), date.fromisoformat(row["ends_on"]))


OLDEST = timedelta(days=7) * streaks.WEEKS_MAX
_FACTS = f"""
select p.zone,
  (select coalesce(st.points, 0) from season s
   left join standing st on st.tenant_id = s.tenant_id and st.season_id = s.id and st.person_id = p.id
   where s.tenant_id = $1 and s.starts_on <= $3 and $3 <= s.ends_on) as season_points,
  (select coalesce(jsonb_agg(to_jsonb(e)), '[]') from (
     select reason, earned_on, min(earned_at) as first, max(earned_at) as last,
            (count(*) filter (where points > 0))::integer as facts
     from point_entry where tenant_id = $1 and person_id = $2
     group by reason, earned_on order by earned_on desc, reason limit $4) e) as earned,
  (select coalesce(jsonb_agg(to_jsonb(o)), '[]') from time_off o
   where o.tenant_id = $1 and o.person_id = $2) as off,
  (select coalesce(jsonb_agg(to_jsonb(d)), '[]') from work_day d
   where d.tenant_id = $1 and d.on_day > $3::date - {OLDEST.days} and d.on_day < $3::date + 7) as days,
  (select coalesce(jsonb_agg(to_jsonb(s)), '[]') from season s where s.tenant_id = $1) as seasons
from person p where p.tenant_id = $1 and p.id = $2"""
