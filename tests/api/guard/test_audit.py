"""What the community's own audit of servers says."""

from tests.api.guard.conftest import RunNode


async def test_the_server_audit_of_graphql_http_passes_in_full(run_node: RunNode, address: str) -> None:
    report = await run_node("audit.mjs", f"{address}/graphql")

    assert report == {"passed": 61, "failures": []}
