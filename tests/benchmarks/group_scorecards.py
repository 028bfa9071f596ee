"""What the generated group measures: one measure for each team, with five years of months."""

from collections.abc import Iterator

from tests.benchmarks.group_people import TEAM, unit
from tests.benchmarks.tables import TENANT, Row, Table, at, row_id

MONTHS = 60


def measure_id(team: int) -> str:
    return row_id(30, team, 0)


def measures(people: int) -> Iterator[Row]:
    for team in range(people // TEAM):
        name, chinese = f"Orders on time, team {team}", f"第{team}组准时交付"
        yield TENANT, measure_id(team), f"M{team:05}", name, chinese, "%", unit(TEAM, team * TEAM), at(0)


def actuals(people: int) -> Iterator[Row]:
    """Month after month, all measures in each."""
    for month in range(MONTHS):
        period = f"{2022 + month // 12}-{month % 12 + 1:02}-01"
        for team in range(people // TEAM):
            number = month * 100_000 + team
            yield (
                TENANT,
                row_id(31, number, month),
                measure_id(team),
                period,
                60 + (team + month) % 40,
                "HAND",
                at(month),
            )


TABLES = (
    Table(
        "measure", ("tenant_id", "id", "code", "name", "name_zh", "unit_of_measure", "unit_id", "created_at"), measures
    ),
    Table("actual", ("tenant_id", "id", "measure_id", "period", "value", "source", "recorded_at"), actuals),
)
