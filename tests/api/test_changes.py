"""The change feed as clients see it: ids that `node` knows, tokens that go on, refusals with a code."""

import importlib
import pkgutil
from collections.abc import Iterator
from typing import cast

import pytest

import domain
from api import changes as api_changes
from api.reading import catalogue
from domain.kernel.events import Event
from tests.furnish import Team
from tests.journeys.approving import submitted
from tests.running import Client, Product, until

FEED = """query Feed($since: String, $first: Int! = 100) {
  changes(since: $since, first: $first) { items { id kind at } nextToken hasMore } }"""
UNHEARD = {
    "account": "only the administrator's journal tells of it",
    "client": "only the administrator's journal tells of it",
    "import_run": "it has no hearers",
    "award_rule": "it has no hearers",
}
Feed = dict[str, object]


def read(client: Client, **variables: object) -> Feed:
    return cast("Feed", client.ask(FEED, **variables)["changes"])


def kinds(feed: Feed) -> list[str]:
    return [one["kind"] for one in cast("list[dict[str, str]]", feed["items"])]


def test_what_concerns_somebody_is_told_to_them_alone(product: Product, team: Team) -> None:
    employee, manager = product.somebody(team, "employee"), product.somebody(team, "manager")
    outsider = product.somebody(team, "outsider")
    tokens = [read(one)["nextToken"] for one in (employee, manager, outsider)]

    objective = submitted(employee)
    until(lambda: "ObjectiveSubmitted" in kinds(read(manager, since=tokens[1])), "the manager hears of it")

    heard = [read(one, since=token) for one, token in zip((employee, manager, outsider), tokens, strict=True)]
    assert [kinds(one) for one in heard] == [
        ["ObjectiveDrafted", "ObjectiveSubmitted"],
        ["ObjectiveSubmitted"],
        [],
    ]
    [change] = cast("list[dict[str, str]]", heard[1]["items"])
    assert change["id"] == objective["id"]
    assert heard[1]["hasMore"] is False


def test_a_feed_goes_on_where_it_stopped(product: Product, team: Team) -> None:
    employee = product.somebody(team, "employee")
    token = read(employee)["nextToken"]
    for _ in range(2):
        submitted(employee)
    until(lambda: len(kinds(read(employee, since=token))) == 4, "everything is in the feed")

    met = list[str]()
    while True:
        feed = read(employee, since=token, first=3)
        met += kinds(feed)
        token = feed["nextToken"]
        if not feed["hasMore"]:
            break

    assert met == ["ObjectiveDrafted", "ObjectiveSubmitted"] * 2
    assert kinds(read(employee, since=token)) == []


@pytest.mark.parametrize(
    ("variables", "message"),
    [
        ({"since": "x"}, "This is no token of the change feed."),
        ({"since": ""}, "This is no token of the change feed."),
        ({"since": "0.0", "first": 0}, "`first` goes from 1 to 100."),
        ({"since": "0.0", "first": 101}, "A page holds 0 to 100 items."),
    ],
)
def test_a_bad_request_is_told_what_is_wrong(
    product: Product, team: Team, variables: dict[str, object], message: str
) -> None:
    employee = product.somebody(team, "employee")

    body = employee.post({"query": FEED, "variables": variables}).json()

    [error] = body["errors"]
    assert (error["message"], error["extensions"]["code"]) == (message, "BAD_USER_INPUT")


def test_nobody_has_no_feed(product: Product) -> None:
    body = product.client().post({"query": "{ changes { nextToken } }"}).json()

    assert [error["extensions"]["code"] for error in body["errors"]] == ["UNAUTHENTICATED"]


def subjects() -> Iterator[str]:
    """Of what the facts of the product tell, of every slice."""
    for module in pkgutil.walk_packages(domain.__path__, "domain."):
        if module.name.rpartition(".")[2].startswith("events"):
            for one in vars(importlib.import_module(module.name)).values():
                if isinstance(one, type) and issubclass(one, Event) and hasattr(one, "subject_type"):
                    yield one.subject_type


def test_every_subject_of_a_fact_has_an_id_that_node_finds_or_a_device() -> None:
    prefixes = {view.prefix for view in catalogue.gather().views.values()} | {"dev"}

    told = set(subjects()) - set(UNHEARD)

    assert {subject: api_changes.PREFIXES.get(subject) in prefixes for subject in told} == dict.fromkeys(told, True)
