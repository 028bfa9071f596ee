"""What an assumption may be, and whether it still holds."""

from datetime import date
from decimal import Decimal

from domain.kernel.errors import InvalidInput
from domain.people import rules as people
from domain.plans import checks
from domain.plans.assumption_terms import Content, NewAssumption, Reading, Target

LINKS_MAX = 100
"""What may lean on one assumption at a time."""


def check_new(assumption: NewAssumption) -> None:
    """InvalidInput unless code and content are what they should be."""
    people.check_code(assumption.code)
    check_content(assumption.content)


def check_content(content: Content) -> None:
    """InvalidInput with the path of the mistake."""
    checks.check_names(content.name, content.name_zh)
    checks.check_unit_of_measure(content.unit_of_measure, "unitOfMeasure")
    checks.check_text(content.trigger, "trigger")
    if content.trigger_zh is not None:
        checks.check_text(content.trigger_zh, "triggerZh")
    for name, limit in (("low", content.low), ("high", content.high)):
        if limit is not None:
            checks.check_amount(limit, name)
    if content.low is None and content.high is None:
        raise InvalidInput("A range has at least one end.", field="low")
    if content.low is not None and content.high is not None and content.low > content.high:
        raise InvalidInput("The lower end lies above the upper one.", field="low")


def check_reading(reading: Reading, *, today: date) -> None:
    """InvalidInput unless it is of a day that has come, with a value and a source."""
    checks.check_amount(reading.value, "value")
    checks.check_text(reading.source, "source")
    if not people.FIRST_DAY <= reading.read_on <= today:
        raise InvalidInput("A reading is of today or of an earlier day.", field="readOn")


def check_target(target: Target) -> None:
    """InvalidInput unless it names exactly one thing; a unit and an account together, and only of a plan."""
    named = (
        target.strategic_objective_id,
        target.plan_id,
        target.investment_id,
        target.measure_id,
        target.objective_id,
    )
    if sum(one is not None for one in named) != 1:
        raise InvalidInput("Name exactly one thing that leans on it.", field="target")
    if (target.unit_id is None) != (target.account is None):
        raise InvalidInput("A unit and an account are named together.", field="target")
    if target.unit_id is not None and target.plan_id is None:
        raise InvalidInput("A unit and an account belong to a plan.", field="target")


def holds(value: Decimal, *, low: Decimal | None, high: Decimal | None) -> bool:
    """Whether a value lies in the range, both ends included."""
    return (low is None or low <= value) and (high is None or value <= high)
