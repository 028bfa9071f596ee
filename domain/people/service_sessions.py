"""Use cases of signed-in devices: open a session, refresh it, end it. All take the open unit of work."""

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from domain.kernel import clock
from domain.kernel.actor import Actor
from domain.kernel.errors import NotFound
from domain.kernel.ids import new_id
from domain.kernel.work import Work
from domain.people import events_accounts as events
from domain.people import service, sessions, views
from domain.people.service_accounts import Account
from domain.people.sessions import EndReason, Family, RefreshToken, SessionKind, Verdict

if TYPE_CHECKING:
    import asyncpg


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """What a device gets when it is let in: who it acts for, and the token by which it comes again."""

    actor: Actor
    kind: SessionKind
    refresh_token: RefreshToken


@dataclass(frozen=True, slots=True)
class Refused:
    """The token opened nothing. `ended_now` tells that its session ended by this."""

    ended_now: bool


async def open_session(work: Work, account: Account, *, name: str, kind: SessionKind, secret: bytes) -> Grant | Refused:
    """Sign a device in whose person proved to be who they are; Refused when the person has left the group."""
    session_id, now = new_id(), clock.now()
    actor = await _actor(work, account.person_id, session_id)
    if actor is None:
        return Refused(ended_now=False)
    token = sessions.derive(secret, account.tenant_id, session_id=session_id, generation=0)
    await work.connection.execute(
        """insert into session (tenant_id, id, account_id, person_id, name, kind, refresh_hash,
                                created_at, last_seen_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $8)""",
        account.tenant_id,
        session_id,
        account.account_id,
        account.person_id,
        sessions.device_name(name),
        kind,
        sessions.digest(token),
        now,
    )
    work.record(events.SignedIn(subject_id=session_id, person_id=account.person_id))
    return Grant(actor=actor, kind=kind, refresh_token=token)


async def refresh(work: Work, token: RefreshToken, *, secret: bytes) -> Grant | Refused:
    """Let a device in again; ends the session when the token was copied, is too old, or the account is closed."""
    row = await _lock(work, token.session_id)
    if row is None:
        return Refused(ended_now=False)
    verdict = sessions.judge(_family(row), token, secret=secret, now=clock.now())
    if verdict is Verdict.UNKNOWN:
        return Refused(ended_now=False)
    if verdict is Verdict.EXPIRED:
        return await _refuse(work, row, EndReason.EXPIRED)
    if verdict is Verdict.REUSED:
        reused = events.RefreshTokenReused(
            subject_id=row["id"], person_id=row["person_id"], generation=token.generation
        )
        work.record(reused)
        return await _refuse(work, row, EndReason.REUSED)
    actor = await _actor(work, row["person_id"], row["id"])
    if actor is None:
        return await _refuse(work, row, EndReason.ACCOUNT_DISABLED)
    kept = await (_rotate(work, row, secret) if verdict is Verdict.ROTATE else _repeat(work, row, secret))
    return Grant(actor=actor, kind=SessionKind(row["kind"]), refresh_token=kept)


async def _rotate(work: Work, row: "asyncpg.Record", secret: bytes) -> RefreshToken:
    generation = row["generation"] + 1
    token = sessions.derive(secret, row["tenant_id"], session_id=row["id"], generation=generation)
    await work.connection.execute(
        """update session set generation = $3, refresh_hash = $4, replaced_hash = refresh_hash, replaced_at = $5,
           last_seen_at = $5 where tenant_id = $1 and id = $2""",
        row["tenant_id"],
        row["id"],
        generation,
        sessions.digest(token),
        clock.now(),
    )
    return token


async def _repeat(work: Work, row: "asyncpg.Record", secret: bytes) -> RefreshToken:
    await work.connection.execute(
        "update session set last_seen_at = $3 where tenant_id = $1 and id = $2",
        row["tenant_id"],
        row["id"],
        clock.now(),
    )
    return sessions.derive(secret, row["tenant_id"], session_id=row["id"], generation=row["generation"])


async def _refuse(work: Work, row: "asyncpg.Record", reason: EndReason) -> Refused:
    await _end(work, row, reason)
    return Refused(ended_now=True)


async def end(work: Work, session_id: UUID, *, reason: EndReason) -> None:
    """Sign one of the actor's own devices out; NotFound for anybody else's and for one that has ended."""
    await work.see(views.SESSION, session_id)
    row = await _lock(work, session_id)
    if row is None or row["ended_at"] is not None:
        raise NotFound("This device")
    await _end(work, row, reason)


async def end_by_token(work: Work, token: RefreshToken, *, secret: bytes) -> bool:
    """Sign the device out that holds this token; False when it opens nothing."""
    row = await _lock(work, token.session_id)
    if row is None or row["ended_at"] is not None or not sessions.is_genuine(secret, token):
        return False
    await _end(work, row, EndReason.SIGNED_OUT)
    return True


async def _end(work: Work, row: "asyncpg.Record", reason: EndReason) -> None:
    await work.connection.execute(
        "update session set ended_at = $3, ended_reason = $4 where tenant_id = $1 and id = $2",
        row["tenant_id"],
        row["id"],
        clock.now(),
        reason,
    )
    person_id: UUID = row["person_id"]
    work.record(events.SessionEnded(subject_id=row["id"], person_id=person_id, reason=reason, hearers=(person_id,)))


async def _lock(work: Work, session_id: UUID) -> "asyncpg.Record | None":
    return await work.connection.fetchrow(
        """select tenant_id, id, person_id, kind, generation, refresh_hash, replaced_hash, replaced_at, created_at,
                  last_seen_at, ended_at from session where tenant_id = $1 and id = $2 for update""",
        work.actor.tenant_id,
        session_id,
    )


def _family(row: "asyncpg.Record") -> Family:
    return Family(
        refresh_hash=row["refresh_hash"],
        replaced_hash=row["replaced_hash"],
        replaced_at=row["replaced_at"],
        created_at=row["created_at"],
        last_seen_at=row["last_seen_at"],
        ended_at=row["ended_at"],
    )


async def _actor(work: Work, person_id: UUID, session_id: UUID) -> Actor | None:
    """The person with the roles of today, None when the account is closed or the person has left."""
    row = await work.connection.fetchrow(
        """select t.zone, a.disabled_at from tenant t join account a on a.tenant_id = t.id
           where t.id = $1 and a.person_id = $2""",
        work.actor.tenant_id,
        person_id,
    )
    if row is None or row["disabled_at"] is not None:
        return None
    roles = await service.roles_of(work.connection, person_id, clock.today(row["zone"]))
    if not roles:
        return None
    return Actor(
        tenant_id=work.actor.tenant_id,
        zone=row["zone"],
        person_id=person_id,
        session_id=session_id,
        roles=roles,
        request_id=work.actor.request_id,
    )


async def end_expired(work: Work, *, limit: int) -> list[UUID]:
    """End sessions of the tenant that nobody can refresh any more, up to a number; their ids."""
    now = clock.now()
    rows = await work.connection.fetch(
        """select tenant_id, id, person_id from session where tenant_id = $1 and ended_at is null
           and (last_seen_at <= $2 or created_at <= $3) order by id limit $4 for update skip locked""",
        work.actor.tenant_id,
        now - sessions.IDLE_LIFE,
        now - sessions.WHOLE_LIFE,
        limit,
    )
    for row in rows:
        await _end(work, row, EndReason.EXPIRED)
    return [row["id"] for row in rows]
