"""Signing in and out, as the schema offers it."""

from dataclasses import replace
from typing import Annotated, cast

import strawberry
from strawberry.types import Info

from api import problem
from api.guard.callers import Context
from api.identity import authority, signing_in
from api.identity.signing_in import Admission, Knock
from api.people.types import Viewer
from api.problem import Problem
from api.reading import resolving
from domain.kernel import ids
from domain.kernel.actor import Actor
from domain.kernel.errors import NotFound
from domain.people.sessions import EndReason, SessionKind

SESSION_PREFIX = "ses"

strawberry.enum(
    SessionKind,
    name="DeviceKind",
    description="How a device keeps its refresh token: BROWSER in a cookie that scripts cannot read, NATIVE by itself.",
)


@strawberry.input(description="The device that wants in, as its owner will see it in the list of devices.")
class DeviceInput:
    name: str = strawberry.field(description="A name that the owner recognises, such as `Phone of An`.")
    kind: SessionKind = strawberry.field(
        default=SessionKind.BROWSER, description="How the device keeps its refresh token."
    )


@strawberry.input(description="What a person brings to sign in.")
class SignInInput:
    login: str = strawberry.field(description="The login; capitals and spaces around it do not matter.")
    password: str = strawberry.field(description="The password.")
    device: DeviceInput = strawberry.field(description="The device that is signed in.")


@strawberry.input(description="What a device brings to be let in again.")
class RefreshSessionInput:
    refresh_token: str | None = strawberry.field(
        default=None,
        description="The newest refresh token of a native device; browsers leave it out and send their cookie.",
    )


@strawberry.input(description="The device to be signed out.")
class EndSessionInput:
    id: strawberry.ID = strawberry.field(description="The id of the session, as `viewer.sessions` lists it.")


@strawberry.type(description="The device is in. The access token goes into the header `Authorization: Bearer …`.")
class SignedIn:
    access_token: str = strawberry.field(description="Opens the API until it expires.")
    expires_in_seconds: int = strawberry.field(description="How long the access token opens the API.")
    refresh_token: str | None = strawberry.field(
        description="For native devices: the token to come again with, in place of the former. Browsers get a cookie."
    )
    actor: strawberry.Private[Actor]

    @strawberry.field(description="The person who is in now.")
    async def viewer(self, info: Info) -> Viewer:
        person_id = self.actor.id
        found = await resolving.select(resolving.raw(info), "Viewer", person_id, actor=self.actor)
        return cast("Viewer", found)


@strawberry.type(description="The session is over and its device was silenced.")
class SignedOut:
    id: strawberry.ID | None = strawberry.field(
        description="The id of the session, null when there was none to be ended."
    )


@strawberry.type(description="Login and password do not belong together.")
class WrongCredentials(Problem):
    pass


@strawberry.type(description="There were too many failed attempts.")
class TooManyAttempts(Problem):
    retry_after_seconds: int = strawberry.field(description="After how many seconds the next attempt is let through.")


@strawberry.type(description="The device has to sign in: its session was ended, has expired, or never was.")
class SessionEnded(Problem):
    pass


SignInResult = Annotated[
    SignedIn | WrongCredentials | TooManyAttempts,
    strawberry.union("SignInResult", description="A session, or why there is none."),
]
RefreshSessionResult = Annotated[
    SignedIn | SessionEnded,
    strawberry.union("RefreshSessionResult", description="New tokens of the session, or the news that it is over."),
]
SignOutResult = Annotated[
    SignedOut | SessionEnded,
    strawberry.union("SignOutResult", description="The end of the session, or the news that it was over before."),
]
EndSessionResult = Annotated[
    SignedOut | problem.NotFound | SessionEnded,
    strawberry.union("EndSessionResult", description="The end of a device's session, or why it goes on."),
]


async def sign_in(info: Info[Context, None], input: SignInInput) -> SignInResult:
    context = info.context
    knock = Knock(
        login=input.login,
        password=input.password,
        device_name=input.device.name,
        kind=input.device.kind,
        address=context.address,
        request_id=context.request_id,
    )
    answer = await signing_in.sign_in(authority.running(), knock)
    if isinstance(answer, Admission):
        return hand_over(context, answer)
    if isinstance(answer, signing_in.TooManyAttempts):
        return too_many_attempts(answer.retry_after_seconds)
    return wrong_credentials()


async def refresh_session(info: Info[Context, None], input: RefreshSessionInput) -> RefreshSessionResult:
    context, here = info.context, authority.running()
    token = input.refresh_token or here.cookie.read(context.cookies)
    admission = await signing_in.refresh(here, token, request_id=context.request_id) if token else None
    if admission is not None:
        return hand_over(context, admission)
    drop_cookie(context)
    return session_ended()


async def sign_out(info: Info[Context, None]) -> SignOutResult:
    context, here = info.context, authority.running()
    actor = person_of(context)
    ended = None
    try:
        if actor is not None and actor.session_id is not None:
            await signing_in.end_session(here, actor, actor.session_id, reason=EndReason.SIGNED_OUT)
            ended = actor.session_id
        elif token := here.cookie.read(context.cookies):
            ended = await signing_in.sign_out_by_token(here, token, request_id=context.request_id)
    except NotFound:
        ended = None
    drop_cookie(context)
    return SignedOut(id=strawberry.ID(ids.public(SESSION_PREFIX, ended))) if ended else session_ended()


async def end_session(info: Info[Context, None], input: EndSessionInput) -> EndSessionResult:
    actor = person_of(info.context)
    if actor is None:
        return session_ended()
    try:
        session_id = ids.row_id(SESSION_PREFIX, input.id)
        await signing_in.end_session(authority.running(), actor, session_id, reason=EndReason.SIGNED_OUT_REMOTELY)
    except NotFound as refused:
        return problem.NotFound(code=refused.code, message=refused.message, help=refused.help)
    return SignedOut(id=input.id)


@strawberry.type
class IdentityMutations:
    """The fields of the schema's mutation type that belong to signing in and out."""

    sign_in = strawberry.mutation(
        resolver=sign_in, description="Sign a device in by login and password. Failed attempts are counted."
    )
    refresh_session = strawberry.mutation(
        resolver=refresh_session,
        description=(
            "Let a device in again by its refresh token. Ask without an access token. An answer that got lost may be "
            "asked for again within a minute; a token that was replaced longer ago ends the session."
        ),
    )
    sign_out = strawberry.mutation(
        resolver=sign_out, description="End the session of this device: its tokens stop working and it is rung no more."
    )
    end_session = strawberry.mutation(
        resolver=end_session,
        description="Sign one of your devices out, such as a lost phone. It stops working at once.",
    )


def hand_over(context: Context, admission: Admission) -> SignedIn:
    """The answer to a device that was let in; a browser's refresh token goes into its cookie."""
    refresh_token = admission.refresh_token
    if admission.kind is SessionKind.BROWSER:
        context.outgoing.set_cookies.append(authority.running().cookie.keep(refresh_token))
    return SignedIn(
        access_token=admission.access_token,
        expires_in_seconds=admission.expires_in_seconds,
        refresh_token=refresh_token if admission.kind is SessionKind.NATIVE else None,
        actor=admission.actor,
    )


def drop_cookie(context: Context) -> None:
    """Takes the refresh token from a browser that holds one."""
    cookie = authority.running().cookie
    if cookie.read(context.cookies):
        context.outgoing.set_cookies.append(cookie.drop())


def person_of(context: Context) -> Actor | None:
    """The person who asks, None for nobody and for partners."""
    actor = context.actor
    if not isinstance(actor, Actor) or actor.person_id is None:
        return None
    return replace(actor, request_id=context.request_id)


def wrong_credentials() -> WrongCredentials:
    return WrongCredentials(
        code="wrong_credentials",
        message="This login and password do not belong together.",
        help="Check both, or ask your administrator for a new password.",
    )


def too_many_attempts(seconds: int) -> TooManyAttempts:
    return TooManyAttempts(
        code="too_many_attempts",
        message="There were too many failed attempts to sign in.",
        help="Wait a little, then try again.",
        retry_after_seconds=seconds,
    )


def session_ended() -> SessionEnded:
    return SessionEnded(code="session_ended", message="This device is not signed in.", help="Sign in again.")
