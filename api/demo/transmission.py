"""What people of the demo remember of the strategy when they are asked, and what units promise each other."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from random import Random
from uuid import UUID

from api.demo.dates import ZONE, Period, morning, recently, working_time
from api.demo.roster import Level, Person
from api.demo.settling import Settled
from api.demo.story import Step
from domain.kernel import clock
from domain.kernel.work import begin
from domain.transmission.interlocks import service as interlocks
from domain.transmission.interlocks import service_proposing
from domain.transmission.interlocks.terms import NewInterlock, Party, Terms
from domain.transmission.recall import rules, service, service_answering
from domain.transmission.recall.terms import Mark, NewRound, RecallAbout

K = 3
BEFORE_THE_QUARTER = 40
"""So many days before the quarter that runs, everybody was asked; and once more some days ago."""
ASKED_DAYS_AGO = 3
OWN_WORDS: Mapping[str, tuple[str, str]] = {
    "F1": ("more profit from what we have", "把现有的用好，多赚钱"),
    "F2": ("cash instead of stock", "库存变现"),
    "C1": ("customers recommend us", "客户愿意推荐我们"),
    "C2": ("be on time", "准时"),
    "C3": ("new neighbourhoods", "开拓新社区"),
    "P1": ("recover the same day", "当天恢复"),
    "P2": ("right the first time", "一次做对"),
    "P3": ("answer once and for all", "一次答复到位"),
    "P4": ("build it once for all four", "四家公司只做一次"),
    "L1": ("goals we agree on", "自己认同的目标"),
    "L2": ("leads from our own ranks", "自己培养带头人"),
    "L3": ("one set of figures", "同一套数据"),
    "L4": ("everybody goes home safe", "平安回家"),
}
"""How people put a strategic objective, in English and in Chinese."""
BESIDE_IT = (("fewer meetings", "少开会"), ("more colleagues", "多招人"), ("lower prices", "降价"))
"""What is said and meant none of it."""
KNOWS = {
    Level.CHAIR: 0.9,
    Level.CHIEF: 0.9,
    Level.COMPANY: 0.8,
    Level.DEPARTMENT: 0.6,
    Level.TEAM: 0.45,
    Level.MEMBER: 0.3,
}
"""How likely somebody names one of the weightiest; others a third as likely."""
ANSWERS = 0.75
AWAITED = frozenset({"RET-ONL-1.1", "RET-ONL-1.lead", "RET-ONL.head", "AIR-NET-1.1", "GRP-STR.head", "GROUP.head"})
"""Whoever is shown has the question still before them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A promise of the running cycle: who, what, from and until which of its days, and what was done on which."""

    provider: str
    receiver: str
    output: tuple[str, str]
    criteria: tuple[str, str]
    day: int | None = None
    days_ago: int = 0
    due: int
    acts: tuple[tuple[int, str, str | None], ...]
    """So many days after it was proposed by the receiver: which use case, in which words."""


GIVEN = (
    Given(
        provider="TEC.head",
        receiver="RET-ONL.head",
        output=("Checkout that keeps the basket", "不丢购物车的结账流程"),
        criteria=("A basket survives a lost connection.", "断网后购物车内容仍在。"),
        day=6,
        due=60,
        acts=((1, "confirm", None), (48, "deliver", "It is live in all shops."), (50, "accept", None)),
    ),
    Given(
        provider="GRP-FIN.head",
        receiver="RET.head",
        output=("Margin of each shop, monthly", "每月各门店利润率"),
        criteria=("By the fifth working day, with last year beside it.", "第五个工作日前提供，附去年同期。"),
        day=5,
        due=45,
        acts=(
            (2, "confirm", None),
            (30, "deliver", "The first month is there."),
            (31, "reject", "Last year is missing."),
            (36, "deliver", "Now with last year."),
            (37, "accept", None),
        ),
    ),
    Given(
        provider="AIR-NET.head",
        receiver="AIR-GND.head",
        output=("Rotations for the winter", "冬季航班轮转计划"),
        criteria=("No turnaround below 40 minutes.", "过站时间不少于40分钟。"),
        day=8,
        due=50,
        acts=((1, "confirm", None), (55, "deliver", "Five days late, we are sorry."), (57, "accept", None)),
    ),
    Given(
        provider="MFG-QUA.head",
        receiver="RET-MER.head",
        output=("Test reports with each delivery", "随货附检验报告"),
        criteria=("One page for each batch.", "每批一页。"),
        day=10,
        due=70,
        acts=((3, "decline", "Our laboratory can only do this from next year on."),),
    ),
    Given(
        provider="GRP-HR.head",
        receiver="RET-ONL.head",
        output=("Two more developers", "增配两名开发人员"),
        criteria=("They begin before the next sale.", "在下次促销前到岗。"),
        day=20,
        due=170,
        acts=((2, "confirm", None),),
    ),
    Given(
        provider="RET-ONL-1.lead",
        receiver="RET-ONL-1.1",
        output=("Leave to settle returns alone", "独立处理退货的权限"),
        criteria=("Up to 50 in value, without asking.", "五十以内无需请示。"),
        days_ago=12,
        due=170,
        acts=((1, "confirm", None), (5, "deliver", "You can do it from today on.")),
    ),
    Given(
        provider="RET-ONL.head",
        receiver="TEC.head",
        output=("Data of returns, by the hour", "每小时退货数据"),
        criteria=("Complete for the last two years.", "含近两年完整数据。"),
        days_ago=2,
        due=170,
        acts=(),
    ),
)
"""Kept, kept at the second try, kept too late, declined, on its way, delivered to who is shown, and waiting."""


@dataclass(slots=True)
class Round:
    """A round of recall, once it is opened."""

    id: UUID | None = None
    ranks: dict[str, tuple[UUID, int]] = field(default_factory=dict[str, tuple[UUID, int]])
    """Ids of the priorities with their ranks, by the codes of their strategic objectives."""
    questions: dict[UUID, UUID] = field(default_factory=dict[UUID, UUID])
    """By the ids of whom they are asked."""


class Transmission:
    """Tells who remembered what, and which promises between units were kept."""

    def __init__(self, settled: Settled, period: Period, cycle_id: UUID, now: datetime) -> None:
        self._settled = settled
        self._period = period
        self._cycle_id = cycle_id
        self._now = now
        self._chance = settled.chance(29)

    def steps(self) -> Iterator[Step]:
        """Two rounds of recall, of which one is over, and promises in every state."""
        begun = rules.quarter_of(recently(self._now, ASKED_DAYS_AGO, Random(0)).date())
        yield from self._round(morning(begun, days=-BEFORE_THE_QUARTER), spared=frozenset(), takes_part=ANSWERS)
        asked_at = recently(self._now, ASKED_DAYS_AGO, self._chance)
        yield from self._round(asked_at, spared=AWAITED, takes_part=ANSWERS / 3)
        for number, one in enumerate(GIVEN):
            yield from self._promise(number, one)

    def _round(self, at: datetime, *, spared: frozenset[str], takes_part: float) -> Iterator[Step]:
        opened = Round()
        yield Step(at, partial(self._ask, opened, at))
        for person in self._settled.roster.persons:
            if person.slot not in spared and self._chance.random() < takes_part:
                after = timedelta(minutes=self._chance.randint(10, 4000))
                yield Step(at + after, partial(self._answer, opened, person, Random(self._chance.random())))

    async def _ask(self, opened: Round, at: datetime) -> None:
        office = self._settled.actor(self._settled.roster["GRP-STR.head"])
        new = NewRound(
            unit_id=self._settled.units["GROUP"],
            cycle_id=self._cycle_id,
            about=RecallAbout.OBJECTIVES,
            k=K,
            days=14,
        )
        opened.id = await service.ask(office, new, key=f"recall {at:%Y-%m-%d}")
        async with begin(office) as work:
            ranks = await work.connection.fetch(
                """select o.code, p.id, p.rank from recall_priority p
                   join strategic_objective o on o.tenant_id = p.tenant_id and o.id = p.strategic_objective_id
                   where p.tenant_id = $1 and p.round_id = $2""",
                office.tenant_id,
                opened.id,
            )
            asked = await work.connection.fetch(
                "select person_id, id from recall_question where tenant_id = $1 and round_id = $2",
                office.tenant_id,
                opened.id,
            )
        opened.ranks |= {row["code"]: (row["id"], row["rank"]) for row in ranks}
        opened.questions |= {row["person_id"]: row["id"] for row in asked}

    async def _answer(self, opened: Round, person: Person, chance: Random) -> None:
        question_id = opened.questions.get(person.id)
        if question_id is None:
            return
        actor, in_chinese = self._settled.actor(person), person.name[1] is not None
        codes = _remembered(opened, person, chance)
        words = [OWN_WORDS[code][in_chinese] for code in codes]
        if chance.random() < 0.4 and len(words) < rules.WORDS_MAX:
            words.append(chance.choice(BESIDE_IT)[in_chinese])
        await service_answering.say(actor, question_id, words, key=f"say {question_id}")
        if words:
            marks = [Mark(at, opened.ranks[code][0]) for at, code in enumerate(codes, start=1)]
            await service_answering.mark(actor, question_id, marks, key=f"mark {question_id}")

    def _promise(self, number: int, one: Given) -> Iterator[Step]:
        at = (
            recently(self._now, one.days_ago, self._chance)
            if one.day is None
            else working_time(self._period.starts_on + timedelta(days=one.day), self._chance)
        )
        made: list[UUID] = []
        yield Step(at, partial(self._propose, number, one, made))
        for version, (days, act, words) in enumerate(one.acts, start=1):
            yield Step(at + timedelta(days=days), partial(self._act, one, act, words, made, version))

    async def _propose(self, number: int, one: Given, made: list[UUID]) -> None:
        provider, receiver = self._settled.roster[one.provider], self._settled.roster[one.receiver]
        new = NewInterlock(
            cycle_id=self._cycle_id,
            provider=Party(person_id=provider.id),
            receiver=Party(person_id=receiver.id),
            terms=Terms(
                output=one.output[0],
                output_zh=one.output[1],
                criteria=one.criteria[0],
                criteria_zh=one.criteria[1],
                due_on=self._due_on(one),
            ),
        )
        key = f"promise {number}"
        made.append(await service_proposing.propose(self._settled.actor(receiver), new, key=key))

    def _due_on(self, one: Given) -> date:
        wanted = max(self._period.starts_on + timedelta(days=one.due), clock.today(ZONE))
        return min(wanted, self._period.ends_on)

    async def _act(self, one: Given, act: str, words: str | None, made: Sequence[UUID], version: int) -> None:
        provider, receiver = (self._settled.actor(self._settled.roster[slot]) for slot in (one.provider, one.receiver))
        [interlock_id], key = made, f"{act} {made[0]} {version}"
        match act:
            case "confirm":
                await service_proposing.confirm(provider, interlock_id, version=version, key=key)
            case "decline":
                await service_proposing.decline(provider, interlock_id, version=version, key=key, reason=words or "")
            case "deliver":
                await interlocks.deliver(provider, interlock_id, version=version, key=key, words=words)
            case "reject":
                await interlocks.reject(receiver, interlock_id, version=version, key=key, reason=words or "")
            case _:
                await interlocks.accept(receiver, interlock_id, version=version, key=key, words=words)


def _remembered(opened: Round, person: Person, chance: Random) -> list[str]:
    """Codes of the strategic objectives that come to somebody's mind, at most five."""
    likely = KNOWS[person.level]
    codes = sorted(opened.ranks, key=lambda code: opened.ranks[code][1])
    named = [code for code in codes if chance.random() < (likely if opened.ranks[code][1] <= K else likely / 3)]
    return named[: rules.WORDS_MAX]
