"""Rules, cards and policies as JSON and back; and the path of each mistake."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import cast

import pytest

from domain.kernel.errors import InvalidInput
from domain.scorecards.scoring import codec, kinds
from domain.scorecards.scoring.evidence import Binary, Keeping, Maintain, Milestone, Milestones, Peers
from domain.scorecards.scoring.kinds import Rule, RuleKind
from domain.scorecards.scoring.lines import (
    Asymmetric,
    LargerBetter,
    LossRule,
    Okr,
    SignedTarget,
    SmallerBetter,
    StepCount,
    Steps,
)
from domain.scorecards.scoring.policy import Policy
from domain.scorecards.scoring.tables import Bands, Efficacy, Interpolated, Ordinal, Range, Stretch
from tests.domain.scorecards.scoring.samples import numbers

D = Decimal
EVERY_RULE: tuple[Rule, ...] = (
    LargerBetter(target=D(100)),
    SmallerBetter(target=D("-0.5"), baseline=D(7)),
    Range(zero_low=D(1), full_low=D(2), full_high=D(3), zero_high=D(4)),
    Binary(),
    Milestones(milestones=(Milestone(key="a", weight=1, due_on=date(2026, 3, 31), is_gate=True),)),
    Bands(edges=numbers(1, 2), points=numbers(0, 50, 100)),
    Interpolated(knots=numbers(1, 2), points=numbers(0, 100), below=D(0)),
    Efficacy(standards=numbers(5, 4, 3, 2, 1)),
    Stretch(threshold=D(80), target=D(100), stretch=D(120)),
    Steps(target=D(1), step=D(1), count=StepCount.WHOLE, bonus_points=D(1), penalty_points=D(2)),
    Asymmetric(target=D(1), gain=D(1), loss=D(2)),
    SignedTarget(target=D(-100), losses=LossRule()),
    Peers(),
    Okr(target=D(1), all_or_nothing=True),
    Maintain(keeping=Keeping.WITHIN, plan=D(95)),
    Ordinal(zones=("低", "高"), points=numbers(0, 100)),
)


def test_every_kind_of_rule_is_here() -> None:
    assert {kinds.kind_of(rule) for rule in EVERY_RULE} == set(RuleKind)


@pytest.mark.parametrize("rule", EVERY_RULE, ids=lambda rule: kinds.kind_of(cast("Rule", rule)))
def test_a_rule_comes_back_as_it_was_kept(rule: Rule) -> None:
    written = codec.json_of(rule)

    assert codec.rule_of(written) == rule
    assert written["kind"] == kinds.kind_of(rule)


def test_every_field_is_written_so_that_a_later_default_changes_nothing() -> None:
    assert codec.json_of(LargerBetter(target=D("1E+2"))) == {"kind": "LARGER_BETTER", "target": "100", "baseline": "0"}


def test_equal_values_have_equal_bytes() -> None:
    rules = [
        LargerBetter(target=D(text), baseline=D(low)) for text, low in (("100", "-0"), ("1E+2", "0.00"), ("100.0", "0"))
    ]

    assert len({codec.canonical(codec.json_of(rule)) for rule in rules}) == 1


MISTAKES = (
    (r"null", "rule"),
    (r"[]", "rule"),
    (r"{}", "rule.kind"),
    (r'{"kind": "GUESS"}', "rule.kind"),
    (r'{"kind": 5}', "rule.kind"),
    (r'{"kind": "OKR"}', "rule.target"),
    (r'{"kind": "OKR", "target": null}', "rule.target"),
    (r'{"kind": "OKR", "target": 1.5}', "rule.target"),
    (r'{"kind": "OKR", "target": true}', "rule.target"),
    (r'{"kind": "OKR", "target": "ten"}', "rule.target"),
    (r'{"kind": "OKR", "target": "NaN"}', "rule.target"),
    (r'{"kind": "OKR", "target": "1E+400"}', "rule.target"),
    (r'{"kind": "OKR", "target": "1E-21"}', "rule.target"),
    (r'{"kind": "OKR", "target": "0"}', "rule.target"),
    (r'{"kind": "OKR", "target": "1", "allOrNothing": "yes"}', "rule.allOrNothing"),
    (r'{"kind": "OKR", "target": "1", "all_or_nothing": true}', "rule.all_or_nothing"),
    (r'{"kind": "BANDS", "edges": "1", "points": []}', "rule.edges"),
    (r'{"kind": "BANDS", "edges": ["1", {}], "points": []}', "rule.edges.1"),
    ('{"kind": "BANDS", "points": [], "edges": [' + '"1",' * 2000 + '"1"]}', "rule.edges"),
    (r'{"kind": "BANDS", "edges": ["1"], "points": ["0", "1"], "edgeBelongs": "BOTH"}', "rule.edgeBelongs"),
    (r'{"kind": "SIGNED_TARGET", "target": "-1", "losses": {"gainShare": "2"}}', "rule.losses.gainShare"),
    (r'{"kind": "SIGNED_TARGET", "target": "-1", "losses": 3}', "rule.losses"),
    (r'{"kind": "ORDINAL", "zones": ["A", "\u0000"], "points": ["0", "1"]}', "rule.zones.1"),
    ('{"kind": "ORDINAL", "points": [], "zones": ["' + "A" * 401 + '"]}', "rule.zones.0"),
    (r'{"kind": "MILESTONES", "milestones": [{"key": "a", "weight": 1, "dueOn": "soon"}]}', "rule.milestones.0.dueOn"),
    (r'{"kind": "MILESTONES", "milestones": [{"key": "a", "weight": "1"}]}', "rule.milestones.0.weight"),
    (
        r'{"kind": "MILESTONES", "milestones": [{"key": "a", "weight": 0, "dueOn": "2026-01-01"}]}',
        "rule.milestones.0.weight",
    ),
    (r'{"kind": "ORDINAL", "points": [], "zones": ["\ud800"]}', "rule.zones.0"),
)


@pytest.mark.parametrize(("written", "path"), MISTAKES)
def test_a_mistake_has_a_path(written: str, path: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        codec.rule_of(json.loads(written))

    assert refused.value.field == path


def test_a_policy_comes_back_as_it_was_kept() -> None:
    policy = replace(Policy(version="2026-1"), grade_step=D("0.1"))

    assert codec.record_of(Policy, codec.plain(policy)) == policy
