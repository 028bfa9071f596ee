"""What the phone app sends: its trusted documents, and access tokens of people of the generated group."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from api import settings
from api.guard.trusted import read_manifest
from api.identity.authority import tokens_of
from api.identity.keys import Keyring
from domain.kernel.actor import Actor, Role
from tests.benchmarks.engines import ROOT
from tests.benchmarks.group_people import person
from tests.benchmarks.tables import TENANT

EMPLOYEE = frozenset({Role.EMPLOYEE})
MANIFEST = ROOT / "mobile" / "trusted.json"


def trusted_id(name: str) -> str:
    """The id of the app's newest document of this name."""
    found = [
        one for one, text in read_manifest(MANIFEST).items() if text.startswith((f"query {name} ", f"query {name}("))
    ]
    return found[-1]


def trusted_body(name: str) -> Mapping[str, object]:
    """A request for that document, which takes no variables."""
    return {"documentId": trusted_id(name), "variables": dict[str, object]()}


def trusted_text(name: str) -> str:
    return read_manifest(MANIFEST)[trusted_id(name)]


def actor(number: int, roles: frozenset[Role] = EMPLOYEE) -> Actor:
    """A person of the generated group at a device; each has a session of their own."""
    me = UUID(person(number))
    return Actor(UUID(TENANT), "UTC", person_id=me, session_id=me, roles=roles)


def tokens(environment: Mapping[str, str], people: Sequence[int], roles: frozenset[Role] = EMPLOYEE) -> list[str]:
    """An access token for each; they end after some minutes."""
    read = settings.read(environment)
    issuing = tokens_of(read, Keyring(read.key_folder))
    return [issuing.issue_to_person(actor(one, roles)) for one in people]
