"""What is computed about plans and investments without keeping anything: coverage, differences, previews."""

from collections.abc import Generator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from typing import Annotated, cast

import strawberry
from graphql import GraphQLError
from strawberry import Info

from api.mutating import actor, row_id
from api.plans.investments import RATE, InvestmentAppraisal
from api.plans.types import UNIT_OF_MEASURE, PlanYear
from domain.kernel.errors import DomainError, NotFound, NotPermitted
from domain.kernel.ids import public
from domain.kernel.numbers import plain
from domain.objectives import service_reconciliation
from domain.objectives.reconciliation import Agreement
from domain.objectives.service_reconciliation import Reconciled
from domain.plans import appraisals, checks, investment_rules, investments, service_comparing, service_derivations
from domain.plans.service_comparing import Difference
from domain.plans.service_derivations import Covered
from domain.plans.terms import Account

strawberry.enum(Agreement, name="TargetAgreement", description="How promised targets stand to what is planned.")


@strawberry.type(description="A strategic objective of a year, and what stands behind it.")
class CoveredObjective:
    strategic_objective: strawberry.ID = strawberry.field(description="The id; ask `node` for more of it.")
    code: str = strawberry.field(description="The short name by which its map knows it.")
    title: str = strawberry.field(description="What is to be reached, in English.")
    title_zh: str | None = strawberry.field(description="The same in Chinese.")
    has_long_term_goal: bool = strawberry.field(description="Whether it serves a long-term goal.")
    accounts: int = strawberry.field(description="From how many accounts of an approved plan it is derived.")
    investments: int = strawberry.field(description="How many approved investments are for it.")
    is_covered: bool = strawberry.field(description="Whether there is at least one of both together.")


@strawberry.type(description="Whether what a unit wants in a year comes from what it plans and invests.")
class PlanCoverage:
    total: int = strawberry.field(description="How many strategic objectives it has in the year.")
    covered: int = strawberry.field(description="How many of them have a source in a plan or an investment.")
    percent: Decimal | None = strawberry.field(
        description="The share of those, in percent to two decimals; null without any strategic objective."
    )
    without_source: list[CoveredObjective] = strawberry.field(description="Those without a source; at most 200.")
    without_long_term_goal: list[CoveredObjective] = strawberry.field(
        description="Those that serve no long-term goal; at most 200."
    )
    objectives: list[CoveredObjective] = strawberry.field(
        description="All of them in the order of the map; at most 200."
    )


@strawberry.type(description="What two versions say of an account.")
class PlanDifference:
    unit: strawberry.ID | None = strawberry.field(
        description="The id of the unit, without those below it; null for all that you see."
    )
    account: Account = strawberry.field(description="What is planned.")
    unit_of_measure: str = strawberry.field(description=UNIT_OF_MEASURE)
    before: Decimal = strawberry.field(description="The year's total in the first version, 0 if there is none.")
    after: Decimal = strawberry.field(description="The year's total in the second version.")
    change: Decimal = strawberry.field(description="The second one minus the first one.")


@strawberry.type(description="What one version of a plan says otherwise than another, as far as you see both.")
class PlanDifferences:
    accounts: list[PlanDifference] = strawberry.field(description="Each account of both, of all units; at most 48.")
    units: list[PlanDifference] = strawberry.field(
        description="The units' accounts that differ, the largest change first; at most `first`."
    )
    differing: int = strawberry.field(description="How many accounts of units differ in all.")


@strawberry.type(
    description="An account of a unit's plan, with all units below it, beside what objectives of the unit promise of "
    "its measure in cycles that cover the plan's year."
)
class ReconciledTarget:
    strategic_objective: strawberry.ID = strawberry.field(description="The strategic objective that is derived.")
    unit: strawberry.ID = strawberry.field(description="The unit.")
    measure: strawberry.ID = strawberry.field(description="The measure by which targets are set.")
    account: Account = strawberry.field(description="What is planned.")
    unit_of_measure: str = strawberry.field(description=UNIT_OF_MEASURE)
    planned: Decimal = strawberry.field(description="What is planned for the year.")
    agreement: Agreement = strawberry.field(description="How the promised targets stand to it.")
    target: Decimal | None = strawberry.field(description="What is promised, if that is one amount.")
    difference: Decimal | None = strawberry.field(description="How much more is promised than planned.")


@strawberry.type(description="Whether the targets that are promised are those of a plan.")
class PlanReconciliation:
    targets: list[ReconciledTarget] = strawberry.field(
        description="Every account that is derived and told by a measure; at most 500."
    )
    differing: int = strawberry.field(description="How many of them do not agree.")


@strawberry.type
class PlanFigures:
    @strawberry.field(
        description="Whether what objectives promise is what a plan says; null for all but the strategy office, "
        "because it tells promises that others may not see."
    )
    async def plan_reconciliation(
        self, info: Info, plan: Annotated[strawberry.ID, strawberry.argument(description="The version of the plan.")]
    ) -> PlanReconciliation | None:
        try:
            found = await service_reconciliation.reconcile(actor(info), row_id("pln", plan))
        except (NotFound, NotPermitted):
            return None
        differing = sum(one.verdict.agreement is not Agreement.AGREES for one in found)
        return PlanReconciliation(targets=[_reconciled(one) for one in found], differing=differing)

    @strawberry.field(
        description="Whether each strategic objective of a unit in a year has a source in an approved plan or "
        "investment; null if the unit's figures are not shared with you."
    )
    async def plan_coverage(
        self,
        info: Info,
        unit: Annotated[strawberry.ID, strawberry.argument(description="The unit whose strategy is looked at.")],
        year: PlanYear,
    ) -> PlanCoverage | None:
        with _told():
            try:
                found = await service_derivations.coverage(actor(info), row_id("unt", unit), year)
            except NotFound:
                return None
        return _coverage([_covered(one) for one in found])

    @strawberry.field(description="What a version of a plan says otherwise than another; null if you do not see both.")
    async def plan_differences(
        self,
        info: Info,
        before: Annotated[strawberry.ID, strawberry.argument(description="The version to begin with.")],
        after: Annotated[strawberry.ID, strawberry.argument(description="The version to compare with it.")],
        first: Annotated[int, strawberry.argument(description="How many of the units' accounts, 1 to 200.")] = 50,
    ) -> PlanDifferences | None:
        with _told():
            try:
                found = await service_comparing.compare(
                    actor(info), row_id("pln", before), row_id("pln", after), first=first
                )
            except NotFound:
                return None
        return PlanDifferences(
            accounts=[_difference(one) for one in found.accounts],
            units=[_difference(one) for one in found.units],
            differing=found.differing,
        )

    @strawberry.field(description="What flows would be worth at a rate. Nothing is kept.")
    async def preview_investment(
        self,
        info: Info,
        flows: Annotated[
            list[Decimal],
            strawberry.argument(
                description="What comes in, or with a minus goes out, in each of at most 50 years; the first one is "
                "not discounted."
            ),
        ],
        rate: Annotated[Decimal, strawberry.argument(description=f"What capital costs in a year, {RATE}.")],
    ) -> InvestmentAppraisal:
        actor(info)
        with _told():
            investment_rules.check_flows(flows)
            investment_rules.check_rate(rate, "rate")
        # A mapping by the names of the schema, as the planner computes it for an investment.
        found: Mapping[str, object] = appraisals.shown(investments.appraise(flows, rate))
        return cast("InvestmentAppraisal", found)

    @strawberry.field(
        description="What is earned beyond the cost of capital: the net operating profit after taxes minus the capital "
        "times its weighted average cost. Nothing is kept."
    )
    async def economic_value_added(
        self,
        info: Info,
        profit: Annotated[Decimal, strawberry.argument(description="The net operating profit after taxes.")],
        capital: Annotated[Decimal, strawberry.argument(description="The capital that was used.")],
        cost_of_capital: Annotated[
            Decimal, strawberry.argument(description=f"The weighted average cost of capital in a year, {RATE}.")
        ],
    ) -> Decimal:
        actor(info)
        with _told():
            for name, value in (("profit", profit), ("capital", capital), ("costOfCapital", cost_of_capital)):
                checks.check_amount(value, name)
        found = investments.economic_value_added(profit=profit, capital=capital, cost_of_capital=cost_of_capital)
        return Decimal(appraisals.text(found, appraisals.MONEY) or 0)


@contextmanager
def _told() -> Generator[None]:
    """What cannot be computed is an error of its field."""
    try:
        yield
    except DomainError as refusal:
        raise GraphQLError(refusal.message, extensions={"code": "BAD_USER_INPUT"}) from refusal


def _covered(found: Covered) -> CoveredObjective:
    return CoveredObjective(
        strategic_objective=strawberry.ID(public("sob", found.strategic_objective_id)),
        code=found.code,
        title=found.title,
        title_zh=found.title_zh,
        has_long_term_goal=found.has_long_term_goal,
        accounts=found.accounts,
        investments=found.investments,
        is_covered=found.is_covered,
    )


def _coverage(found: list[CoveredObjective]) -> PlanCoverage:
    covered = sum(one.is_covered for one in found)
    share = appraisals.text(Decimal(100 * covered) / len(found), appraisals.MONEY) if found else None
    return PlanCoverage(
        total=len(found),
        covered=covered,
        percent=None if share is None else Decimal(share),
        without_source=[one for one in found if not one.is_covered],
        without_long_term_goal=[one for one in found if not one.has_long_term_goal],
        objectives=found,
    )


def _reconciled(found: Reconciled) -> ReconciledTarget:
    verdict = found.verdict
    return ReconciledTarget(
        strategic_objective=strawberry.ID(public("sob", found.strategic_objective_id)),
        unit=strawberry.ID(public("unt", found.unit_id)),
        measure=strawberry.ID(public("msr", found.measure_id)),
        account=Account(found.account),
        unit_of_measure=found.unit_of_measure,
        planned=Decimal(plain(found.planned)),
        agreement=verdict.agreement,
        target=None if verdict.target is None else Decimal(plain(verdict.target)),
        difference=None if verdict.difference is None else Decimal(plain(verdict.difference)),
    )


def _difference(found: Difference) -> PlanDifference:
    return PlanDifference(
        unit=None if found.unit_id is None else strawberry.ID(public("unt", found.unit_id)),
        account=Account(found.account),
        unit_of_measure=found.unit_of_measure,
        before=Decimal(plain(found.before)),
        after=Decimal(plain(found.after)),
        change=Decimal(plain(found.change)),
    )
