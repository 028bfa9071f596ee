"""Why an objective was not drafted, edited, submitted or decided, as the schema tells it."""

from decimal import Decimal

import strawberry

from api import problem
from api.problem import Problem
from domain.kernel import ids
from domain.kernel.errors import DomainError
from domain.objectives import errors
from domain.objectives.targets.errors import ExemptionExpired as ExemptionOver
from domain.objectives.targets.errors import TargetNotExceeding as TargetRefused


@strawberry.type(description="It does not wait for a decision.")
class ObjectiveNotSubmitted(Problem):
    pass


@strawberry.type(description="It is under review or promised, so its owner cannot edit it.")
class ObjectiveNotEditable(Problem):
    pass


@strawberry.type(description="It is not promised, so nobody can check in on it.")
class ObjectiveNotActive(Problem):
    pass


@strawberry.type(description="The weights of the key results do not add up to 100.")
class WeightsNot100(Problem):
    pass


@strawberry.type(description="The owner's objectives of the cycle would weigh more than 100 % together.")
class SetOver100(Problem):
    pass


@strawberry.type(description="Nobody is named who could approve.")
class NoApprover(Problem):
    pass


@strawberry.type(
    description="A target does not exceed the one of an earlier cycle that it continues, as the rule of the unit asks. "
    "Set a more ambitious one, or ask for an exemption by `askExemption`."
)
class TargetNotExceeding(Problem):
    previous: strawberry.ID = strawberry.field(description="The key result that it continues.")
    previous_target: Decimal | None = strawberry.field(
        description="Its target on today's terms; null where the new one is measured otherwise."
    )
    minimum: Decimal | None = strawberry.field(
        description="What the new target must reach; the message says whether it must lie beyond it."
    )


@strawberry.type(description="The exemption that a target rests on has ended since it was submitted.")
class ExemptionExpired(Problem):
    pass


def _not_exceeding(found: DomainError) -> Problem:
    if not isinstance(found, TargetRefused):
        raise found
    return TargetNotExceeding(
        code=found.code,
        message=found.message,
        help=found.help,
        previous=strawberry.ID(ids.public("kr", found.previous_id)),
        previous_target=found.previous_target,
        minimum=found.minimum,
    )


problem.register_maker(TargetRefused, _not_exceeding)
problem.register(ExemptionOver, ExemptionExpired)
problem.register(errors.ObjectiveNotSubmitted, ObjectiveNotSubmitted)
problem.register(errors.ObjectiveNotEditable, ObjectiveNotEditable)
problem.register(errors.ObjectiveNotActive, ObjectiveNotActive)
problem.register(errors.WeightsNot100, WeightsNot100)
problem.register(errors.SetOver100, SetOver100)
problem.register(errors.NoApprover, NoApprover)
