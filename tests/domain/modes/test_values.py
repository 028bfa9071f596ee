"""What a feature can be: refused with the path of what is wrong, or kept in its normal form."""

import orjson
import pytest

from domain.kernel.errors import InvalidInput
from domain.modes import rules, templates, values
from domain.modes.terms import DefaultRule, Feature, Json, LifeCycle, MissingData, ParentingStyle
from domain.people.terms import EnterpriseForm
from domain.scorecards.scoring.kinds import RuleKind
from tests.domain.modes.ground import chain, placed

SCORING: dict[str, Json] = {"rule": "STRETCH", "cap": "120.50", "floor": None, "missing": "ZERO", "covered": "0.70"}
GUIDE: dict[str, Json] = {"policy": "GUIDE", "quotas": [["A", 20], ["B", 80]], "smallest": 12}


@pytest.mark.parametrize(
    ("feature", "value", "path"),
    [
        (Feature.CYCLE, "MONTH", "values.cycle"),
        (Feature.CYCLE, None, "values.cycle"),
        (Feature.PARENTING_STYLE, "financial", "values.parentingStyle"),
        (Feature.HQ_KPIS, -1, "values.hqKpis"),
        (Feature.HQ_KPIS, 201, "values.hqKpis"),
        (Feature.HQ_KPIS, True, "values.hqKpis"),
        (Feature.HQ_KPI_SHARE, 101, "values.hqKpiShare"),
        (Feature.PERSPECTIVES, {}, "values.perspectives"),
        (Feature.PERSPECTIVES, {"FINANCIAL": 0, "CUSTOMER": 0}, "values.perspectives"),
        (Feature.PERSPECTIVES, {"FINANCIAL": -1}, "values.perspectives"),
        (Feature.PERSPECTIVES, {"FINANCIAL": 1001}, "values.perspectives"),
        (Feature.PERSPECTIVES, {"A/B": 1}, "values.perspectives"),
        (Feature.PERSPECTIVES, {str(at): 1 for at in range(11)}, "values.perspectives"),
        (Feature.INCENTIVES, {"FAME": 1}, "values.incentives"),
        (Feature.SCORING, {**SCORING, "rule": "RATIO"}, "values.scoring.rule"),
        (Feature.SCORING, {**SCORING, "cap": "99.99"}, "values.scoring.cap"),
        (Feature.SCORING, {**SCORING, "cap": "many"}, "values.scoring.cap"),
        (Feature.SCORING, {**SCORING, "floor": "99.01"}, "values.scoring.floor"),
        (Feature.SCORING, {**SCORING, "covered": "1.01"}, "values.scoring.covered"),
        (Feature.SCORING, {**SCORING, "covered": None}, "values.scoring.covered"),
        (Feature.SCORING, {**SCORING, "missing": "AVERAGE"}, "values.scoring.missing"),
        (Feature.DISTRIBUTION, {"policy": "GUIDE", "quotas": []}, "values.distribution.quotas"),
        (Feature.DISTRIBUTION, {"policy": "NONE", "quotas": [["A", 100]]}, "values.distribution.quotas"),
        (Feature.DISTRIBUTION, {**GUIDE, "quotas": [["A", 20], ["B", 79]]}, "values.distribution.quotas"),
        (Feature.DISTRIBUTION, {**GUIDE, "quotas": [["A", 20], ["A", 80]]}, "values.distribution.quotas"),
        (Feature.DISTRIBUTION, {**GUIDE, "quotas": [["A ", 20], ["B", 80]]}, "values.distribution.quotas"),
        (Feature.DISTRIBUTION, {**GUIDE, "smallest": 9}, "values.distribution.smallest"),
        (Feature.CURRENCY, "cny", "values.currency"),
        (Feature.CURRENCY, "YUAN", "values.currency"),
    ],
)
def test_what_makes_no_sense_is_refused_with_its_path(feature: Feature, value: Json, path: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        values.checked(feature, value)

    assert refused.value.field == path


@pytest.mark.parametrize(
    ("feature", "value", "kept"),
    [
        (Feature.CYCLE, "HALF_YEAR", "HALF_YEAR"),
        (Feature.HQ_KPIS, 0, 0),
        (Feature.HQ_KPIS, 200, 200),
        (Feature.INCENTIVES, {"MONEY": 3}, {"MONEY": 3, "RECOGNITION": 0, "GROWTH": 0, "AUTONOMY": 0}),
        (Feature.SCORING, SCORING, {**SCORING, "cap": "120.5", "covered": "0.7"}),
        (Feature.DISTRIBUTION, GUIDE, GUIDE),
        (Feature.DISTRIBUTION, {"policy": "NONE"}, {"policy": "NONE", "quotas": [], "smallest": 10}),
        (Feature.CURRENCY, "CNY", "CNY"),
    ],
)
def test_what_makes_sense_is_kept_in_its_normal_form(feature: Feature, value: Json, kept: Json) -> None:
    assert values.checked(feature, value) == kept


@pytest.mark.parametrize("form", EnterpriseForm)
@pytest.mark.parametrize("life_cycle", LifeCycle)
def test_what_templates_recommend_is_in_normal_form_and_survives_being_stored(form: str, life_cycle: LifeCycle) -> None:
    for style in ParentingStyle:
        for feature, value in templates.recommended(form, style, life_cycle).items():
            assert orjson.loads(orjson.dumps(values.checked(feature, value))) == value


def test_a_mode_is_read_back_as_typed_values() -> None:
    mode = rules.resolve(chain(placed(Feature.SCORING, SCORING), placed(Feature.DISTRIBUTION, GUIDE)))

    scoring, distribution = values.scoring(mode), values.distribution(mode)

    assert (scoring.rule, scoring.missing) == (DefaultRule.STRETCH, MissingData.ZERO)
    assert (str(scoring.cap), scoring.floor, str(scoring.covered)) == ("120.50", None, "0.70")
    assert (list(distribution.quotas.items()), distribution.smallest) == ([("A", 20), ("B", 80)], 12)


def test_default_rules_are_rules_of_scorecards() -> None:
    assert set(DefaultRule.__members__) <= set(RuleKind.__members__)
