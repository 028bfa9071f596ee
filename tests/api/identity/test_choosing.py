"""A password chosen at the command line counts at once, and the one before it no more."""

from dataclasses import replace

import pytest

from api.identity import choosing, signing_in
from api.identity.authority import Authority
from api.identity.signing_in import Admission, WrongCredentials
from domain.kernel.errors import InvalidInput, NotFound
from tests.api.identity.conftest import House

CHOSEN = "three boats at dawn"


async def test_a_chosen_password_counts_and_the_old_one_no_more(authority: Authority, house: House) -> None:
    knock = house.knock("Dina")

    await choosing.choose(authority.passwords, knock.login, CHOSEN)

    assert isinstance(await signing_in.sign_in(authority, replace(knock, password=CHOSEN)), Admission)
    assert await signing_in.sign_in(authority, knock) == WrongCredentials()
    assert [kind for kind, _ in await house.organisation.facts("PasswordChanged")] == ["PasswordChanged"]


@pytest.mark.parametrize("password", ["", "eleven char", "x" * 5000])
async def test_a_password_of_no_sensible_length_is_refused(authority: Authority, house: House, password: str) -> None:
    with pytest.raises(InvalidInput):
        await choosing.choose(authority.passwords, house.knock("Dina").login, password)

    assert isinstance(await signing_in.sign_in(authority, house.knock("Dina")), Admission)


async def test_nobody_has_an_unknown_login(authority: Authority, house: House) -> None:
    with pytest.raises(NotFound):
        await choosing.choose(authority.passwords, "nobody@example.com", CHOSEN)
