"""Use cases of accounts: open one, find one by its login, note a refusal."""

from dataclasses import dataclass
from uuid import UUID

from domain.kernel import clock, database
from domain.kernel.actor import Actor
from domain.kernel.errors import InvalidInput
from domain.kernel.ids import new_id
from domain.kernel.work import Work, begin
from domain.people import events_accounts as events

LOGIN_CHARACTERS_MAX = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What is known of a login before its password was checked."""

    tenant_id: UUID
    account_id: UUID
    person_id: UUID
    password_hash: str
    is_disabled: bool


def normal_login(given: str) -> str:
    """Logins are compared without spaces around them and in lower case."""
    return given.strip().lower()


async def find(login: str) -> Account | None:
    """The account of a login in whichever tenant it lives, None when there is none."""
    wanted = normal_login(login)
    if not 0 < len(wanted) <= LOGIN_CHARACTERS_MAX or "\0" in wanted:
        return None
    place = await database.gate().fetchrow("select tenant_id, account_id from login where login = $1", wanted)
    return await _read(place["tenant_id"], place["account_id"]) if place is not None else None


async def _read(tenant_id: UUID, account_id: UUID) -> Account | None:
    with database.tenant(tenant_id):
        async with database.connection() as connection:
            row = await connection.fetchrow(
                "select person_id, password_hash, disabled_at from account where tenant_id = $1 and id = $2",
                tenant_id,
                account_id,
            )
    if row is None:
        return None
    return Account(
        tenant_id=tenant_id,
        account_id=account_id,
        person_id=row["person_id"],
        password_hash=row["password_hash"],
        is_disabled=row["disabled_at"] is not None,
    )


async def open_account(work: Work, person_id: UUID, *, login: str, password_hash: str) -> UUID:
    """Let a person sign in by this login; InvalidInput when it is taken in any tenant or has no proper form."""
    wanted = normal_login(login)
    if not 0 < len(wanted) <= LOGIN_CHARACTERS_MAX or not wanted.isprintable():
        raise InvalidInput(f"A login has 1 to {LOGIN_CHARACTERS_MAX} characters.", field="login")
    account_id = new_id()
    opened = await work.connection.fetchval(
        """with opened as (
             insert into account (tenant_id, id, person_id, login, password_hash, created_at)
             values ($1, $2, $3, $4, $5, $6) on conflict do nothing returning tenant_id, id)
           insert into login (login, tenant_id, account_id) select $4, tenant_id, id from opened
           on conflict do nothing returning true""",
        work.actor.tenant_id,
        account_id,
        person_id,
        wanted,
        password_hash,
        clock.now(),
    )
    if not opened:
        raise InvalidInput("This login is taken, or the person has one already.", field="login")
    work.record(events.AccountOpened(subject_id=account_id, person_id=person_id))
    return account_id


async def keep_password_hash(work: Work, account_id: UUID, password_hash: str) -> None:
    """Store the same password under newer parameters."""
    await work.connection.execute(
        "update account set password_hash = $3 where tenant_id = $1 and id = $2",
        work.actor.tenant_id,
        account_id,
        password_hash,
    )


async def change_password_hash(work: Work, account: Account, password_hash: str) -> None:
    """Another password counts from now on."""
    await keep_password_hash(work, account.account_id, password_hash)
    work.record(events.PasswordChanged(subject_id=account.account_id, person_id=account.person_id))


async def note_refusal(account: Account, *, reason: str, request_id: str | None) -> None:
    """Leave in the journal that somebody was not let in by this login."""
    nobody = Actor(tenant_id=account.tenant_id, zone="UTC", request_id=request_id)
    async with begin(nobody) as work:
        work.record(events.SignInRefused(subject_id=account.account_id, reason=reason))
