"""A password chosen at the command line, for an account that came from an import or whose owner forgot theirs."""

from api.identity.passwords import PASSWORD_CHARACTERS_MAX, Passwords
from api.settings import Settings
from domain.kernel import database
from domain.kernel.errors import InvalidInput, NotFound
from domain.kernel.work import begin
from domain.people import service, service_accounts

PASSWORD_CHARACTERS_MIN = 12


async def choose_password(settings: Settings, login: str, password: str) -> None:
    """Let the person of this login sign in by this password; NotFound for an unknown login."""
    await database.connect(settings.database_url, size=1)
    passwords = Passwords()
    try:
        await choose(passwords, login, password)
    finally:
        passwords.close()
        await database.close()


async def choose(passwords: Passwords, login: str, password: str) -> None:
    """The same over a database that is connected."""
    if not PASSWORD_CHARACTERS_MIN <= len(password) <= PASSWORD_CHARACTERS_MAX:
        allowed = f"{PASSWORD_CHARACTERS_MIN} to {PASSWORD_CHARACTERS_MAX}"
        raise InvalidInput(f"A password has {allowed} characters.", field="password")
    account = await service_accounts.find(login)
    if account is None:
        raise NotFound("This login")
    password_hash = await passwords.hash(password)
    async with begin(service.operator(account.tenant_id, "UTC")) as work:
        await service_accounts.change_password_hash(work, account, password_hash)
