"""What an installation may choose about documents and introspection, and about its cookie."""

from dataclasses import replace

import pytest

from api.identity.authority import Authority
from api.identity.cookies import RefreshCookie
from api.identity.identifying import Identify
from tests.api.identity.conftest import House


@pytest.mark.parametrize("trusted_only", [True, False])
@pytest.mark.parametrize("graphiql", [True, False])
async def test_people_may_what_the_installation_lets_them(
    authority: Authority, house: House, *, trusted_only: bool, graphiql: bool
) -> None:
    strict = replace(authority, trusted_only=trusted_only, graphiql=graphiql)
    token = (await house.enter(authority, "Dina")).access_token

    for headers in ({}, {"authorization": f"Bearer {token}"}):
        caller = await Identify(strict)(headers, {})
        assert (caller.may_send_free_documents, caller.may_introspect) == (not trusted_only, graphiql)


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites() -> None:
    cookie = RefreshCookie(is_secure=False)

    assert cookie.keep("cbr_x") == (
        "catchball_refresh=cbr_x; Path=/graphql; Max-Age=2592000; HttpOnly; SameSite=Strict"
    )
    assert cookie.drop() == "catchball_refresh=; Path=/graphql; Max-Age=0; HttpOnly; SameSite=Strict"


def test_over_https_the_cookie_travels_by_https_alone() -> None:
    cookie = RefreshCookie(is_secure=True)

    assert cookie.keep("cbr_x") == (
        "__Secure-catchball_refresh=cbr_x; Path=/graphql; Max-Age=2592000; HttpOnly; SameSite=Strict; Secure"
    )
    assert cookie.read({"catchball_refresh": "cbr_x"}) is None
    assert cookie.read({"__Secure-catchball_refresh": "cbr_x"}) == "cbr_x"
