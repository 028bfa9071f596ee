"""What a cycle brought, in the schema: measures beyond their noise, tests of targets, and the ratchet monitor."""

from decimal import Decimal
from typing import Annotated

import strawberry
from strawberry import Info

from api.mutating import actor, row_id
from api.objectives.targets.previews import told
from api.objectives.targets.types import Outcome
from domain.kernel import ids
from domain.objectives.targets.monitor import Line, Reading
from domain.objectives.traces import shown
from domain.scorecards import service_improvement
from domain.scorecards.improvement import Movement
from domain.scorecards.service_improvement import Improvement, MovedMeasure

strawberry.enum(Movement, name="MeasureMovement", description="How a measure moved from one cycle to the next.")
strawberry.enum(Reading, name="RatchetReading", description="Whether targets follow results like a ratchet.")


@strawberry.type(description="How a measure moved, like for like: its mean in the cycle beside the noise before it.")
class MovedMeasureReading:
    measure: strawberry.ID = strawberry.field(description="The id of the measure.")
    code: str = strawberry.field(description="Its short name.")
    name: str = strawberry.field(description="Its name in English.")
    name_zh: str | None = strawberry.field(description="Its name in Chinese.")
    movement: Movement = strawberry.field(description="What became of it.")
    mean: Decimal | None = strawberry.field(description="The mean of the cycle's months; null without any.")
    low: Decimal | None = strawberry.field(
        description="Below this is more than noise; null with too few months before."
    )
    high: Decimal | None = strawberry.field(
        description="Above this is more than noise; null with too few months before."
    )
    months_before: int | None = strawberry.field(
        description="Of how many months the noise was learnt, 8 to 24; or null."
    )


@strawberry.type(description="A slope by least squares. It is told from chance where it exceeds twice its error.")
class RatchetSlope:
    slope: Decimal = strawberry.field(description="So much the next target moves for each percent beaten or missed.")
    standard_error: Decimal = strawberry.field(description="How unsure the slope is.")
    pairs: int = strawberry.field(description="Of how many pairs of targets, 8 at least.")


@strawberry.type(
    description="Whether targets follow results: the change of targets on how far the last ones were beaten or missed, "
    "and the change of how hard they feel, which is the test. A line with too few pairs is null."
)
class RatchetMonitor:
    reading: Reading = strawberry.field(description="What it comes to.")
    over: RatchetSlope | None = strawberry.field(description="Where the last target was beaten.")
    under: RatchetSlope | None = strawberry.field(description="Where it was missed.")
    difficulty: RatchetSlope | None = strawberry.field(
        description="How much harder the next target feels, in steps of five, for each percent beaten."
    )


@strawberry.type(description="What a cycle brought a unit with all units below it.")
class UnitImprovement:
    measures: list[MovedMeasureReading] = strawberry.field(description="Its measures by their codes; at most 500.")
    improved: int = strawberry.field(description="How many improved by more than noise.")
    worsened: int = strawberry.field(description="How many worsened by more than noise.")
    unchanged: int = strawberry.field(description="How many stayed within their noise.")
    untold: int = strawberry.field(description="Of how many nobody can tell: too few months, or no direction.")
    improved_share: Decimal | None = strawberry.field(
        description="Those that improved, in percent of those of which one can tell; null without any."
    )
    targets_tested: int = strawberry.field(
        description="How many targets of the cycle were tested against the last ones."
    )
    targets_exempt: int = strawberry.field(description="How many of them rest on an exemption.")
    targets_maintained: int = strawberry.field(description="How many stayed at a physical limit.")
    exemption_rate: Decimal | None = strawberry.field(
        description="Those that rest on an exemption, in percent of those tested; null without any."
    )
    monitor: RatchetMonitor = strawberry.field(description="Whether targets follow results like a ratchet.")


@strawberry.type
class RatchetReadings:
    @strawberry.field(
        description="What a cycle brought a unit: for who works in it or above it, its HR partner, the strategy office "
        "and partners with the scope scorecards:read."
    )
    async def improvement(
        self,
        info: Info,
        unit: Annotated[strawberry.ID, strawberry.argument(description="The id of the unit.")],
        cycle: Annotated[strawberry.ID, strawberry.argument(description="The id of the cycle.")],
    ) -> UnitImprovement:
        asks = actor(info)
        with told():
            found = await service_improvement.improvement_of(asks, row_id("unt", unit), row_id("cyc", cycle))
        return _shown(found)


def _shown(found: Improvement) -> UnitImprovement:
    counts = found.tally.counts
    tested = sum(found.tests.values())
    exempt = found.tests.get(Outcome.EXEMPT, 0)
    return UnitImprovement(
        measures=[_measure(one) for one in found.measures],
        improved=counts[Movement.IMPROVED],
        worsened=counts[Movement.WORSENED],
        unchanged=counts[Movement.UNCHANGED],
        untold=counts[Movement.NOT_ENOUGH_DATA] + counts[Movement.NO_DIRECTION],
        improved_share=found.tally.share,
        targets_tested=tested,
        targets_exempt=exempt,
        targets_maintained=found.tests.get(Outcome.SATURATED_MAINTAIN, 0),
        exemption_rate=shown(Decimal(100 * exempt) / tested) if tested else None,
        monitor=RatchetMonitor(
            reading=found.monitor.reading,
            over=_slope(found.monitor.over),
            under=_slope(found.monitor.under),
            difficulty=_slope(found.monitor.difficulty),
        ),
    )


def _measure(one: MovedMeasure) -> MovedMeasureReading:
    limits = one.moved.limits
    return MovedMeasureReading(
        measure=strawberry.ID(ids.public("msr", one.measure_id)),
        code=one.code,
        name=one.name,
        name_zh=one.name_zh,
        movement=one.moved.movement,
        mean=one.moved.mean,
        low=None if limits is None else limits.low,
        high=None if limits is None else limits.high,
        months_before=None if limits is None else limits.count,
    )


def _slope(line: Line | None) -> RatchetSlope | None:
    return None if line is None else RatchetSlope(slope=line.slope, standard_error=line.error, pairs=line.pairs)
