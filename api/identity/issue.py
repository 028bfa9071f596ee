"""An access token without a password, for whoever stands at the command line of the installation."""

from api.identity.authority import tokens_of
from api.identity.keys import Keyring
from api.settings import Settings
from domain.kernel import database
from domain.kernel.actor import Actor
from domain.kernel.errors import NotFound
from domain.kernel.work import begin
from domain.people import service_accounts, service_sessions
from domain.people.service_sessions import Refused
from domain.people.sessions import SessionKind

DEVICE_NAME = "catchball token"


async def token_for(settings: Settings, login: str) -> str:
    """A token of ten minutes for the person of a login, in a session that the person sees and can end.

    Raises NotFound when nobody has this login or its person has left.
    """
    await database.connect(settings.database_url, size=1)
    try:
        return await issue_for(settings, login)
    finally:
        await database.close()


async def issue_for(settings: Settings, login: str) -> str:
    """The same over a database that is connected."""
    keyring = Keyring(settings.key_folder)
    account = await service_accounts.find(login)
    if account is None:
        raise NotFound("This login")
    person = Actor(account.tenant_id, settings.zone, person_id=account.person_id)
    async with begin(person) as work:
        grant = await service_sessions.open_session(
            work, account, name=DEVICE_NAME, kind=SessionKind.NATIVE, secret=keyring.refresh_secret
        )
    if isinstance(grant, Refused):
        raise NotFound("This login")
    return tokens_of(settings, keyring).issue_to_person(grant.actor)
