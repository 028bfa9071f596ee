"""`@defer` on the running product: parts for who takes them, the same answer at once for the others, both counted."""

import httpx

from tests.api import parts
from tests.furnish import Team
from tests.journeys.approving import draft
from tests.running import Client, Product

QUERY = """query {
  viewer { zone ... @defer { locale } }
  ... @defer { objectives(first: 5) { totalCount nodes { id ... @defer { title owner { name } } } } }
}"""
FALLBACKS = 'catchball_fallbacks_total{field="@defer",operation=""}'


def asked(client: Client, accept: str) -> httpx.Response:
    headers = {"authorization": f"Bearer {client.token}", "accept": accept}
    return client.http.post(f"{client.url}/graphql", json={"query": QUERY}, headers=headers)


def counted(product: Product, name: str) -> float:
    lines = httpx.get(f"{product.url}/metrics").text.splitlines()
    return next((float(line.rpartition(" ")[2]) for line in lines if line.startswith(name)), 0)


def test_an_answer_in_parts_is_the_answer_of_the_plan(product: Product, team: Team) -> None:
    manager = product.somebody(team, "manager")
    for title in ("Every guest is answered", "Every letter is answered"):
        draft(manager, title)
    planned, fallbacks = counted(product, "catchball_planned_total"), counted(product, FALLBACKS)

    at_once = asked(manager, "application/graphql-response+json")
    in_parts = asked(manager, "multipart/mixed;incrementalSpec=v0.2,application/graphql-response+json")

    found = parts.read(in_parts.headers["content-type"], in_parts.content)
    assert len(found) >= 2
    assert parts.merged(found) == at_once.json()
    assert counted(product, "catchball_planned_total") == planned + 1
    assert counted(product, FALLBACKS) == fallbacks + 1
