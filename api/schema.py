"""The schema of the API, put together from its slices."""

import strawberry
from graphql import GraphQLSchema
from strawberry.tools import merge_types

from api import meanings
from api.adjustment_mutations import AdjustmentMutations
from api.alignment_mutations import AlignmentMutations
from api.alignments import AlignmentQueries
from api.assumption_mutations import AssumptionMutations
from api.assumptions import AssumptionQueries
from api.card_mutations import CardMutations
from api.cards import CardQueries
from api.cascade_mutations import CascadeMutations
from api.cascade_previews import CascadePreviews
from api.cascades import CascadeQueries
from api.changes import ChangeQueries
from api.formulas import FormulaQueries
from api.identity.mutations import IdentityMutations
from api.inbox import InboxItem, InboxQueries
from api.inbox_mutations import InboxMutations
from api.intent_mutations import IntentMutations
from api.intents import IntentQueries
from api.investment_mutations import InvestmentMutations
from api.investments import InvestmentQueries
from api.live import Subscription
from api.measure_mutations import MeasureMutations
from api.mode_comparing import ModeComparisons
from api.mode_mutations import ModeMutations
from api.modes import ModeQueries
from api.objective_mutations import ObjectiveMutations
from api.objectives import ObjectiveQueries
from api.people import Employment, PeopleQueries, Position
from api.people_mutations import PeopleMutations
from api.plan_figures import PlanFigures
from api.plan_mutations import PlanMutations
from api.planned import Node, by_id, planned
from api.plans import PlanQueries
from api.progress import ProgressQueries
from api.progress_mutations import ProgressMutations
from api.ratchet_mutations import RatchetMutations
from api.ratchet_previews import RatchetPreviews
from api.ratchet_readings import RatchetReadings
from api.ratchets import RatchetQueries
from api.scalars import CONFIG
from api.scorecard_mutations import FIGURE_PROBLEMS, ScorecardMutations
from api.scorecards import ScorecardQueries
from api.scoring import ScoringQueries
from api.scoring_sharing import SharingQueries
from api.strategy import StrategyQueries
from api.strategy_mutations import StrategyMutations


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
    StrategyQueries,
    IntentQueries,
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
    StrategyMutations,
    IntentMutations,
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
    return built


def core(schema: strawberry.Schema | None = None) -> GraphQLSchema:
    """The schema as the executor knows it: that of the product unless another one is named."""
    return (schema or SCHEMA)._schema  # pyright: ignore[reportPrivateUsage] # noqa: SLF001 - no public name


SCHEMA = build()


def sdl() -> str:
    """The text of `schema.graphql`."""
    return SCHEMA.as_str() + "\n"
