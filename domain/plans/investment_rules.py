"""What an investment may be, what can be done with it in which state, and how its end compares with its plan."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from domain.kernel.errors import InvalidInput
from domain.people import rules as people
from domain.plans import checks, investments
from domain.plans.errors import GateNotOpen, InvestmentNotOpen
from domain.plans.investment_terms import Flow, GateStanding, InvestmentState, Proposal

FLOWS_MAX = 50
FUNDINGS_MAX = 20
GATES_MAX = 10
GATE_DECISIONS_MAX = 20
REVIEWS_MAX = 10
RATE_LOWEST, RATE_HIGHEST = Decimal("-0.5"), Decimal(10)
HUNDRED = Decimal(100)


def check_proposal(proposal: Proposal) -> None:
    """InvalidInput with the path of the mistake."""
    people.check_code(proposal.code)
    checks.check_names(proposal.name, proposal.name_zh)
    checks.check_currency(proposal.currency)
    check_flows(proposal.flows)
    check_rate(proposal.discount_rate)
    check_years(proposal.first_year, len(proposal.flows))
    _check_money(proposal.asked, "asked")
    _check_funds(proposal)
    _check_gates(proposal)


def check_flows(flows: Sequence[Decimal], path: str = "flows") -> None:
    """InvalidInput unless there are between 1 and 50 amounts of sensible size."""
    if not 1 <= len(flows) <= FLOWS_MAX:
        raise InvalidInput(f"An investment has the flows of 1 to {FLOWS_MAX} years.", field=path)
    for at, flow in enumerate(flows):
        checks.check_amount(flow, f"{path}.{at}")


def check_rate(rate: Decimal, path: str = "discountRate") -> None:
    """InvalidInput unless it is a fraction between -50 % and 1000 %."""
    checks.check_amount(rate, path)
    if not RATE_LOWEST <= rate <= RATE_HIGHEST:
        raise InvalidInput(
            f"A rate is a fraction between {RATE_LOWEST} and {RATE_HIGHEST}: 0.08 is eight percent.", field=path
        )


def check_years(first: int, count: int) -> None:
    """InvalidInput unless all years are ones that plans know."""
    checks.check_year(first, "firstYear")
    checks.check_year(first + count - 1, "firstYear")


def require_state(state: str, allowed: Sequence[InvestmentState]) -> None:
    """InvestmentNotOpen unless it is in one of these states."""
    if state not in allowed:
        words = " or ".join(one.lower() for one in allowed)
        raise InvestmentNotOpen(f"This investment is {state.lower()}; it would have to be {words}.")


def check_approved(approved: Decimal, *, asked: Decimal) -> None:
    """InvalidInput unless it is a part of what is asked."""
    _check_money(approved, "approved")
    if approved > asked:
        raise InvalidInput("More than is asked cannot be approved.", field="approved")


def check_decision(gates: Sequence[GateStanding], gate_id: UUID, *, earlier: int) -> None:
    """GateNotOpen unless it is the first gate that is not passed; `earlier` counts the decisions about it."""
    for gate in gates:
        if gate.is_passed and gate.id == gate_id:
            raise GateNotOpen(f"The gate {gate.name!r} is passed.")
        if not gate.is_passed and gate.id != gate_id:
            raise GateNotOpen(f"The gate {gate.name!r} stands before it and is not passed.")
        if gate.id == gate_id:
            break
    if earlier >= GATE_DECISIONS_MAX:
        raise GateNotOpen(f"This gate was decided about {GATE_DECISIONS_MAX} times.", help="Stop the investment.")


def check_actuals(flows: Sequence[Decimal], *, first_year: int, planned: Sequence[Flow]) -> None:
    """InvalidInput unless actual flows begin with the plan and do not go beyond what can be stored."""
    check_flows(flows)
    check_years(first_year, len(flows))
    if first_year != planned[0].year:
        raise InvalidInput(f"The flows begin with the plan in {planned[0].year}.", field="firstYear")


def check_review(findings: str, gates: Sequence[GateStanding], actual: Sequence[Flow], *, earlier: int) -> None:
    """InvalidInput without findings or actual flows, GateNotOpen while a gate is not passed."""
    checks.check_text(findings, "findings")
    for gate in gates:
        if not gate.is_passed:
            raise GateNotOpen(f"The gate {gate.name!r} is not passed.")
    if not actual:
        raise InvalidInput("Tell first what really came in and went out.", field="id")
    if earlier >= REVIEWS_MAX:
        raise InvalidInput(f"An investment is reviewed at most {REVIEWS_MAX} times.", field="id")


@dataclass(frozen=True, slots=True)
class Comparison:
    """What an investment was worth as planned, and is worth as far as one knows: both at the rate of the plan."""

    planned: Decimal
    outlook: Decimal


def compare(planned: Sequence[Flow], actual: Sequence[Flow], rate: Decimal) -> Comparison:
    """The outlook takes actual flows for the years told of, and planned ones for those to come."""
    plans, known = _by_year(planned), _by_year(actual)
    first, last = planned[0].year, max(planned[-1].year, actual[-1].year)
    through = actual[-1].year
    years = range(first, last + 1)
    outlook = [known.get(year, Decimal(0)) if year <= through else plans[year] for year in years]
    return Comparison(
        planned=investments.net_present_value([plans.get(year, Decimal(0)) for year in years], rate),
        outlook=investments.net_present_value(outlook, rate),
    )


def _by_year(flows: Sequence[Flow]) -> Mapping[int, Decimal]:
    return {flow.year: flow.amount for flow in flows}


def _check_money(amount: Decimal, path: str) -> None:
    checks.check_amount(amount, path)
    if amount <= 0:
        raise InvalidInput("This is an amount above zero.", field=path)


def _check_funds(proposal: Proposal) -> None:
    if len(proposal.funds) > FUNDINGS_MAX:
        raise InvalidInput(f"An investment is for at most {FUNDINGS_MAX} strategic objectives.", field="funds")
    for at, fund in enumerate(proposal.funds):
        checks.check_amount(fund.share, f"funds.{at}.share")
        if not 0 < fund.share <= HUNDRED:
            raise InvalidInput("A share is above 0 and at most 100 percent.", field=f"funds.{at}.share")
    if len({fund.strategic_objective_id for fund in proposal.funds}) < len(proposal.funds):
        raise InvalidInput("A strategic objective is named once.", field="funds")
    if sum((fund.share for fund in proposal.funds), Decimal(0)) > HUNDRED:
        raise InvalidInput("The shares add up to more than 100 percent.", field="funds")


def _check_gates(proposal: Proposal) -> None:
    if len(proposal.gates) > GATES_MAX:
        raise InvalidInput(f"An investment has at most {GATES_MAX} gates.", field="gates")
    for at, gate in enumerate(proposal.gates):
        checks.check_names(gate.name, gate.name_zh, path=f"gates.{at}.name")
    dates = [gate.due_on for gate in proposal.gates if gate.due_on is not None]
    if dates != sorted(dates):
        raise InvalidInput("A later gate is not due before an earlier one.", field="gates")
