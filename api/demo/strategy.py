"""The strategies of the demo: written and published by the strategy office, served by the top goals, said back."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from api.demo.dates import FOUNDED_AT, RECORD, Period, morning
from api.demo.promises import Fate, Promise
from api.demo.roster import Person
from api.demo.settling import Settled
from api.demo.story import Step
from domain.kernel.actor import Actor
from domain.kernel.work import begin
from domain.objectives import service_teach_backs
from domain.objectives.cascading import service_aligning, service_answering
from domain.objectives.cascading.service_aligning import Proposal
from domain.objectives.cascading.terms import AlignmentMethod
from domain.strategy import service, service_intents, service_publishing
from domain.strategy.terms import (
    CausalLinkDraft,
    IntentDraft,
    LinkSign,
    LongTermGoalDraft,
    MapDraft,
    StrategicObjectiveDraft,
    ThemeDraft,
    WaypointDraft,
)

DATA = Path(__file__).parent / "data"
SERVED = {
    "GROUP.head": ("F1", "L1"),
    "AIR.head": ("C2", "P1"),
    "MFG.head": ("P2", "L4"),
    "RET.head": ("C1", "P3"),
    "TEC.head": ("L3", "P4"),
    "GRP-FIN.head": ("F2", "P4"),
    "GRP-HR.head": ("L2", "L1"),
}
"""Which strategic objectives the first and the second promise of the running cycle serve."""
SHARPENED = IntentDraft(
    why="Our margin is still a point and a half below that of comparable groups, and fuel has become dearer.",
    what_changes="Each company removes its largest waste this half-year, and says by name who does without what.",
    will_not_do="We do not cut training, safety or maintenance, and we do not raise prices where we are alone.",
)
"""What the intent of F1 says since some days ago: who said the first version back is asked once more."""

CONFIRMED = ""
SAID: tuple[tuple[int, str, str, str, str | None], ...] = (
    # days after the cycle began, who, which intent, in what words, and the answer: None waits
    (2, "RET.head", "F1", "Earn more by wasting less, company by company, without touching training.", CONFIRMED),
    (2, "MFG.head", "F1", "我们先消除最大的浪费，绝不拿安全和维护来换当期数字。", CONFIRMED),
    (3, "AIR.head", "F1", "Find the largest waste in each rotation; maintenance is not a saving.", CONFIRMED),
    (3, "RET.head", "C1", "Whoever serves may solve it on the spot; praise is earned, not asked for.", CONFIRMED),
    (4, "RET-ONL.head", "C1", "让客户自己愿意推荐：谁接待谁就能当场解决，不买好评。", CONFIRMED),
    (
        5,
        "RET-STO.head",
        "C1",
        "Sell more to each guest.",
        "That is what may come of it. What changes in a shop tomorrow?",
    ),
    (6, "RET-ONL-1.lead", "C1", "Whoever answers may decide, and the guest says whether it was solved.", CONFIRMED),
    (
        9,
        "RET-ONL-1.1",
        "C1",
        "I may solve a return myself, and I ask the guest if it helped. We never buy praise.",
        None,
    ),
)
SAID_ANEW: tuple[tuple[int, str, str, str, str | None], ...] = (
    (1, "GROUP.head", "F1", "One waste less in each company, by name; safety and prices do not pay.", CONFIRMED),
    (2, "RET.head", "F1", "One waste less this half-year, by name; prices stay where we are alone.", CONFIRMED),
    (3, "MFG.head", "F1", "这半年拿掉最大的一项浪费，并说清谁放弃什么。", None),
    (4, "RET-ONL.head", "F1", "先停掉一件顾客不需要的事，省下的时间用来兑现承诺。", CONFIRMED),
    (6, "RET-ONL-1.lead", "F1", "One kind of request less: the page answers it, and nobody hurries.", CONFIRMED),
)


def read(name: str, settled: Settled, starts_on: date) -> MapDraft:
    """The map of a file, of which the first year is that of a day."""
    with (DATA / name).open("rb") as opened:
        told = tomllib.load(opened)
    year = starts_on.year
    return MapDraft(
        starts_on=date(year, 1, 1),
        ends_on=date(year + told["years"] - 1, 12, 31),
        mission=told["mission"][0],
        mission_zh=told["mission"][1],
        vision=told["vision"][0],
        vision_zh=told["vision"][1],
        themes=tuple(ThemeDraft(code=one[0], name=one[1], name_zh=one[2], weight=one[3]) for one in told["themes"]),
        goals=tuple(_goal(year - 1, *one) for one in told["goals"]),
        objectives=tuple(_objective(settled, one) for one in told["objective"]),
        links=tuple(_link(*one) for one in told["links"]),
    )


def _goal(
    year: int,
    code: str,
    title: Sequence[str],
    theme: str,
    unit: str,
    baseline: float,
    target: float,
    years: int,
    waypoints: Sequence[tuple[int, float]],
) -> LongTermGoalDraft:
    return LongTermGoalDraft(
        code=code,
        title=title[0],
        title_zh=title[1],
        theme=theme,
        unit_of_measure=unit,
        baseline=Decimal(str(baseline)),
        baseline_year=year,
        target=Decimal(str(target)),
        target_year=year + years,
        waypoints=tuple(WaypointDraft(year=year + after, value=Decimal(str(value))) for after, value in waypoints),
    )


def _objective(settled: Settled, told: Mapping[str, Any]) -> StrategicObjectiveDraft:
    why, what_changes, will_not_do = told["intent"]
    return StrategicObjectiveDraft(
        code=told["code"],
        title=told["title"][0],
        title_zh=told["title"][1],
        perspective=told["perspective"],
        theme=told["theme"],
        weight=told["weight"],
        goal=told.get("goal"),
        owner_id=settled.roster[told["owner"]].id,
        intent=IntentDraft(why=why, what_changes=what_changes, will_not_do=will_not_do),
    )


def _link(cause: str, effect: str, sign: str, lag_months: int, hypothesis: str) -> CausalLinkDraft:
    return CausalLinkDraft(
        cause=cause, effect=effect, sign=LinkSign(sign), lag_months=lag_months, hypothesis=hypothesis
    )


@dataclass(slots=True)
class Strategy:
    """A published strategy: its strategic objectives and the intents that hold, by their codes."""

    unit: str
    id: UUID | None = None
    objectives: dict[str, UUID] = field(default_factory=dict[str, UUID])
    intents: dict[str, UUID] = field(default_factory=dict[str, UUID])
    owners: dict[str, Person] = field(default_factory=dict[str, Person])


class Strategies:
    """Tells how the strategies of the group and of its airline came to be, and what became of them."""

    def __init__(self, settled: Settled) -> None:
        self._settled = settled
        self.group = Strategy("GROUP")
        self.airline = Strategy("AIR")

    @property
    def _office(self) -> Actor:
        return self._settled.actor(self._settled.roster["GRP-STR.head"])

    def publications(self, cycles: Sequence[Period]) -> Iterator[Step]:
        """The airline's before the year of the public record, the group's before the first cycle."""
        wanted = (
            (self.airline, "strategy_airline.toml", RECORD.starts_on, FOUNDED_AT + timedelta(days=2)),
            (self.group, "strategy.toml", cycles[0].starts_on, morning(cycles[0].starts_on, days=-45)),
        )
        for strategy, name, starts_on, at in wanted:
            yield Step(at, partial(self._publish, strategy, name, starts_on))

    async def _publish(self, strategy: Strategy, name: str, starts_on: date) -> None:
        office, unit_id = self._office, self._settled.units[strategy.unit]
        draft = read(name, self._settled, starts_on)
        persons = {person.id: person for person in self._settled.roster.persons}
        strategy.owners |= {one.code: persons[one.owner_id] for one in draft.objectives if one.owner_id}
        strategy.id = await service.write_map(office, unit_id, draft, version=0, key=f"map of {strategy.unit}")
        await service_publishing.publish(office, strategy.id, version=1, key=f"publish {strategy.unit}")
        await self._learn(strategy)

    async def _learn(self, strategy: Strategy) -> None:
        """Which ids the rows were given."""
        async with begin(self._office) as work:
            known = await service_intents.current(work, _told(strategy.id))
            strategy.objectives |= {code: one.objective_id for code, one in known.items()}
            rows = await work.connection.fetch(
                """select distinct on (strategic_objective_id) strategic_objective_id, id from intent
                   where tenant_id = $1 and strategic_objective_id = any($2)
                   order by strategic_objective_id, version desc""",
                work.actor.tenant_id,
                list(strategy.objectives.values()),
            )
        newest = {row["strategic_objective_id"]: row["id"] for row in rows}
        strategy.intents |= {code: newest[row_id] for code, row_id in strategy.objectives.items()}

    def alignments(self, promises: Sequence[Promise], period: Period) -> Iterator[Step]:
        """The top goals of the running cycle serve strategic objectives: their owners propose it, and it is agreed."""
        at = morning(period.starts_on, days=-12)
        for slot, codes in SERVED.items():
            own = [one for one in promises if one.owner.slot == slot and _is_promised(one, period)]
            own.sort(key=lambda promise: -promise.written.weight)
            for promise, code in zip(own, codes, strict=False):
                yield Step(at, partial(self._align, promise, code))

    async def _align(self, promise: Promise, code: str) -> None:
        proposal = Proposal(
            child_id=promise.id,
            method=AlignmentMethod.WEIGHTED,
            strategic_objective_id=self.group.objectives[code],
            weight=100,
        )
        owner = self._settled.actor(promise.owner)
        alignment_id = await service_aligning.propose(owner, proposal, key=f"serve {code} {promise.id}")
        agreeing = self.group.owners[code]
        if agreeing is not promise.owner:
            key = f"agree {alignment_id}"
            await service_answering.accept(self._settled.actor(agreeing), alignment_id, version=1, key=key)

    def teach_backs(self, promises: Sequence[Promise], period: Period, now: datetime) -> Iterator[Step]:
        """Confirmed, returned, waiting, and out of date since the intent was sharpened."""
        first = {
            one.owner.slot: one for one in sorted(promises, key=lambda one: one.written.weight) if one.period == period
        }
        for days, slot, code, words, answer in SAID:
            at = morning(period.starts_on, days=days)
            yield Step(at, partial(self._say_back, first[slot], code, words, answer))
        yield Step(now - timedelta(days=50), self._sharpen)
        for days, slot, code, words, answer in SAID_ANEW:
            yield Step(now - timedelta(days=50 - days), partial(self._say_back, first[slot], code, words, answer))

    async def _sharpen(self) -> None:
        office, objective_id = self._office, self.group.objectives["F1"]
        await service_intents.write(office, objective_id, SHARPENED, version=2, key="sharpen F1")
        await self._learn(self.group)

    async def _say_back(self, promise: Promise, code: str, words: str, answer: str | None) -> None:
        owner, intent_id = self._settled.actor(promise.owner), self.group.intents[code]
        key = f"say {promise.id} {intent_id}"
        said_id = await service_teach_backs.say_back(owner, promise.id, intent_id, words, key=key)
        line = self._settled.actor(promise.approver)
        if answer == CONFIRMED:
            await service_teach_backs.confirm(line, said_id, key=f"confirm {said_id}")
        elif answer is not None:
            await service_teach_backs.give_back(line, said_id, reason=answer, key=f"return {said_id}")


def _is_promised(promise: Promise, period: Period) -> bool:
    return promise.period == period and promise.fate is Fate.PROMISED


def _told(row_id: UUID | None) -> UUID:
    if row_id is None:
        raise LookupError("the strategy is not written yet")
    return row_id
