"""What is served beside the API: the built app, the developer page, health and numbers."""

from collections.abc import AsyncGenerator
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Mount, Route

from api import health
from api.graphiql import page
from api.guard.compress import Compressed
from api.guard.protection import APP_POLICY, Protected
from api.observing import Metrics, Observed
from api.static import StaticApp
from tests.api.guard.serving import served

SCRIPT = "console.log('catchball');\n" * 40


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built app in small."""
    built = tmp_path_factory.mktemp("dist")
    (built / "assets").mkdir()
    (built / "index.html").write_text("<!doctype html><title>Catchball</title>")
    (built / "sw.js").write_text(SCRIPT)
    (built / "assets" / "app-Bx81_k2Q.js").write_text(SCRIPT)
    (built / "manifest.webmanifest").write_text("{}")
    (built / "notes.secret").write_text("not for anybody")
    return built


async def healthy() -> None:
    """A probe that answers."""


async def unhealthy() -> None:
    raise OSError("connection to 10.0.0.7 refused")


async def answer_token(_: Request) -> JSONResponse:
    return JSONResponse({"token": "a" * 900})


@pytest.fixture(scope="module")
async def site(folder: Path) -> AsyncGenerator[httpx.AsyncClient]:
    metrics = Metrics()
    probes = {"database": healthy, "cache": healthy}
    app = Starlette(
        routes=[
            *health.routes(probes=probes, metrics=metrics),
            *page.routes(),
            Route("/oauth/token", answer_token, methods=["POST"]),
            Mount("/", StaticApp(folder)),
        ]
    )
    protected = Protected(app, is_served_by_https=False)
    async with (
        served(Observed(Compressed(protected), metrics=metrics)) as address,
        httpx.AsyncClient(base_url=address, headers={"accept-encoding": "gzip"}) as client,
    ):
        yield client


async def test_the_page_of_the_app_is_always_asked_for_again_under_its_strict_policy(
    site: httpx.AsyncClient,
) -> None:
    response = await site.get("/")

    assert response.status_code == 200
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert response.headers["cache-control"] == "no-cache"
    assert response.headers["content-security-policy"] == APP_POLICY


async def test_a_file_with_a_hash_in_its_name_is_kept_for_ever(site: httpx.AsyncClient) -> None:
    response = await site.get("/assets/app-Bx81_k2Q.js")

    assert response.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert response.headers["content-encoding"] == "gzip"
    assert response.text == SCRIPT


async def test_the_service_worker_is_never_kept(site: httpx.AsyncClient) -> None:
    response = await site.get("/sw.js")
    again = await site.get("/sw.js", headers={"if-none-match": response.headers["etag"]})

    assert response.headers["cache-control"] == "no-cache"
    assert (again.status_code, again.content) == (304, b"")


async def test_every_screen_of_the_app_gets_its_one_page(site: httpx.AsyncClient) -> None:
    screen = await site.get("/goals/obj_1", headers={"accept": "text/html,*/*"})
    file = await site.get("/assets/gone-12345678.js")
    data = await site.get("/goals/obj_1", headers={"accept": "application/json"})

    assert (screen.status_code, screen.text) == (200, "<!doctype html><title>Catchball</title>")
    assert file.status_code == 404
    assert data.status_code == 404


@pytest.mark.parametrize("path", ["/notes.secret", "/../notes.secret", "/assets/%2e%2e/notes.secret", "/assets"])
async def test_nothing_else_of_the_folder_is_served(site: httpx.AsyncClient, path: str) -> None:
    response = await site.get(path, headers={"accept": "*/*"})

    assert response.status_code == 404


async def test_only_get_and_head_reach_the_app(site: httpx.AsyncClient) -> None:
    head = await site.head("/")
    post = await site.post("/")

    assert (head.status_code, head.content) == (200, b"")
    assert (post.status_code, post.headers["allow"]) == (405, "GET, HEAD")


async def test_an_app_that_was_never_built_says_so_in_both_languages(tmp_path: Path) -> None:
    async with (
        served(StaticApp(tmp_path / "missing")) as address,
        httpx.AsyncClient(base_url=address) as client,
    ):
        response = await client.get("/")

    assert response.status_code == 503
    assert "The app is not built" in response.text
    assert "手机应用尚未构建" in response.text


async def test_tokens_are_never_compressed(site: httpx.AsyncClient) -> None:
    response = await site.post("/oauth/token")

    assert len(response.content) > 500
    assert "content-encoding" not in response.headers


async def test_a_healthy_process_is_alive_and_ready(site: httpx.AsyncClient) -> None:
    alive, ready = await site.get("/healthz"), await site.get("/readyz")

    assert (alive.status_code, alive.json()) == (200, {"status": "alive"})
    assert (ready.status_code, ready.json()) == (200, {"status": "ready"})


async def test_a_process_whose_database_is_away_is_not_ready_and_says_why() -> None:
    probes = {"database": unhealthy, "cache": healthy}
    app = Starlette(routes=health.routes(probes=probes, metrics=Metrics()))
    async with served(app) as address, httpx.AsyncClient(base_url=address) as client:
        response = await client.get("/readyz")

    assert response.status_code == 503
    assert response.json() == {
        "status": "not ready",
        "reasons": {"database": "The database cannot be reached."},
    }


async def test_numbers_are_given_by_status_and_never_by_person(site: httpx.AsyncClient) -> None:
    await site.get("/assets/gone-12345678.js")
    response = await site.get("/metrics")

    assert 'catchball_requests_total{operation="",status="404"}' in response.text
    assert 'catchball_request_seconds_bucket{le="0.005"}' in response.text
    assert "catchball_planned_total 0.0" in response.text


@pytest.mark.parametrize("path", ["", "/graphiql.js", "/docs.js", "/words.js", "/graphiql.css"])
async def test_the_developer_page_comes_from_this_server_alone(site: httpx.AsyncClient, path: str) -> None:
    response = await site.get(f"/graphiql{path}")

    assert response.status_code == 200
    assert "://" not in response.text
    assert response.headers["content-security-policy"].startswith("default-src 'none'; script-src 'self'")
