"""What the operator does without a password: a token for a person, a client for a partner."""

import jwt
import pytest

from api.identity import clients, issue
from api.identity.authority import tokens_of
from api.identity.keys import Keyring
from api.settings import Settings
from domain.kernel import database
from domain.kernel.errors import InvalidInput, NotFound
from domain.people import service
from tests.api.identity.conftest import make_house


async def test_the_command_line_gets_a_token_in_a_session_that_the_person_sees(settings: Settings) -> None:
    await database.connect(settings.database_url)
    house = await make_house()
    await database.close()

    token = await issue.token_for(settings, house.logins["Chen"])

    actor = tokens_of(settings, Keyring(settings.key_folder)).verify(token).actor
    assert actor.person_id == house.organisation["Chen"]
    assert jwt.get_unverified_header(token)["typ"] == "at+jwt"
    await database.connect(settings.database_url)
    row = await house.session(actor.session_id)
    await database.close()
    assert (row["name"], row["kind"], row["ended_at"]) == ("catchball token", "NATIVE", None)


async def test_nobody_has_an_unknown_login(settings: Settings) -> None:
    with pytest.raises(NotFound, match="This login does not exist"):
        await issue.token_for(settings, "nobody@example.com")


async def test_a_client_is_made_for_the_tenant_that_is_named(settings: Settings) -> None:
    await database.connect(settings.database_url)
    tenant_id = await service.create_tenant("named-by-slug", "Named", zone="UTC")
    await database.close()

    client_id, secret = await clients.create(settings, "Payroll", ["actuals:write"], tenant="named-by-slug")

    await database.connect(settings.database_url)
    client = await clients.authenticate(client_id, secret)
    await database.close()
    assert client is not None
    assert (client.tenant_id, client.scopes) == (tenant_id, {"actuals:write"})


async def test_an_unknown_scope_or_tenant_makes_no_client(settings: Settings) -> None:
    with pytest.raises(InvalidInput, match="The scopes are actuals:write, measures:read"):
        await clients.create(settings, "Payroll", ["everything"])
    with pytest.raises(NotFound):
        await clients.create(settings, "Payroll", ["actuals:write"], tenant="nobody-has-this-slug")
