"""What the people of the generated group promised: objectives of three cycles, key results, check-ins, approvals."""

from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from tests.benchmarks.group_people import COMPANY, DEPARTMENT, PEOPLE, TEAM, manager, person, unit
from tests.benchmarks.tables import TENANT, Row, Table, at, row_id

OBJECTIVES_EACH = 6
CHECK_INS_EACH = 5
CYCLES = (
    ("Half-year 2025 II", "2025年下半年", "2025-07-01", "2025-12-31"),
    ("Half-year 2026 I", "2026年上半年", "2026-01-01", "2026-06-30"),
    ("Half-year 2026 II", "2026年下半年", "2026-07-01", "2026-12-31"),
)
CURRENT = 2
CURRENT_EACH = 4
"""Of a person's objectives, those of the last cycle; the earlier cycles have one each."""
CURRENT_ONLY_FROM = 1_000_000
"""So many people have no earlier cycles, and more than the usual group one check-in on each key result: disks end."""
DAY = 24 * 60
WRITTEN = 500 * DAY
"""Minutes from the beginning to when the current cycle's objectives were written."""
VERSION_HASH = "5f2b" * 16
TITLES = (
    ("Shorten the way from order to delivery", "缩短从订单到交付的周期"),
    ("Win back the trust of key accounts", "赢回重点客户的信任"),
    ("Make every release uneventful", "让每次发布都平稳"),
    ("Grow the next generation of leaders", "培养下一代管理者"),
    ("Halve the cost of a complaint", "将投诉成本减半"),
    ("Open the second home market", "开拓第二个本土市场"),
)
MEASURED = (
    ("Days from order to delivery", "DECREASE", "days", 20, 8),
    ("Orders delivered on the promised day", "INCREASE", "%", 70, 95),
    ("Customers who would recommend us", "INCREASE", "%", 40, 67),
    ("Complaints per thousand orders", "DECREASE", "‰", 30, 9),
)
QUARTERS = (15, 33, 48, 63, 78)
"""Percent of the way from start to target at each check-in."""


class Objective(NamedTuple):
    number: int
    owner: int
    slot: int

    @property
    def id(self) -> str:
        return objective_id(self.number)

    @property
    def cycle(self) -> int:
        return CURRENT if self.slot < CURRENT_EACH else self.slot - CURRENT_EACH

    @property
    def minute(self) -> int:
        return WRITTEN - (CURRENT - self.cycle) * 180 * DAY + self.slot * 10 + self.owner % 600

    @property
    def state(self) -> str:
        if self.cycle != CURRENT:
            return "MISSED" if self.owner % 4 == 0 else "ACHIEVED"
        if self.slot == CURRENT_EACH - 1 and self.owner % 5 == 0:
            return "DRAFT"
        # The head of the group has nobody who approves.
        return "SUBMITTED" if self.slot == CURRENT_EACH - 2 and self.owner % 3 == 0 and self.owner else "ACTIVE"

    @property
    def approver(self) -> int:
        above = manager(self.owner)
        return 1 if above is None else above

    @property
    def key_results(self) -> int:
        return 4 if self.number % 3 == 0 else 3


def objective_id(number: int) -> str:
    owner, slot = divmod(number, OBJECTIVES_EACH)
    return row_id(20, number, Objective(number, owner, slot).minute)


def approval_id(objective: Objective) -> str:
    return row_id(21, objective.number, objective.minute + DAY)


def cycle_id(number: int) -> str:
    return row_id(22, number, 0)


def key_result_id(objective: Objective, position: int) -> str:
    return row_id(23, objective.number * 10 + position, objective.minute)


def check_in_id(number: int, minute: int) -> str:
    return row_id(24, number, minute)


def all_objectives(people: int) -> Iterator[Objective]:
    each = OBJECTIVES_EACH if people < CURRENT_ONLY_FROM else CURRENT_EACH
    for owner in range(people):
        for slot in range(each):
            yield Objective(owner * OBJECTIVES_EACH + slot, owner, slot)


def cycles(_: int) -> Iterator[Row]:
    for number, (name, chinese, starts, ends) in enumerate(CYCLES):
        yield TENANT, cycle_id(number), name, chinese, starts, ends, None if number == CURRENT else f"{ends} 12:00Z"


def parent(objective: Objective) -> str | None:
    """The same slot of the manager's objectives."""
    above = manager(objective.owner)
    return None if above is None else objective_id(above * OBJECTIVES_EACH + objective.slot)


def audience(owner: int) -> str:
    if owner % COMPANY == 0:
        return "GROUP"
    return "UNIT" if owner % DEPARTMENT == 0 or owner % 2 else "CHAIN"


def weights(count: int) -> tuple[int, ...]:
    return (25, 25, 25, 25) if count == 4 else (34, 33, 33)


def measured(objective: Objective, position: int) -> tuple[str, str, str, int, int]:
    return MEASURED[(objective.number + position) % len(MEASURED)]


@cache
def value(start: int, target: int, way: int) -> Decimal:
    """The value this many percent of the way from start to target, to one decimal."""
    return (start + Decimal(target - start) * way / 100).quantize(Decimal("0.1"))


@cache
def progress(start: int, target: int, way: int) -> Decimal:
    return 100 * (value(start, target, way) - start) / (target - start)


def last_way(objective: Objective) -> int:
    return QUARTERS[-1] if objective.slot % 2 else QUARTERS[-1] + objective.owner % 20


@cache
def mean(parts: tuple[tuple[int, int, int], ...]) -> Decimal:
    shares = weights(len(parts))
    return sum((share * progress(*part) for share, part in zip(shares, parts, strict=True)), Decimal(0)) / 100


def objectives(people: int) -> Iterator[Row]:
    for one in all_objectives(people):
        starts = [measured(one, position)[3:] for position in range(one.key_results)]
        reached = mean(tuple((start, target, last_way(one)) for start, target in starts))
        title, chinese = TITLES[one.number % len(TITLES)]
        is_promised = one.state in ("ACTIVE", "ACHIEVED", "MISSED")
        submitted = None if one.state == "DRAFT" else at(one.minute + DAY)
        approved = at(one.minute + 2 * DAY) if is_promised else None
        closed = None if one.cycle == CURRENT else f"{CYCLES[one.cycle][3]} 12:00Z"
        yield (
            TENANT, one.id, person(one.owner), unit(TEAM, one.owner), cycle_id(one.cycle), parent(one),
            chinese if one.owner % 3 else title, "What we promised to our customers.", audience(one.owner), 25,
            one.state, 1, VERSION_HASH, reached if is_promised else None,
            at(one.minute), at(one.minute + 3 * DAY), submitted, approved, closed,
        )  # fmt: skip


def key_results(people: int) -> Iterator[Row]:
    count = 0
    for one in all_objectives(people):
        for position, weight in enumerate(weights(one.key_results)):
            title, kind, unit_of_measure, start, target = measured(one, position)
            way = last_way(one)
            last = check_in_id(*check_in_key(CHECK_INS_EACH - 1, one, count))
            yield (
                TENANT, key_result_id(one, position), one.id, position + 1, title, kind, unit_of_measure, weight,
                start, target, value(start, target, way), progress(start, target, way), last, at(one.minute + 3 * DAY),
            )  # fmt: skip
            count += 1


def check_in_key(turn: int, objective: Objective, count: int) -> tuple[int, int]:
    """Number and minute of the check-in of a key result in one of the five turns: weekly, all people in turn."""
    return turn * 200_000 + count, objective.minute + (3 + 7 * turn) * DAY


def check_ins(people: int) -> Iterator[Row]:
    """In the order of time: those of one key result lie far from each other, as they would."""
    for turn, usual in enumerate(QUARTERS):
        if people > PEOPLE and turn < CHECK_INS_EACH - 1:
            continue
        count = 0
        is_last = turn == CHECK_INS_EACH - 1
        for one in all_objectives(people):
            way = last_way(one) if is_last else usual
            when, author = at(check_in_key(turn, one, count)[1]), person(one.owner)
            for position in range(one.key_results):
                _, _, _, start, target = measured(one, position)
                key = check_in_id(*check_in_key(turn, one, count))
                yield (
                    TENANT, key, one.id, key_result_id(one, position), "PERSON", author,
                    value(start, target, way), 5 + count % 5, "As planned." if count % 4 == 0 else None, when,
                )  # fmt: skip
                count += 1


def approvals(people: int) -> Iterator[Row]:
    for one in all_objectives(people):
        if one.state == "DRAFT":
            continue
        asked, decided = at(one.minute + DAY), at(one.minute + 2 * DAY)
        is_open = one.state == "SUBMITTED"
        state, decided_by = ("OPEN", None) if is_open else ("APPROVED", person(one.approver))
        yield (
            TENANT, approval_id(one), one.id, person(one.approver), person(one.owner), asked, 1, VERSION_HASH,
            state, None, "[]", decided_by, None if is_open else decided,
        )  # fmt: skip


def inbox_items(people: int) -> Iterator[Row]:
    """The owner hears of each approval, the approver of each request that was made."""
    for one in all_objectives(people):
        if one.state == "DRAFT":
            continue
        approval, minute = approval_id(one), one.minute + DAY
        owner, approver = person(one.owner), person(one.approver)
        is_open = one.state == "SUBMITTED"
        read = at(minute + 60) if one.number % 4 or not is_open else None
        yield (
            TENANT, row_id(25, one.number, minute), approver, "APPROVAL_REQUESTED", "objective", one.id, approval,
            owner, f"APPROVAL_REQUESTED:{approval}", "OPEN" if is_open else "DONE",
            at(minute), at(minute + 7 * DAY), read, None if is_open else at(minute + DAY),
        )  # fmt: skip
        if not is_open:
            yield (
                TENANT, row_id(26, one.number, minute + DAY), owner, "OBJECTIVE_APPROVED", "objective", one.id,
                approval, approver, f"OBJECTIVE_APPROVED:{approval}", "OPEN",
                at(minute + DAY), at(minute + 8 * DAY), at(minute + 2 * DAY) if one.number % 3 else None, None,
            )  # fmt: skip


TABLES = (
    Table("cycle", ("tenant_id", "id", "name", "name_zh", "starts_on", "ends_on", "closed_at"), cycles),
    Table(
        "objective",
        (
            "tenant_id", "id", "owner_id", "unit_id", "cycle_id", "parent_id", "title", "why", "audience", "weight",
            "state", "version", "version_hash", "progress", "created_at", "updated_at", "submitted_at", "approved_at",
            "closed_at",
        ),
        objectives,
    ),
    Table(
        "key_result",
        (
            "tenant_id", "id", "objective_id", "position", "title", "kind", "unit_of_measure", "weight", "start",
            "target", "current", "progress", "latest_check_in_id", "updated_at",
        ),
        key_results,
    ),
    Table(
        "check_in",
        (
            "tenant_id", "id", "objective_id", "key_result_id", "source", "author_id", "value", "confidence", "note",
            "recorded_at",
        ),
        check_ins,
    ),
    Table(
        "approval",
        (
            "tenant_id", "id", "objective_id", "approver_id", "requested_by_id", "requested_at", "version",
            "version_hash", "state", "note", "changes", "decided_by_id", "decided_at",
        ),
        approvals,
    ),
    Table(
        "inbox_item",
        (
            "tenant_id", "id", "person_id", "kind", "subject_type", "subject_id", "approval_id", "actor_id",
            "dedupe_key", "state", "created_at", "expires_at", "read_at", "done_at",
        ),
        inbox_items,
    ),
)  # fmt: skip
