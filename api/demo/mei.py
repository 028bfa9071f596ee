"""The promises of the young employee whom a visitor meets first: two that run, a question to answer, a draft."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random

from api.demo.dates import recently, working_time
from api.demo.goals import ANYBODY, Goal
from api.demo.promises import Fate, Planner, Promise, written
from api.demo.roster import MEI, Roster

NOTE = "My first full half-year. The second one is the hard one."
QUESTION = "Who is it, and what should they be able to do alone by the end?"
REQUEST = "Two newcomers start next month; I would like to take one of them."


def promises(roster: Roster, planner: Planner, *, serves: Promise, now: datetime) -> Iterator[Promise]:
    """Hers of the cycle that runs, each serving one of her manager's."""
    chance = Random(roster.seed + 11)
    period, person = serves.period, roster[MEI]

    def made(goal: Goal, weight: int, begun_at: datetime, *, paces: tuple[float, ...], **told: object) -> Promise:
        content = written(person, goal, weight, serves=serves, cycles_ago=0, chance=Random(roster.seed))
        return Promise(
            owner=person,
            cycle_id=serves.cycle_id,
            period=period,
            written=content,
            begun_at=begun_at,
            paces=paces,
            visits=_weekly(begun_at, now, chance),
            **told,  # type: ignore[arg-type]
        )

    own, anybody = planner.goals[person.unit], planner.goals[ANYBODY]
    long_ago = working_time(period.starts_on - timedelta(days=9), chance)
    begun_at = working_time(period.starts_on - timedelta(days=6), chance)
    yield made(anybody[1], 10, long_ago, paces=(1, 1), fate=Fate.DRAFT)
    yield made(own[0], 45, begun_at, paces=(1.12, 0.82, 0.98), note=NOTE)
    yield made(own[1], 25, recently(now, 41, chance), paces=(1.02, 1.2))
    yield made(anybody[5], 20, recently(now, 2, chance), paces=(1,), fate=Fate.ASKED, note=REQUEST, answer=QUESTION)


def _weekly(begun_at: datetime, now: datetime, chance: Random) -> list[datetime]:
    """From nine days after the beginning, when it has been promised."""
    weeks = range((now - begun_at).days // 7)
    return [working_time((begun_at + timedelta(days=9 + 7 * week)).date(), chance) for week in weeks]
