"""Use cases of people's sessions: sign in, refresh, sign out here, sign out another device."""

from dataclasses import dataclass
from uuid import UUID

from api.identity.authority import Authority
from api.identity.tokens import PERSON_LIFE
from domain.inbox import service as inbox
from domain.kernel import clock
from domain.kernel.actor import Actor
from domain.kernel.work import begin
from domain.people import service_accounts, service_sessions, sessions
from domain.people.service_accounts import Account
from domain.people.service_sessions import Grant, Refused
from domain.people.sessions import EndReason, SessionKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Knock:
    """What somebody brings who wants in; `address` is the network's."""

    login: str
    password: str
    device_name: str
    kind: SessionKind
    address: str
    request_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Admission:
    """A device that was let in. `refresh_token` goes into the cookie of a browser, else into the answer."""

    actor: Actor
    kind: SessionKind
    access_token: str
    refresh_token: str

    @property
    def expires_in_seconds(self) -> int:
        """The life of the access token."""
        return int(PERSON_LIFE.total_seconds())


@dataclass(frozen=True, slots=True)
class WrongCredentials:
    """Login and password do not belong together, or the account is closed: nobody is told which."""


@dataclass(frozen=True, slots=True)
class TooManyAttempts:
    """Too many failures from here or for this login."""

    retry_after_seconds: int


async def sign_in(authority: Authority, knock: Knock) -> Admission | WrongCredentials | TooManyAttempts:
    """Let a device in by login and password. An unknown login takes the same path as a wrong password."""
    attempt = await authority.attempts.begin(service_accounts.normal_login(knock.login), knock.address)
    if attempt.retry_after_seconds:
        return TooManyAttempts(attempt.retry_after_seconds)
    account = await service_accounts.find(knock.login)
    is_right = await authority.passwords.verify(account.password_hash if account else None, knock.password)
    if account is None:
        return WrongCredentials()
    if not is_right or account.is_disabled:
        return await _refuse(account, knock, reason="DISABLED" if is_right else "WRONG_PASSWORD")
    grant = await _open(authority, account, knock)
    if isinstance(grant, Refused):
        return await _refuse(account, knock, reason="NOT_EMPLOYED")
    await authority.attempts.forgive(attempt)
    return _admit(authority, grant)


async def _refuse(account: Account, knock: Knock, *, reason: str) -> WrongCredentials:
    await service_accounts.note_refusal(account, reason=reason, request_id=knock.request_id)
    return WrongCredentials()


async def _open(authority: Authority, account: Account, knock: Knock) -> Grant | Refused:
    newer_hash = None
    if authority.passwords.needs_rehash(account.password_hash):
        newer_hash = await authority.passwords.hash(knock.password)
    person = Actor(account.tenant_id, "UTC", person_id=account.person_id, request_id=knock.request_id)
    async with begin(person) as work:
        if newer_hash is not None:
            await service_accounts.keep_password_hash(work, account.account_id, newer_hash)
        secret = authority.keyring.refresh_secret
        return await service_sessions.open_session(
            work, account, name=knock.device_name, kind=knock.kind, secret=secret
        )


def _admit(authority: Authority, grant: Grant) -> Admission:
    return Admission(
        actor=grant.actor,
        kind=grant.kind,
        access_token=authority.tokens.issue_to_person(grant.actor),
        refresh_token=sessions.write(grant.refresh_token),
    )


async def refresh(authority: Authority, refresh_token: str, *, request_id: str) -> Admission | None:
    """Let a device in again by its refresh token; None when it has to sign in."""
    token = sessions.parse(refresh_token)
    if token is None:
        return None
    async with begin(_somebody(token.tenant_id, request_id)) as work:
        answer = await service_sessions.refresh(work, token, secret=authority.keyring.refresh_secret)
        if isinstance(answer, Refused) and answer.ended_now:
            await inbox.forget_session(work, token.session_id)
    if isinstance(answer, Grant):
        return _admit(authority, answer)
    if answer.ended_now:
        await _deny(authority, token.session_id)
    return None


async def end_session(authority: Authority, actor: Actor, session_id: UUID, *, reason: EndReason) -> None:
    """Sign one of the actor's devices out: its tokens stop working now. NotFound for anybody else's."""
    async with begin(actor) as work:
        await service_sessions.end(work, session_id, reason=reason)
        await inbox.forget_session(work, session_id)
    await _deny(authority, session_id)


async def sign_out_by_token(authority: Authority, refresh_token: str, *, request_id: str) -> UUID | None:
    """End the session of a refresh token; its id, or None when the token opens nothing."""
    token = sessions.parse(refresh_token)
    if token is None:
        return None
    async with begin(_somebody(token.tenant_id, request_id)) as work:
        if not await service_sessions.end_by_token(work, token, secret=authority.keyring.refresh_secret):
            return None
        await inbox.forget_session(work, token.session_id)
    await _deny(authority, token.session_id)
    return token.session_id


async def _deny(authority: Authority, session_id: UUID) -> None:
    await authority.denied.add(session_id, clock.now() + PERSON_LIFE)


def _somebody(tenant_id: UUID, request_id: str) -> Actor:
    return Actor(tenant_id, "UTC", request_id=request_id)
