"""The schema of the API, put together from its slices."""

import strawberry
from graphql import GraphQLSchema
from strawberry.tools import merge_types

from api import meanings
from api.changes import ChangeQueries
from api.feedback.mutations import FeedbackMutations
from api.feedback.praise import PraiseQueries
from api.feedback.praise_mutations import PraiseMutations
from api.feedback.report_mutations import ReportMutations
from api.feedback.reports import ReportQueries
from api.feedback.request_mutations import RequestMutations
from api.feedback.requests import RequestQueries
from api.feedback.types import FeedbackQueries
from api.guard import deferring
from api.identity.mutations import IdentityMutations
from api.inbox.mutations import InboxMutations
from api.inbox.types import InboxItem, InboxQueries
from api.live import Subscription
from api.modes.comparing import ModeComparisons
from api.modes.mutations import ModeMutations
from api.modes.types import ModeQueries
from api.objectives.cascading.alignment_mutations import AlignmentMutations
from api.objectives.cascading.alignments import AlignmentQueries
from api.objectives.cascading.mutations import CascadeMutations
from api.objectives.cascading.previews import CascadePreviews
from api.objectives.cascading.types import CascadeQueries
from api.objectives.mutations import ObjectiveMutations
from api.objectives.targets.mutations import RatchetMutations
from api.objectives.targets.previews import RatchetPreviews
from api.objectives.targets.readings import RatchetReadings
from api.objectives.targets.types import RatchetQueries
from api.objectives.types import ObjectiveQueries
from api.people.mutations import PeopleMutations
from api.people.types import Employment, PeopleQueries, Position
from api.planned import Node, by_id, planned
from api.plans.assumption_mutations import AssumptionMutations
from api.plans.assumptions import AssumptionQueries
from api.plans.figures import PlanFigures
from api.plans.investment_mutations import InvestmentMutations
from api.plans.investments import InvestmentQueries
from api.plans.mutations import PlanMutations
from api.plans.types import PlanQueries
from api.progress.awards import AwardMutations, AwardQueries
from api.progress.calendar import WorkCalendarMutations, WorkCalendarQueries
from api.progress.mutations import ProgressMutations
from api.progress.own import OwnProgressQueries
from api.progress.types import ProgressQueries
from api.scalars import CONFIG
from api.scorecards.actual_mutations import FIGURE_PROBLEMS, ScorecardMutations
from api.scorecards.adjustment_mutations import AdjustmentMutations
from api.scorecards.cards.mutations import CardMutations
from api.scorecards.cards.types import CardQueries
from api.scorecards.formulas import FormulaQueries
from api.scorecards.measure_mutations import MeasureMutations
from api.scorecards.measures import ScorecardQueries
from api.scorecards.scoring.previews import ScoringQueries
from api.scorecards.scoring.sharing import SharingQueries
from api.strategy.intent_mutations import IntentMutations
from api.strategy.intents import IntentQueries
from api.strategy.mutations import StrategyMutations
from api.strategy.types import StrategyQueries
from api.transmission.health import HealthQueries
from api.transmission.hypotheses import HypothesisQueries
from api.transmission.interlock_mutations import InterlockMutations
from api.transmission.interlocks import InterlockQueries
from api.transmission.recall import RecallQueries
from api.transmission.recall_mutations import RecallMutations


@strawberry.type
class NodeQueries:
    node = by_id(Node | None, "Anything that has an id; null if it does not exist or is not shared with you.")

    @strawberry.field(description="Several things by their ids, in the order of the ids; at most 100.")
    def nodes(self, ids: list[strawberry.ID]) -> list[Node | None]:
        planned()


QUERIES = (
    NodeQueries,
    PeopleQueries,
    ObjectiveQueries,
    AlignmentQueries,
    CascadeQueries,
    CascadePreviews,
    RatchetQueries,
    RatchetPreviews,
    RatchetReadings,
    ScorecardQueries,
    CardQueries,
    FormulaQueries,
    ScoringQueries,
    SharingQueries,
    InboxQueries,
    ProgressQueries,
    OwnProgressQueries,
    AwardQueries,
    WorkCalendarQueries,
    StrategyQueries,
    IntentQueries,
    RecallQueries,
    InterlockQueries,
    FeedbackQueries,
    PraiseQueries,
    RequestQueries,
    ReportQueries,
    HypothesisQueries,
    HealthQueries,
    ModeQueries,
    ModeComparisons,
    PlanQueries,
    InvestmentQueries,
    AssumptionQueries,
    PlanFigures,
    ChangeQueries,
)
MUTATIONS = (
    IdentityMutations,
    PeopleMutations,
    ObjectiveMutations,
    CascadeMutations,
    AlignmentMutations,
    RatchetMutations,
    ScorecardMutations,
    CardMutations,
    MeasureMutations,
    AdjustmentMutations,
    InboxMutations,
    ProgressMutations,
    AwardMutations,
    WorkCalendarMutations,
    StrategyMutations,
    IntentMutations,
    RecallMutations,
    InterlockMutations,
    FeedbackMutations,
    PraiseMutations,
    RequestMutations,
    ReportMutations,
    ModeMutations,
    PlanMutations,
    InvestmentMutations,
    AssumptionMutations,
)


def build() -> strawberry.Schema:
    """The schema, once: Strawberry's types can be built only once per process."""
    built = strawberry.Schema(
        query=merge_types("Query", QUERIES),
        mutation=merge_types("Mutation", MUTATIONS),
        subscription=Subscription,
        types=[InboxItem, Employment, Position, *FIGURE_PROBLEMS],
        config=CONFIG,
    )
    meanings.describe(core(built))
    core(built).directives += (deferring.DIRECTIVE,)
    return built


def core(schema: strawberry.Schema | None = None) -> GraphQLSchema:
    """The schema as the executor knows it: that of the product unless another one is named."""
    return (schema or SCHEMA)._schema  # pyright: ignore[reportPrivateUsage] # noqa: SLF001 - no public name


SCHEMA = build()


def sdl() -> str:
    """The text of `schema.graphql`."""
    return SCHEMA.as_str() + "\n"
