"""What the schema promises everywhere: sentences, one input per mutation, refusals as data, lists with limits."""

import importlib
import pkgutil
import re
from collections.abc import Iterator

import pytest
from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLUnionType,
)

import domain
from api import problem, schema
from api.reading import catalogue
from api.scorecards.actual_mutations import FIGURE_PROBLEMS
from domain.kernel import errors
from domain.kernel.errors import DomainError
from domain.kernel.permits import Action
from domain.kernel.views import Many, One, Page
from domain.objectives import rules

CORE = schema.core()
OURS = {name: one for name, one in CORE.type_map.items() if not name.startswith("__")}
BUILT_IN = {"Boolean", "Float", "ID", "Int", "String"}
SENTENCE = re.compile(r"[A-Z0-9`].*[.?!)]", re.DOTALL)
assert CORE.mutation_type is not None
MUTATIONS: dict[str, GraphQLField] = dict(CORE.mutation_type.fields)
SAYS_NOTHING = {"signOut": "it ends the session that asks"}
WITH_INPUT = sorted(MUTATIONS.keys() - SAYS_NOTHING.keys())
OF_OBJECTIVES = {
    "editObjective": Action.EDIT,
    "submitObjective": Action.SUBMIT,
    "withdrawObjective": Action.WITHDRAW,
    "approveObjective": Action.APPROVE,
    "declineObjective": Action.DECLINE,
    "requestInformation": Action.REQUEST_INFORMATION,
    "checkIn": Action.CHECK_IN,
}


def described() -> Iterator[tuple[str, str | None]]:
    """The coordinate and the description of everything that has one."""
    for name, one in OURS.items():
        if name in BUILT_IN:
            continue
        yield name, one.description
        if isinstance(one, GraphQLEnumType):
            yield from ((f"{name}.{value}", found.description) for value, found in one.values.items())
        if isinstance(one, GraphQLInputObjectType):
            yield from ((f"{name}.{field}", found.description) for field, found in one.fields.items())
        if isinstance(one, GraphQLObjectType | GraphQLInterfaceType):
            for field, found in one.fields.items():
                yield f"{name}.{field}", found.description
                yield from ((f"{name}.{field}({arg}:)", given.description) for arg, given in found.args.items())


def test_everything_is_described_in_full_sentences() -> None:
    wrong = [name for name, text in described() if text is None or not SENTENCE.fullmatch(text)]

    assert wrong == []


def written(typed: GraphQLField | GraphQLArgument) -> str:
    """The type as the schema writes it."""
    return str(typed.type)  # pyright: ignore[reportUnknownMemberType, reportUnknownArgumentType] - graphql-core leaves it open


def answers(name: str) -> set[str]:
    """The names of the members of a mutation's result."""
    result = CORE.type_map[written(MUTATIONS[name]).rstrip("!")]
    assert isinstance(result, GraphQLUnionType)
    return {one.name for one in result.types}


def is_problem(name: str) -> bool:
    found = CORE.type_map[name]
    return isinstance(found, GraphQLObjectType) and any(one.name == "Problem" for one in found.interfaces)


def input_of(name: str) -> GraphQLInputObjectType:
    found = CORE.type_map[written(MUTATIONS[name].args["input"]).rstrip("!")]
    assert isinstance(found, GraphQLInputObjectType)
    return found


@pytest.mark.parametrize("name", WITH_INPUT)
def test_a_mutation_takes_one_input(name: str) -> None:
    arguments = MUTATIONS[name].args

    assert list(arguments) == ["input"]
    assert written(arguments["input"]).endswith("!")


def test_who_has_nothing_to_say_takes_no_input() -> None:
    assert {name for name, field in MUTATIONS.items() if not field.args} == set(SAYS_NOTHING)


@pytest.mark.parametrize("name", MUTATIONS)
def test_a_mutation_answers_the_thing_or_a_problem(name: str) -> None:
    things = {one for one in answers(name) if not is_problem(one)}

    assert len(things) == 1
    assert answers(name) - things


@pytest.mark.parametrize("name", WITH_INPUT)
def test_what_an_input_asks_for_can_also_be_refused(name: str) -> None:
    asked, refused = set(input_of(name).fields), answers(name)

    if "idempotencyKey" in asked:
        assert {"KeyReused", "InvalidInput"} <= refused
    if "expectedVersion" in asked:
        assert {"StaleVersion", "NotFound", "NotPermitted"} <= refused


@pytest.mark.parametrize(("name", "action"), OF_OBJECTIVES.items())
def test_what_the_rules_refuse_is_an_answer_of_the_mutation(name: str, action: Action) -> None:
    with pytest.raises(DomainError) as refused:
        rules.follow(action, "ARCHIVED")

    assert type(problem.of(refused.value)).__name__ in answers(name)


def all_errors(of: type[DomainError] = DomainError) -> Iterator[type[DomainError]]:
    for one in of.__subclasses__():
        if one.__module__.startswith(("domain.", "api.")):
            yield one
        yield from all_errors(one)


ELSEWHERE = {
    "domain.people.rules": "units, positions and persons are changed at the command line",
    "domain.progress.errors": "nothing is spent and nothing taken back by the schema yet",
    "domain.people.service_importing": "files are read at the command line",
}


def test_every_refusal_of_the_domain_is_a_problem_of_the_schema() -> None:
    for module in pkgutil.walk_packages(domain.__path__, "domain."):
        importlib.import_module(module.name)
    known = set(problem._makers)  # pyright: ignore[reportPrivateUsage] - the table itself is tested

    met = [one for one in all_errors() if not one.__subclasses__() and one.__module__ not in ELSEWHERE]
    lost = [one.__name__ for one in met if not known.intersection(one.__mro__)]

    assert lost == []


def test_every_code_belongs_to_one_refusal() -> None:
    codes = [one.code for one in all_errors()]

    assert sorted({one for one in codes if codes.count(one) > 1}) == []
    assert all(re.fullmatch(r"[a-z]+(_[a-z0-9]+)*", one) for one in codes)
    assert errors.DomainError.code not in codes


def test_every_problem_can_be_met() -> None:
    problems = {name for name in OURS if is_problem(name)}
    met = {one for name in MUTATIONS for one in answers(name)}
    in_bulk = {one.__name__ for one in FIGURE_PROBLEMS}

    assert problems - met - in_bulk == set()


def shown_fields(name: str) -> dict[str, GraphQLField]:
    """The fields of an object type."""
    shown = CORE.type_map[name]
    assert isinstance(shown, GraphQLObjectType)
    return dict(shown.fields)


def test_edges_to_what_may_be_hidden_are_nullable() -> None:
    wrong: list[str] = []
    for view in catalogue.gather().views.values():
        shown = shown_fields(view.name)
        for name, field in view.fields.items():
            if isinstance(field, One) and written(shown[name]).endswith("!"):
                wrong.append(f"{view.name}.{name}")

    assert sorted(wrong) == ["Home.person", "Viewer.person"], "only oneself is never hidden from oneself"


def test_every_declared_field_is_in_the_schema_and_every_field_is_declared() -> None:
    for view in catalogue.gather().views.values():
        shown = shown_fields(view.name)
        assert set(shown) - {"id"} == set(view.fields)


def test_masked_fields_are_nullable_or_short_lists() -> None:
    for view in catalogue.gather().views.values():
        shown = shown_fields(view.name)
        masked = [name for name in view.masks if not isinstance(view.fields[name], Many)]
        assert not [name for name in masked if written(shown[name]).endswith("!")]


SHORT_LISTS = {
    "MyProgress.badges": "as many as there are, eight",
    "Streak.shown": "at most twelve weeks",
    "Query.myTimeOff": "at most 200, refused beyond when it is told",
    "Query.workCalendar": "one per day of a year",
    "AwardRule.conditions": "at most five, refused beyond when it is written",
    "LedgerPage.items": "at most `first`, which is 100 at most",
    "Query.awardRules": "one per code, at most 500 revisions of all",
    "FeedbackMessage.mentions": "at most 20, limited in its view",
    "FeedbackMessage.reactions": "one per kind",
    "FeedbackMessage.versions": "at most 20, limited in its view",
    "FeedbackMessage.viewerCan": "one per act",
    "FeedbackRequest.viewerCan": "one per act",
    "FeedbackThread.participants": "at most 50, limited in its view",
    "FeedbackThread.viewerCan": "one per act",
    "Alignment.turns": "at most 20, limited in its view",
    "CausalHypothesis.lags": "at most 37, as far as a link may lag",
    "StrategyHypotheses.links": "at most 200, limited in the statement",
    "Interlock.steps": "at most 50, limited in its view",
    "Interlock.viewerCan": "one per act",
    "RecallQuestion.priorities": "at most twelve, limited in its view",
    "RecallQuestion.marks": "at most five, limited in its view",
    "RecallQuestion.words": "at most five, refused beyond when they are said",
    "Alignment.viewerCan": "one per act",
    "CascadeGraph.edges": "at most 500, limited by its rules",
    "CascadePreview.objectives": "as many as changes touch, at most 2,000",
    "CascadeGraph.nodes": "at most 500, limited by its rules",
    "CascadeFigures.losses": "at most 32, one per level",
    "CascadeFigures.parts": "one per kind",
    "CascadeFigures.perspectives": "at most 20: ten of a card, and ten of a mode",
    "CascadeFigures.themes": "at most 21: those of a map, and one for what serves none",
    "CascadePart.lacks": "at most four, the parts of an index",
    "CascadePart.trend": "at most twelve months, limited in its view",
    "LevelLoss.trend": "the same",
    "PreviewedObjective.keyResults": "at most ten, as many as the objective has",
    "SplitPreview.slices": "as many as receivers, at most 200",
    "LineOfSight.steps": "at most 32, as far as objectives serve one another",
    "TargetSplit.losses": "one per level, at most seven",
    "AnnualPlan.openRevisions": "at most 50, limited in its view",
    "AnnualPlan.summary": "at most 24 accounts, refused beyond when lines are written",
    "Assumption.links": "at most 100, limited in its view",
    "Investment.flows": "at most 50 of each kind, limited in its view",
    "Investment.fundings": "at most 20, limited in its view",
    "Investment.gates": "at most ten, limited in its view",
    "Investment.openRevisions": "at most 50, limited in its view",
    "Investment.reviews": "at most ten, limited in its view",
    "Measure.openRevisions": "at most 50, limited in its view",
    "Objective.openRevisions": "at most 50, limited in its view",
    "PlanCoverage.objectives": "at most 200, limited in the statement",
    "PlanCoverage.withoutLongTermGoal": "the same",
    "PlanCoverage.withoutSource": "the same",
    "PlanDifferences.accounts": "at most 24 of each version",
    "PlanDifferences.units": "at most `first`, which is 200 at most",
    "PlanReconciliation.targets": "at most 500, limited in the statement",
    "StageGate.decisions": "at most 20, limited in its view",
    "StrategicObjective.derivations": "at most 20, limited in its view",
    "StrategicObjective.fundings": "at most 100, limited in its view",
    "StrategicObjective.openRevisions": "at most 50, limited in its view",
    "Actual.inputs": "at most 200, limited in its view",
    "Actual.revisions": "at most 50, limited in its view",
    "FormulaPreview.measures": "as many as a formula may name, at most 16",
    "Measure.inputs": "as many as a formula may name, at most 16",
    "Approval.changes": "at most 200, limited in its view",
    "Board.around": "at most five, limited in its view",
    "Board.top": "at most `first`, which is 20 at most",
    "Mode.factors": "one per factor, limited in its view",
    "Mode.features": "one per feature",
    "ModeDifference.features": "one per feature",
    "ModeDistribution.quotas": "at most ten",
    "ModeFactor.features": "one per feature",
    "ModeFit.deviations": "one per observable feature",
    "ModeRange.words": "at most four",
    "ModeSide.factors": "one per factor",
    "ModeTemplate.ranges": "one per observable feature",
    "ModeValues.incentives": "one per kind",
    "ModeValues.perspectives": "at most ten",
    "CardPreview.extrasLeftOut": "at most fifty extras are scored",
    "CardPreview.gatesNotJudged": "one per item, at most 100",
    "CardPreview.items": "as many as items, at most 100",
    "CardPreview.perspectives": "as many as perspectives, at most twenty",
    "CardPreview.steps": "a few, and one per item or extra",
    "ContributionStatement.lines": "at most 50, limited in its view",
    "ContributionsPreview.shares": "at most 50",
    "KeyResult.adjustments": "at most ten, limited in its view",
    "Objective.exceed": "one per key result, limited in its view",
    "TruthfulSchemePreview.advice": "at most two",
    "TruthfulSchemePreview.faults": "at most four",
    "TruthfulSchemePreview.payoffs": "as many as reports, at most 200",
    "UnitImprovement.measures": "at most 500",
    "Objective.keyResults": "at most ten, limited in its view",
    "Objective.viewerCan": "one per action",
    "EffectiveWeights.weights": "one per weight, at most 2,000",
    "PoolPreview.payouts": "one per member, at most 500",
    "PreviewedScores.scores": "as many as observations, at most 100",
    "Query.scoringRules": "one per kind of rule",
    "SeatsPreview.seats": "one per grade, at most twenty",
    "ProgressTrace.shares": "one per key result, at most ten",
    "Strategy.themes": "at most 20, limited in its view",
    "Strategy.longTermGoals": "at most 50, limited in its view",
    "Strategy.strategicObjectives": "at most 100, limited in its view",
    "Strategy.causalLinks": "at most 200, limited in its view",
    "Strategy.perspectives": "at most 12, limited in its view",
    "MapPerspective.strategicObjectives": "at most 100, limited in its view",
    "Theme.strategicObjectives": "at most 100, limited in its view",
    "LongTermGoal.waypoints": "at most 30, limited in its view",
    "StrategicObjective.leadsTo": "at most 100, limited in its view",
    "StrategicObjective.followsFrom": "at most 100, limited in its view",
    "StrategicObjective.levels": "at most 32, limited where intents are followed",
    "Objective.intents": "at most 50, limited in its view",
    "InheritedIntent.viewerCan": "one per action",
    "StrategyContent.themes": "at most 20, limited when it is written",
    "StrategyContent.longTermGoals": "at most 50, limited when it is written",
    "StrategyContent.strategicObjectives": "at most 100, limited when it is written",
    "StrategyContent.causalLinks": "at most 200, limited when it is written",
    "LongTermGoalContent.waypoints": "at most 30, limited when it is written",
    "CausalCircle.path": "at most as many as strategic objectives, 100, and the first again",
    "StrategyIncomplete.missing": "at most one per perspective and strategic objective, and two",
    "CardPerspective.items": "at most 40, limited in its view",
    "Position.kpis": "at most seven, limited in its view",
    "ScoreTrace.items": "one per item, at most 40",
    "ScoreTrace.perspectives": "one per perspective, at most ten",
    "ScoreTrace.steps": "what moves a score, at most 120",
    "ScoreTrace.ceilings": "one per item or veto, at most 120",
    "Scorecard.extras": "at most 40, limited in its view",
    "Scorecard.gaps": "one per perspective or item, at most 60",
    "Scorecard.initiatives": "at most 40, limited in its view",
    "Scorecard.items": "at most 40, limited in its view",
    "Scorecard.perspectives": "at most ten, limited in its view",
    "Scorecard.scores": "twelve months",
    "ScorecardItem.scores": "twelve months",
    "Viewer.roles": "one per role",
    "Query.nodes": "as many as ids, at most 100",
    "Changes.items": "at most `first`, which is limited",
    "MarkedRead.items": "as many as ids, at most 100",
    "RecordedActuals.results": "as many as items, at most 1,000",
}


def test_every_list_has_a_limit() -> None:
    lists: set[str] = set()
    for name, one in OURS.items():
        if isinstance(one, GraphQLObjectType):
            lists |= {f"{name}.{field}" for field, found in one.fields.items() if written(found).startswith("[")}
    pages = {one for one in lists if one.split(".")[0].endswith("Connection")}

    for view in catalogue.gather().views.values():
        assert all(field.limit <= 200 for field in view.fields.values() if isinstance(field, Many))
        for name in (name for name, field in view.fields.items() if isinstance(field, Page)):
            assert {"first", "after", "last", "before"} <= set(shown_fields(view.name)[name].args)
    assert lists - pages == set(SHORT_LISTS)
