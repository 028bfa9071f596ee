"""Every query of the phone app, and what developers and partners ask, on a group that PostgreSQL takes seriously."""

import asyncio
from collections.abc import Iterator, Sequence

import pytest

from api.reading import paging
from tests.plans import explaining, questions, recording, ways
from tests.plans.explaining import Explained

COUNTED = "objectives, counted"
"""Who sees thousands of objectives counts them by reading on, until there are 10,001."""


def scanned(one: Explained) -> Iterator[tuple[str, bool]]:
    """The tables that a plan would read from end to end, and whether it came to it."""
    for node in one.nodes():
        if node["Node Type"] == "Seq Scan":
            yield str(node["Relation Name"]), bool(node["Actual Loops"])


def test_the_group_has_tables_worth_planning_for(group_url: str) -> None:
    large = asyncio.run(explaining.large_tables(group_url))

    assert large >= {"check_in", "inbox_item", "key_result", "objective", "person", "reporting_closure"}


def test_every_query_of_the_app_is_explained(explained: Sequence[Explained]) -> None:
    asked = {(one.name, one.who) for one in explained}

    assert {(name, who) for name in questions.of_the_app() for who in questions.PEOPLE} <= asked


def test_every_plan_is_generic(explained: Sequence[Explained]) -> None:
    assert [one.name for one in explained if "$1" not in one.text] == []


def test_no_plan_scans_a_large_table(group_url: str, explained: Sequence[Explained]) -> None:
    large = asyncio.run(explaining.large_tables(group_url))

    scans = {(one.name, table) for one in explained for table, _ in scanned(one) if table in large}

    assert scans == {(COUNTED, "objective")}


def test_who_sees_little_counts_without_reading_all(explained: Sequence[Explained]) -> None:
    counted = {one.who: dict(scanned(one))["objective"] for one in explained if one.name == COUNTED}

    assert {who for who, is_executed in counted.items() if is_executed} == {"strategy office", "partner"}


def test_every_question_looks_into_as_many_blocks_as_recorded(explained: Sequence[Explained]) -> None:
    found, recorded = recording.of(explained), recording.read()

    assert {name: set(askers) for name, askers in found.items()} == {
        name: set(askers) for name, askers in recorded.items()
    }, recording.AGAIN
    assert recording.strayed(found, recorded) == [], recording.AGAIN


def test_both_ways_are_one_list_where_they_part(group_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    everybody = ways.asked(questions.PEOPLE | {"partner": questions.PARTNER, "head of the group": ways.HEAD})

    plain = asyncio.run(explaining.answers(group_url, ways.with_reach(None), everybody))
    reached = asyncio.run(explaining.answers(group_url, ways.with_reach(ways.OBJECTIVE.reach), everybody))
    monkeypatch.setattr(paging, "REACH_MAX", 20_000)
    monkeypatch.setattr(paging, "REACH_COUNTED_MAX", 20_000)
    only_reached = asyncio.run(explaining.answers(group_url, ways.with_reach(ways.OBJECTIVE.reach), everybody))

    assert plain == reached == only_reached


@pytest.mark.parametrize("way", ways.WAYS)
def test_every_way_of_weaving_is_one_list_where_they_part(
    group_url: str, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    everybody = {**questions.PEOPLE, "partner": questions.PARTNER, "head of the group": ways.HEAD}
    every = ways.news(everybody, questions.SERVED)

    plain = asyncio.run(explaining.answers(group_url, ways.without_strands(), every))
    ways.go(monkeypatch, way)
    woven = asyncio.run(explaining.answers(group_url, explaining.Desk(), every))

    assert woven == plain
    assert len(set(plain)) > len(ways.PARTS) * len(everybody)


def test_a_plan_strays_by_more_than_a_tenth_and_ten_blocks() -> None:
    recorded = {"Home": {"employee": 100, "manager": 100, "partner": 100}}
    found = {"Home": {"employee": 120, "manager": 121, "partner": 79}}

    assert recording.strayed(found, recorded) == [
        "Home, asked by manager: 121 blocks, recorded are 100",
        "Home, asked by partner: 79 blocks, recorded are 100",
    ]
