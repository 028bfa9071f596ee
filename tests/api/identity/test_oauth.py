"""Client credentials for partner systems: RFC 6749 section 4.4 and the errors of section 5.2."""

import base64
from collections.abc import AsyncGenerator
from datetime import timedelta
from urllib.parse import quote, urlencode

import httpx
import pytest
from starlette.applications import Starlette

from api.identity import clients, oauth
from api.identity.authority import Authority
from api.identity.identifying import Identify
from domain.kernel import clock
from domain.kernel.actor import Role, Scope
from domain.kernel.errors import InvalidInput, NotFound
from domain.kernel.work import begin
from domain.people import service_clients
from tests.api.identity.conftest import House

FORM = {"content-type": "application/x-www-form-urlencoded"}
GRANT = {"grant_type": "client_credentials"}
CHALLENGE = 'Basic realm="catchball", charset="UTF-8"'


@pytest.fixture
async def web(authority: Authority) -> AsyncGenerator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(Starlette(routes=oauth.routes(authority)))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost:8000") as client:
        yield client


def basic(client_id: str, secret: str) -> dict[str, str]:
    text = f"{quote(client_id, safe='')}:{quote(secret, safe='')}"
    return {"authorization": f"Basic {base64.b64encode(text.encode()).decode()}"}


async def ask(web: httpx.AsyncClient, form: dict[str, str], headers: dict[str, str] | None = None) -> httpx.Response:
    return await web.post("/oauth/token", content=urlencode(form), headers=FORM | (headers or {}))


def ids_of(public: str) -> tuple[object, object]:
    parsed = clients.parse_public_id(public)
    assert parsed is not None
    return parsed


async def test_a_client_gets_a_token_for_an_hour(authority: Authority, house: House, web: httpx.AsyncClient) -> None:
    client_id, secret = await house.client(Scope.ACTUALS_WRITE, Scope.SCHEMA_READ)

    answer = await ask(web, GRANT, basic(client_id, secret))

    body = answer.json()
    assert answer.status_code == 200
    assert {name: body[name] for name in ("token_type", "expires_in", "scope")} == {
        "token_type": "Bearer",
        "expires_in": 3600,
        "scope": "actuals:write schema:read",
    }
    assert (answer.headers["cache-control"], answer.headers["pragma"]) == ("no-store", "no-cache")
    assert "content-encoding" not in answer.headers
    actor = authority.tokens.verify(body["access_token"]).actor
    assert (actor.tenant_id, actor.client_id) == ids_of(client_id)
    assert actor.roles == {Role.PARTNER}
    assert actor.scopes == {Scope.ACTUALS_WRITE, Scope.SCHEMA_READ}


async def test_the_secret_may_come_in_the_form(house: House, web: httpx.AsyncClient) -> None:
    client_id, secret = await house.client(Scope.ACTUALS_WRITE)

    answer = await ask(web, GRANT | {"client_id": client_id, "client_secret": secret})

    assert answer.status_code == 200


async def test_a_client_may_ask_for_less_than_it_has(
    authority: Authority, house: House, web: httpx.AsyncClient
) -> None:
    client_id, secret = await house.client(Scope.ACTUALS_WRITE, Scope.MEASURES_READ)

    answer = await ask(web, GRANT | {"scope": "measures:read"}, basic(client_id, secret))

    assert answer.json()["scope"] == "measures:read"
    assert authority.tokens.verify(answer.json()["access_token"]).actor.scopes == {Scope.MEASURES_READ}


@pytest.mark.parametrize(
    "scope", ["people:read", "measures:read people:read", "everything", "measures:read  actuals:write"]
)
async def test_a_client_cannot_ask_for_more_than_it_has(house: House, web: httpx.AsyncClient, scope: str) -> None:
    client_id, secret = await house.client(Scope.ACTUALS_WRITE, Scope.MEASURES_READ)

    answer = await ask(web, GRANT | {"scope": scope}, basic(client_id, secret))

    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_scope")


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"authorization": "Basic"},
        {"authorization": "Basic ???"},
        {"authorization": "Basic " + base64.b64encode(b"nocolon").decode()},
        {"authorization": "Bearer abc"},
        basic("cli_nobody", "cbs_x"),
        basic("cli_" + "A" * 43, "cbs_x"),
        basic("", ""),
    ],
)
async def test_an_unknown_client_is_challenged(web: httpx.AsyncClient, headers: dict[str, str]) -> None:
    answer = await ask(web, GRANT, headers)

    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")
    assert answer.headers["www-authenticate"] == CHALLENGE
    assert answer.headers["cache-control"] == "no-store"


async def test_a_wrong_secret_is_challenged(house: House, web: httpx.AsyncClient) -> None:
    client_id, secret = await house.client(Scope.ACTUALS_WRITE)

    answers = [await ask(web, GRANT, basic(client_id, wrong)) for wrong in (secret[:-1], secret + "A", "", "é")]

    assert [(answer.status_code, answer.json()["error"]) for answer in answers] == [(401, "invalid_client")] * 4


async def test_ten_wrong_secrets_close_the_door(house: House, web: httpx.AsyncClient) -> None:
    client_id, secret = await house.client(Scope.ACTUALS_WRITE)
    for _ in range(10):
        await ask(web, GRANT, basic(client_id, "wrong"))

    answer = await ask(web, GRANT, basic(client_id, secret))

    assert (answer.status_code, answer.json()["error"]) == (429, "invalid_client")
    assert 80 <= int(answer.headers["retry-after"]) <= 90


@pytest.mark.parametrize("grant", ["password", "authorization_code", "refresh_token", "Client_Credentials"])
async def test_other_grants_are_not_offered(house: House, web: httpx.AsyncClient, grant: str) -> None:
    client_id, secret = await house.client(Scope.ACTUALS_WRITE)

    answer = await ask(web, {"grant_type": grant}, basic(client_id, secret))

    assert (answer.status_code, answer.json()["error"]) == (400, "unsupported_grant_type")


MALFORMED: dict[str, tuple[str | bytes, dict[str, str]]] = {
    "no grant": ("scope=x", FORM),
    "an empty grant": ("grant_type=", FORM),
    "a field twice": ("grant_type=client_credentials&scope=a&scope=b", FORM),
    "JSON": ('{"grant_type": "client_credentials"}', {"content-type": "application/json"}),
    "no type": ("grant_type=client_credentials", {}),
    "no UTF-8": (b"grant_type=\xff", FORM),
    "no UTF-8 inside": ("grant_type=%ff", FORM),
    "too many fields": ("&".join(f"f{number}=1" for number in range(30)), FORM),
}


@pytest.mark.parametrize(("content", "headers"), MALFORMED.values(), ids=MALFORMED.keys())
async def test_a_malformed_request_is_refused(
    house: House, web: httpx.AsyncClient, content: str | bytes, headers: dict[str, str]
) -> None:
    credentials = basic(*await house.client(Scope.ACTUALS_WRITE))

    answer = await web.post("/oauth/token", content=content, headers=headers | credentials)

    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_request")


async def test_a_long_request_is_refused_before_it_is_read(web: httpx.AsyncClient) -> None:
    answer = await web.post("/oauth/token", content="x" * 20_000, headers=FORM)

    assert (answer.status_code, answer.json()["error"]) == (413, "invalid_request")


async def test_a_client_authenticates_in_one_way_only(house: House, web: httpx.AsyncClient) -> None:
    client_id, secret = await house.client(Scope.ACTUALS_WRITE)
    both = await ask(web, GRANT | {"client_secret": secret}, basic(client_id, secret))
    another = await ask(web, GRANT | {"client_id": "cli_other"}, basic(client_id, secret))

    assert [(answer.status_code, answer.json()["error"]) for answer in (both, another)] == [
        (400, "invalid_request")
    ] * 2


async def test_the_token_endpoint_takes_posts_only(web: httpx.AsyncClient) -> None:
    answer = await web.get("/oauth/token")

    assert (answer.status_code, answer.headers["allow"]) == (405, "POST")


async def test_two_secrets_live_side_by_side(house: House, web: httpx.AsyncClient) -> None:
    operator = house.organisation.operator
    client_id, first = await house.client(Scope.ACTUALS_WRITE)
    _, row_id = clients.parse_public_id(client_id) or pytest.fail("no id")

    async def taken(*secrets: str) -> list[int]:
        return [(await ask(web, GRANT, basic(client_id, secret))).status_code for secret in secrets]

    second = await clients.renew_secret(operator, row_id)
    assert await taken(first, second) == [200, 200]
    third = await clients.renew_secret(operator, row_id)
    assert await taken(first, second, third) == [401, 200, 200]
    assert [kind for kind, _ in await house.organisation.facts("ClientCreated", "ClientSecretRenewed")] == [
        "ClientCreated",
        "ClientSecretRenewed",
        "ClientSecretRenewed",
    ]


async def test_an_ended_client_gets_nothing_and_its_token_stops_at_once(
    authority: Authority, house: House, web: httpx.AsyncClient
) -> None:
    client_id, secret = await house.client(Scope.ACTUALS_WRITE)
    token = (await ask(web, GRANT, basic(client_id, secret))).json()["access_token"]
    _, row_id = clients.parse_public_id(client_id) or pytest.fail("no id")
    await clients.end(authority, house.organisation.operator, row_id)

    answer = await ask(web, GRANT, basic(client_id, secret))

    assert answer.status_code == 401
    assert authority.denied.holds(row_id)
    assert authority.tokens.verify(token).actor.client_id == row_id


async def test_a_client_of_another_tenant_is_not_found(house: House, other_house: House) -> None:
    client_id, secret = await house.client(Scope.ACTUALS_WRITE)
    _, row_id = clients.parse_public_id(client_id) or pytest.fail("no id")
    moved = clients.public_id(other_house.organisation.tenant_id, row_id)

    assert await clients.authenticate(client_id, secret) is not None
    assert await clients.authenticate(moved, secret) is None
    with pytest.raises(NotFound):
        await clients.renew_secret(other_house.organisation.operator, row_id)


async def test_only_a_hash_of_the_secret_is_stored(house: House) -> None:
    client_id, secret = await house.client(Scope.ACTUALS_WRITE)
    rows = await house.organisation.rows("select secret_hash, second_secret_hash from client")

    assert [tuple(row) for row in rows] == [(clients.digest(secret), None)]
    assert len(base64.urlsafe_b64decode(secret.removeprefix("cbs_") + "=")) == 32
    assert clients.parse_public_id(client_id) is not None


async def test_a_client_needs_a_name(house: House) -> None:
    with pytest.raises(InvalidInput, match="name has 1 to 100"):
        async with begin(house.organisation.operator) as work:
            await service_clients.create(work, " ", scopes=(), secret_hash=b"x")


async def test_the_metadata_tells_where_everything_is(authority: Authority, web: httpx.AsyncClient) -> None:
    metadata = (await web.get("/.well-known/oauth-authorization-server")).json()
    published = await web.get("/.well-known/jwks.json")

    assert metadata == {
        "issuer": "http://localhost:8000",
        "token_endpoint": "http://localhost:8000/oauth/token",
        "jwks_uri": "http://localhost:8000/.well-known/jwks.json",
        "grant_types_supported": ["client_credentials"],
        "response_types_supported": [],
        "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
        "scopes_supported": [
            "actuals:write",
            "measures:read",
            "objectives:read",
            "people:read",
            "schema:read",
            "scorecards:read",
            "strategy:read",
        ],
    }
    assert published.json() == authority.keyring.published()
    assert published.headers["cache-control"] == "public, max-age=3600"


async def test_what_a_partner_may_do_follows_from_its_scopes(
    authority: Authority, house: House, web: httpx.AsyncClient
) -> None:
    identify = Identify(authority)
    credentials = basic(*await house.client(Scope.ACTUALS_WRITE, Scope.SCHEMA_READ))

    async def caller(scope: str) -> tuple[bool, bool, int]:
        token = (await ask(web, GRANT | {"scope": scope}, credentials)).json()["access_token"]
        found = await identify({"authorization": f"Bearer {token}"}, {})
        assert found.expires_at == (clock.now() + timedelta(hours=1)).timestamp()
        return found.may_send_free_documents, found.may_introspect, found.budget.points_max

    assert await caller("actuals:write") == (True, False, 5000)
    assert await caller("schema:read") == (True, True, 5000)
