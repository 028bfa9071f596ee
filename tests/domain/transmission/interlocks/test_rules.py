"""A promise moves only as both sides agreed, and is kept only by what was delivered in time and accepted."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from domain.kernel.errors import DomainError, InvalidInput
from domain.transmission.interlocks import rules
from domain.transmission.interlocks.errors import InterlockOverdue, InterlockSettled
from domain.transmission.interlocks.rules import Standing
from domain.transmission.interlocks.terms import InterlockAct as A
from domain.transmission.interlocks.terms import InterlockOutcome
from domain.transmission.interlocks.terms import InterlockStatus as S
from tests.domain.transmission.interlocks.promising import DUE, TERMS

LATE, EARLY = DUE + timedelta(days=1), DUE - timedelta(days=1)
ALLOWED = {
    (A.AMEND, S.PROPOSED): S.PROPOSED,
    (A.CONFIRM, S.PROPOSED): S.CONFIRMED,
    (A.DECLINE, S.PROPOSED): S.DECLINED,
    (A.DELIVER, S.CONFIRMED): S.DELIVERED,
    (A.DELIVER, S.REJECTED): S.DELIVERED,
    (A.ACCEPT, S.DELIVERED): S.ACCEPTED,
    (A.REJECT, S.DELIVERED): S.REJECTED,
    (A.WITHDRAW, S.PROPOSED): S.WITHDRAWN,
    (A.WITHDRAW, S.CONFIRMED): S.WITHDRAWN,
    (A.WITHDRAW, S.REJECTED): S.WITHDRAWN,
    **{(A.HAND_OVER, one): one for one in (S.PROPOSED, S.CONFIRMED, S.DELIVERED, S.REJECTED)},
}


def at(status: S, *, both: bool = True, delivered_on: date | None = None) -> Standing:
    return Standing(status=status, is_confirmed_by_both=both, due_on=DUE, delivered_on=delivered_on)


@pytest.mark.parametrize(("act", "status"), list(product(A, S)))
def test_each_act_follows_on_few_states(act: A, status: S) -> None:
    if (act, status) in ALLOWED:
        assert rules.follow(act, at(status), today=DUE) is ALLOWED[act, status]
    else:
        with pytest.raises(InterlockSettled):
            rules.follow(act, at(status), today=DUE)


def test_one_confirmation_is_not_enough() -> None:
    assert rules.follow(A.CONFIRM, at(S.PROPOSED, both=False), today=DUE) is S.PROPOSED


@pytest.mark.parametrize("status", [S.CONFIRMED, S.REJECTED])
def test_what_was_missed_is_not_withdrawn(status: S) -> None:
    with pytest.raises(InterlockOverdue):
        rules.follow(A.WITHDRAW, at(status), today=LATE)


def test_a_proposal_is_withdrawn_at_any_time() -> None:
    assert rules.follow(A.WITHDRAW, at(S.PROPOSED, both=False), today=LATE) is S.WITHDRAWN


@pytest.mark.parametrize(
    ("status", "delivered_on", "today", "expected"),
    [
        (S.PROPOSED, None, LATE, None),
        (S.DECLINED, None, LATE, None),
        (S.WITHDRAWN, None, LATE, None),
        (S.CONFIRMED, None, DUE, InterlockOutcome.OPEN),
        (S.CONFIRMED, None, LATE, InterlockOutcome.BROKEN),
        (S.DELIVERED, DUE, LATE, InterlockOutcome.OPEN),
        (S.DELIVERED, LATE, LATE, InterlockOutcome.BROKEN),
        (S.ACCEPTED, DUE, LATE, InterlockOutcome.KEPT),
        (S.ACCEPTED, LATE, LATE, InterlockOutcome.BROKEN),
        (S.REJECTED, EARLY, DUE, InterlockOutcome.OPEN),
        (S.REJECTED, EARLY, LATE, InterlockOutcome.BROKEN),
    ],
)
def test_kept_is_what_was_delivered_by_its_date_and_accepted(
    status: S, delivered_on: date | None, today: date, expected: InterlockOutcome | None
) -> None:
    assert rules.outcome(at(status, delivered_on=delivered_on), today=today) is expected


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"output": " "}, "output"),
        ({"output": "o" * 201}, "output"),
        ({"criteria": ""}, "criteria"),
        ({"output_zh": " "}, "outputZh"),
        ({"criteria_zh": "准\x00"}, "criteriaZh"),
        ({"weight": 0}, "weight"),
        ({"weight": 1001}, "weight"),
        ({"due_on": EARLY}, "dueOn"),
    ],
)
def test_terms_say_what_until_when_and_how_good(changed: dict[str, str], field: str) -> None:
    rules.check_terms(TERMS, today=DUE)

    with pytest.raises(InvalidInput) as refused:
        rules.check_terms(replace(TERMS, **changed), today=DUE)  # type: ignore[arg-type]

    assert refused.value.field == field


@dataclass
class Book:
    """What an honest clerk would note of a promise."""

    confirmed: bool = False
    accepted_in_time: bool = False
    was_late: bool = False


class Promise(RuleBasedStateMachine):
    """Any acts on any days: the rules and a clerk agree on what was kept."""

    @initialize()
    def begin(self) -> None:
        self.today, self.book = DUE - timedelta(days=3), Book()
        self.standing = at(S.PROPOSED, both=False)
        self.delivered_in_time = False

    @rule(days=st.integers(0, 3))
    def wait(self, days: int) -> None:
        self.today += timedelta(days=days)

    @rule()
    def confirm_both(self) -> None:
        if self._follow(A.CONFIRM, both=True):
            self.book.confirmed = True

    @rule()
    def deliver(self) -> None:
        if self._follow(A.DELIVER):
            self.standing = replace(self.standing, delivered_on=self.today)
            self.delivered_in_time = self.today <= DUE

    @rule()
    def accept(self) -> None:
        if self._follow(A.ACCEPT):
            self.book.accepted_in_time = self.delivered_in_time

    @rule(act=st.sampled_from([A.REJECT, A.WITHDRAW, A.DECLINE, A.AMEND, A.HAND_OVER]))
    def others(self, act: A) -> None:
        self._follow(act)

    def _follow(self, act: A, *, both: bool | None = None) -> bool:
        asked = self.standing if both is None else replace(self.standing, is_confirmed_by_both=both)
        try:
            after = rules.follow(act, asked, today=self.today)
        except DomainError:
            return False
        self.standing = replace(asked, status=after)
        return True

    @invariant()
    def kept_means_confirmed_and_accepted_in_time(self) -> None:
        found = rules.outcome(self.standing, today=self.today)
        assert (found is InterlockOutcome.KEPT) == self.book.accepted_in_time
        assert found is None or self.book.confirmed

    @invariant()
    def what_is_broken_stays_broken(self) -> None:
        found = rules.outcome(self.standing, today=self.today)
        if self.book.was_late and found is not InterlockOutcome.OPEN:
            assert found is InterlockOutcome.BROKEN
        self.book.was_late = found is InterlockOutcome.BROKEN


TestPromise = Promise.TestCase


@given(st.sampled_from(sorted(S)), st.integers(-3, 3), st.integers(0, 3), st.integers(0, 3))
def test_a_later_day_never_mends_what_was_missed(status: S, delivered: int, today: int, later: int) -> None:
    standing = at(status, delivered_on=DUE + timedelta(days=delivered))
    first = rules.outcome(standing, today=DUE + timedelta(days=today))

    again = rules.outcome(standing, today=DUE + timedelta(days=today + later))

    assert first is not InterlockOutcome.BROKEN or again is InterlockOutcome.BROKEN
