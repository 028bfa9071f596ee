"""An authority over real engines, and people and partners who come to it."""

from collections.abc import AsyncGenerator, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from uuid import UUID

import httpx
import pytest
from argon2 import PasswordHasher
from redis.asyncio import Redis

from api.guard.bucket import Bucket
from api.identity import authority as authorities
from api.identity import clients, signing_in
from api.identity.authority import Authority
from api.identity.passwords import Passwords
from api.identity.signing_in import Admission, Knock
from api.settings import Settings
from domain.kernel import clock, database
from domain.kernel.actor import Scope
from domain.kernel.ids import new_id
from domain.kernel.work import begin
from domain.people import service_accounts
from domain.people.sessions import SessionKind
from tests.domain.organisations import Organisation, found, furnish
from tests.running import Product, free_port, process, until

PASSWORD = "a quiet harbour in March"
QUICK = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
NOON = datetime(2026, 11, 20, 4, tzinfo=UTC)


@dataclass(slots=True)
class Failures:
    """How often Redis did not take or give what identity wanted."""

    count: int = 0

    def add(self) -> None:
        self.count += 1


@dataclass(frozen=True, slots=True)
class House:
    """A furnished group in which Chen leads Dina, everybody with a login of their own."""

    organisation: Organisation
    logins: dict[str, str] = field(default_factory=dict[str, str])

    def knock(self, code: str, *, kind: SessionKind = SessionKind.NATIVE) -> Knock:
        """The person at the door with the right password, each from an address of their own."""
        return Knock(
            login=self.logins.get(code, f"nobody-{code}"),
            password=PASSWORD,
            device_name=f"Phone of {code}",
            kind=kind,
            address=f"test-{self.logins.get(code, code)}",
            request_id="request-of-test",
        )

    async def enter(self, authority: Authority, code: str, *, kind: SessionKind = SessionKind.NATIVE) -> Admission:
        """The person signed in."""
        admission = await signing_in.sign_in(authority, self.knock(code, kind=kind))
        assert isinstance(admission, Admission)
        return admission

    async def session(self, session_id: UUID | None) -> dict[str, object]:
        """The row of a session."""
        rows = await self.organisation.rows("select * from session where id = $1", session_id)
        return dict(rows[0])

    async def client(self, *scopes: Scope) -> tuple[str, str]:
        """Id and secret of a new partner client."""
        return await clients.register(self.organisation.operator, "Ground handling", frozenset(scopes))


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    """The clock of this process stands still until a test moves it."""
    with clock.frozen(NOON):
        yield


@pytest.fixture(scope="session")
def second_web(product: Product) -> Iterator[str]:
    """One more web process on the same database, Redis and keys; it is called by the same public address."""
    port = free_port()
    environment = dict(product.environment) | {"CATCHBALL_PORT": str(port)}
    url = f"http://localhost:{port}"
    with process("web", environment, product.settings.home / "second-web.log"):
        until(lambda: _is_ready(url), "the second web process is ready")
        yield url


def _is_ready(url: str) -> bool:
    try:
        return httpx.get(f"{url}/readyz").is_success
    except httpx.TransportError:
        return False


@pytest.fixture(scope="module")
async def database_open(database_url: str) -> AsyncGenerator[None]:
    """The pools are open; a module closes them again, because a worker may run tests of another database next."""
    await database.connect(database_url)
    yield
    await database.close()


@pytest.fixture
async def redis(redis_url: str) -> AsyncGenerator[Redis]:
    client: Redis = Redis.from_url(redis_url)  # pyright: ignore[reportUnknownMemberType] - untyped options
    yield client
    await client.aclose()


@pytest.fixture
def failures() -> Failures:
    return Failures()


@pytest.fixture
def authority(database_open: None, settings: Settings, redis: Redis, failures: Failures) -> Iterator[Authority]:
    """Real keys, Redis and PostgreSQL; passwords are hashed quickly."""
    meter = Bucket(redis, count_failure=failures.add)
    opened = authorities.start(settings, redis, meter=meter, count_failure=failures.add, passwords=Passwords(QUICK))
    yield opened
    opened.close()


@pytest.fixture
async def house(database_open: None) -> House:
    return await make_house()


@pytest.fixture
async def other_house(database_open: None) -> House:
    """Another tenant."""
    return await make_house()


async def make_house() -> House:
    organisation = await furnish(await found())
    house = House(organisation)
    password_hash = QUICK.hash(PASSWORD)
    async with begin(organisation.operator) as work:
        for code, person_id in organisation.persons.items():
            house.logins[code] = f"{code.lower()}-{new_id()}@example.com"
            await service_accounts.open_account(work, person_id, login=house.logins[code], password_hash=password_hash)
    return house


def wrong(knock: Knock) -> Knock:
    """The same with a wrong password."""
    return replace(knock, password="a loud harbour in May")
