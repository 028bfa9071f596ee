"""Time, identity of rows, permits, refusals and events: the small values that every slice relies on."""

import time
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import ClassVar
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.kernel import claims, clock, errors, ids, permits
from domain.kernel.actor import Actor, Role
from domain.kernel.errors import NotFound, NotPermitted
from domain.kernel.events import Event
from domain.kernel.permits import Action, Relation

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
ROW = UUID("0199a000-0000-7000-8000-00000000000a")


def test_the_clock_tells_aware_instants_in_utc() -> None:
    before = datetime.now(UTC)

    now = clock.now()

    assert before <= now <= datetime.now(UTC)
    assert now.tzinfo is UTC


def test_a_stopped_clock_moves_only_when_it_is_moved() -> None:
    with clock.frozen(NOON):
        first = clock.now()
        clock.advance(timedelta(minutes=5))
        with clock.frozen(datetime(2020, 1, 1, tzinfo=UTC)):
            inner = clock.now()
        later = clock.now()

    assert (first, inner, later) == (NOON, datetime(2020, 1, 1, tzinfo=UTC), NOON + timedelta(minutes=5))
    with pytest.raises(RuntimeError):
        clock.advance(timedelta(seconds=1))


def test_a_clock_is_never_stopped_at_a_naive_instant() -> None:
    with pytest.raises(ValueError, match="aware"), clock.frozen(datetime(2026, 1, 1)):  # noqa: DTZ001 - that is the point
        pass


@pytest.mark.parametrize(
    ("zone", "today"),
    [
        ("UTC", date(2026, 12, 31)),
        ("Asia/Shanghai", date(2027, 1, 1)),
        ("America/Los_Angeles", date(2026, 12, 31)),
        ("Pacific/Kiritimati", date(2027, 1, 1)),
    ],
)
def test_today_is_the_date_of_the_zone(zone: str, today: date) -> None:
    with clock.frozen(datetime(2026, 12, 31, 20, tzinfo=UTC)):
        assert clock.today(zone) == today


def test_a_new_id_is_a_uuid_of_version_7_that_holds_the_millisecond() -> None:
    before = time.time_ns() // 1_000_000

    made = ids.new_id()

    assert (made.version, made.variant) == (7, "specified in RFC 4122")
    assert before <= made.int >> 80 <= time.time_ns() // 1_000_000


def test_ten_thousand_new_ids_differ() -> None:
    assert len({ids.new_id() for _ in range(10_000)}) == 10_000


@given(st.uuids(), st.from_regex(r"[a-z]{2,3}", fullmatch=True))
def test_a_public_id_leads_back_to_its_row(row_id: UUID, prefix: str) -> None:
    public = ids.public(prefix, row_id)

    assert public == f"{prefix}_{row_id}"
    assert ids.prefix_of(public) == prefix
    assert ids.row_id(prefix, public) == row_id


@pytest.mark.parametrize(
    "text",
    [
        "",
        "obj",
        "obj_",
        f"per_{ROW}",
        f"OBJ_{ROW}",
        f"obj__{ROW}",
        f"obj_{ROW} ",
        f"obj_{{{ROW}}}",
        f"obj_urn:uuid:{ROW}",
        f"obj_{ROW.hex}",
        f"{ROW}",
        "obj_0199a000-0000-7000-8000-00000000000g",
        "obj_０199a000-0000-7000-8000-00000000000a",
    ],
)
def test_anything_else_is_no_public_id(text: str) -> None:
    with pytest.raises(NotFound):
        ids.row_id("obj", text)


def test_a_client_may_write_its_ids_in_capitals() -> None:
    assert ids.row_id("obj", f"obj_{str(ROW).upper()}") == ROW


@pytest.mark.parametrize(("text", "prefix"), [("obj_1", "obj"), ("obj", ""), ("", ""), ("_x", ""), ("a_b_c", "a")])
def test_a_prefix_ends_at_the_first_underscore(text: str, prefix: str) -> None:
    assert ids.prefix_of(text) == prefix


PERMITTED = {
    Action.EDIT: {Relation.OWNER},
    Action.SUBMIT: {Relation.OWNER},
    Action.WITHDRAW: {Relation.OWNER},
    Action.APPROVE: {Relation.APPROVER},
    Action.DECLINE: {Relation.APPROVER},
    Action.REQUEST_INFORMATION: {Relation.APPROVER},
    Action.CHECK_IN: {Relation.OWNER},
    Action.RECORD_ACTUALS: {Relation.PARTNER, Relation.PROVIDER, Relation.STRATEGY_OFFICE},
    Action.DEFINE_MEASURE: {Relation.STRATEGY_OFFICE},
    Action.ADJUST_ACTUAL: {Relation.PARTNER, Relation.PROVIDER, Relation.STRATEGY_OFFICE},
    Action.DECIDE_ADJUSTMENT: {Relation.OWNER, Relation.STRATEGY_OFFICE},
    Action.WITHDRAW_ADJUSTMENT: {Relation.PROPOSER},
    Action.KEEP_CYCLES: {Relation.STRATEGY_OFFICE},
    Action.KEEP_SEASONS: {Relation.STRATEGY_OFFICE},
    Action.KEEP_AWARD_RULES: {Relation.STRATEGY_OFFICE},
    Action.KEEP_WORK_CALENDAR: {Relation.STRATEGY_OFFICE},
    Action.KEEP_STRATEGY: {Relation.STRATEGY_OFFICE},
    Action.KEEP_PLANS: {Relation.STRATEGY_OFFICE},
    Action.READ_ASSUMPTION: {Relation.OWNER, Relation.STRATEGY_OFFICE},
    Action.KEEP_MODES: {Relation.STRATEGY_OFFICE, Relation.LEADER},
    Action.SAY_BACK: {Relation.OWNER},
    Action.CONFIRM_SAY_BACK: {Relation.MANAGER, Relation.STRATEGY_OFFICE},
    Action.RETURN_SAY_BACK: {Relation.MANAGER, Relation.STRATEGY_OFFICE},
    Action.KEEP_RATCHET: {Relation.STRATEGY_OFFICE},
    Action.ASK_EXEMPTION: {Relation.OWNER},
    Action.GRANT_EXEMPTION: {Relation.MANAGER},
    Action.CONFIRM_EXEMPTION: {Relation.HR_PARTNER, Relation.STRATEGY_OFFICE},
    Action.DECLINE_EXEMPTION: {Relation.MANAGER, Relation.HR_PARTNER, Relation.STRATEGY_OFFICE},
    Action.PROPOSE_CONTRIBUTIONS: {Relation.OWNER},
    Action.AGREE_CONTRIBUTIONS: {Relation.MANAGER, Relation.STRATEGY_OFFICE},
    Action.CASCADE_TARGET: {Relation.OWNER},
    Action.ALIGN: {Relation.OWNER, Relation.STRATEGY_OFFICE},
    Action.ANSWER_ALIGNMENT: {Relation.ASKED},
    Action.WITHDRAW_ALIGNMENT: {Relation.PROPOSER},
    Action.MOVE_PERSON: {Relation.HR_PARTNER, Relation.ADMINISTRATOR},
    Action.CHANGE_STRUCTURE: {Relation.ADMINISTRATOR},
    Action.GRANT_ROLE: {Relation.ADMINISTRATOR},
    Action.KEEP_SCORECARD: {Relation.MANAGER, Relation.STRATEGY_OFFICE},
    Action.CLOSE_SCORES: {Relation.STRATEGY_OFFICE},
    Action.ADD_EXTRA: {Relation.STRATEGY_OFFICE},
    Action.KEEP_SCORING_POLICY: {Relation.STRATEGY_OFFICE},
    Action.KEEP_POSITION_KPIS: {Relation.STRATEGY_OFFICE},
    Action.ASK_RECALL: {Relation.STRATEGY_OFFICE},
    Action.PROPOSE_INTERLOCK: {Relation.PROVIDER, Relation.RECEIVER, Relation.MANAGER, Relation.STRATEGY_OFFICE},
    Action.AMEND_INTERLOCK: {Relation.PROPOSER},
    Action.CONFIRM_INTERLOCK: {Relation.ASKED},
    Action.DELIVER_INTERLOCK: {Relation.PROVIDER},
    Action.ANSWER_INTERLOCK: {Relation.RECEIVER},
    Action.WITHDRAW_INTERLOCK: {Relation.PROPOSER, Relation.RECEIVER},
    Action.HAND_OVER_INTERLOCK: {Relation.MANAGER, Relation.STRATEGY_OFFICE},
    Action.POST_MESSAGE: {Relation.READER},
    Action.EDIT_MESSAGE: {Relation.AUTHOR},
    Action.DELETE_MESSAGE: {Relation.AUTHOR},
    Action.REACT_TO_MESSAGE: {Relation.READER},
    Action.PIN_MESSAGE: {Relation.RECIPIENT},
    Action.REPORT_MESSAGE: {Relation.READER},
    Action.SETTLE_REPORT: {Relation.HR_PARTNER, Relation.STRATEGY_OFFICE},
    Action.ANSWER_REQUEST: {Relation.ASKED},
    Action.DECLINE_REQUEST: {Relation.ASKED},
    Action.WITHDRAW_REQUEST: {Relation.PROPOSER},
    Action.KEEP_VALUES: {Relation.STRATEGY_OFFICE},
    Action.ADD_PARTICIPANT: {Relation.PARTICIPANT},
    Action.PROPOSE_WIDENING: {Relation.PARTICIPANT},
    Action.ANSWER_WIDENING: {Relation.ASKED},
}


@pytest.mark.parametrize("action", Action)
@pytest.mark.parametrize("relation", Relation)
def test_each_relation_permits_exactly_its_actions(action: Action, relation: Relation) -> None:
    expected = relation in PERMITTED[action]

    assert permits.permitted(action, [relation]) is expected
    if expected:
        permits.require(action, [relation])
    else:
        with pytest.raises(NotPermitted) as refused:
            permits.require(action, [relation])
        assert refused.value.message.endswith(".")


@pytest.mark.parametrize("action", Action)
def test_without_a_relation_nothing_is_permitted(action: Action) -> None:
    assert not permits.permitted(action, [])


@pytest.mark.parametrize(
    ("error", "code", "message"),
    [
        (errors.NotFound(), "not_found", "This does not exist or is not shared with you."),
        (errors.NotFound("The cycle"), "not_found", "The cycle does not exist or is not shared with you."),
        (errors.NotPermitted("No."), "not_permitted", "No."),
        (errors.InvalidInput("Bad.", field="title"), "invalid_input", "Bad."),
        (errors.StaleVersion(ROW), "stale_version", "This was changed since you opened it."),
        (errors.KeyReused(), "key_reused", "This idempotency key was used for another request."),
    ],
)
def test_a_refusal_has_a_stable_code_and_a_sentence(error: errors.DomainError, code: str, message: str) -> None:
    assert (error.code, error.message, str(error)) == (code, message, message)


def test_a_refusal_may_say_what_helps_in_this_very_case() -> None:
    error = errors.InvalidInput("Bad.", help="Do better.")

    assert error.help == "Do better."
    assert errors.InvalidInput("Bad.").help is None


def test_an_actor_is_a_person_or_a_client() -> None:
    person = Actor(tenant_id=ROW, zone="UTC", person_id=ROW, roles=frozenset({Role.EMPLOYEE}))
    nobody = Actor(tenant_id=ROW, zone="UTC")

    assert person.id == ROW
    with pytest.raises(ValueError, match="person or a client"):
        _ = nobody.id


@dataclass(frozen=True, slots=True, kw_only=True)
class KettleBoiled(Event):
    """A fact for this test."""

    subject_type: ClassVar[str] = "kettle"
    by_id: UUID
    cups: int
    note: str | None = None


def test_the_payload_of_an_event_is_what_its_class_adds() -> None:
    event = KettleBoiled(subject_id=ROW, by_id=ROW, cups=2, hearers=(ROW,))

    assert event.kind == "KettleBoiled"
    assert event.payload() == {"by_id": str(ROW), "cups": 2, "note": None}


def test_an_event_carries_nothing_that_json_would_bend() -> None:
    event = KettleBoiled(subject_id=ROW, by_id=ROW, cups=Decimal("1.5"))  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType] - the refusal is the test

    with pytest.raises(TypeError, match="Decimal"):
        event.payload()


@pytest.mark.parametrize(
    ("attempts", "spread", "seconds"),
    [(1, 0.5, 2), (2, 0.5, 4), (8, 0.5, 256), (1, 0.0, 1.6), (1, 1.0, 2.4), (30, 0.5, 3600), (2000, 0.5, 3600)],
)
def test_the_pause_doubles_up_to_an_hour(attempts: int, spread: float, seconds: float) -> None:
    assert claims.back_off(attempts, spread=spread) == timedelta(seconds=seconds)


@given(st.integers(1, 100))
def test_the_pause_is_spread_by_a_fifth(attempts: int) -> None:
    middle = min(2.0**attempts, 3600)

    assert 0.8 * middle <= claims.back_off(attempts).total_seconds() <= 1.2 * middle
